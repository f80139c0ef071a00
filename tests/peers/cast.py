"""How people come to be somebody's people, the way they do it: with a link, a yes, and a word of the member's."""

import re
from datetime import timedelta

from sqlalchemy import select

from bot.peers.model import Peer
from tests.phone import Someone
from tests.world import World, is_set

LINK = re.compile(r"start=(p[0-9a-f]{48})")


async def link_of(ana: Someone) -> str:
    """A new link of a member's: what stands behind `/start`."""
    await ana.says("/people")
    await ana.presses("Invite someone")
    await ana.looks()
    return str(LINK.findall(ana.sees)[0])


async def joins(ana: Someone, ben: Someone, name: str) -> None:
    """Somebody is invited, says yes, and is confirmed."""
    await ben.says(f"/start {await link_of(ana)}")
    await ben.presses("Yes, I will")
    if "What shall I call you here" in ben.sees:
        await ben.says(name)
    await ben.looks()
    await ana.looks()
    await ana.presses("Open")
    await ana.presses(f"Yes, that is {name}")
    await ana.looks()


async def with_people(world: World, ana: Someone, **people: Someone) -> None:
    """Ana is set, and has these people: Ben=ben, Dee=dee."""
    await is_set(ana, name="Ana")
    for name, person in people.items():
        await joins(ana, person, name)


async def known_for_a_week(world: World) -> None:
    """As if Ana's people had been hers for a week already: it could not be walked in less than a week of hours."""
    async with world.store.work() as session:
        for link in await session.scalars(select(Peer)):
            link.confirmed_at = link.accepted_at - timedelta(days=7)
