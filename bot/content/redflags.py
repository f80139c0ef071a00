"""Red flags: words that may mean danger, how urgent each is, which lines it leads to, and what is asked.

A directory each in `red_flags/`: facts in `about.toml`, what to listen for in `listen.toml` (`rules.py` says how), the
screen's words in `en.md` and its sisters. Rules, no model: what they miss, the button on every screen must catch.
"""

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from bot.content.firstaid import CardId
from bot.content.helplines import Kind
from bot.content.ids import FlagId
from bot.content.patterns import BadPattern
from bot.content.reading import (
    BrokenContent,
    Record,
    Reviewed,
    file_name,
    in_language,
    read_facts,
    read_sections,
)
from bot.content.rules import Common, Rule, Rules
from bot.texts import ENGLISH

DIRECTORY = Path(__file__).parent / "red_flags"

NEEDED = ("notice", "ask", "now")
"""What every screen says: it notices, asks one question, and says what to do."""
FURTHER = ("no", "other", "stay")
"""What it may say: after "no", about somebody else, one step at a time."""

Action = Literal["emergency", "crisis", "same_day_doctor", "warn", "local_line"]


class About(Reviewed):
    """The facts of a flag. `rank` 1 is asked about first. `lines` are shown where the country has them.

    `card` is a card of first aid that comes straight away, with no question before it and no words of the flag's own.
    """

    rank: int = Field(ge=1)
    action: Action
    lines: tuple[Kind, ...] = Field(min_length=1)
    card: CardId | None = None


class Listen(Record):
    """What raises a flag, by language; `any` for words that are the same in all."""

    any: tuple[Rule, ...] = ()
    en: tuple[Rule, ...] = ()
    es: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One flag. Its words may name lines as `{emergency}`, `{crisis}` and the like."""

    id: FlagId
    about: About
    sections_by_language: Mapping[str, Mapping[str, tuple[str, ...]]]

    def lines(self, section: str, language: str) -> tuple[str, ...]:
        """The lines of a section in a language, else in English; none where it has no such section."""
        if not self.sections_by_language:  # one that shows a card of first aid has no words of its own
            return ()
        return in_language(self.sections_by_language, language).get(section, ())


def read(directory: Path = DIRECTORY) -> Mapping[FlagId, RedFlag]:
    """All flags, the most urgent first. Raises BrokenContent."""
    found = [_flag(directory / flag_id, flag_id) for flag_id in get_args(FlagId)]
    found.sort(key=lambda flag: flag.about.rank)
    if [flag.about.rank for flag in found] != list(range(1, len(found) + 1)):
        raise BrokenContent(f"{file_name(directory)}: rank: each from 1 to {len(found)} once")
    return {flag.id: flag for flag in found}


def read_rules(directory: Path = DIRECTORY) -> Rules:
    """What every flag listens for. Raises BrokenContent."""
    common = read_facts(directory / "words.toml", Common)
    rules = {}
    for flag_id in get_args(FlagId):
        file = directory / flag_id / "listen.toml"
        listen = read_facts(file, Listen)
        rules[flag_id] = {"any": listen.any, "en": listen.en, "es": listen.es}
    try:
        return Rules(rules, common)
    except BadPattern as error:
        raise BrokenContent(f"{file_name(directory)}/{error}") from error


def _flag(directory: Path, flag_id: FlagId) -> RedFlag:
    about = read_facts(directory / "about.toml", About)
    sections = {} if about.card else read_sections(directory)
    for language, said in sections.items():
        wrong = [name for name in NEEDED if name not in said] + [name for name in said if name not in NEEDED + FURTHER]
        if wrong or said.keys() != sections[ENGLISH].keys():
            raise BrokenContent(
                f"{file_name(directory)}/{language}.md: sections: {' '.join(wrong) or 'not as in English'}"
            )
    return RedFlag(flag_id, about, sections)


FLAGS = read()


@cache
def rules() -> Rules:
    """What every flag listens for, read at the first call: half a second. Raises BrokenContent."""
    collecting = gc.isenabled()
    gc.disable()  # all that is made here stays: looking for what could go took four tenths of the time
    try:
        return read_rules()
    finally:
        if collecting:
            gc.enable()


def get(flag_id: str) -> RedFlag | None:
    """The flag of this id, or None: a button may be older than the content, or forged."""
    return next((flag for flag in FLAGS.values() if flag.id == flag_id), None)


def heard(text: str) -> FlagId | None:
    """The most urgent flag that the words raise, in any language; None for all other talk."""
    raised = rules().raised(text)
    return next((flag_id for flag_id in FLAGS if flag_id in raised), None)
