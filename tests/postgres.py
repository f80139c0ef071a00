"""The PostgreSQL server that tests may use: throw-away databases, each made in a few milliseconds from a template.

The server is named by `TEST_POSTGRES_URL`, an address of a user who may create databases. `make test` starts one;
`.ci/with-postgres` says how.
"""

import os
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg

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
        await self._execute(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
