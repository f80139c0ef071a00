"""What a check-in asks, and what is said to the answers. Three taps on a calm day."""

from datetime import time

from bot import clock, outbox, screen
from bot.chat import Button, Message
from bot.checkins import model
from bot.checkins.model import SKIPPED, Checkin
from bot.dialog import Choice, Dialog, NotAnAnswer, Scale
from bot.feature import LOST, Goto, Reply, Turn, row_number
from bot.texts import Texts

CHECKIN = Dialog(
    "checkin",
    steps=(
        Choice("mood", ("very_low", "low", "so_so", "all_right", "good")),
        Scale("pull", 0, 10),
        Choice("used", ("no", "yes", SKIPPED)),
    ),
)

KIND = "checkin"
STRONG = 7
"""A pull from here on is a hard moment."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`checkin` opens today's; `checkin:<id>:<field>:<value>` answers, whenever it was asked."""
    match turn.words:
        case ():
            return await _today(turn)
        case (number, field, value):
            row = await model.theirs(turn.session, turn.person, row_number(number))
            return Goto(LOST) if row is None else await _answered(turn, row, field, value)
        case (number, "again"):
            row = await model.theirs(turn.session, turn.person, row_number(number))
            if row is None:
                return Goto(LOST)
            CHECKIN.begin_again(row)
            return Reply((shown(row, turn.t),))
        case (_, "support"):
            return Reply((_support(turn.t),))
    return Goto(LOST)


def shown(row: Checkin, t: Texts, *, above: str = "") -> Message:
    """The question that is open, or what was answered."""
    step = CHECKIN.next_step(row)
    if step is None:
        return _noted(row, t)
    support = Button(t("checkin-support"), f"{CHECKIN.slot(row)}:support")
    help_now = Button(t("help-button"), "help")
    return CHECKIN.ask(row, step, t, last=((support, help_now),), above=above)


async def _today(turn: Turn) -> Reply | Goto:
    if turn.person.zone is None:
        return Goto("welcome:city")
    day = clock.day_of(turn.now, clock.zone(turn.person.zone))
    return Reply((shown(await model.on(turn.session, turn.person, day), turn.t),))


async def _answered(turn: Turn, row: Checkin, field: str, value: str) -> Reply | Goto:
    try:
        CHECKIN.answer(row, field, value)
    except NotAnAnswer:
        return Goto(LOST)
    row.answered_at = turn.now
    if not await screen.stands(turn.session, turn.person.id, turn.inbound.message_id):
        # a tap proves that it arrived, whatever became of the platform's answer
        await outbox.arrived(turn.session, turn.person, KIND, row.id, turn.now)
    return Reply((shown(row, turn.t),))


def _noted(row: Checkin, t: Texts) -> Message:
    strong = int(row.pull or 0) >= STRONG
    text = t(
        "checkin-noted",
        mood=t(f"checkin-mood-said.{row.mood}"),
        pull=str(row.pull),
        used=t(f"checkin-used-said.{row.used}"),
    )
    if strong:
        text = f"{text}\n{t('checkin-strong')}"
    change = Button(t("checkin-change"), f"{CHECKIN.slot(row)}:again")
    help_now = Button(t("help-button"), "help")
    rows = ((Button(t("hard-button"), "hard"),), (change, help_now)) if strong else ((change, help_now),)
    return Message(text, rows, slot=CHECKIN.slot(row), sensitive=True)


def _support(t: Texts) -> Message:
    """Always an answer, and never a word to anybody."""
    rows = ((Button(t("checkin-support.something"), "hard"), Button(t("checkin-support.numbers"), "help:all")),)
    return Message(t("checkin-support.asked"), (*rows, (Button(t("help-button"), "help"),)))


def part_of_day(at: time) -> str:
    """Which word a note of that hour goes by."""
    hours = (("morning", 5, 12), ("afternoon", 12, 17), ("evening", 17, 23))
    return next((word for word, first, end in hours if first <= at.hour < end), "night")
