"""What somebody who helps sets for themselves: the sound, when they may be woken, and how often they may be asked."""

from datetime import timedelta

import pytest

from bot.chat import Message, NotTaken
from tests.peers.cast import joins, with_people
from tests.peers.test_alert import SECONDS, arrived, asked, asks, opens
from tests.phone import Someone
from tests.scenes.looking import rows
from tests.world import MONDAY, World, is_set

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
GONE = "Ben can't be reached here at the moment. That can have many causes."
ASLEEP = "Ben is not to be woken before 7:00."


@pytest.fixture
async def both(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    """Ana has Ben and Dee."""
    await with_people(world, ana, Ben=ben, Dee=dee)


async def rests(ben: Someone, what: str) -> None:
    """Ben has quiet hours, and says what happens in them."""
    await ben.says("/helping")
    await ben.presses("Quiet hours")
    if "22:00 to 7:00" in ben.buttons:
        await ben.presses("22:00 to 7:00")
        await ben.says("Lisbon")
        await ben.presses(next(label for label in ben.buttons if "Lisbon" in label))
    else:
        await ben.presses("What happens then")
    await ben.presses(what)


async def at(world: World, hour: int, minute: int = 0) -> None:
    """The next time that the clocks of Lisbon show this."""
    then = MONDAY.replace(hour=hour, minute=minute)
    while then <= world.clock.now():
        then += 24 * HOUR
    await world.go_to(then)


@pytest.mark.usefixtures("both")
async def test_the_sound_comes_a_minute_later_and_says_only_that_it_is_a_test(world: World, ben: Someone) -> None:
    await ben.says("/helping")
    await ben.presses("Test the sound")
    assert "Lock the phone now" in ben.sees
    rung = len(ben.rung)
    await world.wait(timedelta(seconds=59))
    assert len(ben.rung) == rung
    await world.wait(timedelta(seconds=2))
    assert ben.rung[rung:] == ["TEST. Nothing has happened. A real one sounds like this."]
    assert ben.screen.rung[-1].neutral
    await ben.presses("I did not")
    assert "Do not disturb lets Telegram through" in ben.sees
    await ben.presses("Test the sound")
    await world.wait(MINUTE)
    await ben.presses("I heard it")
    assert "only if the phone lets this chat through" in ben.sees


@pytest.mark.usefixtures("both")
async def test_quiet_hours_are_bens_and_ana_reads_what_he_lets_her(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await rests(ben, "Ask somebody else, and say until when I sleep")
    assert f'Whoever asks reads: "{ASLEEP}"' in ben.sees
    await at(world, 3)
    await ana.says("/alert")
    assert ASLEEP in ana.sees
    assert "This goes to Dee" in ana.sees, "who can be reached comes first"
    await ana.presses("Not now")

    await rests(ben, "Ask somebody else, and say nothing about it")
    assert f'Whoever asks reads: "{GONE}"' in ben.sees
    await ana.says("/alert")
    assert GONE in ana.sees
    assert "7:00" not in ana.sees
    await ana.presses("Ben first") if "Ben first" in ana.buttons else await world.arrive(ana.forged("alert:ask:1"))
    assert "So Dee is asked at once." in ana.sees
    await ana.presses("Send to Ben")
    await world.wait(SECONDS)
    assert (asked(ben), asked(dee)) == (0, 1), "nobody waits five minutes for somebody who sleeps"
    await ana.presses("All is well now")

    await rests(ben, "It may wake me")
    await asks(ana)
    await world.wait(SECONDS)
    assert (asked(ben), asked(dee)) == (1, 1)


@pytest.mark.usefixtures("both")
async def test_what_comes_late_wakes_nobody_and_the_end_waits_for_the_morning(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    async def down(address: str, message: Message) -> None:
        raise NotTaken

    await rests(ben, "Ask somebody else, and say nothing about it")
    await at(world, 21, 55)
    await asks(ana)
    await world.wait(SECONDS)
    assert asked(ben) == 1
    await at(world, 22, 10)
    await ana.presses("All is well now")
    await world.wait(HOUR)
    assert arrived(ben, "Ana says all is well now.") == 0
    await at(world, 7, 1)
    assert arrived(ben, "Ana says all is well now.") == 1

    await at(world, 21, 59)
    await ana.says("/alert")
    world.phones.before = down
    await world.arrive(ana.tapped("Send to Ben"))
    await at(world, 22, 5)
    world.phones.before = world.phones.after
    await world.wait(2 * MINUTE)
    assert (asked(ben), asked(dee)) == (1, 2)


async def test_so_many_times_a_day_over_everybody_who_may_ask(
    world: World, ana: Someone, ben: Someone, dee: Someone, cai: Someone
) -> None:
    await with_people(world, ana, Ben=ben)
    await is_set(cai, name="Cai")
    await joins(cai, ben, "Ben")
    await joins(cai, dee, "Dee")
    await ben.says("/helping")
    await ben.presses("How often at most")
    await ben.presses("Once a day")
    assert "Now: Once a day." in ben.sees
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")

    await cai.says("/alert")
    assert GONE in cai.sees
    assert "Ana" not in cai.chat
    await world.arrive(cai.forged("alert:ask:2"))
    await cai.presses("Send to Ben")
    await world.wait(SECONDS)
    assert arrived(ben, "Cai asks if you are there") == 0
    assert arrived(dee, "Cai asks if you are there") == 1
    assert GONE in cai.chat
    await cai.presses("All is well now")

    await world.wait(24 * HOUR)
    await asks(cai)
    await world.wait(SECONDS)
    assert arrived(ben, "Cai asks if you are there") == 1


@pytest.mark.usefixtures("both")
async def test_hours_that_are_none_are_asked_again_and_stepping_back_forgets_them(
    world: World, ben: Someone, cai: Someone
) -> None:
    await ben.says("/helping")
    await ben.presses("Quiet hours")
    for words in ("late", "22", "8 to 8"):
        await ben.says(words)
        assert "I need two times" in ben.sees
    await ben.says("from 9:30 pm until 6:45 am")
    await ben.says("Nowhereville-on-Sea")
    assert "Is there a bigger city nearby?" in ben.sees
    await ben.says("Athens, Greece")
    assert "What does your clock show?" in ben.sees
    await ben.presses(ben.buttons[0])
    assert "21:30 to 6:45" in ben.sees
    for press in ("peer:quiet:set:22-7", "peer:most:1:1", "peer:test"):
        await world.arrive(cai.forged(press))
    assert (await rows(world))["peer_limits"] == 1, "Cai helps nobody, and nothing is kept"
    await ben.says("/mydata")
    await ben.presses("Send them to me")
    await ben.looks()
    assert any(
        "Europe/Athens" in bubble.message.document.text for bubble in ben.screen.bubbles if bubble.message.document
    )
    await ben.says("/helping")
    await ben.presses("Step back")
    await ben.presses("Yes, step back")
    assert "peer_limits" not in await rows(world)


@pytest.mark.usefixtures("both")
async def test_to_look_at_the_limits_keeps_nothing_and_neither_does_to_undo_them(world: World, ben: Someone) -> None:
    await ben.says("/helping")
    for screen in ("Quiet hours", "How often at most"):
        await ben.presses(screen)
        await ben.presses("Back")
    await ben.presses("Quiet hours")
    await ben.says("late")
    await world.arrive(ben.forged("peer:most:any"), ben.forged("peer:quiet:none"))
    assert "peer_limits" not in await rows(world)
    await rests(ben, "It may wake me")
    await world.arrive(ben.forged("peer:most:2:7"))
    assert (await rows(world))["peer_limits"] == 1
    await world.arrive(ben.forged("peer:quiet:none"))
    assert (await rows(world))["peer_limits"] == 1
    await world.arrive(ben.forged("peer:most:any"))
    assert "peer_limits" not in await rows(world)
