"""The talk: for a while, what two people type goes from one to the other. Nothing of it is kept.

It begins for the peer with "I'm here", and for the member when they open that answer: nobody's words go anywhere
before they have read that they will. Lines wait as rows sealed with our own key, and go when they are delivered or
after an hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, String, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, object_session

from bot import outbox
from bot.chat import Lane
from bot.due import each
from bot.encryption import KeyNotLoaded, Keys
from bot.peers import alert, chain
from bot.peers.alert import Alert, Ask
from bot.people import Person, keys
from bot.store import Base, UtcDateTime

QUIET_AFTER = timedelta(minutes=15)
AT_MOST = timedelta(minutes=60)
KEPT = timedelta(hours=1)
"""How long a line waits that cannot be delivered."""

LINE, MARK, UNSAID, ENDED = (
    f"{outbox.FROM_ANOTHER}{what}" for what in ("talk", "talk-mark", "talk-unsaid", "talk-ended")
)
"""The kinds of notification: a line to its reader; to its writer, that it was passed on, or that it was not."""


class Talk(Base):
    """Two people are talking through us. `person_id` is the member; `joined_at` is when they opened the answer."""

    __tablename__ = "talks"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a button that names a row must never come to mean another

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    peer_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True, info={"export": None}
    )
    ask_id: Mapped[int] = mapped_column(ForeignKey(Ask.id, ondelete="CASCADE"), index=True, info={"export": None})
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "talk began"})
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    """When it ends by itself. NULL once it has."""


class Line(Base):
    """One line on its way. `person_id` is who will read it."""

    __tablename__ = "talk_lines"
    __table_args__ = ({"sqlite_autoincrement": True},)  # an occurrence in the outbox must never come to mean another

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    talk_id: Mapped[int] = mapped_column(ForeignKey(Talk.id, ondelete="CASCADE"), index=True, info={"export": None})
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info={"export": None})
    message_id: Mapped[str] = mapped_column(String(32), info={"export": None})
    """Which message of the writer's it was: what gets the mark."""
    sealed_line: Mapped[bytes] = mapped_column(LargeBinary, info={"export": "a line on its way to you"})

    @property
    def line(self) -> str:
        """The words. Raises Unopenable."""
        session = object_session(self)
        if session is None:
            raise KeyNotLoaded("a line is read in the session that found it")
        held: Keys = session.info["keys"]
        return held.open_for_us("talk_lines.line", _owner(self), self.sealed_line).decode()


@dataclass(frozen=True, slots=True)
class Side:
    """A talk as one of the two sees it. `other` is NULL where the other is gone."""

    talk: Talk
    other: Person | None
    ask: Ask

    @property
    def of_member(self) -> bool:
        """Whether this is the side of the member."""
        return self.other is None or self.other.id != self.talk.person_id


async def takes(session: AsyncSession, person: Person, now: datetime) -> str | None:
    """Typed words go into the talk while there is one."""
    query = select(Talk.id).where(
        or_((Talk.person_id == person.id) & Talk.joined_at.is_not(None), Talk.peer_id == person.id),
        Talk.next_at > now,
    )
    return "line" if await session.scalar(query.limit(1)) is not None else None


async def begin(session: AsyncSession, row: Alert, ask: Ask, now: datetime) -> Talk | None:
    """Somebody is there. None if this member is talking with somebody, or this peer is.

    One that the member has not opened and the other has written nothing in gives way.
    """
    idle = (
        select(Talk).join(Ask, Ask.id == Talk.ask_id).where(Talk.person_id == row.person_id, Talk.joined_at.is_(None))
    )
    for old in await session.scalars(idle.where(Talk.next_at.is_not(None), ~Ask.followed).with_for_update(of=Talk)):
        await end(session, old, now)
    await session.flush()
    busy = or_(Talk.person_id.in_((row.person_id, ask.peer_id)), Talk.peer_id.in_((row.person_id, ask.peer_id)))
    if await session.scalar(select(Talk.id).where(busy, Talk.next_at.is_not(None)).limit(1)) is not None:
        return None
    talk = Talk(person_id=row.person_id, peer_id=ask.peer_id, ask_id=ask.id, began_at=now, next_at=now + QUIET_AFTER)
    session.add(talk)
    await session.flush()
    return talk


async def join(session: AsyncSession, person: Person, row: Alert, now: datetime) -> Side | None:
    """The member has opened the answer: what the peer has written so far comes now. None with nobody there."""
    query = select(Talk).join(Ask, Ask.id == Talk.ask_id).where(Ask.alert_id == row.id, Talk.next_at > now)
    talk = (await session.scalars(query.with_for_update(of=Talk))).one_or_none()
    if talk is None or talk.person_id != person.id:
        return None
    first = talk.joined_at is None
    talk.joined_at = talk.joined_at or now
    if first:
        person.awaits(None, now)
        for line in await session.scalars(select(Line).where(Line.talk_id == talk.id).order_by(Line.id)):
            await _promise(session, person, line, now)
    return await _side(session, talk, person)


async def side_of(session: AsyncSession, person: Person, now: datetime) -> Side | None:
    """The talk that this person is in, locked."""
    query = select(Talk).where(or_(Talk.person_id == person.id, Talk.peer_id == person.id), Talk.next_at > now)
    talk = (await session.scalars(query.limit(1).with_for_update())).one_or_none()
    return await _side(session, talk, person) if talk else None


