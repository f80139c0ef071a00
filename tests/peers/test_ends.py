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
async def test_a_peer_who_erases_in_the_middle_is_out_of_reach_like_any_other(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await world.arrive(ben.forged("peer:back:yes"))
    await world.wait(6 * MINUTE)
    assert asked(dee) == 1
    await ben.presses("I'm here")
    assert "This is closed now" in ben.chat
    async with world.store.look() as session:
        assert set(await session.scalars(select(Peer.peer_id))) != {None}, "Dee is still there"
        assert len(set(await session.scalars(select(Peer.peer_id)))) == 2


@pytest.mark.usefixtures("both")
async def test_a_peer_who_erases_after_im_here_leaves_no_silence(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await opens(ana)
    await world.arrive(ben.forged("peer:back:yes"))
    await ana.says("are you there?")
    await ana.looks()
    assert "The talk has ended" in ana.sees
    await world.wait(6 * MINUTE)
    assert asked(dee) == 1


@pytest.mark.usefixtures("both")
async def test_a_member_who_erases_in_the_middle_leaves_nothing_and_no_word(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await world.arrive(ana.forged("erase:now"))
    had = len(ben.rung), len(dee.rung)
    await world.wait(timedelta(hours=5))
    assert (len(ben.rung), len(dee.rung)) == had
    kept = await rows(world)
    assert not {"alerts", "asks", "peers", "grants", "sharing", "peer_invites", "talks", "talk_lines"} & set(kept)
    await ben.presses("I'm here")
    assert "This is closed now" in ben.sees


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
