"""What the bot has promised, for a panel beside the phones: kinds and times. No names, no words, no ids."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import Lane
from bot.feature import Feature
from bot.outbox import Notification, Outcome
from bot.store import Store, Unavailable

Json = dict[str, Any]

PLANNED = "planned"
"""The state of what is no row of the outbox yet: a feature will promise it then."""
OPEN = Outcome.WAITING, Outcome.SENDING
OPEN_MOST = 30
ENDED_MOST = 8


class Promises:
    """Looks the promises of one bot up."""

    def __init__(self, store: Store, features: Sequence[Feature]) -> None:
        """Of the bot with this database and these features."""
        self._store = store
        self._features = features

    async def __call__(self) -> list[Json]:
        """Open ones by when they are due, then those that ended last. Nothing while the database is away.

        Each is `{kind, lane, due, state, open}`; `lane` is empty for what is only planned.
        """
        try:
            async with self._store.look() as session:
                planned = [one for feature in self._features for one in await _planned(session, feature)]
                waiting = await session.scalars(
                    select(Notification)
                    .where(Notification.outcome.in_(OPEN))
                    .order_by(Notification.next_at, Notification.id)
                    .limit(OPEN_MOST)
                )
                ended = await session.scalars(
                    select(Notification)
                    .where(Notification.settled_at.is_not(None))
                    .order_by(Notification.settled_at.desc(), Notification.id.desc())
                    .limit(ENDED_MOST)
                )
                ahead = planned + [_row(one, one.next_at, open_=True) for one in waiting]
                return sorted(ahead, key=lambda one: str(one["due"])) + [_row(one, one.due_at) for one in ended]
        except Unavailable:
            return []

    async def next_due(self, now: datetime) -> datetime | None:
        """When the bot will next do something that was promised; None if nothing is."""
        times = [datetime.fromisoformat(one["due"]) for one in await self() if one["open"]]
        return min((at for at in times if at > now), default=None)


async def _planned(session: AsyncSession, feature: Feature) -> list[Json]:
    times = [(await session.scalar(due.earliest), due.after) for due in feature.due]
    return [_told(feature.name, "", at + after, PLANNED, open_=True) for at, after in times if at]


def _row(one: Notification, at: datetime, *, open_: bool = False) -> Json:
    return _told(one.kind, Lane(one.lane).name.lower(), at, one.outcome, open_=open_)


def _told(kind: str, lane: str, at: datetime, state: str, *, open_: bool) -> Json:
    return {"kind": kind, "lane": lane, "due": at.isoformat(), "state": str(state), "open": open_}
