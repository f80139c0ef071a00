"""What changes with the substance: facts in `about.toml`, words by section in `en.md` and its sisters.

Ranges of the first days stand here and nowhere else: the pages of `danger` take theirs from here. They are what others
have told, never what will be. No amounts, no plans for cutting down: those are a doctor's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.content.ids import FlagId
from bot.content.reading import BrokenContent, Record, Reviewed, in_language, read_facts, read_pages

DIRECTORY = Path(__file__).parent / "substances"

IDS = (
    "kratom_leaf",
    "kratom_extract",
    "alcohol",
    "opioids",
    "benzodiazepines",
    "stimulants",
    "cannabis",
    "nicotine",
    "other",
)
"""In the order in which they are offered."""

WEEK = 7
MONTH = 28


class Range(Record):
    """Some of the first days: `first` to `last` hours, days, weeks or months after the last time; open without `last`.

    `basis` is what kind of source it has: `surveys` and case reports, what `clinics` say, the same days of the `leaf`
    where nothing else was studied, or national `guidance`. `source` cites it, in words of no language; what clinics
    say has no paper to cite. `confidence` is how far it carries.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    unit: Literal["hours", "days", "weeks", "months"]
    first: int = Field(ge=0)
    last: int | None = None
    confidence: Literal["low", "medium", "high"]
    basis: Literal["surveys", "clinics", "leaf", "guidance"]
    source: str = ""

    @model_validator(mode="after")
    def _can_be_looked_up(self) -> Self:
        if not self.source and self.basis != "clinics":
            raise ValueError("source: where does it stand?")
        return self

    @property
    def days(self) -> tuple[int, int | None]:
        """From and to which whole day after the last time, 0 for the same day; None for no end."""
        match self.unit:
            case "hours":
                return 0, 0
            case "days":
                return self.first, self.last
        length = WEEK if self.unit == "weeks" else MONTH
        return (self.first - 1) * length + 1, None if self.last is None else self.last * length

    def covers(self, day: int) -> bool:
        """Whether that whole day after the last time lies in it."""
        first, last = self.days
        return first <= day and (last is None or day <= last)


class Eases(Record):
    """Between which days the body mostly eases."""

    first: int = Field(ge=1)
    last: int = Field(ge=1)


class About(Reviewed):
    """The facts of a substance.

    `tolerance`: after a break the old amount can be too much. `never_stop_suddenly`: stopping at once can kill.
    `opioid`: it acts where opioids do, so that the first days go alike. `eases` is told of those alone.
    """

    tolerance: bool
    never_stop_suddenly: bool
    opioid: bool = False
    red_flags: tuple[FlagId, ...] = Field(min_length=1)
    eases: Eases | None = None
    days: tuple[Range, ...] = ()

    @model_validator(mode="after")
    def _days_follow_each_other(self) -> Self:
        spans = [one.days for one in self.days]
        for (_, last), (first, _) in pairwise(spans):
            if last is None or first > last + 1:
                raise ValueError("days: a range begins where the one before it has ended")
        if self.opioid != (self.eases is not None):
            raise ValueError("eases: told of opioids, and of nothing else")
        return self


@dataclass(frozen=True, slots=True)
class Substance:
    """One thing that people recover from."""

    id: str
    about: About
    sections: Mapping[str, Mapping[str, str]]
    """By language, then by heading; the name stands under an empty one."""

    def name(self, language: str) -> str:
        """What it is called."""
        return self._said("", language)

    def tolerance(self, language: str) -> str:
        """That the body bears less after a break. Empty where nobody need fear that."""
        return self._said("tolerance", language) if self.about.tolerance else ""

    def stopping(self, language: str) -> str:
        """What to know before stopping, or going on having stopped."""
        return self._said("stopping", language)

    def helps(self, language: str) -> str:
        """What makes the first days easier, a line each."""
        return self._said("helps", language)

    def pregnancy(self, language: str) -> str:
        """What to do when somebody is pregnant."""
        return self._said("pregnancy", language)

    def common(self, days: Range, language: str) -> str:
        """What is often there in these days."""
        return self._said(days.id, language)

    def on(self, day: int) -> tuple[Range, ...]:
        """The ranges that hold that whole day after the last time: two on the first, none once all are over."""
        return tuple(one for one in self.about.days if one.covers(day))

    def _said(self, heading: str, language: str) -> str:
        return in_language(self.sections, language)[heading]


def read(directory: Path = DIRECTORY) -> Mapping[str, Substance]:
    """All substances by their id, in their order. Raises BrokenContent."""
    return {name: _read_one(directory / name) for name in IDS}


def _read_one(directory: Path) -> Substance:
    about = read_facts(directory / "about.toml", About)
    sections = {language: _sections(page) for language, page in read_pages(directory).items()}
    wanted = {"", "stopping", "helps", "pregnancy", *(one.id for one in about.days)}
    wanted |= {"tolerance"} if about.tolerance else set()
    for language, found in sections.items():
        if wrong := wanted ^ found.keys():
            raise BrokenContent(f"{directory.name}/{language}.md: {', '.join(sorted(wrong))}: not as about.toml has it")
        if not all(found.values()):
            raise BrokenContent(f"{directory.name}/{language}.md: a heading with nothing below it")
    return Substance(directory.name, about, sections)


def _sections(page: str) -> dict[str, str]:
    """The lines below each `## heading`; what stands before the first is under an empty one."""
    found: dict[str, list[str]] = {"": []}
    heading = ""
    for line in page.splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ").strip()
            found[heading] = []
        else:
            found[heading].append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


SUBSTANCES = read()


def get(substance_id: str) -> Substance:
    """A substance by the id that a row holds; of one that we do not know, what holds for anything."""
    return SUBSTANCES.get(substance_id) or SUBSTANCES["other"]
