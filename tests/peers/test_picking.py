"""An invitation for one account alone: for everybody else it leads nowhere, as every bad link does."""

import pytest
from sqlalchemy import select

from bot.peers.invite import Invite
from bot.people import Person
from tests.peers.cast import LINK
from tests.peers.test_joining import DEAD, _opened
from tests.phone import Someone
from tests.world import World, is_set

KEYBOARD = (("Hard moment",), ("Check in", "Help now"))


async def invites(ana: Someone) -> str:
    """A link that stands open, and the phone's list before her."""
    await ana.says("/people")
    await ana.presses("Invite someone")
    await ana.looks()
    token = str(LINK.findall(ana.sees)[0])
    await ana.presses("It is for one person only")
    return token


async def test_a_link_for_ben_is_bens_alone_and_he_has_the_name_that_ana_has_for_him(
    world: World, ana: Someone, ben: Someone, cai: Someone
) -> None:
    await is_set(ana, name="Ana")
    token = await invites(ana)
    assert ana.screen.keyboard == (("Pick the person",), ("Leave it as it is", "Help now"))
    await ana.picks(ben.address, "Ben the very good neighbour")
    await ana.looks()
    assert ana.screen.keyboard == KEYBOARD
    assert "The link is for Ben the very good alone now." in ana.sees
    # in as many steps and in the same words as a link that nobody has ever made
    engine = world.store._writer.sync_engine
    steps: list[str] = []

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        steps.append(statement)

    await cai.starts()
    theirs = await _opened(world, cai, token, engine, count, steps)
    unknown = await _opened(world, cai, "p" + "0" * 48, engine, count, steps)
    assert DEAD in theirs[0]
    assert theirs == unknown
    await ben.says(f"/start {token}")
    await ben.presses("Yes, I will")
    assert "At night only phones that let this chat through will ring" in ben.sees, "he is asked for no name"
    await ana.looks()
    await ana.presses("Open")
    assert "accepted, from the account that you picked. Is that right?" in ana.sees
    async with world.store.look() as session:
        [row] = await session.scalars(select(Invite))
        assert row.bound is row.sealed_name is None, "whom it was for is not kept"
        assert [one.sealed_name is None for one in await session.scalars(select(Person).order_by(Person.id))] == [
            False,
            True,
            True,
        ], "what Ben is called on Ana's phone is not his own name here"


async def test_whoever_has_opened_it_before_is_shut_out_again(
    world: World, ana: Someone, ben: Someone, cai: Someone
) -> None:
    await is_set(ana, name="Ana")
    token = await invites(ana)
    await cai.says(f"/start {token}")
    assert "Ana asks you" in cai.sees
    await ana.picks(ben.address, "Ben")
    await cai.presses("Yes, I will")
    assert DEAD in cai.sees
    await ben.says(f"/start {token}")
    assert "Ana asks you" in ben.sees


@pytest.mark.parametrize(
    ("who", "name"), [("", "Granny"), ("phone:ana", "Ana"), ("phone:ben", "  ")], ids=["no account", "own", "no name"]
)
async def test_with_nobody_to_be_picked_the_link_stays_as_it_was(
    who: str, name: str, world: World, ana: Someone, ben: Someone
) -> None:
    await is_set(ana, name="Ana")
    token = await invites(ana)
    await ana.picks(who, name)
    await ana.looks()
    assert "I see no other account there." in ana.sees
    assert "Put them on my card" in ana.buttons
    assert ana.screen.keyboard == KEYBOARD
    await ben.says(f"/start {token}")
    assert "Ana asks you" in ben.sees


async def test_words_leave_it_as_it_is_and_a_card_out_of_the_blue_is_nothing(
    world: World, ana: Someone, ben: Someone, cai: Someone
) -> None:
    await is_set(ana, name="Ana")
    await invites(ana)
    await ana.says("Leave it as it is")
    await ana.looks()
    assert "for whoever opens it first" in ana.sees
    assert ana.screen.keyboard == KEYBOARD
    await world.arrive(ana.contact(ben.address, "Ben"))
    assert "alone now" not in ana.sees
    async with world.store.look() as session:
        [row] = await session.scalars(select(Invite))
    assert row.bound is None
    await cai.starts()
    await world.arrive(cai.contact(ben.address, "Ben"), cai.forged(f"people:pick:{row.id}"))
    assert "Pick the person" not in str(cai.screen.keyboard)
