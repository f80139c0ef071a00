"""What to know in the first days, by page: danger first. Read and reviewed like the cards of first aid.

Written from public guidance, in our own words; `reviewed_by` is empty until a clinician has read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from bot.content.reading import BrokenContent, Reviewed, in_language, read_facts, read_pages

DIRECTORY = Path(__file__).parent / "danger"

SUDDEN = frozenset({"alcohol", "benzodiazepines"})
"""Substances that it can be dangerous to stop suddenly."""

OPIOID = frozenset({"kratom_leaf", "kratom_extract", "opioids"})
"""Substances whose first days go alike: kratom acts where opioids do."""

FIRST_DAYS = 10
"""How many days the body takes at most, as the sources have it; and how long stopping suddenly is watched."""

PageId = Literal["stopping", "first_days", "doctor", "today"]
"""Stopping can be dangerous · a first day and its range · signs that need a doctor · what helps today."""

_MUST_NAME: Mapping[PageId, str] = {"stopping": "{emergency}", "first_days": "{day}", "doctor": "{emergency}"}


@dataclass(frozen=True, slots=True)
class Page:
    """One screen. Its words may name the number to call as `{emergency}` and which day it is as `{day}`."""

    id: PageId
    about: Reviewed
    words_by_language: Mapping[str, str]

    def text(self, language: str, *, emergency: str, day: int = 0) -> str:
        """The screen in a language, else in English."""
        words = in_language(self.words_by_language, language)
        return words.replace("{emergency}", emergency).replace("{day}", str(day))


def read(directory: Path = DIRECTORY) -> Mapping[PageId, Page]:
    """All pages. Raises BrokenContent."""
    return {page_id: _read_one(directory / page_id, page_id) for page_id in get_args(PageId)}


def _read_one(directory: Path, page_id: PageId) -> Page:
    words = read_pages(directory)
    for language, text in words.items():
        if _MUST_NAME.get(page_id, "") not in text:
            raise BrokenContent(f"{page_id}/{language}.md: does not name {_MUST_NAME[page_id]}")
    return Page(page_id, read_facts(directory / "about.toml", Reviewed), words)


PAGES = read()


def page(page_id: PageId) -> Page:
    """The page for a situation."""
    return PAGES[page_id]
