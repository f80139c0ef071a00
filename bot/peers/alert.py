"""The alert as rows: where it stands, who was asked and what they said, and when it is due next."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import outbox
from bot.encryption import encrypted
from bot.peers.model import Peer, unguessed
from bot.people import Person
from bot.store import Base, UtcDateTime

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


async def of_ask(session: AsyncSession, ask: Ask) -> tuple[Alert | None, Person | None]:
    """The alert that somebody was asked in, locked, and its sender; two times None if it is over."""
    alert = await session.get(Alert, ask.alert_id, with_for_update=True, populate_existing=True)
    is_open = alert is not None and alert.state in OPEN
    return (alert, await session.get(Person, ask.person_id)) if is_open else (None, None)
