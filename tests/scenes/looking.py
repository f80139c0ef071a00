"""What a scene asks of the database, and of everything that stood on a screen."""

import re
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from bot.chat import Message
from bot.checkins.model import Checkin, Schedule
from bot.outbox import Notification
from bot.people import Person
from bot.store import Base
from tests.phone import Someone
from tests.walk.neutral import told
from tests.world import World

OURS = {"service_keys"}
"""Tables whose rows belong to nobody."""


async def rows(world: World) -> dict[str, int]:
    """How many rows each table holds that holds any."""
    async with world.store.look() as session:
        counts = {
            table.name: await session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count and name not in OURS}


async def the_person(world: World) -> Person:
    """The only person there is."""
    async with world.store.look() as session:
        return (await session.scalars(select(Person))).one()


async def the_schedule(world: World) -> Schedule:
    """The only schedule there is."""
    async with world.store.look() as session:
        return (await session.scalars(select(Schedule))).one()


async def the_checkins(world: World) -> list[Checkin]:
    """Every check-in, oldest first."""
    async with world.store.look() as session:
        return list(await session.scalars(select(Checkin).order_by(Checkin.id)))


async def the_outcomes(world: World) -> list[str]:
    """How each notification stands, in the order of their promise."""
    async with world.store.look() as session:
        return list(await session.scalars(select(Notification.outcome).order_by(Notification.id)))


async def the_due_times(world: World, kind: str) -> list[datetime]:
    """When each notification of a kind was due."""
    async with world.store.look() as session:
        query = select(Notification.due_at).where(Notification.kind == kind)
        return list(await session.scalars(query.order_by(Notification.id)))


def everything(person: Someone) -> Iterator[Message]:
    """Every message that this person has ever seen, with what was edited away."""
    for bubble in person.screen.bubbles:
        yield from (*bubble.earlier, bubble.message)


def notes(person: Someone) -> list[str]:
    """Every check-in that arrived by itself."""
    return [text for text in person.rung if re.search(r"\b(Your|A) (\w+ )?note", text)]


def tells(message: Message) -> list[str]:
    """What in this English message is not neutral, buttons included."""
    return told(message, "en")
