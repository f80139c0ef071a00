"""What time asks for, when it cannot be done for one: the others get theirs."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot import due
from bot.checkins.model import Schedule
from bot.people import Person
from bot.store import Store
from bot.welcome.model import Travel
from tests.phone import Someone
from tests.world import World, is_set

NOWHERE = "Mars/Olympus"
"""A zone of a newer list than this machine's."""


@pytest.fixture
async def anas(world: World, ana: Someone, ben: Someone) -> int:
    """Ana's number. She comes before Ben in everything."""
    await is_set(ana)
    async with world.store.look() as session:
        number = (await session.scalars(select(Person.id))).one()
    await is_set(ben)
    return number


async def at_home(world: World) -> list[bool]:
    async with world.store.look() as session:
        zones = await session.scalars(select(Person.zone).order_by(Person.id))
        return [zone == "Europe/Lisbon" for zone in zones]


async def test_a_zone_that_nobody_knows_keeps_no_other_check_in(
    world: World, anas: int, ana: Someone, ben: Someone
) -> None:
    async with world.store.work() as session:
        await session.execute(update(Person).where(Person.id == anas).values(zone=NOWHERE))
        await session.execute(update(Schedule).where(Schedule.person_id == anas).values(zone=NOWHERE))
    hers, his = len(ana.rung), len(ben.rung)
    await world.go_to(datetime(2026, 3, 2, 19, 0, 10, tzinfo=UTC))
    assert (len(ana.rung), len(ben.rung)) == (hers, his + 1)


async def test_a_journey_that_cannot_end_keeps_nobody_else_away(
    world: World, anas: int, ana: Someone, ben: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    for one in (ana, ben):
        await one.says("/travel")
        await one.says("Athens, Greece")
        await one.presses("Yes")
        await one.presses("Sunday")
    async with world.store.work() as session:
        await session.execute(update(Travel).where(Travel.person_id == anas).values(zone=NOWHERE))
    caplog.set_level(logging.ERROR)
    await world.go_to(datetime(2026, 3, 8, 22, 0, 5, tzinfo=UTC))
    assert await at_home(world) == [False, True]
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 1, "it is left alone for a while"
    assert said[0].endswith(f"action=due_broken at=Travel.ends_at id={anas}")
    async with world.store.work() as session:
        await session.execute(update(Travel).values(zone="Europe/Lisbon"))
    await world.wait(due.ASIDE)
    assert await at_home(world) == [True, True]


async def test_what_is_left_alone_makes_nobody_wait(world: World, anas: int, ana: Someone, ben: Someone) -> None:
    for one, city in ((ana, "Athens, Greece"), (ben, "New York")):
        await one.says("/travel")
        await one.says(city)
        await one.presses("Yes")
        await one.presses("Sunday")
    async with world.store.work() as session:
        await session.execute(update(Travel).where(Travel.person_id == anas).values(zone=NOWHERE))
        # so that it fails again and again while his ends in the midst of it
        his = (await session.scalars(select(Travel).where(Travel.person_id != anas))).one()
        his.ends_at += timedelta(minutes=5)
        ends_at = his.ends_at
    await world.go_to(ends_at)
    assert await at_home(world) == [False, True]


async def test_what_is_being_done_is_locked_like_its_person(postgresql_url: str, tmp_path: Path) -> None:
    """Else one that a turn has taken away meanwhile would be done as it stood before."""
    world = World(postgresql_url, tmp_path)
    await is_set(world.someone("ana"))
    other = Store(world.url, world.master)
    free: list[int] = []

    async def act(session: object, row: Schedule, person: Person, now: datetime) -> None:
        async with other.work() as meanwhile:
            query = select(Schedule.id).where(Schedule.id == row.id).with_for_update(skip_locked=True)
            free.extend(await meanwhile.scalars(query))

    async with world.store.work() as session:
        assert await due.each(Schedule.next_at, act).claim(session, world.clock.now() + timedelta(days=1))
    await other.close()
    await world.close()
    assert not free
