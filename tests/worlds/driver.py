"""SQLite's driver without its threads, and without waiting for a disk: what a world asks is answered in order.

The driver hands each statement to a thread of its connection. That costs more than the statement does, and makes
each run another one. Here the statement is run where it stands, and its outcome is heard of one round of the event
loop later: tasks still take turns between statements, and always in the same order.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from aiosqlite import core
from sqlalchemy import PoolProxiedConnection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import Pool

Asked = tuple[asyncio.Future[Any] | None, Callable[[], Any]]


class AtOnce:
    """Where the driver queues what its thread is to do."""

    def put_nowait(self, asked: Asked) -> None:
        future, function = asked
        settle: Callable[[asyncio.Future[Any], Any], None] = core.set_result
        try:
            outcome = function()
        except BaseException as error:  # noqa: BLE001  # as the thread does
            outcome, settle = error, core.set_exception
        if future is not None:
            future.get_loop().call_soon(settle, future, outcome)


class Nobody:
    """The thread, which has nothing to do."""

    daemon = True

    def __init__(self, **_: object) -> None: ...

    def start(self) -> None: ...


def _hurried(connection: DBAPIConnection, record: Any, proxy: PoolProxiedConnection) -> None:
    """Nothing here outlives the run. On a server `.ci/with-postgres` sees to that."""
    if "file" in record.info and not record.info.get("hurried"):
        record.info["hurried"] = True
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()


@contextmanager
def in_order() -> Iterator[None]:
    """For every connection that is opened meanwhile."""
    event.listen(Pool, "checkout", _hurried)
    with patch.object(core, "SimpleQueue", AtOnce), patch.object(core, "Thread", Nobody):
        yield
    event.remove(Pool, "checkout", _hurried)
