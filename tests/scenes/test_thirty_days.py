"""Thirty days with a dozen people of different habits: what arrives, how often, and what never does."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, clock, outbox
from bot.app import FEATURES
from bot.chat import Lane, Message
from bot.checkins.model import Checkin
from bot.due import Due
from bot.feature import Feature, Occasion
from bot.outbox import Notification, Outcome
from bot.people import Person
from tests.figures import Record
from tests.phone import Someone
from tests.scenes.members import become, row_of
from tests.world import World, is_set

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
FIRST = datetime(2026, 3, 9, tzinfo=UTC)
DAYS = 30

HABITS = (
    "silent", "answers", "answers_all", "snoozes", "travels", "pauses", "hard", "thrice", "weekdays", "comes_back",
    "skips", "chatted_to",
)  # fmt: skip
CITIES = ("Lisbon", "Berlin", "Tokyo", "Auckland")


class Chatter:
    """A feature of the test's own that wants to write far too often to whoever is chatted to."""

    def __init__(self) -> None:
        self._at = FIRST + timedelta(hours=9, minutes=7)
        self._to = 0

    def feature(self) -> Feature:
        last = select(func.max(Notification.due_at)).where(Notification.kind == "chatter")
        due = Due(last, self._claim, after=2 * HOUR)
        return Feature(name="chatter", due=(due,), kinds={"chatter": self._compose})

    async def begins(self, world: World, person_id: int) -> None:
        self._to = person_id
        async with world.store.work() as session:
            await self._promise(session)

    async def _claim(self, session: AsyncSession, now: datetime) -> datetime:
        self._at += 2 * HOUR
        await self._promise(session)
        return now

    async def _promise(self, session: AsyncSession) -> None:
        person, at = await session.get(Person, self._to), self._at
        assert person
        await outbox.post(
            session, person, "chatter", at.isoformat(), lane=Lane.BULK, due_at=at, send_before=at + DAY, unasked=True
        )

    async def _compose(self, occasion: Occasion) -> Message:
        return Message("Something small.\nAnd more of it.", neutral=True)


@pytest.fixture
def chatter() -> Chatter:
    return Chatter()


@pytest.fixture
async def thirty(sqlite_url: str, tmp_path: Path, chatter: Chatter) -> AsyncIterator[World]:
    world = World(sqlite_url, tmp_path, features=(*FEATURES, chatter.feature()))
    world.clock.at = FIRST - 12 * HOUR
    yield world
    await world.close()


def can(person: Someone, label: str) -> bool:
    return label in person.buttons


async def lives(world: World, person: Someone, habit: str, day: int, seen: Counter[str]) -> None:
    """What somebody of this habit does with whatever stands on their screen, once every few hours."""
    if habit in ("answers", "thrice", "weekdays", "chatted_to", "travels") and can(person, "🙂 All right"):
        await person.presses("🙂 All right")
        seen["answered"] += 1
    elif habit == "answers_all" and can(person, "🙂 All right"):
        for label in ("😕 Low", "4", "No", "Tired"):
            await person.presses(label)
        seen["answered in full"] += 1
    elif habit == "snoozes" and can(person, "Later") and day % 2:
        await person.presses("Later")
        if can(person, "In 30 minutes"):
            await person.presses("In 30 minutes")
            seen["snoozed"] += 1
    elif habit == "skips" and can(person, "Later"):
        await person.presses("Later")
        await person.presses("Not today")
        seen["skipped"] += 1


async def once_a_day(world: World, person: Someone, habit: str, day: int, seen: Counter[str]) -> None:
    """What happens on certain days."""
    match habit, day:
        case "travels", 5 | 20:
            zone = "America/New_York" if day == 5 else "Asia/Tokyo"
            await become(world, person, zone=zone)
            await world.arrive(person.forged("checkin:moved"))
            seen["travelled"] += 1
        case "pauses", 4:
            await person.says("/pause")
            await person.presses("A week")
            seen["paused"] += 1
        case "pauses", 15:
            await person.says("/pause")
            await person.presses("Until I write")
            seen["paused until a word"] += 1
        case "hard", _ if day % 3 == 0:
            await person.presses("Hard moment")
            seen["hard moment"] += 1
        case "comes_back", 17:
            await person.says("/checkin")
            seen["came back"] += "Welcome back" in person.chat or 1


