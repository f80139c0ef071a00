"""What time asks for in an alert, what became of its messages, and their words, found when they are sent."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox, people
from bot.chat import Message
from bot.due import each
from bot.feature import Occasion
from bot.outbox import Notification, Outcome
from bot.peers import alert, broken, chain, ending, ledger, reach, status, talk, words
from bot.peers.alert import ASK, HERE, OPEN, Alert, Ask, State
from bot.people import Person


async def _step(session: AsyncSession, row: Alert, person: Person, now: datetime) -> None:
    """The next thing in the life of an alert."""
    match row.state:
        case State.HELD | State.ASKING:
            await chain.ask_next(session, person, row, now)
        case State.ANSWERED:
            await chain.no_word(session, person, row, now)
        case State.TOLD if await outbox.waits(session, person, alert.NONE, row.id):
            # the platform takes nothing: were it over now, its sender would never be told
            row.next_at = now + chain.CLOSES
        case State.TOLD:
            await ending.fade(session, row, now)
        case _:
            row.next_at = None
    row.tries = 0


STEP = each(Alert.next_at, _step, stumbles=broken.stumbled)


async def settled(session: AsyncSession, notification: Notification, now: datetime) -> None:
    """Somebody who was asked has been reached, or not. Of what may have arrived nothing is known: time goes on."""
    ask = await session.get(Ask, notification.about)
    if ask is None or notification.outcome == Outcome.UNKNOWN:
        return
    if notification.outcome == Outcome.SENT:
        await chain.passed(session, ask, now)
    elif ask.answer is None:
        await chain.out_of_reach(session, ask, now)


async def settled_again(session: AsyncSession, notification: Notification, now: datetime) -> None:
    """Somebody who is there was asked once more. Whoever cannot be written to any more is not waited for."""
    ask = await session.get(Ask, notification.about)
    if ask is not None and ask.answer == HERE and notification.outcome == Outcome.UNREACHABLE:
        await chain.out_of_reach(session, ask, now)


async def asking(occasion: Occasion) -> Message | None:
    """The question as it lies on a locked screen. None once it is over, not allowed any more, or not to wake anybody.

    Where None comes of that last cause, the chain goes on at once as from anybody who cannot be reached.
    """
    found = await _allowed(occasion, ledger.ALERT)
    if found is None:
        return None
    ask, row, member = found
    if row.state not in OPEN or ask.answer is not None:
        return None
    if await reach.resting(occasion.session, [occasion.person.id], occasion.now):
        return None
    return words.lock(member, ask, occasion.t)


async def asking_again(occasion: Occasion) -> Message | None:
    """Once more, to somebody who is there and has not written."""
    found = await _allowed(occasion, ledger.ALERT)
    if found is None or found[1].state != State.ANSWERED or found[0].followed:
        return None
    side = await talk.side_of(occasion.session, occasion.person, occasion.now)
    talks = side is not None and side.ask.id == found[0].id
    return words.once_more(found[2], found[0], occasion.t, talks=talks)


async def over(occasion: Occasion) -> Message | None:
    """That it is over, to somebody whom the question has reached."""
    found = await _allowed(occasion, ledger.ALL_CLEAR)
    if found is None:
        return None
    ask, row, member = found
    if not await outbox.reached(occasion.session, occasion.person, ASK, ask.id):
        return None
    newer = await alert.standing(occasion.session, member.id)
    if newer and any(one.peer_id == ask.peer_id for one in await alert.asks_of(occasion.session, newer)):
        return None  # it comes late, and would read as the end of what they were asked since
    return words.ended(member, row.ended or alert.QUIETLY, ask, occasion.t)


async def showing(occasion: Occasion) -> Message | None:
    """How it stands, in the place of the message that shows it. None once its sender has ended it."""
    row = await _own(occasion)
    if row is None or row.state not in OPEN:
        return None
    return await status.message(occasion, row, only_edits=True)


async def answering(occasion: Occasion) -> Message | None:
    """Somebody has answered: a neutral line that rings. What they said stands behind it."""
    row = await _own(occasion)
    return status.lock(row, occasion.t) if row and row.state in OPEN else None


async def nobody(occasion: Occasion) -> Message | None:
    """Nobody has answered, told plainly."""
    row = await _own(occasion)
    if row is None or row.state not in OPEN:
        return None
    return await status.message(occasion, row)


async def _own(occasion: Occasion) -> Alert | None:
    row = await occasion.session.get(Alert, occasion.notification.about, populate_existing=True)
    return row if row and row.person_id == occasion.person.id else None


async def _allowed(occasion: Occasion, scope: str) -> tuple[Ask, Alert, Person] | None:
    """What a message to a peer is about, if the consent for it holds at this moment."""
    session, person = occasion.session, occasion.person
    ask = await session.get(Ask, occasion.notification.about, populate_existing=True)
    if ask is None or ask.peer_id != person.id:
        return None
    row = await session.get(Alert, ask.alert_id, populate_existing=True)
    if row is None or not await ledger.holds(session, ask.link_id, person.id, scope, occasion.now):
        return None
    member = await people.look_by_id(session, ask.person_id)
    return (ask, row, member) if member else None
