"""At which times of the day, on which days of the week, and when not at all."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from bot import days
from bot.chat import Button, Message, Rows
from bot.checkins import model
from bot.checkins.model import EVENING, EVERY_DAY, TIMES_AT_MOST, Rhythm, Schedule
from bot.clock import parsed_time
from bot.feature import LOST, Goto, Reply, Turn, row_number
from bot.people import Person
from bot.texts import Texts

OFFERED = (time(9), time(13), time(19), time(21))
QUIET = ((time(22), time(8)), (time(21), time(9)), (time(23), time(7)), (time(0), time(0)))


async def asked(turn: Turn) -> Reply:
    """The question of the set-up, with four usual hours; any other can be typed."""
    return Reply((_hours(turn, "checkin-hour"),))


async def chosen(turn: Turn, at: time | None) -> Reply | Goto:
    """Keep the hour of the set-up, or ask once more for one that can be read."""
    if at is None:
        return Reply((_hours(turn, "checkin-hour-unknown"),))
    await set_to(turn.session, turn.person, at, turn.now)
    return Goto("welcome:done:hour")


async def moved(turn: Turn) -> Goto:
    """The person's zone has changed: the same hours, there."""
    if not await model.schedules(turn.session, turn.person):
        await set_to(turn.session, turn.person, EVENING, turn.now)
    await replan(turn.session, turn.person, turn.now)
    return Goto("welcome:done:city")


async def replan(session: AsyncSession, person: Person, now: datetime) -> None:
    """Work out all of a person's times anew in the zone where they are from now on.

    What fell due before and is still owed stays due: its next time is worked out when it is promised.
    """
    for schedule in await model.all_schedules(session, person):
        if schedule.next_at is None or schedule.next_at > now or person.zone is None:
            schedule.plan(person.zone, now)
        else:
            schedule.zone = person.zone


async def set_to(session: AsyncSession, person: Person, at: time, now: datetime, slot: int = 0) -> None:
    """From now on at this local time. Another of their times that is the same becomes one with it."""
    times = await model.all_schedules(session, person)
    for twin in (one for one in times if one.at == at and one.slot != slot):
        await session.delete(twin)
    schedule = next((one for one in times if one.slot == slot), None)
    if schedule is None:
        schedule = Schedule(person_id=person.id, slot=slot)
        session.add(schedule)
    schedule.at = at
    schedule.plan(person.zone, now)


async def add(session: AsyncSession, person: Person, at: time, now: datetime) -> bool:
    """One more time of day. False if it is one already, or there are enough."""
    times = await model.schedules(session, person)
    if len(times) >= TIMES_AT_MOST or at in {one.at for one in times}:
        return False
    slot = min(set(range(TIMES_AT_MOST)) - {one.slot for one in times})
    await set_to(session, person, at, now, slot)
    return True


async def pressed(turn: Turn) -> Reply | Goto:
    """`checkin:times` is the screen; `set:<slot>`, `add`, `drop:<slot>`, `day:<n>`, `quiet` and `used` change it."""
    match turn.words[1:]:
        case () | ("show",):
            turn.person.awaits(None, turn.now)
        case ("set" | "add" as what, *rest):
            return await _one_time(turn, what, rest)
        case ("drop", slot):
            await _drop(turn, row_number(slot))
        case ("days",):
            return Reply((await _days(turn),))
        case ("day", number) if number in EVERY_DAY:
            return await _toggled(turn, number)
        case ("quiet",):
            return Reply((_quiet(turn),))
        case _:
            return await _set(turn)
    return Reply((await _screen(turn),))


async def _set(turn: Turn) -> Reply | Goto:
    """What one tap sets: quiet hours, and whether somebody who has not stopped is asked about using."""
    match turn.words[1:]:
        case ("quiet", number) if number in {"0", "1", "2", "3"}:
            turn.person.quiet_from, turn.person.quiet_to = QUIET[int(number)]
        case ("used",):
            rhythm = await model.rhythm(turn.session, turn.person)
            rhythm.ask_used = not rhythm.ask_used
        case _:
            return Goto(LOST)
    return Reply((await _screen(turn),))


async def typed(turn: Turn) -> Reply | Goto:
    """A time in words: the set-up's, a new one, or another for a slot (`checkin:times:set:<slot>`)."""
    at = parsed_time(getattr(turn.inbound, "text", ""))
    if turn.words[0] == "hour":
        return await chosen(turn, at)
    what, *rest = turn.words[1:]
    if at is None:
        return Reply((_question(turn, ":".join((what, *rest)), "checkin-hour-unknown"),))
    return await _one_time(turn, what, [*rest, f"{at:%H.%M}"])


async def summary(session: AsyncSession, person: Person, now: datetime, t: Texts) -> Sequence[str]:
    """Times and quiet hours in a few words."""
    times = await model.schedules(session, person)
    said = [t("checkin-summary", times=_joined(times, t))] if times else []
    if person.quiet_from == person.quiet_to:
        return [*said, t("checkin-summary.awake")]
    return [*said, t("checkin-summary.quiet", between=_between(person.quiet_from, person.quiet_to, t))]


