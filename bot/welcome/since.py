"""Since when: a day that somebody writes, in any of our languages, as a date or as how long ago."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from babel.dates import format_date

from bot import days
from bot.texts import Texts, normalise

_UNITS = {"since-day-phrases": 1, "since-week-phrases": 7, "since-month-phrases": 30, "since-year-phrases": 365}
_NUMBERS = re.compile(r"\d+")
LONGEST = 60 * 365
"""Days. Further back is a slip of the finger."""


def read(text: str, today: date) -> list[date]:
    """The days that somebody may mean, the likeliest first; several for 3/1/2026, none for what is no day."""
    words = normalise(text).split()
    ago = _ago(words)
    found = [today - timedelta(days=ago)] if ago is not None else list(_dates(words, today))
    return [day for day in dict.fromkeys(found) if timedelta() <= today - day <= timedelta(days=LONGEST)]


def said(day: date, t: Texts) -> str:
    """A date as it is written in a language."""
    return str(format_date(day, t("date-pattern"), locale=t.language))


def _ago(words: list[str]) -> int | None:
    """How many days ago "about 3 weeks", "two months" or "10 d" is."""
    units, numbers = _spoken()
    counts = [int(word) if word.isdecimal() and len(word) < 5 else numbers.get(word) for word in words]
    known = [count for count in counts if count is not None]
    lengths = [units[word] for word in words if word in units]
    if len(known) != 1 or len(lengths) != 1:
        return None
    days = known[0] * lengths[0]
    return days if days <= LONGEST else None


def _dates(words: list[str], today: date) -> Iterator[date]:
    """By the name of the month, or by three numbers in any order that makes a date; the year may be left out."""
    months = [days.months()[word] for word in words if word in days.months()]
    numbers = [int(found) for word in words for found in _NUMBERS.findall(word) if len(found) in (1, 2, 4)]
    if len(months) == 1 and len(numbers) in (1, 2):
        numbers.sort()
        yield from _with_year(numbers[1:], months[0], numbers[0], today)
    elif len(numbers) in (2, 3) and not months:
        first, second, *rest = numbers
        if first > 31:
            yield from _with_year([first], second, rest[0] if rest else 0, today)
        else:
            yield from _with_year(rest, second, first, today)
            yield from _with_year(rest, first, second, today)


def _with_year(years: list[int], month: int, day: int, today: date) -> Iterator[date]:
    """The date in that year, or in the last one in which it lies behind us."""
    for year in [2000 + one if one < 100 else one for one in years] or [today.year, today.year - 1]:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            yield found
            return


@cache
def _spoken() -> tuple[dict[str, int], dict[str, int]]:
    """Words for lengths of time and for small numbers, in every language at once."""
    units: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for t in map(Texts, Texts.languages()):
        units |= {word: days for key, days in _UNITS.items() for word in t.phrases(key)}
        for number, words in enumerate(t("since-numbers").split("|"), start=1):
            numbers |= dict.fromkeys((normalise(word) for word in words.split(",")), number)
    return units, numbers
