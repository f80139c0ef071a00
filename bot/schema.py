"""The schema's one way forward: Alembic, without its configuration file and without a command line of its own."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.backup import backup
from bot.engine import changer, sqlite_file

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
LOCK = 7_263_645
"""Whoever holds this advisory lock is changing the schema. Any number does, as long as it stays the same."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class NewerSchema(Exception):
    """The database was changed by a newer program than this one, which therefore must not touch it."""


class BrokenReference(Exception):
    """A revision would leave a row that points at nothing. Names the table."""


async def upgrade(url: str, backup_dir: Path) -> None:
    """Bring a database to the schema of this program, in one transaction or not at all. At head: does nothing.

    Makes the file and its directory where there are none. An SQLite database that holds something is first copied to
    `backup_dir`. Raises NewerSchema, BrokenReference, BackupError or the driver's own error.
    """
    file = sqlite_file(url)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    if await at_head(url):
        return
    if file is not None and await _run(url, _holds_tables):
        await asyncio.to_thread(backup, file, backup_dir, f"before-{_scripts().get_current_head()}.sqlite3")
    await _run(url, _upgrade)


async def at_head(url: str) -> bool:
    """Whether a database has exactly the schema of this program. Makes no file. Raises NewerSchema."""
    file = sqlite_file(url)
    if file and not file.exists():
        return False
    return await _run(url, _is_at_head)


def configuration(connection: Connection) -> Config:
    """What Alembic's commands want, working on a connection and inside its transaction."""
    config = Config(attributes={"connection": connection, "applied": _applied})
    # Alembic reads % as the start of a reference
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


async def _run(url: str, act: Callable[[Connection], T]) -> T:
    engine = changer(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(act)
    finally:
        await engine.dispose()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def _holds_tables(connection: Connection) -> bool:
    return bool(inspect(connection).get_table_names())


def _is_at_head(connection: Connection) -> bool:
    scripts = _scripts()
    present = MigrationContext.configure(connection).get_current_heads()
    known = {revision.revision for revision in scripts.walk_revisions()}
    if not known.issuperset(present):
        raise NewerSchema("the database is newer than this program: start the newer program, or restore a backup")
    return set(present) == set(scripts.get_heads())


def _upgrade(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        # two replicas starting together: the second waits here and then finds nothing left to do
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if _is_at_head(connection):
        return
    command.upgrade(configuration(connection), "head")
    if sqlite:
        # foreign keys were off, or rebuilding a table would have emptied those that point at it
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            raise BrokenReference(f"{row.table} points at a missing row of {row.parent}")


def _applied(*, step: MigrationInfo, **_: Any) -> None:
    log.info("The schema was changed. action=schema_changed revision=%s", step.up_revision_id)
