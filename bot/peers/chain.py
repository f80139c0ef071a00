"""The chain of an alert: who is asked, who is next and when. Whatever happens in between, it goes on.

While an alert is open it always has a `next_at`: it is answered, or the next person is asked, or its sender is told.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox
from bot.chat import Lane
from bot.peers import ending, ledger
from bot.peers.alert import (
    ANSWER,
    ASK,
    ASK_AGAIN,
    CANT,
    HERE,
    LATER,
    NONE,
    OPEN,
    QUIETLY,
    STATUS,
    Alert,
    Ask,
    State,
    asks_of,
    of_ask,
)
from bot.peers.model import Peer, people_of, sharing_of
from bot.people import Person

TEN_MINUTES = timedelta(minutes=10)
ONE_MORE = timedelta(minutes=5)
"""How long somebody who is there may write nothing, before they are asked once more, and then the next one is."""

CLOSES = timedelta(hours=3)
"""After so long with nothing to wait for, an alert is over."""


async def send(session: AsyncSession, person: Person, alert: Alert, now: datetime, *, only: bool) -> None:
    """The member has pressed Send: it goes out when the time to take it back is over."""
    for older in await session.scalars(
        select(Alert).where(Alert.person_id == person.id, Alert.state.in_(OPEN), Alert.id != alert.id)
    ):
        ending.close(older, QUIETLY, now)
    sharing = await sharing_of(session, person)
    alert.state, alert.only, alert.sent_at, alert.helps = State.HELD, only, now, sharing.helps
    alert.next_at = now + timedelta(seconds=sharing.take_back)


def take_back(alert: Alert) -> bool:
    """Back to a draft; False if it has gone out."""
    if alert.state != State.HELD:
        return False
    alert.state, alert.next_at, alert.sent_at = State.DRAFT, None, None
    return True


async def following(session: AsyncSession, alert: Alert, now: datetime) -> Peer | None:
    """Who would be asked next."""
    had = {ask.link_id for ask in await asks_of(session, alert)}
    return next((link for link in await order(session, alert, now) if link.id not in had), None)


async def ask_next(session: AsyncSession, person: Person, alert: Alert, now: datetime) -> None:
    """Ask whoever has not been asked yet; with nobody left, and nobody on their way, tell the member."""
    had = {ask.link_id: ask for ask in await asks_of(session, alert)}
    links = await order(session, alert, now)
    for link in links:
        if link.id in had:
            continue
        peer = await session.get(Person, link.peer_id) if link.peer_id else None
        ask = Ask(person_id=person.id, alert_id=alert.id, link_id=link.id, peer_id=link.peer_id, asked_at=now)
        ask.turn = len(had)
        had[link.id] = ask
        session.add(ask)
        if peer is None:
            ask.failed = True  # asked all the same: the member reads that this person cannot be reached
            await session.flush()
            continue
        await session.flush()
        await outbox.post(session, peer, ASK, str(ask.id), lane=Lane.CRISIS, due_at=now, about=ask.id)
        if not _is_there(had.values()):
            alert.state = State.ASKING
            alert.next_at = now + timedelta(minutes=(await sharing_of(session, person)).wait)
        await tell(session, person, alert, now)
        return
    if _is_there(had.values()):
        return
    until = _comes_by(had[link.id] for link in links)
    if until and until > now:
        alert.state, alert.next_at = State.ASKING, until
        return
    await tell_nobody(session, person, alert, now)


def _comes_by(asks: Iterable[Ask]) -> datetime | None:
    """When the ten minutes of the last who asked for them are over."""
    said = [ask.answered_at for ask in asks if ask.answer == LATER and ask.answered_at]
    return max(said) + TEN_MINUTES if said else None


def _is_there(asks: Iterable[Ask]) -> bool:
    """Whether somebody is there and has written: then another is asked beside them, and not in their place."""
    return any(ask.answer == HERE and ask.followed for ask in asks)


async def order(session: AsyncSession, alert: Alert, now: datetime) -> list[Peer]:
    """Who is asked, first to last, as the member's choices stand at this moment."""
    links = [one for one in await people_of(session, alert.person_id) if not one.muted(now)]
    may = await ledger.having(session, alert.person_id, ledger.ALERT, now)
    allowed = [one for one in links if one.id in may]
    allowed.sort(key=lambda one: one.id != alert.first_id)
    return [one for one in allowed if one.id == alert.first_id] if alert.only else allowed


