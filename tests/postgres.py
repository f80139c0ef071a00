"""The PostgreSQL server that tests may use, and the databases on it.

To copy a database and drop it again costs the server 0.4 s of processor time. Emptying one costs 4 ms, so a test is
given the one that the test before it had, unless that test left more behind than rows.

The server is named by `TEST_POSTGRES_URL`, an address of a user who may create databases. `make test` starts one;
`.ci/with-postgres` says how.
"""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg

BUSY_SECONDS = 5
WHY_SKIPPED = "no PostgreSQL: TEST_POSTGRES_URL is not set (make test sets it where a server is installed)"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server and the right to create databases on it."""

    url: str

    @classmethod
    def from_environment(cls) -> "Server | None":
        """The server that `TEST_POSTGRES_URL` names, or None."""
        url = os.environ.get("TEST_POSTGRES_URL")
        return cls(url) if url else None

    async def create(self, template: str | None = None) -> str:
        """The address of a new database: a copy of the one at `template`, or empty.

        Nobody may be connected to the template meanwhile (`asyncpg.ObjectInUseError`).
        """
        # The name cannot clash, so a server that is shared or was left untidy does no harm.
        name = f"windbreak_test_{secrets.token_hex(8)}"
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {_name(template) if template else 'template0'}")
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    async def drop(self, url: str) -> None:
        """Remove the database at `url`, even while someone is connected to it."""
        await self._execute(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


LEAVE = """
    SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""

COUNT_FROM_ONE = """
    SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
"""

SHAPE = """
    SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
        SELECT format('%s %s %s %s %s', attrelid::regclass, attname, atttypid, attnotnull, attisdropped)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0
        UNION ALL SELECT setconfig::text FROM pg_db_role_setting
        UNION ALL SELECT version_num FROM alembic_version
    ) AS lines (line)
"""
"""Everything that a test could change about a database but its rows, in one word."""


class Shared:
    """A copy of a template that one test after another is given, without a row."""

    def __init__(self, server: Server, template: str, tables: Sequence[str]) -> None:
        """`tables` in an order in which they can be emptied: whoever points at another comes before it."""
        self._server = server
        self._template = template
        self._empty = ";".join(f'DELETE FROM "{name}"' for name in tables)
        self._url = ""
        self._shape = ""

    async def take(self) -> str:
        """Its address. Nobody is connected to it."""
        if not self._url:
            self._url = await self._server.create(self._template)
            self._shape = await self._emptied()
        return self._url

    async def give_back(self) -> None:
        """Empty it for the next; or drop it, if its tables are not what they were or it cannot be reached."""
        try:
            same = await self._emptied() == self._shape
        except (OSError, asyncpg.PostgresError):
            same = False
        if not same:
            await self.drop()

    async def drop(self) -> None:
        """Let go of it."""
        if self._url:
            url, self._url = self._url, ""
            await self._server.drop(url)

    async def _emptied(self) -> str:
        """Take every row out. What the database looks like then."""
        connection = await asyncpg.connect(self._url, command_timeout=BUSY_SECONDS)
        try:
            await connection.execute(LEAVE)
            await connection.execute(self._empty)
            await connection.execute(COUNT_FROM_ONE)
            return str(await connection.fetchval(SHAPE))
        finally:
            await connection.close()


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
