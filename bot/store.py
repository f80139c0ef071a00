"""Tables' common ground, and units of work: the only way to the database.

async with store.work() as session:      # leave the block: committed; raise: it never happened
    ...
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from datetime import UTC, datetime
from os import urandom
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, exc, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from bot.engine import Unavailable, reader, sqlite_file, unavailable, unavailable_kind, writer
from bot.writers import Writers

if TYPE_CHECKING:
    from bot.encryption import Keys, Master

__all__ = ["Base", "Store", "Unavailable", "UtcDateTime", "unavailable"]

CLOSE_SECONDS = 5

PROBE_BYTES = 32 * 1024
"""More than one turn writes: a disk with room for a byte and not for a turn counts as full."""


class Base(DeclarativeBase):
    """What every table of ours derives from. Constraints have names, so that migrations can find them."""

    # 64 bits for every number, so that no id that a button may carry is too big; SQLite counts up only an INTEGER
    type_annotation_map: ClassVar = {int: BigInteger().with_variant(Integer(), "sqlite")}
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out, to the microsecond. A naive time is refused with ValueError.

    SQLite has no such type and keeps text without a zone; being always UTC, it sorts and compares as it should.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way in."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a time without a zone is not an instant")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class UnitSession(AsyncSession):
    """A session that its unit of work commits, and nobody else."""

    async def commit(self) -> NoReturn:
        """Refuse: half a turn must never stand."""
        raise RuntimeError("a unit of work commits by leaving its block")


class Store:
    """One database. May be made while it is down: everything is opened at the first use that succeeds."""

    def __init__(
        self,
        url: str,
        master: "Master",
        *,
        prepare: Callable[[], Awaitable[None]] | None = None,
        begin: Callable[[AsyncSession], Awaitable[object]] | None = None,
    ) -> None:
        """`url` is `sqlite:///…` or `postgresql://…`.

        `prepare` (schema upgrade) is done once before the first use, then `begin` in the unit of work that opens the
        database. What either raises, whoever came first hears.
        """
        self._master = master
        self._prepare = prepare
        self._begin = begin
        self._writer = writer(url)
        self._reader = reader(url)
        # SQLite's own wait is unfair: with 64 writers the last one waits nine times as long as behind a queue
        self._writers = Writers() if sqlite_file(url) else None
        self._outages = 0
        self._keys: Keys | None = None
        self._opening: asyncio.Task[Keys] | None = None

    @asynccontextmanager
    async def work(self, *, ahead: bool = False) -> AsyncIterator[AsyncSession]:
        """A session to read and write with, committed on leaving, rolled back on a raise.

        `ahead` is for what a person in need waits for: on SQLite it goes before who stands in line for the one writer.
        Raises Unavailable when the database cannot be used, at whichever point that shows.
        """
        keys = await self._opened()
        async with self._in_turn(ahead=ahead), self._session(self._writer, keys) as session:
            yield session

    @asynccontextmanager
    async def look(self) -> AsyncIterator[AsyncSession]:
        """A session to read with. Never waits for a writer, sees only what is committed. Raises Unavailable.

        To write with it is a bug: the database refuses, and the driver's own error comes out.
        """
        keys = await self._opened()
        async with self._session(self._reader, keys) as session:
            yield session

    async def probe(self) -> None:
        """Prove that a turn could be written right now, by writing as much and committing. Raises Unavailable."""
        async with self.work() as session:
            await session.execute(
                text("INSERT INTO service_keys (name, wrapped) VALUES ('probe', :bytes)"),
                {"bytes": urandom(PROBE_BYTES)},
            )
            await session.execute(text("DELETE FROM service_keys WHERE name = 'probe'"))

    async def close(self) -> None:
        """Let go of every connection."""
        if self._opening:
            # a schema change that waits for another's lock must not keep us from ending
            await asyncio.wait([self._opening], timeout=CLOSE_SECONDS)
            self._opening.cancel()
            await asyncio.wait([self._opening])
        await self._reader.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def _in_turn(self, *, ahead: bool) -> AsyncIterator[None]:
        """On SQLite one writer after the other.

        When one of them meets an outage, all who wait behind it meet the same at once: each would otherwise try for
        two seconds of its own, and the last of forty hears after more than a minute.
        """
        outages = self._outages
        async with self._writers.turn(ahead=ahead) if self._writers else nullcontext():
            if self._writers and self._outages != outages:
                raise Unavailable("locked")
            try:
                yield
            except Unavailable:
                self._outages += 1
                raise

    @asynccontextmanager
    async def _session(self, engine: AsyncEngine, keys: "Keys") -> AsyncIterator[AsyncSession]:
        session = UnitSession(engine, expire_on_commit=False, info={"keys": keys.fresh()})
        with _outages(reading=engine is self._reader):
            async with session, session.begin():
                with _outages(connecting=True):
                    await session.connection()
                yield session

    async def _opened(self) -> "Keys":
        if self._keys:
            return self._keys
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._open())
            self._opening.add_done_callback(_noticed)
        # shielded: an impatient reader must not break off a schema upgrade
        self._keys = await asyncio.shield(self._opening)
        return self._keys

    async def _open(self) -> "Keys":
        with _outages(connecting=True):
            if self._prepare:
                await self._prepare()
            async with UnitSession(self._writer) as session, session.begin():
                keys = await self._master.unlock(session)
                if self._begin:
                    session.info["keys"] = keys.fresh()
                    await self._begin(session)
                return keys


@contextmanager
def _outages(*, connecting: bool = False, reading: bool = False) -> Iterator[None]:
    """Turn what means "not now" into Unavailable.

    While `connecting` any error of the network or the driver does (a password, a restore under way); later one may
    well be a handler's own mistake with a file. Who may only be `reading` and meets a read-only database has tried to
    write.
    """
    try:
        yield
    except Unavailable:
        raise
    except Exception as error:
        refused = connecting and isinstance(error, (OSError, exc.DBAPIError))
        kind = unavailable_kind(error) or ("gone" if refused else "")
        if not kind or (reading and kind == "read-only"):
            raise
        raise Unavailable(kind) from error


def _noticed(task: asyncio.Task[Any]) -> None:
    """Look at the outcome, so that nobody warns of one that all who waited for it have given up on."""
    if not task.cancelled():
        task.exception()
