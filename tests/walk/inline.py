"""SQLite without a thread for each connection: a walk asks it half a million times, one question after another.

Handing each to a thread and waking the loop again costs most of a step, and there is nobody else to let through.
The driver, the SQL and the file are the same.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosqlite import core

Job = tuple[Any, Callable[[], Any]]


class _AtOnce:
    """Stands where the queue to a connection's thread does."""

    def put_nowait(self, job: Job) -> None:
        future, function = job
        try:
            result = function()
        except Exception as error:  # noqa: BLE001  # as the thread does: whoever waits gets it
            core.set_exception(future, error)
        else:
            core.set_result(future, result)


class _NoThread:
    def __init__(self, **_: Any) -> None:
        pass

    def start(self) -> None:
        pass


@contextmanager
def sqlite() -> Iterator[None]:
    """Connections that are opened meanwhile do everything at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core, "SimpleQueue", _AtOnce)
        patch.setattr(core, "Thread", _NoThread)
        yield
