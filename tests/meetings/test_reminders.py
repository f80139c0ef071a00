"""Reminders: in time on both clocks, neutral, and only of what is still ahead."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.meetings.model import Feed, Follow, Meeting, Visit
from tests.meetings.listed import count, follows, is_member, listed, reminders, utc
from tests.phone import Someone
from tests.scenes.looking import tells
from tests.scenes.members import become, promises
from tests.world import World, is_set

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def member(world: World, ana: Someone) -> Someone:
    """Ana in Lisbon."""
    await is_member(world, ana)
    return ana


async def test_thirty_minutes_before_and_neutral_until_it_is_opened(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world))
    await world.go_to(utc(2026, 3, 5, 20, 29))
    assert reminders(member) == []
    await world.go_to(utc(2026, 3, 5, 20, 30))
    assert reminders(member) == ["In 30 minutes: your 21:00."]
    line = member.screen.rung[-1]
    assert line.neutral
    assert tells(line) == []
    assert not [word for word in ("Hope", "NA", "meeting", "New York") if word in str(line)]
    await member.presses("Open")
    assert "Midnight Hope, online." in member.sees
    assert "21:00 for you, 16:00 in New York" in member.sees
    assert member.buttons == ["Join", "Going", "Not today", "All about it", "Help now"]
    await member.presses("Join")
    assert "https://meet.example/midnight" in member.sees
    assert len(reminders(member)) == 1, "what is opened rings nobody"


async def test_it_moves_with_the_clocks_of_new_york_and_of_lisbon(world: World, member: Someone) -> None:
    """New York changes on 8 March, Lisbon on 29 March: for three weeks it is an hour earlier in Lisbon."""
    await follows(world, member, await listed(world))
    said = {}
    for day in (5, 12, 19, 26):
        await world.go_to(utc(2026, 3, day, 22))
        said[day] = reminders(member)[-1]
    await world.go_to(utc(2026, 4, 2, 22))
    said[2] = reminders(member)[-1]
    await world.go_to(utc(2026, 4, 9, 22))
    said[9] = reminders(member)[-1]
    late = "In 30 minutes: your 21:00."
    early = "In 30 minutes: your 20:00."
    assert said == {5: late, 12: early, 19: early, 26: early, 2: late, 9: late}
    assert reminders(member).count("Tomorrow: your 20:00.") == 3, "a day before, in the weeks when it is moved"
    assert reminders(member).count("Tomorrow: your 21:00.") == 1, "and when it is back"
    due = [at for at, _ in await promises(world, member, "meeting")]
    assert utc(2026, 3, 12, 19, 30) in due
    assert utc(2026, 4, 2, 19, 30) in due


async def test_in_a_week_when_the_clocks_differ_it_says_so(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world))
    await world.go_to(utc(2026, 3, 12, 19, 31))
    await member.presses("Open")
    assert "For now 1 hour earlier for you than usual." in member.sees
    await world.go_to(utc(2026, 4, 2, 19, 31))
    await member.presses("Open")
    assert "From now on 1 hour later for you than last time." in member.sees
    await world.go_to(utc(2026, 4, 9, 19, 31))
    await member.presses("Open")
    assert "hour" not in member.sees


async def test_after_a_sleep_only_what_is_still_ahead_comes(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world, "Over"))
    await follows(world, member, await listed(world, "Ahead", at=time(18)))
    await world.go_to(utc(2026, 3, 5, 20))
    await world.sleeps(timedelta(hours=1, minutes=6))
    await world.wait(10 * MINUTE)
    assert reminders(member) == []
    await world.go_to(utc(2026, 3, 5, 22, 20))
    await world.sleeps(30 * MINUTE)
    assert reminders(member) == ["In 10 minutes: your 23:00."]


async def test_up_to_five_minutes_after_the_start_it_is_of_use_and_then_never(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world))
    await world.go_to(utc(2026, 3, 5, 20))
    await world.sleeps(timedelta(hours=1, minutes=4))
    assert reminders(member) == ["Now: your 21:00."]
    await world.go_to(utc(2026, 3, 12, 19))
    before = reminders(member)
    await world.sleeps(timedelta(hours=1, minutes=5))
    await world.wait(timedelta(days=1))
    assert reminders(member) == before


async def test_an_outage_of_weeks_leaves_nothing_behind_and_the_next_one_comes(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world), "1440 120 30 10")
    await world.sleeps(timedelta(weeks=3))
    assert reminders(member) == []
    await world.go_to(utc(2026, 3, 26, 20, 1))
    assert reminders(member) == [
        "Tomorrow: your 20:00.",
        "In 2 hours: your 20:00.",
        "In 30 minutes: your 20:00.",
        "In 10 minutes: your 20:00.",
    ]


async def test_a_restart_reminds_nobody_twice(world: World, member: Someone) -> None:
    follow = await follows(world, member, await listed(world))
    await world.go_to(utc(2026, 3, 5, 20, 31))
    async with world.store.work() as session:
        # as if the promise had been kept and the moving on been lost
        await session.execute(update(Follow).where(Follow.id == follow).values(next_at=utc(2026, 3, 5, 20, 30)))
    await world.restart()
    await world.wait(5 * MINUTE)
    assert len(reminders(member)) == 1


async def test_not_today_ends_the_reminders_of_that_date_alone(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world), "1440 30")
    await world.go_to(utc(2026, 3, 4, 21, 1))
    await member.presses("Not today")
    assert "not today" in member.sees
    await world.go_to(utc(2026, 3, 6))
    assert reminders(member) == ["Tomorrow: your 21:00."]
    await world.go_to(utc(2026, 3, 12, 23))
    assert reminders(member)[1:] == ["Tomorrow: your 20:00.", "In 30 minutes: your 20:00."]


async def test_not_today_can_be_taken_back(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world), "30 10")
    await world.go_to(utc(2026, 3, 5, 20, 31))
    await member.presses("Not today")
    await member.presses("I am going after all")
    await world.go_to(utc(2026, 3, 5, 20, 51))
    assert reminders(member) == ["In 30 minutes: your 21:00.", "In 10 minutes: your 21:00."]


async def test_going_after_all_brings_what_was_still_to_come(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world), leads="10 30")
    await world.go_to(utc(2026, 3, 5, 20, 31))
    await member.presses("Not today")
    await world.arrive(member.forged("remind:1:20260305:going"))
    await world.go_to(utc(2026, 3, 5, 20, 51))
    assert reminders(member) == ["In 30 minutes: your 21:00.", "In 10 minutes: your 21:00."]


async def test_a_day_before_that_comes_after_midnight_says_today(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world, at=time(18, 30)), leads="1440")
    await world.go_to(utc(2026, 3, 4, 23, 29))
    await world.sleeps(timedelta(hours=1))
    await world.settle()
    assert reminders(member) == ["Today: your 23:30."]


async def test_a_day_before_over_the_shortest_day_does_not_say_tomorrow(world: World, member: Someone) -> None:
    """On 29 March Lisbon's day has 23 hours: a day before a quarter past midnight is still Saturday."""
    fields: dict[str, Any] = {"zone": "Europe/Lisbon", "weekday": 0, "at": time(0, 15), "first": date(2026, 3, 30)}
    await follows(world, member, await listed(world, **fields), leads="1440")
    await world.go_to(utc(2026, 3, 28, 23, 16))
    assert reminders(member) == ["In 24 hours: your 0:15."]


