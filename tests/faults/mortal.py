"""A world whose program can end at any point: before or after each commit, before or after each message is taken."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from bot.app import FEATURES
from bot.chat import Message
from bot.feature import Feature
from bot.inbox import State, Update
from bot.outbox import Notification, Outcome
from tests.phone import Screen
from tests.world import MONDAY, World

A_START = timedelta(seconds=1)
"""What a program takes to be up again."""

WRITING = ("INSERT", "UPDATE", "DELETE")


class TheEnd(BaseException):
    """The program ends here. Nothing of ours may catch it, as nothing catches a killed process."""


class Fate:
    """Counts the points at which the program could end, and ends it at the one it was told."""

    def __init__(self) -> None:
        self.at = 0
        self.passed = 0
        self.where = ""
        self.struck = ""
        """Where it ended: from then on nothing is begun, committed or sent."""
        self._committing: set[asyncio.Task[Any] | None] = set()

    def choose(self, at: int, where: str = "") -> None:
        """End at this point, counted from 1, of those whose place begins so; 0 for never."""
        self.at, self.passed, self.where, self.struck = at, 0, where, ""

    def point(self, place: str) -> None:
        """The program comes by. Raises TheEnd if it ends here, or has ended."""
        self.alive()
        if self.at and place.startswith(self.where):
            self.passed += 1
            if self.passed == self.at:
                self.struck = place
        self.alive()

    def alive(self) -> None:
        """Raises TheEnd after the end."""
        if self.struck:
            raise TheEnd

    @contextmanager
    def watching(self) -> Iterator["Fate"]:
        """Have every database connection of this process come by."""
        watched: list[tuple[Any, str, Any]] = [
            (Engine, "begin", self._begin),
            (Engine, "after_cursor_execute", self._executed),
            (Engine, "commit", self._commit),
            (Engine, "rollback", self._rollback),
            (Session, "after_commit", self._committed),
        ]
        for what in watched:
            event.listen(*what)
        yield self
        for what in watched:
            event.remove(*what)

    def _begin(self, connection: Connection) -> None:
        self.alive()

    def _executed(self, connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith(WRITING):
            connection.info["wrote"] = True

    def _commit(self, connection: Connection) -> None:
        if connection.info.pop("wrote", False):
            self.point("before a commit")
            self._committing.add(asyncio.current_task())

    def _rollback(self, connection: Connection) -> None:
        connection.info.pop("wrote", None)

    def _committed(self, session: Session) -> None:
        task = asyncio.current_task()
        if task in self._committing:
            self._committing.discard(task)
            self.point("after a commit")


@dataclass(frozen=True)
class Past:
    """What a world was outside its database, to be gone on from beside a copy of that database."""

    at: datetime
    screens: dict[str, Screen]
    number: int
    shown: int
    whose: dict[int, str]


class Mortal(World):
    """A world that lives again after each end: the platform hands over once more whatever it was not told of."""

    def __init__(self, url: str, folder: Path, fate: Fate, *features: Feature) -> None:
        self.fate = fate
        self.given: list[int] = []
        self.whose: dict[int, str] = {}
        self.ended = ""
        self.open_numbers: set[int] = set()
        """At the end: updates whose handling or reply was not written down yet."""
        self.on_their_way: set[int] = set()
        """At the end: promised messages that were marked as being sent."""
        self._unconfirmed: tuple[Mapping[str, Any], ...] = ()
        self._due = MONDAY
        """Until then the app has nothing to do, unless it is woken."""
        super().__init__(url, folder, features=(*FEATURES, *features))
        self.phones.before, self.phones.after = self._before, self._after

    @property
    def past(self) -> Past:
        """What to keep with a copy of the database."""
        phones = self.phones
        return Past(self.clock.at, deepcopy(phones.screens), self._number, phones._next, dict(self.whose))

    def go_on_from(self, past: Past) -> None:
        """Be the world that had this past. The database is a copy of that world's."""
        self.clock.at, self._due = past.at, past.at
        self.phones.screens, self.phones._next = deepcopy(past.screens), past.shown
        self._number, self.whose, self.given = past.number, dict(past.whose), list(past.whose)

    async def _before(self, address: str, message: Message) -> None:
        self.fate.point("before a message is taken")

    async def _after(self, address: str, message: Message) -> None:
        self.fate.point("after a message was taken")

    async def arrive(self, *raws: Mapping[str, Any]) -> None:
        # asking for these tells the platform of all that came before
        self._unconfirmed = raws
        self.given += [raw["number"] for raw in raws]
        self.whose |= {raw["number"]: raw["from"] for raw in raws}
        with suppress(TheEnd):
            await self.app.arrive(raws)
        await self.settle()

    async def go_to(self, then: datetime) -> None:
        # an app that is at rest is not asked again: that would be two rounds of queries for each finger that moves
        if self._due <= then or self.app.woken.is_set():
            await super().go_to(then)
        self.clock.at = then

    async def settle(self) -> datetime:
        while True:
            with suppress(TheEnd):
                self.fate.alive()
                self._due = await super().settle()
                self.fate.alive()
                return self._due
            await self._live_again()

    async def _live_again(self) -> None:
        await self.app.rest()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self.store.close()
        self.ended = self.fate.struck
        self.fate.choose(0)
        self.clock.at += A_START
        self.start()
        await self._look_around()
        await self.app.arrive(self._unconfirmed)

    async def _look_around(self) -> None:
        async with self.store.look() as session:
            closed = set(await session.scalars(select(Update.number).where(Update.state == State.DONE)))
            flying = select(Notification.id).where(Notification.outcome == Outcome.SENDING)
            self.on_their_way = set(await session.scalars(flying))
        self.open_numbers = {number for number in self.given if number not in closed}
