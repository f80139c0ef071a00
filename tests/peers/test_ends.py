"""A program that ends, and people who erase themselves, in the middle of every step."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import people
from bot.peers.alert import Alert
from bot.peers.model import Peer
from tests.peers.cast import with_people
from tests.peers.test_alert import SECONDS, arrived, asked, asks, opens
from tests.phone import Someone
from tests.scenes.looking import rows
from tests.world import World

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def both(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    """Ana has Ben and Dee."""
    await with_people(world, ana, Ben=ben, Dee=dee)


@pytest.mark.usefixtures("both")
async def test_a_restart_between_any_two_steps_changes_nothing(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await ana.says("/alert")
    await world.restart()
    await ana.presses("Send to Ben")
    await world.restart()
    await world.wait(SECONDS)
    await world.restart()
    await opens(ben)
    await world.restart()
    await ben.presses("In 10 minutes")
    await world.restart()
    await world.wait(10 * MINUTE)
    await world.restart()
    assert asked(dee) == 1
    await opens(dee)
    await dee.presses("I'm here")
    await world.restart()
    await world.wait(5 * MINUTE)
    await world.restart()
    assert arrived(dee, "Ana is waiting for a word") == 1
    await world.wait(5 * MINUTE)
    await world.restart()
    await ana.looks()
    assert arrived(ana, "Nothing has followed yet") == 1
    await ana.presses("All is well now")
    await world.restart()
    await dee.looks()
    assert arrived(dee, "Ana says all is well now") == arrived(ben, "Ana says all is well now") == 1
    assert asked(ben) == asked(dee) == 1


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("leaves", ["steps back", "shuts the door"])
async def test_a_peer_who_leaves_in_the_middle_costs_no_time(
    leaves: str, world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    if leaves == "steps back":
        await world.arrive(ben.forged("peer:back:yes"))
    else:
        await ben.blocks()
    await world.wait(timedelta(seconds=2))
    assert asked(dee) == 1
    assert "Ben can't be reached here at the moment. That can have many causes." in ana.sees
    if leaves == "steps back":
        await ben.presses("I'm here")
        assert "This is closed now" in ben.chat
        async with world.store.look() as session:
            assert len(set(await session.scalars(select(Peer.peer_id)))) == 2, "Dee is still there"


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("leaves", ["steps back", "shuts the door"])
async def test_a_peer_who_leaves_after_im_here_leaves_no_silence(
    leaves: str, world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await opens(ana)
    if leaves == "steps back":
        await world.arrive(ben.forged("peer:back:yes"))
    else:
        await ben.blocks()
    await ana.looks()
    assert arrived(ana, "The talk has ended") == 1
    assert asked(dee) == 1
    assert ("Hard moment",) in ana.screen.keyboard


@pytest.mark.usefixtures("both")
async def test_a_member_who_helps_another_erases_herself_and_the_other_waits_for_nobody(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    """Ben is a member too, and goes with everything that is his."""
    await ben.says("/helping")
    await ben.presses("I want this for myself")
    await ben.presses("I am 18 or over and agree")
    await asks(ana)
    await world.wait(SECONDS)
    await world.arrive(ben.forged("erase:now"))
    await world.wait(timedelta(seconds=2))
    assert asked(dee) == 1


CLOSED = "This is closed now. How are you after it?"


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("ends", ["erase:now", "people:stopped"])
async def test_a_member_who_ends_everything_in_the_middle_leaves_a_last_word_and_nothing_else(
    ends: str, world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    had = len(ben.rung), len(dee.rung)
    await world.arrive(ana.forged(ends))
    await world.wait(timedelta(hours=5))
    assert ben.rung[had[0] :] == [CLOSED]
    assert len(dee.rung) == had[1], "nobody asked her"
    if ends == "erase:now":
        kept = await rows(world)
        assert not {"alerts", "asks", "peers", "grants", "sharing", "peer_invites", "talks", "talk_lines"} & set(kept)
    await ben.presses("I'm here")
    assert CLOSED in ben.sees
    await ben.presses("It was a lot")
    assert "Talk to somebody too" in ben.sees


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("ends", ["erase:now", "people:stopped"])
async def test_a_talk_ends_with_the_member_for_the_other_too(
    ends: str, world: World, ana: Someone, ben: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await opens(ana)
    await world.arrive(ana.forged(ends))
    await ben.looks()
    assert arrived(ben, CLOSED) == arrived(ben, "The talk has ended") == 1
    assert ben.screen.keyboard == (("Help now",),)
    await ben.says("Ana?")
    await world.wait(timedelta(hours=5))
    assert arrived(ben, CLOSED) == 1


@pytest.mark.usefixtures("both")
async def test_a_last_word_reaches_neither_who_cannot_now_nor_who_has_stepped_back(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("Can't now")
    await dee.looks()
    dee.screen.blocked = True  # the last word waits for her, and meanwhile she goes
    await world.arrive(ana.forged("erase:now"), dee.forged("peer:back:yes"))
    dee.screen.blocked = False
    await world.wait(timedelta(hours=1))
    assert not arrived(ben, CLOSED)
    assert not arrived(dee, CLOSED)


@pytest.mark.usefixtures("both")
async def test_a_member_who_erases_while_it_can_still_be_taken_back_sends_nothing(
    world: World, ana: Someone, ben: Someone
) -> None:
    await asks(ana)
    await world.arrive(ana.forged("erase:now"))
    await world.wait(timedelta(hours=1))
    assert not asked(ben)


@pytest.mark.usefixtures("both")
async def test_a_consent_taken_back_between_the_promise_and_the_sending_holds(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    """The row is promised, the words are not: they are found at sending, under what holds then."""
    await asks(ana)
    async with world.store.work() as session:
        [row] = await session.scalars(select(Alert))
        person = await people.look_by_id(session, row.person_id)
        assert person
        peer = (await session.scalars(select(Peer).order_by(Peer.id))).first()
        assert peer
        await people.withdraw(
            session, await session.get_one(people.Person, peer.peer_id), people.PEER, world.clock.now()
        )
    await world.wait(SECONDS)
    assert not asked(ben)
    assert asked(dee) == 1, "and the next one is asked at once"
