"""A closed group: nobody new comes in without a code, and help stands outside of the door."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.account import access
from tests.phone import Someone
from tests.world import World, is_set


@pytest.fixture
async def closed(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    world = World(database_url, tmp_path, closed=True)
    yield world
    await world.close()


async def code(world: World, uses: int = 1, days: int = 7) -> str:
    async with world.store.work() as session:
        return await access.invite(session, uses, days, world.clock.now())


async def test_without_a_code_there_is_a_door_and_help(closed: World) -> None:
    cai = closed.someone("cai")
    await cai.starts()
    assert "This place is for a group" in cai.sees
    assert cai.buttons == ["Hard moment", "Help now"]
    await closed.arrive(cai.forged("welcome:agree", cai.screen.bubbles[-1].id))
    assert "This place is for a group" in cai.sees
    await cai.says("/settings")
    assert "This place is for a group" in cai.sees
    await cai.says("hard moment")
    assert "Ten minutes" in cai.chat
    await cai.says("help now")
    assert "112" in cai.chat


async def test_a_link_lets_in(closed: World) -> None:
    ana = closed.someone("ana")
    await ana.says(f"/start {await code(closed)}")
    assert "I am a program, not a person" in ana.sees
    await ana.presses("I am 18 or over and agree")
    assert "What are you recovering from" in ana.sees


async def test_a_code_may_be_typed(closed: World) -> None:
    ana = closed.someone("ana")
    await ana.starts()
    await ana.says("wrong")
    assert "lets nobody in" in ana.sees
    await ana.says((await code(closed)).lower())
    assert "I am a program, not a person" in ana.sees
    await ana.says("/settings")
    assert "I am a program, not a person" in ana.sees, "through the door, but not agreed"


async def test_a_code_lets_in_so_many_and_no_more(closed: World) -> None:
    key = await code(closed, uses=2)
    for name, sees in (("ana", "not a person"), ("ben", "not a person"), ("cai", "lets nobody in")):
        someone = closed.someone(name)
        await someone.says(f"/start {key}")
        assert sees in someone.sees


async def test_a_code_dies_on_its_day(closed: World) -> None:
    key = await code(closed, days=1)
    await closed.wait(timedelta(days=1))
    cai = closed.someone("cai")
    await cai.says(f"/start {key}")
    assert "lets nobody in" in cai.sees


async def test_a_stranger_does_not_use_it_up_by_coming_back(closed: World) -> None:
    key = await code(closed)
    ana = closed.someone("ana")
    await ana.says(f"/start {key}")
    await ana.starts()
    assert "not a person" in ana.sees


async def test_who_was_here_before_the_door_was_closed_stays(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    world.closed = True
    await world.restart()
    await ana.says("/settings")
    assert ana.sees.startswith("Ana · ")


async def test_a_member_may_come_back_on_another_account(closed: World) -> None:
    ana = closed.someone("ana")
    await ana.says(f"/start {await code(closed)}")
    await ana.presses("I am 18 or over and agree")
    await ana.presses("Do the rest for me")
    await ana.says("Lisbon")
    await ana.presses("Yes")
    await ana.looks()
    await ana.says("/move")
    await ana.presses("Make a code")
    new = closed.someone("ana-two")
    await new.says(f"/move {ana.sees.partition('.')[0]}")
    assert new.sees.startswith("You are here now")
