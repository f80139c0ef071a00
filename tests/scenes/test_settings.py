"""Settings, privacy, and the small commands around them."""

from datetime import timedelta

import pytest

from bot.chat import Message
from tests.phone import Someone
from tests.world import World, is_set


async def test_everything_stands_on_one_screen_and_changes_in_place(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    await ana.says("/settings")
    assert ana.sees.startswith("Ana · English · Lisbon time, 12:00")
    assert ana.sees.endswith("discreet")
    count = len(ana.screen.bubbles)
    await ana.presses("The pull: in numbers")
    assert "The pull: in words" in ana.buttons
    await ana.presses("For screen readers: off")
    assert "For screen readers: on" in ana.buttons
    assert len(ana.screen.bubbles) == count, "changing a setting edits the same message"
    assert "Help now" in ana.buttons


async def test_a_name_is_typed_or_taken_away(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    await ana.says("settings")
    await ana.presses("Name")
    await ana.says("x" * 41)
    assert ana.sees.startswith("A short one")
    await ana.says("  Ana  Maria ")
    assert ana.sees.startswith("Ana Maria · ")
    await ana.presses("Name")
    await ana.presses("No name")
    assert ana.sees.startswith("no name · ")
    await ana.says("Ben")
    assert "did not understand" in ana.sees, "nobody asks for a name any more"


async def test_another_language_changes_the_buttons_that_stay(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/language")
    await ana.presses("Español")
    assert ana.sees.startswith("Seguimos en español")
    assert any(bubble.message.text.startswith("sin nombre · Español") for bubble in ana.screen.bubbles)
    await ana.says("ajustes")
    assert "Privacidad" in ana.buttons


async def test_a_forged_language_changes_nothing(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(ana.forged("settings:language:xx", "none"))
    assert " · English · " in ana.sees


async def test_privacy_says_how_it_stands_and_who_could_read(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/settings")
    await ana.presses("Privacy")
    assert "says nothing on a locked screen" in ana.sees
    await ana.presses("Discreet: on")
    assert "may say what it is about" in ana.sees
    await ana.presses("Tidy by itself: never")
    assert "Tidy by itself: after a day" in ana.buttons
    await ana.presses("Who sees what")
    assert "Nobody else sees anything but what you send to your people" in ana.sees
    await ana.presses("Back")
    assert "Discreet: off" in ana.buttons


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/help", "/settings: Name, language, times, privacy"),
        ("/about", "under CC BY 4.0"),
        ("/privacy", "locked screen"),
        ("/cancel", "not waiting for an answer"),
        ("/stop", "Pause, or erase everything?"),
        ("stop", "Pause, or erase everything?"),
    ],
)
async def test_the_small_commands_answer(world: World, ana: Someone, command: str, says: str) -> None:
    await is_set(ana)
    await ana.says(command)
    assert says in ana.sees
    assert "Help now" in ana.buttons


async def test_cancel_closes_the_open_question(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/settings")
    await ana.presses("Name")
    await ana.says("/cancel")
    await ana.says("Ana")
    assert "did not understand" in ana.sees


async def test_what_cannot_be_read_gets_one_kind_line_and_a_way_on(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.sends_a_sticker()
    assert ana.sees.startswith("Thank you. I can only read words")
    assert ana.buttons == ["Hard moment", "Menu", "Help now"]


async def test_an_album_gets_one_line_and_not_one_a_picture(world: World, ana: Someone) -> None:
    await is_set(ana)
    before = set(ana.screen.own)
    await world.arrive(*ana.album(5))
    await ana.looks()
    assert ana.chat.count("I can only read words") == 1
    await world.arrive(*ana.album(3, "2"))
    await ana.looks()
    assert ana.chat.count("I can only read words") == 2, "another album is answered again"
    await world.wait(timedelta(minutes=1))
    await ana.says("/hide")
    await world.wait(timedelta(minutes=1))
    assert before.issuperset(ana.screen.own), "all of them can be taken away"


async def test_voice_after_voice_is_never_met_with_silence(world: World, ana: Someone) -> None:
    await is_set(ana)
    for said in range(1, 7):
        await world.wait(timedelta(seconds=50))
        await ana.sends_a_sticker()
        assert ana.chat.count("I can only read words") == said


async def test_a_strangers_album_gets_one_first_screen(world: World, cai: Someone) -> None:
    cai.screen.bubbles.clear()
    await world.arrive(*cai.album(5))
    await cai.looks()
    assert len(cai.screen.bubbles) == 1


async def test_a_sticker_leaves_an_open_question_open(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/settings")
    await ana.presses("Name")
    await ana.sends_a_sticker()
    await ana.says("Ana")
    assert ana.sees.startswith("Ana · ")


async def test_in_a_group_it_says_nothing_and_leaves(world: World, ana: Someone) -> None:
    before = {address: len(screen.bubbles) for address, screen in world.phones.screens.items()}
    await world.arrive({"number": world.next_number(), "kind": "group", "from": "phone:-100"})
    assert world.phones.left == ["phone:-100"]
    assert {address: len(screen.bubbles) for address, screen in world.phones.screens.items()} == before


async def test_a_stranger_reaches_none_of_it(world: World, cai: Someone) -> None:
    await cai.starts()
    for word in ("/settings", "/mydata", "/forget", "/hide", "/privacy"):
        await cai.says(word)
        assert "I am a program, not a person" in cai.sees


@pytest.mark.parametrize("language", ["en", "es"])
async def test_every_screen_is_short_and_has_help_in_its_last_row(world: World, ana: Someone, language: str) -> None:
    await is_set(ana)
    await ana.says("/language")
    await ana.presses({"en": "English", "es": "Español"}[language])
    await ana.says("/settings")
    help_now = {"en": "Help now", "es": "Ayuda ya"}
    seen: list[Message] = []
    for press in PRESSES:
        await world.arrive(ana.forged(press, ana.screen.bubbles[-1].id))
        seen.append(ana.screen.bubbles[-1].message)
    assert len(seen) == len(PRESSES)
    for message in seen:
        last = [button.label for button in message.rows[-1]] if message.rows else list(message.keyboard[-1])
        assert last[-1] in help_now.values(), message.text
        assert len(message.text.splitlines()) <= 8, message.text
        assert sum(len(row) for row in message.rows) <= 10


PRESSES = (
    "settings:show",
    "settings:name",
    "settings:language",
    "privacy",
    "privacy:who",
    "tidy",
    "tidy:card",
    "data",
    "data:files",
    "move",
    "move:code",
    "erase",
    "erase:tomorrow",
    "erase:keep",
    "about",
    "stop",
    "cancel",
    "unused:month",
    "erase:now",
)
