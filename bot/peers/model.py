"""Whom a member trusts, and what a member has chosen for all of them."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import count as count_from

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.encryption import encrypted
from bot.people import Person
from bot.store import Base, UtcDateTime

NAME_MOST = 20
"""Letters of a name: it stands on buttons, two a row."""

HELPS_MOST = 160
"""Letters of the words on what helps: one breath at three in the morning."""

WAIT = 5
"""Minutes for an answer, before the next person is asked."""

TAKE_BACK = 10
"""Seconds in which nothing has left yet."""

MUTED = timedelta(days=7)


def unguessed() -> int:
    """A number for a row whose button somebody else gets: it tells nothing about those before it."""
    return secrets.randbelow(10**17) + 1


class Peer(Base):
    """One of a member's people. The row is the member's, and so is the name in it.

    `peer_id` is NULL once they stepped back or were removed: then nothing tells who it was, or that it was either.
    """

    __tablename__ = "peers"
    __table_args__ = (
        UniqueConstraint("person_id", "peer_id"),
        {"sqlite_autoincrement": True},  # a button that names a row must never come to mean another
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    peer_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True, info={"export": None}
    )
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "one of my people"})
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "accepted"})
    picked: Mapped[bool] = mapped_column(default=False, info={"export": "picked on my phone"})
    """Whether the invitation was for their account alone, and the name is the member's for them."""
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "confirmed"})
    muted_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "gets nothing until"})
    last_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "last sent"})
    noted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    """When the member was told that they can't be reached. NULL while they can be."""
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "removed"})

    name = encrypted("peers.name")

    def muted(self, now: datetime) -> bool:
        """Whether the member wants nothing to go there for now."""
        return self.muted_until is not None and now < self.muted_until


class Sharing(Base):
    """What a member has chosen for all of their people: one row a member, from the first person on."""

    __tablename__ = "sharing"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    sealed_helps: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "what helps me"})
    wait: Mapped[int] = mapped_column(default=WAIT, info={"export": "minutes before the next is asked"})
    take_back: Mapped[int] = mapped_column(default=TAKE_BACK, info={"export": "seconds to take it back"})
    reviews: Mapped[int] = mapped_column(default=0, info={"export": None})
    review_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    """When it is asked next whether all of it is still right. NULL with nobody to share with."""
    look_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    """When it is looked next who cannot be reached. NULL with nobody to ask."""

    helps = encrypted("sharing.helps")


def cleaned(text: str) -> str:
    """A name as it may stand on a button: on one line, and nothing in it that turns the words around it."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def told_apart(name: str, taken: Collection[str]) -> str:
    """The name, with a number where another reads the same: two buttons that read alike are none."""
    known = {one.casefold() for one in taken}
    numbered = (f"{name[: NAME_MOST - 3].rstrip()} {number}" for number in count_from(2))
    return name if name.casefold() not in known else next(one for one in numbered if one.casefold() not in known)


async def sharing_of(session: AsyncSession, person: Person) -> Sharing:
    """What a member has chosen, begun if there is nothing yet."""
    found = await session.get(Sharing, person.id)
    if found is None:
        found = Sharing(person_id=person.id, wait=WAIT, take_back=TAKE_BACK, reviews=0)
        session.add(found)
        await session.flush()
    return found


async def people_of(session: AsyncSession, person_id: int) -> list[Peer]:
    """A member's people, whoever was confirmed first standing first. Without those removed or not confirmed yet."""
    query = select(Peer).where(Peer.person_id == person_id, Peer.removed_at.is_(None), Peer.confirmed_at.is_not(None))
    return list(await session.scalars(query.order_by(Peer.confirmed_at, Peer.id)))


async def one_of(session: AsyncSession, person_id: int, link_id: int | None) -> Peer | None:
    """One of a member's people by the number on a button, confirmed or not; None for anybody else's."""
    query = select(Peer).where(Peer.id == link_id, Peer.person_id == person_id, Peer.removed_at.is_(None))
    return (await session.scalars(query)).one_or_none()


async def count(session: AsyncSession, person_id: int) -> int:
    """How many people a member has."""
    query = select(func.count()).where(
        Peer.person_id == person_id, Peer.removed_at.is_(None), Peer.confirmed_at.is_not(None)
    )
    return await session.scalar(query) or 0
