"""What a person told us of a slip: one row each. Every answer may stay open, and none is ever counted against them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Date, ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.encryption import encrypted
from bot.people import Person, Substance
from bot.people.owndays import OwnDays, Told, own_days
from bot.store import Base, UtcDateTime

HAPPENED = ("now", "today", "before", "days")
"""Just now · earlier today · before today · several days now."""

PLACES = ("home", "work", "shop", "friends", "outside")

OWN = "own"
"""What stands in the place of a choice for own words."""

SKIPPED = "skipped"

UNDO = timedelta(days=1)
"""For as long can it be taken back, and found again where it was left."""


class Slip(Base):
    """One slip. Unanswered is NULL; skipped is an answer."""

    __tablename__ = "slips"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a button that names a row must never come to mean another

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    told_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "told"})
    day: Mapped[date] = mapped_column(Date, info={"export": "day"})
    """Their local day: that of telling, or of "before today" the one before it."""
    since: Mapped[date | None] = mapped_column(Date, info={"export": "own date at that time"})
    happened: Mapped[str | None] = mapped_column(String(16), info={"export": "when"})
    which: Mapped[str | None] = mapped_column(String(32), info={"export": "which one"})
    sealed_own: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "which one, in own words"})
    place: Mapped[str | None] = mapped_column(String(16), info={"export": "where"})
    sealed_where: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "where, in own words"})
    trigger: Mapped[str | None] = mapped_column(String(32), info={"export": "what set it off"})
    sealed_cause: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "what set it off, in own words"})
    sealed_thought: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "thought"})
    note_day: Mapped[date | None] = mapped_column(Date, info={"export": "stands in the check-in of"})
    """The day of the check-in that says so too, if one does."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "noted"})

    own = encrypted("slips.own")
    where = encrypted("slips.where")
    cause = encrypted("slips.cause")
    thought = encrypted("slips.thought")

    def happens(self, when: str, zone: str | None) -> None:
        """Take the answer to "when", and the day that follows from it."""
        self.happened = when
        told = clock.day_of(self.told_at, clock.zone(zone or "UTC"))
        self.day = told - clock.DAY if when == "before" else told

    def can_be_undone(self, now: datetime) -> bool:
        """Whether it is still the day on which it may be taken back."""
        return now - self.told_at < UNDO


async def theirs(session: AsyncSession, person: Person, slip_id: int | None) -> Slip | None:
    """The slip that a button names, if it is this person's own."""
    query = select(Slip).where(Slip.id == slip_id, Slip.person_id == person.id)
    return (await session.scalars(query)).one_or_none()


async def open_one(session: AsyncSession, person: Person, now: datetime) -> Slip:
    """The one that they were telling us of, or a new one."""
    query = select(Slip).where(Slip.person_id == person.id, Slip.ended_at.is_(None), Slip.told_at > now - UNDO)
    found = (await session.scalars(query.order_by(Slip.id.desc()).limit(1))).one_or_none()
    return found or await _begun(session, person, clock.day_of(now, clock.zone(person.zone or "UTC")), now)


async def of_note(session: AsyncSession, person: Person, day: date, now: datetime) -> Slip:
    """The one that a check-in about this day speaks of: told before, or begun now."""
    same = (Slip.note_day == day) | (Slip.note_day.is_(None) & (Slip.day == day))
    query = select(Slip).where(Slip.person_id == person.id, same)
    found = (await session.scalars(query.order_by(Slip.id.desc()).limit(1))).one_or_none()
    if found is None:
        found = await _begun(session, person, day, now)
        if day < clock.day_of(now, clock.zone(person.zone or "UTC")):
            found.happened = "before"
    found.note_day = day
    return found


async def corrected(session: AsyncSession, person: Person, day: date, now: datetime) -> None:
    """That day's check-in says otherwise now: what it said is taken back, for as long as anything is."""
    mine = delete(Slip).where(Slip.person_id == person.id, Slip.note_day == day)
    await session.execute(mine.where(Slip.told_at > now - UNDO))


async def _begun(session: AsyncSession, person: Person, day: date, now: datetime) -> Slip:
    slip = Slip(person_id=person.id, told_at=now, day=day, since=person.since)
    every = await recovering_from(session, person)
    slip.which = every[0].name if len(every) == 1 else None
    session.add(slip)
    await session.flush()
    return slip


async def recovering_from(session: AsyncSession, person: Person) -> Sequence[Substance]:
    """What they recover from, in the order in which they said so."""
    query = select(Substance).where(Substance.person_id == person.id).order_by(Substance.id)
    return (await session.scalars(query)).all()


async def days_of(session: AsyncSession, person: Person, since: date, now: datetime) -> OwnDays:
    """A person's own days, with all that they ever told us of."""
    rows = await session.execute(select(Slip.day, Slip.since).where(Slip.person_id == person.id))
    told = [Told(day, then) for day, then in rows]
    return own_days(since, told, clock.day_of(now, clock.zone(person.zone or "UTC")))
