"""One world that is set up once and brought back as often as a test likes: Ana, her three people, and Cai."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot import urgent
from bot.clock import DAY
from tests.peers.cast import joins
from tests.phone import Someone
from tests.walk import inline
from tests.walk.moment import Moment
from tests.world import World, is_set

T = TypeVar("T")

HELPS = "zephyrine and quixotic"
"""What helps Ana: words that stand nowhere else."""


class Stage:
    """The world, its people, and the way back to the beginning. SQLite without threads, so that thousands fit."""

    def __init__(self, url: str, folder: Path, runner: asyncio.Runner) -> None:
        self._runner = runner
        self.world = World(url, folder)
        self.ana, self.cai = self.world.someone("ana"), self.world.someone("cai")
        self.peers = {name: self.world.someone(name.lower()) for name in ("Ben", "Dee", "Eli")}
        self.do(self._set_up())
        self.keep()

    def do(self, what: Coroutine[Any, Any, T]) -> T:
        """Have something happen, to its end."""
        return self._runner.run(what)

    def keep(self) -> None:
        """From here on this is the beginning."""
        self._beginning = Moment(self.world)
        self.rung = {one.address: len(one.screen.bubbles) for one in (self.ana, self.cai, *self.peers.values())}

    def again(self) -> None:
        """Everything is as it was."""
        self.do(self.world.app.rest())
        self.world.phones.before = self.world.phones.after
        self._beginning.bring_back(self.world)

    async def _set_up(self) -> None:
        await is_set(self.ana, name="Ana")
        for name, peer in self.peers.items():
            await joins(self.ana, peer, name)
        await self.ana.says("/alert")
        await self.ana.presses("Change the words")
        await self.ana.says(HELPS)
        await self.ana.presses("Not now")

    @property
    def people(self) -> tuple[Someone, ...]:
        """Her three people."""
        return tuple(self.peers.values())


@contextmanager
def stage(url: str, folder: Path) -> Iterator[Stage]:
    """A stage for as long as it is needed."""
    with inline.sqlite(), asyncio.Runner() as runner, pytest.MonkeyPatch.context() as patch:
        patch.setattr(urgent, "LOOK_SECONDS", 10)
        made = Stage(url, folder, runner)
        try:
            yield made
        finally:
            runner.run(made.world.close())


async def long_arranged(on: Stage) -> None:
    """Ana has long had Ben, who may hear of two quiet days."""
    ben = on.peers["Ben"]
    await on.world.arrive(on.ana.forged("quiet:1:days:2"))
    await on.world.arrive(on.ana.forged("quiet:1:ask"))
    await ben.looks()
    await ben.presses("Open")
    await ben.presses("Yes, tell me")
    await on.world.wait(7 * DAY)
    await on.ana.says("hello")
