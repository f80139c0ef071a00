"""The way to SQLite: short, and nothing is lost on it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiosqlite import core
from sqlalchemy import exc, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.engine import writer


@pytest.fixture
async def engine(sqlite_url: str) -> AsyncIterator[AsyncEngine]:
    engine = writer(sqlite_url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT UNIQUE)"))
        await connection.execute(text("INSERT INTO notes (words) VALUES (:words)"), [{"words": w} for w in "abc"])
        yield connection


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every way to the thread."""
    ways: list[object] = []
    go = core.Connection._execute

    async def counted(self: core.Connection, *asked: Any, **more: Any) -> object:
        ways.append(asked)
        return await go(self, *asked, **more)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(core.Connection, "_execute", counted)
    return ways


async def test_a_statement_goes_to_the_thread_once(connection: AsyncConnection, ways: list[object]) -> None:
    ways.clear()

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


async def test_a_transaction_begins_with_its_first_statement_and_ends_once(
    engine: AsyncEngine, ways: list[object]
) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("SELECT 1"))
    ways.clear()

    async with engine.begin() as connection:
        await connection.execute(text("SELECT 1"))
        await connection.execute(text("SELECT 2"))
    assert len(ways) == 3

    ways.clear()
    async with engine.begin():
        pass
    assert ways == []


async def test_what_is_rolled_back_never_was_and_the_next_transaction_is_whole(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE notes (words TEXT)"))
    async with engine.connect() as connection:
        await connection.execute(text("INSERT INTO notes VALUES ('lost')"))
        await connection.rollback()
        await connection.execute(text("INSERT INTO notes VALUES ('lost too')"))
        await connection.execute(text("INSERT INTO notes VALUES ('and this')"))
        await connection.rollback()
        await connection.execute(text("INSERT INTO notes VALUES ('kept')"))
        await connection.commit()
    async with engine.connect() as connection:
        assert (await connection.scalars(text("SELECT words FROM notes"))).all() == ["kept"]
