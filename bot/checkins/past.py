"""Taking the last answer back, and filling in the day before."""

from bot import clock
from bot.chat import Button, Message
from bot.checkins import model
from bot.checkins.model import SKIPPED
from bot.checkins.questions import CHECKIN
from bot.feature import Goto, Reply, Turn


async def undo(turn: Turn) -> Reply | Goto:
    """The last answer of the last check-in is open again. What was skipped in one tap opens as one."""
    row = await model.last_answered(turn.session, turn.person)
    given = [step.field for step in CHECKIN.asked(row) if getattr(row, step.field) is not None] if row else []
    if row is None or not given:
        rows = ((Button(turn.t("checkin-button"), "checkin"), Button(turn.t("help-button"), "help")),)
        return Reply((Message(turn.t("checkin-undo-nothing"), rows),))
    skipped = [field for field in given if getattr(row, field) == SKIPPED]
    for field in skipped if row.pull == SKIPPED else given[-1:]:
        setattr(row, field, None)
    row.which = row.halt = None
    if row.mood is None:
        row.answered_at = None
    return Goto(f"{CHECKIN.slot(row)}:open")


async def yesterday(turn: Turn) -> Reply | Goto:
    """Yesterday's check-in, the last of its day, to be filled in or changed."""
    if turn.person.zone is None:
        return Goto("welcome:city")
    day = clock.day_of(turn.now, clock.zone(turn.person.zone)) - clock.DAY
    times = await model.schedules(turn.session, turn.person)
    row = await model.on(turn.session, turn.person, day, times[-1].slot if times else 0)
    return Goto(f"{CHECKIN.slot(row)}:open")