async def say(session: AsyncSession, side: Side, words: str, message_id: str, now: datetime) -> None:
    """Take a line in for the other. The first of the peer's is what "I'm here" was followed by."""
    talk, other = side.talk, side.other
    if other is None:
        return
    line = Line(person_id=other.id, talk_id=talk.id, until=now + KEPT, message_id=message_id, sealed_line=b"")
    line.sealed_line = keys(session).seal_for_us("talk_lines.line", _owner(line), words.encode("utf-8", "replace"))
    session.add(line)
    await session.flush()
    talk.next_at = min(now + QUIET_AFTER, talk.began_at + AT_MOST)
    if side.of_member or talk.joined_at:
        await _promise(session, other, line, now)
    if not side.of_member:
        side.ask.followed = True
    row = await session.get(Alert, side.ask.alert_id, with_for_update=True, populate_existing=True)
    if row and row.state in alert.OPEN and side.ask.followed:
        row.state, row.next_at = alert.State.ANSWERED, now + chain.CLOSES


async def end(session: AsyncSession, talk: Talk, now: datetime, *, but: int | None = None) -> None:
    """It is over, for both. `but` is who reads so at once, in an answer.

    Lines that are promised are not worded any more, and end with their promise; the others wait for nothing.
    """
    if talk.joined_at is None:
        waiting = select(Line).where(Line.talk_id == talk.id, Line.person_id == talk.person_id)
        for line in await session.scalars(waiting):
            await not_passed_on(session, line, now)
    talk.next_at = None
    both = (talk.person_id if talk.joined_at else None, talk.peer_id)
    for person_id in both:
        person = await session.get(Person, person_id) if person_id and person_id != but else None
        if person:
            await outbox.post(session, person, ENDED, str(talk.id), lane=Lane.ALERT, due_at=now, about=talk.id)


async def end_of(session: AsyncSession, alert_id: int, now: datetime, *, but: int | None = None) -> bool:
    """End the talk that belongs to an alert. Whether the member was in it."""
    query = select(Talk).join(Ask, Ask.id == Talk.ask_id).where(Ask.alert_id == alert_id, Talk.next_at.is_not(None))
    talk = (await session.scalars(query.with_for_update(of=Talk))).one_or_none()
    if talk:
        await end(session, talk, now, but=but)
    return talk is not None and talk.joined_at is not None


async def passed_on(session: AsyncSession, line: Line, now: datetime) -> None:
    """A line was handed over. Nothing of it stays but a mark on what its writer typed."""
    writer = await _writer(session, line)
    if writer and line.message_id:
        number, until = f"{line.talk_id}:{line.message_id}", now + KEPT
        await outbox.post(session, writer, MARK, number, lane=Lane.ALERT, due_at=now, send_before=until)
    await session.delete(line)


async def not_passed_on(session: AsyncSession, line: Line, now: datetime) -> None:
    """A line will not reach anybody, and its writer reads so: once for those that end together."""
    writer = await _writer(session, line)
    if writer:
        number, until = f"{line.talk_id}:{now:%H%M}", now + KEPT
        await outbox.post(session, writer, UNSAID, number, lane=Lane.ALERT, due_at=now, send_before=until)
    await session.delete(line)


async def lost(session: AsyncSession, line: Line, now: datetime) -> None:
    """Whoever should have read a line is out of reach: the talk is over, and the chain goes on."""
    talk = await session.get(Talk, line.talk_id, with_for_update=True)
    if talk is None or talk.next_at is None:
        return
    reader = line.person_id
    await end(session, talk, now, but=reader)
    ask = await session.get(Ask, talk.ask_id) if reader == talk.peer_id else None
    if ask:
        await chain.out_of_reach(session, ask, now)


async def _over(session: AsyncSession, talk: Talk, person: Person, now: datetime) -> None:
    await end(session, talk, now)


async def _forget(session: AsyncSession, line: Line, person: Person, now: datetime) -> None:
    await not_passed_on(session, line, now)


OVER = each(Talk.next_at, _over)
"""Fifteen quiet minutes, or an hour in all."""

FORGET = each(Line.until, _forget)


async def _promise(session: AsyncSession, reader: Person, line: Line, now: datetime) -> None:
    await outbox.post(
        session, reader, LINE, str(line.id), lane=Lane.ALERT, due_at=now, send_before=line.until, about=line.id
    )


async def _writer(session: AsyncSession, line: Line) -> Person | None:
    """Who wrote a line; None if they are gone."""
    talk = await session.get(Talk, line.talk_id)
    number = (talk.peer_id if line.person_id == talk.person_id else talk.person_id) if talk else None
    return await session.get(Person, number) if number else None


async def _side(session: AsyncSession, talk: Talk, person: Person) -> Side:
    other_id = talk.peer_id if person.id == talk.person_id else talk.person_id
    ask = await session.get_one(Ask, talk.ask_id)
    return Side(talk, await session.get(Person, other_id) if other_id else None, ask)


def _owner(line: Line) -> str:
    return f"{line.talk_id}/{line.person_id}"
