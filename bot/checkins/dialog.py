"""Answering a check-in: every button names its row, so any number may stand open and an old one corrects its answer."""

from bot import budget, clock, outbox, screen
from bot.chat import Button, Message
from bot.checkins import later, model, noted, plan, silence
from bot.checkins.model import SKIPPED, Checkin
from bot.checkins.questions import CHECKIN, KIND, for_day, shown
from bot.dialog import NotAnAnswer
from bot.feature import LOST, Goto, Reply, Turn, row_number


async def today(turn: Turn) -> Reply | Goto:
    """Today's check-in: of several the one whose time is nearest."""
    if turn.person.zone is None:
        return Goto("welcome:city")
    row = await todays(turn)
    return await opened(turn, row, above=await silence.welcome_back(turn, row))


async def todays(turn: Turn) -> Checkin:
    """Today's row, begun if there is none."""
    local = turn.now.astimezone(clock.zone(turn.person.zone or "UTC"))
    minutes = local.hour * 60 + local.minute
    times = await model.all_schedules(turn.session, turn.person)
    nearest = min(times, key=lambda one: abs(one.at.hour * 60 + one.at.minute - minutes), default=None)
    return await model.on(turn.session, turn.person, local.date(), nearest.slot if nearest else 0)


async def pressed(turn: Turn) -> Reply | Goto:
    """`checkin:<id>:<what>…`: an answer, or one of the ways around it, whenever it was asked."""
    number, *rest = turn.words
    row = await model.theirs(turn.session, turn.person, row_number(number))
    if row is None:
        return Goto(LOST)
    match rest:
        case [("mood" | "pull" | "used" | "planned") as field, value]:
            return await _answered(turn, row, field, value)
        case ["halt" | "which" | "plan", _]:
            return await _after(turn, row, *rest)
        case ["later", minutes]:
            return await later.chosen(turn, row, row_number(minutes) or 0)
        case ["scale", which]:
            return _in_words(turn, row, which == "w")
        case [what]:
            return await _way(turn, row, what)
    return Goto(LOST)


async def opened(turn: Turn, row: Checkin, *, above: str = "") -> Reply:
    """The question that is open, or what was answered."""
    step = CHECKIN.next_step(row)
    if step is None:
        return await noted.noted(turn, row)
    today = clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC"))
    above = above or for_day(row, today, turn.t)
    return Reply((shown(row, step, turn.person, turn.t, above=above, then=row.day < today),))


async def _way(turn: Turn, row: Checkin, what: str) -> Reply | Goto:
    match what:
        case "again":
            CHECKIN.begin_again(row)
            row.which = row.halt = None
        case "support":
            return Reply((noted.support(turn),))
        case "later":
            return await later.asked(turn, row)
        case "skip":
            later.skip(turn, row)
        case "told" if row.used == "yes":
            return await noted.told(turn, row)
        case "open":
            pass
        case _:
            return Goto(LOST)
    return await opened(turn, row)


async def _answered(turn: Turn, row: Checkin, field: str, value: str) -> Reply | Goto:
    above = await silence.welcome_back(turn, row) if field == "mood" else ""
    try:
        CHECKIN.answer(row, field, value)
    except NotAnAnswer:
        return Goto(LOST)
    row.answered_at = turn.now
    if field == "used":
        row.which = None
        if value == "yes":
            budget.hold(turn.person, turn.now)
    if not await screen.stands(turn.session, turn.person.id, turn.inbound.message_id):
        # a tap proves that it arrived, whatever became of the platform's answer
        await outbox.arrived(turn.session, turn.person, KIND, row.id, turn.now)
    if field == "used" and value != "yes":  # perhaps it said yes before
        return Goto(f"slips:off:{row.day:%Y%m%d}:{CHECKIN.slot(row)}:open")
    return await opened(turn, row, above=above)


async def _after(turn: Turn, row: Checkin, what: str, value: str) -> Reply | Goto:
    """What was asked once the questions were answered."""
    if what == "halt" and value in noted.HALT:
        row.halt = value
        return await noted.noted(turn, row)
    if what == "which" and value in {SKIPPED, *(one.name for one in await noted.which(turn, row))}:
        row.which = value
        return await noted.told(turn, row) if row.used == "yes" else await noted.noted(turn, row)
    if what == "plan" and value in (plan.OWN, "long"):
        turn.person.awaits(f"checkin:plan:{row.id}", turn.now)
        key = "checkin-plan-own" if value == plan.OWN else "checkin-plan-long"
        none = Button(turn.t("checkin-plan.none"), f"{CHECKIN.slot(row)}:plan:{plan.NONE}")
        message = Message(turn.t(key), ((none, Button(turn.t("help-button"), "help")),), slot=CHECKIN.slot(row))
        return Reply((message,))
    said = await plan.chosen(turn, row, value) if what == "plan" else None
    return noted.plan_said(turn, row, said) if said else Goto(LOST)


def _in_words(turn: Turn, row: Checkin, words: bool) -> Reply | Goto:
    """The same question in words or in numbers, this once."""
    step = next(step for step in CHECKIN.steps if step.field == "pull")
    return Reply((shown(row, step, turn.person, turn.t, words=words),))
