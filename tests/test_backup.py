"""Copies: whole, closed to others, without keys, and of no use for whoever is forgotten."""

import asyncio
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.backup import KEYS_FILE, BackupError, backup, restore
from bot.encryption import Master
from bot.engine import sqlite_file
from bot.store import Store

ANA, BEN = b"data key of Ana, wrapped" * 3, b"data key of Ben, wrapped" * 3


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database in use, in which Ana and Ben have a row and a key each."""
    file = tmp_path / "windbreak.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.executescript("""
            PRAGMA journal_mode=WAL;
            CREATE TABLE people (id INTEGER PRIMARY KEY, sealed_name BLOB);
            CREATE TABLE "person_keys" (person_id INTEGER PRIMARY KEY REFERENCES people ON DELETE CASCADE, wrapped);
            CREATE TABLE service_keys (name TEXT PRIMARY KEY, wrapped BLOB);
            INSERT INTO service_keys VALUES ('index', 'service key');
        """)
        database.executemany("INSERT INTO people VALUES (?, ?)", [(1, b"sealed Ana"), (2, b"sealed Ben")])
        database.executemany("INSERT INTO person_keys VALUES (?, ?)", [(1, ANA), (2, BEN)])
        database.commit()
    return file


def rows(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(statement).fetchall()


def change(file: Path, statement: str, values: tuple[object, ...] = ()) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA secure_delete=ON")
        database.execute("PRAGMA foreign_keys=ON")
        database.execute(statement, values)
        database.commit()


def test_rows_and_keys_stand_in_two_files(database: Path, tmp_path: Path) -> None:
    copies = tmp_path / "backups"

    saved = backup(database, copies, "monday.sqlite3")

    assert saved == copies / "monday.sqlite3"
    assert sorted(file.name for file in copies.iterdir()) == [KEYS_FILE, "monday.sqlite3"]
    assert rows(saved, "SELECT * FROM people") == [(1, b"sealed Ana"), (2, b"sealed Ben")]
    assert rows(saved, "SELECT * FROM person_keys") == []
    assert rows(copies / KEYS_FILE, "SELECT * FROM person_keys") == [(1, ANA), (2, BEN)]
    assert rows(copies / KEYS_FILE, "SELECT name FROM sqlite_master WHERE name = 'people'") == []


def test_only_their_owner_may_read_them(database: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        backup(database, tmp_path / "backups", "monday.sqlite3")
    finally:
        os.umask(before)

    for file in (tmp_path / "backups").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_byte_of_a_key_is_in_the_copy_and_none_of_the_forgotten_in_either(database: Path, tmp_path: Path) -> None:
    copies = tmp_path / "backups"
    monday = backup(database, copies, "monday.sqlite3")
    change(database, "DELETE FROM people WHERE id = 1")

    tuesday = backup(database, copies, "tuesday.sqlite3")

    for key in (ANA, BEN):
        assert key not in monday.read_bytes()
        assert key not in tuesday.read_bytes()
    assert ANA not in (copies / KEYS_FILE).read_bytes()
    assert BEN in (copies / KEYS_FILE).read_bytes()


def test_a_restored_database_is_the_one_that_was_saved(database: Path, tmp_path: Path) -> None:
    saved = backup(database, tmp_path / "backups", "monday.sqlite3")

    restore(saved, tmp_path / "backups" / KEYS_FILE, tmp_path / "new" / "windbreak.sqlite3")

    for table in ("people", "person_keys", "service_keys"):
        everything = f"SELECT * FROM {table}"
        assert rows(tmp_path / "new" / "windbreak.sqlite3", everything) == rows(database, everything)
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["windbreak.sqlite3"]


def test_the_forgotten_stay_forgotten_in_an_older_copy(database: Path, tmp_path: Path) -> None:
    copies = tmp_path / "backups"
    monday = backup(database, copies, "monday.sqlite3")
    change(database, "DELETE FROM people WHERE id = 1")
    change(database, "INSERT INTO people VALUES (3, 'sealed Cai')")
    change(database, "INSERT INTO person_keys VALUES (3, 'data key of Cai')")
    backup(database, copies, "tuesday.sqlite3")

    restore(monday, copies / KEYS_FILE, tmp_path / "new.sqlite3")

    assert rows(tmp_path / "new.sqlite3", "SELECT id FROM people") == [(1,), (2,)]
    assert rows(tmp_path / "new.sqlite3", "SELECT person_id FROM person_keys") == [(2,)]


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_a_restore_overwrites_nothing(database: Path, tmp_path: Path, suffix: str) -> None:
    saved = backup(database, tmp_path / "backups", "monday.sqlite3")
    standing = tmp_path / f"new.sqlite3{suffix}"
    standing.write_bytes(b"precious")

    with pytest.raises(BackupError, match="already there"):
        restore(saved, tmp_path / "backups" / KEYS_FILE, tmp_path / "new.sqlite3")

    assert standing.read_bytes() == b"precious"


def test_a_damaged_copy_is_not_restored(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as filled:
        filled.executemany("INSERT INTO people (sealed_name) VALUES (?)", [(os.urandom(500),) for _ in range(200)])
        filled.commit()
    saved = backup(database, tmp_path / "backups", "monday.sqlite3")
    content = bytearray(saved.read_bytes())
    content[5 * 4096 : 9 * 4096] = bytes(4 * 4096)
    saved.write_bytes(content)

    with pytest.raises(BackupError):
        restore(saved, tmp_path / "backups" / KEYS_FILE, tmp_path / "new.sqlite3")

    assert not (tmp_path / "new.sqlite3").exists()


def test_what_a_killed_copy_left_is_taken_away(database: Path, tmp_path: Path) -> None:
    copies = tmp_path / "backups"
    copies.mkdir()
    (copies / "monday.sqlite3.part").write_bytes(b"half a copy " * 1000)

    backup(database, copies, "monday.sqlite3")

    assert not list(copies.glob("*.part"))
    assert rows(copies / "monday.sqlite3", "PRAGMA integrity_check") == [("ok",)]


def test_a_copy_that_fails_leaves_the_older_one(database: Path, tmp_path: Path) -> None:
    copies = tmp_path / "backups"
    saved = backup(database, copies, "monday.sqlite3")
    before = saved.read_bytes()
    database.write_bytes(b"nothing like a database " * 500)

    with pytest.raises(BackupError, match=r"windbreak\.sqlite3"):
        backup(database, copies, "monday.sqlite3")

    assert saved.read_bytes() == before
    assert not list(copies.glob("*.part"))


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"nothing\.sqlite3"):
        backup(tmp_path / "nothing.sqlite3", tmp_path / "backups", "monday.sqlite3")


async def test_a_database_may_be_copied_while_it_is_in_use(sqlite_url: str, tmp_path: Path) -> None:
    file = sqlite_file(sqlite_url)
    assert file is not None
    store = Store(sqlite_url, Master([b"m" * 32], Path("test.key")))
    async with store.work():
        saved = await asyncio.to_thread(backup, file, tmp_path / "backups", "monday.sqlite3")
    await store.close()

    restore(saved, tmp_path / "backups" / KEYS_FILE, tmp_path / "new.sqlite3")

    assert len(rows(tmp_path / "new.sqlite3", "SELECT * FROM service_keys")) == 2
