"""Days worth a kind line: a few in the first year, then each year.

A line says how far it is and nothing of what would be lost. Whose day it is, and whether they want to hear of it, is
not decided here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pydantic import Field

from bot.content.reading import BrokenContent, Record, Said, in_language, read_facts

FILE = Path(__file__).parent / "milestones.toml"

YEAR = 365


class _Day(Record):
    days: int = Field(ge=1, le=YEAR)
    line: Said


class _Years(Record):
    line: Said
    """For the second year and those after it; names the number as `{years}`."""


class _File(Record):
    day: tuple[_Day, ...] = Field(min_length=1)
    years: _Years


@dataclass(frozen=True, slots=True)
class Milestone:
    """So many days, and what is said of them by language."""

    days: int
    said: Said

    def line(self, language: str) -> str:
        """The line in a language, else in English."""
        return in_language(self.said, language)


def read(file: Path = FILE) -> tuple[tuple[Milestone, ...], Said]:
    """Those of the first year by their days, and the line for every later year. Raises BrokenContent."""
    facts = read_facts(file, _File)
    days = [one.days for one in facts.day]
    if days != sorted(set(days)) or days[-1] != YEAR:
        raise BrokenContent(f"{file.name}: day: each once, in their order, up to {YEAR}")
    if wrong := [language for language, words in facts.years.line.items() if "{years}" not in words]:
        raise BrokenContent(f"{file.name}: years: does not name {{years}} ({', '.join(wrong)})")
    return tuple(Milestone(one.days, one.line) for one in facts.day), facts.years.line


_FIRST_YEAR, _YEARS = read()


def every() -> Iterator[Milestone]:
    """All of them from the first on, without end."""
    yield from _FIRST_YEAR
    for years in count(2):
        said = {language: words.replace("{years}", str(years)) for language, words in _YEARS.items()}
        yield Milestone(years * YEAR, said)


def at(days: int) -> Milestone | None:
    """What so many days are, if they are one exactly."""
    found = reached(days)
    return found if found and found.days == days else None


def reached(days: int) -> Milestone | None:
    """The last one that lies behind somebody after so many days; None before the first."""
    found = None
    for one in every():
        if one.days > days:
            return found
        found = one
    return found


def ahead(days: int) -> Milestone:
    """The next one after so many days."""
    return next(one for one in every() if one.days > days)
