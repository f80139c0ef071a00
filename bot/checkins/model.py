"""A check-in is one row for each local day and time of asking, and a schedule is the rule that asks for it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Date, ForeignKey, LargeBinary, String, Time, UniqueConstraint, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.encryption import encrypted
from bot.people import Person
from bot.store import Base, UtcDateTime

EVENING = time(19)
"""When we ask unless another time was chosen."""

TIMES_AT_MOST = 3
"""How often a day somebody may be asked."""

CLOSER = TIMES_AT_MOST
"""The slot of what is asked a bit more often for some days: one more than there are times."""

EVERY_DAY = "1234567"
"""The days of the week, from Monday, as ISO 8601 numbers them."""

LATEST = timedelta(hours=4)
"""A check-in that could not be sent for this long is of no use any more."""

NEXT_TOO_NEAR = timedelta(hours=2)
"""Nor is one that the next would follow so soon."""

SKIPPED = "skipped"


class Checkin(Base):
    """How one person was on one local day, at one of its times. Unanswered is NULL; skipped is an answer."""

    __tablename__ = "checkins"
    __table_args__ = (
        UniqueConstraint("person_id", "day", "slot"),
        {"sqlite_autoincrement": True},  # a button that names a row must never come to mean another
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    day: Mapped[date] = mapped_column(Date, info={"export": "day"})
    slot: Mapped[int] = mapped_column(default=0, info={"export": "which of the day"})
    asks: Mapped[str] = mapped_column(String(16), default="used", info={"export": None})
    """The last question of this row: `used`, `planned`, or empty for none. It fits the goal."""
    mood: Mapped[str | None] = mapped_column(String(16), info={"export": "mood"})
    pull: Mapped[str | None] = mapped_column(String(16), info={"export": "pull"})
    used: Mapped[str | None] = mapped_column(String(16), info={"export": "used"})
    planned: Mapped[str | None] = mapped_column(String(16), info={"export": "the day went as planned"})
    which: Mapped[str | None] = mapped_column(String(32), info={"export": "which one"})
    halt: Mapped[str | None] = mapped_column(String(16), info={"export": "hungry, angry, lonely or tired"})
    plan: Mapped[str | None] = mapped_column(String(32), info={"export": "small plan"})
    """The name of a plan, or `none`."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "answered"})
    date_asked: Mapped[bool] = mapped_column(default=False, info={"export": None})
    """Whether the person's own date was asked about after this one."""


class Plan(Base):
    """A small plan: how often it was offered, and how often taken. Own words are named `own` and a number."""

    __tablename__ = "plans"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    name: Mapped[str] = mapped_column(String(32), info={"export": "small plan"})
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "own words"})
    offered: Mapped[int] = mapped_column(default=0, info={"export": "offered"})
    taken: Mapped[int] = mapped_column(default=0, info={"export": "taken"})

    words = encrypted("plans.words")