@pytest.mark.slow
async def test_thirty_days_keep_every_promise(  # noqa: C901
    thirty: World, chatter: Chatter, figures: Record
) -> None:
    world, random = thirty, Random(3)
    seen: Counter[str] = Counter()
    everybody = {habit: world.someone(habit) for habit in HABITS}
    for number, (habit, person) in enumerate(everybody.items()):
        await is_set(person, "Lisbon" if habit == "silent" else CITIES[number % len(CITIES)])
    for hour in ("09.00", "13.00"):
        await world.arrive(everybody["thrice"].forged(f"checkin:times:add:{hour}"))
    for number in (6, 7):
        await world.arrive(everybody["weekdays"].forged(f"checkin:times:day:{number}"))
    for habit in ("snoozes", "hard"):
        await world.arrive(everybody[habit].forged("checkin:at:13.00"))
    await chatter.begins(world, (await row_of(world, everybody["chatted_to"])).id)
    zones: dict[int, list[tuple[datetime, str]]] = {}
    for day in range(DAYS):
        for habit, person in everybody.items():
            await once_a_day(world, person, habit, day, seen)
            row = await row_of(world, person)
            zones.setdefault(row.id, []).append((world.clock.now(), row.zone or ""))
        for at in (14, 20):
            await world.go_to(FIRST + day * DAY + at * HOUR + timedelta(minutes=random.randrange(50)))
            for habit, person in everybody.items():
                await lives(world, person, habit, day, seen)
    await _holds(world, zones, seen)
    figures(f"{len(HABITS)} people: {dict(sorted(seen.items()))}")


async def _holds(world: World, zones: dict[int, list[tuple[datetime, str]]], seen: Counter[str]) -> None:
    async with world.store.look() as session:
        people = {person.id: person for person in await session.scalars(select(Person))}
        every = list(await session.scalars(select(Notification).order_by(Notification.settled_at)))
        doubled = select(Checkin.person_id).group_by(Checkin.person_id, Checkin.day, Checkin.slot)
        assert (await session.scalars(doubled.having(func.count() > 1))).all() == []
    sent = [one for one in every if one.outcome == Outcome.SENT and one.settled_at]
    days: Counter[tuple[int, object]] = Counter()
    unasked: Counter[tuple[int, object]] = Counter()
    for one in sent:
        assert one.settled_at
        zone = next(
            zone
            for since, zone in reversed(zones[one.person_id])
            if since <= one.settled_at or since == zones[one.person_id][0][0]
        )
        day = clock.day_of(one.settled_at, clock.zone(zone))
        days[one.person_id, day] += 1
        unasked[one.person_id, day] += one.unasked
        if one.unasked:
            person = people[one.person_id]
            local = one.settled_at.astimezone(clock.zone(zone)).time()
            assert person.quiet_to <= local < person.quiet_from, "nothing unasked in quiet hours"
    assert max(unasked.values()) <= budget.A_DAY_AT_MOST
    seen["most in a day"] = max(days.values())
    seen["most unasked in a day"] = max(unasked.values())
    once = Counter((one.person_id, one.occurrence) for one in sent if one.kind == "checkin")
    assert max(once.values()) == 1, "one for each day and time"
    for kind, of_kind in groupby(sorted(every, key=lambda one: one.kind), key=lambda one: one.kind):
        for outcome, count in Counter(one.outcome for one in of_kind).items():
            seen[f"{kind} {outcome}"] = count
    for reached in (
        "answered", "answered in full", "snoozed", "skipped", "travelled", "paused", "paused until a word",
        "hard moment", "came back", "checkin sent", "checkin-nudge sent",
        "checkin-quiet sent", "chatter held_back", "chatter told",
    ):  # fmt: skip
        assert seen[reached], f"never reached: {reached}"
    first = min(people)
    silent = [one for one in every if one.person_id == first and one.kind != "checkin-nudge"]
    days_asked = [(date.fromisoformat(one.occurrence.partition("/")[0]) - date(2026, 3, 8)).days for one in silent]
    assert days_asked == [0, 1, 2, 3, 5, 7, 9, 16, 23, 28], "thinning, as promised"
    assert [day for day, one in zip(days_asked, silent, strict=True) if one.kind == "checkin-quiet"] == [3, 28]
