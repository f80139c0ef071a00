"""Somebody to talk to. It needs nothing, like every help, and tells nobody anything."""

from collections.abc import Sequence

from bot.chat import Button, Message, Rows
from bot.content import helplines
from bot.content.helplines import Kind, Line
from bot.people import Known
from bot.texts import Texts

TALK: tuple[Kind, ...] = ("warm", "drug", "crisis", "mental", "text")
"""Who listens, in this order: a warm line before one for emergencies."""

HOURS = {"always": 0, "unknown": 2, "office": 3}
SOME_HOURS = 1

SHOWN = 3
"""Lines on one screen: more is a list, and a list is work."""


def talk(press: str, known: Known | None, t: Texts) -> Message:
    """Their own people, those who answer in their country, and the thought of somebody trusted."""
    lines = listening(known.country if known else None)
    said = [worded(line, t) for line in lines]
    if not said:
        said = [t("talk-anywhere", link=helplines.world().lines[0].dial)]
    unchecked = (t("talk-unchecked"),) if any(line.verified_on is None for line in lines) else ()
    copies = tuple(Button(t("help-copy", number=line.dial), copy=line.dial) for line in lines)
    mine = (Button(t("help-people"), known.asks),) if known and known.asks else ()
    ways = (*mine, *copies)
    rows: Rows = (
        *(ways[start : start + 2] for start in range(0, len(ways), 2)),
        (Button(t("talk.do"), "hard"), Button(t("help-button"), "help")),
    )
    return Message("\n".join((t("talk"), *said, t("talk-trusted"), *unchecked)), rows, sensitive=True)


def listening(country: str | None) -> list[Line]:
    """Who listens in a country, the gentlest first."""
    lines = helplines.lines(country)
    return [line for kind in TALK if (line := lines.first(kind))][:SHOWN]


def likeliest(lines: Sequence[Line]) -> Line | None:
    """Who most likely answers at any hour: by day and night before some hours, those before an office's; else the
    gentlest."""
    return min(lines, key=lambda line: HOURS.get(line.hours, SOME_HOURS), default=None)


def _number(line: Line, t: Texts) -> str:
    """The number, and what one has to know to use it: what to write, which option, in which language."""
    return f"{line.dial} ({helplines.said(line.note, t.language).rstrip('.')})" if line.note else line.dial


def worded(line: Line, t: Texts) -> str:
    """One line of the screen. What is not known about its hours is left out: a number can be tried."""
    name, number = line.name or t("talk.unnamed"), _number(line, t)
    if line.hours == "unknown":
        return t("talk-line.short", name=name, number=number)
    return t("talk-line", name=name, number=number, hours=_hours(line, t))


def _hours(line: Line, t: Texts) -> str:
    return line.hours if line.hours[0].isdigit() else t(f"hours-{line.hours}")
