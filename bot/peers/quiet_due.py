"""What time asks for in a member's silence: a look every hour, a warning, and a day later the notes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import days, outbox
from bot.chat import Button, Lane, Message
from bot.clock import DAY
from bot.due import each
from bot.feature import Feature, Occasion
from bot.outbox import Notification, Outcome
from bot.peers import hearers, limits, quiet, reach
from bot.peers.model import Peer
from bot.peers.quiet import EVERY, LATE, NOTE, REST, Quiet, QuietNote, State
from bot.people import Person

WARN = "people-quiet"
TOLD = "people-quiet-gone"

SLOT = "quiet"
WITHIN = timedelta(hours=14)
"""How long a warning or a note may wait for the end of quiet hours."""

SOON = timedelta(minutes=5)

UNDER_WAY = (Outcome.WAITING, Outcome.SENDING)


async def _look(session: AsyncSession, row: Quiet, person: Person, now: datetime) -> None:
    """First what has begun, then what ends it, then what comes next."""
    due_at = row.next_at or now
    late = now - due_at > LATE or session.info["earshot"].missed(due_at - EVERY)
    match row.state:
        case State.GONE:
            _back(row, person, now)
        case State.GOING if late:
            await ends(session, row, person, now)
        case State.GOING:
            await _going(session, row, person, now)
        case _:
            await _watched(session, row, person, now, late=late)


DUE = each(Quiet.next_at, _look)


async def _watched(session: AsyncSession, row: Quiet, person: Person, now: datetime, *, late: bool) -> None:
    features: Sequence[Feature] = session.info["features"]
    there = await hearers.of(session, person.id, now)
    if not there:
        quiet.anew(row, now + REST if await hearers.wanted(session, person.id) else None)
    elif await quiet.suspended(session, features, person, now):
        quiet.anew(row, now + REST)
    elif row.since is None or late or quiet.heard(person, row.since):
        quiet.anew(row, now + EVERY)
        row.since = now
    else:
        await _counted(session, row, person, there, now)


def _back(row: Quiet, person: Person, now: datetime) -> None:
    """One note is enough for one silence. A word begins it anew."""
    if quiet.heard(person, row.gone_at):
        quiet.anew(row, now + EVERY)
    else:
        row.next_at = now + DAY


async def _counted(session: AsyncSession, row: Quiet, person: Person, there: Sequence[Peer], now: datetime) -> None:
    reached = await quiet.unanswered(session, session.info["features"], person, row.since or now, now)
    row.next_at = now + EVERY
    if row.state == State.WATCHING:
        if quiet.enough(reached, row.days - 1, now):
            await _warn(session, row, person, now)
        return
    if not quiet.enough(reached, row.days - 1, now):
        quiet.anew(row, now + EVERY)  # one of them did not arrive after all
        return
    if row.state == State.WARNING:
        await _warned(session, row, now)
    if row.state == State.WARNED and row.warned_at is not None:
        goes_at = quiet.goes_at(row.warned_at)
        if now >= goes_at and quiet.enough(reached, row.days, now):
            await _go(session, row, await _with_room(session, there, now), now)
        elif now < goes_at:
            row.next_at = min(goes_at, now + EVERY)


async def _warn(session: AsyncSession, row: Quiet, person: Person, now: datetime) -> None:
    row.round += 1
    row.state = State.WARNING
    row.next_at = now + SOON
    await outbox.post(
        session, person, WARN, str(row.round), lane=Lane.BULK, due_at=now, send_before=now + WITHIN, unasked=True
    )


async def _warned(session: AsyncSession, row: Quiet, now: datetime) -> None:
    """What became of the warning. Nothing counts as a warning but one that was passed on."""
    query = select(Notification).where(
        Notification.person_id == row.person_id, Notification.kind == WARN, Notification.occurrence == str(row.round)
    )
    found = (await session.scalars(query)).one_or_none()
    if found is not None and found.outcome == Outcome.SENT:
        row.state, row.warned_at = State.WARNED, found.settled_at
    elif found is None or found.outcome not in UNDER_WAY:
        quiet.anew(row, now + EVERY)


async def _with_room(session: AsyncSession, links: Sequence[Peer], now: datetime) -> list[Peer]:
    """Who of them has not had as much already, from everybody together, as they want to get."""
    full = await reach.full(session, [link.peer_id for link in links if link.peer_id], now)
    return [link for link in links if link.peer_id not in full]


async def _go(session: AsyncSession, row: Quiet, links: Sequence[Peer], now: datetime) -> None:
    """Promise the notes. With nobody to get one now it is looked again in an hour."""
    if not links:
        return
    row.state, row.next_at = State.GOING, now + SOON
    for link in links:
        peer = await session.get(Person, link.peer_id)
        if peer is not None:
            note = QuietNote(
                person_id=row.person_id, link_id=link.id, peer_id=peer.id, round=row.round, days=row.days, made_at=now
            )
            session.add(note)
            await session.flush()
            await post(session, peer, note, now)


async def post(session: AsyncSession, peer: Person, note: QuietNote, now: datetime) -> None:
    """Promise a note for when the peer is awake. Nobody there has asked for it, so it counts in their day."""
    due_at = await limits.wakes_at(session, peer, now)
    await outbox.post(
        session,
        peer,
        NOTE,
        str(note.id),
        lane=Lane.REMINDER,
        due_at=due_at,
        send_before=due_at + WITHIN,
        about=note.id,
        unasked=True,
    )


async def ends(session: AsyncSession, row: Quiet, person: Person, now: datetime) -> bool:
    """The member wants none of what is on its way to go. Whether one is just leaving, so that nobody can tell."""
    row.warned_at = None  # what still waits is not sent without it
    leaving = await _going(session, row, person, now)
    row.next_at = now + SOON if leaving else row.next_at
    return leaving


async def _going(session: AsyncSession, row: Quiet, person: Person, now: datetime) -> bool:
    """Write down what became of the notes, and tell the member once all have ended. Whether one is just leaving."""
    notes = await quiet.notes_of(session, row)
    query = select(Notification).where(Notification.kind == NOTE, Notification.about.in_([one.id for one in notes]))
    ended = {one.about: one for one in await session.scalars(query)}
    for note in notes:
        found = ended.get(note.id)
        if found is not None and found.outcome in (Outcome.SENT, Outcome.UNKNOWN):
            await _passed(session, note, found)
    row.next_at = now + EVERY
    if any(one.outcome in UNDER_WAY for one in ended.values()):
        return any(one.outcome == Outcome.SENDING for one in ended.values())
    gone = [note.passed_at for note in notes if note.passed_at]
    if not gone:
        quiet.anew(row, now + EVERY)
        return False
    row.state, row.gone_at, row.next_at = State.GONE, min(gone), now + DAY
    await outbox.post(session, person, TOLD, str(row.round), lane=Lane.BULK, due_at=now, unasked=True)
    return False


async def _passed(session: AsyncSession, note: QuietNote, found: Notification) -> None:
    note.passed_at, note.unsure = found.settled_at, found.outcome == Outcome.UNKNOWN
    link = await session.get(Peer, note.link_id)
    if link is not None:
        link.last_sent_at = note.passed_at


async def warning(occasion: Occasion) -> Message | None:
    """A day's warning, all of it neutral. None if anything has come between."""
    session, person, t, now = occasion.session, occasion.person, occasion.t, occasion.now
    row = await quiet.of(session, person.id)
    if row is None or row.state != State.WARNING or str(row.round) != occasion.notification.occurrence:
        return None
    if quiet.heard(person, row.since) or await quiet.suspended(session, occasion.features, person, now):
        return None
    if not await hearers.of(session, person.id, now):
        return None
    rows = (
        (Button(t("quiet-warning.stop"), "quiet:stop"), Button(t("quiet-warning.what"), "quiet:what")),
        (Button(t("help-button"), "help"),),
    )
    text = t("quiet-warning", when=days.when(quiet.goes_at(now), person, now, t))
    return Message(text, rows, slot=SLOT, neutral=True)


async def told(occasion: Occasion) -> Message | None:
    """That it has gone out: a neutral line. Who got what stands behind it."""
    t = occasion.t
    rows = ((Button(t("quiet-told.open"), "quiet:gone"),), (Button(t("help-button"), "help"),))
    return Message(t("quiet-told"), rows, slot=SLOT, neutral=True)
