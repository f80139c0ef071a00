"""What the scenes of the set-up ask of the database."""

from sqlalchemy import func, select

from bot.people import Person, Substance
from bot.store import Base
from bot.welcome.model import Travel
from tests.world import World


async def person_of(world: World) -> Person:
    """The only person there is."""
    async with world.store.look() as session:
        return (await session.scalars(select(Person))).one()


async def travels_of(world: World) -> list[Travel]:
    """Every journey."""
    async with world.store.look() as session:
        return list(await session.scalars(select(Travel)))


async def substances_of(world: World) -> list[str]:
    """What the people recover from."""
    async with world.store.look() as session:
        return list(await session.scalars(select(Substance.name).order_by(Substance.name)))


async def kept(world: World) -> set[str]:
    """The tables that hold anything about anybody."""
    async with world.store.look() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name != "service_keys"]
        counts = {table.name: await session.scalar(select(func.count()).select_from(table)) for table in tables}
    return {name for name, count in counts.items() if count}
