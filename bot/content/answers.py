"""Plain answers to what people ask most: a folder each, facts in `about.toml`, words in `en.md` and its sisters.

A line of three dashes parts the first screen from the second, and there are two at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from bot.content.reading import BrokenContent, Reviewed, in_language, read_facts, read_pages

DIRECTORY = Path(__file__).parent / "answers"

PART = "---"
PARTS_MOST = 2
LINES_MOST = 7
"""Below the question, on one screen."""


class About(Reviewed):
    """The facts of an answer. `rank` is its place in the list; `source` has a line for each work it rests on."""

    rank: int = Field(ge=1)

    @property
    def sources(self) -> tuple[str, ...]:
        """What it rests on, one by one."""
        return tuple(line.strip() for line in self.source.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Answer:
    """One question, and what there is to say."""

    id: str
    about: About
    pages: Mapping[str, str]

    def question(self, language: str) -> str:
        """The question in a language, else in English."""
        return in_language(self.pages, language).partition("\n")[0]

    def screens(self, language: str) -> tuple[str, ...]:
        """The answer, a screen or two, each below its question."""
        question, _, text = in_language(self.pages, language).partition("\n")
        return tuple(f"{question}\n{part}" for part in text.split(f"\n{PART}\n"))


def read(directory: Path = DIRECTORY) -> Mapping[str, Answer]:
    """All answers by id, in the order of their rank. Raises BrokenContent."""
    found = [_read_one(folder) for folder in sorted(directory.iterdir()) if folder.is_dir()]
    ranks = sorted(one.about.rank for one in found)
    if ranks != list(range(1, len(found) + 1)):
        raise BrokenContent(f"{directory.name}: rank: from 1 on, each once")
    return {one.id: one for one in sorted(found, key=lambda one: one.about.rank)}


def _read_one(folder: Path) -> Answer:
    answer = Answer(folder.name, read_facts(folder / "about.toml", About), read_pages(folder))
    for language in answer.pages:
        screens = answer.screens(language)
        if len(screens) > PARTS_MOST or any(len(one.splitlines()) > LINES_MOST + 1 for one in screens):
            raise BrokenContent(f"{folder.name}/{language}.md: at most {PARTS_MOST} screens of {LINES_MOST} lines")
    return answer


ANSWERS = read()


def get(answer_id: str) -> Answer | None:
    """An answer by the id that an old button may carry."""
    return ANSWERS.get(answer_id)
