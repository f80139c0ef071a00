"""The alert as rows: what it waits for, and when it is due next. Whatever happens in between, the row goes on.

While one is open it always has a `next_at`: it is answered, or the next person is asked, or its sender is told.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import outbox
from bot.chat import Lane
from bot.encryption import encrypted
from bot.peers import ledger, limits
from bot.peers.model import Peer, people_of, sharing_of, unguessed
from bot.people import Person
from bot.store import Base, UtcDateTime

TEN_MINUTES = timedelta(minutes=10)
ONE_MORE = timedelta(minutes=5)
"""How long somebody who is there may write nothing, before they are asked once more, and then the next one is."""

CLOSES = timedelta(hours=3)
"""After so long with nothing to wait for, an alert is over."""

ASK, ASK_AGAIN, OVER, CLOSED = (
    f"{outbox.FROM_ANOTHER}{what}" for what in ("alert", "alert-again", "alert-over", "alert-closed")
)
"""The kinds of notification that go to a peer. The first two are help that is under way: lane `crisis`.

The last is the end of an alert whose rows are gone, with whoever sent it.
"""

STATUS, ANSWER, NONE = "alert-status", "alert-answer", "alert-none"
"""Those that go to the member. The last is lane `crisis`, as everything that comes before it."""


class State(StrEnum):
    """Where an alert stands."""

    DRAFT = "draft"  # shown to its sender and to nobody else
    HELD = "held"  # sent, and can still be taken back
    ASKING = "asking"  # somebody was asked and may answer
    ANSWERED = "answered"  # somebody is there
    TOLD = "told"  # nobody was, and its sender knows
    CLOSED = "closed"


OPEN = (State.HELD, State.ASKING, State.ANSWERED, State.TOLD)

HERE, LATER, CANT = "here", "later", "cant"
ANSWERS = (HERE, LATER, CANT)

WELL, MISTAKE, QUIETLY = "well", "mistake", "quietly"
"""How it ended: by one of two presses of its sender, or by itself."""


class Alert(Base):
    """That a member asks whether somebody is there."""

    __tablename__ = "alerts"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a button that names a row must never come to mean another

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    state: Mapped[str] = mapped_column(String(16), info={"export": "stands at"})
    first_id: Mapped[int | None] = mapped_column(ForeignKey(Peer.id, ondelete="SET NULL"), info={"export": None})
    """Who is asked first; everybody else after them, unless `only`."""
    only: Mapped[bool] = mapped_column(default=False, info={"export": "to one person only"})
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "written"})
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "sent"})
    """When its sender pressed Send: the time that everybody is told."""
    sealed_helps: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "what helps me, as sent"})
    """What is written for the next one is nobody's before that is sent."""
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "ended"})
    ended: Mapped[str | None] = mapped_column(String(16), info={"export": "how it ended"})
    news: Mapped[int] = mapped_column(default=0, info={"export": None})
    """How often its sender was told something: what makes each of those notifications one of its own."""
    tries: Mapped[int] = mapped_column(default=0, info={"export": None})
    """How often its next step has failed."""

    helps = encrypted("alerts.helps")


