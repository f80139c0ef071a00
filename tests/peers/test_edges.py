"""What happens twice, late, or to two people at once: every word still goes where its writer was told."""

from datetime import timedelta

import pytest

from bot.chat import Ambiguous, Message, NotTaken
from tests.peers.cast import joins, with_people
from tests.peers.test_alert import SECONDS, arrived, asked, asks, opens
from tests.phone import Someone
from tests.world import World, is_set

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def both(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    """Ana has Ben and Dee."""
    await with_people(world, ana, Ben=ben, Dee=dee)


@pytest.fixture
async def two(world: World, ana: Someone, ben: Someone, cai: Someone) -> None:
    """Ben is one of Ana's people, and one of Cai's."""
    await with_people(world, ana, Ben=ben)
    await is_set(cai, name="Cai")
    await joins(cai, ben, "Ben")


async def is_there(world: World, member: Someone, ben: Someone) -> None:
    """Ben is asked, and says that he is there."""
    await asks(member)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await ben.looks()


@pytest.mark.usefixtures("both")
async def test_a_question_that_ben_left_open_does_not_swallow_his_first_words(
    world: World, ana: Someone, ben: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await ben.presses("Quiet hours")
    await ben.presses("Open")
    await ben.presses("I'm here")
    await ben.says("shall I call at 10 or at 11")
    await opens(ana)
    assert arrived(ana, "Ben: shall I call at 10 or at 11") == 1


@pytest.mark.usefixtures("two")
async def test_whoever_is_there_for_two_is_told_to_whom_their_words_go(
    world: World, ana: Someone, ben: Someone, cai: Someone
) -> None:
    await is_there(world, ana, ben)
    await is_there(world, cai, ben)
    assert "What you write still goes to Ana" in ben.sees
    await ben.says("for Ana")
    await opens(ana)
    assert arrived(ana, "Ben: for Ana") == 1
    await opens(cai)
    assert not arrived(cai, "Ben: for Ana")
    rung = len(cai.rung)
    await ben.presses("End the talk")
    await ben.looks()
    await ben.presses("Write to Cai")
    assert "What you write now goes to Cai" in ben.sees
    await ben.says("for Cai")
    await cai.looks()
    assert cai.rung[rung:] == ["An answer for you."]
    await opens(cai)
    assert arrived(cai, "Ben: for Cai") == 1
    assert not arrived(ana, "Ben: for Cai")


@pytest.mark.usefixtures("both")
async def test_whoever_ended_the_talk_by_mistake_can_still_write_the_word_that_is_waited_for(
    world: World, ana: Someone, ben: Someone
) -> None:
    await is_there(world, ana, ben)
    await ben.presses("End the talk")
    await world.wait(5 * MINUTE)
    assert "Ana is waiting for a word from you" in ben.sees
    await ben.presses("Write to Ana")
    await ben.says("here I am")
    await opens(ana)
    await ana.looks()
    assert arrived(ana, "Ben: here I am") == 1


@pytest.mark.usefixtures("two")
async def test_the_late_end_of_one_talk_is_not_said_into_the_next(
    world: World, ana: Someone, ben: Someone, cai: Someone
) -> None:
    async def slow(address: str, message: Message) -> None:
        if "The talk has ended" in message.text and address == ben.address:
            raise NotTaken

    await is_there(world, ana, ben)
    await opens(ana)
    await ben.says("hello")
    world.phones.before = slow
    await ana.presses("All is well now")
    await is_there(world, cai, ben)
    world.phones.before = world.phones.after
    await world.wait(MINUTE)
    assert not arrived(ben, "You are writing to the program again")
    assert ben.screen.keyboard == (("End the talk", "Help now"),)
    await ben.says("for Cai")
    await opens(cai)
    await cai.looks()
    assert arrived(cai, "Ben: for Cai") == 1


@pytest.mark.usefixtures("both")
async def test_a_double_tap_asks_one_more_and_not_two(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    eli = world.someone("eli")
    await joins(ana, eli, "Eli")
    await asks(ana)
    await world.wait(SECONDS)
    too = [ana.tapped("Ask Dee too"), ana.tapped("Ask Dee too")]
    await world.arrive(*too)
    await ana.looks()
    assert (asked(dee), asked(eli)) == (1, 0)


@pytest.mark.usefixtures("both")
async def test_a_double_tap_on_the_last_one_does_not_say_that_nobody_answered(
    world: World, ana: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await world.arrive(ana.tapped("Ask Dee too"), ana.tapped("Ask Dee too"))
    await ana.looks()
    assert asked(dee) == 1
    assert not arrived(ana, "Nobody has answered yet")


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("dees", ["Can't now", "nothing"])
async def test_ten_minutes_are_ten_minutes_also_when_another_was_asked_beside(
    dees: str, world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("In 10 minutes")
    await ana.presses("Ask Dee too")
    await opens(dee)
    if dees != "nothing":
        await dee.presses(dees)
    await world.wait(8 * MINUTE)
    assert not arrived(ana, "Nothing has followed yet")
    await world.wait(2 * MINUTE)
    assert arrived(ana, "Nothing has followed yet") == 1


@pytest.mark.usefixtures("both")
async def test_nobody_waits_ten_minutes_for_somebody_who_was_removed(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("In 10 minutes")
    await ana.presses("Ask Dee too")
    await world.arrive(ana.forged("people:removed:1"))
    await opens(dee)
    await dee.presses("Can't now")
    await ana.looks()
    assert arrived(ana, "Nothing has followed yet") == 1


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("how", ["removed", "mute"])
async def test_send_to_ben_goes_to_nobody_else_first(
    how: str, world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await ana.says("/alert")
    send = ana.tapped("Send to Ben")
    await world.arrive(ana.forged(f"people:{how}:1"))
    await world.arrive(send)
    await world.wait(SECONDS)
    assert (asked(ben), asked(dee)) == (0, 0)
    assert "This goes to Dee, word for word:" in ana.chat
    await ana.presses("Send to Dee")
    await world.wait(SECONDS)
    assert asked(dee) == 1


@pytest.mark.usefixtures("both")
async def test_what_ben_has_opened_was_passed_on_whatever_the_platform_said(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    async def doubtful(address: str, message: Message) -> None:
        if address == ben.address:
            raise Ambiguous

    world.phones.after = doubtful
    await asks(ana)
    await world.wait(4 * MINUTE)
    world.phones.after = world.phones.before
    assert "It is on its way to Ben." in ana.chat
    await ben.presses("Open")
    await ana.looks()
    assert "Passed to Telegram at 12:0" in ana.chat
    await world.wait(4 * MINUTE)
    assert asked(dee) == 0, "he has five minutes from then on"


@pytest.mark.usefixtures("both")
async def test_the_late_end_of_one_alert_is_not_said_into_the_next(world: World, ana: Someone, ben: Someone) -> None:
    async def slow(address: str, message: Message) -> None:
        if "all is well now" in message.text and address == ben.address:
            raise NotTaken

    await asks(ana)
    await world.wait(SECONDS)
    world.phones.before = slow
    await ana.presses("All is well now")
    await asks(ana)
    await world.wait(SECONDS)
    world.phones.before = world.phones.after
    await world.wait(MINUTE)
    assert asked(ben) == 2
    assert not arrived(ben, "Ana says all is well now"), "she asks again, and it would read as if she did not"
    await ana.presses("All is well now")
    await ben.looks()
    assert arrived(ben, "Ana says all is well now") == 1
