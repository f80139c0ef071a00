"""Copies of an SQLite database: its rows in a file a copy, everybody's keys in one file that each copy overwrites.

A copy without the keys file names nobody. Whoever is erased leaves the keys file within a minute (`forget`), and with
that becomes unreadable in every copy there is. What only passes through is in no copy: it is sealed with a key of ours
that no erasure destroys.
"""

import fcntl
import logging
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from glob import escape
from pathlib import Path

KEYS_FILE = "keys.sqlite3"
KEY_TABLES = ("service_keys", "person_keys")

LOCK_FILE = ".lock"
"""In the folder of the copies, held by whoever writes there: the bot's own threads, and a command beside the bot."""

DAILY = "[0-9]*-[0-9]*.sqlite3"
"""The copies of a day, among others."""

KEPT = timedelta(days=14)
"""How long a copy stays. A receipt for an erasure names the day on which the last one goes."""

PASSING = {
    "inbox": "UPDATE inbox SET sealed_raw = NULL, sealed_reply = NULL, state = 'done'",
    "talk_lines": "DELETE FROM talk_lines",
}
"""By table: what came in and what goes out, and what two people say to each other.

The numbers of updates stay, so that none is handled twice after a restore.
"""

RESTORED = "restored "
"""How the occurrence begins of a notification to somebody whose erasing a restore has called off."""

ASK_ANEW = """
    INSERT INTO outbox (person_id, kind, occurrence, lane, due_at, next_at, outcome, tries, repeat, unasked)
    SELECT person_id, 'leaving', ? || erase_at, 4, erase_at, erase_at, 'waiting', 0, 0, 0 FROM leaving
    WHERE true ON CONFLICT DO NOTHING
"""
"""A reminder at the time at which they would have been erased."""

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
    place = directory / KEYS_FILE
    with _failing(source), _alone(directory), _growing(target) as rows, _growing(place) as keys:
        with _opened(source, mode="ro") as database:
            if not rewrapped:
                _same_database(database, place)
            database.execute("VACUUM INTO ?", (str(rows),))
        _empty_passing(rows)
        ours = _service_keys(rows)
        # out of the copy: both files show one moment, so nobody has rows in the one and no key in the other
        _move_keys(rows, keys)
        _verify(keys, ours)
        _verify(rows)
        _settle(keys, place)
        _settle(rows, target)
    log.info("A backup is written. action=backup_written")
    return target


def daily(source: Path, directory: Path, now: datetime) -> Path | None:
    """The copy of this day, if there is none yet, and the old ones pruned in any case. Raises BackupError.

    `now` is aware UTC.
    """
    name = f"{now:%Y-%m-%d}.sqlite3"
    try:
        if (directory / name).exists():
            return None
        saved = backup(source, directory, name)
        os.utime(saved, (now.timestamp(), now.timestamp()))
        return saved
    finally:
        prune(directory, now)


def prune(directory: Path, now: datetime) -> None:
    """Take away the copies that are older than KEPT, but never the newest. Raises BackupError. `now` is aware UTC."""
    with _failing(directory):
        made = {copy: copy.stat().st_mtime for copy in directory.glob("*.sqlite3") if copy.name != KEYS_FILE}
        for copy in sorted(made, key=lambda copy: made[copy])[:-1]:
            if made[copy] < (now - KEPT).timestamp():
                copy.unlink(missing_ok=True)


def forget(source: Path, directory: Path) -> int:
    """Take the keys of those who are gone from a database out of the keys file beside its copies. How many.

    Nobody is taken for gone whom this database may never have known: it may be another one, or be restored from a copy
    that is older than the keys. Raises BackupError, also where the keys are another database's.
    """
    place = directory / KEYS_FILE
    if not place.exists():
        return 0
    with _failing(place), _alone(directory), _opened(source, mode="ro") as database:
        _same_database(database, place)
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
                _verify(keys, _listed(database))
                _settle(keys, place)
    return len(gone)


