"""Fewer, more, or nothing for a while. Help answers whatever is set here."""

from datetime import time, timedelta

from bot import days
from bot.chat import Button, Message
from bot.checkins import model, times
from bot.checkins.model import EVERY_DAY, TIMES_AT_MOST
from bot.feature import LOST, Goto, Reply, Turn

LENGTHS = {"day": timedelta(days=1), "week": timedelta(days=7)}
SPACINGS = (1, 2, 7)
"""Every day, every second, once a week."""

MORE_TIMES = (time(9), time(19), time(13))
"""What is added first when somebody wants to be asked more often."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`checkin:pause` asks for how long; `day`, `week` and `write` begin it, `end` ends it."""
    person = turn.person
    match turn.words[1:]:
        case ():
            return Reply((_question(turn),))
        case (("day" | "week") as length,):
            person.paused_at, person.paused_until = None, turn.now + LENGTHS[length]
        case ("write",):
            # this tap is a word too: later ones are what ends it
            person.paused_at, person.paused_until = turn.now, None
        case ("end",):
            person.paused_at = person.paused_until = None
            return Goto("next")
        case _:
            return Goto(LOST)
    return Reply((_paused(turn),))


async def fewer(turn: Turn) -> Reply | Goto:
    """One time less; then every second day, then once a week; then there is only a pause."""
    every = await model.schedules(turn.session, turn.person)
    rhythm = await model.rhythm(turn.session, turn.person)
    if len(every) > 1:
        await turn.session.delete(every[0])
        await turn.session.flush()
    elif rhythm.every < SPACINGS[-1]:
        rhythm.every = SPACINGS[SPACINGS.index(rhythm.every) + 1]
    else:
        return Goto("checkin:pause")
    return Goto("next")


async def more(turn: Turn) -> Reply | Goto:
    """Closer together; then all days of the week; then one more time of day, up to three."""
    every = await model.schedules(turn.session, turn.person)
    rhythm = await model.rhythm(turn.session, turn.person)
    if rhythm.every > 1:
        rhythm.every = SPACINGS[SPACINGS.index(rhythm.every) - 1]
    elif rhythm.weekdays != EVERY_DAY:
        rhythm.weekdays = EVERY_DAY
    elif len(every) < TIMES_AT_MOST:
        free = next(at for at in MORE_TIMES if at not in {one.at for one in every})
        await times.add(turn.session, turn.person, free, turn.now)
        await turn.session.flush()
    else:
        return Goto("checkin:times")
    return Goto("next")


def said(turn: Turn) -> str:
    """How long it is still quiet; empty if it is not."""
    person, t = turn.person, turn.t
    if not person.paused(turn.now):
        return ""
    if person.paused_until is not None and turn.now < person.paused_until:
        return t("checkin-paused", when=days.when(person.paused_until, person, turn.now, t))
    return t("checkin-paused-writing")


def _question(turn: Turn) -> Message:
    t = turn.t
    rows = (
        (Button(t("checkin-pause.day"), "checkin:pause:day"), Button(t("checkin-pause.week"), "checkin:pause:week")),
        (Button(t("checkin-pause.write"), "checkin:pause:write"), Button(t("help-button"), "help")),
    )
    return Message(t("checkin-pause"), rows, slot="checkin:pause")


def _paused(turn: Turn) -> Message:
    t = turn.t
    rows = ((Button(t("checkin-pause.end"), "checkin:pause:end"), Button(t("help-button"), "help")),)
    return Message(said(turn), rows, slot="checkin:pause")
