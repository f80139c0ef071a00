"""What a person can tick in a calm hour, so that nothing is suggested that could harm: `health.toml`.

Only what decides about a strategy is asked (docs/content.md). Until it has been asked, each counts as yes.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator

from bot.content.reading import Reviewed, Said, in_language, read_facts

FILE = Path(__file__).parent / "health.toml"
LABEL_MOST = 42
"""Characters: what a button as wide as the screen shows of a phone's width, tick included."""

Health = Literal[
    "heart_disease",
    "breathing_illness",
    "pregnancy",
    "seizures",
    "injury",
    "eating_disorder",
    "psychosis",
    "bipolar",
    "liver_disease",
    "cold_reaction",
]

CONDITIONS: tuple[Health, ...] = get_args(Health)
"""In the order in which they are asked."""


def _fits(said: Mapping[str, str]) -> Mapping[str, str]:
    if any(len(label) > LABEL_MOST for label in said.values()):
        raise ValueError(f"longer than {LABEL_MOST} characters")
    return said


def _all_of_them(labels: Mapping[Health, Mapping[str, str]]) -> Mapping[Health, Mapping[str, str]]:
    if missing := set(CONDITIONS) - labels.keys():
        raise ValueError(f"no words for {', '.join(sorted(missing))}")
    return labels


class Labels(Reviewed):
    """What each condition is called on its button, by language."""

    labels: Annotated[Mapping[Health, Annotated[Said, AfterValidator(_fits)]], AfterValidator(_all_of_them)]


LIST = read_facts(FILE, Labels)


def label(condition: Health, language: str) -> str:
    """A condition in a language, else in English."""
    return in_language(LIST.labels[condition], language)
