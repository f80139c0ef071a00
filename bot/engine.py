"""How each database is opened, and how it says that it cannot be used right now. Knows nothing of tables."""

import socket
import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, NullPool, Pool, event, exc, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot import sqlite

BUSY_SECONDS = 2
CONNECT_SECONDS = 3
COMMAND_SECONDS = 10
READERS = 4
POSTGRES_WRITERS = 10

SQLITE_KINDS = {
    5: "locked",  # SQLITE_BUSY
    6: "locked",  # SQLITE_LOCKED
    15: "locked",  # SQLITE_PROTOCOL: lost the race to open the write-ahead log
    8: "read-only",  # SQLITE_READONLY
    10: "failing",  # SQLITE_IOERR
    11: "damaged",  # SQLITE_CORRUPT
    26: "damaged",  # SQLITE_NOTADB
    13: "full",  # SQLITE_FULL
    14: "gone",  # SQLITE_CANTOPEN
}
"""Primary result codes: the low byte of sqlite_errorcode (https://www.sqlite.org/rescode.html)."""

POSTGRES_KINDS = {
    "08": "gone",
    "25006": "read-only",
    "3D000": "gone",
    "40001": "locked",
    "40P01": "locked",
    "53": "full",
    "57P": "gone",
    "58": "failing",
}
"""What a SQLSTATE begins with (PostgreSQL manual, appendix A)."""


class Unavailable(Exception):
    """The database cannot be used right now.

    Says in one word why: locked, busy (no connection is free), full, read-only, gone, failing or damaged.
    """


def parsed(url: str) -> URL:
    """A database address with the driver we use. Raises ValueError for one that is neither of our two databases."""
    try:
        address = make_url(url)
        backend = address.get_backend_name()
    except exc.ArgumentError as error:
        raise ValueError("not the address of a database") from error
    if backend == "sqlite" and address.database and address.database != ":memory:":
        return address.set(drivername="sqlite+aiosqlite")
    if backend in {"postgresql", "postgres"} and address.database:
        return address.set(drivername="postgresql+asyncpg")
    raise ValueError("neither sqlite:///… (a file) nor postgresql://…")


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database, or None for PostgreSQL."""
    address = parsed(url)
    return Path(address.database or "").absolute() if address.drivername == "sqlite+aiosqlite" else None


def writer(url: str) -> AsyncEngine:
    """The engine that writes. On SQLite one connection, every transaction taking the write lock when it begins."""
    file = sqlite_file(url)
    return _sqlite(file, begin="BEGIN IMMEDIATE", pool_size=1) if file else _postgres(url, POSTGRES_WRITERS)


def reader(url: str) -> AsyncEngine:
    """The engine that only reads: the database itself refuses to write for it.

    On PostgreSQL each statement stands alone: it sees what is committed when it is asked, inside a transaction or
    not, and to begin and end one is two more ways to the server for every look.
    """
    file = sqlite_file(url)
    if file:
        return _sqlite(file, begin="BEGIN", pool_size=READERS, read_only=True)
    engine = _postgres(url, READERS, isolation_level="AUTOCOMMIT")
    event.listen(engine.sync_engine.pool, "connect", _only_reads)
    return engine


def changer(url: str) -> AsyncEngine:
    """One connection that may change the schema: makes the file, checks no foreign key and is never hurried."""
    file = sqlite_file(url)
    if file:
        return _sqlite(file, begin="BEGIN IMMEDIATE", pool_size=1, mode="rwc", foreign_keys=False)
    return create_async_engine(
        parsed(url), poolclass=NullPool, hide_parameters=True, connect_args={"timeout": CONNECT_SECONDS}
    )


def unavailable_kind(error: BaseException) -> str:
    """Why this error means that the database cannot be used right now; empty if it means anything else."""
    if isinstance(error, Unavailable):
        return str(error)
    if isinstance(error, exc.TimeoutError):
        return "busy"
    if isinstance(error, (ConnectionError, TimeoutError, socket.gaierror)):
        return "gone"
    origin = getattr(error, "orig", None) or error
    code = getattr(origin, "sqlite_errorcode", None)
    if isinstance(code, int):
        return SQLITE_KINDS.get(code & 0xFF, "")
    state = getattr(origin, "sqlstate", None) or ""
    kind = next((kind for prefix, kind in POSTGRES_KINDS.items() if state.startswith(prefix)), "")
    if not kind and isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return "gone"
    return kind


def unavailable(error: BaseException) -> bool:
    """Whether an error means that the database cannot be used right now, as against a bug of ours."""
    return bool(unavailable_kind(error))


def _sqlite(
    file: Path, *, begin: str, pool_size: int, mode: str = "rw", read_only: bool = False, foreign_keys: bool = True
) -> AsyncEngine:
    # mode=rw: a file that has gone away is an error, and never a new empty database
    # isolation_level=None: the driver begins nothing by itself, so no savepoint commits behind our back
    connect = partial(sqlite.connect, f"{file.as_uri()}?mode={mode}", timeout=BUSY_SECONDS, isolation_level=None)
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(file)),
        async_creator=connect,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
    )
    pragmas = [f"busy_timeout={BUSY_SECONDS * 1000}", f"foreign_keys={'ON' if foreign_keys else 'OFF'}"]
    if read_only:
        pragmas.append("query_only=ON")
    else:
        pragmas += ["journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"]

    def prepare(connection: Any, record: Any) -> None:
        connection.run_async(lambda driver: driver.ask(_told, pragmas))
        record.info["file"] = _identity(file)

    def still_there(connection: Any, record: Any, proxy: Any) -> None:
        # SQLite writes on happily into a file that was moved away or replaced; nobody would ever read that again
        if record.info["file"] != _identity(file):
            raise exc.DisconnectionError("another file stands there now")
        connection.driver_connection.begins = begin

    # listeners of the pool, none of the engine: for those SQLAlchemy would look again at every statement
    pool: Pool = engine.sync_engine.pool
    event.listen(pool, "connect", prepare)
    event.listen(pool, "checkout", still_there)
    return engine


def _told(connection: sqlite3.Connection, pragmas: Sequence[str]) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _postgres(url: str, pool_size: int, **more: Any) -> AsyncEngine:
    engine = create_async_engine(
        parsed(url),
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_use_lifo=True,  # the one that knows most statements already
        connect_args={"timeout": CONNECT_SECONDS, "command_timeout": COMMAND_SECONDS},
        **more,
    )

    def still_open(connection: Any, record: Any, proxy: Any) -> None:
        # a server that was restarted has closed its end: seen here, it costs a reconnect instead of a failed turn
        if connection.driver_connection.is_closed():
            raise exc.DisconnectionError("the server closed this connection")

    event.listen(engine.sync_engine.pool, "checkout", still_open)
    return engine


def _only_reads(connection: Any, record: Any) -> None:
    connection.run_async(lambda driver: driver.execute("SET default_transaction_read_only = on"))
