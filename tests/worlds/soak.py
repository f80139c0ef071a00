"""Whole years in the village, on as many seeds as asked for: `make soak`, or `python -m tests.worlds.soak --help`."""

import argparse
import asyncio
import logging
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import schema
from tests.postgres import Server
from tests.worlds.months import REACHED, Months

YEAR = 365


@asynccontextmanager
async def database(kind: str, folder: Path) -> AsyncIterator[str]:
    """A new one with the present schema. Raises SystemExit where there is no server to make it on."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'windbreak.sqlite3'}"
        await schema.upgrade(url, folder)
        yield url
        return
    server = Server.from_environment()
    if server is None:
        raise SystemExit("No PostgreSQL: run this by way of .ci/with-postgres, or set TEST_POSTGRES_URL")
    url = await server.create()
    await schema.upgrade(url, folder)
    yield url
    await server.drop(url)


async def soak(kind: str, seed: int, days: int) -> None:
    """One world from its first day to its last. Raises AssertionError at the first wrong."""
    started = time.monotonic()

    def passed(day: int) -> None:
        say(f"\r{kind}, seed {seed}: day {day + 1} of {days}, {time.monotonic() - started:.0f} s")

    with TemporaryDirectory() as name:
        async with database(kind, Path(name)) as url:
            months = Months(url, Path(name), seed)
            with months.village.watched():
                await months.live(days, passed)
                await months.village.close()
    say(f"\n  check-ins: {dict(months.ledger.reasons)}\n  {months.sometimes}\n")
    never = months.sometimes.never(REACHED)
    assert not never, f"never happened: {never}"


def say(words: str) -> None:
    """Show how far it is."""
    sys.stdout.write(words)
    sys.stdout.flush()


def main() -> None:
    """Read what is asked for, and do it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--days", type=int, default=YEAR, help="days in each world (at least 30)")
    asked.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="one world for each")
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    wanted = asked.parse_args()
    logging.getLogger("bot").setLevel(logging.CRITICAL)  # thousands of messages are not passed on, on purpose
    for seed in wanted.seeds:
        asyncio.run(soak(wanted.database, seed, wanted.days))


if __name__ == "__main__":
    main()
