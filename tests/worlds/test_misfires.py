"""What is late has a meaning: ten thousand sleeps of a machine, held against the table of design 4.4.

| what                           | is dropped when it is late by                            |
|--------------------------------|----------------------------------------------------------|
| a check-in                     | 4 h, or the next is under 2 h away; all but the last one |
| the nudge after it             | 1 h                                                      |
| the reminder before an erasure | 4 h, which is when it is done                            |
| an erasure, help, an alert     | nothing                                                  |
"""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot import outbox, people
from bot.chat import Lane, Message
from bot.checkins import due, times
from bot.checkins.model import Schedule, useful_until
from bot.feature import Feature, Occasion
from bot.texts import Texts
from tests.figures import Record
from tests.phone import Someone
from tests.world import World
from tests.worlds.answers import Answers
from tests.worlds.crowd import PLACES, Deed, Villager
from tests.worlds.ledger import NOTES, RECEIPT, Ledger
from tests.worlds.lives import DAY, Life, first_showing
from tests.worlds.sometimes import Sometimes
from tests.worlds.village import Village

SLEEPS = 10_000
SEED = 4

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ZONES = (
    "Europe/Lisbon", "Europe/Berlin", "America/New_York", "America/St_Johns", "America/Santiago", "Asia/Tokyo",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham",
)  # fmt: skip
CHANGES = (
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 9, 6),
    date(2026, 10, 25),
    date(2026, 11, 1),
)
"""Days around which the clocks of some of them change."""

MARGIN, NEAR = timedelta(hours=4), timedelta(hours=2)


