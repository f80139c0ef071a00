"""Did you go, how is it now? Once, neutral, only of those who said that they go; and a plain count."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.meetings.model import Visit
from tests.meetings.listed import count, follows, is_member, listed, utc
from tests.phone import Someone
from tests.scenes.looking import tells
from tests.world import World, is_set

QUESTION = "A short question about earlier."


@pytest.fixture
async def member(world: World, ana: Someone) -> Someone:
    """Ana in Lisbon, reminded of her Thursday."""
    await is_member(world, ana)
    await follows(world, ana, await listed(world, minutes=75))
    await world.go_to(utc(2026, 3, 5, 20, 31))
    await ana.presses("Open")
    return ana


async def test_asked_once_when_it_is_over(world: World, member: Someone) -> None:
    await member.presses("Going")
    assert "Noted: you are going." in member.sees
    await member.presses("Join")
    await world.go_to(utc(2026, 3, 5, 22, 24))
    assert QUESTION not in member.rung
    await world.go_to(utc(2026, 3, 6, 12))
    assert member.rung.count(QUESTION) == 1, "at 22:25 it was quiet: it came in the morning"
    line = next(one for one in member.screen.rung if one.text == QUESTION)
    assert line.neutral
    assert tells(line) == []
    await member.presses("Open")
    assert "Did you go?" in member.sees
    await member.presses("Yes")
    await member.presses("🙂 All right")
    assert "So far: 1 in all." in member.sees
    await world.go_to(utc(2026, 3, 8))
    assert member.rung.count(QUESTION) == 1


async def test_no_counts_for_nothing_and_can_be_corrected(world: World, member: Someone) -> None:
    await member.presses("Join")
    await world.go_to(utc(2026, 3, 6, 12))
    await member.presses("Open")
    await member.presses("No")
    assert "The next one stays." in member.sees
    async with world.store.look() as session:
        (visit,) = list(await session.scalars(select(Visit)))
    await world.arrive(member.forged(f"went:{visit.id}:yes"))
    await world.arrive(member.forged(f"went:{visit.id}:skip"))
    assert "So far: 1 in all." in member.chat


async def test_whoever_said_nothing_or_not_today_is_not_asked(world: World, member: Someone) -> None:
    await member.presses("Going")
    await member.presses("Not today")
    await world.go_to(utc(2026, 3, 12, 23))
    assert QUESTION not in member.rung
    assert await count(world, Visit) == 0


async def test_after_a_long_sleep_nobody_is_asked_about_long_ago(world: World, member: Someone) -> None:
    await member.presses("Going")
    await world.sleeps(timedelta(days=2))
    await world.wait(timedelta(hours=1))
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
    assert "So far" not in member.chat
