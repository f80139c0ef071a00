"""Promised notifications: post, claim, settle. A row says why to write and to whom, never the words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.agenda import Earliest
from bot.chat import Lane
from bot.people import Person
from bot.store import Base, UtcDateTime


class Outcome(StrEnum):
    """Where a notification stands. The first two are on the way, each other one is an end."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    EXPIRED = "expired"  # too late to be of use
    UNWANTED = "unwanted"  # no longer asked for when it was to be sent
    UNREACHABLE = "unreachable"  # the person cannot be written to
    UNKNOWN = "unknown"  # it left, and nobody can say whether it was taken
    REFUSED = "refused"  # the platform will not take it, whatever we do
    HELD_BACK = "held_back"  # the day was full; becomes a line under the next check-in
    TOLD = "told"  # was that line


REPEATED = frozenset({Lane.CRISIS, Lane.ALERT})
"""Lanes in which a notification that may have been lost is sent again, marked as a repeat."""


LEASE = timedelta(minutes=2)
"""How long a message may be on its way: several times the longest wait for a platform's answer."""


KEPT = timedelta(days=90)
"""How long it can be looked up what became of a notification. Longer than any notice before an erasure reaches back."""


class Notification(Base):
    """A message that we have promised to send. `due_at` is the time that was promised, `next_at` the next try."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "occurrence"),
        Index("ix_outbox_outcome_lane_next_at", "outcome", "lane", "next_at"),
        {"sqlite_autoincrement": True},  # a button that names a row must never come to mean another
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    kind: Mapped[str] = mapped_column(String(32), info={"export": "kind"})
    occurrence: Mapped[str] = mapped_column(String(64), info={"export": None})
    about: Mapped[int | None] = mapped_column(info={"export": None})
    lane: Mapped[int] = mapped_column(info={"export": None})
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "due"})
    send_before: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    next_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": None})
    outcome: Mapped[str] = mapped_column(String(16), info={"export": "outcome"})
    tries: Mapped[int] = mapped_column(default=0, info={"export": None})
    repeat: Mapped[bool] = mapped_column(default=False, info={"export": None})
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": "settled"})
    unasked: Mapped[bool] = mapped_column(default=False, info={"export": None})
    """Whether nobody put it there: it counts in the day's budget, and keeps out of quiet hours and pauses."""


FROM_ANOTHER = "from-"
"""How the kinds begin that somebody else has promised to a person. Their rows tell about whoever did, also where
nothing was sent in the end, so they are in nobody's export."""


Promise = dict[str, Any]
"""The columns of a notification that is yet to be posted."""

# What is asked for every notification is worded once.
_WAITING = (
    Notification.outcome == Outcome.WAITING,
    Notification.lane.in_(bindparam("lanes", expanding=True)),
)
_LATER = select(func.min(Notification.next_at)).where(*_WAITING, Notification.next_at > bindparam("now"))
_READY = (
    select(Notification.id)
    .where(*_WAITING, Notification.next_at <= bindparam("now"))
    .order_by(Notification.lane, Notification.next_at, Notification.id)
    .limit(bindparam("most"))
)
_OWNERS = select(Notification.person_id).where(Notification.id.in_(bindparam("ids", expanding=True)))
_LOCK = (
    select(Notification)
    .where(Notification.id.in_(bindparam("ids", expanding=True)), Notification.outcome == Outcome.WAITING)
    .order_by(Notification.id)
    .with_for_update(skip_locked=True)
)


async def post(
    session: AsyncSession,
    person: Person,
    kind: str,
    occurrence: str,
    *,
    lane: Lane,
    due_at: datetime,
    send_before: datetime | None = None,
    about: int | None = None,
    unasked: bool = False,
) -> bool:
    """Promise a notification. False if this occurrence was promised before: it is never promised twice.

    `unasked` is whatever the person has not scheduled themselves: `budget` says when such a thing may leave.
    """
    one = promise(
        person, kind, occurrence, lane=lane, due_at=due_at, send_before=send_before, about=about, unasked=unasked
    )
    return await post_all(session, [one]) == 1


def promise(
    person: Person,
    kind: str,
    occurrence: str,
    *,
    lane: Lane,
    due_at: datetime,
    send_before: datetime | None = None,
    about: int | None = None,
    unasked: bool = False,
) -> Promise:
    """What `post_all` takes."""
    return {
        "person_id": person.id,
        "kind": kind,
        "occurrence": occurrence,
        "about": about,
        "lane": lane,
        "due_at": due_at,
        "send_before": send_before,
        "next_at": due_at,
        "outcome": Outcome.WAITING,
        "unasked": unasked,
    }


async def post_all(session: AsyncSession, promises: Sequence[Promise]) -> int:
    """Promise many notifications in one go, leaving out those promised before. How many are new."""
    name = (Notification.person_id, Notification.kind, Notification.occurrence)
    query = select(*name).where(*(column.in_({one[column.key] for one in promises}) for column in name))
    had = {tuple(row) for row in await session.execute(query)}
    new: dict[tuple[object, ...], Promise] = {}
    for one in promises:
        new.setdefault(tuple(one[column.key] for column in name), one)
    rows = [one for key, one in new.items() if key not in had]
    if rows:
        # not as objects: SQLite would tell the number of each new row by a statement of its own
        await session.execute(insert(Notification), rows)
    return len(rows)


