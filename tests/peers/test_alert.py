"""An alert: nothing before Send, then somebody is there, or the next one is asked, or its sender is told."""

import re
from datetime import timedelta

import pytest

from bot.chat import Ambiguous, Message, NotTaken
from tests.peers.cast import with_people
from tests.phone import Someone
from tests.world import World

MINUTE = timedelta(minutes=1)
SECONDS = timedelta(seconds=11)


@pytest.fixture
async def both(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    """Ana has Ben and Dee."""
    await with_people(world, ana, Ben=ben, Dee=dee)


def asked(person: Someone) -> int:
    """How often they were asked if they are there."""
    return arrived(person, "Ana asks if you are there")


def arrived(person: Someone, words: str) -> int:
    """How often something with these words rang."""
    return len([text for text in person.rung if words in text])


async def asks(ana: Someone, send: str = "Send to Ben") -> None:
    await ana.says("/alert")
    await ana.presses(send)


async def opens(person: Someone) -> None:
    await person.looks()
    await person.presses("Open")
    await person.looks()


@pytest.mark.usefixtures("both")
async def test_the_preview_says_who_what_and_then_whom_and_sends_nothing(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    before = len(ben.rung), len(dee.rung)
    await ana.says("/alert")
    assert "This goes to Ben, word for word:" in ana.sees
    assert '"Ana asks if you are there. Ana pressed the button: a hard moment."' in ana.sees
    assert "No answer in 5 minutes: Dee is asked." in ana.sees
    assert "a silent phone won't ring" in ana.sees
    await world.wait(timedelta(hours=1))
    assert (len(ben.rung), len(dee.rung)) == before


@pytest.mark.usefixtures("both")
async def test_what_ben_reads_is_what_the_preview_showed(world: World, ana: Someone, ben: Someone) -> None:
    await ana.says("/alert")
    await ana.presses("Change the words")
    await ana.says("Listen. Don't lecture. Ask me to walk.")
    shown = next(line for line in ana.sees.split("\n") if line.startswith('"'))
    await ana.presses("Send to Ben")
    await world.wait(SECONDS)
    await ben.looks()
    first = ben.sees
    assert ben.buttons == ["Open", "Help now"]
    await ben.presses("Open")
    read = f"{first} {ben.sees.split('. ', 1)[1].split(chr(10))[0]}"
    assert shown == f'"{read}"'
    assert "a hard moment" not in ben.rung[-1], "nothing of it is to be read on a locked screen"


@pytest.mark.usefixtures("both")
async def test_ten_seconds_to_take_it_back(world: World, ana: Someone, ben: Someone) -> None:
    await asks(ana)
    assert "Goes out at 12:0" in ana.sees
    await ana.presses("Take it back")
    assert "Taken back. Nothing has left." in ana.sees
    await world.wait(timedelta(hours=4))
    assert not asked(ben)


@pytest.mark.usefixtures("both")
async def test_ben_is_there(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    assert "Passed to Telegram at 12:0" in ana.sees
    rung = len(ana.rung)
    await opens(ben)
    await ben.presses("I'm here")
    await ana.looks()
    assert ana.rung[rung:] == ["An answer for you."]
    await ana.presses("Open")
    [state, answer, talk] = [bubble.message.text for bubble in ana.screen.bubbles[-3:]]
    assert re.fullmatch(r"Ben was asked at 12:0\d and answered at 12:0\d: I'm here\.", state)
    assert re.fullmatch(r"Ben, 12:0\d: I'm here\.", answer), "his answer, and not the same once more"
    assert talk.startswith("What you write now goes to Ben")
    await ana.looks()
    await ana.presses("All is well now")
    await ben.looks()
    assert arrived(ben, "Ana says all is well now. Thank you.") == 1
    await world.wait(timedelta(hours=5))
    assert not asked(dee)


@pytest.mark.usefixtures("both")
async def test_no_answer_and_the_next_one_is_asked_and_then_ana_is_told(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS + 5 * MINUTE)
    assert asked(ben) == asked(dee) == 1
    assert not arrived(ana, "Nobody has answered yet")
    await world.wait(5 * MINUTE)
    assert arrived(ana, "Nobody has answered yet. That says nothing about you") == 1
    assert "Ask again" in ana.buttons


@pytest.mark.usefixtures("both")
async def test_only_ben_stops_the_chain(world: World, ana: Someone, dee: Someone) -> None:
    await asks(ana, "Only Ben")
    await world.wait(SECONDS + 5 * MINUTE)
    assert arrived(ana, "Nobody has answered yet") == 1
    assert not asked(dee)


@pytest.mark.usefixtures("both")
async def test_cant_now_asks_the_next_one_at_once_and_nothing_more_follows(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("Can't now")
    assert "That is all right. Ana has other help to hand." in ben.sees
    await dee.looks()
    assert asked(dee) == 1
    had = len(ben.rung)
    await ana.presses("All is well now")
    await world.wait(timedelta(hours=4))
    assert len(ben.rung) == had


@pytest.mark.usefixtures("both")
async def test_in_ten_minutes_waits_ten_minutes(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("In 10 minutes")
    await world.wait(9 * MINUTE)
    assert not asked(dee)
    await world.wait(MINUTE)
    assert asked(dee) == 1
    await ben.presses("I'm here")
    await ana.looks()
    assert "An answer for you." in ana.rung


@pytest.mark.usefixtures("both")
async def test_what_rang_stays_neutral_until_it_is_tapped_whatever_comes_after_it(
    world: World, ana: Someone, ben: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("In 10 minutes")
    await ana.looks()
    await ben.presses("I'm here")
    await ana.looks()
    [state, *rang] = [bubble.message.text for bubble in ana.screen.bubbles[-3:]]
    assert state.endswith("I'm here."), "the one message that shows how it stands is edited"
    assert rang == ["An answer for you."] * 2
    await ana.presses("Open")
    assert ana.screen.bubbles[-3].message.text == "An answer for you."


@pytest.mark.usefixtures("both")
async def test_an_answer_that_was_tidied_away_is_found_again_by_asking(
    world: World, ana: Someone, ben: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await ben.says("shall I call")
    await ana.says("/hide")
    await world.wait(MINUTE)
    await ana.says("/alert")
    await ana.looks()
    assert "I'm here." in ana.chat
    assert "What you write now goes to Ben" in ana.chat
    assert arrived(ana, "Ben: shall I call") == 1


@pytest.mark.usefixtures("both")
async def test_a_blocked_chat_costs_no_time(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    await ben.blocks()
    await ana.says("/alert")
    assert "Ben first" in ana.buttons, "whoever can be reached is asked first"
    await ana.presses("Ben first")
    assert "Ben can't be reached here at the moment. That can have many causes." in ana.sees
    await ana.presses("Send to Ben")
    await world.wait(SECONDS)
    assert asked(dee) == 1
    assert "Ben can't be reached here at the moment. That can have many causes." in ana.sees


@pytest.mark.usefixtures("both")
async def test_a_block_that_only_the_platform_knows_of_costs_none_either(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    ben.screen.blocked = True
    await asks(ana)
    await world.wait(SECONDS)
    assert asked(dee) == 1


@pytest.mark.usefixtures("both")
async def test_both_out_of_reach_is_told_at_once(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    ben.screen.blocked = dee.screen.blocked = True
    await asks(ana)
    await world.wait(SECONDS)
    await ana.looks()
    assert arrived(ana, "Nobody has answered yet") == 1
    assert "Ben can't be reached" in ana.sees
    assert "Dee can't be reached" in ana.sees


@pytest.mark.usefixtures("both")
async def test_im_here_and_nothing_follows(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await world.wait(5 * MINUTE)
    assert arrived(ben, "Ana is waiting for a word from you") == 1
    assert not asked(dee)
    await world.wait(5 * MINUTE)
    assert arrived(ben, "Ana is waiting for a word from you") == 1
    assert asked(dee) == 1
    await world.wait(5 * MINUTE)
    assert arrived(ana, "Nothing has followed yet") == 1


@pytest.mark.usefixtures("both")
async def test_a_late_take_back_says_so_and_offers_what_is_left(world: World, ana: Someone, ben: Someone) -> None:
    await asks(ana)
    back = ana.tapped("Take it back")
    await world.wait(SECONDS)
    await world.arrive(back)
    assert "It had already gone out" in ana.sees
    await ana.presses("It was by mistake")
    await ben.looks()
    assert arrived(ben, "Ana pressed by mistake. All is well. Thank you.") == 1
    await opens_closed(ben)


async def opens_closed(person: Someone) -> None:
    await person.presses("Open")
    assert "This is closed now. How are you after it?" in person.chat


@pytest.mark.usefixtures("both")
async def test_a_mistake_before_it_was_passed_on_reaches_nobody(world: World, ana: Someone, ben: Someone) -> None:
    async def down(address: str, message: Message) -> None:
        if address == ben.address:
            raise NotTaken

    world.phones.before = down
    had = len(ben.rung)
    await asks(ana)
    back = ana.tapped("Take it back")
    await world.wait(SECONDS)
    await world.arrive(back)
    await ana.presses("It was by mistake")
    world.phones.before = world.phones.after
    await world.wait(timedelta(hours=1))
    assert len(ben.rung) == had


@pytest.mark.usefixtures("both")
async def test_a_platform_that_is_down_ends_nothing(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    async def down(address: str, message: Message) -> None:
        raise NotTaken

    await asks(ana)
    world.phones.before = down
    await world.wait(timedelta(minutes=30))
    world.phones.before = world.phones.after
    await world.wait(2 * MINUTE)
    assert asked(ben) == asked(dee) == 1
    assert arrived(ana, "Nobody has answered yet") == 1
    await opens(dee)
    assert "minutes ago. Ana pressed the button" in dee.chat, "what comes late says from when it is"
    await dee.presses("I'm here")
    await ana.looks()
    assert "An answer for you." in ana.rung


@pytest.mark.usefixtures("both")
async def test_hours_asleep_drop_nothing(world: World, ana: Someone, ben: Someone) -> None:
    await asks(ana)
    await world.sleeps(timedelta(hours=8))
    await world.wait(MINUTE)
    assert asked(ben) == 1


@pytest.mark.usefixtures("both")
async def test_by_itself_it_closes_in_the_usual_words(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await ben.says("I can call you")
    await world.wait(timedelta(hours=4))
    assert arrived(ben, "This is closed now. How are you after it?") == 1
    await ben.presses("It was a lot")
    assert "Talk to somebody too" in ben.sees
    assert not asked(dee)


@pytest.mark.usefixtures("both")
async def test_nobody_hears_of_words_alone(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    had = len(ben.rung), len(dee.rung)
    for words in ("craving", "/slip", "I want to die", "/checkin", "/helpnow"):
        await ana.says(words)
    await world.wait(timedelta(days=4))
    assert (len(ben.rung), len(dee.rung)) == had


@pytest.mark.usefixtures("both")
async def test_nobody_can_be_asked_who_is_to_get_nothing(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await ana.says("/people")
    await ana.presses("Ben")
    await ana.presses("Nothing for a week")
    await ana.says("/alert")
    assert "This goes to Dee" in ana.sees
    await ana.presses("Send to Dee")
    await world.wait(timedelta(hours=1))
    assert not asked(ben)
    assert asked(dee) == 1


async def test_with_nobody_there_are_people_who_answer(world: World, ana: Someone) -> None:
    await with_people(world, ana)
    await ana.says("/alert")
    assert "Many people start there" in ana.sees
    await ana.presses("People who answer")
    assert "These are people who answer" in ana.sees


@pytest.mark.usefixtures("both")
async def test_what_may_be_lost_comes_again_and_says_so(world: World, ana: Someone, ben: Someone) -> None:
    async def doubtful(address: str, message: Message) -> None:
        if address == ben.address:
            world.phones.after = world.phones.before
            raise Ambiguous

    await asks(ana)
    world.phones.after = doubtful
    await world.wait(SECONDS)
    await ben.looks()
    assert ben.rung[-2:] == [
        "Ana asks if you are there.",
        "Again, in case the first one was lost: Ana asks if you are there.",
    ]
