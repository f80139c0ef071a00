"""What scenes about members need to know and to set, where no screen of this part leads there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot import people
from bot.chat import Message
from bot.checkins.model import Checkin, Rhythm
from bot.outbox import Notification
from bot.people import Person, Substance
from tests.phone import Someone
from tests.world import World


async def become(world: World, person: Someone, *, substances: Sequence[str] = (), **fields: object) -> None:
    """What the set-up or the settings would have written."""
    async with world.store.work() as session:
        row, _ = await people.lock(session, person.address)
        assert row
        for name, value in fields.items():
            setattr(row, name, value)
        session.add_all(Substance(person_id=row.id, name=name) for name in substances)


async def row_of(world: World, person: Someone) -> Person:
    async with world.store.work() as session:  # PostgreSQL locks nothing in a session that only reads
        found, _ = await people.lock(session, person.address)
    assert found
    return found


async def checkins_of(world: World, person: Someone) -> list[Checkin]:
    """Their check-ins in the order of day and time."""
    row = await row_of(world, person)
    async with world.store.look() as session:
        query = select(Checkin).where(Checkin.person_id == row.id).order_by(Checkin.day, Checkin.slot)
        return list(await session.scalars(query))


async def rhythm_of(world: World, person: Someone) -> Rhythm | None:
    row = await row_of(world, person)
    async with world.store.look() as session:
        return await session.get(Rhythm, row.id)


async def promises(world: World, person: Someone, kind: str = "checkin") -> list[tuple[datetime, str]]:
    """When each was due, and how it ended."""
    row = await row_of(world, person)
    async with world.store.look() as session:
        query = select(Notification).where(Notification.person_id == row.id, Notification.kind == kind)
        return [(one.due_at, one.outcome) for one in await session.scalars(query.order_by(Notification.id))]


def arrived(person: Someone) -> list[Message]:
    """Everything that came by itself and rang."""
    return [message for message in person.screen.rung if message.slot.startswith("checkin:") and message.neutral]
