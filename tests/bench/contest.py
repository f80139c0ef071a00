"""Contenders run one after another, each in a process of its own: nobody pays for another's imports or memory."""

import asyncio
import json
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import logs
from bot.app import ready

ROOT = Path(__file__).parents[2]
PATIENCE = 300

FULL = "--full" in sys.argv
"""At the sizes that the issues name, where the usual run makes do with less."""

Figures = dict[str, float]
Contender = Callable[[int], Awaitable[Figures]]
"""Does the work with this seed, checks its effects and returns what was measured."""


@dataclass
class Lag:
    """The longest that the loop kept a task waiting that wanted to run every 5 ms, in seconds."""

    worst: float = 0.0


@asynccontextmanager
async def lag() -> AsyncIterator[Lag]:
    """Watch the loop."""
    seen = Lag()

    async def watch() -> None:
        while True:
            at = time.perf_counter()
            await asyncio.sleep(0.005)
            seen.worst = max(seen.worst, time.perf_counter() - at - 0.005)

    task = asyncio.create_task(watch())
    await asyncio.sleep(0)
    try:
        yield seen
        await asyncio.sleep(0.02)  # a loop that is blocked until now is seen as well
    finally:
        task.cancel()


def begin(module: str, contender: str, seed: int) -> subprocess.Popen[str]:
    """Start a contender."""
    command = [sys.executable, "-m", f"tests.bench.{module}", contender, str(seed), *(["--full"] if FULL else [])]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def end(running: subprocess.Popen[str]) -> Figures:
    """Wait for a contender's figures. A contender that failed a check of its own fails the whole benchmark."""
    said, _ = running.communicate(timeout=PATIENCE)
    if running.returncode:
        raise SystemExit(f"{running.args!r} ended with {running.returncode}")
    figures: Figures = json.loads(said.splitlines()[-1])
    return figures


def contend(contenders: Mapping[str, Contender]) -> None:
    """Be the contender that the command line names."""
    logs.configure("ERROR", str)
    # a line for each job that it drops would cost it more than the dropping
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    name, seed = sys.argv[1:3]
    ready()  # as our program does when it starts: what the collector no longer searches, a rival gains as well

    async def run() -> Figures:
        return await contenders[name](int(seed))

    sys.stdout.write(f"{json.dumps(asyncio.run(run()))}\n")


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
