"""A moment of a world that can be brought back: its database, its clock, and what stands on every phone."""

import sqlite3
from contextlib import closing
from dataclasses import replace

from tests.phone import Screen
from tests.world import World


def file(world: World) -> str:
    """Where a world's SQLite database lies."""
    return world.url.removeprefix("sqlite:///")


class Moment:
    """As things stand now. A moment weighs what its database does, about 250 kB."""

    def __init__(self, world: World) -> None:
        self._database = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(file(world))) as source:
            source.backup(self._database)
        self._at = world.clock.at
        self._screens = {address: _as_it_stands(screen) for address, screen in world.phones.screens.items()}

    def bring_back(self, world: World) -> None:
        """The world is as it was, with a program that has just started: pace and bucket knew a later time."""
        with closing(sqlite3.connect(file(world), isolation_level=None)) as target:
            (version,) = target.execute("PRAGMA schema_version").fetchone()
            self._database.backup(target)
            # a copy counts as new tables, and all that is open would read and prepare everything anew: a third of this
            target.execute(f"PRAGMA schema_version = {version}")
        world.clock.at = self._at
        world.phones.screens.update({address: _as_it_stands(screen) for address, screen in self._screens.items()})
        world.begin()

    def close(self) -> None:
        """Let go of it."""
        self._database.close()


def _as_it_stands(screen: Screen) -> Screen:
    """A copy, without what was edited away."""
    return replace(
        screen,
        bubbles=[replace(bubble, earlier=[]) for bubble in screen.bubbles],
        own=list(screen.own),
        rung=[],
    )
