"""Which words a person has answered "no" about today.

Keyed hashes in one row a person, from which nobody reads a word, a flag or a day. The row itself says only that words
were asked about once.
"""

from datetime import UTC, datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.people import Person, keys
from bot.store import Base
from bot.texts import normalise

MARK_BYTES = 16
"""Of each hash: among the few of one person no two meet by chance."""

HUSHED_AT_MOST = 8
"""How many different words may pass a day. With more, the oldest are asked about again."""


class Asked(Base):
    """What was asked about last, and what may pass: nothing but hashes, each good for one local day."""

    __tablename__ = "flags_asked"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    last: Mapped[bytes] = mapped_column(LargeBinary, info={"export": None})
    """The mark of the flag, and behind it the mark of the words that raised it."""
    hushed: Mapped[bytes] = mapped_column(LargeBinary, default=b"", info={"export": None})
    """The marks of the words that may pass, the latest last."""


async def ask(session: AsyncSession, person: Person, flag: str, words: str, now: datetime) -> None:
    """Note blindly what is being asked about."""
    last = _mark(session, person, f"flag {flag}", now) + _mark(session, person, normalise(words), now)
    row = await session.get(Asked, person.id)
    if row is None:
        session.add(Asked(person_id=person.id, last=last, hushed=b""))
    else:
        row.last = last


async def hush(session: AsyncSession, person: Person, flag: str, now: datetime) -> None:
    """Let the words that were asked about last pass for the rest of the day, if it was this flag that they raised."""
    row = await session.get(Asked, person.id)
    if row is None or row.last[:MARK_BYTES] != _mark(session, person, f"flag {flag}", now):
        return  # an older screen: what was asked about since then has no answer yet
    mark = row.last[MARK_BYTES:]
    kept = [one for one in _marks(row) if one != mark]
    row.hushed = b"".join([*kept, mark][-HUSHED_AT_MOST:])


async def hushed(session: AsyncSession, person: Person, words: str, now: datetime) -> bool:
    """Whether these words were answered with "no" earlier today."""
    row = await session.get(Asked, person.id)
    return row is not None and _mark(session, person, normalise(words), now) in _marks(row)


def _marks(row: Asked) -> list[bytes]:
    return [row.hushed[at : at + MARK_BYTES] for at in range(0, len(row.hushed), MARK_BYTES)]


def _mark(session: AsyncSession, person: Person, words: str, now: datetime) -> bytes:
    day = clock.day_of(now, clock.zone(person.zone)) if person.zone else now.astimezone(UTC).date()
    return keys(session).blind_words(person.id, f"{day.isoformat()} {words}")[:MARK_BYTES]
