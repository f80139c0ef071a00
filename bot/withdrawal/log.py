"""The log: each symptom tapped for none, a little or a lot, one row a day, told in words beside the day before."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from babel.dates import format_date

from bot import clock
from bot import days as calendar
from bot.chat import Button, Message, Rows
from bot.content import symptoms
from bot.content.symptoms import LITTLE, MUCH, NONE, SYMPTOMS
from bot.feature import LOST, Goto, Reply, Turn
from bot.withdrawal import model
from bot.withdrawal.days import SLOT, signs_of, theirs
from bot.withdrawal.model import WORDS_MOST, SymptomDay

NEXT = {None: LITTLE, LITTLE: MUCH, MUCH: NONE, NONE: LITTLE}
"""What the next tap makes of a level. Unasked is not none."""

LONGEST = timedelta(days=30)
"""For as long an old button corrects its day."""

SHOWN = 5
"""Days in the look back."""

NAMED = 5
"""Symptoms named in one line; of more it says how many."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`log` opens today, `log:<day>:<symptom>:<level>` notes, `done`, `words` and `past` are its other screens."""
    today = _today(turn)
    match turn.words[1:]:
        case ():
            return Reply((await _asked(turn, today),))
        case ("past",):
            return Reply((await _past(turn, today),))
        case (written, *rest) if (day := _day(written, today)) is not None:
            return await _on(turn, day, rest)
    return Goto(LOST)


async def _on(turn: Turn, day: date, rest: list[str]) -> Reply | Goto:
    match rest:
        case []:
            return Reply((await _asked(turn, day),))
        case ["done"]:
            return Reply((await _noted(turn, day),))
        case ["words"]:
            return Reply((_ask_for_words(turn, day, "withdrawal-words"),))
        case [symptom, level] if symptom in SYMPTOMS and level in map(str, symptoms.LEVELS):
            row = await model.begun(turn.session, turn.person, day)
            row.note(symptom, int(level))
            return Reply((await _asked(turn, day),))
    return Goto(LOST)


async def typed(turn: Turn) -> Reply | Goto:
    """Their own words for a day."""
    day = _day(turn.words[-1], _today(turn))
    words = " ".join(getattr(turn.inbound, "text", "").split())
    if day is None:
        return Goto(LOST)
    if not 0 < len(words) <= WORDS_MOST:
        return Reply((_ask_for_words(turn, day, "withdrawal-words-long"),))
    (await model.begun(turn.session, turn.person, day)).words = words
    return Reply((await _noted(turn, day),))


async def _asked(turn: Turn, day: date) -> Message:
    """All of them, each with what was tapped so far."""
    t = turn.t
    row = await model.on(turn.session, turn.person, day)
    noted = row.levels if row else {}
    text = t("withdrawal-log") if day == _today(turn) else t("withdrawal-log-then", day=_said(turn, day))
    signs = signs_of(turn, symptoms.flags(noted, await theirs(turn)))
    buttons = [_button(turn, day, one, noted.get(one)) for one in SYMPTOMS]
    rows: Rows = (
        *(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)),
        (
            Button(t("withdrawal-words-button"), f"withdrawal:log:{day:%Y%m%d}:words"),
            Button(t("withdrawal-done"), f"withdrawal:log:{day:%Y%m%d}:done"),
        ),
        *signs,
        (Button(t("help-button"), "help"),),
    )
    return Message("\n".join((text, *([t("withdrawal-log-flag")] if signs else []))), rows, slot=SLOT, sensitive=True)


