"""Changing the master key: a new line on top of the key file, every key wrapped anew under it, the old line gone.

The file holds both lines from the first step to the last, so whatever ends this in the middle leaves keys that open,
and running it again finishes. The bot must be stopped meanwhile: one that read the old line alone could open nobody
any more, and would go on wrapping under a line that is about to go. So the database is asked whether anyone is there.
"""

import os
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, Table, bindparam, event, func, select, text, update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.backup import backup
from bot.encryption import KEY_BYTES, LABEL, KeyFileError, Master, PersonKey, ServiceKey, Unopenable
from bot.engine import sqlite_file, unavailable_kind, writer
from bot.store import Base

BATCH = 500
"""Keys wrapped anew in one transaction: a kill repeats no more than that."""

COPY = "after-rotation.sqlite3"

SERVICE_KEYS, PERSON_KEYS = (Base.metadata.tables[model.__tablename__] for model in (ServiceKey, PersonKey))

OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)

LEAVING = text("SELECT pg_stat_clear_snapshot(), pg_sleep(0.1)")

LOOKS = 20
"""Two seconds, as for SQLite: a server notices a little late that a program has gone."""

IN_USE = "the database is in use: stop the bot wherever it runs, change the key, then start it again"

Say = Callable[[str], object]


class RotationRefused(Exception):
    """The key cannot be changed now. Says what to do; everything still opens with the key file as it stands."""


async def rotate(url: str, key_file: Path, copies: Path, say: Say, *, batch: int = BATCH) -> None:
    """Change the master key, or finish a change that was broken off. `say` gets a line for each step and batch.

    An SQLite database is copied to `copies` before the old line goes: the keys that stand there would open no more.
    Raises RotationRefused, KeyFileError or BackupError; whenever it ended early, running it again is right.
    """
    file = sqlite_file(url)
    if file is not None and not file.exists():
        raise RotationRefused("there is no database yet: its key is made when the bot starts for the first time")
    async with _alone(url) as engine:
        # not read before nobody else is here: they may just have been changing it
        await _prove(engine, Master.load(key_file), key_file)
        if unfinished(key_file):
            say("An earlier change of the key is taken up again.")
        else:
            _write(key_file, [_new_line(), *_lines(key_file)])
            say("A new key stands in the key file, above the old one.")
        # read back: only what is known to stand in the file may wrap anything
        master = Master.load(key_file)
        # the service keys first: from then on, whoever knows only the old line cannot begin to work here
        for table in (SERVICE_KEYS, PERSON_KEYS):
            await _rewrap_all(engine, table, master, batch, say)
    if file is not None:
        backup(file, copies, COPY, rewrapped=True)
        say("A backup is written that opens with the new key.")
    _write(key_file, _lines(key_file)[:1])
    say("The old key is gone from the key file. Copies of the keys made before, and kept elsewhere, open only with it.")


def unfinished(key_file: Path) -> bool:
    """Whether an older line still stands in the key file. Raises KeyFileError."""
    Master.load(key_file)
    return len(_lines(key_file)) > 1


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a database that nobody else uses. Raises RotationRefused."""
    engine = writer(url)
    if sqlite_file(url):
        event.listen(engine.sync_engine.pool, "connect", _shut_out_others, insert=True)
    try:
        yield engine
    except Exception as error:
        kind = unavailable_kind(error)
        if not kind:
            raise
        raise RotationRefused(IN_USE if kind == "locked" else f"the database cannot be used ({kind})") from error
    finally:
        await engine.dispose()


def _shut_out_others(connection: DBAPIConnection, record: Any) -> None:
    # before anything is read: then SQLite takes the whole file, or says that it is locked, until we let go of it
    cursor = connection.cursor()
    cursor.execute("PRAGMA locking_mode=EXCLUSIVE")
    cursor.close()


async def _nobody_else(connection: AsyncConnection) -> None:
    """Hold the service keys and look around. Who comes later waits for us and meets them as we leave them."""
    if connection.dialect.name == "sqlite":
        return  # shut out when we connected
    await connection.execute(text("LOCK TABLE service_keys IN ACCESS EXCLUSIVE MODE"))
    for _ in range(LOOKS):
        if not await connection.scalar(OTHERS):
            return
        await connection.execute(LEAVING)
    raise RotationRefused(IN_USE)


async def _prove(engine: AsyncEngine, master: Master, key_file: Path) -> None:
    """Make sure that this key file belongs to this database, before either is touched."""
    async with engine.begin() as connection:
        await _nobody_else(connection)
        for name, wrapped in await connection.execute(select(SERVICE_KEYS.c.name, SERVICE_KEYS.c.wrapped)):
            try:
                _again(master, SERVICE_KEYS, name, wrapped)
            except Unopenable as error:
                raise KeyFileError(
                    f"{key_file} does not open this database: put back the key it was made with"
                ) from error


async def _rewrap_all(engine: AsyncEngine, table: Table, master: Master, batch: int, say: Say) -> None:
    done = 0
    while True:
        async with engine.begin() as connection:
            if table is SERVICE_KEYS:
                await _nobody_else(connection)
            count = await _rewrap(connection, table, master, batch)
        if not count:
            return
        done += count
        say(f"{table.name}: {done} under the new key.")


async def _rewrap(connection: AsyncConnection, table: Table, master: Master, batch: int) -> int:
    """Wrap a batch of what stands under an older line. How many there were. Raises RotationRefused."""
    (whose,), wrapped = table.primary_key, table.c.wrapped
    under = func.substr(wrapped, 1, len(master.mark), type_=LargeBinary)
    older = select(whose, wrapped).where(under != master.mark).order_by(whose).limit(batch).with_for_update()
    try:
        rows = [
            {"whose": owner, "new": _again(master, table, owner, key)} for owner, key in await connection.execute(older)
        ]
    except Unopenable as error:
        raise RotationRefused(
            f"a key in {table.name} opens with no line of the key file: put the line that is missing below the others"
            " and run this again; no line is taken away before"
        ) from error
    if rows:
        change = update(table).where(whose == bindparam("whose")).values(wrapped=bindparam("new"))
        await connection.execute(change, rows)
    return len(rows)


def _again(master: Master, table: Table, owner: str | int, wrapped: bytes) -> bytes:
    place = f"{table.name}.wrapped:{owner}"
    return master.wrap(place, master.unwrap(place, wrapped))


def _new_line() -> str:
    return LABEL + b64encode(os.urandom(KEY_BYTES)).decode()


def _lines(key_file: Path) -> list[str]:
    return key_file.read_text(encoding="ascii").split()


def _write(key_file: Path, lines: Sequence[str]) -> None:
    """Put these lines in the place of the key file, which is whole at every moment. Raises KeyFileError."""
    place = key_file.resolve()
    part = place.with_name(place.name + ".part")
    try:
        # what a killed run left
        part.unlink(missing_ok=True)
        _fill(part, "".join(f"{line}\n" for line in lines).encode(), place.stat())
        part.replace(place)
        _sync(place.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise KeyFileError(f"{key_file} cannot be changed: let this program write in {place.parent}") from error


def _fill(part: Path, content: bytes, like: os.stat_result) -> None:
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        if os.geteuid() == 0:
            # run by root for a bot that is not: it must be able to read its key tomorrow
            os.fchown(file.fileno(), like.st_uid, like.st_gid)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
