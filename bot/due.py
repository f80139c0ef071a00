"""What time asks for: when there is something to do, and who does it. The loop asks for all of them in one look."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.agenda import Earliest
from bot.people import Person

BATCH = 50

Act = Callable[[AsyncSession, Any, Person, datetime], Awaitable[None]]
"""Does what is due for a row and its person: promises it, and moves the row on to its next time or away."""

ActOnAll = Callable[[AsyncSession, Sequence[tuple[Any, Person]], datetime], Awaitable[None]]
"""The same for a whole batch at once, in the order in which its rows fell due."""


@dataclass(frozen=True, slots=True)
class Due:
    """What time asks for."""

    earliest: Earliest
    claim: Callable[[AsyncSession, datetime], Awaitable[int]]
    """Do a batch of what is due: promise it and move on to the next time, in this one unit of work. How many."""
    after: timedelta = timedelta()
    """How long after the earliest moment it is due."""


def each(at: InstrumentedAttribute[Any], act: Act, *, batch: int = BATCH) -> Due:
    """Rows of people's that are due at a time of their own, one after the other."""

    async def one_by_one(session: AsyncSession, found: Sequence[tuple[Any, Person]], now: datetime) -> None:
        for row, person in found:
            await act(session, row, person, now)

    return together(at, one_by_one, batch=batch)


def together(at: InstrumentedAttribute[Any], act: ActOnAll, *, batch: int = BATCH) -> Due:
    """Rows of people's that are due at a time of their own, longest due first.

    The person's row is what is locked, as in a turn: two orders of locking would sooner or later meet head-on. One
    that somebody else has locked is passed over, and comes in a later round.
    """
    row: Any = at.class_

    async def claim(session: AsyncSession, now: datetime) -> int:
        query = (
            select(row, Person)
            .join(Person, Person.id == row.person_id)
            .where(at <= now)
            .order_by(at)
            .limit(batch)
            .with_for_update(of=Person, skip_locked=True)
        )
        found = [(one, person) for one, person in await session.execute(query)]
        if found:
            await act(session, found, now)
        return len(found)

    return Due(select(func.min(at)), claim)
