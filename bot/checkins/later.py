"""Not now: in half an hour, in one or two, or not today."""

from datetime import datetime, timedelta

from bot import clock, outbox
from bot.chat import Button, Lane, Message
from bot.checkins import model
from bot.checkins.model import SKIPPED, Checkin
from bot.checkins.questions import CHECKIN, KIND
from bot.feature import Reply, Turn

SNOOZES = (30, 60, 120)
"""Minutes."""


async def asked(turn: Turn, row: Checkin) -> Reply:
    """How much later. Never past the next one."""
    t, slot = turn.t, CHECKIN.slot(row)
    following = await _following(turn)
    fits = [minutes for minutes in SNOOZES if turn.now + timedelta(minutes=minutes) < following]
    snoozes = tuple(Button(t(f"checkin-later.in{minutes}"), f"{slot}:later:{minutes}") for minutes in fits)
    rows = (
        *((snoozes,) if snoozes else ()),
        (Button(t("checkin-later.skip"), f"{slot}:skip"), Button(t("checkin-later.now"), f"{slot}:open")),
        (Button(t("help-button"), "help"),),
    )
    return Reply((Message(t("checkin-later.when"), rows, slot=slot),))


async def chosen(turn: Turn, row: Checkin, minutes: int) -> Reply:
    """Promise it for then. The person has put it there, so neither quiet hours nor the day's budget stop it."""
    following = await _following(turn)
    due = turn.now + timedelta(minutes=minutes)
    if minutes not in SNOOZES or due >= following:
        return await asked(turn, row)
    await outbox.post(
        turn.session,
        turn.person,
        KIND,
        f"{row.day}/{row.slot}/{due:%Y-%m-%dT%H:%M}",
        lane=Lane.CHECKIN,
        due_at=due,
        send_before=min(due + model.LATEST, following),
        about=row.id,
    )
    local = due.astimezone(clock.zone(turn.person.zone or "UTC"))
    t, slot = turn.t, CHECKIN.slot(row)
    rows = ((Button(t("checkin-later.now"), f"{slot}:open"), Button(t("help-button"), "help")),)
    return Reply((Message(t("checkin-later-promised", time=f"{local:%-H:%M}"), rows, slot=slot),))


def skip(turn: Turn, row: Checkin) -> None:
    """Not today: that is an answer, and neither good nor bad."""
    for step in CHECKIN.asked(row):
        if getattr(row, step.field) is None:
            setattr(row, step.field, SKIPPED)
    row.answered_at = turn.now


async def _following(turn: Turn) -> datetime:
    times = [one.at for one in await model.all_schedules(turn.session, turn.person)]
    zone = clock.zone(turn.person.zone or "UTC")
    return model.following_of(turn.now, times, zone) if times else turn.now + clock.DAY
