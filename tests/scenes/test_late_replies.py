"""What comes late comes neutral, and opens in place for whoever it is for."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.chat import Message, NotTaken
from bot.house import House
from tests.phone import Bubble, Someone
from tests.scenes.looking import everything, rows, tells
from tests.world import World, is_set

LOCK = "Here. Open when you can."
HALF_AN_HOUR = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def down_until(world: World, then: datetime) -> Callable[[str, Message], Awaitable[None]]:
    """The platform takes nothing before that moment."""

    async def trouble(address: str, message: Message) -> None:
        if world.clock.now() < then:
            raise NotTaken

    return trouble


async def arrives_late(world: World, person: Someone, words: str, by: timedelta = HALF_AN_HOUR) -> None:
    """They write, and the bot, which was not running, hears of it later."""
    update = person.typed(words)
    world.clock.at += by
    await world.arrive(update)


def the_lock(person: Someone) -> Bubble:
    return person.screen.bubbles[-1]


async def test_a_late_reply_arrives_as_a_neutral_line_and_opens_in_place(world: World, ana: Someone) -> None:
    await is_set(ana)
    await arrives_late(world, ana, "/checkin")
    assert ana.sees == LOCK
    assert ana.buttons == ["Open", "Help now"]
    assert the_lock(ana).message.neutral
    assert tells(the_lock(ana).message) == []
    rung = len(ana.rung)
    await ana.presses("Open")
    assert ana.sees.startswith("This answer comes 30 minutes late. I was not running.")
    assert ana.sees.endswith("How are you right now?")
    assert len(ana.rung) == rung, "an edit makes no sound"
    await ana.presses("🙂 All right")
    assert "How strong is the pull" in ana.sees
    assert len(ana.rung) == rung, "and it goes on in the same place"


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (timedelta(seconds=61), "a minute late"),
        (timedelta(seconds=89), "a minute late"),
        (timedelta(seconds=150), "2 minutes late"),
    ],
)
async def test_how_late_is_said_as_people_say_it(late: timedelta, said: str, world: World, ana: Someone) -> None:
    await is_set(ana)
    await arrives_late(world, ana, "/checkin", late)
    await ana.presses("Open")
    assert said in ana.sees


async def test_up_to_a_minute_is_not_late(world: World, ana: Someone) -> None:
    await is_set(ana)
    await arrives_late(world, ana, "/checkin", timedelta(seconds=60))
    assert ana.sees == "How are you right now?"


async def test_a_reply_that_could_not_leave_for_a_while_is_late_too(world: World, ana: Someone) -> None:
    await is_set(ana)
    world.phones.before = down_until(world, world.clock.now() + 5 * MINUTE)
    await ana.says("/checkin")
    await world.wait(10 * MINUTE)
    assert ana.sees == LOCK
    await ana.presses("Open")
    assert "How are you right now?" in ana.sees


async def test_an_edit_that_comes_late_rings_nobody_and_needs_no_lock(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/checkin")
    world.phones.before = down_until(world, world.clock.now() + 5 * MINUTE)
    await ana.presses("🙂 All right")
    await world.wait(10 * MINUTE)
    assert "How strong is the pull" in ana.sees
    assert LOCK not in ana.chat


async def test_home_with_its_keyboard_opens_too(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    await arrives_late(world, ana, "/start")
    assert ana.sees == LOCK
    await ana.presses("Open")
    assert "You are set, Ana." in ana.sees
    note, first = (bubble.message for bubble in ana.screen.bubbles[-3:-1])
    assert note.text == "This answer comes 30 minutes late. I was not running."
    assert first.keyboard == (("Hard moment",), ("Check in", "Help now"))


async def test_a_card_that_comes_late_is_pinned_all_the_same(world: World, ana: Someone) -> None:
    """The last tap of the set-up is answered late: what opens is the card, and it stays at the top."""
    await is_set(ana)
    await tidied(world, ana)
    await arrives_late(world, ana, "/start")
    await ana.presses("Open")
    assert len([bubble for bubble in ana.screen.bubbles if bubble.message.pinned]) == 1
    assert ana.card.startswith("My card\n"), "the note about the delay is not part of it"
    assert [text for text in ana.chat.splitlines() if text.startswith("This answer comes 30 minutes late.")]


async def tidied(world: World, ana: Someone) -> None:
    await ana.says("/hide")
    await ana.presses("Clear the card too")
    await world.wait(MINUTE)


async def test_a_late_answer_whose_screen_is_gone_arrives_as_a_neutral_line_too(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/checkin")
    rung = len(ana.rung)
    world.phones.before = down_until(world, world.clock.now() + 5 * MINUTE)
    await ana.presses("🙂 All right")
    ana.screen.bubbles.pop()
    await world.wait(10 * MINUTE)
    assert ana.rung[rung:] == [LOCK]
    await ana.presses("Open")
    assert "How strong is the pull" in ana.sees
    assert len(ana.rung) == rung + 1, "an edit makes no sound"


async def test_cai_cannot_open_what_is_anas(world: World, ana: Someone, cai: Someone) -> None:
    await is_set(ana)
    await is_set(cai)
    await arrives_late(world, ana, "/checkin")
    opens = next(button.press for button in the_lock(ana).message.rows[0])
    await world.arrive(cai.forged(opens, the_lock(ana).id))
    assert "How are you right now?" not in cai.chat
    assert ana.sees == LOCK
    await ana.presses("Open")
    assert "How are you right now?" in ana.sees


async def test_opened_twice_it_is_shown_once(world: World, ana: Someone) -> None:
    await is_set(ana)
    await arrives_late(world, ana, "/checkin")
    opens = ana.tapped("Open")
    await world.arrive(opens, {**opens, "number": world.next_number()})
    await world.wait(MINUTE)
    assert sum("How are you right now?" in message.text for message in everything(ana)) == 1


@pytest.mark.parametrize(
    "forged",
    [
        "late",
        "late:",
        "late::",
        "late:x:open",
        "late:999:open",
        "late:²:open",
        "late:" + "9" * 25 + ":open",
        "late:-1:open",
    ],
)
async def test_no_forged_button_opens_anything(forged: str, world: World, ana: Someone) -> None:
    await is_set(ana)
    await arrives_late(world, ana, "/checkin")
    await world.arrive(ana.forged(forged))
    await world.wait(MINUTE)
    assert "Something on my side failed" not in ana.chat
    assert not [message for message in everything(ana) if "How are you right now?" in message.text]


@pytest.mark.parametrize(
    ("words", "shows"),
    [("/helpnow", "Danger, or someone"), ("Hard moment", "Move: another room"), ("craving", "Move: another room")],
)
async def test_help_that_comes_late_is_a_neutral_line_as_well(
    words: str, shows: str, world: World, ana: Someone
) -> None:
    await is_set(ana)
    before = len(ana.screen.bubbles)
    await arrives_late(world, ana, words)
    assert ana.sees == LOCK
    assert len(ana.screen.bubbles) == before + 1, "once"
    assert the_lock(ana).urgent
    await ana.presses("Open")
    assert shows in ana.sees
    assert len(ana.screen.bubbles) == before + 1


async def test_help_that_a_stranger_asked_for_late_opens_too(world: World, cai: Someone) -> None:
    await arrives_late(world, cai, "help")
    assert cai.sees == LOCK
    assert len(cai.rung) == 1, "nothing is offered before the help was seen"
    await cai.presses("Open")
    assert "112 or 911" in cai.screen.bubbles[-2].message.text
    assert "Shall I remember you?" in cai.sees


async def test_help_that_a_stranger_asked_for_three_times_late_is_neutral_every_time(
    world: World, cai: Someone
) -> None:
    calls = [cai.typed("help") for _ in range(3)]
    world.clock.at += HALF_AN_HOUR
    await world.arrive(*calls)
    await world.wait(MINUTE)
    assert cai.rung == [LOCK] * 3
    for bubble in cai.screen.bubbles:
        assert bubble.message.neutral
        assert tells(bubble.message) == []
    await cai.presses("Open")
    assert "112 or 911" in cai.chat
    assert set(await rows(world)) == {"inbox"}


async def test_after_two_days_the_held_reply_is_gone_and_the_button_leads_on(world: World, ana: Someone) -> None:
    await is_set(ana)
    await arrives_late(world, ana, "/checkin")
    await world.wait(timedelta(hours=49))
    await House(world.store, world.clock).tidy()
    await world.arrive(ana.forged(the_open_press(ana), "1"))
    assert "I did not understand that" in ana.sees
    assert "Help now" in ana.buttons


def the_open_press(person: Someone) -> str:
    """What the newest Open button carries."""
    presses = [button.press for bubble in person.screen.bubbles for row in bubble.message.rows for button in row]
    return next(press for press in reversed(presses) if press.startswith("late:"))
