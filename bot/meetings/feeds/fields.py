"""Fields of feeds as they come in the wild, made plain: words, days, times, zones, places.

Everything here takes whatever a hostile or careless feed holds and answers with something usable or nothing at all.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import time, timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

from bot import clock

NOON = 12

_BLOCKS = frozenset({"br", "p", "div", "li", "tr", "ul", "ol", "h1", "h2", "h3"})
_SILENT = frozenset({"script", "style"})
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*([ap])?\.?\s*m?\.?", re.IGNORECASE)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""From Monday = 0, as everything of ours counts them."""

LONGEST = timedelta(hours=4)
"""A meeting that is listed as longer has a typing error in its end."""


class _Plain(HTMLParser):
    """Collects the words of a piece of HTML. Entities are resolved once, tags become line breaks or nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new line for what begins one."""
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A new line for what ends one."""
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """The words between."""
        if not self._silent:
            self.parts.append(data)


def words(value: object, most: int) -> str:
    """Plain text of at most so many characters; empty for anything that is none.

    HTML is taken out and entities are resolved once; control, format and half characters are gone; lines stay.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(value)[: most * 4]
    if _MARKUP.search(text):
        plain = _Plain()
        plain.feed(text)
        plain.close()
        text = "".join(plain.parts)
    if text.isprintable():  # most words of a feed are, and have nothing to take out
        text = " ".join(text.split())
    else:
        text = "".join(_kept(character) for character in text.replace("\r", "\n"))
        text = _LINES.sub("\n", _SPACES.sub(" ", text)).strip()
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def line(value: object, most: int) -> str:
    """The same on one line."""
    return " ".join(words(value, most).split())


def items(value: object, most: int = 64) -> list[str]:
    """A list of short words: a list of anything, or one string with commas."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, (list, tuple)):
        return []
    return [found for one in value[:most] if (found := line(one, 64))]


def days(value: object, *, first: int) -> list[int]:
    """Weekdays from Monday = 0. `first` is what the source numbers Sunday with: 0, 1, or 7 for ISO numbering.

    Takes a number, its string, an English word, or a list of any of these; leaves out what is none.
    """
    if isinstance(value, (list, tuple)):
        found = [day for one in value[:7] for day in days(one, first=first)]
        return list(dict.fromkeys(found))
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return []
    text = str(value).strip().lower()
    if text.isascii() and text.isdecimal():
        number = int(text[:4])
        counted = range(1, 8) if first else range(7)
        if first == 7 and number == 0:
            return [
                6
            ]  # a stale row that still counts from Sunday = 0; no ISO weekday is 0, so it can mean nothing else
        return [(number - 1) % 7 if first == 7 else (number - first - 1) % 7] if number in counted else []
    return [number for number, name in enumerate(DAYS) if len(text) >= 3 and name.startswith(text.rstrip("s."))]


def clock_time(value: object) -> tuple[time, int] | None:
    """A time of day, `19:30`, `19:30:00` or `7:30 PM`, and how many days later: `24:00` is midnight of the next day."""
    if not isinstance(value, str):
        return None
    text = value.strip().lower()
    if text in ("noon", "midnight"):
        return time(NOON if text == "noon" else 0), 0
    found = _TIME.fullmatch(text)
    if found is None or not (found[2] or found[4]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[4]:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if found[4] == "p" else 0)
    if (hour, minute) == (24, 0):
        return time(), 1
    return (time(hour, minute), 0) if hour < 24 and minute < 60 else None


def minutes_between(start: time, end: time) -> int | None:
    """How long it lasts: an end that is not after the start is on the next day. None for one that cannot be true."""
    lasts = (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60)
    return believed(lasts or 24 * 60)


def believed(minutes: int) -> int | None:
    """A length in minutes, or None for one that cannot be true."""
    return minutes if 0 < minutes <= LONGEST.total_seconds() // 60 else None


def zone(value: object) -> str:
    """A time zone by its name, retired names too; empty for anything else, `EST` and `MST` too.

    Those two are fixed offsets all year in the zone data, and half of the year wrong in the places that use the words.
    """
    name = value.strip() if isinstance(value, str) else ""
    return name if "/" in name and name in clock.zone_names() and not name.startswith("Etc/") else ""


def link(value: object, most: int) -> str:
    """A web address that a phone may open: http or https with a host, no credentials in it; else empty.

    Empty too where it holds what nobody sees: control characters, and those that turn the direction of writing.
    """
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > most or " " in text or not text.isprintable():
        return ""
    try:
        parts = urlsplit(text)
        plain = parts.scheme in ("http", "https") and parts.hostname and not parts.username and not parts.password
    except ValueError:
        return ""
    return text if plain else ""


def number(value: object, low: float, high: float) -> float | None:
    """A number within bounds, given as one or as a string; None for anything else, and for the 0 of an empty field."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(str(value)[:40])
    except ValueError:
        return None
    return found if low <= found <= high and found else None


def is_yes(value: object) -> bool:
    """`yes`, `true`, `1`, however they are written."""
    return value is True or (isinstance(value, (str, int)) and str(value).strip().lower() in ("yes", "true", "1", "y"))


def first_of(values: Iterable[str]) -> str:
    """The first that is not empty."""
    return next((value for value in values if value), "")


def together(most: int, *several: str) -> str:
    """What was read already, one below the other, of at most so many characters."""
    return "\n".join(one for one in several if one)[:most]


def _kept(character: str) -> str:
    if character == "\n":
        return character
    kind = unicodedata.category(character)
    return "" if kind in ("Cf", "Cs", "Co", "Cn") else " " if kind[0] in "CZ" else character
