"""Copies: whole, closed to others, without keys, and of no use for whoever is forgotten."""

import asyncio
import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.backup import KEYS_FILE, LOCK_FILE, BackupError, backup, daily, forget, restore
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
            CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, sealed_name BLOB);
            CREATE TABLE "person_keys" (person_id INTEGER PRIMARY KEY REFERENCES people ON DELETE CASCADE, wrapped);
            CREATE TABLE service_keys (name TEXT PRIMARY KEY, wrapped BLOB);
            INSERT INTO service_keys VALUES ('index', 'service key');
            CREATE TABLE inbox (number INTEGER, state TEXT, sealed_raw BLOB, sealed_reply BLOB);
            INSERT INTO inbox VALUES (7, 'open', 'words that wait', NULL), (8, 'held', NULL, 'a late answer');
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
    assert sorted(file.name for file in copies.iterdir()) == [LOCK_FILE, KEYS_FILE, "monday.sqlite3"]
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

    assert rows(tmp_path / "new.sqlite3", "SELECT person_id FROM person_keys") == [(2,)]


def test_whoever_has_no_key_any_more_is_left_out_with_everything_of_theirs(database: Path, tmp_path: Path) -> None:
    copies = tmp_path / "backups"
    change(database, "CREATE TABLE addresses (person_id INTEGER REFERENCES people ON DELETE CASCADE, blind BLOB)")
    change(database, "INSERT INTO addresses VALUES (1, 'hash of Ana'), (2, 'hash of Ben')")
    monday = backup(database, copies, "monday.sqlite3")
    change(database, "DELETE FROM people WHERE id = 1")
    forget(database, copies)

    assert restore(monday, copies / KEYS_FILE, tmp_path / "new.sqlite3") == 1

    assert rows(tmp_path / "new.sqlite3", "SELECT id FROM people") == [(2,)]
    assert rows(tmp_path / "new.sqlite3", "SELECT blind FROM addresses") == [("hash of Ben",)]


def test_a_keys_file_without_keys_leaves_nobody_out(database: Path, tmp_path: Path) -> None:
    saved = backup(database, tmp_path / "backups", "monday.sqlite3")
    (tmp_path / "empty.sqlite3").touch()

    with pytest.raises(BackupError, match="holds no keys"):
        restore(saved, tmp_path / "empty.sqlite3", tmp_path / "new.sqlite3")

    assert not list(tmp_path.glob("new.sqlite3*"))


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
    """It holds everybody's key, and the next copy has the name of another day."""
    copies = tmp_path / "backups"
    backup(database, copies, "tuesday.sqlite3")
    killed = [copies / f"monday.sqlite3.12ab34cd.part{suffix}" for suffix in ("", "-journal")]
    for part in killed:
        part.write_bytes(b"half a copy " * 1000)

    forget(database, copies)

    assert not any(part.exists() for part in killed)
    assert rows(copies / "tuesday.sqlite3", "PRAGMA integrity_check") == [("ok",)]


def test_what_a_killed_restore_left_is_taken_away(database: Path, tmp_path: Path) -> None:
    saved = backup(database, tmp_path / "backups", "monday.sqlite3")
    killed = tmp_path / "new.sqlite3.12ab34cd.part"
    killed.write_bytes(b"half a database " * 1000)

    restore(saved, tmp_path / "backups" / KEYS_FILE, tmp_path / "new.sqlite3")

    assert not killed.exists()


def test_a_command_beside_the_bot_spoils_no_keys(database: Path, tmp_path: Path) -> None:
    """Both write the keys file; in the same second, each used to take away what the other was writing."""
    copies = tmp_path / "backups"
    for number in range(3, 10):
        change(database, "INSERT INTO people VALUES (?, 'sealed')", (number,))
        change(database, "INSERT INTO person_keys VALUES (?, 'wrapped')", (number,))
    backup(database, copies, "monday.sqlite3")
    with ThreadPoolExecutor(2) as both:
        for number in range(3, 10):
            change(database, "DELETE FROM people WHERE id = ?", (number,))
            made = both.submit(backup, database, copies, "monday.sqlite3")
            both.submit(forget, database, copies).result()
            made.result()

            left = {person for (person,) in rows(copies / KEYS_FILE, "SELECT person_id FROM person_keys")}
            assert left == {1, 2, *range(number + 1, 10)}


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


def test_what_only_passes_through_is_in_no_copy(database: Path, tmp_path: Path) -> None:
    saved = backup(database, tmp_path / "backups", "monday.sqlite3")

    assert rows(saved, "SELECT * FROM inbox") == [(7, "done", None, None), (8, "done", None, None)]
    assert b"words that wait" not in saved.read_bytes()
    assert rows(database, "SELECT sealed_raw FROM inbox") == [("words that wait",), (None,)], "the original has it"


