"""A world for scenes: the real app on a real database, phones on a table, and a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import FEATURES, App
from bot.encryption import Master
from bot.feature import Feature
from bot.store import Store
from tests.phone import Hands, Phones, Someone

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class StillClock:
    """Stands until it is moved. Nobody may wait for it: in a test, time comes by hand."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    async def wait(self, woken: asyncio.Event, until: datetime) -> None:
        raise AssertionError("a scene waits for nothing")


class CountingStore(Store):
    """Counts its units of work: a world that is settled stays so until somebody writes. Waits for no disk."""

    def __init__(self, url: str, master: Master) -> None:
        super().__init__(url, master)
        self.units = 0
        if self._writer.dialect.name == "sqlite":
            event.listen(self._writer.sync_engine, "connect", _hurried)

    @asynccontextmanager
    async def work(self, *, ahead: bool = False) -> AsyncIterator[AsyncSession]:
        self.units += 1
        async with super().work(ahead=ahead) as session:
            yield session


def _hurried(connection: DBAPIConnection, record: object) -> None:
    """Nothing here outlives the test. On a server `.ci/with-postgres` sees to that."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


class World(Hands):
    """One bot, one database, and everybody who talks to it."""

    table: ClassVar[type[Phones]] = Phones
    """What the phones lie on."""

    def __init__(
        self,
        url: str,
        folder: Path,
        *,
        features: Iterable[Feature] = FEATURES,
        operator: str = "",
        contact: str = "",
        closed: bool = False,
    ) -> None:
        self.url = url
        self.clock = StillClock()
        self.phones = self.table()
        self.phones.now = self.clock.now
        self.features = tuple(features)
        self.operator = operator
        self.contact = contact
        self.closed = closed
        key = folder / "key"
        self.master = Master.at(key)
        self._number = 1000
        self.start()

    def start(self) -> None:
        """The program starts: a new app on the same database."""
        self.store = CountingStore(self.url, self.master)
        self.begin()

    def begin(self) -> None:
        """A new app that remembers nothing, on the store that is open."""
        self._settled: tuple[int, datetime] | None = None
        self.app = App(
            self.store,
            self.phones,
            self.clock,
            operator=self.operator,
            contact=self.contact,
            closed=self.closed,
            features=self.features,
            # the real loop looks every 20 s in case it has missed something; here that would only hide that it has
            rest_at_most=timedelta(days=1),
        )

    async def restart(self) -> None:
        """The program ends in good order and starts again."""
        await self.close()
        self.start()
        await self.settle()

    async def close(self) -> None:
        await self.app.rest()
        await self.store.close()

    def someone(self, name: str, language: str = "en") -> Someone:
        return Someone(self, self.phones, f"phone:{name}", language)

    def next_number(self) -> int:
        self._number += 1
        return self._number

    async def arrive(self, *raws: Mapping[str, Any]) -> None:
        """Updates reach the bot, and everything that follows from them happens."""
        await self.app.arrive(raws)
        await self.settle()

    async def settle(self) -> datetime:
        """Let everything happen that is due at this moment. When the app wants to be called again."""
        for _ in range(1000):
            self.app.woken.clear()
            until = await self.app.step()
            await self.app.rest()
            if not self.app.woken.is_set() and until > self.clock.now():
                self._settled = self.store.units, until
                return until
        raise AssertionError("the app never comes to rest")

    async def wait(self, by: timedelta) -> None:
        """Time passes, from one due time to the next."""
        await self.go_to(self.clock.now() + by)

    async def go_to(self, then: datetime) -> None:
        """Time passes until that instant."""
        until = await self.rests()
        while until <= then:
            self.clock.at = max(until, self.clock.at)
            until = await self.settle()
        self.clock.at = then

    async def rests(self) -> datetime:
        """When the app wants to be called again. It is not asked twice with nothing written in between."""
        if self._settled and not self.app.woken.is_set():
            units, until = self._settled
            if units == self.store.units:
                return until
        return await self.settle()

    async def sleeps(self, by: timedelta) -> None:
        """The machine sleeps: time passes and the bot notices nothing until the end."""
        self.clock.at += by
        await self.settle()


async def is_set(person: Someone, city: str = "Lisbon", name: str = "") -> None:
    """Somebody goes through the set-up, the quick way."""
    await person.starts()
    await person.presses("I am 18 or over and agree")
    await person.presses("Skip")
    await person.presses("Skip")
    await person.says(city)
    await person.presses("Yes")
    await person.presses("19:00")
    if name:
        await person.says(name)
    else:
        await person.presses("Skip")
    await person.looks()
