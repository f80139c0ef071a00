"""When somebody is reminded, as arithmetic; and rows planned again: in time, in batches, with new zone data."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from bot import clock
from bot.meetings import advance, planning
from bot.meetings.model import Follow, Meeting
from bot.meetings.planning import Shift, shift
from bot.meetings.recurrence import Rule
from bot.meetings.search import GRACE
from bot.people import Person
from tests.meetings.listed import NEW_YORK, follows, listed, meeting_of, reminders, utc
from tests.phone import Someone
from tests.world import World, is_set

LISBON = clock.zone("Europe/Lisbon")
HOUR = timedelta(hours=1)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def thursdays(zone: str) -> Rule:
    return Rule(zone, time(16), 3)


SYDNEY, AUCKLAND = "Australia/Sydney", "Pacific/Auckland"


@pytest.mark.parametrize(
    ("zone", "home", "day", "told"),
    [
        # from Lisbon each change of either side moves Sydney an hour later, and in autumn an hour back
        (SYDNEY, "Europe/Lisbon", date(2026, 3, 26), None),
        (SYDNEY, "Europe/Lisbon", date(2026, 4, 2), Shift(HOUR, for_now=False)),
        (SYDNEY, "Europe/Lisbon", date(2026, 4, 9), Shift(HOUR, for_now=False)),
        (SYDNEY, "Europe/Lisbon", date(2026, 4, 16), None),
        (SYDNEY, "Europe/Lisbon", date(2026, 10, 8), Shift(-HOUR, for_now=False)),
        (SYDNEY, "Europe/Lisbon", date(2026, 10, 29), Shift(-HOUR, for_now=False)),
        ("Europe/Lisbon", SYDNEY, date(2026, 4, 2), Shift(-HOUR, for_now=False)),
        ("Europe/Lisbon", SYDNEY, date(2026, 10, 8), Shift(HOUR, for_now=False)),
        # both in the south: New Zealand a week before Sydney in spring, on the same Sunday in autumn
        (SYDNEY, AUCKLAND, date(2026, 10, 1), Shift(HOUR, for_now=True)),
        (SYDNEY, AUCKLAND, date(2026, 10, 8), Shift(-HOUR, for_now=False)),
        (SYDNEY, AUCKLAND, date(2026, 4, 9), None),
        # clocks that never change seen from the south, and half an hour of summer
        ("Asia/Kolkata", "America/Santiago", date(2026, 4, 9), Shift(-HOUR, for_now=False)),
        ("Australia/Lord_Howe", "Asia/Kolkata", date(2026, 10, 8), Shift(-HOUR / 2, for_now=False)),
    ],
)
def test_a_shift_is_told_in_the_south_and_from_there(zone: str, home: str, day: date, told: Shift | None) -> None:
    start = datetime.combine(day, time(16), clock.zone(zone)).astimezone(UTC)
    assert shift(thursdays(zone), start, clock.zone(home)) == told


@pytest.mark.parametrize(
    ("zone", "day", "told"),
    [
        (NEW_YORK, date(2026, 3, 5), None),
        (NEW_YORK, date(2026, 3, 12), Shift(-HOUR, for_now=True)),
        (NEW_YORK, date(2026, 3, 26), Shift(-HOUR, for_now=True)),
        (NEW_YORK, date(2026, 4, 2), Shift(HOUR, for_now=False)),
        (NEW_YORK, date(2026, 4, 9), None),
        (NEW_YORK, date(2026, 4, 16), None),
        (NEW_YORK, date(2026, 10, 29), Shift(-HOUR, for_now=True)),
        (NEW_YORK, date(2026, 11, 5), Shift(HOUR, for_now=False)),
        (NEW_YORK, date(2026, 11, 12), None),
        # clocks that never change, seen from one that does: told once, and not for half a year
        ("America/Phoenix", date(2026, 4, 2), Shift(HOUR, for_now=False)),
        ("America/Phoenix", date(2026, 4, 9), None),
        ("America/Phoenix", date(2026, 7, 2), None),
        ("Europe/Berlin", date(2026, 4, 2), None),
        ("Europe/Lisbon", date(2026, 4, 2), None),
    ],
)
def test_a_shift_is_told_in_the_weeks_of_it_and_in_no_others(zone: str, day: date, told: Shift | None) -> None:
    start = datetime.combine(day, time(16), clock.zone(zone)).astimezone(UTC)
    assert shift(thursdays(zone), start, LISBON) == told


@given(
    zone=st.sampled_from((NEW_YORK, "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Asia/Kathmandu")),
    home=st.sampled_from(("Europe/Lisbon", "Pacific/Auckland", "America/New_York", "Pacific/Apia")),
    hour=st.integers(0, 23),
    leads=st.sets(st.sampled_from(planning.LEADS), min_size=1),
    weeks=st.integers(0, 60),
    interval=st.integers(1, 3),
)
def test_reminders_come_one_by_one_and_none_is_passed_over(
    zone: str, home: str, hour: int, leads: set[int], weeks: int, interval: int
) -> None:
    """Going on from each to the next meets every lead of every occurrence that was not left out, in order."""
    meeting = Meeting(
        zone=zone, at=time(hour, 30), weekday=3, interval=interval, anchor=date(2026, 1, 1), exceptions={}
    )
    person = Person(zone=home)
    follow = Follow(leads=" ".join(map(str, leads)), skips="[]")
    at = YEAR + timedelta(weeks=weeks)
    left_out = next(iter(planning.wanted(follow, meeting, at + timedelta(weeks=3)))).day
    follow.skip(left_out, at)
    end = at + timedelta(weeks=12)
    found = []
    while (one := planning.coming(follow, meeting, person, at)) and one.at < end:
        assert one.at > at
        assert one.at == one.occurrence.start - timedelta(minutes=one.lead)
        found.append((one.occurrence.day, one.lead))
        at = one.at
    assert left_out not in {day for day, _ in found}
    assert len(found) == len(set(found))
    whole = {day for day, _ in found if leads <= {lead for other, lead in found if other == day}}
    assert len({day for day, _ in found} - whole) <= 2, "only the first and the last may be cut in two"


async def test_what_has_begun_is_planned_again_when_nobody_can_join_any_more(world: World, ana: Someone) -> None:
    number = await listed(world)
    once = await listed(world, "Once", weekday=None, anchor=date(2026, 3, 5))
    await world.go_to(utc(2026, 3, 5, 21, 14))
    assert (await meeting_of(world, number)).next_start == utc(2026, 3, 5, 21)
    await world.go_to(utc(2026, 3, 5, 21, 15))
    assert (await meeting_of(world, number)).next_start == utc(2026, 3, 12, 20), "New York has changed its clocks"
    assert (await meeting_of(world, number)).next_day == date(2026, 3, 12)
    assert (await meeting_of(world, once)).next_start is None


async def test_after_months_away_every_one_lies_ahead_again(
    world: World, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(advance, "AT_ONCE", 3)
    for number in range(10):
        await listed(world, f"Group {number}", at=time(8 + number))
    await world.sleeps(timedelta(days=100))
    async with world.store.look() as session:
        assert (await session.scalar(select(func.min(Meeting.next_start))) or YEAR) > world.clock.now() - GRACE
        assert await session.scalar(select(func.count()).where(Meeting.next_start.is_not(None))) == 10


async def test_one_in_a_zone_that_nobody_knows_stops_no_other(
    world: World, ana: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = await listed(world), await listed(world, "Sound")
    async with world.store.work() as session:
        await session.execute(update(Meeting).where(Meeting.id == broken).values(zone="Mars/Olympus"))
    await world.go_to(utc(2026, 3, 5, 22))
    assert (await meeting_of(world, broken)).next_start is None
    assert (await meeting_of(world, sound)).next_start == utc(2026, 3, 12, 20)
    assert [one for one in caplog.messages if "action=unknown_zone" in one]


async def test_new_zone_data_plans_everything_again_and_promises_nothing_twice(
    world: World, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was worked out with other data is wrong by an hour here; the reminders follow what is right."""
    monkeypatch.setattr(advance, "AT_ONCE", 2)
    await is_set(ana)
    numbers = [await listed(world, f"Group {number}") for number in range(5)]
    for number in numbers[:2]:
        await follows(world, ana, number)
    wrong = utc(2026, 3, 5, 22)
    for edition in ("1999a", "2999z"):
        async with world.store.work() as session:
            await session.execute(update(Meeting).values(tzdata=edition, next_start=wrong))
            await session.execute(update(Follow).values(next_at=wrong - timedelta(minutes=30)))
        await world.settle()
        async with world.store.look() as session:
            assert set(await session.scalars(select(Meeting.tzdata))) == {advance.EDITION}
            assert set(await session.scalars(select(Meeting.next_start))) == {utc(2026, 3, 5, 21)}
            assert set(await session.scalars(select(Follow.next_at))) == {utc(2026, 3, 5, 20, 30)}
    await world.go_to(utc(2026, 3, 5, 20, 31))
    async with world.store.work() as session:
        await session.execute(update(Meeting).values(tzdata="1999a"))
    await world.wait(timedelta(hours=3))
    assert reminders(ana) == ["In 30 minutes: your 21:00."] * 2
