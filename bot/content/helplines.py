"""Numbers to call, by country: one file a country in `helplines/`, first the line to show first.

Nobody has verified them at the provider yet (`verified_on` is empty), and the screen says so. A number stands exactly
as it is typed inside its country. Reading needs neither network nor database and happens at import.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.chat import COPY_LIMIT
from bot.content import countries as known
from bot.content.reading import BrokenContent, Day, Record, Said, in_language, read_facts
from bot.texts import ENGLISH, normalise

DIRECTORY = Path(__file__).parent / "helplines"
WORLD = "INT"
"""Where the links stand that help find a line in any country."""

UNION = "EU"

FIRST = ("US", "GB", "IN", "AU", "MX", "ES")
"""Shown before [More]: on each side of the world the most populous countries that speak the languages we write in.
The one asking may be in any of them, and the list knows nothing about who asks."""

GOOD_FOR = timedelta(days=180)

Kind = Literal[
    "emergency",
    "crisis",
    "text",
    "poison",
    "drug",
    "medical",
    "mental",
    "violence",
    "youth",
    "family",
    "warm",
    "directory",
]


Serves = Literal["anyone", "youth", "violence", "care"]
"""Whom or what a directory lists lines for; `care` finds treatment."""

SOMEONE: tuple[Kind, ...] = ("crisis", "mental", "warm", "medical")
"""Who answers a person in despair, the first there is. Every country with numbers has one of these or none at all."""


class Line(Record):
    """One service that answers.

    `dial` is what is typed (for a `directory`, a link). `name` is its proper name, the same in every language, or
    empty where its kind says it all. `where` is the region it serves, if not the whole country. `note` is what one
    has to know to use it. `hours` is `always`, `office`, `limited`, `unknown`, or from and to on the clock there
    (`08:00-02:00`). `confidence` is how sure its compiler was: `believed` has to be checked first. `serves` is what
    a `directory` helps to find.
    """

    kind: Kind
    dial: str = Field(min_length=2, max_length=COPY_LIMIT)
    name: str = ""
    serves: Serves = "anyone"
    where: Said | None = None
    note: Said | None = None
    hours: Annotated[str, Field(pattern=r"^(always|office|limited|unknown|[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d)$")]
    confidence: Literal["high", "believed"]
    verified_on: Day
    source: str = ""

    @model_validator(mode="after")
    def _can_be_typed(self) -> Self:
        is_link = self.dial.startswith("https://") and " " not in self.dial
        is_number = set(self.dial) <= set("0123456789 -*#")
        if not (is_link if self.kind == "directory" else is_number):
            raise ValueError(f"dial: {self.dial!r} is not what one types there")
        if self.serves != "anyone" and self.kind != "directory":
            raise ValueError("serves: told of a directory alone")
        if self.verified_on and not self.source:
            raise ValueError("source: where was it verified?")
        return self


@dataclass(frozen=True, slots=True)
class Country:
    """The lines that answer in one country, the one to show first first."""

    code: str
    lines: tuple[Line, ...]

    def first(self, kind: Kind) -> Line | None:
        """The line of a kind to show, if there is one."""
        return next((line for line in self.lines if line.kind == kind), None)

    def every(self, kind: Kind) -> tuple[Line, ...]:
        """All lines of a kind, the one to show first first."""
        return tuple(line for line in self.lines if line.kind == kind)

    def directory(self, serves: Serves) -> Line | None:
        """Its own link that helps to find this, if there is one."""
        return next((line for line in self.every("directory") if line.serves == serves), None)

    def name(self, language: str) -> str:
        """What the country is called."""
        return known.name(self.code, language)


class _File(Record):
    line: tuple[Line, ...] = Field(min_length=1)


def read(directory: Path = DIRECTORY) -> Mapping[str, tuple[Line, ...]]:
    """The lines of each file, by the code that it is named after. Raises BrokenContent."""
    files = {file.stem: read_facts(file, _File).line for file in sorted(directory.glob("*.toml"))}
    for code, found in files.items():
        if code not in known.COUNTRIES and code not in (UNION, WORLD):
            raise BrokenContent(f"helplines/{code}.toml: countries.toml does not name {code}")
        if len({line.dial for line in found}) != len(found):
            raise BrokenContent(f"helplines/{code}.toml: line: a dial stands twice")
    for code in {WORLD, *FIRST, *(country.uses for country in known.COUNTRIES.values() if country.uses)}:
        if code not in files:
            raise BrokenContent(f"helplines/{code}.toml is missing")
    return files


def _joined(code: str, files: Mapping[str, tuple[Line, ...]]) -> Country:
    """A country's own lines, then those it may use too for the kinds that it has none of."""
    own = files.get(code, ())
    kinds = {line.kind for line in own}
    dialled = {line.dial for line in own}
    lent = [line for line in files.get(known.COUNTRIES[code].uses, ()) if line.dial not in dialled]
    return Country(code, own + tuple(line for line in lent if line.kind not in kinds))


_FILES = read()
_WORLD = Country(WORLD, _FILES[WORLD])
_COUNTRIES = {code: country for code in known.COUNTRIES if (country := _joined(code, _FILES)).lines}


def lines(country: str | None) -> Country:
    """The lines of a country; the links that serve the world where the country is unknown or we have none for it."""
    return _COUNTRIES.get(country or "", _WORLD)


def world() -> Country:
    """The links that help find a line in any country."""
    return _WORLD


def link(country: str | None, serves: Serves) -> str:
    """The link that helps to find this there; else the one for the world; at worst the one that lists everything."""
    found = lines(country).directory(serves) or _WORLD.directory(serves) or _WORLD.lines[0]
    return found.dial


def countries(language: str = ENGLISH) -> tuple[Country, ...]:
    """Every country we have a line for: `FIRST`, then the others by name."""
    others = (country for code, country in _COUNTRIES.items() if code not in FIRST)
    by_name = sorted(others, key=lambda country: normalise(country.name(language)))
    return (*(_COUNTRIES[code] for code in FIRST), *by_name)


def must_check(line: Line, today: date) -> bool:
    """Whether to say "check this number": nobody has verified it, not within 180 days, or the date cannot be true."""
    return line.verified_on is None or not timedelta(0) <= today - line.verified_on <= GOOD_FOR


def said(words: Said | None, language: str) -> str:
    """A line's `where` or `note` in a language, empty if there is none."""
    return in_language(words, language) if words else ""
