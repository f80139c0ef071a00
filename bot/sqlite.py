"""SQLite's driver, asked once for each statement.

aiosqlite gives every connection a thread, and SQLAlchemy goes to it four times a statement: to make a cursor, to
execute, to fetch and to close. Each way there and back wakes two threads and costs more than most of our statements
(0.1 ms of processor time, measured on two cores). Here a statement is one way there and back, with all its rows; a
transaction begins on the way of its first statement, and ends once.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite

Given = Sequence[Any]


class Cursor:
    """What SQLAlchemy wants of a cursor. Remembers the outcome of the last statement; holds nothing open."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        """Nothing is asked yet."""
        self._connection = connection
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._rows: list[Any] = []

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, statement: str, given: Given = ()) -> None:
        """Run a statement. Raises sqlite3.Error."""
        await self._ask(sqlite3.Cursor.execute, statement, given)

    async def executemany(self, statement: str, given: Sequence[Given]) -> None:
        """Run a statement once for each row of what is given. Raises sqlite3.Error."""
        await self._ask(sqlite3.Cursor.executemany, statement, given)

    async def fetchall(self) -> list[Any]:
        """All rows."""
        return self._rows

    async def close(self) -> None:
        """Nothing to do: the real cursor was closed as soon as its rows were read."""

    async def _ask(self, how: Callable[..., object], statement: str, given: Any) -> None:
        await self._connection.ask(self._answer, how, statement, given)

    def _answer(self, raw: sqlite3.Connection, how: Callable[..., object], statement: str, given: Any) -> None:
        """In the connection's thread."""
        cursor = raw.cursor()
        try:
            how(cursor, statement, given)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            # after the rows: an UPDATE … RETURNING counts as it goes
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class Connection(aiosqlite.Connection):
    """A connection whose cursors ask once."""

    begins = ""
    """What a transaction begins with; empty while there are none, as for a PRAGMA that bears none around it."""

    _begun = False
    """Whether a transaction has begun. Only the thread looks at it and changes it."""
    _asked = False
    """Whether something was asked since the last transaction ended, as far as the loop knows."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # ours knows only what SQLAlchemy uses
        """A cursor of ours."""
        return Cursor(self)

    async def ask(self, function: Callable[..., None], *given: Any) -> None:
        """Have this done in the connection's thread, with the driver's own connection before what is given."""
        self._asked = True
        await self._execute(self._do, function, *given)  # type: ignore[no-untyped-call]

    async def commit(self) -> None:
        """End the transaction, if there is one."""
        await self._end(sqlite3.Connection.commit)

    async def rollback(self) -> None:
        """End the transaction, if there is one. SQLAlchemy's pool asks for it again after each commit."""
        await self._end(sqlite3.Connection.rollback)

    async def _end(self, how: Callable[[sqlite3.Connection], None]) -> None:
        if self._asked:
            await self._execute(self._ended, how)  # type: ignore[no-untyped-call]
            self._asked = False

    def _do(self, function: Callable[..., None], *given: Any) -> None:
        """In the connection's thread."""
        raw = self._conn
        if self.begins and not self._begun:
            raw.execute(self.begins)
            self._begun = True
        function(raw, *given)

    def _ended(self, how: Callable[[sqlite3.Connection], None]) -> None:
        """In the connection's thread."""
        how(self._conn)
        self._begun = False


async def connect(uri: str, **options: Any) -> Connection:
    """Open a file by its `file:` address, with what `sqlite3.connect` takes. Raises sqlite3.Error."""

    def open_file() -> sqlite3.Connection:
        # whoever forgets a connection has it closed by the collector, in whichever thread that runs
        opened: sqlite3.Connection = sqlite3.connect(uri, uri=True, check_same_thread=False, **options)
        return opened

    connection = Connection(open_file, iter_chunk_size=64)
    connection._thread.daemon = True  # a program that ends does not wait for it
    await connection
    return connection
