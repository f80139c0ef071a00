"""Thirty days with fifty people, on fixed seeds: whatever goes wrong, each promise is kept or there is a reason."""

import logging
from pathlib import Path

import pytest

from bot.engine import sqlite_file
from tests.figures import Record
from tests.worlds.ledger import CANARY
from tests.worlds.months import REACHED, TROUBLES, Months

pytestmark = [pytest.mark.faults, pytest.mark.slow]

DAYS = {"sqlite": 30, "postgresql": 7}
"""A server takes its time. There a week must do, in which each trouble befalls once; `make soak` takes months."""

SEEDS = {"sqlite": 1, "postgresql": 2}


async def test_a_month_with_fifty_people(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, figures: Record
) -> None:
    caplog.set_level(logging.INFO, logger="bot")
    kind = database_url.partition(":")[0]
    months = Months(database_url, tmp_path, SEEDS[kind])
    with months.village.watched():
        await months.live(DAYS[kind])
        await months.village.close()
    figures(f"seed {SEEDS[kind]}: {dict(months.ledger.reasons)}")
    figures(str(months.sometimes))
    assert not months.sometimes.never(REACHED if kind == "sqlite" else TROUBLES)
    assert not CANARY.search(caplog.text), "a log names somebody"
    file = sqlite_file(database_url)
    assert file is None or not CANARY.search(file.read_bytes().decode("latin-1")), "a name stands there unsealed"