async def _noted(turn: Turn, day: date) -> Message:
    """What is better, as before or stronger than on the last day that was noted; then what is new."""
    t = turn.t
    row = await model.on(turn.session, turn.person, day)
    before = await model.last(turn.session, turn.person, day - clock.DAY, 1)
    noted, then = row.levels if row else {}, before[0].levels if before else {}
    lines = [t("withdrawal-noted") if row else t("withdrawal-noted-nothing")]
    lines += _beside(turn, noted, then, _said(turn, before[0].day)) if before else []
    lines += _listed(turn, {one: level for one, level in noted.items() if one not in then})
    lines += [t("withdrawal-own", words=row.words)] if row and row.words else []
    signs = signs_of(turn, symptoms.flags(noted, await theirs(turn)))
    lines += [t("withdrawal-log-flag")] if signs else []
    rows: Rows = (
        *signs,
        (
            Button(t("withdrawal-change"), f"withdrawal:log:{day:%Y%m%d}"),
            Button(t("withdrawal-past-button"), "withdrawal:log:past"),
        ),
        (Button(t("withdrawal-days-button"), "withdrawal:open"), Button(t("help-button"), "help")),
    )
    return Message("\n".join(lines), rows, slot=SLOT, sensitive=True)


def _beside(turn: Turn, noted: Mapping[str, int], then: Mapping[str, int], day: str) -> list[str]:
    both = [one for one in noted if one in then]
    groups = (
        ("withdrawal-stronger", [one for one in both if noted[one] > then[one]]),
        ("withdrawal-better", [one for one in both if noted[one] < then[one]]),
        ("withdrawal-same", [one for one in both if noted[one] == then[one] != NONE]),
    )
    return [turn.t(key, day=day, what=_names(turn, found)) for key, found in groups if found]


def _listed(turn: Turn, noted: Mapping[str, int]) -> list[str]:
    groups = (("withdrawal-much", MUCH), ("withdrawal-little", LITTLE))
    found = [(key, [one for one in noted if noted[one] == level]) for key, level in groups]
    return [turn.t(key, what=_names(turn, those)) for key, those in found if those]


async def _past(turn: Turn, today: date) -> Message:
    """The last days of which anything was noted, the latest first."""
    t = turn.t
    rows = await model.last(turn.session, turn.person, today, SHOWN)
    lines = [" ".join((f"{_said(turn, row.day).capitalize()}.", *_of_a_day(turn, row))) for row in rows]
    buttons = (
        (Button(t("withdrawal-log-button"), "withdrawal:log"), Button(t("withdrawal-days-button"), "withdrawal:open")),
        (Button(t("help-button"), "help"),),
    )
    text = "\n".join((t("withdrawal-last"), *lines)) if lines else t("withdrawal-noted-nothing")
    return Message(text, buttons, slot=SLOT, sensitive=True)


def _of_a_day(turn: Turn, row: SymptomDay) -> list[str]:
    return _listed(turn, row.levels) or [turn.t("withdrawal-none" if row.levels else "withdrawal-only-words")]


def _ask_for_words(turn: Turn, day: date, key: str) -> Message:
    turn.person.awaits(f"withdrawal:words:{day:%Y%m%d}", turn.now)
    back = Button(turn.t("welcome-back"), f"withdrawal:log:{day:%Y%m%d}")
    return Message(turn.t(key), ((back, Button(turn.t("help-button"), "help")),), slot=SLOT, sensitive=True)


def _button(turn: Turn, day: date, symptom: str, level: int | None) -> Button:
    label = SYMPTOMS[symptom].label(turn.t.language)
    said = label if level is None else turn.t(f"withdrawal-level.l{level}", what=label)
    return Button(said, f"withdrawal:log:{day:%Y%m%d}:{symptom}:{NEXT[level]}")


def _names(turn: Turn, found: Iterable[str]) -> str:
    names = [SYMPTOMS[one].label(turn.t.language).lower() for one in found]
    said = ", ".join(names[:NAMED])
    return said if len(names) <= NAMED else turn.t("withdrawal-more", what=said, count=str(len(names) - NAMED))


def _said(turn: Turn, day: date) -> str:
    """`Tuesday`, or further back `3 March`."""
    if _today(turn) - day < timedelta(days=7):
        return str(format_date(day, turn.t("weekday-pattern"), locale=turn.t.language))
    return calendar.said(day, turn.t)


def _day(written: str, today: date) -> date | None:
    """The day that a button names, if it may still be corrected."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if timedelta() <= today - day <= LONGEST else None


def _today(turn: Turn) -> date:
    return clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC"))
