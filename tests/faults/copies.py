"""A world that is set up once and gone on from as often as a test likes, on either database."""

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.engine import sqlite_file
from tests.faults.mortal import Past, TheEnd
from tests.postgres import Server


@dataclass(frozen=True)
class Prepared:
    """A database that nobody is in, and everything beside it: played once, copied for each test."""

    url: str
    folder: Path
    past: Past


async def copied(url: str, folder: Path) -> str:
    """The address of a copy of a database that nobody is connected to."""
    file = sqlite_file(url)
    if file:
        return f"sqlite:///{shutil.copyfile(file, folder / 'windbreak.sqlite3')}"
    return await _server().create(url)


async def dropped(url: str) -> None:
    """It is gone. A file goes with its folder."""
    if not sqlite_file(url):
        await _server().drop(url)


def silently(loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Where a program ends, its tasks end in the middle of whatever they did, and nobody asks how."""
    if not isinstance(context.get("exception"), TheEnd):
        loop.default_exception_handler(dict(context))


def _server() -> Server:
    server = Server.from_environment()
    assert server
    return server
