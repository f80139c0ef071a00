"""How often somebody may be asked at most counts over everybody who may ask, and quiet notes with it."""

from datetime import timedelta

import pytest

from tests.peers.cast import joins, with_people
from tests.peers.test_alert import SECONDS, arrived
from tests.peers.test_quiet import arranged, noon, notes, until_warned, warnings
from tests.phone import Someone
from tests.world import World, is_set

HOUR = timedelta(hours=1)


@pytest.fixture
async def shared(world: World, ana: Someone, ben: Someone, dee: Someone, cai: Someone) -> None:
    """Ben is there for Ana, who has arranged the note, and for Cai, who has Dee too. Once a day is enough for him."""
    await is_set(cai, name="Cai")
    await joins(cai, ben, "Ben")
    await joins(cai, dee, "Dee")
    await with_people(world, ana, Ben=ben)
    await world.arrive(ben.forged("peer:most:1:1"))
    await arranged(world, ana, ben)
    await until_warned(world, ana)


async def asked_by_cai(world: World, cai: Someone, ben: Someone) -> bool:
    """Cai asks Ben first, whoever can be reached, and ends it. Whether he was asked."""
    had = arrived(ben, "Cai asks if you are there")
    await world.arrive(cai.forged("alert:ask:1"))
    await cai.looks()
    await cai.presses("Send to Ben")
    await world.wait(SECONDS)
    await cai.presses("All is well now")
    return arrived(ben, "Cai asks if you are there") > had


@pytest.mark.usefixtures("shared")
async def test_a_note_counts_and_whoever_asks_next_asks_somebody_else(
    world: World, cai: Someone, ben: Someone, dee: Someone
) -> None:
    await world.go_to(noon(4, 20))
    assert notes(ben) == 1
    assert not await asked_by_cai(world, cai, ben)
    assert arrived(dee, "Cai asks if you are there") == 1
    await world.go_to(noon(5, 20))
    assert await asked_by_cai(world, cai, ben), "a day later he may be asked again"


@pytest.mark.usefixtures("shared")
async def test_a_note_waits_until_he_may_be_asked_again(world: World, ana: Someone, cai: Someone, ben: Someone) -> None:
    await world.go_to(noon(4, 18))
    assert await asked_by_cai(world, cai, ben)
    await world.go_to(noon(5, 17))
    assert notes(ben) == 0
    await world.go_to(noon(5, 20))
    assert (notes(ben), warnings(ana)) == (1, 1)


@pytest.mark.usefixtures("shared")
async def test_a_note_that_waited_does_not_go_once_she_is_back(
    world: World, ana: Someone, cai: Someone, ben: Someone
) -> None:
    await world.go_to(noon(4, 18))
    assert await asked_by_cai(world, cai, ben)
    await world.go_to(noon(5, 12))
    await ana.says("hello")
    await world.go_to(noon(5, 21))
    assert notes(ben) == 0


async def test_a_test_of_the_note_counts_for_nothing(world: World, ana: Someone, ben: Someone) -> None:
    await with_people(world, ana, Ben=ben)
    await world.arrive(ben.forged("peer:most:1:1"))
    await arranged(world, ana, ben)
    await world.arrive(ana.forged("quiet:1:test"))
    await world.wait(HOUR)
    assert arrived(ben, "TEST.") == 1
    await ana.says("/alert")
    await ana.presses("Send to Ben")
    await world.wait(SECONDS)
    assert arrived(ben, "Ana asks if you are there") == 1, "trying it out costs no question"
