"""Erasing a person for good, and the list of erasures that a restored backup is held against.

The list names nobody. A mark is a keyed hash of a row's id and the instant it was made: to find whom it meant, one
needs the key file and a copy that still holds the row. It stands in the database, written in the transaction that
erases, and in a file beside the backups, because a restore turns the database back and leaves the file alone.
`docs/decisions/0003-erasures.md` says why it is so.
"""

import asyncio
import logging
import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import LargeBinary, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import backup, people
from bot.backup import BackupError
from bot.inbox import State, Update
from bot.people import Address, Person
from bot.store import Base, Store

LIST_FILE = "erasures.txt"
"""Its name in the folder of the backups. Lists of several machines are joined by writing one below the other."""

MARK_BYTES = 32

REMEMBER = text("INSERT INTO erasures (mark) VALUES (:mark) ON CONFLICT DO NOTHING")

log = logging.getLogger(__name__)


class Erasure(Base):
    """That somebody was erased: not who, nor when."""

    __tablename__ = "erasures"
    __table_args__ = ({"sqlite_with_rowid": False},)  # sorted by mark: the order of rows would tell who went when

    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, info={"export": None})


class BadList(Exception):
    """The list of erasures cannot be used. Names the file; a database is never restored past it."""


async def erase(session: AsyncSession, person_id: int) -> bool:
    """Erase a person: every row of theirs, their data key, and what waits or was set aside in the inbox. Lists it.

    False if there is nobody. A reply that the running turn gives to its own update still leaves.
    """
    made = await session.scalar(select(Person.created_at).where(Person.id == person_id))
    if made is None:
        return False
    await _empty_inbox(session, person_id)
    await session.execute(delete(Person).where(Person.id == person_id))
    await _remember(session, [_mark(session, person_id, made)])
    log.info("A person was erased. action=erased")
    return True


async def apply_again(session: AsyncSession, marks: Collection[bytes]) -> int:
    """Erase whoever is on the list and has come back with a restored backup. How many there were."""
    known = set(await session.scalars(select(Erasure.mark)))
    missing = set(marks) - known
    if not missing:
        # whoever is on the list of the database itself went in the same transaction
        return 0
    rows = await session.execute(select(Person.id, Person.created_at))
    back = [person_id for person_id, made in rows if _mark(session, person_id, made) in missing]
    for person_id in back:
        await erase(session, person_id)
    await _remember(session, missing)
    if back:
        log.warning("Erasures were applied to a restored database. action=erased_again count=%s", len(back))
    return len(back)


async def begin(session: AsyncSession, file: Path) -> int:
    """Erase again whom only the file knows: the first thing done with a database, in the unit of work that opens it.

    So nobody is answered out of a restored backup before, however long the database was away. How many. Raises BadList.
    """
    return await apply_again(session, await asyncio.to_thread(read, file))


async def agree(store: Store, file: Path, database: Path | None = None) -> int:
    """Bring the list in the database and the one in the file together, erasing again whom only the file knows.

    `database` is the file of an SQLite database: its log is emptied, which still held what was erased, and the keys
    of the erased leave the keys file that lies beside the list. To be called at the start, and often, but never twice
    at a time. How many were erased. Raises BadList or Unavailable.
    """
    # before anything is held: on a slow disk, nobody's turn waits for it
    listed = await asyncio.to_thread(read, file)
    async with store.work() as session:
        back = await apply_again(session, listed)
        marks = set(await session.scalars(select(Erasure.mark)))
    if marks != listed:
        await asyncio.to_thread(_write, file, marks)
    if database is not None:
        await asyncio.to_thread(_empty_log, database)
        await asyncio.to_thread(_forget_keys, database, file.parent)
    return back


def read(file: Path) -> set[bytes]:
    """The marks in the file; none if there is no file. Raises BadList."""
    try:
        lines = file.read_text(encoding="ascii").split() if file.exists() else []
        marks = {bytes.fromhex(line) for line in lines}
    except (OSError, ValueError):
        raise BadList(f"{file} cannot be read: put back the list of erasures that stood beside the backups") from None
    if any(len(mark) != MARK_BYTES for mark in marks):
        raise BadList(f"{file} is not whole: put back the list of erasures that stood beside the backups")
    return marks


async def _empty_inbox(session: AsyncSession, person_id: int) -> None:
    """What they sent and were about to be sent. The keys of updates stay: what has come must not come again."""
    theirs = select(Address.blind).where(Address.person_id == person_id)
    await session.execute(
        update(Update)
        .where(Update.sender.in_(theirs))
        .values(state=State.DONE, kept=False, sealed_raw=None, sealed_reply=None)
    )


async def _remember(session: AsyncSession, marks: Collection[bytes]) -> None:
    await session.execute(REMEMBER, [{"mark": mark} for mark in sorted(marks)])


def _mark(session: AsyncSession, person_id: int, made: datetime) -> bytes:
    # the instant belongs to it: a restored database gives out its later ids once more, to other people.
    # no address begins with this word, so that the index key serves both
    return people.keys(session).blind(f"erased:{person_id}:{made.astimezone(UTC).isoformat()}")


def _write(file: Path, marks: Collection[bytes]) -> None:
    """Sorted, so that the order tells nothing. Whole at every moment. Raises BadList."""
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as growing:
            growing.write("".join(f"{mark.hex()}\n" for mark in sorted(marks)).encode())
            growing.flush()
            os.fsync(growing.fileno())
        part.replace(file)
        descriptor = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise BadList(f"{file} cannot be written: let this program write there") from error


def _forget_keys(database: Path, copies: Path) -> None:
    try:
        backup.forget(database, copies)
    except BackupError as error:
        log.warning("The keys of the erased leave the backups later: %s. action=keys_kept", str(error))


def _empty_log(database: Path) -> None:
    """Have SQLite move its write-ahead log into the file and cut it to nothing. Waits for the next call if in use."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, timeout=1)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        log.info("The log of the database is emptied later: %s. action=log_kept", type(error).__name__)