async def test_a_day_before_on_the_longest_day_says_today(world: World, member: Someone) -> None:
    """On 25 October Lisbon's day has 25 hours: a day before half past eleven is half past midnight."""
    fields: dict[str, Any] = {"zone": "Europe/Lisbon", "weekday": 6, "at": time(23, 30), "first": date(2026, 10, 25)}
    await follows(world, member, await listed(world, **fields), leads="1440")
    await world.go_to(utc(2026, 10, 24, 23, 31))
    assert reminders(member) == ["Today: your 23:30."]
    await world.go_to(utc(2026, 10, 31, 23, 31))
    assert reminders(member)[-1] == "Tomorrow: your 23:30."


async def test_whoever_has_paused_everything_is_left_alone(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world))
    await become(world, member, paused_until=utc(2026, 3, 9))
    await world.go_to(utc(2026, 3, 6))
    assert reminders(member) == []
    await world.go_to(utc(2026, 3, 12, 23))
    assert "In 30 minutes: your 20:00." in reminders(member)


async def test_what_goes_while_the_reminder_waits_is_not_reminded_of(world: World, member: Someone) -> None:
    meeting = await listed(world)
    await follows(world, member, meeting)
    member.screen.blocked = False
    await world.go_to(utc(2026, 3, 5, 20, 29))
    async with world.store.work() as session:
        await session.execute(update(Meeting).values(closed=True))
    await world.wait(timedelta(hours=1))
    assert reminders(member) == []


async def test_a_hard_moment_does_not_keep_a_reminder_back(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world))
    await world.go_to(utc(2026, 3, 5, 20, 10))
    await member.presses("Hard moment")
    await world.go_to(utc(2026, 3, 5, 20, 31))
    assert len(reminders(member)) == 1


async def test_a_list_that_is_silent_is_said_with_the_reminder(world: World, member: Someone) -> None:
    await follows(world, member, await listed(world, page="https://lists.example/midnight"))
    async with world.store.work() as session:
        await session.execute(update(Feed).values(read_at=utc(2026, 3, 2)))
    await world.go_to(utc(2026, 3, 12, 19, 31))
    await member.presses("Open")
    assert "could not confirm" not in member.sees
    await world.go_to(utc(2026, 3, 19, 19, 31))
    await member.presses("Open")
    assert "I could not confirm this one since 2 March." in member.sees
    assert "https://lists.example/midnight" in member.sees


async def test_nobody_answers_the_reminder_of_another(world: World, member: Someone, cai: Someone) -> None:
    follow = await follows(world, member, await listed(world))
    await is_set(cai)
    for what in ("open", "join", "going", "not", "where", "again", "nonsense"):
        await world.arrive(cai.forged(f"remind:{follow}:20260305:{what}"))
        assert "Hope" not in cai.chat
    for forged in ("remind", "remind:x:20260305:open", f"remind:{follow}:20269999:open", f"remind:{follow}"):
        await world.arrive(member.forged(forged))
        assert "Hope" not in member.chat
    assert await count(world, Visit) == 0
    async with world.store.look() as session:
        found = await session.get(Follow, follow)
    assert found
    assert found.skipped() == frozenset()


async def test_a_date_that_is_none_of_the_rule_opens_nothing(world: World, member: Someone) -> None:
    follow = await follows(world, member, await listed(world))
    await world.arrive(member.forged(f"remind:{follow}:{date(2026, 3, 6):%Y%m%d}:going"))
    assert "not held on that date" in member.chat
    assert await count(world, Visit) == 0
