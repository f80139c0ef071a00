"""Did you go, how is it now? Once, neutral, only of those who said that they go; and a plain count."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select, update

from bot.meetings.model import Meeting, Visit
from bot.people import Person
from tests.meetings.listed import count, follows, is_member, listed, utc
from tests.phone import Someone
from tests.scenes.looking import tells
from tests.scenes.members import row_of
from tests.world import World, is_set

QUESTION = "A short question about earlier."


@pytest.fixture
async def member(world: World, ana: Someone) -> Someone:
    """Ana in Lisbon, reminded of her Thursday at six in the evening."""
    await is_member(world, ana)
    await follows(world, ana, await listed(world, at=time(13), minutes=75))
    await world.go_to(utc(2026, 3, 5, 17, 31))
    await ana.presses("Open")
    return ana


async def test_asked_once_ten_minutes_after_the_end(world: World, member: Someone) -> None:
    await member.presses("Going")
    assert "Noted: you are going." in member.sees
    assert "Going" not in member.buttons
    await member.presses("Join")
    await world.go_to(utc(2026, 3, 5, 19, 24))
    assert QUESTION not in member.rung
    await world.go_to(utc(2026, 3, 5, 19, 26))
    assert member.rung.count(QUESTION) == 1
    line = next(one for one in member.screen.rung if one.text == QUESTION)
    assert line.neutral
    assert tells(line) == []
    await member.presses("Open")
    assert "Did you go?" in member.sees
    await member.presses("Yes")
    await member.presses("🙂 All right")
    assert "Meetings so far: 1." in member.sees
    assert member.buttons == ["Help now"]
    await world.go_to(utc(2026, 3, 8))
    assert member.rung.count(QUESTION) == 1


async def test_at_home_and_low_there_is_more_than_a_count(world: World, member: Someone) -> None:
    await member.presses("Going")
    await world.go_to(utc(2026, 3, 5, 19, 26))
    await member.presses("Open")
    await member.presses("Yes")
    await member.presses("😞 Very low")
    assert member.buttons == ["Hard moment", "Help now"]


@pytest.fixture
async def late(world: World, ana: Someone) -> Someone:
    """Ana, who goes to one that ends at ten in the evening, when her quiet hours have begun."""
    await is_member(world, ana)
    await follows(world, ana, await listed(world))
    await world.go_to(utc(2026, 3, 5, 20, 31))
    await ana.presses("Open")
    await ana.presses("Going")
    return ana


async def test_what_ends_in_quiet_hours_is_asked_about_once_they_are_over(world: World, late: Someone) -> None:
    await world.go_to(utc(2026, 3, 6, 8, 29))
    assert QUESTION not in late.rung
    await world.go_to(utc(2026, 3, 6, 8, 31))
    assert late.rung.count(QUESTION) == 1
    await late.presses("Open")
    assert "Midnight Hope, yesterday.\nDid you go?" in late.sees
    await late.presses("Yes")
    await late.presses("🙂 All right")
    assert "Meetings so far: 1." in late.sees
    await world.go_to(utc(2026, 3, 7, 12))
    assert late.rung.count(QUESTION) == 1


async def test_two_in_one_night_are_one_question_in_the_morning(world: World, late: Someone) -> None:
    await follows(world, late, await listed(world, "Second Wind", at=time(17)))
    await world.go_to(utc(2026, 3, 5, 21, 31))
    await late.presses("Open")
    await late.presses("Going")
    await world.go_to(utc(2026, 3, 6, 20))
    assert late.rung.count(QUESTION) == 1


async def test_what_was_asked_in_the_evening_and_stands_open_keeps_the_morning_quiet(
    world: World, member: Someone
) -> None:
    await member.presses("Going")
    await world.go_to(utc(2026, 3, 5, 19, 26))
    assert member.rung.count(QUESTION) == 1
    await follows(world, member, await listed(world))
    await world.go_to(utc(2026, 3, 5, 20, 31))
    await world.arrive(member.forged("remind:2:20260305:going"))
    await world.go_to(utc(2026, 3, 6, 20))
    assert member.rung.count(QUESTION) == 1


async def test_whoever_pauses_in_the_night_is_not_asked_in_the_morning(world: World, late: Someone) -> None:
    await world.go_to(utc(2026, 3, 5, 23))
    row = await row_of(world, late)
    async with world.store.work() as session:
        await session.execute(update(Person).where(Person.id == row.id).values(paused_until=utc(2026, 3, 9)))
    await world.go_to(utc(2026, 3, 10))
    assert QUESTION not in late.rung


async def test_a_hard_moment_on_the_way_home_has_the_floor(world: World, member: Someone) -> None:
    """For an hour: then it is still near enough to ask."""
    await member.presses("Going")
    await world.go_to(utc(2026, 3, 5, 19, 20))
    await member.presses("Hard moment")
    await world.go_to(utc(2026, 3, 5, 20, 19))
    assert QUESTION not in member.rung
    await world.go_to(utc(2026, 3, 5, 20, 21))
    assert member.rung.count(QUESTION) == 1


async def test_no_counts_for_nothing_and_can_be_corrected(world: World, member: Someone) -> None:
    await member.presses("Join")
    await world.go_to(utc(2026, 3, 5, 19, 26))
    await member.presses("Open")
    await member.presses("No")
    assert "The next one stays." in member.sees
    async with world.store.look() as session:
        (visit,) = list(await session.scalars(select(Visit)))
    await world.arrive(member.forged(f"went:{visit.id}:yes"))
    await world.arrive(member.forged(f"went:{visit.id}:skip"))
    assert "Meetings so far: 1." in member.chat


async def test_whoever_said_nothing_or_not_today_is_not_asked(world: World, member: Someone) -> None:
    await member.presses("Going")
    await member.presses("Not today")
    await world.go_to(utc(2026, 3, 12, 23))
    assert QUESTION not in member.rung
    assert await count(world, Visit) == 0


async def test_what_was_left_out_or_given_up_since_is_not_asked_about(world: World, member: Someone) -> None:
    await member.presses("Going")
    await member.presses("All about it")
    await member.presses("Skip a date")
    await member.presses("Thu 5 March")
    await world.go_to(utc(2026, 3, 5, 23))
    assert QUESTION not in member.rung


async def test_asked_after_the_end_that_it_was_moved_to(world: World, member: Someone) -> None:
    await member.presses("Going")
    async with world.store.work() as session:
        await session.execute(update(Meeting).values(exceptions={"2026-03-05": "2026-03-05T14:00:00"}))
    await world.go_to(utc(2026, 3, 5, 20, 24))
    assert QUESTION not in member.rung
    await world.go_to(utc(2026, 3, 5, 20, 26))
    assert member.rung.count(QUESTION) == 1


async def test_after_a_sleep_only_those_are_asked_who_have_just_come_home(world: World, member: Someone) -> None:
    await member.presses("Going")
    await world.sleeps(utc(2026, 3, 5, 22, 26) - world.clock.now())
    await world.wait(timedelta(days=1))
    assert QUESTION not in member.rung


async def test_nobody_answers_for_another(world: World, member: Someone, cai: Someone) -> None:
    await member.presses("Going")
    await is_set(cai)
    for what in ("open", "yes", "no", "mood:good", "skip"):
        await world.arrive(cai.forged(f"went:1:{what}"))
    async with world.store.look() as session:
        assert [one.went for one in await session.scalars(select(Visit))] == [None]
    for forged in ("went", "went:x:open", "went:1:mood:best", "went:1"):
        await world.arrive(member.forged(forged))
    assert "so far" not in member.chat
