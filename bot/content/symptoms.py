"""What can be noted day by day in the first days: plain words for what the body and the mood do.

Our own list. No score is made of it; what matters is only whether it is better than before, and whether it needs a
doctor.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from bot.content import substances
from bot.content.ids import FlagId
from bot.content.reading import BrokenContent, Record, Reviewed, Said, in_language, read_facts

FILE = Path(__file__).parent / "symptoms.toml"

NONE, LITTLE, MUCH = LEVELS = (0, 1, 2)


class Symptom(Record):
    """One of them. `flag` is the sign of danger that it leads to from level `at` on, of `only` these substances."""

    id: str = Field(pattern=r"^[a-z]{2,12}$")
    name: Said
    flag: FlagId | None = None
    at: int = Field(default=MUCH, ge=LITTLE, le=MUCH)
    only: frozenset[str] = frozenset()

    @model_validator(mode="after")
    def _known_substances(self) -> Self:
        if unknown := self.only - set(substances.IDS):
            raise ValueError(f"only: {', '.join(sorted(unknown))}")
        return self

    def label(self, language: str) -> str:
        """What it is called in a language, else in English."""
        return in_language(self.name, language)

    def raises(self, level: int, names: Collection[str]) -> FlagId | None:
        """The sign of danger that this much of it is, for somebody with these substances. None known: any counts."""
        concerned = not self.only or not names or self.only.intersection(names)
        return self.flag if level >= self.at and concerned else None


class _File(Reviewed):
    symptom: tuple[Symptom, ...] = Field(min_length=1)


def read(file: Path = FILE) -> tuple[Mapping[str, Symptom], Reviewed]:
    """All of them by id, in the order in which they are asked, and who has reviewed them. Raises BrokenContent."""
    facts = read_facts(file, _File)
    found = {one.id: one for one in facts.symptom}
    if len(found) != len(facts.symptom):
        raise BrokenContent(f"{file.parent.name}/{file.name}: symptom: an id stands twice")
    return found, facts


SYMPTOMS, ABOUT = read()


def flags(noted: Mapping[str, int], names: Collection[str]) -> tuple[FlagId, ...]:
    """The signs of danger in what somebody noted, each once."""
    raised = (SYMPTOMS[one].raises(level, names) for one, level in noted.items() if one in SYMPTOMS)
    return tuple(dict.fromkeys(flag for flag in raised if flag))


def written(noted: Mapping[str, int]) -> str:
    """What somebody noted, as it is kept: `sleep=2 aches=1`."""
    return " ".join(f"{one}={level}" for one, level in noted.items())


def levels(kept: str) -> dict[str, int]:
    """The other way round. What we no longer ask is left out."""
    pairs = (part.split("=") for part in kept.split())
    return {one: int(level) for one, level in pairs if one in SYMPTOMS}