def test_the_key_of_somebody_erased_leaves_the_copies_before_the_next_one(database: Path, tmp_path: Path) -> None:
    copies = tmp_path / "backups"
    backup(database, copies, "monday.sqlite3")
    assert forget(database, copies) == 0
    change(database, "DELETE FROM people WHERE id = 1")

    assert forget(database, copies) == 1

    assert ANA not in b"".join(file.read_bytes() for file in copies.iterdir())
    assert rows(copies / KEYS_FILE, "SELECT * FROM person_keys") == [(2, BEN)]
    assert stat.S_IMODE((copies / KEYS_FILE).stat().st_mode) == 0o600
    assert forget(database, copies) == 0


def test_without_copies_there_is_nothing_to_forget(database: Path, tmp_path: Path) -> None:
    assert forget(database, tmp_path / "backups") == 0


def test_who_joined_after_a_restored_copy_keeps_their_key(database: Path, tmp_path: Path) -> None:
    copies = tmp_path / "backups"
    monday = backup(database, copies, "monday.sqlite3")
    change(database, "INSERT INTO people VALUES (3, 'sealed Cai')")
    change(database, "INSERT INTO person_keys VALUES (3, 'data key of Cai')")
    backup(database, copies, "tuesday.sqlite3")
    restore(monday, copies / KEYS_FILE, tmp_path / "new.sqlite3")

    assert forget(tmp_path / "new.sqlite3", copies) == 0, "perhaps Tuesday's copy is still to be restored"
    assert len(rows(copies / KEYS_FILE, "SELECT * FROM person_keys")) == 3


def test_another_database_takes_no_key_away(database: Path, tmp_path: Path) -> None:
    """An operator mistypes DATABASE_URL: a new empty database must not cost everybody's backups."""
    copies = tmp_path / "backups"
    backup(database, copies, "monday.sqlite3")
    before = (copies / KEYS_FILE).read_bytes()
    change(database, "DELETE FROM people")
    change(database, "UPDATE service_keys SET wrapped = 'the key of another'")

    with pytest.raises(BackupError, match="another database"):
        forget(database, copies)
    with pytest.raises(BackupError, match="another database"):
        backup(database, copies, "tuesday.sqlite3")

    assert (copies / KEYS_FILE).read_bytes() == before
    backup(database, copies, "tuesday.sqlite3", rewrapped=True)
    assert (copies / KEYS_FILE).read_bytes() != before


def test_one_copy_a_day_and_two_weeks_of_them(database: Path, tmp_path: Path) -> None:
    copies, start = tmp_path / "backups", datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
    backup(database, copies, "before-0002.sqlite3")
    os.utime(copies / "before-0002.sqlite3", (start.timestamp(), start.timestamp()))
    made = [daily(database, copies, start + timedelta(days=day, hours=hour)) for day in range(17) for hour in (0, 2)]

    assert [bool(copy) for copy in made] == [True, False] * 17
    left = sorted(file.name for file in copies.glob("*-*"))
    assert left == [f"2026-03-{day:02}.sqlite3" for day in range(4, 18)]


def test_old_copies_go_although_somebody_else_makes_those_of_the_day(database: Path, tmp_path: Path) -> None:
    """A receipt has named the day on which the last one goes."""
    copies, start = tmp_path / "backups", datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
    daily(database, copies, start)
    later = start + timedelta(days=15)
    backup(database, copies, f"{later:%Y-%m-%d}.sqlite3")

    assert daily(database, copies, later) is None

    assert [file.name for file in copies.glob("2026*")] == ["2026-03-16.sqlite3"]


def test_nothing_old_goes_when_there_is_nothing_new(database: Path, tmp_path: Path) -> None:
    copies, start = tmp_path / "backups", datetime(2026, 3, 1, 4, 30, tzinfo=UTC)
    daily(database, copies, start)
    database.write_bytes(b"nothing like a database " * 500)

    with pytest.raises(BackupError):
        daily(database, copies, start + timedelta(days=60))

    assert (copies / "2026-03-01.sqlite3").exists()


async def test_a_database_may_be_copied_while_it_is_in_use(sqlite_url: str, tmp_path: Path) -> None:
    file = sqlite_file(sqlite_url)
    assert file is not None
    store = Store(sqlite_url, Master([b"m" * 32], Path("test.key")))
    async with store.work():
        saved = await asyncio.to_thread(backup, file, tmp_path / "backups", "monday.sqlite3")
    await store.close()

    restore(saved, tmp_path / "backups" / KEYS_FILE, tmp_path / "new.sqlite3")

    assert len(rows(tmp_path / "new.sqlite3", "SELECT * FROM service_keys")) == 2
