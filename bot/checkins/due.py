"""When a check-in is due, and what arrives: every word of it neutral, because phones show it to the whole room."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, outbox
from bot.chat import Lane, Message
from bot.checkins import model
from bot.checkins.dialog import KIND, part_of_day, shown
from bot.checkins.model import Checkin, Schedule
from bot.feature import Occasion
from bot.people import Person
from bot.texts import Texts

log = logging.getLogger(__name__)

BATCH = 50
LATE = timedelta(minutes=10)


async def next_at(session: AsyncSession) -> datetime | None:
    """When the next check-in is due."""
    moment: datetime | None = await session.scalar(select(func.min(Schedule.next_at)))
    return moment


async def claim(session: AsyncSession, now: datetime) -> int:
    """Promise a batch of check-ins, longest due first, and move each schedule on to its next time."""
    # the person's row is what is locked, as in a turn: two orders of locking would sooner or later meet head-on
    query = (
        select(Schedule, Person)
        .join(Person, Person.id == Schedule.person_id)
        .where(Schedule.next_at <= now)
        .order_by(Schedule.next_at)
        .limit(BATCH)
        .with_for_update(of=Person, skip_locked=True)
    )
    rows = (await session.execute(query)).all()
    for schedule, person in rows:
        try:
            async with session.begin_nested():
                await _promise(session, schedule, person, now)
        except clock.UnknownZone:
            # renamed or misspelt: this one stops, and must not stop everybody
            log.error("A schedule names an unknown zone and stops. action=unknown_zone id=%s", schedule.person_id)
            schedule.next_at = schedule.next_day = None
    return len(rows)


async def _promise(session: AsyncSession, schedule: Schedule, person: Person, now: datetime) -> None:
    if person.zone is None:
        schedule.next_at = schedule.next_day = None
        return
    _skip_to_the_last_due(schedule, person.zone, now)
    due, day = schedule.next_at, schedule.next_day
    schedule.plan(person.zone, now)
    if due is None or day is None or person.unreachable_since is not None:
        return
    send_before = model.useful_until(due, schedule.at, clock.zone(person.zone))
    if now >= send_before:
        return  # the day stays without an answer, which is neither a success nor a failure
    row = await model.on(session, person, day)
    if row.answered_at is None:
        await outbox.post(
            session, person, KIND, day.isoformat(), lane=Lane.CHECKIN, due_at=due, send_before=send_before, about=row.id
        )


def _skip_to_the_last_due(schedule: Schedule, zone: str, now: datetime) -> None:
    """After a long sleep only the last of those that were due can still be of use. Leaves `next_at` there."""
    earliest = now - timedelta(days=2)
    if schedule.next_at is not None and schedule.next_at < earliest:
        schedule.plan(zone, earliest)
    while schedule.next_at is not None:
        due, day = schedule.next_at, schedule.next_day
        schedule.plan(zone, due)
        if schedule.next_at is None or schedule.next_at > now:
            schedule.next_at, schedule.next_day = due, day
            return


async def compose(occasion: Occasion) -> Message | None:
    """The words of a check-in that arrives by itself. None if the day has been answered meanwhile."""
    row = await occasion.session.get(Checkin, occasion.notification.about)
    if row is None or row.answered_at is not None or occasion.person.zone is None:
        return None
    local = occasion.notification.due_at.astimezone(clock.zone(occasion.person.zone))
    part = occasion.t(f"checkin-note.{part_of_day(local.time())}")
    late = occasion.now - occasion.notification.due_at > LATE
    above = occasion.t("checkin-note-late", note=part, time=f"{local:%-H:%M}") if late else part
    return replace(shown(row, occasion.t, above=above), neutral=True)


async def upcoming(session: AsyncSession, person: Person, now: datetime, t: Texts) -> Sequence[str]:
    """The next check-in, as a line."""
    schedule = await session.get(Schedule, person.id)
    if schedule is None or schedule.next_at is None or person.zone is None:
        return ()
    local = schedule.next_at.astimezone(clock.zone(person.zone))
    today = local.date() == clock.day_of(now, clock.zone(person.zone))
    return (t("checkin-next.today" if today else "checkin-next.tomorrow", time=f"{local:%-H:%M}"),)
