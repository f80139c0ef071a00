"""The numbers on the screens of the red flags, as the country has them; where it has none, those of the whole world."""

import re

from bot.content import helplines
from bot.content.helplines import SOMEONE, Country, Kind, Line
from bot.texts import Texts

_PLACE = re.compile(r" ?\{(\w+)\}")


def first(kind: Kind, country: Country) -> Line | None:
    """The line to show for a kind. For despair anybody will do who answers a person in it."""
    kinds = SOMEONE if kind == "crisis" else (kind,)
    return next((line for one in kinds if (line := country.first(one))), None)


def emergency(country: Country, t: Texts) -> str:
    """The number for danger to life, or the two that work in many countries."""
    line = country.first("emergency")
    return line.dial if line else t("help-emergency-anywhere")


def line(kind: Kind, country: Country, t: Texts) -> str:
    """A line of the first screen; empty where the country has no such number."""
    match kind:
        case "emergency":
            return t("flag-line-emergency", number=emergency(country, t))
        case "crisis":
            found = first(kind, country)
            return t("flag-line-crisis", number=_crisis(country, t)) if found else line("directory", country, t)
        case "directory":
            return t("help-find", link=helplines.world().lines[0].dial)
    found = first(kind, country)
    return t(f"flag-line-{kind}", number=_said(found, t)) if found else ""


def filled(words: str, country: Country, t: Texts) -> str:
    """Words with their numbers in place: `{emergency}`, `{crisis}`, or a kind of line, left out where there is none."""

    def number(place: re.Match[str]) -> str:
        space = " " if place[0].startswith(" ") else ""
        said = _number(place[1], country, t)
        return f"{space}{said}" if said else ""

    return _PLACE.sub(number, words)


def _number(name: str, country: Country, t: Texts) -> str:
    if name == "emergency":
        return emergency(country, t)
    if name in ("crisis", "someone"):
        return _crisis(country, t)
    found = next((line for line in country.lines if line.kind == name), None)
    if found:
        return _said(found, t)
    match name:  # nothing else stands on their line
        case "poison":
            return emergency(country, t)
        case "violence":
            return _crisis(country, t)
    return ""


def _crisis(country: Country, t: Texts) -> str:
    """The line, and what one has to know to use it: some can be texted, and most can not."""
    found = first("crisis", country)
    if found is None:
        return helplines.world().lines[0].dial
    note = f" ({helplines.said(found.note, t.language).rstrip('.')})" if found.note else ""
    return _said(found, t).replace(found.dial, f"{found.dial}{note}", 1)


def _said(line: Line, t: Texts) -> str:
    """What to dial, and when it answers, where that is known."""
    if line.hours == "unknown":
        return line.dial
    return f"{line.dial}, {line.hours if line.hours[0].isdigit() else t(f'hours-{line.hours}')}"
