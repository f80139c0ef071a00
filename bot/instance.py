"""One program at a time works off one database: a second one waits until the first has ended.

Telegram lets only one poll. The loop must be just as alone, or each of two would send every reply.
"""

import asyncio
import fcntl
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.engine import changer, sqlite_file, unavailable

LOCK = 5_190_442
"""Whoever holds this advisory lock runs the loop. Any number does, as long as it stays the same."""

AGAIN = timedelta(seconds=2)

log = logging.getLogger(__name__)


class Instance:
    """The right to run on a database, held till `release` or till the process ends, however it ends."""

    def __init__(self, url: str, pause: Callable[[timedelta], Awaitable[None]]) -> None:
        """Not held yet."""
        self._file = sqlite_file(url)
        self._url = url
        self._pause = pause
        self._descriptor: int | None = None
        self._engine: AsyncEngine | None = None
        self._connection: AsyncConnection | None = None

    async def acquire(self) -> None:
        """Wait for the right. A database that cannot be asked is no reason to wait: help must answer without it."""
        said = False
        while not await self._try():
            if not said:
                log.warning("Another program runs on this database; waiting for it to end. action=second_instance")
            said = True
            await self._pause(AGAIN)

    async def release(self) -> None:
        """Let the next one run."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
        if self._engine is not None:
            await self._engine.dispose()

    async def _try(self) -> bool:
        return self._lock_file(self._file) if self._file else await self._lock_server()

    def _lock_file(self, database: Path) -> bool:
        try:
            database.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            log.warning("The lock beside the database cannot be made: %s. action=no_lock", error)
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    async def _lock_server(self) -> bool:
        self._engine = self._engine or changer(self._url)
        try:
            if self._connection is None:
                self._connection = await self._engine.connect()
            held = bool(await self._connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}))
            await self._connection.commit()
        except Exception as error:
            if not unavailable(error) and not isinstance(error, (OSError, asyncio.TimeoutError)):
                raise
            log.warning("The database cannot be asked who else runs: %s. action=no_lock", error)
            return True
        return held
