"""How the files in this package are read: TOML for facts, a little Markdown for words, both checked strictly."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.texts import ENGLISH

_CONTENT = Path(__file__).parent
_STEP = re.compile(r"(\d)\. (\S.*)")


class BrokenContent(ValueError):
    """A content file cannot be used. Names the file and the field or line; never raised after the start."""


class Record(BaseModel):
    """A piece of content: fixed once read, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


Day = Annotated[date | None, BeforeValidator(lambda written: written or None)]
"""A date, or in the file an empty string for "not yet"."""


def _has_english(said: Mapping[str, str]) -> Mapping[str, str]:
    if not said.get(ENGLISH) or not all(said.values()):
        raise ValueError("must be said in English, and never with nothing")
    return said


Said = Annotated[Mapping[str, str], AfterValidator(_has_english)]
"""The same few words by language, English at least."""

R = TypeVar("R", bound=Record)
W = TypeVar("W")


class Reviewed(Record):
    """Content that a clinician reads: where it comes from, and who has reviewed it (empty: nobody yet)."""

    source: str = Field(min_length=1)
    reviewed_by: str
    reviewed_on: Day

    @model_validator(mode="after")
    def _signed_and_dated(self) -> Self:
        if bool(self.reviewed_by) != bool(self.reviewed_on):
            raise ValueError("reviewed_by: a review has a name and a date")
        return self


def read_facts(file: Path, kind: type[R]) -> R:
    """The facts in a TOML file. Raises BrokenContent."""
    try:
        return kind.model_validate(tomllib.loads(_text(file)))
    except tomllib.TOMLDecodeError as error:
        raise BrokenContent(f"{file_name(file)}: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise BrokenContent(f"{file_name(file)}: {wrong}") from error


@dataclass(frozen=True, slots=True)
class Words:
    """A card: a title and a few steps, in one language. `{emergency}` stands for the number to call."""

    title: str
    steps: tuple[str, ...]

    def text(self, emergency: str = "") -> str:
        """The title, then each step on a line with its number."""
        numbered = (f"{number} {step}" for number, step in enumerate(self.steps, start=1))
        return "\n".join((self.title, *numbered)).replace("{emergency}", emergency)


def read_words(directory: Path) -> dict[str, Words]:
    """A card's words by language, from `en.md` and its sisters. Raises BrokenContent, also when English is missing."""
    words = {file.stem: _card(file) for file in sorted(directory.glob("*.md"))}
    if ENGLISH not in words:
        raise BrokenContent(f"{file_name(directory)}: {ENGLISH}.md is missing")
    return words


def read_pages(directory: Path) -> dict[str, str]:
    """A page of plain lines by language, from `en.md` and its sisters. Raises BrokenContent."""
    pages = {file.stem: _page(file) for file in sorted(directory.glob("*.md"))}
    if ENGLISH not in pages:
        raise BrokenContent(f"{file_name(directory)}: {ENGLISH}.md is missing")
    return pages


def in_language(said: Mapping[str, W], language: str) -> W:
    """What is said in a language, in English where it says nothing."""
    return said.get(language) or said[ENGLISH]


def _card(file: Path) -> Words:
    """One `# Title`, then steps numbered from 1. Anything else is refused, so that nothing is lost on the screen."""
    lines = [(number, line.strip()) for number, line in enumerate(_text(file).splitlines(), start=1) if line.strip()]
    if not lines or not lines[0][1].startswith("# "):
        raise BrokenContent(f"{file_name(file)}:1: a card begins with its title")
    steps: list[str] = []
    for number, line in lines[1:]:
        step = _STEP.fullmatch(line)
        if step is None or int(step[1]) != len(steps) + 1:
            raise BrokenContent(f"{file_name(file)}:{number}: not step {len(steps) + 1}")
        steps.append(step[2])
    if not steps:
        raise BrokenContent(f"{file_name(file)}: a card without steps")
    return Words(lines[0][1].removeprefix("# "), tuple(steps))


def _page(file: Path) -> str:
    """One `# Title`, then a line for each sentence or two. Empty lines are for whoever edits the file."""
    lines = [line.strip() for line in _text(file).splitlines() if line.strip()]
    if len(lines) < 2 or not lines[0].startswith("# "):
        raise BrokenContent(f"{file_name(file)}:1: a page is a title and what stands below it")
    return "\n".join((lines[0].removeprefix("# "), *lines[1:]))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenContent(f"{file_name(file)}: {type(error).__name__}") from error


def file_name(path: Path) -> str:
    """What an error calls a file: as whoever edits it finds it."""
    return str(Path("bot/content", path.relative_to(_CONTENT)) if path.is_relative_to(_CONTENT) else path)
