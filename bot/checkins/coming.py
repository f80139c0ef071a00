"""What comes next, when and why; and from here pause, more, fewer, travelling and yesterday."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, days
from bot.chat import Button, Message
from bot.checkins import closer, model, pause, silence, times
from bot.checkins.model import Checkin, Rhythm, Schedule
from bot.checkins.questions import KIND, part_of_day
from bot.feature import Goto, Reply, Turn
from bot.outbox import Notification, Outcome
from bot.people import Person
from bot.texts import Texts

LOOK_AHEAD = 15
"""Days: further than the widest rhythm reaches."""

NAME = "checkins"


async def pressed(turn: Turn) -> Reply | Goto:
    """`next` is the one screen that says what is due; `fewer`, `more` and `end` change it in place."""
    match turn.words:
        case ("fewer",):
            return await pause.fewer(turn)
        case ("more",):
            return await pause.more(turn)
        case ("end",):
            turn.person.paused_at = turn.person.paused_until = None
    return await _screen(turn)


async def _screen(turn: Turn) -> Reply | Goto:
    t, person = turn.t, turn.person
    if person.zone is None:
        return Goto("welcome:city")
    local = turn.now.astimezone(clock.zone(person.zone))
    lines = [t("next-now", time=f"{local:%-H:%M}", city=days.city(person.zone, t))]
    lines += [pause.said(turn)] if person.paused(turn.now) else await _lines(turn)
    for feature in turn.features:
        if feature.name != NAME and feature.upcoming:
            lines += await feature.upcoming(turn.session, person, turn.now, t)
    running = await model.closer(turn.session, person)
    ends = ((closer.end_button(t),),) if running and not running.over else ()
    return Reply((Message("\n".join(lines), (*ends, *_rows(turn)), slot="next"),))


async def upcoming(session: AsyncSession, person: Person, now: datetime, t: Texts) -> Sequence[str]:
    """The next check-in, as a line."""
    coming = await following(session, person, now)
    if not coming or person.zone is None or person.paused(now):
        return ()
    moment, _ = coming[0]
    place = clock.zone(person.zone)
    local = moment.astimezone(place)
    ahead = (local.date() - clock.day_of(now, place)).days
    if ahead > 1:
        return (t("checkin-next.later", when=days.when(moment, person, now, t)),)
    return (t("checkin-next.tomorrow" if ahead else "checkin-next.today", time=f"{local:%-H:%M}"),)


async def following(session: AsyncSession, person: Person, now: datetime) -> list[tuple[datetime, Schedule]]:
    """When each of a person's times will really ask next, soonest first. A day that is answered is not asked again."""
    if person.zone is None:
        return []
    rhythm = await model.rhythm_if_any(session, person)
    today = clock.day_of(now, clock.zone(person.zone))
    answered = await _answered(session, person, today - clock.DAY)
    found = [
        (moment, one)
        for one in await model.all_schedules(session, person)
        if (moment := _asked_next(one, person, rhythm, answered, now))
    ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].slot))


async def _answered(session: AsyncSession, person: Person, since: date) -> set[tuple[date, int]]:
    """Day and slot of what was answered."""
    query = select(Checkin.day, Checkin.slot).where(Checkin.person_id == person.id, Checkin.answered_at.is_not(None))
    return {(day, slot) for day, slot in await session.execute(query.where(Checkin.day >= since))}


def _asked_next(
    schedule: Schedule, person: Person, rhythm: Rhythm, answered: set[tuple[date, int]], now: datetime
) -> datetime | None:
    place = clock.zone(person.zone or "UTC")
    after = now
    if schedule.until is not None and schedule.next_at is not None:  # may begin later than at its next hour
        after = max(now, schedule.next_at - timedelta(microseconds=1))
    for _ in range(LOOK_AHEAD):
        moment, day = clock.next_daily(after, schedule.at, place)
        if closer.over(schedule, person, day, moment):
            return None
        if (day, schedule.slot) not in answered and (
            schedule.until is not None or silence.asks_on(rhythm, day, silence.quiet_days(rhythm, person))
        ):
            return moment
        after = moment
    return None


async def _lines(turn: Turn) -> list[str]:
    """What is done, each time with its reason, and what was put off."""
    t, person = turn.t, turn.person
    rhythm = await model.rhythm_if_any(turn.session, person)
    place = clock.zone(person.zone or "UTC")
    today = clock.day_of(turn.now, place)
    lines = [t("next-noted")] if await _answered(turn.session, person, today) else []
    for moment, schedule in await following(turn.session, person, turn.now):
        note = t(f"next-note.{part_of_day(moment.astimezone(place).time())}")
        why = closer.said(schedule, t) or t("next-why", time=f"{schedule.at:%-H:%M}")
        lines.append(t("next-line", when=days.when(moment, person, turn.now, t), note=note, why=why))
    lines += [
        t("next-line", when=days.when(moment, person, turn.now, t), note=t("next-note.later"), why=t("next-why-later"))
        for moment in await _put_off(turn)
    ]
    if rhythm.spacing > 1 and lines:
        lines.append(times.days_said(rhythm, t))
    return lines or [t("next-nothing")]


async def _put_off(turn: Turn) -> Sequence[datetime]:
    query = select(Notification.due_at).where(
        Notification.person_id == turn.person.id,
        Notification.kind == KIND,
        Notification.outcome == Outcome.WAITING,
        Notification.due_at > turn.now,
    )
    return (await turn.session.scalars(query.order_by(Notification.due_at))).all()


def _rows(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    t = turn.t
    paused = turn.person.paused(turn.now)
    stop = Button(t("checkin-pause.end"), "next:end") if paused else Button(t("next-button.pause"), "checkin:pause")
    return (
        (Button(t("next-button.fewer"), "next:fewer"), Button(t("next-button.more"), "next:more")),
        (stop, Button(t("next-button.travel"), "travel")),
        (Button(t("next-button.yesterday"), "checkin:yesterday"), Button(t("help-button"), "help")),
    )
