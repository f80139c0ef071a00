"""A world with everything in it that goes wrong: ends, outages, sleeps, a clock that is set, and the weather."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, select

from bot import people
from bot.chat import Message
from bot.feature import Feature
from bot.house import House
from bot.inbox import NotWritten
from bot.outbox import Notification
from tests.faults.mortal import Fate, Mortal, TheEnd
from tests.faults.probe import PROBE
from tests.phone import Phones, Screen
from tests.worlds import driver
from tests.worlds.lives import Spans
from tests.worlds.sometimes import Sometimes
from tests.worlds.weather import Weather

NEXT_POLL = timedelta(seconds=1)


class Table(Phones):
    """Phones that also know who knocked at a closed door."""

    def __init__(self) -> None:
        super().__init__()
        self.knocked: list[tuple[str, datetime]] = []

    def _open(self, address: str) -> Screen:
        screen = self.screens.get(address)
        if screen is not None and screen.blocked:
            self.knocked.append((address, self.now()))
        return super()._open(address)


class Village(Mortal):
    """Lives on through all of it, and writes down what it could not have helped."""

    table = Table
    phones: Table

    def __init__(self, url: str, folder: Path, seed: int, at: datetime, *features: Feature) -> None:
        self.sometimes = Sometimes()
        self.away = Spans()
        """When the program was not there, or its clock jumped over the time."""
        self.repeated = Spans()
        """What the clock has shown twice. A word from then stands before a check-in that came the first time round."""
        self.lost: list[tuple[str, datetime]] = []
        """Whose message may have been lost, and when."""
        self.weather = Weather(seed, self.sometimes, self._is_lost)
        self.no_database = False
        self._until: datetime | None = None
        super().__init__(url, folder, Fate(), PROBE, *features)
        self.clock.at = self._due = at

    def _is_lost(self, address: str) -> None:
        self.lost.append((address, self.clock.now()))

    async def _before(self, address: str, message: Message) -> None:
        await super()._before(address, message)
        self.weather.before(address)

    async def _after(self, address: str, message: Message) -> None:
        await super()._after(address, message)
        self.weather.after(address)

    async def arrive(self, *raws: Mapping[str, Any]) -> None:
        """As the platform does: again, until they are taken."""
        while True:
            try:
                await super().arrive(*raws)
                return
            except NotWritten:
                self.sometimes("updates that had to come again")
                await self.wait(NEXT_POLL)

    async def sleeps(self, by: timedelta) -> None:
        self.away.begin(self.clock.at)
        self.away.end(self.clock.at + by)
        await super().sleeps(by)

    async def clock_is_set_back(self, by: timedelta) -> None:
        """The machine's clock was fast, and is put right."""
        self.repeated.begin(self.clock.at - by)
        self.repeated.end(self.clock.at)
        self.clock.at -= by
        await self.settle()

    async def restart(self) -> None:
        # not World's: this one may meet its end on the way
        await self.app.rest()
        await self.store.close()
        self.start()
        await self.settle()

    async def house_is_kept(self) -> None:
        """What the house does every hour, once."""
        await House(self.store, self.clock).tidy()

    async def _live_again(self) -> None:
        self.sometimes(f"an end {self.fate.struck}")
        await super()._live_again()

    async def _look_around(self) -> None:
        await super()._look_around()
        if not self.on_their_way:
            return
        self.sometimes("an end with a promise on its way")
        async with self.store.work() as session:
            query = select(Notification.person_id).where(Notification.id.in_(self.on_their_way))
            for person_id in (await session.scalars(query)).all():
                found = await people.lock_by_id(session, person_id)
                if found:
                    self._is_lost(found[1])

    def outage_ends_at(self, until: datetime) -> None:
        """The database cannot be reached from now on, up to this moment."""
        self.no_database, self._until = True, until

    @property
    def hears(self) -> bool:
        """Whether a word of now is noted as one that came after all check-ins before it."""
        for_long = self.no_database and self._until is None
        return not for_long and not self.repeated.touch(self.clock.at, self.clock.at)

    def refuse(self, connection: Connection) -> None:
        """What every connection to the database meets during an outage."""
        if self._until and self.clock.at >= self._until:
            self.no_database, self._until = False, None
        if self.no_database:
            raise ConnectionRefusedError("no database")

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Stand between the program and its database."""
        asyncio.get_running_loop().set_exception_handler(silently)
        event.listen(Engine, "begin", self.refuse)
        with self.fate.watching(), driver.in_order():
            yield
        event.remove(Engine, "begin", self.refuse)


def silently(loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Where a program ends, its tasks end in the middle of whatever they did, and nobody asks how."""
    if not isinstance(context.get("exception"), TheEnd):
        loop.default_exception_handler(dict(context))
