"""Somebody to talk to. It needs nothing, like every help, and tells nobody anything."""

from bot.chat import Button, Message, Rows
from bot.content import helplines
from bot.content.helplines import Kind, Line
from bot.people import Known
from bot.texts import Texts

TALK: tuple[Kind, ...] = ("warm", "drug", "crisis", "mental", "text")
"""Who listens, in this order: a warm line before one for emergencies."""

SHOWN = 3
"""Lines on one screen: more is a list, and a list is work."""


def talk(press: str, known: Known | None, t: Texts) -> Message:
    """People who answer in this person's country, and the thought of somebody trusted."""
    lines = listening(known.country if known else None)
    said = [worded(line, t) for line in lines]
    if not said:
        said = [t("talk-anywhere", link=helplines.world().lines[0].dial)]
    unchecked = (t("talk-unchecked"),) if any(line.verified_on is None for line in lines) else ()
    copies = tuple(Button(t("help-copy", number=line.dial), copy=line.dial) for line in lines)
    rows: Rows = (
        *(copies[start : start + 2] for start in range(0, len(copies), 2)),
        (Button(t("talk.do"), "hard"), Button(t("help-button"), "help")),
    )
    return Message("\n".join((t("talk"), *said, t("talk-trusted"), *unchecked)), rows, sensitive=True)


def listening(country: str | None) -> list[Line]:
    """Who listens in a country, the gentlest first."""
    lines = helplines.lines(country)
    return [line for kind in TALK if (line := lines.first(kind))][:SHOWN]


def _number(line: Line, t: Texts) -> str:
    """The number, and for a text line what to write."""
    return f"{line.dial} ({helplines.said(line.note, t.language).rstrip('.')})" if line.kind == "text" else line.dial


def worded(line: Line, t: Texts) -> str:
    """One line of the screen. What is not known about its hours is left out: a number can be tried."""
    name, number = line.name or t("talk.unnamed"), _number(line, t)
    if line.hours == "unknown":
        return t("talk-line.short", name=name, number=number)
    return t("talk-line", name=name, number=number, hours=_hours(line, t))


def _hours(line: Line, t: Texts) -> str:
    return line.hours if line.hours[0].isdigit() else t(f"hours-{line.hours}")
