"""The quiet note as rows: a member asked that some of their people hear it when they have gone quiet.

It is the only message that ever goes without a tap, so everything that is not certain counts against its going. It
goes when check-ins of different days reached the member and stand unanswered for as many days as they chose; when a
warning reached them a whole day before, and nothing has come from them; and when the member and the peer both still
want it. A pause, a journey, a blocked chat or an hour in which we were not there begin it all anew.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import outbox
from bot.clock import DAY
from bot.feature import Feature
from bot.peers.model import Peer, unguessed
from bot.people import Person
from bot.store import Base, UtcDateTime

DAYS = (2, 3, 5, 7)
"""How many days without a word the member may choose."""

NOTE = f"{outbox.FROM_ANOTHER}quiet"
"""The kind of notification that it is."""

AT_FIRST = 3

ASKED_AT_LEAST = 2
"""Days whose check-in has to stand unanswered, however long ago the first of them was."""

EVERY = timedelta(hours=1)
"""How often it is looked at while it counts, so that an hour without us is noticed: a press then may be lost."""

LATE = timedelta(minutes=30)
"""A look that comes later than this shows that we were not there."""

REST = timedelta(hours=12)
"""How long it is left alone while it is suspended, or could reach nobody."""


class State(StrEnum):
    """Where it stands."""

    WATCHING = "watching"
    WARNING = "warning"  # the warning is on its way to the member
    WARNED = "warned"  # it has reached them
    GOING = "going"  # the notes are on their way
    GONE = "gone"  # at least one was passed on; until a word comes no other is


class Quiet(Base):
    """A member's arrangement: one row, from the first of their people on whom they ask for it."""

    __tablename__ = "quiet"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    days: Mapped[int] = mapped_column(default=AT_FIRST, info={"export": "days without a word"})
    state: Mapped[str] = mapped_column(String(16), info={"export": None})
    since: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "counted from"})
    """What is due after this counts. NULL before the first look at it."""
    warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "warned"})
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "last went out"})
    round: Mapped[int] = mapped_column(default=0, info={"export": None})
    """Which warning this is: it makes each of them, and the notes after it, one of its own."""
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})


class QuietNote(Base):
    """One note for one peer. `round` is NULL for one that was sent by hand, to try it out."""

    __tablename__ = "quiet_notes"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=unguessed, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    """Of whom it tells."""
    link_id: Mapped[int] = mapped_column(ForeignKey(Peer.id, ondelete="CASCADE"), info={"export": None})
    peer_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True, info={"export": None}
    )
    round: Mapped[int | None] = mapped_column(info={"export": None})
    days: Mapped[int] = mapped_column(info={"export": "days without a word"})
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "written"})
    passed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "passed on"})
    unsure: Mapped[bool] = mapped_column(default=False, info={"export": "may not have arrived"})
    well_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "said that all is well"})


def enough(reached: Sequence[datetime], days: int, now: datetime) -> bool:
    """Whether check-ins have stood unanswered for so many days. `reached`: when that of each day arrived."""
    return len(reached) >= ASKED_AT_LEAST and now - reached[0] >= days * DAY


def goes_at(warned_at: datetime) -> datetime:
    """When a note may go at the soonest: a day after its warning, at the full minute that the warning named."""
    return (warned_at + DAY + timedelta(minutes=1)).replace(second=0, microsecond=0)


def anew(row: Quiet, next_at: datetime | None) -> None:
    """Forget whatever was counted, and begin from there; None: nobody wants it any more."""
    row.state, row.since, row.warned_at, row.next_at = State.WATCHING, None, None, next_at


async def interrupted(session: AsyncSession, person: Person, now: datetime) -> None:
    """A member has shut the door: what was counted or warned of does not stand any more, also once they open it."""
    row = await of(session, person.id)
    if row is not None and row.state == State.GOING:
        row.warned_at = None
    elif row is not None and row.state != State.GONE:
        anew(row, now + EVERY)


def heard(person: Person, since: datetime | None) -> bool:
    """Whether any word or press of theirs has come from then on."""
    return since is not None and person.heard_at is not None and person.heard_at >= since


async def of(session: AsyncSession, person_id: int) -> Quiet | None:
    """A member's arrangement, as it stands at this moment."""
    return await session.get(Quiet, person_id, populate_existing=True)


async def begun(session: AsyncSession, person: Person, now: datetime) -> Quiet:
    """A member's arrangement, begun if there is none, and looked after from now on."""
    row = await session.get(Quiet, person.id)
    if row is None:
        row = Quiet(person_id=person.id, days=AT_FIRST, round=0)
        session.add(row)
        anew(row, now + EVERY)
    row.next_at = row.next_at or now + EVERY
    await session.flush()
    return row


async def suspended(session: AsyncSession, features: Iterable[Feature], person: Person, now: datetime) -> bool:
    """Whether a member's silence means nothing at the moment."""
    if person.unreachable_since is not None or person.paused(now):
        return True
    return any([await one.away(session, person) for one in features if one.away])


async def unanswered(
    session: AsyncSession, features: Iterable[Feature], person: Person, since: datetime, now: datetime
) -> list[datetime]:
    """When the questions arrived that stand unanswered, one a day, oldest first."""
    asking = [one.unanswered for one in features if one.unanswered]
    return sorted([moment for ask in asking for moment in await ask(session, person, since, now)])


async def notes_of(session: AsyncSession, row: Quiet) -> list[QuietNote]:
    """The notes of the last warning."""
    query = select(QuietNote).where(QuietNote.person_id == row.person_id, QuietNote.round == row.round)
    return list(await session.scalars(query.order_by(QuietNote.made_at, QuietNote.id)))