def dues(at: time, place: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    """Every instant at which it is that time there, after `start` and up to `end`."""
    days = (end - start).days + 4
    found = (first_showing(start.date() + number * DAY, at, place) for number in range(-2, days))
    return [moment for moment in found if start < moment <= end]


def table(hours: list[time], place: ZoneInfo, asleep: datetime, awake: datetime) -> dict[time, datetime]:
    """By its hour: which check-in may still be sent on waking, and was due when."""
    wanted = {}
    for at in hours:
        missed = dues(at, place, asleep, awake)
        if not missed:
            continue
        last = missed[-1]
        next_one = min(dues(other, place, last, last + 2 * DAY)[0] for other in hours)
        # where two stand closer together than that, half of what lies between them is left to the first
        near = max(next_one - NEAR, last + (next_one - last) / 2)
        if awake - last < MARGIN and awake < near:
            wanted[at] = last
    return wanted


def test_ten_thousand_sleeps_keep_to_the_table(figures: Record) -> None:
    chance, sometimes = Random(SEED), Sometimes()
    for _ in range(SLEEPS):
        place = ZoneInfo(chance.choice(ZONES))
        hours = [time(quarter // 4, quarter % 4 * 15) for quarter in chance.sample(range(96), chance.randint(1, 3))]
        day = datetime.combine(chance.choice(CHANGES), time(), UTC)
        asleep = day + timedelta(minutes=chance.randrange(-3 * 24 * 60, 3 * 24 * 60))
        awake = asleep + timedelta(minutes=chance.choice((chance.randrange(300), chance.randrange(72 * 60))))
        wanted = table(hours, place, asleep, awake)
        for at in hours:
            schedule = Schedule(at=at)
            schedule.plan(place.key, asleep)
            told = f"{place.key} {at} asleep {asleep} awake {awake}"
            if schedule.next_at is None or schedule.next_at > awake:
                assert at not in wanted, told
                sometimes("nothing was due")
                continue
            due._skip_to_the_last_due(schedule, place.key, awake)
            last, following = schedule.next_at, dues(at, place, awake, awake + 3 * DAY)[0]
            comes = awake < useful_until(last, hours, place)
            assert (last if comes else None) == wanted.get(at), told
            schedule.plan(place.key, awake)
            assert schedule.next_at == following, f"{told}: and the next is not lost"
            sometimes(_fate(last, awake, comes=comes))
    figures(f"{SLEEPS} sleeps: {sometimes}")
    assert not sometimes.never(("nothing was due", "late and sent", "too late", "too near the next"))


def _fate(last: datetime, awake: datetime, *, comes: bool) -> str:
    if comes:
        return "late and sent"
    return "too late" if awake - last >= MARGIN else "too near the next"


LATE = (MINUTE, 59 * MINUTE, 61 * MINUTE, 4 * HOUR - 5 * MINUTE, 4 * HOUR + 5 * MINUTE, 9 * HOUR, 40 * HOUR)
EVENING = datetime(2026, 3, 3, 19, tzinfo=UTC)
URGENT = {"crisis": Lane.CRISIS, "alert": Lane.ALERT}


async def _urgent(occasion: Occasion) -> Message:
    return Message(f"Promised for {occasion.notification.due_at:%H:%M}.", neutral=True)


PROMISE = Feature(name="promise", kinds=dict.fromkeys(URGENT, _urgent))


@pytest.fixture
async def village(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Village]:
    village = Village(sqlite_url, tmp_path, 0, EVENING - 25 * HOUR, PROMISE)
    village.weather.calm = True
    with village.watched():
        yield village
        await village.close()


async def member(world: World, name: str, at: time | None = None) -> Someone:
    """A member in Lisbon, asked at this hour or never."""
    somebody, now = world.someone(name), world.clock.now()
    async with world.store.work() as session:
        person = await people.meet(session, somebody.address, "en", now)
        await people.agree(session, person, "1", now)
        person.zone, person.country, person.heard_at = "Europe/Lisbon", "PT", now
        if at:
            await times.set_to(session, person, at, now)
        for kind, lane in URGENT.items():
            if name == kind:
                await outbox.post(session, person, kind, "once", lane=lane, due_at=EVENING)
    return somebody


@pytest.mark.parametrize("late", LATE, ids=str)
async def test_what_lateness_does_to_each_kind(village: Village, late: timedelta) -> None:
    """Everything is due at seven in the evening, and the machine sleeps from ten to seven until so much later."""
    urgent = [await member(village, kind) for kind in URGENT]
    checkin, nudge, leaver = (
        await member(village, "checkin", time(19)),
        await member(village, "nudge", time(16)),
        await member(village, "leaver"),
    )
    await village.go_to(EVENING - 20 * HOUR)
    await village.arrive(leaver.forged("erase:tomorrow"), nudge.typed("/menu"))
    await village.go_to(EVENING - 10 * MINUTE)
    before = {person.address: len(person.rung) for person in (checkin, nudge, leaver)}
    await village.sleeps(late + 10 * MINUTE)
    await village.wait(MINUTE)

    def came(person: Someone) -> list[str]:
        return person.rung[before[person.address] :]

    assert [person.sees for person in urgent] == ["Promised for 19:00."] * 2
    assert [text.startswith(NOTES) for text in came(checkin) if late < 20 * HOUR] == [True] * (late < 4 * HOUR)
    assert ("It was for 19:00 and comes late." in checkin.sees) == (10 * MINUTE < late < 4 * HOUR)
    assert came(nudge).count(Texts("en")("checkin-nudge")) == (late < HOUR)
    assert (Texts("en")("erase-reminder") in came(leaver)) == (late < 4 * HOUR)
    assert any(text.startswith(RECEIPT) for text in came(leaver)) == (late >= 4 * HOUR)


async def test_a_word_written_while_we_slept_is_heard_when_we_wake(village: Village) -> None:
    """Somebody who is asked every second day writes in a night that we sleep through: asked from the next day on."""
    began = village.clock.now()
    ana = await member(village, "ana", time(4))
    life = Life(ana.address, "Wren0", time(4), began, [(began, "Europe/Lisbon")])
    villager = Villager(ana, "silent", PLACES[0], life, Random(0), village.sometimes)
    ledger = Ledger(village, [villager])
    night = datetime(2026, 3, 8, 22, tzinfo=UTC)
    await village.go_to(night)
    village.clock.at += 4 * HOUR
    word = Deed(ana.typed("/menu"))
    village.clock.at -= 4 * HOUR
    await village.sleeps(8 * HOUR)
    await Answers(village, ledger).to([(villager, word)])
    await village.go_to(night + 3 * DAY)
    ledger.reads()
    ledger.closes(villager, village.clock.now())
    assert sorted(life.came) == [date(2026, 3, day) for day in (3, 4, 5, 8, 10, 11)]
    assert not ledger.wrong, "nor is the ninth one: when it fell due, we had heard nothing for days"
