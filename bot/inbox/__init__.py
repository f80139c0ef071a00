"""Updates as they arrive: written before they are confirmed, handled once, and their replies kept until they left."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import randbits

from pydantic import ConfigDict, TypeAdapter
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.agenda import Earliest
from bot.chat import Lane, Message, Raw
from bot.inbox.model import State, Update
from bot.people import keys

__all__ = [
    "Answer",
    "Arrival",
    "NotWritten",
    "State",
    "Update",
]

KEY_KEPT = timedelta(hours=48)
"""Telegram keeps an update for 24 h: whatever comes again within that, we have had."""

ASIDE_KEPT = timedelta(days=14)
"""How long what we could not handle stays, sealed, for whoever mends the program."""

OPEN_AT_MOST = 20
"""Rows of one sender that may wait at once. More is a stuck key or an attack, and must not fill the disk."""

WAITS = (timedelta(seconds=1), timedelta(seconds=5))
"""After the first and the second failed try. The third is the last."""


class NotWritten(Exception):
    """The updates could not be kept and must come again: do not confirm them."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update on its way into the inbox. `address` is whose it is, or empty."""

    number: int
    address: str
    raw: Raw


@dataclass(frozen=True, slots=True)
class Answer:
    """A rendered reply, as it is kept until it has left.

    `press` is the button that was tapped and `message_id` the message that it is on: what belongs there is shown by
    editing that message.
    """

    address: str
    language: str
    messages: tuple[Message, ...]
    press: str = ""
    message_id: str = ""
    caused_at: datetime | None = field(default=None)
    standing: str = ""
    """The message that stands pinned: what is pinned anew takes its place."""

    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


_ANSWER = TypeAdapter(Answer)

# What is asked in every turn is worded once: to word a question anew costs as much as to ask it.
_HAD = select(Update.number, Update.state).where(
    Update.bot == bindparam("bot"), Update.number.in_(bindparam("numbers", expanding=True))
)
_WAITING = (
    select(Update.sender, func.count())
    .where(Update.sender.in_(bindparam("senders", expanding=True)), Update.state == State.OPEN)
    .group_by(Update.sender)
)
_FIRST = (
    select(func.min(Update.id))
    .where(Update.state == bindparam("state"), Update.sender.not_in(bindparam("busy", expanding=True)))
    .group_by(Update.sender)
)
_READY = (
    select(Update)
    .where(Update.id.in_(_FIRST.scalar_subquery()), Update.next_at <= bindparam("now"))
    .order_by(Update.lane, Update.id)
    .limit(bindparam("most"))
)
_LATER = select(func.min(Update.next_at)).where(Update.state == bindparam("state"), Update.next_at > bindparam("now"))
_LOCK = (
    select(Update)
    .where(Update.id == bindparam("id"), Update.state.in_(bindparam("states", expanding=True)))
    .with_for_update(skip_locked=True)
)


async def write(session: AsyncSession, bot: str, arrivals: Sequence[Arrival], now: datetime) -> set[int]:
    """Keep each update that we have not had before. The numbers of those that will have a turn."""
    numbers = [one.number for one in arrivals]
    had = {row.number: row.state for row in await session.execute(_HAD, {"bot": bot, "numbers": numbers})}
    seen = set(had)
    rows = []
    for one in arrivals:
        if one.number not in seen:
            seen.add(one.number)
            rows.append(_row(session, bot, one, now))
    await _hold_back_crowds(session, rows)
    session.add_all(rows)
    still_open = {number for number, state in had.items() if state == State.OPEN}
    return still_open | {row.number for row in rows if row.state == State.OPEN}


def _row(session: AsyncSession, bot: str, one: Arrival, now: datetime) -> Update:
    sender = keys(session).blind(one.address) if one.address else b""
    row = Update(bot=bot, number=one.number, sender=sender, received_at=now, next_at=now, state=State.OPEN)
    row.sealed_raw = keys(session).seal_for_us("inbox.raw", row.key, json.dumps(one.raw).encode())
    return row


async def _hold_back_crowds(session: AsyncSession, rows: Sequence[Update]) -> None:
    """The first row beyond what a sender may have waiting tells them so; of the others only the key is kept."""
    waiting: Counter[bytes] = Counter()
    for sender, count in await session.execute(_WAITING, {"senders": list({row.sender for row in rows})}):
        waiting[sender] = count
    for row in rows:
        waiting[row.sender] += 1
        if not row.sender or waiting[row.sender] <= OPEN_AT_MOST:
            continue
        row.crowded = waiting[row.sender] == OPEN_AT_MOST + 1
        if not row.crowded:
            done(row)


async def had(session: AsyncSession, bot: str, number: int, before: datetime) -> bool:
    """Whether this update came to us earlier than in the present arrival."""
    query = select(Update.id).where(Update.bot == bot, Update.number == number, Update.received_at < before)
    return await session.scalar(query) is not None


async def offered(session: AsyncSession, sender: bytes) -> bool:
    """Whether whoever this is was asked of late if they want an account."""
    query = select(Update.id).where(Update.sender == sender, Update.offered).limit(1)
    return await session.scalar(query) is not None


