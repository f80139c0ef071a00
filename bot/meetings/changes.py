"""A feed says otherwise than before: those who follow the meeting are told what it was and what it is now."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, outbox
from bot.chat import Button, Lane, Message
from bot.feature import LOST, Goto, Occasion, Reply, Turn, row_number
from bot.meetings import planning, rows, successor, wording
from bot.meetings.advance import lock_follows
from bot.meetings.model import Change, Follow, Meeting
from bot.meetings.recurrence import Occurrence
from bot.outbox import Notification, Outcome
from bot.people import Person
from bot.texts import Texts

KIND = "meeting-change"
WITHIN = timedelta(days=3)
"""How late it may still be told."""

KEPT = timedelta(days=90)
LOOKS_AGAIN = timedelta(hours=6)
"""How often it is looked whether somebody is back who has paused until they write."""

SOON = timedelta(hours=2)
"""A meeting that begins so soon after a night or a hard moment does not let its change wait for the end of it."""

AHEAD = timedelta(weeks=10)
"""How far ahead a date is told that was cancelled or moved."""

Before = Mapping[str, Any]
"""What a meeting was, by column."""

_RULE = ("zone", "at", "weekday", "nth", "interval", "anchor")


async def told(session: AsyncSession, before: Mapping[int, Before], now: datetime) -> None:
    """Tell those who follow these meetings, by id, in the unit of work in which the rows were changed."""
    followed = await lock_follows(session, list(before))
    await successor.inherited(session, [follow for follow, _ in followed])
    ids = {follow.meeting_id for follow, _ in followed}
    query = select(Meeting).where(Meeting.id.in_(ids)).execution_options(populate_existing=True)
    meetings = {one.id: one for one in await session.scalars(query)}
    changes = {
        number: Change(meeting_id=number, at=now, before=_plain(before[number]))
        for number in meetings
        if number in before
    }
    session.add_all(changes.values())
    await session.flush()
    promises = []
    for follow, person in followed:
        meeting, change = meetings[follow.meeting_id], changes.get(follow.meeting_id)
        planning.plan(follow, meeting, person, now)
        if change and person.unreachable_since is None and _differs(change, meeting, now):
            promises.append(_promise(follow, person, change, _when_to_tell(person, change, meeting, now)))
    if promises:
        await outbox.post_all(session, promises)
    await session.execute(delete(Change).where(Change.at < now - KEPT))


def _promise(follow: Follow, person: Person, change: Change, due_at: datetime) -> outbox.Promise:
    return outbox.promise(
        person,
        KIND,
        f"{change.id}/{follow.id}/{due_at:%y%m%d%H%M}",
        lane=Lane.REMINDER,
        due_at=due_at,
        send_before=due_at + WITHIN,
        about=change.id,
    )


def _when_to_tell(person: Person, change: Change, meeting: Meeting, now: datetime) -> datetime:
    """At once; after a night or a hard moment where that is early enough; after a pause in any case."""
    if person.paused(now):
        back = person.paused_until
        return back if back and back > now else now + LOOKS_AGAIN
    waits = max(budget.quiet_until(person, now) or now, person.held_until or now)
    nexts = (_next(was(change), now), _next(meeting, now))
    return now if any(one and one.start < waits + SOON for one in nexts) else waits


async def compose(occasion: Occasion) -> Message | None:
    """The neutral line. None where nobody follows it any more, it is again as it was, or this is not the moment."""
    person, now, session = occasion.person, occasion.now, occasion.session
    found = await _found(session, person, occasion.notification.about)
    if found is None:
        return None
    latest, meeting, follow = found
    change = await _first_untold(session, person, follow, latest)
    if change is None or not _differs(change, meeting, now):
        return None
    tell_at = _when_to_tell(person, change, meeting, now)
    if tell_at > now:
        await outbox.post_all(session, [_promise(follow, person, latest, tell_at)])
        return None
    t, slot = occasion.t, f"change:{change.id}"
    row = (Button(t("meeting-note.open"), f"{slot}:open"), Button(t("help-button"), "help"))
    was_next = _next(was(change), now) or _next(meeting, now)
    day = wording.day_named(was_next.start, person, t) if was_next else ""
    return Message(t("meeting-change", day=day) if day else t("meeting-change.some"), (row,), slot=slot, neutral=True)


async def pressed(turn: Turn) -> Reply | Goto:
    """`change:<id>:open` says old and new; `end` follows no more, `fine` leaves it at that."""
    number = row_number(turn.words[0]) if turn.words else None
    found = await _found(turn.session, turn.person, number)
    if found is None:
        return Goto(LOST)
    change, meeting, follow = found
    t, slot = turn.t, f"change:{change.id}"
    match turn.words[1:]:
        case ("end",):
            await rows.end(turn.session, follow)
            return _message(turn, t("meeting-ended"), slot)
        case ("fine",):
            return _message(turn, t("meeting-change-fine"), slot)
        case ("open",):
            lines = [wording.name(meeting), *said(change, meeting, turn.person, turn.now, t)]
            fine, end = Button(t("meeting-change.fine"), f"{slot}:fine"), Button(t("meeting-page.end"), f"{slot}:end")
            page = Button(t("meeting-opened.page"), f"meeting:{meeting.id}")
            return _message(turn, "\n".join(lines), slot, (fine,) if meeting.gone_at else (fine, end), (page,))
    return Goto(LOST)


def said(change: Change, meeting: Meeting, person: Person, now: datetime, t: Texts) -> list[str]:
    """What the list says now, and what it said."""
    before = was(change)
    if meeting.gone_at:
        return [t("meeting-change-gone")]
    if meeting.closed:
        return [t("meeting-change-closed")]
    if not _differs(change, meeting, now):
        return [t("meeting-change-same")]
    lines = [t("meeting-change-back")] if before.gone_at or before.closed else []
    if any(getattr(before, name) != getattr(meeting, name) for name in _RULE):
        lines.append(_new_time(before, meeting, person, now, t))
    elif not lines:
        lines += _one_date(before, meeting, person, now, t)
    if before.link != meeting.link:
        lines.append(t("meeting-change-link"))
    if before.address != meeting.address:
        lines.append(t("meeting-change-address"))
    return [*lines, t("meeting-change-follow")]


def was(change: Change) -> Meeting:
    """The meeting as it was: no row, only its rule and where it was."""
    plain = dict(change.before)
    return Meeting(
        **{name: plain[name] for name in ("zone", "weekday", "nth", "interval", "exceptions", "link", "address")},
        **{name: date.fromisoformat(plain[name]) if plain[name] else None for name in ("anchor", "first", "until")},
        at=time.fromisoformat(plain["at"]) if plain["at"] else None,
        closed=bool(plain["closed"]),
        gone_at=datetime.fromisoformat(plain["gone_at"]) if plain["gone_at"] else None,
    )


def _plain(before: Before) -> dict[str, Any]:
    """As JSON can hold it."""
    return {
        name: value.isoformat() if isinstance(value, (date, time, datetime)) else value
        for name, value in before.items()
    }


def _differs(change: Change, meeting: Meeting, now: datetime) -> bool:
    """Whether anybody would notice: another time, another way in, or not at all."""
    before = was(change)
    if (bool(before.gone_at), before.closed) != (bool(meeting.gone_at), meeting.closed):
        return True
    places = (before.link, before.address) != (meeting.link, meeting.address)
    return places or _starts(before, now) != _starts(meeting, now)


def _starts(meeting: Meeting, now: datetime) -> dict[date, datetime]:
    found: dict[date, datetime] = {}
    for one in planning.wanted(Follow(skips="[]"), meeting, now):
        if one.start > now + AHEAD:
            break
        found[one.day] = one.start
    return found


def _next(meeting: Meeting, now: datetime) -> Occurrence | None:
    return next(iter(planning.wanted(Follow(skips="[]"), meeting, now)), None)


def _new_time(before: Meeting, meeting: Meeting, person: Person, now: datetime, t: Texts) -> str:
    old, new = _next(before, now), _next(meeting, now)
    if new is None or meeting.zone is None:
        return t("meeting-change-no-time")
    now_says = wording.when(new.start, meeting.zone, person, now, t)
    if old is None or before.zone is None:
        return t("meeting-change-now", new=now_says)
    return t("meeting-change-time", new=now_says, old=wording.when(old.start, before.zone, person, now, t))


def _one_date(before: Meeting, meeting: Meeting, person: Person, now: datetime, t: Texts) -> list[str]:
    """The first date that is cancelled, moved, added or held after all."""
    old, new = _starts(before, now), _starts(meeting, now)
    day = min((one for one in old.keys() | new.keys() if old.get(one) != new.get(one)), default=None)
    if day is None or meeting.zone is None:
        return []
    was_at, is_at = (
        wording.when(one, meeting.zone, person, now, t) if one else "" for one in (old.get(day), new.get(day))
    )
    if not is_at:
        return [t("meeting-change-cancelled", day=was_at)]
    if not was_at:
        cancelled = f"{day}" in before.exceptions
        return [t("meeting-change-now", new=is_at) if cancelled else t("meeting-change-added", day=is_at)]
    return [t("meeting-change-time", new=is_at, old=was_at)]


async def _first_untold(session: AsyncSession, person: Person, follow: Follow, change: Change) -> Change | None:
    """The first change of the meeting, up to this one, that this person has not heard of; None if they have of all.

    Several may come in one night or one pause: what they know is what it was before the first of them.
    """
    mine = (Notification.person_id == person.id, Notification.kind == KIND)
    of_it = select(Change.id).where(Change.meeting_id == change.meeting_id)
    left = Notification.outcome.in_((Outcome.SENT, Outcome.UNKNOWN))
    told = (await session.scalars(select(Notification).where(*mine, Notification.about.in_(of_it), left))).all()
    since = max([follow.since, *(one.settled_at for one in told if one.settled_at)])
    heard = [one.about for one in told]
    query = select(Change).where(
        Change.id.in_(of_it), Change.id <= change.id, Change.id.not_in(heard), Change.at >= since
    )
    return await session.scalar(query.order_by(Change.id).limit(1))


async def _found(session: AsyncSession, person: Person, number: int | None) -> tuple[Change, Meeting, Follow] | None:
    """A change of something that they follow."""
    query = (
        select(Change, Meeting, Follow)
        .join(Meeting, Meeting.id == Change.meeting_id)
        .join(Follow, Follow.meeting_id == Meeting.id)
        .where(Change.id == number, Follow.person_id == person.id)
    )
    row = (await session.execute(query)).first()
    return (row[0], row[1], row[2]) if row else None


def _message(turn: Turn, text: str, slot: str, *above: tuple[Button, ...]) -> Reply:
    last = (Button(turn.t("help-button"), "help"),)
    return Reply((Message(text, (*above, last), slot=slot, sensitive=True),))
