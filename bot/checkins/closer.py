"""A bit closer for a few days: one more time of day, asked for, that ends by itself.

It is a schedule like the others, with a last day. It leaves the person's rhythm alone: what is chosen there, and what
their silence makes of it, is as it was when these days are over.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from bot import budget, clock, days
from bot.chat import Button, Message
from bot.checkins import model, pause
from bot.checkins.model import CLOSER, Schedule
from bot.feature import LOST, Goto, Reply, Turn
from bot.people import Person
from bot.texts import Texts

LATE_MORNING = (time(11), time(14), time(16), time(10), time(13), time(9), time(18))
MORNING = (time(9), time(10), time(8), time(11), time(7))
"""The first that lies outside quiet hours and well away from the person's own times."""

APART = 90
"""Minutes."""

SOONEST = timedelta(hours=2)
NIGHT = timedelta(hours=5)
"""At two at night "tomorrow morning" is the morning that comes, at nine in the morning it is not."""


async def chosen(turn: Turn) -> Reply | Goto:
    """`checkin:closer:3` for three days, `checkin:closer:1` tomorrow morning only, `checkin:closer:0` not, or not any
    more."""
    match turn.words[1:]:
        case ("0",):
            await _end(turn)
            return Reply((_screen(turn, turn.t("closer-none")),))
        case ("end",):
            await _end(turn)
            return Goto("next")
        case (("3" | "1") as number,):
            if turn.person.zone is None:
                return Goto("welcome:city")
            return Reply((_screen(turn, await _begin(turn, turn.person.zone, int(number))),))
    return Goto(LOST)


def said(schedule: Schedule, t: Texts) -> str:
    """Why it comes, and until when."""
    return t("closer-why", day=days.said(schedule.until, t)) if schedule.until else ""


def end_button(t: Texts) -> Button:
    """For the screen that lists it."""
    return Button(t("closer-end"), "checkin:closer:end")


def over(schedule: Schedule, person: Person, day: date, due: datetime) -> bool:
    """Whether it does not come then: its last day is behind it, or those are quiet hours now. Nobody chose its hour."""
    return schedule.until is not None and (day > schedule.until or budget.quiet_until(person, due) is not None)


def hour_for(person: Person, wished: Sequence[time], taken: Iterable[time]) -> time:
    """The first of the wished hours that disturbs neither quiet hours nor another time.

    Where there is none, the half hour outside quiet hours that lies furthest from the other times.
    """
    busy = list(taken)

    def room(at: time) -> int:
        return min((_apart(at, one) for one in busy), default=APART)

    awake = [at for at in wished if not _quiet(person, at) and room(at) >= APART]
    any_hour = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
    return awake[0] if awake else max((at for at in any_hour if not _quiet(person, at)), key=room, default=wished[0])


async def _begin(turn: Turn, zone: str, number: int) -> str:
    """One more time of day from the next one on. What was there before ends."""
    await _end(turn)
    taken = [one.at for one in await model.schedules(turn.session, turn.person)]
    at = hour_for(turn.person, MORNING if number == 1 else LATE_MORNING, taken)
    schedule = Schedule(person_id=turn.person.id, slot=CLOSER, at=at)
    schedule.plan(zone, turn.now + (NIGHT if number == 1 else SOONEST))
    first: datetime | None = schedule.next_at
    if first is None or schedule.next_day is None:
        raise RuntimeError("a schedule in a zone has a next time")
    schedule.until = schedule.next_day + (number - 1) * clock.DAY
    turn.session.add(schedule)
    await turn.session.flush()
    t, when = turn.t, days.when(first, turn.person, turn.now, turn.t)
    text = t("closer-once", when=when)
    if number > 1:
        text = t("closer-days", when=when, time=f"{at:%-H:%M}", day=days.said(schedule.until, t))
    return "\n".join(line for line in (text, pause.said(turn)) if line)


async def _end(turn: Turn) -> None:
    running = await model.closer(turn.session, turn.person)
    if running is not None:
        await turn.session.delete(running)
        await turn.session.flush()


def _screen(turn: Turn, text: str) -> Message:
    rows = ((Button(turn.t("closer-next"), "next"), Button(turn.t("help-button"), "help")),)
    return Message(text, rows, slot="checkin:closer")


def _quiet(person: Person, at: time) -> bool:
    start, end = person.quiet_from, person.quiet_to
    return start <= at < end if start <= end else at >= start or at < end


def _apart(one: time, other: time) -> int:
    gap = abs(one.hour * 60 + one.minute - other.hour * 60 - other.minute)
    return min(gap, 24 * 60 - gap)
