"""How much of a person's day is ours: at most three messages that nobody asked for, and one thing at a time.

Every feature shares this one count. What was *asked* for (a check-in at a chosen time, a reminder of a meeting) comes
when it was promised; what is `unasked` comes only outside quiet hours, while there is room in the local day.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, outbox
from bot.chat import Lane, Message
from bot.outbox import Notification, Outcome
from bot.people import Person
from bot.texts import Texts

A_DAY_AT_MOST = 3
"""Messages in one local day that nobody asked for."""

HOLD = timedelta(hours=1)
"""How long after a hard moment or a call for help nothing else arrives."""

HELD_BACK_FOR = timedelta(days=2)
"""What could not be said for longer than this is not worth a line any more."""

WAITING_LANES = (Lane.CHECKIN, Lane.BULK)
"""What waits while a hard moment is open. Reminders that were asked for come, and so does all help."""

Compose = Callable[[AsyncSession, Person, Notification, datetime], Awaitable[Message | None]]

_LEFT = (Outcome.SENT, Outcome.UNKNOWN)


def hold(person: Person, now: datetime) -> None:
    """Someone needs help: that has the floor for a while."""
    person.held_until = now + HOLD


def free_at(person: Person, notification: Notification, now: datetime) -> datetime:
    """When this may arrive as far as the person's day goes; `now` if at once."""
    moments = [now]
    if person.held_until is not None and (notification.unasked or notification.lane in WAITING_LANES):
        moments.append(person.held_until)
    if notification.unasked:
        moments.append(quiet_until(person, now) or now)
    return max(moments)


async def ended(session: AsyncSession, person: Person, notification: Notification, now: datetime) -> Outcome | None:
    """Why this is not to be sent at all: the person has paused, or the day is full. None if it may be."""
    if not notification.unasked:
        return None
    if person.paused(now):
        return Outcome.UNWANTED
    # asked anew when a hold or quiet hours are over: another day may have begun by then
    if free_at(person, notification, now) == now and await spent(session, person, now) >= A_DAY_AT_MOST:
        return Outcome.HELD_BACK
    return None


async def spent(session: AsyncSession, person: Person, now: datetime) -> int:
    """How many unasked messages this local day has had. One that may have arrived counts."""
    place = clock.zone(person.zone or "UTC")
    midnight = clock.instant(clock.day_of(now, place), time(), place)
    left_today = Notification.outcome.in_(_LEFT) & (Notification.settled_at >= midnight)
    query = select(func.count()).where(
        Notification.person_id == person.id,
        Notification.unasked,
        left_today | (Notification.outcome == Outcome.SENDING),
    )
    return await session.scalar(query) or 0


async def with_the_rest(
    session: AsyncSession,
    person: Person,
    notification: Notification,
    message: Message,
    rest: Sequence[Notification],
    compose: Compose,
    now: datetime,
) -> Message:
    """What the last days had no room for, as one line under a check-in. Anything else stays as it is."""
    if notification.unasked or notification.lane != Lane.CHECKIN:
        return message
    lines = []
    for row in rest:
        words = await compose(session, person, row, now)
        outbox.settle(row, Outcome.TOLD if words else Outcome.UNWANTED, now)
        if words and (words.neutral or not person.discreet):
            lines.append(words.text.partition("\n")[0])
    if not lines:
        return message
    said = Texts(person.language)("checkin-rest", lines=" · ".join(dict.fromkeys(lines[-A_DAY_AT_MOST:])))
    return replace(message, text=f"{message.text}\n\n{said}")


async def held_back(session: AsyncSession, people: Collection[int], now: datetime) -> dict[int, list[Notification]]:
    """What the last days had no room for, oldest first, by the ids of those people."""
    query = (
        select(Notification)
        .where(
            Notification.person_id.in_(people),
            Notification.outcome == Outcome.HELD_BACK,
            Notification.settled_at > now - HELD_BACK_FOR,
        )
        .order_by(Notification.id)
    )
    found: dict[int, list[Notification]] = {}
    for row in await session.scalars(query):
        found.setdefault(row.person_id, []).append(row)
    return found


def quiet_until(person: Person, moment: datetime) -> datetime | None:
    """The end of the quiet hours that this moment falls into; None if it falls into none."""
    if person.zone is None:
        return None
    return clock.end_of_hours(moment, person.quiet_from, person.quiet_to, clock.zone(person.zone))
