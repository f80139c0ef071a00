"""Those who never come back: told a month and a week before, then erased. Only where the operator has set it."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.house import House
from bot.people import Person
from tests.phone import Someone
from tests.world import World, is_set

DAY = timedelta(days=1)
KEEP = timedelta(days=100)


async def people(world: World) -> int:
    async with world.store.look() as session:
        return await session.scalar(select(func.count()).select_from(Person)) or 0


async def days(world: World, how_many: int, keep: timedelta | None = KEEP) -> None:
    house = House(world.store, world.clock, keep=keep)
    for _ in range(how_many):
        await world.wait(DAY)
        await house.tidy()
        await world.settle()


def notes(ana: Someone) -> list[str]:
    return [text for text in ana.rung if "quiet for a long time" in text]


async def test_told_twice_and_then_erased(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.sleeps(68 * DAY)
    await days(world, 1)
    assert notes(ana) == []
    await days(world, 3)
    assert len(notes(ana)) == 1
    assert "10 June 2026" in notes(ana)[0]
    await days(world, 24)
    assert len(notes(ana)) == 2
    assert await people(world) == 1
    await days(world, 7)
    assert await people(world) == 0
    assert ana.sees.startswith("Done. Everything")
    assert all(message.neutral for message in ana.screen.rung if "quiet for a long" in message.text)


async def test_one_tap_keeps_it(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.sleeps(70 * DAY)
    await days(world, 27)
    await ana.presses("Keep it")
    assert "It is kept." in ana.chat
    await days(world, 8)
    assert await people(world) == 1


async def test_nobody_goes_untold_when_it_is_switched_on_late(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.sleeps(300 * DAY)
    await days(world, 2)
    assert await people(world) == 1
    await days(world, 27)
    assert await people(world) == 1
    await days(world, 8)
    assert len(notes(ana)) == 2
    assert await people(world) == 0


async def test_unset_it_keeps_for_ever(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.sleeps(3000 * DAY)
    await days(world, 2, keep=None)
    assert await people(world) == 1