class Ask(Base):
    """One person who was asked."""

    __tablename__ = "asks"
    __table_args__ = (UniqueConstraint("alert_id", "link_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=unguessed, info={"export": None})
    """Not the next number: two that a peer has seen would tell how many others were asked in between."""
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    """Who asks."""
    alert_id: Mapped[int] = mapped_column(ForeignKey(Alert.id, ondelete="CASCADE"), info={"export": None})
    link_id: Mapped[int] = mapped_column(ForeignKey(Peer.id, ondelete="CASCADE"), info={"export": None})
    peer_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True, info={"export": None}
    )
    turn: Mapped[int] = mapped_column(info={"export": None})
    """First, second, third."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "asked"})
    passed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "passed on"})
    failed: Mapped[bool] = mapped_column(default=False, info={"export": "could not be reached"})
    answer: Mapped[str | None] = mapped_column(String(8), info={"export": "answered"})
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "answered at"})
    followed: Mapped[bool] = mapped_column(default=False, info={"export": None})
    """Whether something followed on "I'm here"."""
    again: Mapped[bool] = mapped_column(default=False, info={"export": None})
    """Whether they were asked once more."""


async def draft(session: AsyncSession, person: Person, first: Peer, now: datetime) -> Alert:
    """An alert that nobody but its sender has seen. Any other draft goes."""
    await session.execute(delete(Alert).where(Alert.person_id == person.id, Alert.state == State.DRAFT))
    alert = Alert(person_id=person.id, state=State.DRAFT, first_id=first.id, only=False, made_at=now, news=0, tries=0)
    session.add(alert)
    await session.flush()
    return alert


async def mine(session: AsyncSession, person: Person, alert_id: int | None) -> Alert | None:
    """The alert on a button, if it is this member's own, locked."""
    query = select(Alert).where(Alert.id == alert_id, Alert.person_id == person.id).with_for_update()
    return (await session.scalars(query)).one_or_none()


async def standing(session: AsyncSession, person_id: int) -> Alert | None:
    """The alert of a member that is under way."""
    query = select(Alert).where(Alert.person_id == person_id, Alert.state.in_(OPEN))
    return (await session.scalars(query.order_by(Alert.id.desc()).limit(1))).one_or_none()


async def asks_of(session: AsyncSession, alert: Alert) -> list[Ask]:
    """Who was asked, first to last."""
    return list(await session.scalars(select(Ask).where(Ask.alert_id == alert.id).order_by(Ask.turn)))


async def send(session: AsyncSession, person: Person, alert: Alert, now: datetime, *, only: bool) -> None:
    """The member has pressed Send: it goes out when the time to take it back is over."""
    for older in await session.scalars(
        select(Alert).where(Alert.person_id == person.id, Alert.state.in_(OPEN), Alert.id != alert.id)
    ):
        _close(older, QUIETLY, now)
    sharing = await sharing_of(session, person)
    alert.state, alert.only, alert.sent_at, alert.helps = State.HELD, only, now, sharing.helps
    alert.next_at = now + timedelta(seconds=sharing.take_back)


def take_back(alert: Alert) -> bool:
    """Back to a draft; False if it has gone out."""
    if alert.state != State.HELD:
        return False
    alert.state, alert.next_at, alert.sent_at = State.DRAFT, None, None
    return True


async def ask_next(session: AsyncSession, person: Person, alert: Alert, now: datetime) -> None:
    """Ask whoever has not been asked yet; with nobody left, tell the member."""
    had = {ask.link_id: ask for ask in await asks_of(session, alert)}
    for link in await order(session, alert, now):
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
    if not _is_there(had.values()):
        await tell_nobody(session, person, alert, now)


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
        await fade(session, alert, now)
        return
    ask = silent[-1]
    peer = await session.get(Person, ask.peer_id) if ask.peer_id else None
    if ask.again or peer is None:
        await ask_next(session, person, alert, now)
        return
    ask.again = True
    alert.next_at = now + ONE_MORE
    await outbox.post(session, peer, ASK_AGAIN, str(ask.id), lane=Lane.CRISIS, due_at=now, about=ask.id)


async def over(session: AsyncSession, alert: Alert, how: str, now: datetime) -> None:
    """Its sender ends it. Whoever was asked hears so, unless they said that they can't now.

    What has not been passed on yet is not sent any more.
    """
    _close(alert, how, now)
    await _tell_end(session, await waiting(session, alert), now)


async def fade(session: AsyncSession, alert: Alert, now: datetime) -> None:
    """It ends by itself, hours later: only who is there hears so."""
    _close(alert, QUIETLY, now)
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


def _close(alert: Alert, how: str, now: datetime) -> None:
    alert.state, alert.ended, alert.ended_at, alert.next_at = State.CLOSED, how, now, None


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


async def of_ask(session: AsyncSession, ask: Ask) -> tuple[Alert | None, Person | None]:
    """The alert that somebody was asked in, locked, and its sender; two times None if it is over."""
    alert = await session.get(Alert, ask.alert_id, with_for_update=True, populate_existing=True)
    is_open = alert is not None and alert.state in OPEN
    return (alert, await session.get(Person, ask.person_id)) if is_open else (None, None)


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
