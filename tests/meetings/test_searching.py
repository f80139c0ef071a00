"""How a search reaches its rows: by an index, however many meetings there are."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from bot import clock
from bot.encryption import Master
from bot.meetings.model import ListedTag
from bot.meetings.search import NOW, UNTIMED, WEEKDAYS, Wanted, find, joinable, programs
from bot.store import Store

AT = datetime(2026, 3, 2, 18, tzinfo=UTC)
LISBON = clock.zone("Europe/Lisbon")
LIMITS = (
    Wanted(),
    Wanted(when=NOW),
    Wanted(when=WEEKDAYS[3]),
    Wanted(when=UNTIMED),
    Wanted(online=True, tag="women"),
    Wanted(program="NA", when=WEEKDAYS[3]),
    Wanted().around(38.73, -9.15),
    Wanted().around(38.73, -9.15).but(when=NOW, tag="women", program="NA"),
    Wanted().around(38.73, -9.15).but(when=UNTIMED),
    Wanted().around(-17.8, 179.9),
)

Asked = list[tuple[str, Any]]


@pytest.fixture
async def store(database_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(database_url, Master.create(tmp_path / "key"))
    yield store
    await store.close()


@contextmanager
def overheard() -> Iterator[Asked]:
    """Every statement about meetings, with its values."""
    asked: Asked = []

    def heard(connection: Any, cursor: Any, statement: str, values: Any, *more: Any) -> None:
        if "FROM meetings" in statement:
            asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", heard)


async def plans(store: Store, asked: Asked) -> list[str]:
    """How the database would do it. PostgreSQL reads a small table whole, unless it may not."""
    async with store.work() as session:  # `SET LOCAL` is for a transaction
        connection = await session.connection()
        postgres = connection.dialect.name == "postgresql"
        if postgres:
            await session.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN" if postgres else "EXPLAIN QUERY PLAN"
        return [str((await connection.exec_driver_sql(f"{explain} {one}", values)).all()) for one, values in asked]


async def test_a_tag_that_no_meeting_has_is_no_search(store: Store) -> None:
    with overheard() as asked:
        async with store.look() as session:
            assert await find(session, Wanted(online=True, tag="women"), LISBON, AT, 0) == ([], False)
    assert asked == []


async def test_no_search_reads_every_meeting(store: Store) -> None:
    async with store.work() as session:
        session.add(ListedTag(tag="women"))
    with overheard() as asked:
        async with store.look() as session:
            for wanted in LIMITS:
                await find(session, wanted, LISBON, AT, 0)
            await programs(session)
            await joinable(session, AT)
    assert len(asked) > len(LIMITS)
    for (statement, _), plan in zip(asked, await plans(store, asked), strict=True):
        assert "Seq Scan" not in plan, statement
        assert "SCAN meetings" not in plan, statement
