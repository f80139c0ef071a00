"""Units of work on both databases: whole or not at all, in turn, and honest about a database that is not there."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import exc, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.encryption import KeyFileError, Keys, Master
from bot.engine import sqlite_file, writer
from bot.store import Store, Unavailable, UtcDateTime, unavailable
from bot.writers import AHEAD_AT_MOST

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = 4096


class Table(DeclarativeBase):
    """Tables of these tests alone."""


class Note(Table):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(unique=True, default="A calm day")
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)


Opener = Callable[[str], Store]


@pytest.fixture
def master() -> Master:
    return Master([b"m" * 32], Path("test.key"))


@pytest.fixture
async def opened(master: Master) -> AsyncIterator[Opener]:
    """Opens stores and closes them after the test."""
    stores: list[Store] = []

    def opener(url: str) -> Store:
        stores.append(Store(url, master))
        return stores[-1]

    yield opener
    for store in stores:
        await store.close()


@pytest.fixture
async def store(database_url: str, opened: Opener) -> Store:
    return await with_notes(opened(database_url))


@pytest.fixture
async def sqlite(sqlite_url: str, opened: Opener) -> Store:
    return await with_notes(opened(sqlite_url))


async def with_notes(store: Store) -> Store:
    async with store.work() as session:
        await (await session.connection()).run_sync(Table.metadata.create_all)
    return store


async def notes(store: Store) -> list[str]:
    async with store.look() as session:
        return list(await session.scalars(select(Note.words).order_by(Note.id)))


@asynccontextmanager
async def somebody_else_writing(url: str) -> AsyncIterator[sqlite3.Connection]:
    """Another program in the middle of its own write."""
    with closing(sqlite3.connect(sqlite_file(url) or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        other.rollback()


async def test_leaving_the_block_keeps_what_was_written(store: Store) -> None:
    async with store.work() as session:
        session.add(Note(words="Kept"))

    assert await notes(store) == ["Kept"]


async def test_a_beginning_that_fails_is_an_error_of_the_database_like_any_other(sqlite_url: str) -> None:
    """It goes with the first statement, which then was never asked."""
    engine = writer(sqlite_url)
    async with somebody_else_writing(sqlite_url):
        with pytest.raises(exc.OperationalError):
            async with engine.begin() as connection:
                await connection.execute(text("SELECT 1"))
    await engine.dispose()


async def test_a_raise_means_it_never_happened(store: Store) -> None:
    with suppress(ZeroDivisionError):
        async with store.work() as session:
            session.add(Note(words="Lost"))
            await session.flush()
            raise ZeroDivisionError

    assert await notes(store) == []


async def test_a_savepoint_given_up_takes_only_its_own_rows(store: Store) -> None:
    async with store.work() as session:
        session.add(Note(words="Kept"))
        with suppress(ZeroDivisionError):
            async with session.begin_nested():
                session.add(Note(words="Lost"))
                await session.flush()
                raise ZeroDivisionError

    assert await notes(store) == ["Kept"]


async def test_a_savepoint_commits_nothing_by_itself(store: Store) -> None:
    with suppress(ZeroDivisionError):
        async with store.work() as session:
            async with session.begin_nested():
                session.add(Note(words="Lost"))
            raise ZeroDivisionError

    assert await notes(store) == []


async def test_nobody_commits_in_between(store: Store) -> None:
    async def hasty_turn() -> None:
        async with store.work() as session:
            session.add(Note(words="Lost"))
            await session.commit()

    with pytest.raises(RuntimeError, match="leaving its block"):
        await hasty_turn()

    assert await notes(store) == []


async def test_rows_may_be_read_after_the_block(store: Store) -> None:
    async with store.work() as session:
        note = Note(words="Kept")
        session.add(note)

    assert note.words == "Kept"


async def test_a_look_sees_what_is_committed_and_waits_for_nobody(store: Store) -> None:
    async with store.work() as session:
        session.add(Note(words="Not yet"))
        await session.flush()

        assert await asyncio.wait_for(notes(store), 2) == []

    assert await notes(store) == ["Not yet"]


async def test_a_look_cannot_write_and_that_is_a_bug(store: Store) -> None:
    with pytest.raises(exc.DBAPIError):
        async with store.look() as session:
            await session.execute(insert(Note).values(words="Lost"))

    assert await notes(store) == []


async def test_work_after_a_look_may_write(store: Store) -> None:
    await notes(store)

    async with store.work() as session:
        session.add(Note(words="Kept"))

    assert await notes(store) == ["Kept"]


async def test_a_mistake_of_ours_is_not_an_outage(store: Store) -> None:
    with pytest.raises(exc.DBAPIError) as wrong:
        async with store.work() as session:
            await session.execute(text("SELECT nonsense"))
    with pytest.raises(exc.IntegrityError) as twice:
        async with store.work() as session:
            session.add_all([Note(words="Once"), Note(words="Once")])
    with pytest.raises(FileNotFoundError):
        async with store.work() as session:
            raise FileNotFoundError

    assert not unavailable(wrong.value)
    assert not unavailable(twice.value)


async def test_an_error_carries_no_values(store: Store) -> None:
    with pytest.raises(exc.IntegrityError) as told:
        async with store.work() as session:
            session.add_all([Note(id=1, words="secret one"), Note(id=1, words="secret two")])

    assert "secret" not in str(told.value)


async def test_writers_go_in_turn_and_none_is_lost(store: Store) -> None:
    async def write(number: int) -> None:
        async with store.work() as session:
            session.add(Note(words=f"{number:02}"))

    await asyncio.gather(*(write(number) for number in range(64)))

    assert sorted(await notes(store)) == [f"{number:02}" for number in range(64)]


async def test_first_come_first_served(sqlite: Store) -> None:
    async def write(number: int) -> None:
        async with sqlite.work() as session:
            session.add(Note(words=f"{number:02}"))

    await asyncio.gather(*(write(number) for number in range(20)))

    assert await notes(sqlite) == [f"{number:02}" for number in range(20)]


async def test_what_a_person_in_need_waits_for_goes_ahead_and_nobody_starves(sqlite: Store) -> None:
    async def write(word: str, *, ahead: bool = False) -> None:
        async with sqlite.work(ahead=ahead) as session:
            session.add(Note(words=word))

    line = [write(f"line {number}") for number in range(3)]
    await asyncio.gather(*line, *(write(f"ahead {number}", ahead=True) for number in range(AHEAD_AT_MOST + 2)))

    first, *later = await notes(sqlite)
    assert first == "line 0", "who writes is not interrupted"
    assert later[:AHEAD_AT_MOST] == [f"ahead {number}" for number in range(AHEAD_AT_MOST)]
    assert later[AHEAD_AT_MOST] == "line 1"
    assert len(later) == AHEAD_AT_MOST + 4


async def test_who_goes_away_while_waiting_keeps_nobody_from_writing(sqlite: Store) -> None:
    async def write(word: str, *, ahead: bool) -> None:
        async with sqlite.work(ahead=ahead) as session:
            session.add(Note(words=word))

    for steps in range(12):
        writers = [asyncio.create_task(write(f"{steps} {number}", ahead=number % 2 == 0)) for number in range(6)]
        for _ in range(steps):
            await asyncio.sleep(0)
        for impatient in writers[:5]:
            impatient.cancel()
        await asyncio.gather(*writers, return_exceptions=True)

        assert (await notes(sqlite))[-1] == f"{steps} 5"


async def test_instants_come_back_as_they_went(store: Store) -> None:
    tokyo = timezone(timedelta(hours=9))
    async with store.work() as session:
        session.add_all(
            [
                Note(words="later", at=NOON + timedelta(microseconds=1)),
                Note(words="noon", at=NOON.astimezone(tokyo)),
                Note(words="earlier", at=NOON - timedelta(hours=1)),
            ]
        )

    async with store.look() as session:
        rows = list(await session.execute(select(Note.words, Note.at).order_by(Note.at)))
        since = list(await session.scalars(select(Note.words).where(Note.at >= NOON.astimezone(tokyo))))

    assert [words for words, _ in rows] == ["earlier", "noon", "later"]
    assert rows[1].at == NOON
    assert rows[1].at.tzinfo is UTC
    assert sorted(since) == ["later", "noon"]


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(exc.StatementError, match="without a zone") as told:
        async with store.work() as session:
            session.add(Note(at=NOON.replace(tzinfo=None)))

    assert isinstance(told.value.orig, ValueError)


async def test_cancelling_at_any_step_leaves_everything_usable(store: Store) -> None:
    async def turn() -> None:
        async with store.work() as session:
            session.add(Note(words="first"))
            await session.flush()
            session.add(Note(words="second"))

    steps = 0
    finished = False
    while not finished:
        task = asyncio.create_task(turn())
        for _ in range(steps):
            await asyncio.wait([task], timeout=0.0005)
        task.cancel()
        finished = not (await asyncio.gather(task, return_exceptions=True))[0]
        assert await asyncio.wait_for(notes(store), 5) in ([], ["first", "second"])
        async with asyncio.timeout(5), store.work() as session:
            await session.execute(text("DELETE FROM notes"))
        steps += 1

    assert steps > 2


async def test_a_cancelled_look_leaves_no_broken_connection(store: Store) -> None:
    for steps in range(20):
        task = asyncio.create_task(notes(store))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert await asyncio.wait_for(notes(store), 5) == []


async def test_keys_are_at_hand_and_made_once(database_url: str, opened: Opener) -> None:
    first, second = opened(database_url), opened(database_url)
    await second.probe()

    async with first.work() as one, second.look() as other:
        ours: Keys = one.info["keys"]
        theirs: Keys = other.info["keys"]
        ours.create(1)

        assert ours.blind("telegram:123") == theirs.blind("telegram:123")
        assert theirs.open_for_us("a.b", "1", ours.seal_for_us("a.b", "1", b"words")) == b"words"
    async with first.work() as session:
        assert session.info["keys"] is not ours


async def test_two_programs_starting_together_agree_on_the_keys(database_url: str, opened: Opener) -> None:
    async def blinded(store: Store) -> bytes:
        async with store.look() as session:
            keys: Keys = session.info["keys"]
            return keys.blind("telegram:123")

    found = await asyncio.gather(*(blinded(opened(database_url)) for _ in range(4)))

    assert len(set(found)) == 1


async def test_another_key_file_does_not_open_this_database(database_url: str, store: Store) -> None:
    stranger = Store(database_url, Master([b"x" * 32], Path("other.key")))

    with pytest.raises(KeyFileError, match=r"other\.key"):
        async with stranger.work():
            pass
    await stranger.close()


async def test_the_first_use_prepares_once_whoever_asks(database_url: str, master: Master) -> None:
    prepared: list[str] = []

    async def prepare() -> None:
        await asyncio.sleep(0)
        prepared.append("once")

    store = Store(database_url, master, prepare=prepare)
    await asyncio.gather(store.probe(), store.probe(), store.probe())
    await store.close()

    assert prepared == ["once"]


async def test_an_impatient_reader_does_not_break_off_the_preparation(database_url: str, master: Master) -> None:
    go_on, prepared = asyncio.Event(), asyncio.Event()

    async def prepare() -> None:
        await go_on.wait()
        prepared.set()

    store = Store(database_url, master, prepare=prepare)
    impatient = asyncio.create_task(store.probe())
    await asyncio.wait([impatient], timeout=0.01)
    impatient.cancel()
    go_on.set()
    await store.probe()
    await store.close()

    assert impatient.cancelled()
    assert prepared.is_set()


async def test_preparation_that_failed_is_tried_again(database_url: str, master: Master) -> None:
    failures = [OSError("no disk"), ZeroDivisionError()]

    async def prepare() -> None:
        if failures:
            raise failures.pop()

    store = Store(database_url, master, prepare=prepare)
    with pytest.raises(ZeroDivisionError):
        await store.probe()
    with pytest.raises(Unavailable):
        await store.probe()
    await store.probe()
    await store.close()


async def test_a_probe_leaves_nothing_behind(store: Store) -> None:
    await store.probe()
    await store.probe()

    async with store.look() as session:
        names = list(await session.scalars(text("SELECT name FROM service_keys ORDER BY name")))
    assert names == ["index", "service"]


async def test_locked_by_another_program(sqlite: Store, sqlite_url: str) -> None:
    async with somebody_else_writing(sqlite_url):
        with pytest.raises(Unavailable, match=r"^locked$"):
            await sqlite.probe()
        assert await notes(sqlite) == []

    await sqlite.probe()


async def test_a_full_disk(sqlite: Store) -> None:
    async with sqlite.work() as session:
        pages = await session.scalar(text("PRAGMA page_count"))
        await session.execute(text(f"PRAGMA max_page_count={pages}"))

    with pytest.raises(Unavailable, match=r"^full$"):
        await sqlite.probe()
    with pytest.raises(Unavailable, match=r"^full$"):
        async with sqlite.work() as session:
            session.add(Note(words="x" * PAGE * 4))

    assert await notes(sqlite) == []
    async with sqlite.work() as session:
        await session.execute(text(f"PRAGMA max_page_count={pages * 100}"))
    await sqlite.probe()


def move_database(source: Path, target: Path) -> None:
    for part in source.glob("windbreak.sqlite3*"):
        part.rename(target / part.name)


async def test_a_file_that_has_gone_and_comes_back(sqlite: Store, sqlite_url: str, tmp_path: Path) -> None:
    file = sqlite_file(sqlite_url)
    assert file
    away = tmp_path / "away"
    away.mkdir()
    move_database(file.parent, away)

    with pytest.raises(Unavailable, match=r"^gone$"):
        await sqlite.probe()
    with pytest.raises(Unavailable, match=r"^gone$"):
        await notes(sqlite)
    assert not file.exists()

    move_database(away, file.parent)
    await sqlite.probe()
    assert await notes(sqlite) == []


async def test_a_file_that_is_no_database(tmp_path: Path, opened: Opener) -> None:
    (tmp_path / "windbreak.sqlite3").write_bytes(b"nothing like a database " * 500)

    with pytest.raises(Unavailable, match=r"^damaged$"):
        await opened(f"sqlite:///{tmp_path / 'windbreak.sqlite3'}").probe()


async def test_a_store_may_be_made_before_its_database_is_there(
    tmp_path: Path, sqlite_url: str, master: Master
) -> None:
    file = sqlite_file(sqlite_url)
    assert file
    store = Store(f"sqlite:///{tmp_path / 'later' / 'windbreak.sqlite3'}", master)
    with pytest.raises(Unavailable, match=r"^gone$"):
        await store.probe()

    (tmp_path / "later").mkdir()
    shutil.copyfile(file, tmp_path / "later" / "windbreak.sqlite3")
    await store.probe()
    await store.close()


async def test_a_server_that_does_not_answer_the_door(opened: Opener) -> None:
    with pytest.raises(Unavailable, match=r"^gone$"):
        await opened("postgresql://ana@127.0.0.1:1/windbreak").probe()


async def test_a_server_that_ends_every_connection(postgresql_url: str, opened: Opener) -> None:
    store = await with_notes(opened(postgresql_url))

    async def turn() -> None:
        async with store.work() as session:
            session.add(Note(words="Lost"))
            await session.flush()
            await end_connections(postgresql_url)
            await session.execute(select(Note))

    with pytest.raises(Unavailable, match=r"^gone$"):
        await turn()

    assert await notes(store) == []
    await end_connections(postgresql_url)
    await store.probe()


async def end_connections(url: str) -> None:
    other = await asyncpg.connect(url)
    await other.execute(
        "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await other.close()


async def test_a_server_that_only_reads(postgresql_url: str, opened: Opener) -> None:
    other = await asyncpg.connect(postgresql_url)
    name = await other.fetchval("SELECT current_database()")
    store = await with_notes(opened(postgresql_url))
    await other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    await other.close()
    await end_connections(postgresql_url)

    with pytest.raises(Unavailable, match=r"^read-only$"):
        await store.probe()
    assert await notes(store) == []


async def pragmas(session: AsyncSession, *names: str) -> list[object]:
    return [await session.scalar(text(f"PRAGMA {name}")) for name in names]


async def test_sqlite_is_opened_as_carefully_as_it_can_be(sqlite: Store) -> None:
    async with sqlite.work() as session:
        asked = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
        assert await pragmas(session, *asked) == ["wal", 2, 1, 1, 2000]
    async with sqlite.look() as session:
        assert await pragmas(session, "query_only") == [1]


@pytest.mark.parametrize("url", ["mysql://ana@db.example/x", "sqlite://", "sqlite:///:memory:", "nonsense", ""])
def test_no_other_kind_of_database(url: str, master: Master) -> None:
    with pytest.raises(ValueError, match=r"sqlite|database"):
        Store(url, master)
