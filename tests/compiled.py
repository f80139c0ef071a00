"""SQL that is compiled once a process. Every engine has a memory of its own for that, and every test its own engines.

A scene asks about ninety different statements; to compile them anew was a quarter of what it cost.
"""

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

ROOM = 5000
"""Statements to remember: more than all tests together ask."""

_known: dict[tuple[str, Any], Engine] = {}
"""Of each kind of database, and of each way to begin there, the first engine that has reached one."""


def sharing(*address: Any, **options: Any) -> AsyncEngine:
    """Stands where SQLAlchemy's `create_async_engine` does.

    A compiled statement belongs to a dialect, which knows nothing of an address; so one dialect serves all engines.
    """
    made = create_async_engine(*address, query_cache_size=ROOM, **options)
    engine = made.sync_engine
    kind = engine.dialect.name, options.get("isolation_level")
    if first := _known.get(kind):
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    else:
        # a dialect that has met no server yet does not know what that server can do
        event.listen(engine.pool, "connect", lambda *_: _known.setdefault(kind, engine))
    return made
