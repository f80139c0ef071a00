"""A bit closer for a few days: asked for, at a good hour, said in /next, and over by itself."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from bot.checkins.closer import APART, LATE_MORNING, MORNING, hour_for
from bot.checkins.model import Rhythm, Schedule
from bot.people import Person
from tests.phone import Someone
from tests.scenes.members import arrived, become, checkins_of, promises, rhythm_of, row_of
from tests.scenes.slipping import SAFE, presses, tells
from tests.world import World, is_set

DAY = timedelta(days=1)
NOWHERE = "999"
"""No message of theirs: the answer comes anew."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


async def asks(world: World, person: Someone, number: int) -> None:
    await world.arrive(person.forged(f"checkin:closer:{number}", NOWHERE))


async def schedules(world: World) -> list[time]:
    async with world.store.look() as session:
        return list(await session.scalars(select(Schedule.at).order_by(Schedule.at)))


async def due(world: World, person: Someone) -> list[datetime]:
    return [moment for moment, _ in await promises(world, person)]


async def test_three_days_over_a_change_of_the_clocks_and_then_it_is_over(world: World, ana: Someone) -> None:
    """Lisbon loses an hour on Sunday 29 March: eleven o'clock stays eleven o'clock."""
    world.clock.at = at(27, 20, 0)
    await tells(world, ana, SAFE, "Just now", "Just note it", "Leave it", "Yes")
    assert ana.sees == "I also ask at 11:00 for three days, until 30 March. The first: Tomorrow 11:00."
    await world.go_to(at(30, 20))
    await ana.says("hello")
    await world.go_to(at(31, 20))
    assert [moment for moment in await due(world, ana) if moment.hour < 18] == [at(28, 11), at(29, 10), at(30, 10)]
    assert [moment for moment in await due(world, ana) if moment.hour >= 18] == [
        at(28, 19),
        at(29, 18),
        at(30, 18),
        at(31, 18),
    ]
    assert await schedules(world) == [time(19)], "it ended by itself"


