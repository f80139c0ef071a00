"""What stands on each person's screen: every message of ours and of theirs, for 48 hours.

After that Telegram lets nobody delete a message. Ours can still be blanked by an edit, so of those that are sensitive
we remember the number for 30 days: about as many as can be blanked in ten minutes.
"""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint, and_, bindparam, delete, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.chat import Message
from bot.people import Person
from bot.store import Base, UtcDateTime

KEPT = timedelta(hours=48)
"""For as long can a message be deleted."""

BLANKED = timedelta(days=30)
"""For as long is a sensitive message of ours remembered, to be blanked."""

CARD = "card"
"""The slot of what stays when a screen is tidied."""


class Shown(Base):
    """One message on one person's screen. `slot` is the place that it has taken; theirs have none."""

    __tablename__ = "screen"
    __table_args__ = (UniqueConstraint("person_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    message_id: Mapped[str] = mapped_column(String(32), info={"export": None})
    slot: Mapped[str] = mapped_column(String(64), info={"export": None})
    ours: Mapped[bool] = mapped_column(info={"export": None})
    sensitive: Mapped[bool] = mapped_column(info={"export": None})
    pinned: Mapped[bool] = mapped_column(default=False, info={"export": None})
    """Stays at the top of the chat, and in this table for as long."""
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info={"export": None})
    tidy_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    """From when on it is to be taken away. Whoever takes it away drops the row."""


# Asked in every turn, and so worded once.
_STANDING = select(Shown).where(Shown.person_id == bindparam("person_id"), Shown.message_id == bindparam("message_id"))
_PINNED = (
    select(Shown.message_id)
    .where(Shown.person_id == bindparam("person_id"), Shown.pinned)
    .order_by(Shown.id.desc())
    .limit(1)
)


async def ours(session: AsyncSession, person_id: int, message_id: str, message: Message, now: datetime) -> None:
    """Write down what we have shown, new or in the place of what stood there."""
    found = await _standing(session, person_id, message_id)
    if found is None:
        found = Shown(person_id=person_id, message_id=message_id, ours=True, at=now)
        session.add(found)
    found.slot = message.slot
    found.sensitive = message.sensitive
    found.pinned = message.pinned


async def theirs(session: AsyncSession, person_id: int, message_id: str, now: datetime) -> None:
    """Write down that they sent something, so that it can be tidied away. Their words are taken as sensitive."""
    if message_id and await _standing(session, person_id, message_id) is None:
        session.add(Shown(person_id=person_id, message_id=message_id, slot="", ours=False, sensitive=True, at=now))


async def stands(session: AsyncSession, person_id: int, message_id: str) -> bool:
    """Whether we know of this message. One of ours that we don't was sent, and its end never written down."""
    return await _standing(session, person_id, message_id) is not None


async def pinned(session: AsyncSession, person_id: int) -> str:
    """The message that stands pinned, the last if there are several; empty if there is none."""
    return await session.scalar(_PINNED, {"person_id": person_id}) or ""


async def in_slot(session: AsyncSession, person_id: int, slot: str) -> str:
    """The message that has taken a slot, the last if there are several; empty if there is none, or it is to go."""
    query = (
        select(Shown.message_id)
        .where(Shown.person_id == person_id, Shown.slot == slot, Shown.tidy_at.is_(None))
        .order_by(Shown.id.desc())
        .limit(1)
    )
    return await session.scalar(query) or ""


async def cleared(session: AsyncSession, person_id: int) -> None:
    """What stood pinned does not stand any more: they have cleared their chat, and platforms do not tell."""
    await session.execute(delete(Shown).where(Shown.person_id == person_id, Shown.pinned))


async def tidy(session: AsyncSession, person_id: int, before: datetime, now: datetime) -> None:
    """Have everything sensitive that was shown or sent up to then taken away, as fast as the platform allows."""
    told = update(Shown).where(Shown.person_id == person_id, Shown.at <= before, Shown.tidy_at.is_(None))
    await session.execute(told.where(Shown.sensitive, Shown.slot != CARD).values(tidy_at=now))


async def tidy_card(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Have the card taken away too."""
    card = update(Shown).where(Shown.person_id == person_id, Shown.slot == CARD, Shown.tidy_at.is_(None))
    await session.execute(card.values(tidy_at=now))


async def has_card(session: AsyncSession, person_id: int) -> bool:
    """Whether a card stands on the screen."""
    query = select(Shown.id).where(Shown.person_id == person_id, Shown.slot == CARD, Shown.tidy_at.is_(None)).limit(1)
    return await session.scalar(query) is not None


async def forget(session: AsyncSession, now: datetime, limit: int) -> int:
    """Drop some of what is too old to be tidied. What is pinned or waits to be taken away stays. How many."""
    can_be_blanked = and_(Shown.ours, or_(Shown.sensitive, Shown.slot == CARD))
    old = or_(
        and_(not_(can_be_blanked), Shown.at < now - KEPT),
        and_(Shown.slot != CARD, Shown.at < now - BLANKED),
    )
    ids = select(Shown.id).where(old, Shown.tidy_at.is_(None), ~Shown.pinned).limit(limit)
    gone = delete(Shown).where(Shown.id.in_(ids.scalar_subquery())).returning(Shown.id)
    return len((await session.scalars(gone)).all())


async def _standing(session: AsyncSession, person_id: int, message_id: str) -> Shown | None:
    return (await session.scalars(_STANDING, {"person_id": person_id, "message_id": message_id})).one_or_none()


def edits(slot: str, press: str) -> bool:
    """Whether an answer for this slot goes where the button is: a slot's presses begin with its name and a colon.

    Anything else comes anew, at the bottom. An edit further up would be seen by nobody.
    """
    return bool(slot) and press.startswith(f"{slot}:")
