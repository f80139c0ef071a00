"""What scenes about a slip need: to tell one, and to look at what became of it."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from bot import people
from bot.chat import Message
from bot.slips.model import Slip
from tests.phone import Someone
from tests.scenes.looking import everything
from tests.scenes.members import become
from tests.world import World, is_set

SAFE = "No, none of these"

SINCE = date(2026, 1, 21)
"""Forty days before the Monday of the scenes."""


async def presses(person: Someone, *labels: str) -> None:
    """One after the other."""
    for label in labels:
        await person.presses(label)


async def tells(world: World, person: Someone, *labels: str, **fields: object) -> None:
    """Somebody who is set, as they are, says that it happened, and goes on from there."""
    await is_set(person)
    await become(world, person, **({"goal": "stopped", "since": SINCE} | fields))  # type: ignore[arg-type]
    await again(person, *labels)


async def again(person: Someone, *labels: str) -> None:
    """They say it once more."""
    await person.says("/slip")
    await presses(person, *labels)


async def slips_of(world: World, person: Someone) -> list[Slip]:
    """What they told, oldest first."""
    async with world.store.work() as session:
        row, _ = await people.lock(session, person.address)
        assert row
        return list(await session.scalars(select(Slip).where(Slip.person_id == row.id).order_by(Slip.id)))


async def words_of(world: World, person: Someone) -> tuple[str | None, ...]:
    """The sealed words of the last: which one, where, what came before, the thought."""
    async with world.store.work() as session:
        row, _ = await people.lock(session, person.address)
        assert row
        query = select(Slip).where(Slip.person_id == row.id).order_by(Slip.id.desc()).limit(1)
        slip = (await session.scalars(query)).one()
        return slip.own, slip.where, slip.cause, slip.thought


def screens(person: Someone) -> Iterator[Message]:
    """Every screen of the path that they ever saw."""
    yield from (message for message in everything(person) if message.slot in ("slip", "slips"))
