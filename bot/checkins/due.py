"""When a check-in is due, and what arrives: every word of it neutral, because phones show it to the whole room."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, clock, outbox
from bot.chat import Button, Lane, Message
from bot.checkins import closer, model, silence
from bot.checkins.model import Checkin, Schedule
from bot.checkins.questions import CHECKIN, KIND, part_of_day, shown
from bot.checkins.silence import FIRST_NOTE, LAST_NOTE, QUIET_KIND, Wanted
from bot.due import together
from bot.feature import Occasion
from bot.outbox import Notification, Outcome, Promise
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


@dataclass(frozen=True, slots=True)
class Asking:
    """A time of asking that has come, and until when it is of use."""

    schedule: Schedule
    person: Person
    day: date
    due: datetime
    send_before: datetime

    @property
    def key(self) -> tuple[int, date, int]:
        """Which check-in it asks for."""
        return self.person.id, self.day, self.schedule.slot


async def _claimed(session: AsyncSession, found: Sequence[tuple[Schedule, Person]], now: datetime) -> None:
    """Promise check-ins, and move their schedules on to their next times.

    All of them are read, decided about and written together: one by one they would hold the writer ten times as long.
    """
    times = await model.times(session, [person for _, person in found])
    come = [_come_due(schedule, person, times[person.id], now) for schedule, person in found]
    askings = [asking for asking in come if asking]
    if askings:
        await outbox.post_all(session, await _promised(session, askings, now))
    for schedule, _ in found:
        if schedule.over:
            await session.delete(schedule)


DUE = together(Schedule.next_at, _claimed)


def _come_due(schedule: Schedule, person: Person, times: list[time], now: datetime) -> Asking | None:
    """Move a schedule on. What it asks for, if that is still of use."""
    try:
        place = clock.zone(person.zone) if person.zone else None
    except clock.UnknownZone:
        # renamed or misspelt: this one stops, and must not stop everybody
        log.error("A schedule names an unknown zone and stops. action=unknown_zone id=%s", schedule.person_id)
        schedule.next_at = schedule.next_day = None
        return None
    if person.zone is None or place is None or schedule.zone != person.zone:
        schedule.plan(person.zone, now)  # moved since, and nobody told us
        return None
    _skip_to_the_last_due(schedule, person.zone, now)
    due, day = schedule.next_at, schedule.next_day
    schedule.plan(person.zone, now)
    if due is None or day is None or person.unreachable_since is not None or closer.over(schedule, person, day, due):
        return None
    send_before = model.useful_until(due, times, place)
    # too late: the day stays without an answer, which is neither a success nor a failure
    return Asking(schedule, person, day, due, send_before) if now < send_before else None


async def _promised(session: AsyncSession, askings: Sequence[Asking], now: datetime) -> list[Promise]:
    """What these times of asking bring: check-ins, a note instead, or nothing."""
    people, days = [asking.person for asking in askings], {asking.day for asking in askings}
    rhythms = await model.rhythms(session, people)
    lost = await silence.lost(session, people, min(days) - clock.DAY)
    rows = await model.begun(session, people, days)
    promises: list[Promise] = []
    checkins: list[tuple[Asking, int]] = []
    for asking in askings:
        person, day, rhythm = asking.person, asking.day, rhythms[asking.person.id]
        if asking.schedule.until is not None:
            checkins += _closer(asking, rows, now)
            continue
        wanted = silence.wanted(person, rhythm, day, now, lost=(person.id, str(day - clock.DAY)) in lost)
        if wanted in (Wanted.FIRST, Wanted.LAST):
            promises.append(_note(asking, FIRST_NOTE if wanted is Wanted.FIRST else LAST_NOTE))
        elif wanted is Wanted.CHECKIN:
            row, quiet = rows.get(asking.key), silence.quiet_days(rhythm, person)
            rhythm.asked_day = day
            if row is None or row.answered_at is None:
                rhythm.asked_at = asking.due
                lost.add((person.id, str(day)))  # while it waits, the silence after it is not theirs
                checkins.append((asking, quiet))
    await model.begin(session, [(one.person, one.day, one.schedule.slot) for one, _ in checkins if one.key not in rows])
    rows = await model.begun(session, people, days)
    for asking, quiet in checkins:
        await model.fit(session, rows[asking.key], asking.person)
        promises += _checkin(asking, rows[asking.key], quiet)
    return promises


def _closer(
    asking: Asking, rows: Mapping[tuple[int, date, int], Checkin], now: datetime
) -> Iterator[tuple[Asking, int]]:
    """What was asked for comes on each of its days, whatever the rhythm; no soft word follows it."""
    row = rows.get(asking.key)
    if not asking.person.paused(now) and (row is None or row.answered_at is None):
        yield asking, FIRST_NOTE


def _note(asking: Asking, about: int) -> Promise:
    return outbox.promise(
        asking.person,
        QUIET_KIND,
        f"{asking.day}/{about}",
        lane=Lane.CHECKIN,
        due_at=asking.due,
        send_before=asking.due + QUIET_NOTE_KEPT,
        about=about,
        unasked=True,
    )


def _checkin(asking: Asking, row: Checkin, quiet: int) -> Iterator[Promise]:
    """A check-in, and one soft word after it if nothing is answered."""
    person, due, send_before = asking.person, asking.due, asking.send_before
    yield outbox.promise(
        person,
        KIND,
        f"{asking.day}/{asking.schedule.slot}",
        lane=Lane.CHECKIN,
        due_at=due,
        send_before=send_before,
        about=row.id,
    )
    nudge = _nudge_at(person, due)
    if quiet < FIRST_NOTE and nudge is not None and nudge < send_before:
        yield outbox.promise(
            person,
            NUDGE_KIND,
            str(asking.day),
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
