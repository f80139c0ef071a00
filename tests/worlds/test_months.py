"""Thirty days with fifty people, on fixed seeds: whatever goes wrong, each promise is kept or there is a reason."""

import logging
from pathlib import Path

import pytest

from bot.engine import sqlite_file
from tests.faults.figures import tell
from tests.worlds.ledger import CANARY
from tests.worlds.months import REACHED, Months

pytestmark = [pytest.mark.faults, pytest.mark.slow]

DAYS = 30
SEEDS = {"sqlite": 1, "postgresql": 2}


async def test_thirty_days_with_fifty_people(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="bot")
    seed = SEEDS[database_url.partition(":")[0]]
    months = Months(database_url, tmp_path, seed)
    with months.village.watched():
        await months.live(DAYS)
        await months.village.close()
    tell(f"seed {seed}: {dict(months.ledger.reasons)}\n{months.village.sometimes}")
    assert not months.village.sometimes.never(REACHED)
    assert not CANARY.search(caplog.text)
    file = sqlite_file(database_url)
    assert file is None or not CANARY.search(file.read_bytes().decode("latin-1"))
