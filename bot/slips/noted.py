"""The end of the path: noted, what stays theirs, their own date, and whether to ask a bit more often."""

from bot import clock, days
from bot.chat import Button, Rows
from bot.feature import Goto, Reply, Turn
from bot.people.owndays import OwnDays
from bot.slips import model
from bot.slips.dialog import undo_button
from bot.slips.model import SKIPPED, Slip
from bot.slips.screen import by_two, screen
from bot.texts import Texts

OFTEN = (("yes", 3), ("morning", 1), ("no", 0))
"""For how many days to ask more often."""

PLANNED = ("cutting", "not_yet")
"""Where using is no slip, and the day's check-in asks another question."""


async def noted(turn: Turn, slip: Slip) -> Reply:
    """Their date is asked about where they count days; else only whether to ask more often."""
    slip.ended_at = slip.ended_at or turn.now
    t, since = turn.t, turn.person.since
    if since is None:
        goal = turn.person.goal
        key = f"slip-noted.{goal}" if goal in (*PLANNED, "medicine") else "slip-noted"
        return _closer(turn, slip, _lines(turn, slip, t(key)))
    said = _said(await model.days_of(turn.session, turn.person, since, turn.now), t)
    then = f"slips:{slip.id}:closer"
    buttons = [
        Button(t("slip-date.leave"), then),
        Button(t("slip-date.change"), f"checkin:date:change:{then}"),
        Button(t("slip-date.none"), f"checkin:date:none:{then}"),
        *_count(turn, slip),
    ]
    text = _lines(turn, slip, said, t("slip-date", day=_day(turn)))
    return Reply((screen(turn, text, by_two(buttons), *_undo(turn, slip)),))


async def closer(turn: Turn, slip: Slip) -> Reply:
    """Their date as it stands now; then the last question."""
    t = turn.t
    date = t("checkin-date-kept", day=_day(turn)) if turn.person.since else t("checkin-date-none")
    return _closer(turn, slip, date)


async def count(turn: Turn, slip: Slip) -> Goto:
    """They say that it is today's answer too."""
    if not _count(turn, slip):
        return Goto(f"slips:{slip.id}:note")
    slip.note_day = slip.day
    return Goto(f"checkin:told:{slip.which or SKIPPED}:slips:{slip.id}:note")


async def undo(turn: Turn, slip: Slip) -> Reply | Goto:
    """Taken back, for a day. Where it stood in a check-in, that question is open again."""
    t = turn.t
    if not slip.can_be_undone(turn.now):
        return Reply((screen(turn, t("slip-undo.late"), ()),))
    note_day = slip.note_day
    await turn.session.delete(slip)
    await turn.session.flush()
    if note_day:
        return Goto(f"checkin:untold:{note_day:%Y%m%d}")
    dated = (Button(t("slip-date.change"), "checkin:date"),) if turn.person.since else ()
    return Reply((screen(turn, t("slip-undo.done"), (), *dated),))


def _closer(turn: Turn, slip: Slip, above: str) -> Reply:
    t = turn.t
    if turn.person.zone is None:
        return Reply((screen(turn, above, (), *_undo(turn, slip)),))
    often = [Button(t(f"slip-closer.{what}"), f"checkin:closer:{number}") for what, number in OFTEN]
    counted = _count(turn, slip)
    rows: Rows = ((often[0], often[2]), (often[1],), *((counted,) if counted else ()))
    return Reply((screen(turn, f"{above}\n{t('slip-closer')}", rows, *_undo(turn, slip)),))


def _undo(turn: Turn, slip: Slip) -> tuple[Button, ...]:
    return (undo_button(turn, slip),) if slip.can_be_undone(turn.now) else ()


def _count(turn: Turn, slip: Slip) -> tuple[Button, ...]:
    """Only they can say so, and only of today."""
    today = clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC"))
    if slip.note_day or slip.day != today or turn.person.goal in PLANNED or turn.person.zone is None:
        return ()
    return (Button(turn.t("slip-noted.count"), f"slips:{slip.id}:count"),)


def _lines(turn: Turn, slip: Slip, *lines: str) -> str:
    return "\n".join((*lines, turn.t("slip-noted.counted")) if slip.note_day else lines)


def _said(own: OwnDays, t: Texts) -> str:
    """Totals before anything else, and nothing twice. Without a whole day there is no number at all."""
    if not own.total:
        return t("slip-noted")
    if own.total == 1:
        return t("slip-days.one")
    parts = [t("slip-days.many", days=str(own.total))]
    if 0 < own.quarter < own.total:
        parts.append(t("slip-days.quarter", days=str(own.quarter)))
    if own.longest < own.total:
        parts.append(t("slip-days.longest", days=str(own.longest)))
    return t("slip-days", parts=", ".join(parts))


def _day(turn: Turn) -> str:
    since = turn.person.since
    if since is None:
        return ""
    today = clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC"))
    return days.said(since, turn.t) if since.year == today.year else days.dated(since, turn.t)
