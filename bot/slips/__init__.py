"""It happened: kind words at once, then whatever helps. Nothing is erased, nothing is counted against anybody."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime

from bot import budget, clock
from bot.feature import LOST, Feature, Goto, Reply, Turn, row_number
from bot.people import SUBSTANCES
from bot.slips import debrief, dialog, first, model, noted
from bot.slips.model import Slip


async def pressed(turn: Turn) -> Reply | Goto:
    """`slips:on` begins or goes on, `slips:on:<day>:<which>` from a check-in; `slips:<id>:…` is about one of them.

    `slips:off:<day>:<press>`: the check-in of that day has been corrected, and it goes on with the press.
    """
    number, *what = turn.words or ("on",)
    if number == "off":
        return await _off(turn, what)
    turn.person.awaits(None, turn.now)
    slip = await (_on(turn, what) if number == "on" else model.theirs(turn.session, turn.person, row_number(number)))
    if slip is None:
        return Goto(LOST)
    budget.hold(turn.person, turn.now)
    if number == "on":
        return await dialog.following(turn, slip)
    match what:
        case [way] if way in WAYS:
            return await WAYS[way](turn, slip)
        case [question, answer] if question in ANSWERS:
            return await ANSWERS[question](turn, slip, answer)
    return Goto(LOST)


async def typed(turn: Turn) -> Reply | Goto:
    """Own words: `slips:<field>:<id>`."""
    field, number = turn.words
    slip = await model.theirs(turn.session, turn.person, row_number(number))
    words = " ".join(getattr(turn.inbound, "text", "").split())
    if slip is None:
        return Goto(LOST)
    budget.hold(turn.person, turn.now)
    return await dialog.named(turn, slip, words) if field == "own" else await debrief.typed(turn, slip, field, words)


async def _on(turn: Turn, told: Sequence[str]) -> Slip | None:
    if not told:
        return await model.open_one(turn.session, turn.person, turn.now)
    day, which = _day(told[0]), told[1:]
    today = clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC"))
    if day is None or not today - 2 * clock.DAY <= day <= today:
        return None
    slip = await model.of_note(turn.session, turn.person, day, turn.now)
    if which and which[0] in (*SUBSTANCES, model.SKIPPED):
        slip.which = slip.which or which[0]
    return slip


async def _off(turn: Turn, told: Sequence[str]) -> Goto:
    day = _day(told[0]) if told else None
    if day is None:
        return Goto(LOST)
    await model.corrected(turn.session, turn.person, day, turn.now)
    return Goto(":".join(told[1:]))


def _day(word: str) -> date | None:
    try:
        return datetime.strptime(word, "%Y%m%d").date()  # noqa: DTZ007  # a local day, in no zone
    except ValueError:
        return None


WAYS: Mapping[str, Callable[[Turn, Slip], Awaitable[Reply | Goto]]] = {
    "help": dialog.what_helps,
    "steps": dialog.steps,
    "tell": dialog.tell,
    "what": debrief.begin,
    "note": noted.noted,
    "closer": noted.closer,
    "count": noted.count,
    "undo": noted.undo,
}
"""`slips:<id>:<way>`."""

ANSWERS: Mapping[str, Callable[[Turn, Slip, str], Awaitable[Reply | Goto]]] = {
    "when": dialog.when,
    "which": dialog.which,
    "where": debrief.where,
    "cause": debrief.cause,
    "thought": debrief.thought,
}
"""`slips:<id>:<question>:<answer>`."""


FEATURE = Feature(
    name="slips",
    presses={"slips": pressed},
    urgent={"slip": first.show},
    commands={"slip": "slip", "used": "slip", "relapse": "slip"},
    listed=("slip",),
    phrases={"slip-phrases": "slip"},
    answers={"slips": typed},
)
