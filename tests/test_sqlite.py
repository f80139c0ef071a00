"""The way to SQLite: short, and nothing is lost on it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiosqlite import core
from sqlalchemy import exc, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.engine import writer


@pytest.fixture
async def connection(sqlite_url: str) -> AsyncIterator[AsyncConnection]:
    engine = writer(sqlite_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT UNIQUE)"))
        await connection.execute(text("INSERT INTO notes (words) VALUES (:words)"), [{"words": w} for w in "abc"])
        yield connection
    await engine.dispose()


async def test_a_statement_goes_to_the_thread_once(
    connection: AsyncConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: list[object] = []
    go = core.Connection._execute

    async def counted(self: core.Connection, *asked: Any) -> object:
        ways.append(asked)
        return await go(self, *asked)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(core.Connection, "_execute", counted)

    rows = (await connection.execute(text("SELECT id, words FROM notes ORDER BY id"))).all()

    assert [tuple(row) for row in rows] == [(1, "a"), (2, "b"), (3, "c")]
    assert len(ways) == 1


async def test_what_a_statement_did_is_known_afterwards(connection: AsyncConnection) -> None:
    changed = await connection.execute(text("UPDATE notes SET words = words || '!' WHERE id < 3 RETURNING words"))
    assert list(changed.scalars()) == ["a!", "b!"]
    assert (await connection.execute(text("INSERT INTO notes (words) VALUES ('d')"))).lastrowid == 4
    assert (await connection.execute(text("DELETE FROM notes WHERE id > 1"))).rowcount == 3
    assert (await connection.execute(text("SELECT * FROM notes WHERE id > 1"))).all() == []


async def test_a_statement_that_fails_leaves_the_connection_usable(connection: AsyncConnection) -> None:
    with pytest.raises(exc.IntegrityError):
        await connection.execute(text("INSERT INTO notes (words) VALUES ('a')"))
    assert await connection.scalar(text("SELECT count(*) FROM notes")) == 3
