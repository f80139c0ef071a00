"""A check-in is one row for each local day, and a schedule is the rule that asks for it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Date, ForeignKey, String, Time, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.people import Person
from bot.store import Base, UtcDateTime

EVENING = time(19)
"""When we ask unless another time was chosen."""

LATEST = timedelta(hours=4)
"""A check-in that could not be sent for this long is of no use any more."""

NEXT_TOO_NEAR = timedelta(hours=2)
"""Nor is one that the next would follow so soon."""

SKIPPED = "skipped"


class Checkin(Base):
    """How one person was on one local day. Unanswered is NULL; skipped is an answer."""

    __tablename__ = "checkins"
    __table_args__ = (
        UniqueConstraint("person_id", "day"),
        {"sqlite_autoincrement": True},  # a button that names a row must never come to mean another
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    day: Mapped[date] = mapped_column(Date, info={"export": "day"})
    mood: Mapped[str | None] = mapped_column(String(16), info={"export": "mood"})
    pull: Mapped[str | None] = mapped_column(String(16), info={"export": "pull"})
    used: Mapped[str | None] = mapped_column(String(16), info={"export": "used"})
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "answered"})


class Schedule(Base):
    """When a person is asked: a local time, and derived from it the next instant. NULL while their zone is unknown."""

    __tablename__ = "schedules"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    at: Mapped[time] = mapped_column(Time, info={"export": "check-in at"})
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    next_day: Mapped[date | None] = mapped_column(Date, info={"export": None})
    """The local day that `next_at` asks about."""

    def plan(self, zone: str | None, after: datetime) -> None:
        """Work out the next instant, strictly later than `after`."""
        if zone is None:
            self.next_at = self.next_day = None
        else:
            self.next_at, self.next_day = clock.next_daily(after, self.at, clock.zone(zone))


def useful_until(due: datetime, at: time, place: ZoneInfo) -> datetime:
    """When a check-in that was due then has become too late to send."""
    following, _ = clock.next_daily(due, at, place)
    return min(due + LATEST, following - NEXT_TOO_NEAR)


async def on(session: AsyncSession, person: Person, day: date) -> Checkin:
    """The check-in of that day, begun if there is none."""
    found = await of_day(session, person, day)
    if found is None:
        found = Checkin(person_id=person.id, day=day)
        session.add(found)
        await session.flush()
    return found


async def of_day(session: AsyncSession, person: Person, day: date) -> Checkin | None:
    """The check-in of that day, if one was begun."""
    query = select(Checkin).where(Checkin.person_id == person.id, Checkin.day == day)
    return (await session.scalars(query)).one_or_none()


async def theirs(session: AsyncSession, person: Person, checkin_id: int | None) -> Checkin | None:
    """The check-in that a button names, if it is this person's own."""
    query = select(Checkin).where(Checkin.id == checkin_id, Checkin.person_id == person.id)
    return (await session.scalars(query)).one_or_none()
