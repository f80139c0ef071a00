"""Before somebody agrees: help for anyone, the first screen for everything else, and nothing kept."""

from datetime import timedelta

import pytest

from bot.house import House
from tests.phone import Someone
from tests.scenes.looking import rows, the_person
from tests.world import World

AGREE = "I am 18 or over and agree"
OFFER = "That worked without an account. Shall I remember you?"
HELD_FOR_ALL = {"people", "addresses", "person_keys"}


@pytest.mark.parametrize("who", ["who has never been here", "who has pressed Start"])
async def test_every_other_word_leads_to_the_first_screen(who: str, world: World, cai: Someone) -> None:
    if who == "who has pressed Start":
        await cai.starts()
    commands = [name for name, press in world.app.routes.commands.items() if not world.app.routes.urgent_for(press)]
    commands.remove("move")  # asks a stranger for the code that makes them somebody we know
    commands.remove("helping")  # reads the same for everybody: tests/peers/test_nothing_told.py
    assert {"start", "menu", "checkin", "timezone", "settings", "travel", "next", "mydata"} <= set(commands)
    for words in (*(f"/{name}" for name in commands), "/nothing", "Hello", "menu", "start", "check in", "x" * 4096):
        await cai.says(words)
        assert AGREE in cai.buttons, words
    await cai.sends_a_sticker()
    assert AGREE in cai.buttons
    kept = await rows(world)
    assert not {"consents", "setups", "schedules", "checkins", "outbox"} & set(kept), kept


async def test_a_move_without_a_code_keeps_nothing_and_every_other_word_leads_back(world: World, cai: Someone) -> None:
    for words in ("/move", "/move 1234-5678", "/move"):
        await cai.says(words)
        assert "Help now" in cai.buttons
    await cai.says("2345-WXYZ")
    assert "I don't know that code" in cai.sees
    await cai.says("not a code")
    assert AGREE in cai.buttons, "whoever writes on is not asked for codes for ever"
    assert set(await rows(world)) - {"inbox"} <= HELD_FOR_ALL
    await cai.starts()
    assert AGREE in cai.buttons
    await cai.says("Hello")
    assert AGREE in cai.buttons, "and no code is awaited any more"


FORGED = (
    "home",
    "lost",
    "checkin",
    "checkin:1:mood:low",
    "checkin:hour",
    "checkin:at:09.00",
    "checkin:moved",
    "checkin:times:add:09.00",
    "checkin:pause:day",
    "next",
    "welcome:next",
    "welcome:city",
    "welcome:clock",
    "welcome:hour:09.00",
    "welcome:is:PT:Europe/Lisbon",
    "welcome:at:PT:Europe/Lisbon",
    "welcome:skip:city",
    "welcome:done:name",
    "welcome:what:alcohol",
    "welcome:goal:stopped",
    "welcome:since:today",
    "welcome:rest",
    "travel",
    "travel:city",
    "settings",
    "settings:name",
    "privacy",
    "data",
    "erase",
    "tidy",
    "late:1:open",
    "answer:welcome:name",
    "answer:checkin:hour",
)


async def test_no_forged_button_goes_round_the_first_screen(world: World, cai: Someone) -> None:
    await cai.starts()
    for forged in FORGED:
        await world.arrive(cai.forged(forged))
        await cai.says("Cai")
        assert AGREE in cai.buttons, forged
        person = await the_person(world)
        assert (person.zone, person.country, person.sealed_name, person.awaiting) == (None, None, None, None), forged
    assert not {"consents", "setups", "schedules", "checkins", "outbox"} & set(await rows(world))


async def test_i_need_help_right_now_works_and_keeps_nothing(world: World, cai: Someone) -> None:
    await cai.starts()
    before = await rows(world)
    assert set(before) - {"inbox"} <= HELD_FOR_ALL, "of a stranger we hold where they are reached, and no more"
    await cai.presses("I need help right now")
    assert "Move: another room" in cai.chat
    assert cai.sees == OFFER
    await cai.presses("Something else")
    await cai.presses("Help now")
    after = await rows(world)
    assert {name: count for name, count in after.items() if name != "inbox"} == {
        name: count for name, count in before.items() if name != "inbox"
    }


async def test_help_now_for_somebody_who_never_pressed_start_keeps_only_the_key_of_the_update(
    world: World, cai: Someone
) -> None:
    for words in ("/helpnow", "help", "Help now", "/trigger", "craving", "/sos"):
        await cai.says(words)
    await cai.presses("Help now")
    assert set(await rows(world)) == {"inbox"}
    async with world.store.look() as session:
        connection = await session.connection()
        contents = (await connection.exec_driver_sql("SELECT sealed_raw, sealed_reply FROM inbox")).all()
    assert set(contents) == {(None, None)}
    assert len([text for text in cai.rung if "112 or 911" in text]) >= 3


async def test_a_country_picked_by_a_stranger_is_shown_and_not_kept(world: World, cai: Someone) -> None:
    await cai.says("help")
    await cai.presses("United States")
    assert "988" in cai.chat, "where the numbers for anywhere stood"
    assert "112 or 911" not in cai.chat
    assert set(await rows(world)) == {"inbox"}
    await cai.says("help")
    assert "112 or 911" in cai.sees


async def test_a_stranger_is_forgotten_after_a_week_and_a_member_is_not(
    world: World, ana: Someone, cai: Someone
) -> None:
    await cai.starts()
    await ana.starts()
    await ana.presses(AGREE)
    house = House(world.store, world.clock)
    await world.wait(timedelta(days=6))
    await house.tidy()
    assert (await rows(world))["people"] == 2
    await world.wait(timedelta(days=1, minutes=1))
    await house.tidy()
    kept = await rows(world)
    assert [kept[name] for name in sorted(HELD_FOR_ALL)] == [1, 1, 1]
    await ana.starts()
    assert "What are you recovering from" in ana.sees
    await cai.says("Hello again")
    assert AGREE in cai.buttons


async def test_the_keys_of_updates_go_after_two_days(world: World, ana: Someone) -> None:
    house = House(world.store, world.clock)
    await ana.says("help")
    await world.wait(timedelta(hours=47))
    await house.tidy()
    assert await rows(world) == {"inbox": 1}
    await world.wait(timedelta(hours=1, minutes=1))
    await house.tidy()
    assert await rows(world) == {}


async def test_a_group_hears_nothing_and_is_left(world: World, cai: Someone) -> None:
    await world.arrive(cai.forged("home") | {"kind": "group"})
    assert world.phones.left == [cai.address]
    assert cai.rung == []
    assert set(await rows(world)) == {"inbox"}


async def test_a_door_that_a_stranger_closes_and_opens_makes_no_person(world: World, cai: Someone) -> None:
    await cai.blocks()
    await cai.unblocks()
    assert set(await rows(world)) == {"inbox"}
    assert cai.rung == []
