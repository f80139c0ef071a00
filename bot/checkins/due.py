"""When a check-in is due, and what arrives: every word of it neutral, because phones show it to the whole room."""

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, clock, outbox
from bot.chat import Button, Lane, Message
from bot.checkins import model, silence
from bot.checkins.model import Checkin, Schedule
from bot.checkins.questions import CHECKIN, KIND, part_of_day, shown
from bot.checkins.silence import FIRST_NOTE, LAST_NOTE, QUIET_KIND, Wanted
from bot.due import each
from bot.feature import Occasion
from bot.outbox import Notification, Outcome
from bot.people import Person

log = logging.getLogger(__name__)

LATE = timedelta(minutes=10)

NUDGE_KIND = "checkin-nudge"
NUDGE_AFTER = timedelta(hours=3)
NUDGE_WITHIN = timedelta(hours=1)
"""How late a nudge may still come."""
BEFORE_QUIET = timedelta(minutes=15)
NUDGE_SOONEST = timedelta(hours=1)
"""Where quiet hours would swallow it, a nudge comes this long before them; never so soon after its check-in."""

QUIET_NOTE_KEPT = timedelta(hours=20)


async def _claimed(session: AsyncSession, schedule: Schedule, person: Person, now: datetime) -> None:
    """Promise a check-in, and move its schedule on to its next time."""
    try:
        async with session.begin_nested():
            await _come_due(session, schedule, person, now)
    except clock.UnknownZone:
        # renamed or misspelt: this one stops, and must not stop everybody
        log.error("A schedule names an unknown zone and stops. action=unknown_zone id=%s", schedule.person_id)
        schedule.next_at = schedule.next_day = None


DUE = each(Schedule.next_at, _claimed)


async def _come_due(session: AsyncSession, schedule: Schedule, person: Person, now: datetime) -> None:
    if person.zone is None or schedule.zone != person.zone:
        schedule.plan(person.zone, now)  # moved since, and nobody told us
        return
    _skip_to_the_last_due(schedule, person.zone, now)
    due, day = schedule.next_at, schedule.next_day
    schedule.plan(person.zone, now)
    if due is None or day is None or person.unreachable_since is not None:
        return
    times = [one.at for one in await model.schedules(session, person)]
    send_before = model.useful_until(due, times, clock.zone(person.zone))
    if now >= send_before:
        return  # the day stays without an answer, which is neither a success nor a failure
    rhythm = await model.rhythm(session, person)
    match await silence.wanted(session, person, rhythm, day, now):
        case Wanted.CHECKIN:
            await _promise(session, schedule, person, day, (due, send_before))
        case Wanted.FIRST | Wanted.LAST as note:
            about = FIRST_NOTE if note is Wanted.FIRST else LAST_NOTE
            await outbox.post(
                session,
                person,
                QUIET_KIND,
                f"{day}/{about}",
                lane=Lane.CHECKIN,
                due_at=due,
                send_before=due + QUIET_NOTE_KEPT,
                about=about,
                unasked=True,
            )


async def _promise(
    session: AsyncSession, schedule: Schedule, person: Person, day: date, window: tuple[datetime, datetime]
) -> None:
    """A check-in, and one soft word after it if nothing is answered."""
    due, send_before = window
    rhythm = await model.rhythm(session, person)
    row = await model.on(session, person, day, schedule.slot)
    quiet = silence.quiet_days(rhythm, person)
    rhythm.asked_day = day
    if row.answered_at is not None:
        return
    rhythm.asked_at = due
    await outbox.post(
        session,
        person,
        KIND,
        f"{day}/{schedule.slot}",
        lane=Lane.CHECKIN,
        due_at=due,
        send_before=send_before,
        about=row.id,
    )
    nudge = _nudge_at(person, due)
    if quiet < FIRST_NOTE and nudge is not None and nudge < send_before:
        await outbox.post(
            session,
            person,
            NUDGE_KIND,
            str(day),
            lane=Lane.CHECKIN,
            due_at=nudge,
            send_before=min(nudge + NUDGE_WITHIN, send_before),
            about=row.id,
            unasked=True,
        )


def _nudge_at(person: Person, due: datetime) -> datetime | None:
    """Three hours after a check-in, or just before quiet hours begin. None if there is no moment for it."""
    nudge = due + NUDGE_AFTER
    if budget.quiet_until(person, nudge) is None:
        return nudge
    if budget.quiet_until(person, due) is not None:
        return None
    begins, _ = clock.next_daily(due, person.quiet_from, clock.zone(person.zone or "UTC"))
    nudge = begins - BEFORE_QUIET
    return nudge if nudge >= due + NUDGE_SOONEST else None


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
    """The words of a check-in that arrives by itself.

    None if it has been answered meanwhile, if the person has paused, or if a later one waits beside it.
    """
    person, t, notification = occasion.person, occasion.t, occasion.notification
    row = await _open_row(occasion)
    if row is None or person.zone is None or await _followed(occasion):
        return None
    step = CHECKIN.next_step(row)
    if step is None:
        return None
    local = notification.due_at.astimezone(clock.zone(person.zone))
    part = part_of_day(local.time())
    note = t(f"checkin-note.{part}" if person.discreet else f"checkin-note-plain.{part}")
    late = occasion.now - notification.due_at > LATE
    above = t("checkin-note-late", note=note, time=f"{local:%-H:%M}") if late else note
    return replace(shown(row, step, person, t, above=above), neutral=person.discreet)


async def nudge(occasion: Occasion) -> Message | None:
    """One soft word after a check-in that stands unanswered. None if it came late and does not stand that long."""
    row = await _open_row(occasion)
    if row is None or not await _stands(occasion):
        return None
    t, slot = occasion.t, CHECKIN.slot(row)
    rows = (
        (Button(t("checkin-nudge.open"), f"{slot}:open"), Button(t("checkin-nudge.skip"), f"{slot}:skip")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t("checkin-nudge"), rows, slot=slot, neutral=occasion.person.discreet)


async def _open_row(occasion: Occasion) -> Checkin | None:
    row = await occasion.session.get(Checkin, occasion.notification.about)
    if row is None or row.answered_at is not None or occasion.person.paused(occasion.now):
        return None
    return row


async def _followed(occasion: Occasion) -> bool:
    """Whether a later check-in of this person could leave too: of those that had to wait only the last comes."""
    query = select(Notification.id).where(
        Notification.person_id == occasion.person.id,
        Notification.kind == KIND,
        Notification.outcome == Outcome.WAITING,
        Notification.due_at > occasion.notification.due_at,
        Notification.due_at <= occasion.now,
    )
    return await occasion.session.scalar(query.limit(1)) is not None


async def _stands(occasion: Occasion) -> bool:
    """Whether this check-in has stood as long as was meant, and neither was asked for later nor came again."""
    query = select(Notification.outcome, Notification.settled_at, Notification.due_at).where(
        Notification.person_id == occasion.person.id,
        Notification.kind == KIND,
        Notification.about == occasion.notification.about,
    )
    every = (await occasion.session.execute(query)).all()
    if not every:
        return False
    meant = occasion.notification.due_at - min(due_at for _, _, due_at in every)
    since = occasion.now - meant + LATE
    return all(
        outcome == Outcome.SENT and settled_at is not None and settled_at <= since for outcome, settled_at, _ in every
    )
