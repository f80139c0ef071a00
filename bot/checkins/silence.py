"""Silence thins out, ends with one last note, and is never held against anybody who comes back.

A day counts as silent when we were there at its time of asking and at that of the day before, what we promised then
did reach the person, and no word came in between. So a night in which our server or the network was down counts
nothing, and neither does a pause.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.chat import Button, Message, Rows
from bot.checkins import model
from bot.checkins.model import Checkin, Rhythm
from bot.checkins.questions import KIND
from bot.feature import Occasion, Turn
from bot.outbox import Notification, Outcome
from bot.people import Person

QUIET_KIND = "checkin-quiet"

FIRST_NOTE = 3
"""Days of silence after which we write every second day, and say so."""

WEEKLY = 10
LAST_NOTE = 28
"""Days of silence after which we say that we stop, and do."""

BACK_AFTER = timedelta(days=3)
"""A gap from which on somebody is welcomed back."""

DATE_AFTER = timedelta(days=7)
"""A gap from which on their date is asked about, once."""

UNDER_WAY = (Outcome.WAITING, Outcome.SENDING)
OVERDUE = timedelta(minutes=30)
"""What waits for longer than this beyond its time is in trouble."""

NOT_HEARD = (Outcome.WAITING, Outcome.EXPIRED, Outcome.REFUSED, Outcome.UNREACHABLE)


class Wanted(Enum):
    """What a time of asking brings."""

    NOTHING = "nothing"
    CHECKIN = "checkin"
    FIRST = "first"
    LAST = "last"


def wanted(person: Person, rhythm: Rhythm, day: date, now: datetime, *, lost: bool) -> Wanted:
    """What to do on this local day. Counts it, the first time that it is asked for.

    `lost` is whether the check-in of the day before never reached them.
    """
    if person.paused(now):
        rhythm.counted_day = None
        return Wanted.NOTHING
    if _heard(rhythm, person):
        # not only on a new day: a second asking on this one moves `asked_at` past the word, which would be forgotten
        rhythm.silent = 0
    if rhythm.counted_day is None or day > rhythm.counted_day:
        before = rhythm.silent
        _count(person, rhythm, day, lost=lost)
        if rhythm.silent != before:
            if rhythm.silent == FIRST_NOTE and _thins(rhythm):
                rhythm.asked_day = day
                return Wanted.FIRST
            if rhythm.silent == LAST_NOTE:
                return Wanted.LAST
    return Wanted.CHECKIN if asks_on(rhythm, day, quiet_days(rhythm, person)) else Wanted.NOTHING


def quiet_days(rhythm: Rhythm, person: Person) -> int:
    """Days without a word; none if one has come since the last was counted."""
    return 0 if _heard(rhythm, person) else rhythm.silent


def asks_on(rhythm: Rhythm, day: date, silent: int) -> bool:
    """Whether a day is one of those on which this person is asked."""
    if str(day.isoweekday()) not in rhythm.weekdays or silent >= LAST_NOTE:
        return False
    thinned = 7 if silent >= WEEKLY else 2 if silent >= FIRST_NOTE else 1
    since = (day - rhythm.asked_day).days if rhythm.asked_day else None
    # all times of one day, but only the first of them while it is quiet; a day before comes with a flight west
    return since is None or (since <= 0 and thinned == 1) or since >= max(thinned, rhythm.every)


def _thins(rhythm: Rhythm) -> bool:
    """Whether every second day is less than this person chose."""
    return rhythm.every == 1 and rhythm.spacing <= FIRST_NOTE


def _count(person: Person, rhythm: Rhythm, day: date, *, lost: bool) -> None:
    there = rhythm.counted_day == day - clock.DAY
    rhythm.counted_day = day
    if there and not lost and not _heard(rhythm, person):
        rhythm.silent += 1


def _heard(rhythm: Rhythm, person: Person) -> bool:
    return rhythm.asked_at is None or person.heard_at is None or person.heard_at >= rhythm.asked_at


async def lost(session: AsyncSession, people: Iterable[Person], since: date) -> set[tuple[int, str]]:
    """Whose check-in of which day never reached them: their silence is then ours. Person's id and ISO date."""
    query = select(Notification.person_id, Notification.occurrence).where(
        Notification.person_id.in_({person.id for person in people}),
        Notification.kind == KIND,
        Notification.occurrence >= str(since),
        Notification.outcome.in_(NOT_HEARD),
    )
    return {(person_id, occurrence.partition("/")[0]) for person_id, occurrence in await session.execute(query)}


async def unanswered(session: AsyncSession, person: Person, since: datetime, now: datetime) -> list[datetime]:
    """When the check-in of each day arrived that fell due after `since`, behind the last that may not have arrived."""
    query = select(Notification).where(
        Notification.person_id == person.id, Notification.kind == KIND, Notification.due_at > since
    )
    reached: dict[str, datetime] = {}
    for one in await session.scalars(query.order_by(Notification.due_at, Notification.id)):
        overdue = one.outcome in UNDER_WAY and now - one.due_at > OVERDUE
        if overdue or one.outcome in (Outcome.EXPIRED, Outcome.REFUSED, Outcome.UNREACHABLE, Outcome.UNKNOWN):
            reached.clear()
        elif one.outcome == Outcome.SENT and one.settled_at is not None:
            reached.setdefault(one.occurrence.partition("/")[0], one.settled_at)
    return list(reached.values())


async def compose(occasion: Occasion) -> Message | None:
    """The note of day 3 (`about` is FIRST_NOTE) or the last one. None if a word has come, or a pause."""
    person, notification, t = occasion.person, occasion.notification, occasion.t
    if person.paused(occasion.now) or (person.heard_at is not None and person.heard_at >= notification.due_at):
        return None
    help_now = (Button(t("help-button"), "help"),)
    if notification.about == FIRST_NOTE:
        rows: Rows = (
            (
                Button(t("checkin-quiet.before"), "checkin:here:before"),
                Button(t("checkin-quiet.pause"), "checkin:pause"),
            ),
            (Button(t("checkin-button"), "checkin:here"),),
            help_now,
        )
        return Message(t("checkin-quiet"), rows, slot="checkin:here", neutral=person.discreet)
    rows = (
        (Button(t("checkin-last.here"), "checkin:here:now"), Button(t("checkin-last.erase"), "erase")),
        help_now,
    )
    return Message(t("checkin-last"), rows, slot="checkin:here", neutral=person.discreet)


async def welcome_back(turn: Turn, row: Checkin) -> str:
    """A line for somebody whose last check-in was days ago. It counts nothing."""
    return turn.t("checkin-back") if await _gap(turn, row) >= BACK_AFTER else ""


async def asks_date(turn: Turn, row: Checkin) -> bool:
    """Whether to ask if the person's own date is still right: after a week's gap, once, and only if there is one."""
    if turn.person.since is None or row.date_asked or await _gap(turn, row) < DATE_AFTER:
        return False
    row.date_asked = True
    return True


async def _gap(turn: Turn, row: Checkin) -> timedelta:
    """How long it was since the check-in before, beyond what the person's own rhythm makes of it."""
    before = await model.last_answered(turn.session, turn.person, but=row.id)
    if before is None or before.answered_at is None:
        return timedelta()
    rhythm = await model.rhythm(turn.session, turn.person)
    return turn.now - before.answered_at - timedelta(days=rhythm.spacing - 1)
