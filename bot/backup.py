"""Copies of an SQLite database: its rows in a file a copy, everybody's keys in one file that each copy overwrites.

A copy without the keys file names nobody. Whoever is erased leaves the keys file within a minute (`forget`), and with
that becomes unreadable in every copy there is. What only passes through is in no copy: it is sealed with a key of ours
that no erasure destroys.
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

KEYS_FILE = "keys.sqlite3"
KEY_TABLES = ("service_keys", "person_keys")

DAILY = "[0-9]*-[0-9]*.sqlite3"
"""The copies of a day, among others."""

KEPT = timedelta(days=14)
"""How long a copy stays. A receipt for an erasure names the day on which the last one goes."""

PASSING = "UPDATE inbox SET sealed_raw = NULL, sealed_reply = NULL, state = 'done'"
"""What came in and what goes out. The numbers of updates stay, so that none is handled twice after a restore."""

log = logging.getLogger(__name__)


class BackupError(Exception):
    """A copy cannot be made or used. Names the file and why."""


def backup(source: Path, directory: Path, name: str, *, rewrapped: bool = False) -> Path:
    """Copy a database that may be in use to `directory/name`, and its keys to `keys.sqlite3` beside it.

    Either file is whole or not there, has mode 0600 and takes the place of an older one. Blocks while it copies, so
    call it in a thread. `rewrapped` says that the master key has just changed. Raises BackupError, also where the keys
    that lie there are another database's: without them its copies could never be read again.
    """
    target = directory / name
    directory.mkdir(parents=True, exist_ok=True)
    with _failing(source), _growing(target) as rows, _growing(directory / KEYS_FILE) as keys:
        with _opened(source, mode="ro") as database:
            if not rewrapped and not _same_database(database, directory / KEYS_FILE):
                raise BackupError(
                    f"{directory / KEYS_FILE} belongs to another database, or `windbreak rotate-key` was broken off:"
                    f" finish that, or move what is in {directory} away"
                )
            database.execute("VACUUM INTO ?", (str(rows),))
        _empty_passing(rows)
        # out of the copy: both files show one moment, so nobody has rows in the one and no key in the other
        _move_keys(rows, keys)
        for file in (keys, rows):
            _verify(file)
        _settle(keys, directory / KEYS_FILE)
        _settle(rows, target)
    log.info("A backup is written. action=backup_written")
    return target


def daily(source: Path, directory: Path, now: datetime) -> Path | None:
    """The copy of this day, if there is none yet, and those older than KEPT taken away. Raises BackupError.

    `now` is aware UTC. Nothing is taken away before there is a newer copy.
    """
    name = f"{now:%Y-%m-%d}.sqlite3"
    if (directory / name).exists():
        return None
    saved = backup(source, directory, name)
    os.utime(saved, (now.timestamp(), now.timestamp()))
    with _failing(directory):
        for copy in directory.glob("*.sqlite3"):
            if copy.name != KEYS_FILE and copy.stat().st_mtime < (now - KEPT).timestamp():
                copy.unlink()
    return saved


def forget(source: Path, directory: Path) -> int:
    """Take the keys of those who are gone from a database out of the keys file beside its copies. How many.

    Nobody is taken for gone whom this database may never have known: it may be another one, or be restored from a copy
    that is older than the keys. Raises BackupError.
    """
    place = directory / KEYS_FILE
    if not place.exists():
        return 0
    with _failing(place), _opened(source, mode="ro") as database:
        if not _same_database(database, place):
            return 0
        here = {person for (person,) in database.execute("SELECT person_id FROM person_keys")}
        (newest,) = database.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'people'").fetchone()
        with _opened(place, mode="ro") as kept:
            there = {person for (person,) in kept.execute("SELECT person_id FROM person_keys")}
        gone = [(person,) for person in there - here if person <= (newest or 0)]
        if gone:
            with _growing(place) as keys:
                shutil.copyfile(place, keys)
                with _opened(keys) as fewer:
                    fewer.executemany("DELETE FROM person_keys WHERE person_id = ?", gone)
                    fewer.commit()
                _verify(keys)
                _settle(keys, place)
    return len(gone)


def restore(saved: Path, keys: Path, target: Path) -> None:
    """Make a database at `target` out of a copy and a keys file. Never overwrites. Raises BackupError.

    Whom the keys file does not know any more stays unreadable.
    """
    for suffix in ("", "-wal", "-shm", "-journal"):
        if (file := target.with_name(target.name + suffix)).exists():
            raise BackupError(f"{file} is already there: move it away first")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _failing(saved), _growing(target) as whole:
        _verify(saved)
        _verify(keys)
        shutil.copyfile(saved, whole)
        with _opened(whole) as database:
            database.execute("ATTACH ? AS kept", (keys.absolute().as_uri() + "?mode=ro",))
            for table in _key_tables(database, "kept"):
                database.execute(f"INSERT INTO main.{table} SELECT * FROM kept.{table}")  # noqa: S608 - our own names
            if "person_keys" in _key_tables(database, "main"):
                # the keys are newer than the rows: who joined in between has a key and no row
                database.execute("DELETE FROM main.person_keys WHERE person_id NOT IN (SELECT id FROM main.people)")
            database.commit()
        _verify(whole)
        _settle(whole, target)


def _same_database(database: sqlite3.Connection, keys: Path) -> bool:
    """Whether a keys file, if there is one, holds this database's own service keys."""
    if not keys.exists() or "service_keys" not in _key_tables(database, "main"):
        return True
    every = "SELECT name, wrapped FROM service_keys ORDER BY name"
    with _opened(keys, mode="ro") as kept:
        before = kept.execute(every).fetchall() if _key_tables(kept, "main") else []
    return not before or before == database.execute(every).fetchall()


def _empty_passing(rows: Path) -> None:
    with _opened(rows) as database:
        if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'inbox'").fetchone():
            database.execute(PASSING)
            database.commit()


def _move_keys(rows: Path, keys: Path) -> None:
    with _opened(rows) as database:
        database.execute("ATTACH ? AS apart", (keys.absolute().as_uri(),))
        for table, made in _key_tables(database, "main").items():
            database.execute(made.replace("CREATE TABLE ", "CREATE TABLE apart.", 1))
            database.execute(f"INSERT INTO apart.{table} SELECT * FROM main.{table}")  # noqa: S608 - our own names
            database.execute(f"DELETE FROM main.{table}")  # noqa: S608 - our own names
        database.commit()


def _key_tables(database: sqlite3.Connection, schema: str) -> dict[str, str]:
    found = database.execute(f"SELECT name, sql FROM {schema}.sqlite_master WHERE type = 'table'")  # noqa: S608 - ours
    return {name: made for name, made in found if name in KEY_TABLES}


def _verify(file: Path) -> None:
    with _opened(file, mode="ro") as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError(f"{file} is damaged")


@contextmanager
def _opened(file: Path, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=10)) as database:
        # what is deleted from a copy is overwritten there, not merely forgotten about
        database.execute("PRAGMA secure_delete=ON")
        yield database


@contextmanager
def _growing(place: Path) -> Iterator[Path]:
    """An empty file beside its later place. It holds keys, so whatever a killed copy left is taken away first."""
    file = place.with_name(place.name + ".part")
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def _settle(file: Path, place: Path) -> None:
    _sync(file)
    file.replace(place)
    _sync(place.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _failing(file: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"{file} could not be copied: {type(error).__name__}") from error
