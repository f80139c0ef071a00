"""The program ends at any point, once for each: what it had promised, taken in or answered by then is kept.

The same as the long suite of `tests/faults`, in a second: these are what the named defects are caught by.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import people
from bot.checkins import times
from bot.house import House
from tests.faults.mortal import TheEnd
from tests.phone import Someone
from tests.world import MONDAY
from tests.worlds.crowd import PLACES
from tests.worlds.ledger import NOTES
from tests.worlds.village import Village

pytestmark = pytest.mark.faults

DAY = timedelta(days=1)
POINTS = range(1, 11)
"""More than a note or a reply has."""


@pytest.fixture
async def village(database_url: str, tmp_path: Path) -> AsyncIterator[Village]:
    village = Village(database_url, tmp_path, 0, MONDAY)
    village.weather.calm = True
    with village.watched():
        yield village
        await village.close()


@pytest.fixture
async def ana(village: Village) -> Someone:
    """Ana is a member, asked at seven in the evening in Lisbon."""
    ana = village.someone("ana")
    zone, country, hour = PLACES[0]
    async with village.store.work() as session:
        person = await people.meet(session, ana.address, "en", MONDAY)
        await people.agree(session, person, "1", MONDAY)
        person.zone, person.country = zone, country
        await times.set_to(session, person, hour, MONDAY)
    return ana


async def heard(village: Village, person: Someone) -> list[str]:
    async with village.store.work() as session:
        found, _ = await people.lock(session, person.address)
        assert found
        return (found.name or "").split()


async def test_a_note_comes_once_wherever_the_program_ends(village: Village, ana: Someone) -> None:
    ends = 0
    for at in POINTS:
        await ana.says(f"/note {at}")
        before = len(ana.rung)
        village.fate.choose(at)
        await village.wait(DAY)
        assert sum(text.startswith(NOTES) for text in ana.rung[before:]) <= 1
        ends += not village.fate.at
    assert ends >= 6


async def test_a_reply_comes_wherever_the_program_ends(village: Village, ana: Someone) -> None:
    ends = 0
    for at in POINTS:
        village.fate.choose(at)
        await ana.says(f"/note {at}")
        await ana.looks()
        ends += not village.fate.at
        assert f"Heard {at}." in ana.rung
    assert await heard(village, ana) == [str(at) for at in POINTS]
    assert ends >= 6


async def test_what_the_platform_was_told_of_is_kept(village: Village, ana: Someone) -> None:
    """Here it is told at once, and not with the next question: what is not kept by then is lost."""
    for at in POINTS:
        village.fate.choose(at)
        note = ana.typed(f"/note {at}")
        village._unconfirmed = (note,)
        try:
            await village.app.arrive([note])
            village._unconfirmed = ()
        except TheEnd:
            pass
        await village.settle()
        await ana.looks()
    assert await heard(village, ana) == [str(at) for at in POINTS]


async def test_an_update_that_comes_again_within_a_day_is_known(village: Village, ana: Someone) -> None:
    note = ana.typed("/note 1")
    await village.arrive(note)
    for _ in range(23):
        await village.wait(timedelta(hours=1))
    await House(village.store, village.clock).tidy()
    await village.arrive(note)
    assert await heard(village, ana) == ["1"]
