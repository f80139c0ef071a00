"""What somebody noted of one day: how strong each symptom was, and words of their own."""

from datetime import date

from sqlalchemy import Date, ForeignKey, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.content import symptoms
from bot.encryption import encrypted
from bot.people import Person
from bot.store import Base

WORDS_MOST = 300

FELT_MOST = 255
"""Letters, which all symptoms together need."""


class SymptomDay(Base):
    """One row for each local day on which anything was noted. What was not tapped is not in it."""

    __tablename__ = "symptoms"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    day: Mapped[date] = mapped_column(Date, info={"export": "day"})
    felt: Mapped[str] = mapped_column(String(FELT_MOST), default="", info={"export": "symptoms"})
    """`sleep=2 aches=1`: 0 none, 1 a little, 2 a lot."""
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "own words"})

    words = encrypted("symptoms.words")

    @property
    def levels(self) -> dict[str, int]:
        """How strong each symptom was that was tapped."""
        return symptoms.levels(self.felt or "")

    def note(self, symptom: str, level: int) -> None:
        """Write down how strong one of them is; a later tap corrects an earlier one."""
        self.felt = symptoms.written(self.levels | {symptom: level})


async def on(session: AsyncSession, person: Person, day: date) -> SymptomDay | None:
    """What was noted of that day."""
    query = select(SymptomDay).where(SymptomDay.person_id == person.id, SymptomDay.day == day)
    return (await session.scalars(query)).one_or_none()


async def begun(session: AsyncSession, person: Person, day: date) -> SymptomDay:
    """The row of that day, begun if there is none."""
    found = await on(session, person, day)
    if found is None:
        found = SymptomDay(person_id=person.id, day=day, felt="")
        session.add(found)
        await session.flush()
    return found


async def last(session: AsyncSession, person: Person, until: date, count: int) -> list[SymptomDay]:
    """The last days of which anything was noted, the latest first, that day included."""
    query = (
        select(SymptomDay)
        .where(SymptomDay.person_id == person.id, SymptomDay.day <= until)
        .order_by(SymptomDay.day.desc())
        .limit(count)
    )
    return list(await session.scalars(query))
