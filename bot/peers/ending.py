"""The end of an alert: by a press of its sender, or by itself. Who was asked hears so, if it is something to them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox
from bot.chat import Lane
from bot.peers import limits
from bot.peers.alert import CANT, HERE, OVER, QUIETLY, Alert, Ask, State, asks_of
from bot.people import Person


async def over(session: AsyncSession, alert: Alert, how: str, now: datetime) -> None:
    """Its sender ends it. Whoever was asked hears so, unless they said that they can't now.

    What has not been passed on yet is not sent any more.
    """
    close(alert, how, now)
    await _tell_end(session, await waiting(session, alert), now)


async def fade(session: AsyncSession, alert: Alert, now: datetime) -> None:
    """It ends by itself, hours later: only who is there hears so."""
    close(alert, QUIETLY, now)
    await _tell_end(session, [one for one in await waiting(session, alert) if one[0].answer == HERE], now)


async def waiting(session: AsyncSession, alert: Alert) -> list[tuple[Ask, Person]]:
    """Who was asked and has not said that they can't: those to whom its end is something."""
    asks = [ask for ask in await asks_of(session, alert) if ask.peer_id and not ask.failed and ask.answer != CANT]
    found = [(ask, await session.get(Person, ask.peer_id)) for ask in asks]
    return [(ask, peer) for ask, peer in found if peer]


async def _tell_end(session: AsyncSession, told: Sequence[tuple[Ask, Person]], now: datetime) -> None:
    for ask, peer in told:
        due_at = await limits.wakes_at(session, peer, now)
        await outbox.post(session, peer, OVER, str(ask.id), lane=Lane.ALERT, due_at=due_at, about=ask.id)


def close(alert: Alert, how: str, now: datetime) -> None:
    """It waits for nothing any more."""
    alert.state, alert.ended, alert.ended_at, alert.next_at = State.CLOSED, how, now, None
