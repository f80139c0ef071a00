"""What time asks for: when there is something to do, and who does it. The loop asks for all of them in one look."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.agenda import Earliest
from bot.people import Person
from bot.store import unavailable

log = logging.getLogger(__name__)

BATCH = 50

ASIDE = timedelta(minutes=10)
"""How long a row is left alone that could not be done."""

Act = Callable[[AsyncSession, Any, Person, datetime], Awaitable[None]]
"""Does what is due for a row and its person: promises it, and moves the row on to its next time or away."""

ActOnAll = Callable[[AsyncSession, Sequence[tuple[Any, Person]], datetime], Awaitable[None]]
"""The same for a whole batch at once, in the order in which its rows fell due."""

Stumbles = Act
"""Moves a row on to its next try that could not be done. It is read anew for this: what was begun is undone."""


@dataclass(frozen=True, slots=True)
class Due:
    """What time asks for."""

    earliest: Earliest
    claim: Callable[[AsyncSession, datetime], Awaitable[datetime | None]]
    """Do a batch of what is due: promise it and move on to the next time, in this one unit of work.

    When to come again: at once if there was anything, None for whenever the earliest moment comes.
    """
    after: timedelta = timedelta()
    """How long after the earliest moment it is due."""


def each(at: InstrumentedAttribute[Any], act: Act, *, batch: int = BATCH, stumbles: Stumbles | None = None) -> Due:
    """Rows of people's that are due at a time of their own, one after the other.

    One that cannot be done is left alone for `ASIDE`, or whatever `stumbles` says.
    """

    async def one_by_one(session: AsyncSession, found: Sequence[tuple[Any, Person]], now: datetime) -> None:
        for row, person in found:
            await act(session, row, person, now)

    return Due(select(func.min(at)), _Rows(at, one_by_one, batch, stumbles).claim)


def together(at: InstrumentedAttribute[Any], act: ActOnAll, *, batch: int = BATCH) -> Due:
    """Rows of people's that are due at a time of their own, longest due first."""
    return Due(select(func.min(at)), _Rows(at, act, batch).claim)


class _Rows:
    """What is due, a batch at a time. What fails is tried row by row, and must not stop everybody."""

    def __init__(
        self, at: InstrumentedAttribute[Any], act: ActOnAll, batch: int, stumbles: Stumbles | None = None
    ) -> None:
        self._at = at
        self._act = act
        self._batch = batch
        self._stumbles = stumbles
        self._id = at.class_.__mapper__.primary_key[0]

    async def claim(self, session: AsyncSession, now: datetime) -> datetime | None:
        """Do a batch. The person's row and the due one are locked; what somebody else has locked comes later.

        The person's as in a turn: two orders of locking would sooner or later meet head-on. The due one too, or
        PostgreSQL would hand it on as it stood before a turn that ended while we asked.
        """
        aside = _aside(session)
        for one in [one for one, until in aside.items() if until <= now]:
            del aside[one]
        row: Any = self._at.class_
        query = (
            select(self._id, row, Person)
            .join(Person, Person.id == row.person_id)
            .where(self._at <= now, self._id.not_in(aside))
            .order_by(self._at)
            .limit(self._batch)
            .with_for_update(of=(Person, row), skip_locked=True, key_share=True)
        )
        if await self._do(session, query, now):
            return now
        if not aside:
            return None
        # what is aside is the earliest of all, and would hide when the others come
        others: datetime | None = await session.scalar(select(func.min(self._at)).where(self._at > now))
        return min(moment for moment in (others, *aside.values()) if moment)

    async def _do(self, session: AsyncSession, query: Select[Any], now: datetime) -> bool:
        found = (await session.execute(query)).all()
        if not found:
            return False
        ids = [one[0] for one in found]  # read now: a savepoint that fails takes what is loaded with it
        try:
            async with session.begin_nested():
                await self._act(session, [(row, person) for _, row, person in found], now)
        except Exception as error:
            if unavailable(error):
                raise
            await self._apart(session, query, ids, now, error)
        return True

    async def _apart(
        self, session: AsyncSession, query: Select[Any], ids: Sequence[int], now: datetime, error: Exception
    ) -> None:
        if len(ids) == 1:
            log.error("What is due cannot be done: %s. action=due_broken at=%s id=%s", error, self._at, ids[0])
            if not await self._moved_on(session, query.where(self._id == ids[0]), now):
                _aside(session)[ids[0]] = now + ASIDE
            return
        for one in ids:
            await self._do(session, query.where(self._id == one), now)

    async def _moved_on(self, session: AsyncSession, query: Select[Any], now: datetime) -> bool:
        """Whether the row that failed has been given a next time of its own."""
        if self._stumbles is None:
            return False
        try:
            async with session.begin_nested():
                found = await session.execute(query.execution_options(populate_existing=True))
                for _, row, person in found.all():
                    await self._stumbles(session, row, person, now)
        except Exception as error:
            if unavailable(error):
                raise
            log.error("What was to be done again cannot be: %s. action=due_broken at=%s", error, self._at)
            return False
        return True


def _aside(session: AsyncSession) -> dict[int, datetime]:
    """Until when those are left alone that fail by themselves. Whoever has a loop remembers it for each `Due`."""
    found: dict[int, datetime] = session.info.setdefault("aside", {})
    return found
