"""When each part of the loop has something to do: one look and one query for all of them, however many they are."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from bot.store import Store

Earliest = Select[datetime | None]
"""Selects one moment: the earliest, or NULL for never. Asked in every round, so it wants an index."""

Pump = Callable[[datetime], Awaitable[datetime | None]]
"""Does what is due now. When to come again, if not called before; None for never."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the loop. Its `pump` is called when the earliest moment has come, and `after` is over."""

    earliest: Earliest
    pump: Pump
    after: timedelta = timedelta()


class Agenda:
    """All parts, in the order in which a round does them."""

    def __init__(self, store: Store, parts: Sequence[Part]) -> None:
        """Nothing is read yet."""
        self._store = store
        self._parts = tuple(parts)
        self._query = select(*(part.earliest.scalar_subquery() for part in self._parts))

    async def look(self) -> list[tuple[Part, datetime | None]]:
        """Each part with the moment when it has something to do. Raises Unavailable."""
        async with self._store.look() as session:
            moments = (await session.execute(self._query)).one()
        return [(part, moment and moment + part.after) for part, moment in zip(self._parts, moments, strict=True)]