async def tell_nobody(session: AsyncSession, person: Person, alert: Alert, now: datetime) -> None:
    """Nobody has answered: say so plainly, with somebody who is awake."""
    alert.state, alert.next_at = State.TOLD, now + CLOSES
    alert.news += 1
    await outbox.post(session, person, NONE, f"{alert.id}:{alert.news}", lane=Lane.CRISIS, due_at=now, about=alert.id)


async def tell(session: AsyncSession, person: Person, alert: Alert, now: datetime, kind: str = STATUS) -> None:
    """Have the one message of the member's that shows how it stands edited; or with ANSWER, have something arrive."""
    alert.news += 1
    await outbox.post(session, person, kind, f"{alert.id}:{alert.news}", lane=Lane.ALERT, due_at=now, about=alert.id)


async def answered(session: AsyncSession, person: Person, alert: Alert, ask: Ask, answer: str, now: datetime) -> None:
    """Somebody who was asked has said something. `person` is the member."""
    ask.answer, ask.answered_at, ask.passed_at, ask.failed = answer, now, ask.passed_at or now, False
    newest = (await asks_of(session, alert))[-1].id == ask.id
    if answer == HERE:
        alert.state, alert.next_at = State.ANSWERED, now + ONE_MORE
    elif answer == LATER and alert.state != State.ANSWERED:
        alert.state, alert.next_at = State.ASKING, now + TEN_MINUTES
    elif answer == CANT and alert.state == State.ASKING and newest:
        alert.next_at = now
    await tell(session, person, alert, now)
    if answer != CANT:
        await tell(session, person, alert, now, ANSWER)


async def no_word(session: AsyncSession, person: Person, alert: Alert, now: datetime) -> None:
    """Somebody is there, and time has passed: if nothing followed, they are asked once more, then the next one is."""
    here = [ask for ask in await asks_of(session, alert) if ask.answer == HERE]
    silent = [ask for ask in here if not ask.followed]
    if len(silent) < len(here) or not here:
        await ending.fade(session, alert, now)
        return
    ask = silent[-1]
    peer = await session.get(Person, ask.peer_id) if ask.peer_id else None
    if ask.again or peer is None:
        await ask_next(session, person, alert, now)
        return
    ask.again = True
    alert.next_at = now + ONE_MORE
    await outbox.post(session, peer, ASK_AGAIN, str(ask.id), lane=Lane.CRISIS, due_at=now, about=ask.id)


async def passed(session: AsyncSession, ask: Ask, now: datetime) -> None:
    """The message to somebody who was asked was passed on: from now on they have time to answer."""
    ask.passed_at = ask.passed_at or now  # also of one that was ended meanwhile: they are to hear of that end
    link = await session.get(Peer, ask.link_id)
    if link:
        link.last_sent_at = now
    alert, person = await of_ask(session, ask)
    if alert is None or person is None:
        return
    asks = await asks_of(session, alert)
    if alert.state == State.ASKING and asks[-1].id == ask.id and ask.answer is None:
        alert.next_at = now + timedelta(minutes=(await sharing_of(session, person)).wait)
    await tell(session, person, alert, now)


async def out_of_reach(session: AsyncSession, ask: Ask, now: datetime) -> None:
    """Somebody who was asked cannot be reached any more, whatever they said: nobody waits for them."""
    alert, person = await of_ask(session, ask)
    if alert is None or person is None or ask.answer == CANT:
        return
    asks = await asks_of(session, alert)
    others_here = any(one.answer == HERE for one in asks if one.id != ask.id)
    if ask.answer == HERE and alert.state == State.ANSWERED and not others_here:
        alert.state, alert.next_at = State.ASKING, now
    elif alert.state == State.ASKING and asks[-1].id == ask.id:
        alert.next_at = now
    ask.answer, ask.failed = None, True
    await tell(session, person, alert, now)