def earliest(lanes: Sequence[Lane]) -> Earliest:
    """When the first notification of these lanes wants to leave."""
    moment = select(func.min(Notification.next_at))
    return moment.where(Notification.outcome == Outcome.WAITING, Notification.lane.in_(lanes))


def abandoned() -> Earliest:
    """When the first lease ends of those on their way: whoever was sending that one is gone."""
    return select(func.min(Notification.next_at)).where(Notification.outcome == Outcome.SENDING)


async def next_at(session: AsyncSession, lanes: Sequence[Lane], now: datetime) -> datetime | None:
    """When the next notification of these lanes wants to leave, of those that do not want to yet."""
    return await session.scalar(_LATER, {"lanes": lanes, "now": now})


async def ready(session: AsyncSession, now: datetime, lanes: Sequence[Lane], limit: int) -> Sequence[int]:
    """The ids of what could leave now, the most urgent lane first and in it the longest waiting."""
    return (await session.scalars(_READY, {"lanes": lanes, "now": now, "most": limit})).all()


async def owners(session: AsyncSession, ids: Sequence[int]) -> set[int]:
    """Whose they are. People are locked before their notifications, as in a turn."""
    return set(await session.scalars(_OWNERS, {"ids": ids}))


async def lock(session: AsyncSession, ids: Sequence[int]) -> list[Notification]:
    """Those of these that wait, in this order, for this unit of work alone. What another has locked is left out."""
    found = {one.id: one for one in await session.scalars(_LOCK, {"ids": ids})}
    return [found[number] for number in ids if number in found]


def postpone(notification: Notification, until: datetime, most: int) -> bool:
    """It failed in our own hands: once more later. Whether that was the last of so many tries."""
    notification.tries += 1
    notification.next_at = until
    return notification.tries >= most


def settle(notification: Notification, outcome: Outcome, now: datetime) -> None:
    """Write down how it ended."""
    notification.outcome = outcome
    notification.settled_at = now


async def arrived(session: AsyncSession, person: Person, kind: str, about: int, now: datetime) -> None:
    """Note that a notification has arrived: its button was tapped, whatever we know of its sending.

    A copy that waits to be sent is not needed any more.
    """
    await session.execute(
        update(Notification)
        .where(
            Notification.person_id == person.id,
            Notification.kind == kind,
            Notification.about == about,
            Notification.outcome.in_((Outcome.UNKNOWN, Outcome.SENDING)) | Notification.repeat,
        )
        .values(outcome=Outcome.SENT, settled_at=now)
    )


async def reached(session: AsyncSession, person: Person, kind: str, about: int) -> bool:
    """Whether a notification has left, as far as anybody can say."""
    theirs = select(Notification.id).where(
        Notification.person_id == person.id,
        Notification.kind == kind,
        Notification.about == about,
        Notification.outcome.in_((Outcome.SENT, Outcome.UNKNOWN)),
    )
    return await session.scalar(theirs.limit(1)) is not None


async def waits(session: AsyncSession, person: Person, kind: str, about: int) -> bool:
    """Whether a notification has neither left nor been given up."""
    query = select(Notification.id).where(
        Notification.person_id == person.id,
        Notification.kind == kind,
        Notification.about == about,
        Notification.outcome.in_((Outcome.WAITING, Outcome.SENDING)),
    )
    return await session.scalar(query.limit(1)) is not None


async def recover(session: AsyncSession, before: datetime, now: datetime) -> None:
    """Decide about those whose lease ended before this: whoever was sending them is gone.

    Nobody can say whether they were taken. Those that are worth a copy go again, marked; the others end as unknown.
    """
    flying = update(Notification).where(Notification.outcome == Outcome.SENDING, Notification.next_at <= before)
    await session.execute(
        flying.where(Notification.lane.in_(REPEATED)).values(outcome=Outcome.WAITING, repeat=True, next_at=now)
    )
    await session.execute(flying.values(outcome=Outcome.UNKNOWN, settled_at=now))


def take_off(notification: Notification, now: datetime) -> None:
    """It is on its way from now on, and ours alone until the lease ends."""
    notification.outcome = Outcome.SENDING
    notification.next_at = now + LEASE


async def forget_edits(session: AsyncSession, person: Person, kind: str, about: int) -> None:
    """Drop those that only edited something which is over now: a dozen each time, and nobody will look them up."""
    mine = (Notification.person_id == person.id, Notification.kind == kind, Notification.about == about)
    await session.execute(delete(Notification).where(*mine, Notification.outcome != Outcome.SENDING))


async def forget(session: AsyncSession, now: datetime, limit: int) -> int:
    """Drop some notifications that ended long ago. How many."""
    ids = select(Notification.id).where(Notification.settled_at < now - KEPT).limit(limit)
    gone = delete(Notification).where(Notification.id.in_(ids.scalar_subquery())).returning(Notification.id)
    return len((await session.scalars(gone)).all())
