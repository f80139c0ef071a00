"""The ledger of consents: what a member lets each of their people have, one row for each person and scope.

Nothing is composed for a peer unless a row holds at that very moment, and unless the peer has agreed as well.
"""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.peers.model import Peer, unguessed
from bot.people import Consent, Person
from bot.store import Base, UtcDateTime

ALERT = "alert"
"""When the member presses Send; and the talk that may follow."""

ALL_CLEAR = "all_clear"
"""That it is over, to whoever was asked."""

QUIET = "quiet"
"""That the member has not been heard from for some days: the only one that ever goes without a tap."""

BY_HAND = (ALERT, ALL_CLEAR)
"""A person has these from the first day on, by the yes to the invitation."""

SCOPES = (*BY_HAND, QUIET)

VERSION = "1"
"""The version of the words on the screens that these consents refer to."""

LAST_WORD = timedelta(hours=1)
"""How long after a removal an open alert may still end in its ordinary words."""


class Grant(Base):
    """That one peer may have one thing: from when, until when, by which words, and when it was taken back."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("link_id", "scope"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=unguessed, info={"export": None})
    """On buttons of the peer's, so it must tell nothing about other rows."""
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    link_id: Mapped[int] = mapped_column(ForeignKey(Peer.id, ondelete="CASCADE"), info={"export": None})
    scope: Mapped[str] = mapped_column(String(16), info={"export": "what they get"})
    version: Mapped[str] = mapped_column(String(16), info={"export": "version of the words"})
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "from"})
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    """When the peer said yes to this scope: what goes by hand was in the invitation, all else is asked by itself.
    Theirs to say and to take back without a word, so it stands in no file of the member's."""
    until: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "until"})
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "taken back"})


async def grant(session: AsyncSession, link: Peer, scope: str, now: datetime) -> Grant:
    """Let a peer have something, from now on or from their yes on."""
    found = (await session.scalars(_row(link.id, scope))).one_or_none()
    if found is None:
        found = Grant(person_id=link.person_id, link_id=link.id, scope=scope)
        session.add(found)
    found.version, found.given_at, found.until, found.revoked_at = VERSION, now, None, None
    found.agreed_at = link.accepted_at if scope in BY_HAND else None
    await session.flush()
    return found


async def revoke(session: AsyncSession, link_id: int, now: datetime, *, last_word: bool = False) -> None:
    """Take everything back that a peer has. `last_word`: that an open alert is over may still be said for a while."""
    mine = update(Grant).where(Grant.link_id == link_id, Grant.revoked_at.is_(None))
    if last_word:
        await session.execute(mine.where(Grant.scope == ALL_CLEAR).values(until=now + LAST_WORD))
        mine = mine.where(Grant.scope != ALL_CLEAR)
    await session.execute(mine.values(revoked_at=now))


async def wished(session: AsyncSession, link: Peer, scope: str, now: datetime) -> Grant:
    """Let a peer have something, unless they may have it already: then their yes still counts."""
    found = (await session.scalars(_row(link.id, scope))).one_or_none()
    return found if found is not None and found.revoked_at is None else await grant(session, link, scope, now)


async def granted(session: AsyncSession, link_id: int, scope: str) -> bool:
    """Whether the member lets a peer have something, be it agreed to or not."""
    found = await session.scalar(_row(link_id, scope))
    return found is not None and found.revoked_at is None


async def take_back(session: AsyncSession, link_id: int, scope: str, now: datetime) -> None:
    """Take one thing back that a peer has."""
    mine = update(Grant).where(Grant.link_id == link_id, Grant.scope == scope, Grant.revoked_at.is_(None))
    await session.execute(mine.values(revoked_at=now))


async def holds(session: AsyncSession, link_id: int | None, peer_id: int, scope: str, now: datetime) -> bool:
    """Whether this person may be sent this at this moment: the member lets them, and they have agreed to it."""
    agreed = select(Consent.id).where(
        Consent.person_id == peer_id, Consent.purpose == "peer", Consent.withdrawn_at.is_(None)
    )
    query = select(Grant.id).where(
        Grant.link_id == link_id,
        Grant.scope == scope,
        Grant.given_at <= now,
        Grant.agreed_at.is_not(None),
        or_(Grant.until.is_(None), Grant.until > now),
        Grant.revoked_at.is_(None),
        agreed.exists(),
    )
    return await session.scalar(query) is not None


async def having(session: AsyncSession, member_id: int, scope: str, now: datetime) -> set[int]:
    """Which of a member's people may have something at this moment, by the numbers of their links."""
    query = select(Grant.link_id).where(Grant.person_id == member_id, Grant.scope == scope, Grant.revoked_at.is_(None))
    return set(await session.scalars(query.where(or_(Grant.until.is_(None), Grant.until > now))))


def _row(link_id: int, scope: str) -> Select[Grant]:
    return select(Grant).where(Grant.link_id == link_id, Grant.scope == scope)