async def follows_in_album(session: AsyncSession, row: Update, album: str) -> bool:
    """Whether something that this row's sender sent as one with it has had a turn before. Notes what it belongs to."""
    row.album = album
    query = select(Update.id).where(Update.sender == row.sender, Update.album == album, Update.id < row.id).limit(1)
    return await session.scalar(query) is not None


def earliest(state: State) -> Earliest:
    """When the first row in this state comes due."""
    return select(func.min(Update.next_at)).where(Update.state == state)


async def next_at(session: AsyncSession, state: State, now: datetime) -> datetime | None:
    """When the next row in this state comes due, of those that are not due yet."""
    return await session.scalar(_LATER, {"state": state, "now": now})


async def ready(
    session: AsyncSession, state: State, now: datetime, limit: int, busy: Collection[bytes]
) -> Sequence[Update]:
    """The oldest row in this state of each sender who is not busy, if its time has come.

    One sender's rows go strictly one after the other. The most urgent lane first.
    """
    asked = {"state": state, "busy": list(busy), "now": now, "most": limit}
    return (await session.scalars(_READY, asked)).all()


async def lock(session: AsyncSession, row_id: int, *states: State) -> Update | None:
    """A row that still stands in one of these states, for this unit of work alone."""
    return (await session.scalars(_LOCK, {"id": row_id, "states": states})).one_or_none()


def raw(session: AsyncSession, row: Update) -> Raw:
    """What arrived. Raises Unopenable or ValueError."""
    content: Raw = json.loads(keys(session).open_for_us("inbox.raw", row.key, row.sealed_raw or b""))
    return content


def answer(session: AsyncSession, row: Update, reply: Answer | None, now: datetime, lane: Lane = Lane.REPLY) -> None:
    """Handled. The reply leaves from here; without one all is done."""
    if reply is None or not reply.messages:
        done(row)
        return
    row.sealed_reply = keys(session).seal_for_us("inbox.reply", row.key, _ANSWER.dump_json(reply))
    row.state, row.lane, row.next_at, row.tries, row.gone = State.ANSWERED, lane, now, 0, 0


async def tell(session: AsyncSession, reply: Answer, now: datetime) -> None:
    """Have words leave that answer no update: for an address that is nobody's any more. They are kept like a reply."""
    sender = keys(session).blind(reply.address)
    # no platform's name, so that the number is nobody else's either
    row = Update(bot="ours", number=randbits(62), sender=sender, received_at=now, next_at=now, state=State.OPEN)
    session.add(row)
    answer(session, row, reply, now)


def reply_of(session: AsyncSession, row: Update) -> Answer:
    """The reply that waits in a row. Raises Unopenable."""
    return _ANSWER.validate_json(keys(session).open_for_us("inbox.reply", row.key, row.sealed_reply or b""))


def done(row: Update) -> None:
    """The reply has left: the content goes, the key stays."""
    row.sealed_reply = None
    if row.kept:
        row.state = State.ASIDE
    else:
        row.state, row.sealed_raw = State.DONE, None


async def set_aside(session: AsyncSession, row_ids: Sequence[int]) -> None:
    """Give up on replies that cannot be read."""
    await session.execute(update(Update).where(Update.id.in_(row_ids)).values(state=State.ASIDE))


def exhausted(row: Update) -> bool:
    """Whether all tries have been made."""
    return row.tries > len(WAITS)


def failed(row: Update, now: datetime) -> bool:
    """A handler has raised. True if there will be another try. A careful row counted this one before it began."""
    if not row.careful:
        row.tries += 1
    if exhausted(row):
        return False
    row.next_at = now + WAITS[row.tries - 1]
    return True


async def recover(session: AsyncSession, now: datetime) -> None:
    """After a start: whatever is still open may have been what ended the program, so it is handled with care."""
    await session.execute(update(Update).where(Update.state == State.OPEN).values(careful=True))
    # a reply that was being passed on may be lost: it has one more try, however many it had
    replies = update(Update).where(Update.state == State.ANSWERED)
    await session.execute(replies.values(tries=0, next_at=now))


async def probe(session: AsyncSession, now: datetime) -> None:
    """Write where the next update will be written: this table alone may be locked."""
    row = Update(bot="probe", number=-1, sender=b"", received_at=now, next_at=now, state=State.DONE)
    session.add(row)
    await session.flush()
    await session.delete(row)


async def forget(session: AsyncSession, now: datetime, limit: int) -> int:
    """Drop some keys of updates that cannot come again, and what was set aside long ago. How many."""
    finished = Update.state.in_((State.DONE, State.HELD, State.ANSWERED))
    old = (finished & (Update.received_at < now - KEY_KEPT)) | (
        (Update.state == State.ASIDE) & (Update.received_at < now - ASIDE_KEPT)
    )
    ids = select(Update.id).where(old).limit(limit)
    gone = delete(Update).where(Update.id.in_(ids.scalar_subquery())).returning(Update.id)
    return len((await session.scalars(gone)).all())