async def test_what_comes_next_says_why_and_ends_it(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asks(world, ana, 3)
    await ana.presses("What comes next")
    assert ana.sees == (
        "It is 12:00 for you, Lisbon time.\n"
        "Today 19:00: evening note, because you chose 19:00\n"
        "Tomorrow 11:00: morning note, asked for, until 5 March"
    )
    await ana.presses("End the extra notes")
    assert "asked for" not in ana.sees
    assert "End the extra notes" not in ana.buttons
    await world.go_to(at(4, 12))
    assert await due(world, ana) == [at(2, 19), at(3, 19)]


@pytest.mark.parametrize(
    ("told", "comes", "said"),
    [
        (at(3, 2), at(3, 9), "Today 9:00"),  # at two at night the morning that comes
        (at(3, 9, 30), at(4, 9), "Tomorrow 9:00"),
        (at(3, 23), at(4, 9), "Tomorrow 9:00"),
    ],
)
async def test_only_tomorrow_morning(told: datetime, comes: datetime, said: str, world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(told)
    await asks(world, ana, 1)
    assert ana.sees == f"I ask once more than usual: {said}."
    before = len(await due(world, ana))
    await world.go_to(told + 3 * DAY)
    assert [moment for moment in (await due(world, ana))[before:] if moment.hour != 19] == [comes]
    assert await schedules(world) == [time(19)]


async def test_no_leaves_everything_as_it_is(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asks(world, ana, 0)
    assert ana.sees == "All right. I ask as before."
    assert await schedules(world) == [time(19)]
    for forged in ("2", "-1", "x", ""):
        await world.arrive(ana.forged(f"checkin:closer:{forged}", NOWHERE))
        assert ana.sees.startswith("I did not understand")


async def test_asked_twice_it_is_still_one(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asks(world, ana, 3)
    await asks(world, ana, 3)
    assert len(await schedules(world)) == 2
    await asks(world, ana, 0)
    assert await schedules(world) == [time(19)]


async def test_the_rhythm_of_somebody_who_is_asked_once_a_week_stays_theirs(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(at(2, 20))
    for _ in range(2):
        await world.arrive(ana.forged("next:fewer", NOWHERE))
    before = await rhythm_of(world, ana)
    await asks(world, ana, 3)
    await world.go_to(at(9, 20))
    assert await due(world, ana) == [at(2, 19), at(3, 11), at(4, 11), at(5, 11), at(9, 19)]
    assert isinstance(before, Rhythm)
    assert before.every == 7
    nudges = [moment for moment, _ in await promises(world, ana, "checkin-nudge")]
    assert not [moment for moment in nudges if moment.hour < 18], "no soft word follows what was asked for"


async def test_silence_is_counted_as_if_it_were_not_there(world: World, ana: Someone, ben: Someone) -> None:
    for person in (ana, ben):
        await is_set(person)
    await asks(world, ana, 3)
    for person in (ana, ben):
        await person.says("hello")
    await world.go_to(at(12, 20))
    ours, theirs = await rhythm_of(world, ana), await rhythm_of(world, ben)
    assert ours
    assert theirs
    assert (ours.silent, ours.asked_day) == (theirs.silent, theirs.asked_day)


async def test_a_pause_stops_it_too(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asks(world, ana, 3)
    await ana.says("/pause")
    await ana.presses("A week")
    await asks(world, ana, 3)
    assert "\nNothing comes by itself until then: Mon 9 March" in ana.sees, "and that is said"
    await world.go_to(at(8, 12))
    assert arrived(ana) == []
    assert await schedules(world) == [time(19)]


async def test_it_goes_along_on_a_journey(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asks(world, ana, 3)
    await world.arrive(ana.forged("travel:until:JP:Asia/Tokyo:20260320", NOWHERE))
    assert (await row_of(world, ana)).zone == "Asia/Tokyo"
    await world.go_to(at(6, 12))
    mornings = [moment for moment in await due(world, ana) if moment.hour == 2]
    assert mornings == [at(3, 2), at(4, 2), at(5, 2)]


async def test_it_never_comes_in_quiet_hours_nor_beside_another_time(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, quiet_from=time(21), quiet_to=time(13))
    await asks(world, ana, 3)
    assert await schedules(world) == [time(14), time(19)]
    await become(world, ana, quiet_from=time(13), quiet_to=time(15))
    await world.go_to(at(6, 12))
    await ana.says("/next")
    assert "asked for" not in ana.sees
    assert [moment.hour for moment in await due(world, ana)] == [19] * 3, "quiet since: nobody chose that hour"


async def test_their_own_times_are_theirs_and_the_extra_one_is_not_among_them(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asks(world, ana, 3)
    await world.arrive(ana.forged("checkin:times", NOWHERE))
    assert ana.sees.startswith("I ask at 19:00.")
    await presses(ana, "Change 19:00", "9:00")
    await world.arrive(ana.forged("next:fewer", NOWHERE))
    assert "Every second day" in ana.sees, "the extra one is not what becomes fewer"
    await world.arrive(ana.forged("checkin:times:set:0:11.00", NOWHERE))
    assert await schedules(world) == [time(11)], "at the same hour they become one"


async def test_after_a_sleep_of_days_none_comes_late(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asks(world, ana, 3)
    await world.sleeps(timedelta(days=6))
    await world.wait(timedelta(hours=1))
    assert [row.slot for row in await checkins_of(world, ana)].count(3) == 0
    assert await schedules(world) == [time(19)]


async def test_one_that_was_answered_meanwhile_does_not_come(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asks(world, ana, 3)
    await world.go_to(at(3, 10, 30))
    await ana.says("/checkin")
    await presses(ana, "🙂 All right", "2", "No")
    before = len(arrived(ana))
    await world.go_to(at(3, 12))
    assert len(arrived(ana)) == before


async def test_without_a_place_it_asks_for_one(world: World, ana: Someone) -> None:
    await ana.starts()
    await presses(ana, "I am 18 or over and agree", *("Skip",) * 5)
    await ana.looks()
    await asks(world, ana, 3)
    assert "Which city are you in or near?" in ana.sees


minutes = some.builds(time, some.integers(0, 23), some.integers(0, 59))


@given(
    quiet=some.tuples(minutes, minutes),
    taken=some.lists(minutes, max_size=3),
    wished=some.sampled_from((LATE_MORNING, MORNING)),
)
def test_any_hour_that_fits_is_taken_before_one_that_does_not(
    quiet: tuple[time, time], taken: list[time], wished: tuple[time, ...]
) -> None:
    start, end = quiet
    person = Person(created_at=at(1, 1), language="en", quiet_from=start, quiet_to=end)

    def fits(hour: time) -> bool:
        asleep = start <= hour < end if start <= end else not end <= hour < start
        gaps = [abs(60 * (hour.hour - one.hour) + hour.minute - one.minute) for one in taken]
        return not asleep and all(APART <= gap <= 24 * 60 - APART for gap in gaps)

    chosen = hour_for(person, wished, taken)
    assert fits(chosen) or not any(map(fits, wished))
    if end not in (start, chosen) and end.minute == 0:
        assert not (start <= chosen < end if start <= end else not end <= chosen < start), "what is promised comes"
