"""That somebody can't be reached is said before the night it matters: once, in calm time, and never why."""

from datetime import timedelta

import pytest

from tests.peers.cast import with_people
from tests.peers.test_care import at
from tests.phone import Someone
from tests.world import World

DAY = timedelta(days=1)
NOTE = "A short note, for when you have a moment."


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On one kind of database: nothing here is SQL of its own."""
    return sqlite_url


async def test_one_neutral_line_before_the_evening_and_one_sentence_for_every_cause(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    eli = world.someone("eli")
    await with_people(world, ana, Ben=ben, Dee=dee, Eli=eli)
    rung = len(ana.rung)
    await ben.blocks()
    await dee.says("/helping")
    await dee.presses("Step back")
    await dee.presses("Yes, step back")
    eli.screen.blocked = True  # of which the platform says nothing: only a message that is refused does
    await world.arrive(eli.forged("peer:test"))
    await at(world, 17, 59)
    assert len(ana.rung) == rung, "nothing at the moment at which somebody closed the door"
    await at(world, 18, 1)
    assert ana.rung[rung:] == [NOTE]
    assert ana.screen.rung[-1].neutral
    await ana.presses("Open")
    said = [line for line in ana.sees.split("\n") if "can't be reached here at the moment. That can have" in line]
    assert [line.split(" ", 1)[0] for line in said] == ["Ben", "Dee", "Eli"]
    assert len({line.split(" ", 1)[1] for line in said}) == 1
    await ana.says("/checkin")
    await world.wait(2 * DAY)
    assert ana.rung.count(NOTE) == 1, "once"

    await ben.unblocks()
    await world.wait(DAY)
    await ben.blocks()
    await world.wait(DAY)
    assert ana.rung.count(NOTE) == 2, "another time is another note"


async def test_not_what_is_over_by_then_nor_to_somebody_who_has_gone_silent(
    world: World, ana: Someone, ben: Someone
) -> None:
    await with_people(world, ana, Ben=ben)
    await ben.blocks()
    await world.wait(timedelta(hours=1))
    await ben.unblocks()
    await world.wait(2 * DAY)
    assert NOTE not in ana.rung
    await world.wait(30 * DAY)
    await ben.blocks()
    await world.wait(2 * DAY)
    assert NOTE not in ana.rung
    await ana.says("/helpnow")
    await world.wait(DAY)
    assert ana.rung.count(NOTE) == 1
