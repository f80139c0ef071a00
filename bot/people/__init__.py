"""Who talks to the bot: finding them, meeting them, and what they agreed to. Rules and rows, no handlers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.encryption import Keys, PersonKey
from bot.people.model import GOALS, SUBSTANCES, Address, Consent, Person, Substance

__all__ = [
    "GOALS",
    "PEER",
    "SERVICE",
    "SUBSTANCES",
    "Address",
    "Consent",
    "Known",
    "Own",
    "Person",
    "Substance",
    "agree",
    "forget",
    "forget_strangers",
    "lock",
    "look",
    "meet",
]

SERVICE = "service"
"""The purpose without which nothing is kept: check-ins and everything that hangs on them."""

PEER = "peer"
"""The purpose of somebody who is there for another: a name, their answers, when they may be woken. Nothing else."""

STRANGERS_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Own:
    """Something of a person's own for a hard moment: their words on one line, and the press that opens it.

    `trigger` is the one that it was made for; empty for any. A plan is done, a reason read, and what they keep (a voice
    note, say) only called by its name.
    """

    words: str
    press: str
    trigger: str = ""
    kind: Literal["plan", "reason", "kept"] = "plan"


@dataclass(frozen=True, slots=True)
class Known:
    """What an urgent answer may use of a person, read in one look."""

    language: str
    country: str | None = None
    agreed: bool = False
    awaiting: bool = False
    own: tuple[Own, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What each feature looked up for its own answers, by the feature's name."""
    asks: str = ""
    """The press that leads to people of theirs who can be asked; empty for nobody."""
    today: date | None = None
    """The day, by UTC, on which it was looked up: numbers are good for so long."""


def _agreed(person_id: object = Person.id) -> ColumnElement[bool]:
    return exists().where(Consent.person_id == person_id, Consent.purpose == SERVICE, Consent.withdrawn_at.is_(None))


def is_member() -> ColumnElement[bool]:
    """Whether a person of a query has agreed to being checked in on."""
    return _agreed()


def _kept() -> ColumnElement[bool]:
    return exists().where(Consent.person_id == Person.id, Consent.withdrawn_at.is_(None))


# What is asked in every turn is worded once.
_AT = (
    select(Person, PersonKey.wrapped, _agreed())
    .join(Address, Address.person_id == Person.id)
    .join(PersonKey, PersonKey.person_id == Person.id)
    .where(Address.blind == bindparam("blind"))
)
_LOCK = _AT.with_for_update(of=Person, key_share=True)
_LOCK_WITH_CONSENT = (
    select(Person, _agreed()).where(Person.id == bindparam("id")).with_for_update(of=Person, key_share=True)
)
_LOCK_ALL = (
    select(Person, PersonKey.wrapped, Address)
    .join(Address, Address.person_id == Person.id)
    .join(PersonKey, PersonKey.person_id == Person.id)
    .where(Person.id.in_(bindparam("ids", expanding=True)))
    .order_by(Person.id, Address.id)
    .with_for_update(of=Person, key_share=True)
)


def _opened(session: AsyncSession, row: Row[Person, bytes, bool]) -> tuple[Person, bool]:
    person, wrapped, agreed = row
    keys(session).load(person.id, wrapped)
    return person, agreed


def keys(session: AsyncSession) -> Keys:
    """The keys at hand in this session."""
    found: Keys = session.info["keys"]
    return found


async def meet(session: AsyncSession, address: str, language: str, now: datetime) -> Person:
    """Someone new: a row, a data key of their own and the address, which is all that we know."""
    person = Person(created_at=now, language=language)
    session.add(person)
    await session.flush()
    session.add(PersonKey(person_id=person.id, wrapped=keys(session).create(person.id)))
    where = Address(person_id=person.id, blind=keys(session).blind(address))
    session.add(where)
    where.address = address
    return person


async def lock(session: AsyncSession, address: str) -> tuple[Person | None, bool]:
    """The person at this address, locked till the end of the unit of work, and whether they have agreed."""
    row = (await session.execute(_LOCK, {"blind": keys(session).blind(address)})).one_or_none()
    return _opened(session, row) if row else (None, False)


