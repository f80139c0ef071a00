"""Things to do in a hard moment: a directory each, facts in `about.toml`, words in `en.md`.

The first card, which anybody gets at once, has a place of its own: `steady/`. docs/content.md is the clinician's page.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.content import health
from bot.content.health import Health
from bot.content.ids import TriggerId
from bot.content.reading import BrokenContent, Record, Reviewed, Words, file_name, in_language, read_facts, read_words

DIRECTORY = Path(__file__).parent / "strategies"
STEADY = Path(__file__).parent / "steady"
MOST_STEPS = 3
TITLE_MOST = 30
"""Characters: a title is also a button ("What helped?")."""

HEALTH: tuple[Health, ...] = health.CONDITIONS

Moment = Literal[
    "chest_pain",
    "cramps",
    "danger_to_life",
    "days_of_use",
    "despair",
    "dizziness",
    "driving",
    "exhaustion",
    "gaming",
    "just_used",
    "mixing",
    "new_pain",
    "panic",
    "real_danger",
    "screens",
    "shame",
    "strong_pull",
    "unreal",
    "unsafe_company",
    "unsafe_to_leave",
    "unwell",
    "vomiting",
    "withdrawal_peak",
    "within_reach",
]
"""What may be so at this very moment. Nobody can be asked before help comes, so the card's own words answer it."""

_WAITS_FOR_THE_LIST = frozenset({"cold", "move"})
"""Cold water and hard exercise can kill where the heart is ill: no slip of the pen makes them harmless."""

_NOW = {"delay": "ddd", "hour": "plan", "reach": "call"}
"""What older buttons call a strategy."""


class Breathing(Record):
    """One breath in seconds, and how many of them."""

    inward: int = Field(alias="in", ge=2, le=8)
    outward: int = Field(alias="out", ge=2, le=10)
    rounds: int = Field(ge=1, le=60)

    @property
    def seconds(self) -> int:
        """How long all of it takes."""
        return (self.inward + self.outward) * self.rounds


class About(Reviewed):
    """The facts of a strategy.

    `evidence`: A meta-analysis in addiction, B trials in a neighbouring condition, C standard manuals, D practice;
    `effect` is what was measured, with its limits. `rank` is the order in which they are offered to somebody of whom
    nothing is known. `kind` is how it keeps company: a timer of `minutes`, breaths counted, or only the words.
    `not_when` are conditions of health under which it is not offered, `answered` those that its own words take care
    of, `forbidden_for` triggers for which nobody gets it. `any_trigger` is false where it fits only what names it.
    """

    rank: int = Field(ge=0)
    minutes: int = Field(ge=1, le=90)
    kind: Literal["plain", "timer", "breathing"]
    breathing: Breathing | None = None
    evidence: Literal["A", "B", "C", "D"]
    effect: str = ""
    answered: frozenset[Moment | Health]
    not_when: frozenset[Health]
    forbidden_for: frozenset[TriggerId]
    safe_for_everyone: bool
    any_trigger: bool

    @model_validator(mode="after")
    def _safe_without_conditions(self) -> Self:
        if self.safe_for_everyone and (self.not_when or self.forbidden_for):
            raise ValueError("safe_for_everyone: not while not_when or forbidden_for names something")
        return self

    @model_validator(mode="after")
    def _breathes_as_long_as_it_says(self) -> Self:
        if (self.kind == "breathing") != (self.breathing is not None):
            raise ValueError("breathing: belongs to kind = breathing, and only to that")
        if self.breathing and self.breathing.seconds != self.minutes * 60:
            raise ValueError(f"breathing: takes {self.breathing.seconds} s, and minutes says {self.minutes * 60} s")
        return self

    @model_validator(mode="after")
    def _measured(self) -> Self:
        if self.evidence == "A" and not self.effect:
            raise ValueError("effect: what did the meta-analysis measure?")
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
    found = [read_one(path) for path in sorted(directory.iterdir()) if path.is_dir()]
    if not any(strategy.about.safe_for_everyone for strategy in found):
        raise BrokenContent("strategies: none is safe_for_everyone")
    return tuple(sorted(found, key=lambda strategy: strategy.about.rank))


def read_one(directory: Path) -> Strategy:
    """The strategy in a directory, which its id is named after. Raises BrokenContent."""
    words = read_words(directory)
    steps = len(in_language(words, "").steps)
    for language, card in words.items():
        file = file_name(directory / f"{language}.md")
        if len(card.steps) > MOST_STEPS:
            raise BrokenContent(f"{file}: more than {MOST_STEPS} steps")
        if len(card.steps) != steps:
            raise BrokenContent(f"{file}: {len(card.steps)} steps, and in English {steps}")
        if len(card.title) > TITLE_MOST:
            raise BrokenContent(f"{file}:1: a title of more than {TITLE_MOST} characters")
    about = read_facts(directory / "about.toml", About)
    if directory.name in _WAITS_FOR_THE_LIST and not about.not_when:
        raise BrokenContent(
            f"{file_name(directory / 'about.toml')}: not_when: cold or hard exercise is not for everyone"
        )
    return Strategy(directory.name, about, words)


STRATEGIES = read()
_STEADY = read_one(STEADY)
_BY_ID = {strategy.id: strategy for strategy in (_STEADY, *STRATEGIES)}


def first() -> Strategy:
    """What to show anybody at once, whoever they are and whatever we know."""
    return _STEADY


def others() -> tuple[Strategy, ...]:
    """What else may be shown to anybody, whatever set it off."""
    return tuple(one for one in STRATEGIES if one.about.safe_for_everyone and one.about.any_trigger)


def get(strategy_id: str) -> Strategy | None:
    """A strategy, or the first card, by the id that a button may carry, however old."""
    return _BY_ID.get(_NOW.get(strategy_id, strategy_id))


def allowed(strategy: Strategy, conditions: Set[Health] | None, trigger: TriggerId | None = None) -> bool:
    """Whether somebody with these conditions of health may be offered it. None, never asked, counts as all of them."""
    against = strategy.about.not_when if conditions is None else strategy.about.not_when & conditions
    return not against and trigger not in strategy.about.forbidden_for
