"""The person's own date. We neither claim nor reset it: they leave it, change it, or don't count days."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot import clock, days
from bot.chat import Button, Message
from bot.feature import LOST, Goto, Reply, Turn

_DAYS_AGO = re.compile(r"\d{1,4}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}))?\.?")


def screen(turn: Turn) -> Message:
    """Is it still right?"""
    t, since = turn.t, turn.person.since
    change = Button(t("checkin-date.change"), "checkin:date:change")
    help_now = Button(t("help-button"), "help")
    if since is None:
        return Message(t("checkin-date-none"), ((change, help_now),), slot="checkin:date", sensitive=True)
    rows = (
        (Button(t("checkin-date.yes"), "checkin:date:yes"), change),
        (Button(t("checkin-date.none"), "checkin:date:none"), help_now),
    )
    text = t("checkin-date", day=_said(turn, since))
    return Message(text, rows, slot="checkin:date", sensitive=True)


async def pressed(turn: Turn) -> Reply | Goto:
    """`checkin:date` shows it; `yes` leaves it, `change` asks for another, `none` stops counting.

    What stands behind one of these is another press, which goes on from there.
    """
    match turn.words[1:]:
        case ():
            return Reply((screen(turn),))
        case ("yes", *then):
            return _left(turn, then)
        case ("change", *then):
            return _ask(turn, "checkin-date-ask", then)
        case ("none", *then):
            turn.person.since = None
            turn.person.awaits(None, turn.now)
            return _left(turn, then)
        case ("ago", number, *then) if found := read(number, _today(turn)):
            turn.person.since = found
            turn.person.awaits(None, turn.now)
            return _left(turn, then)
    return Goto(LOST)


async def typed(turn: Turn) -> Reply | Goto:
    """Another date, or how many days ago."""
    then = turn.words[1:]
    found = read(getattr(turn.inbound, "text", ""), _today(turn))
    if found is None:
        return _ask(turn, "checkin-date-unknown", then)
    turn.person.since = found
    return _left(turn, then)


def read(text: str, today: date) -> date | None:
    """`2026-03-03`, `3.3.2026`, `3/3` (the last one that was, day first), or a number of days ago. None if none."""
    text = text.strip()
    try:
        if _DAYS_AGO.fullmatch(text):
            return today - timedelta(days=int(text))
        if found := _ISO.fullmatch(text):
            day = date(int(found[1]), int(found[2]), int(found[3]))
        elif found := _DAY_FIRST.fullmatch(text):
            day = date(int(found[3] or today.year), int(found[2]), int(found[1]))
            if not found[3] and day > today:
                day = day.replace(year=today.year - 1)
        else:
            return None
    except ValueError:
        return None
    return day if day <= today else None


def _ask(turn: Turn, key: str, then: Sequence[str]) -> Reply:
    on = "".join(f":{word}" for word in then)
    turn.person.awaits(f"checkin:date{on}", turn.now)
    t = turn.t
    ago = tuple(Button(t(f"checkin-date-ask.ago{number}"), f"checkin:date:ago:{number}{on}") for number in (0, 1, 2))
    rows = (ago, (Button(t("checkin-date.none"), f"checkin:date:none{on}"), Button(t("help-button"), "help")))
    return Reply((Message(t(key), rows, slot="checkin:date", sensitive=True),))


def _left(turn: Turn, then: Sequence[str]) -> Reply | Goto:
    if then:
        return Goto(":".join(then))
    t, since = turn.t, turn.person.since
    text = t("checkin-date-kept", day=_said(turn, since)) if since else t("checkin-date-none")
    rows = ((Button(t("checkin-date.change"), "checkin:date:change"), Button(t("help-button"), "help")),)
    return Reply((Message(text, rows, slot="checkin:date", sensitive=True),))


def _said(turn: Turn, day: date) -> str:
    said = days.said(day, turn.t)
    return said if day.year == _today(turn).year else turn.t("checkin-date-year", day=said, year=str(day.year))


def _today(turn: Turn) -> date:
    return clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC"))
