"""Danger in what somebody writes: one question and help, before everything else, and nothing kept of the words."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import safety
from bot.app import FEATURES
from bot.inbox import NotWritten
from bot.safety.model import Asked
from tests.faults.test_outage import gone
from tests.phone import Someone
from tests.scenes.looking import rows, the_person
from tests.scenes.members import become
from tests.world import World, is_set

WORDS = "i want to die"
ASKED = "are you thinking about ending your life?"
PASSED = "Thank you. I may have misread. We go on where we were."
LOST = "I did not understand"


async def a_name_is_awaited(ana: Someone) -> None:
    await ana.starts()
    for label in ("I am 18 or over and agree", "Skip", "Skip", "Skip", "Skip"):
        await ana.presses(label)
    assert "What shall I call you" in ana.sees


async def test_crisis_words_come_before_an_open_question_which_stays_open(world: World, ana: Someone) -> None:
    await a_name_is_awaited(ana)
    await ana.says(WORDS)
    assert ASKED in ana.sees
    assert ana.screen.bubbles[-1].urgent
    assert ana.buttons == ["Yes", "Not sure", "No", "It is about someone else", "Help now"]
    await ana.presses("No")
    assert ana.sees == PASSED
    await ana.says("Ana")
    assert ana.sees.startswith("You are set, Ana."), "the question is still open"


async def test_the_screen_knows_the_country_and_goes_on_from_yes(world: World, ana: Someone) -> None:
    await is_set(ana, "New York")
    await ana.says("No quiero vivir más")
    assert "You can reach a person now: 988 (Call or text. Veterans: then 1), day and night." in ana.sees
    await ana.presses("Yes")
    assert ana.sees.startswith("You don't have to be alone with this. Reach a person now: 988 (Call or text")
    assert ana.buttons == ["Copy 988", "Copy 911", "Someone to talk to", "Stay here: one step at a time", "Help now"]
    await ana.presses("Stay here: one step at a time")
    seen = []
    while ana.sees not in seen:
        seen.append(ana.sees)
        assert "Help now" in ana.buttons
        await ana.presses("From the first step" if "From the first step" in ana.buttons else "Next step")
    assert len(seen) == 6
    await ana.presses("Someone to talk to")
    assert "988" in ana.sees


async def test_not_sure_is_taken_as_yes_and_somebody_else_is_thought_of(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("my sister wants to die")
    await ana.presses("It is about someone else")
    assert ana.sees.startswith("Thank you for looking out for them.")
    await ana.says("i want to die and nothing else")
    await ana.presses("Not sure")
    assert "You don't have to be alone with this" in ana.sees


async def test_after_no_the_same_words_pass_that_day_and_are_asked_about_the_next(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says(WORDS)
    await ana.presses("No")
    await ana.says("I want to die!")
    assert LOST in ana.sees
    await ana.says("i want to kill myself")
    assert ASKED in ana.sees, "other words are other words"
    await world.wait(timedelta(days=1))
    await ana.says(WORDS)
    assert ASKED in ana.sees


async def test_without_a_no_the_same_words_are_asked_about_again(world: World, ana: Someone) -> None:
    await is_set(ana)
    for answer in ("Yes", "Not sure", "Help now"):
        await ana.says(WORDS)
        assert ASKED in ana.sees
        await ana.presses(answer)


async def test_no_to_an_older_screen_hushes_nothing_else(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("I have chest pain")
    older = ana.tapped("No")
    await ana.says(WORDS)
    await world.arrive(older)
    await ana.says(WORDS)
    assert ASKED in ana.sees


async def test_of_the_words_nothing_is_kept_that_can_be_read(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("I have chest pain")
    await ana.presses("No")
    async with world.store.look() as session:
        [asked] = list(await session.scalars(select(Asked)))
    assert (len(asked.last), len(asked.hushed)) == (32, 16)
    assert b"chest" not in asked.last + asked.hushed
    assert (await the_person(world)).awaiting is None


async def test_words_behind_a_command_are_heard_too(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/trigger me quiero morir")
    assert ASKED in ana.sees


async def test_a_stranger_gets_the_screen_and_nothing_is_kept(world: World, cai: Someone) -> None:
    cai.screen.blocked = False
    await cai.says(WORDS)
    assert ASKED in cai.chat
    assert set(await rows(world)) <= {"inbox"}
    await cai.presses("Yes")
    assert "You don't have to be alone with this" in cai.chat
    assert "112 or 911" in cai.chat
    assert set(await rows(world)) <= {"inbox"}


async def test_who_cannot_be_woken_is_first_aid_at_once(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("my friend wont wake up and his lips are blue")
    assert ana.sees.startswith("Call 112 now. Loudspeaker on.")
    assert ana.buttons == [
        "Copy 112",
        "It is me, I took too much",
        "Awake again: what now",
        "It is not that",
        "Help now",
    ]
    await ana.presses("It is me, I took too much")
    assert "Say what you took" in ana.sees


@pytest.mark.parametrize(
    "forged", ["flag", "flag:", "flag:nothing", "flag:suicidal:stay:99", "flag:seizure:stay:1", "flag:liver:x:y:z"]
)
async def test_a_forged_button_still_shows_help(forged: str, world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(ana.forged(forged))
    assert "Help now" in ana.buttons
    assert LOST not in ana.chat


async def test_with_the_database_gone_the_screen_still_comes(world: World, ana: Someone) -> None:
    await is_set(ana)
    async with gone(world.url):
        for words, shows in (
            (WORDS, ASKED),
            ("she took the whole bottle", "Loudspeaker on"),
            ("eyes are yellow", "liver"),
        ):
            with suppress(NotWritten):
                await world.app.arrive([ana.typed(words)])
            await world.app.urgent.rest()
            assert shows in ana.sees
            assert "112 or 911" in ana.sees, "nobody can be looked up"
            world.clock.at += timedelta(seconds=2)
    await world.wait(timedelta(seconds=30))  # it is back, and nothing is still on its way to where it was


async def test_with_the_database_gone_help_still_speaks_the_language_that_they_chose(
    world: World, ana: Someone
) -> None:
    await is_set(ana)
    await become(world, ana, language="es")
    await ana.says("/helpnow")
    async with gone(world.url):
        with suppress(NotWritten):
            await world.app.arrive([ana.typed("/trigger")])
        await world.app.urgent.rest()
        assert ana.sees.startswith("Es un momento difícil"), "their app is English, and they are not"
    await world.wait(timedelta(seconds=30))


@pytest.fixture
async def deaf(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A world that listens to no danger."""
    world = World(database_url, tmp_path, features=[one for one in FEATURES if one is not safety.FEATURE])
    yield world
    await world.close()


async def test_with_the_listening_left_out_every_path_still_shows_the_button(deaf: World) -> None:
    ana = deaf.someone("ana")
    await ana.starts()
    for label in ("I am 18 or over and agree", "Skip", "Skip", "Skip", "Skip", "Skip"):
        assert "Help now" in ana.buttons, ana.sees
        await ana.presses(label)
    await ana.looks()
    for words in (WORDS, "/checkin", "/trigger", "/slip", "/settings", "/next"):
        await ana.says(words)
        assert "Help now" in ana.buttons, words
    assert ASKED not in ana.chat
