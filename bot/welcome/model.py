"""Where somebody is in their set-up."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.people import Person
from bot.store import Base

STEPS = ("city", "hour", "name")


class Setup(Base):
    """One row a member: each question is unanswered (NULL), answered or skipped. The next is the first unanswered."""

    __tablename__ = "setups"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    city: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    hour: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    name: Mapped[str | None] = mapped_column(String(8), info={"export": None})

    def next_step(self) -> str | None:
        """The first question without an answer."""
        return next((step for step in STEPS if getattr(self, step) is None), None)

    def close(self, step: str, how: str) -> None:
        """A question is `answered` or `skipped`; a step that is none is no question of ours."""
        if step in STEPS:
            setattr(self, step, how)