async def _one_time(turn: Turn, what: str, rest: Sequence[str]) -> Reply | Goto:
    """`add[:<hour>]` or `set:<slot>[:<hour>]`: without the hour, ask for it."""
    slot, hour = (rest[0], rest[1:]) if what == "set" and rest else ("", rest)
    known = {str(one.slot) for one in await model.schedules(turn.session, turn.person)}
    if what == "set" and slot not in known:
        return Goto(LOST)
    at = parsed_time(hour[0]) if hour else None
    if at is None:
        return Reply((_question(turn, what if what == "add" else f"set:{slot}", "checkin-hour"),))
    turn.person.awaits(None, turn.now)
    if what == "add":
        await add(turn.session, turn.person, at, turn.now)
    else:
        await set_to(turn.session, turn.person, at, turn.now, int(slot))
    await turn.session.flush()
    return Reply((await _screen(turn),))


async def _drop(turn: Turn, slot: int | None) -> None:
    times = await model.schedules(turn.session, turn.person)
    gone = next((one for one in times if one.slot == slot), None)
    if gone is not None and len(times) > 1:
        await turn.session.delete(gone)
        await turn.session.flush()


async def _toggled(turn: Turn, number: str) -> Reply:
    """A day more or less. The last one stays: none at all is a pause, and that says so."""
    rhythm = await model.rhythm(turn.session, turn.person)
    chosen = set(rhythm.weekdays) ^ {number}
    rhythm.weekdays = "".join(sorted(chosen)) or rhythm.weekdays
    return Reply((await _days(turn),))


async def _screen(turn: Turn) -> Message:
    t, person = turn.t, turn.person
    times = await model.schedules(turn.session, person)
    rhythm = await model.rhythm(turn.session, person)
    lines = [
        t("checkin-times", times=_joined(times, t)) if times else t("checkin-times-none"),
        days_said(rhythm, t),
        _quiet_said(person, t),
    ]
    rows: list[tuple[Button, ...]] = []
    for one in times:
        hour = f"{one.at:%-H:%M}"
        drop = (Button(t("checkin-times.drop", time=hour), f"checkin:times:drop:{one.slot}"),)
        change = Button(t("checkin-times.set", time=hour), f"checkin:times:set:{one.slot}")
        rows.append((change, *(drop if len(times) > 1 else ())))
    if len(times) < TIMES_AT_MOST:
        rows.append((Button(t("checkin-times.add"), "checkin:times:add"),))
    rows.append(
        (Button(t("checkin-times.days"), "checkin:times:days"), Button(t("checkin-times.quiet"), "checkin:times:quiet"))
    )
    if person.goal == "not_yet":
        key = "checkin-times.used-on" if rhythm.ask_used else "checkin-times.used-off"
        rows.append((Button(t(key), "checkin:times:used"),))
    rows.append((Button(t("help-button"), "help"),))
    return Message("\n".join(lines), tuple(rows), slot="checkin:times")


async def _days(turn: Turn) -> Message:
    t = turn.t
    rhythm = await model.rhythm(turn.session, turn.person)
    marks = [
        Button(
            f"{'✓ ' if number in rhythm.weekdays else ''}{days.weekday(int(number), t)}", f"checkin:times:day:{number}"
        )
        for number in EVERY_DAY
    ]
    done = Button(t("checkin-times.done"), "checkin:times:show")
    rows: Rows = (tuple(marks[:4]), tuple(marks[4:]), (done, Button(t("help-button"), "help")))
    return Message(t("checkin-times-days"), rows, slot="checkin:times")


def _quiet(turn: Turn) -> Message:
    t = turn.t
    labels = [_between(start, end, t) for start, end in QUIET]
    buttons = [Button(label, f"checkin:times:quiet:{number}") for number, label in enumerate(labels)]
    rows = (tuple(buttons[:2]), tuple(buttons[2:]), (Button(t("help-button"), "help"),))
    return Message(t("checkin-times-quiet"), rows, slot="checkin:times")


def _between(start: time, end: time, t: Texts) -> str:
    if start == end:
        return t("checkin-quiet-hours.never")
    return t("checkin-quiet-hours.between", start=f"{start:%-H:%M}", end=f"{end:%-H:%M}")


def _quiet_said(person: Person, t: Texts) -> str:
    if person.quiet_from == person.quiet_to:
        return t("checkin-quiet-hours.none")
    return t("checkin-quiet-hours", between=_between(person.quiet_from, person.quiet_to, t))


def days_said(rhythm: Rhythm, t: Texts) -> str:
    """`Every day`, or which."""
    if rhythm.every > 1:
        return t(f"checkin-every.d{rhythm.every}")
    if rhythm.weekdays == EVERY_DAY:
        return t("checkin-every.d1")
    return ", ".join(days.weekday(int(number), t) for number in rhythm.weekdays)


def _joined(times: Sequence[Schedule], t: Texts) -> str:
    *first, last = [f"{one.at:%-H:%M}" for one in times]
    return t("checkin-and", first=", ".join(first), last=last) if first else last


def _question(turn: Turn, press: str, key: str) -> Message:
    turn.person.awaits(f"checkin:times:{press}", turn.now)
    t = turn.t
    hours = tuple(Button(f"{at:%-H:%M}", f"checkin:times:{press}:{at:%H.%M}") for at in OFFERED)
    last = (Button(t("checkin-times.done"), "checkin:times:show"), Button(t("help-button"), "help"))
    return Message(t(key), (hours, last), slot="checkin:times")


def _hours(turn: Turn, key: str) -> Message:
    turn.person.awaits("checkin:hour", turn.now)
    t = turn.t
    hours = tuple(Button(f"{at:%-H:%M}", f"welcome:hour:{at:%H.%M}") for at in OFFERED)
    last = (Button(t("welcome-skip"), "welcome:skip:hour"), Button(t("help-button"), "help"))
    return Message(t(key), (hours, last), slot="welcome")
