"""Somebody goes in the middle of an alert: nobody waits for them, and what they had begun is closed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox, people
from bot.chat import Lane, Message
from bot.feature import Occasion
from bot.peers import alert, chain, ending, ledger, quiet, talk, words
from bot.peers.alert import HERE, OPEN, Alert, Ask, State
from bot.peers.model import Peer
from bot.people import Person


async def left(session: AsyncSession, person: Person, now: datetime) -> None:
    """A person is about to be erased: as a member, and as somebody's peer."""
    await _closed_with(session, person, now)
    await gone(session, person, now)


async def gone(session: AsyncSession, person: Person, now: datetime) -> None:
    """A peer stepped back, shut us out or is erased: whoever asked them goes on to the next at once.

    Of a member who does, no silence is counted on.
    """
    await quiet.interrupted(session, person, now)
    side = await talk.side_of(session, person, now)
    if side and not side.of_member:
        await talk.end(session, side.talk, now, but=person.id)
    query = select(Ask).join(Alert, Alert.id == Ask.alert_id).where(Ask.peer_id == person.id, Alert.state.in_(OPEN))
    for ask in await session.scalars(query.order_by(Ask.alert_id)):  # alerts are locked in one order
        await chain.out_of_reach(session, ask, now)


async def closed(occasion: Occasion) -> Message | None:
    """The last word of an alert whose rows are gone. None to whom its question never came, or who has stepped back."""
    session, person, number = occasion.session, occasion.person, occasion.notification.about or 0
    if not await outbox.reached(session, person, alert.ASK, number):
        return None
    return words.closed(number, occasion.t) if await people.has_agreed(session, person, people.PEER) else None


async def _closed_with(session: AsyncSession, person: Person, now: datetime) -> None:
    """What a member began ends in its ordinary words, to be said without a row: none is left by then."""
    row = await alert.standing(session, person.id)
    if row is None:
        return
    await talk.end_of(session, row.id, now, but=person.id)
    for ask, peer in await ending.waiting(session, row):
        if await ledger.holds(session, ask.link_id, peer.id, ledger.ALL_CLEAR, now):
            until = now + ledger.LAST_WORD
            number = str(ask.id)
            await outbox.post(
                session, peer, alert.CLOSED, number, lane=Lane.ALERT, due_at=now, send_before=until, about=ask.id
            )


async def stop(session: AsyncSession, person: Person, now: datetime) -> bool:
    """A member stops all sharing: what is under way ends in its ordinary words. Whether anything was."""
    row = await alert.standing(session, person.id)
    if row is None:
        return False
    await ending.over(session, row, alert.QUIETLY, now)
    await talk.end_of(session, row.id, now)
    return True


async def without(session: AsyncSession, person: Person, link: Peer, now: datetime) -> bool:
    """One peer is not to get anything any more: whatever waits for them goes on without. Whether anything did.

    Somebody who is there hears that it is over, in the words in which it always ends.
    """
    row = await alert.standing(session, person.id)
    asks = await alert.asks_of(session, row) if row else []
    ask = next((one for one in asks if one.link_id == link.id), None)
    if row is None or ask is None:
        return False
    ask.failed = ask.answer is None
    if ask.answer == HERE:
        peer = await session.get(Person, ask.peer_id) if ask.peer_id else None
        if peer:
            await outbox.post(session, peer, alert.OVER, str(ask.id), lane=Lane.ALERT, due_at=now, about=ask.id)
        if row.state == State.ANSWERED and not any(one.answer == HERE for one in asks if one is not ask):
            row.state, row.next_at = State.ASKING, now
    elif asks[-1] is ask and row.state == State.ASKING:
        row.next_at = now
    return True
