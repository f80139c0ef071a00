"""Invitations: a link that works once, until tomorrow, and that nobody can guess or tell apart from a dead one."""

import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, delete, false, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.encryption import encrypted
from bot.peers.model import unguessed
from bot.people import Address, Person, keys
from bot.store import Base, UtcDateTime

TOKEN_BYTES = 24
"""192 bits."""

VALID = timedelta(hours=24)
OPEN_AT_MOST = 3
TRIES = 5
"""Links that one person may open in an hour, dead ones too."""
TRIES_IN = timedelta(hours=1)

_TOKEN = re.compile(rf"p[0-9a-f]{{{2 * TOKEN_BYTES}}}")
"""In hexadecimal it holds no word of any language, and no leaflet's code looks like it."""


class Invite(Base):
    """A link that a member has given to somebody. Known by the keyed hash of its token only.

    `guest_id` is whoever opened it first: from then on it is theirs alone, and once answered nobody's.
    """

    __tablename__ = "peer_invites"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=unguessed, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    blind: Mapped[bytes] = mapped_column(LargeBinary, unique=True, info={"export": None})
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info={"export": "invitation open until"})
    guest_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None}
    )
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "invitation answered"})
    bound: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": None})
    """The blind index of the one address that may open it; NULL for whoever comes first."""
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "invitation for"})

    name = encrypted("peer_invites.name")


class Tries(Base):
    """How many links somebody has opened of late."""

    __tablename__ = "peer_tries"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    since: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": None})
    count: Mapped[int] = mapped_column(info={"export": None})


def is_token(text: str) -> bool:
    """Whether this may be a token of ours; anything else behind `/start` is an ordinary start."""
    return _TOKEN.fullmatch(text) is not None


async def invite(session: AsyncSession, person: Person, now: datetime) -> tuple[Invite, str] | None:
    """Make an invitation and its token, shown this once. None if as many stand open as may."""
    await session.execute(delete(Invite).where(Invite.person_id == person.id, Invite.until <= now))
    if await open_count(session, person, now) >= OPEN_AT_MOST:
        return None
    token = f"p{secrets.token_hex(TOKEN_BYTES)}"
    row = Invite(person_id=person.id, blind=_blind(session, token), until=now + VALID)
    session.add(row)
    await session.flush()
    return row, token


async def open_count(session: AsyncSession, person: Person, now: datetime) -> int:
    """How many links of a member may still be answered."""
    query = select(func.count()).where(Invite.person_id == person.id, Invite.until > now, Invite.answered_at.is_(None))
    return await session.scalar(query) or 0


async def withdraw(session: AsyncSession, person_id: int) -> None:
    """No link of a member works any more."""
    await session.execute(delete(Invite).where(Invite.person_id == person_id))


async def mine(session: AsyncSession, person: Person, invite_id: int | None, now: datetime) -> Invite | None:
    """A member's own invitation that can still be answered, by the number on a button."""
    query = select(Invite).where(
        Invite.id == invite_id, Invite.person_id == person.id, Invite.until > now, Invite.answered_at.is_(None)
    )
    return (await session.scalars(query.with_for_update())).one_or_none()


async def bind(session: AsyncSession, found: Invite, address: str, name: str) -> None:
    """Let nobody but this address open an invitation from now on, whoever has opened it before."""
    found.bound, found.name = keys(session).blind(address), name
    theirs = await session.scalar(select(Address.person_id).where(Address.blind == found.bound))
    if found.guest_id != theirs:
        found.guest_id = None


def answer(found: Invite, now: datetime) -> None:
    """It has been answered, and is nobody's any more. Whom it was for is not kept."""
    found.answered_at, found.bound, found.name = now, None, None


async def open_with(session: AsyncSession, guest: Person, address: str, token: str, now: datetime) -> Invite | None:
    """The invitation behind a token, now this guest's alone. None for one that is unknown, used, too old, their own
    or somebody else's.

    All of those take the same steps, and so does a guest who has tried too often.
    """
    may = await _may_try(session, guest, now)
    found = await session.execute(
        update(Invite)
        .where(
            Invite.blind == _blind(session, token),
            Invite.until > now,
            Invite.answered_at.is_(None),
            Invite.person_id != guest.id,
            Invite.guest_id.is_(None) | (Invite.guest_id == guest.id),
            Invite.bound.is_(None) | (Invite.bound == keys(session).blind(address)),
            true() if may else false(),
        )
        .values(guest_id=guest.id)
        .returning(Invite)
        .execution_options(synchronize_session=False)
    )
    return found.scalars().one_or_none()


async def theirs(session: AsyncSession, guest: Person, invite_id: int | None, now: datetime) -> Invite | None:
    """The invitation on a button, if this guest has opened it and may still answer."""
    query = select(Invite).where(
        Invite.id == invite_id, Invite.guest_id == guest.id, Invite.until > now, Invite.answered_at.is_(None)
    )
    return (await session.scalars(query.with_for_update())).one_or_none()


async def forget(session: AsyncSession, now: datetime) -> None:
    """Drop links that lead nowhere any more, and old counts."""
    await session.execute(delete(Invite).where(Invite.until <= now - VALID))
    await session.execute(delete(Tries).where(Tries.since <= now - TRIES_IN))


async def _may_try(session: AsyncSession, guest: Person, now: datetime) -> bool:
    """Count a try of this hour."""
    row = await session.get(Tries, guest.id)
    if row is None:
        row = Tries(person_id=guest.id, since=now, count=0)
        session.add(row)
    if row.since <= now - TRIES_IN:
        row.since, row.count = now, 0
    row.count += 1
    await session.flush()
    return row.count <= TRIES


def _blind(session: AsyncSession, token: str) -> bytes:
    # no address begins with this word, so that the index key serves both
    return keys(session).blind(f"invite:{token}")