async def lock_by_id(session: AsyncSession, person_id: int) -> tuple[Person, str] | None:
    """A person and where to reach them, locked till the end of the unit of work. None if they are gone."""
    return (await lock_all(session, {person_id})).get(person_id)


async def lock_all(session: AsyncSession, ids: Collection[int]) -> dict[int, tuple[Person, str]]:
    """Several people and where to reach each, by their ids, locked in one order. Without those who are gone."""
    found: dict[int, tuple[Person, str]] = {}
    for person, wrapped, where in await session.execute(_LOCK_ALL, {"ids": list(ids)}):
        if person.id not in found:
            keys(session).load(person.id, wrapped)
            found[person.id] = person, where.address or ""
    return found


async def look(session: AsyncSession, address: str) -> tuple[Person, bool] | None:
    """The person at this address with their key at hand, and whether they have agreed. Locks nothing."""
    row = (await session.execute(_AT, {"blind": keys(session).blind(address)})).one_or_none()
    return _opened(session, row) if row else None


async def lock_with_consent(session: AsyncSession, person_id: int) -> tuple[Person | None, bool]:
    """A person, locked till the end of the unit of work, and whether they have agreed that anything is kept."""
    row = (await session.execute(_LOCK_WITH_CONSENT, {"id": person_id})).one_or_none()
    return (row[0], row[1]) if row else (None, False)


async def look_by_id(session: AsyncSession, person_id: int) -> Person | None:
    """A person with their key at hand: of somebody whom another's turn is about. Locks nothing, to be read only."""
    query = (
        select(Person, PersonKey.wrapped)
        .join(PersonKey, PersonKey.person_id == Person.id)
        .where(Person.id == person_id)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    person, wrapped = row
    keys(session).load(person.id, wrapped)
    return person


async def heard(session: AsyncSession, sender: bytes, now: datetime) -> None:
    """Something came from a member, by the blind index of their address, and could not be handled."""
    theirs = select(Address.person_id).where(Address.blind == sender).scalar_subquery()
    await session.execute(update(Person).where(Person.id == theirs, Person.heard_at.is_not(None)).values(heard_at=now))


async def agree(session: AsyncSession, person: Person, version: str, now: datetime, purpose: str = SERVICE) -> None:
    """Write down that a person agrees, once for each version."""
    query = select(Consent.id).where(
        Consent.person_id == person.id,
        Consent.purpose == purpose,
        Consent.version == version,
        Consent.withdrawn_at.is_(None),
    )
    if await session.scalar(query) is None:
        session.add(Consent(person_id=person.id, purpose=purpose, version=version, given_at=now))


async def has_agreed(session: AsyncSession, person: Person, purpose: str) -> bool:
    """Whether a consent of this purpose holds."""
    query = select(Consent.id).where(
        Consent.person_id == person.id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
    )
    return await session.scalar(query.limit(1)) is not None


async def withdraw(session: AsyncSession, person: Person, purpose: str, now: datetime) -> None:
    """Write down that a person takes a consent back."""
    theirs = update(Consent).where(Consent.person_id == person.id, Consent.purpose == purpose)
    await session.execute(theirs.where(Consent.withdrawn_at.is_(None)).values(withdrawn_at=now))


async def forget(session: AsyncSession, person: Person) -> None:
    """Erase a person with everything that hangs on them, their key first of all."""
    await session.execute(delete(PersonKey).where(PersonKey.person_id == person.id))
    await session.delete(person)
    await session.flush()


async def forget_strangers(session: AsyncSession, now: datetime, limit: int) -> int:
    """Erase some of those who looked in a week ago and never agreed, with their keys. How many."""
    query = select(Person.id).where(Person.created_at < now - STRANGERS_KEPT, ~_kept())
    # locked first and asked once more: somebody may be agreeing at this very moment
    ids = (await session.scalars(query.limit(limit).with_for_update(skip_locked=True))).all()
    gone = delete(Person).where(Person.id.in_(ids), ~_kept()).returning(Person.id)
    return len((await session.scalars(gone)).all())
