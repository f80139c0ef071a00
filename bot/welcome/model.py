"""Where somebody is in their set-up, and on a journey."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.people import Person
from bot.store import Base, UtcDateTime

STEPS = ("what", "goal", "since", "danger", "days", "city", "hour", "name")
"""In their order: what they recover from, where they are with it, since when, the two screens that are shown at once
where they apply, city, hour, name."""

SCREENS = ("danger", "days")
"""Steps that ask nothing: shown when they apply, and again when the answers before them change."""

ANSWERED = "answered"
SKIPPED = "skipped"


class Setup(Base):
    """One row a member: each question is unanswered (NULL), answered or skipped. The next is the first unanswered."""

    __tablename__ = "setups"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    what: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    goal: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    since: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    danger: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    days: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    city: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    hour: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    name: Mapped[str | None] = mapped_column(String(8), info={"export": None})
    days_ago: Mapped[int | None] = mapped_column(info={"export": None})
    """How many days ago they said they stopped, until their zone tells which date that is."""
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})

    def next_step(self) -> str | None:
        """The first question without an answer."""
        return next((step for step in STEPS if getattr(self, step) is None), None)

    def close(self, step: str, how: str) -> None:
        """A question is `answered` or `skipped`; a step that is none is no question of ours."""
        if step not in STEPS:
            return
        setattr(self, step, how)
        if STEPS.index(step) < STEPS.index(SCREENS[0]):
            self.danger = self.days = None

    def leave_rest(self) -> None:
        """Skip what is unanswered, but for the city and what has to be shown."""
        for step in STEPS:
            if step not in (*SCREENS, "city") and getattr(self, step) is None:
                setattr(self, step, SKIPPED)


class Travel(Base):
    """A journey: where the person is for a while is in their own row, where they come home to and when is here."""

    __tablename__ = "travels"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    zone: Mapped[str] = mapped_column(String(64), info={"export": "home time zone"})
    country: Mapped[str | None] = mapped_column(String(2), info={"export": "home country"})
    until: Mapped[date] = mapped_column(Date, info={"export": "travelling until"})
    """The last day away, on the calendar there."""
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info={"export": None})


async def setup_of(session: AsyncSession, person: Person) -> Setup:
    """A member's set-up, begun if there is none."""
    setup = await session.get(Setup, person.id)
    if setup is None:
        setup = Setup(person_id=person.id)
        session.add(setup)
    return setup
