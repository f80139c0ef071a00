"""Things to do in a hard moment: a directory each, facts in `about.toml`, words in `en.md`.

Grounding by the five senses is not among them yet. It is not for somebody in psychosis, no wording can mend that, and
without a health list unknown counts as yes. The same goes for cold water, hard exercise and held breath.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.content.reading import BrokenContent, Reviewed, Words, in_language, read_facts, read_words

DIRECTORY = Path(__file__).parent / "strategies"
MOST_STEPS = 3

Condition = Literal[
    "breathing_illness",
    "danger_to_life",
    "dizziness",
    "driving",
    "eating_disorder",
    "exhaustion",
    "heart_disease",
    "injury",
    "panic",
    "pregnancy",
    "psychosis",
    "seizures",
    "shame",
    "unsafe_company",
    "within_reach",
]


class About(Reviewed):
    """The facts of a strategy.

    `evidence`: A meta-analysis in addiction, B trials in a neighbouring condition, C standard manuals, D practice.
    `not_when` are conditions under which it must not be offered, `answered` those that its own words take care of.
    """

    rank: int = Field(ge=1)
    minutes: int = Field(ge=1, le=90)
    evidence: Literal["A", "B", "C", "D"]
    answered: frozenset[Condition] = frozenset()
    not_when: frozenset[Condition]
    safe_for_everyone: bool

    @model_validator(mode="after")
    def _safe_without_conditions(self) -> Self:
        if self.safe_for_everyone and self.not_when:
            raise ValueError("safe_for_everyone: not while not_when names a condition")
        return self


@dataclass(frozen=True, slots=True)
class Strategy:
    """One thing to do, on one screen."""

    id: str
    about: About
    words_by_language: Mapping[str, Words]

    def words(self, language: str) -> Words:
        """Its title and steps in a language, else in English."""
        return in_language(self.words_by_language, language)


def read(directory: Path = DIRECTORY) -> tuple[Strategy, ...]:
    """All strategies in the order of their rank. Raises BrokenContent."""
    found = [_read_one(path) for path in sorted(directory.iterdir()) if path.is_dir()]
    if not any(strategy.about.safe_for_everyone for strategy in found):
        raise BrokenContent("strategies: none is safe_for_everyone")
    return tuple(sorted(found, key=lambda strategy: strategy.about.rank))


def _read_one(directory: Path) -> Strategy:
    words = read_words(directory)
    for language, card in words.items():
        if len(card.steps) > MOST_STEPS:
            raise BrokenContent(f"{directory.name}/{language}.md: more than {MOST_STEPS} steps")
    return Strategy(directory.name, read_facts(directory / "about.toml", About), words)


STRATEGIES = read()
_FOR_EVERYONE = tuple(strategy for strategy in STRATEGIES if strategy.about.safe_for_everyone)


def first() -> Strategy:
    """What to show anybody at once, whoever they are and whatever we know."""
    return _FOR_EVERYONE[0]


def others() -> tuple[Strategy, ...]:
    """What else may be shown to anybody."""
    return _FOR_EVERYONE[1:]


def get(strategy_id: str) -> Strategy | None:
    """A strategy by the id that an old button may carry."""
    return next((strategy for strategy in STRATEGIES if strategy.id == strategy_id), None)
