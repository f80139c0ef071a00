"""When it was, which one, and what would help now. Every answer may be skipped, and an old button corrects its own."""

from collections.abc import Sequence

from bot.chat import Button, Message
from bot.feature import LOST, Goto, Reply, Turn
from bot.people import Substance
from bot.slips import model, warnings
from bot.slips.first import lapse_first_aid
from bot.slips.model import HAPPENED, OWN, SKIPPED, Slip
from bot.slips.screen import by_two, choices, screen

WAYS_OUT = 4
"""Buttons of other features on the screen for telling somebody."""


async def following(turn: Turn, slip: Slip) -> Reply:
    """The first question that is open, or what would help."""
    if slip.happened is None:
        return Reply((_when(turn, slip),))
    every = await model.recovering_from(turn.session, turn.person)
    if slip.which is None and len(every) > 1:
        return Reply((_which(turn, slip, every),))
    return await what_helps(turn, slip)


async def when(turn: Turn, slip: Slip, value: str) -> Reply | Goto:
    """Just now, earlier today, before today, several days now."""
    if value not in (*HAPPENED, SKIPPED):
        return Goto(LOST)
    slip.happens(value, turn.person.zone)
    return await following(turn, slip)


async def which(turn: Turn, slip: Slip, value: str) -> Reply | Goto:
    """One of what they recover from; for anything else their own words."""
    if value == OWN:
        turn.person.awaits(f"slips:own:{slip.id}", turn.now)
        skip = Button(turn.t("slip-skip"), f"slips:{slip.id}:which:{SKIPPED}")
        return Reply((screen(turn, turn.t("slip-own"), (), skip),))
    every = await model.recovering_from(turn.session, turn.person)
    if value not in {SKIPPED, *(one.name for one in every)}:
        return Goto(LOST)
    slip.which, slip.own = value, next((one.own for one in every if one.name == value), None)
    return await following(turn, slip)


async def named(turn: Turn, slip: Slip, words: str) -> Reply:
    """Which one it was, in own words."""
    slip.which, slip.own = "other", words
    return await following(turn, slip)


async def what_helps(turn: Turn, slip: Slip) -> Reply:
    """Four ways on, in any order, below what has to be known."""
    t, names = turn.t, await _possible(turn, slip)
    buttons = [Button(t(f"slip-help.{what}"), f"slips:{slip.id}:{what}") for what in ("steps", "tell", "what", "note")]
    text = "\n".join((*warnings.lines(slip, names, turn.person.goal, t.language), t("slip-help")))
    return Reply((screen(turn, text, by_two(buttons)),))


async def steps(turn: Turn, slip: Slip) -> Reply:
    """Three steps. Where stopping suddenly could be dangerous they are others."""
    t = turn.t
    careful = warnings.never_suddenly(slip, await _possible(turn, slip), turn.person.goal)
    text = t("slip-steps-careful") if careful else lapse_first_aid().words(t.language).text()
    note = Button(t("slip-help.note"), f"slips:{slip.id}:note")
    return Reply((screen(turn, text, ((note, back(turn, slip)),)),))


async def tell(turn: Turn, slip: Slip) -> Reply:
    """Whoever can be reached right now, and words to send. Nothing goes to anybody from here."""
    t = turn.t
    words = t("slip-tell.words")
    ours = [Button(t("slip-talk"), "talk"), Button(t("slip-tell.copy"), copy=words)]
    theirs = [one for one in await turn.ways_out() if one.press != "talk"][:WAYS_OUT]
    return Reply((screen(turn, t("slip-tell", words=words), by_two([*theirs, *ours]), back(turn, slip)),))


def back(turn: Turn, slip: Slip) -> Button:
    """To what would help."""
    return Button(turn.t("slip-help.back"), f"slips:{slip.id}:help")


def undo_button(turn: Turn, slip: Slip) -> Button:
    """It was a mistake, or medicine as it was prescribed."""
    key = "slip-undo.medicine" if turn.person.goal == "medicine" else "slip-undo"
    return Button(turn.t(key), f"slips:{slip.id}:undo")


async def _possible(turn: Turn, slip: Slip) -> frozenset[str]:
    every = await model.recovering_from(turn.session, turn.person)
    return warnings.possible(slip, (one.name for one in every))


def _when(turn: Turn, slip: Slip) -> Message:
    t = turn.t
    above = f"{t('slip-medicine')}\n" if turn.person.goal == "medicine" else ""
    skip = Button(t("slip-skip"), f"slips:{slip.id}:when:{SKIPPED}")
    rows = choices(slip, "when", {value: t(f"slip-when.{value}") for value in HAPPENED})
    return screen(turn, above + t("slip-when"), (*rows, (undo_button(turn, slip),)), skip)


def _which(turn: Turn, slip: Slip, every: Sequence[Substance]) -> Message:
    t = turn.t
    # of an unnamed other there is nothing to say but "something else", which stands there for everybody
    known = [one for one in every if one.name != "other" or one.own]
    labels = {one.name: one.own or t(f"checkin-which.{one.name}") for one in known}
    skip = Button(t("slip-skip"), f"slips:{slip.id}:which:{SKIPPED}")
    return screen(turn, t("slip-which"), choices(slip, "which", {**labels, OWN: t("slip-which.own")}), skip)