class Schedule(Base):
    """One time of day at which a person is asked, and the next instant. NULL while their zone is unknown.

    It comes due on every day, asked or not: `Rhythm` says on which we ask.
    """

    __tablename__ = "schedules"
    __table_args__ = (UniqueConstraint("person_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    slot: Mapped[int] = mapped_column(default=0, info={"export": None})
    """Which of the day's times. Stays when the hour changes, or a later hour would ask twice on one day."""
    at: Mapped[time] = mapped_column(Time, info={"export": "check-in at"})
    zone: Mapped[str | None] = mapped_column(String(64), info={"export": None})
    """The zone in which `next_at` was worked out."""
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    next_day: Mapped[date | None] = mapped_column(Date, info={"export": None})
    """The local day that `next_at` asks about."""
    until: Mapped[date | None] = mapped_column(Date, info={"export": "until"})
    """The last local day of what ends by itself; NULL for what stays."""

    @property
    def over(self) -> bool:
        """Whether its last day is behind it."""
        return self.until is not None and (self.next_day is None or self.next_day > self.until)

    def plan(self, zone: str | None, after: datetime) -> None:
        """Work out the next instant, strictly later than `after`."""
        self.zone = zone
        if zone is None:
            self.next_at = self.next_day = None
        else:
            self.next_at, self.next_day = clock.next_daily(after, self.at, clock.zone(zone))


class Rhythm(Base):
    """On which days a person is asked, what they chose and what their silence made of it. One row a person."""

    __tablename__ = "rhythms"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    weekdays: Mapped[str] = mapped_column(String(7), default=EVERY_DAY, info={"export": "days of the week"})
    every: Mapped[int] = mapped_column(default=1, info={"export": "asked every so many days"})
    ask_used: Mapped[bool] = mapped_column(default=False, info={"export": "wants to be asked about using"})
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    asked_day: Mapped[date | None] = mapped_column(Date, info={"export": None})
    silent: Mapped[int] = mapped_column(default=0, info={"export": "days without a word"})
    counted_day: Mapped[date | None] = mapped_column(Date, info={"export": None})
    """The last local day on which we were there to see whether there was a word."""

    @property
    def spacing(self) -> int:
        """The most days that lie between two askings by the person's own choice."""
        days = [int(number) for number in sorted(self.weekdays)] or [1]
        gaps = [after - before for before, after in zip(days, [*days[1:], days[0] + 7], strict=True)]
        return max(self.every, *gaps)


def useful_until(due: datetime, times: list[time], place: ZoneInfo) -> datetime:
    """When a check-in that was due then has become too late to send. `times` are all of the person's."""
    following = following_of(due, times, place)
    return min(due + LATEST, max(following - NEXT_TOO_NEAR, due + (following - due) / 2))


def following_of(moment: datetime, times: list[time], place: ZoneInfo) -> datetime:
    """The next time of asking after this moment."""
    return min(clock.next_daily(moment, at, place)[0] for at in times)


async def schedules(session: AsyncSession, person: Person) -> list[Schedule]:
    """The times that a person has chosen, earliest of the day first."""
    return [one for one in await all_schedules(session, person) if one.until is None]


async def closer(session: AsyncSession, person: Person) -> Schedule | None:
    """What is asked a bit more often for some days, while it is."""
    return next((one for one in await all_schedules(session, person) if one.until is not None), None)


async def all_schedules(session: AsyncSession, person: Person) -> list[Schedule]:
    """Whatever asks by itself, earliest of the day first."""
    query = select(Schedule).where(Schedule.person_id == person.id).order_by(Schedule.at, Schedule.id)
    return list(await session.scalars(query))


async def times(session: AsyncSession, people: Iterable[Person]) -> dict[int, list[time]]:
    """The times of each of these people, by their ids."""
    ids = {person.id for person in people}
    found: dict[int, list[time]] = {number: [] for number in ids}
    query = select(Schedule.person_id, Schedule.at).where(Schedule.person_id.in_(ids))
    for person_id, at in await session.execute(query):
        found[person_id].append(at)
    return found


async def rhythm(session: AsyncSession, person: Person) -> Rhythm:
    """A person's rhythm, begun if there is none."""
    found = await session.get(Rhythm, person.id)
    if found is None:
        found = _first_rhythm(person.id)
        session.add(found)
        await session.flush()
    return found


async def rhythms(session: AsyncSession, people: Iterable[Person]) -> dict[int, Rhythm]:
    """The rhythm of each of these people, by their ids, begun where there is none."""
    ids = {person.id for person in people}
    had = {one.person_id: one for one in await session.scalars(select(Rhythm).where(Rhythm.person_id.in_(ids)))}
    new = {number: _first_rhythm(number) for number in sorted(ids - had.keys())}
    session.add_all(new.values())
    await session.flush()
    return had | new


async def rhythm_if_any(session: AsyncSession, person: Person) -> Rhythm:
    """A person's rhythm, or what everybody begins with: for those who only look."""
    return await session.get(Rhythm, person.id) or _first_rhythm(person.id)


def _first_rhythm(person_id: int) -> Rhythm:
    return Rhythm(person_id=person_id, weekdays=EVERY_DAY, every=1, ask_used=False, silent=0)


async def on(session: AsyncSession, person: Person, day: date, slot: int = 0) -> Checkin:
    """The check-in of that day and time, begun if there is none. Asks what fits the goal, as long as it can."""
    query = select(Checkin).where(Checkin.person_id == person.id, Checkin.day == day, Checkin.slot == slot)
    found = (await session.scalars(query)).one_or_none()
    if found is None:
        found = Checkin(person_id=person.id, day=day, slot=slot)
        session.add(found)
    await fit(session, found, person)
    await session.flush()
    return found


async def begun(
    session: AsyncSession, people: Iterable[Person], days: Collection[date]
) -> dict[tuple[int, date, int], Checkin]:
    """The check-ins of these people on these days that there are, by person's id, day and slot."""
    query = select(Checkin).where(Checkin.person_id.in_({person.id for person in people}), Checkin.day.in_(days))
    return {(one.person_id, one.day, one.slot): one for one in await session.scalars(query)}


async def begin(session: AsyncSession, keys: Iterable[tuple[Person, date, int]]) -> None:
    """Begin a check-in for each person, day and slot: not as objects, or each would cost SQLite a statement."""
    new = [
        {"person_id": person.id, "day": day, "slot": slot, "asks": await fitting(session, person)}
        for person, day, slot in keys
    ]
    if new:
        await session.execute(insert(Checkin), new)


async def fit(session: AsyncSession, row: Checkin, person: Person) -> None:
    """Have it ask what fits the goal, as long as it can."""
    if row.used is None and row.planned is None:
        row.asks = await fitting(session, person)


async def fitting(session: AsyncSession, person: Person) -> str:
    """The last question that fits a person's goal."""
    if person.goal == "cutting":
        return "planned"
    if person.goal != "not_yet":
        return "used"
    return "used" if (await rhythm(session, person)).ask_used else ""


async def theirs(session: AsyncSession, person: Person, checkin_id: int | None) -> Checkin | None:
    """The check-in that a button names, if it is this person's own."""
    query = select(Checkin).where(Checkin.id == checkin_id, Checkin.person_id == person.id)
    return (await session.scalars(query)).one_or_none()


async def last_answered(session: AsyncSession, person: Person, *, but: int = 0) -> Checkin | None:
    """The check-in that was answered last, leaving one out."""
    query = (
        select(Checkin)
        .where(Checkin.person_id == person.id, Checkin.id != but, Checkin.answered_at.is_not(None))
        .order_by(Checkin.answered_at.desc(), Checkin.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).one_or_none()
