"""Becoming one of somebody's people."""

from tests.peers.cast import with_people
from tests.phone import Someone
from tests.world import World


async def test_a_link_a_yes_and_a_word_of_the_members(world: World, ana: Someone, ben: Someone) -> None:
    await with_people(world, ana, Ben=ben)
    await ana.says("/people")
    assert "Ben: gets what I send by hand, since 2 March. Last sent: never." in ana.sees
