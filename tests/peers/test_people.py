"""My people: who gets what, in which words; muting, removing and stopping, of which nobody hears."""

from datetime import timedelta

import pytest

from tests.peers.cast import with_people
from tests.peers.test_alert import SECONDS, arrived, asked, asks, opens
from tests.phone import Someone
from tests.scenes.looking import everything
from tests.world import MONDAY, World

DAY = timedelta(days=1)
START = MONDAY + timedelta(minutes=5)


@pytest.fixture
async def both(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    """Ana has Ben and Dee."""
    await with_people(world, ana, Ben=ben, Dee=dee)


@pytest.mark.usefixtures("both")
async def test_who_sees_what_has_the_very_words(world: World, ana: Someone, ben: Someone) -> None:
    await ana.says("/whosees")
    assert ana.sees.count("gets what I send by hand") == 2
    await ana.presses("Ben")
    await ana.presses("See exactly what Ben gets")
    shown = ana.sees
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    for line in (ben.chat.split("---\n")[-1].split("\n")[0].split(". ", 1)[1], "Ana asks if you are there."):
        assert line in shown
    await ana.presses("All is well now")
    await ben.looks()
    assert ben.sees in shown
    await ana.says("/people")
    assert "Ben: gets what I send by hand, since 2 March. Last sent: 2 March." in ana.sees


@pytest.mark.usefixtures("both")
async def test_in_words_that_the_reader_reads(world: World, ana: Someone, ben: Someone) -> None:
    await ben.says("/settings")
    await ben.presses("Español")
    await ana.says("/alert")
    assert "«Ana pregunta si estás ahí." in ana.sees


@pytest.mark.usefixtures("both")
async def test_removing_tells_nobody(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    had = len([*everything(ben)])
    await ana.says("/people")
    await ana.presses("Ben")
    await ana.presses("Remove")
    assert "Nobody is told. From now on nothing goes to Ben." in ana.sees
    await ana.presses("Remove")
    assert "Ben" not in ana.sees
    await asks(ana, "Send to Dee")
    await world.wait(DAY)
    assert len([*everything(ben)]) == had
    assert asked(dee) == 1


@pytest.mark.usefixtures("both")
async def test_removed_in_the_middle_the_next_one_is_asked(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ana.says("/people")
    await ana.presses("Ben")
    await ana.presses("Remove")
    await ana.presses("Remove")
    await world.wait(SECONDS)
    assert asked(dee) == 1
    await ben.presses("I'm here")
    assert "This is closed now. How are you after it?" in ben.sees
    assert "An answer for you." not in ana.rung


@pytest.mark.usefixtures("both")
async def test_stop_all_sharing_is_one_confirmed_tap(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    await ana.says("/stopsharing")
    assert "Nobody is told. An open alert ends in its usual words." in ana.sees
    had = len([*everything(ben)]), len([*everything(dee)])
    await ana.presses("Stop it all")
    await world.wait(timedelta(minutes=1))
    assert "Ben" not in ana.chat, "the chat is tidied"
    assert "start=" not in ana.chat
    await ana.says("/people")
    assert "Nobody yet." in ana.sees
    await ana.says("/alert")
    assert "Many people start there" in ana.sees
    await world.wait(100 * DAY)
    assert (len([*everything(ben)]), len([*everything(dee)])) == had
    assert "A short question." not in ana.rung


@pytest.mark.usefixtures("both")
async def test_an_open_alert_ends_in_its_usual_words(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await ana.says("/stopsharing")
    await ana.presses("Stop it all")
    await ben.looks()
    assert arrived(ben, "This is closed now. How are you after it?") == 1
    assert arrived(ben, "The talk has ended") == 1
    await world.wait(DAY)
    assert not asked(dee)


@pytest.mark.usefixtures("both")
async def test_stepping_back_tells_nobody_and_forgets(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    rung = len(ana.rung)
    await ben.says("/helping")
    await ben.presses("Step back")
    await ben.presses("Yes, step back")
    assert "Nothing comes any more" in ben.sees
    await ana.looks()
    assert len(ana.rung) == rung
    await ana.says("/people")
    assert "Can't be reached at the moment." in ana.sees, "the same words as for every cause"
    await ana.says("/alert")
    await ana.presses("Ben first")
    await ana.presses("Send to Ben")
    await world.wait(SECONDS)
    assert asked(dee) == 1
    await ben.says("/start")
    assert "I am 18 or over and agree" in ben.buttons


@pytest.mark.usefixtures("both")
async def test_is_this_still_right_on_days_3_and_14_and_then_every_90(world: World, ana: Someone) -> None:
    asked_on = []
    for day in (2, 3, 13, 14, 103, 104):
        had = arrived(ana, "A short question.")
        await world.sleeps(START + day * DAY - world.clock.now())
        await world.wait(2 * timedelta(minutes=1))
        if arrived(ana, "A short question.") > had:
            asked_on.append(day)
    assert asked_on == [3, 14, 104]
    await world.arrive(ana.forged("sharing:open"))
    assert "Ben, Dee: gets what you send by hand, and nothing else. Is this still right?" in ana.chat
    await ana.presses("Change")
    assert "Ben: gets" in ana.sees


@pytest.mark.usefixtures("both")
async def test_how_long_to_wait_is_anas_choice(world: World, ana: Someone, dee: Someone) -> None:
    await ana.says("/people")
    await ana.presses("How long to wait")
    await ana.presses("3 minutes")
    await ana.presses("30 seconds")
    assert "No answer in 3 minutes" in ana.sees
    await asks(ana)
    await world.wait(timedelta(seconds=20))
    await ana.presses("Take it back")
    await ana.presses("Send to Ben")
    await world.wait(timedelta(minutes=3, seconds=31))
    assert asked(dee) == 1