def restore(saved: Path, keys: Path, target: Path) -> int:
    """Make a database at `target` out of a copy and a keys file. Never overwrites. Raises BackupError.

    Whom the keys file does not know any more is left out: nobody could read or reach them, and with their address in
    the way they could not even begin anew. How many. Who was about to be erased is asked anew.
    """
    for suffix in ("", "-wal", "-shm", "-journal"):
        if (file := target.with_name(target.name + suffix)).exists():
            raise BackupError(f"{file} is already there: move it away first")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _failing(target):
        _clear(target.parent, escape(target.name))
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
            left_out = _leave_out_keyless(database, keys)
            _call_off_erasing(database)
            database.commit()
        _verify(whole)
        _settle(whole, target)
    return left_out


def _leave_out_keyless(database: sqlite3.Connection, keys: Path) -> int:
    tables = _key_tables(database, "main")
    if "person_keys" not in tables or not database.execute("SELECT 1 FROM people").fetchone():
        return 0
    if "service_keys" in tables and not _listed(database):
        raise BackupError(f"{keys} holds no keys: take the one that the last backup wrote")
    # from now on: before, whoever has a key and no row would have been refused
    database.execute("PRAGMA foreign_keys=ON")
    return database.execute("DELETE FROM people WHERE id NOT IN (SELECT person_id FROM person_keys)").rowcount


def _call_off_erasing(database: sqlite3.Connection) -> None:
    """Whoever waited in the copy to be erased may have kept everything since: they are asked anew instead."""
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'leaving'").fetchone():
        database.execute(ASK_ANEW, (RESTORED,))
        database.execute("DELETE FROM leaving")


def _same_database(database: sqlite3.Connection, keys: Path) -> None:
    """Make sure that a keys file, if there is one, holds this database's own service keys. Raises BackupError."""
    if not keys.exists() or "service_keys" not in _key_tables(database, "main"):
        return
    before = _service_keys(keys)
    if before and before != _listed(database):
        raise BackupError(
            f"{keys} belongs to another database, or `windbreak rotate-key` was broken off:"
            f" finish that, or move what is in {keys.parent} away"
        )


def _service_keys(file: Path) -> list[tuple[str, bytes]]:
    with _opened(file, mode="ro") as database:
        return _listed(database)


def _listed(database: sqlite3.Connection) -> list[tuple[str, bytes]]:
    """The service keys, which every database has that was ever opened."""
    if "service_keys" not in _key_tables(database, "main"):
        return []
    return database.execute("SELECT name, wrapped FROM service_keys ORDER BY name").fetchall()


def _empty_passing(rows: Path) -> None:
    with _opened(rows) as database:
        for table, empty in PASSING.items():
            if database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                database.execute(empty)
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


def _verify(file: Path, service_keys: list[tuple[str, bytes]] | None = None) -> None:
    """Make sure that a file is whole, and holds these keys: an empty one is whole too. Raises BackupError."""
    with _opened(file, mode="ro") as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError(f"{file} is damaged")
        if service_keys is not None and _listed(database) != service_keys:
            raise BackupError(f"{file} does not hold the keys of this database")


@contextmanager
def _opened(file: Path, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=10)) as database:
        # what is deleted from a copy is overwritten there, not merely forgotten about
        database.execute("PRAGMA secure_delete=ON")
        yield database


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Wait until nobody else writes among the copies, and take away what a killed one left: it holds keys."""
    descriptor = os.open(directory / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _clear(directory, "*.sqlite3")
        yield
    finally:
        os.close(descriptor)


def _clear(directory: Path, name: str) -> None:
    """Take away the parts of files with such a name, and the journals of parts."""
    for left in directory.glob(f"{name}.*part*"):
        left.unlink(missing_ok=True)


@contextmanager
def _growing(place: Path) -> Iterator[Path]:
    """An empty file beside its later place, under a name that no other gets."""
    file = place.with_name(f"{place.name}.{secrets.token_hex(4)}.part")
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
