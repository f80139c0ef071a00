"""What to know in the first days, by page: danger first. Read and reviewed like the cards of first aid.

Written from public guidance, in our own words; `reviewed_by` is empty until a clinician has read it. Which substance
is dangerous how, and how many days it takes, is told by `substances` and stands nowhere else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from bot.content import substances
from bot.content.reading import BrokenContent, Reviewed, in_language, read_facts, read_pages

DIRECTORY = Path(__file__).parent / "danger"

SUDDEN = frozenset(one.id for one in substances.SUBSTANCES.values() if one.about.never_stop_suddenly)
"""Substances that it can be dangerous to stop suddenly."""

OPIOID = frozenset(one.id for one in substances.SUBSTANCES.values() if one.about.opioid)
"""Substances whose first days go alike: kratom acts where opioids do."""

FIRST_DAYS = max(one.about.eases.last for one in substances.SUBSTANCES.values() if one.about.eases)
"""How many days the body takes at most, as the sources have it; and how long stopping suddenly is watched."""

PageId = Literal["stopping", "first_days", "doctor", "today"]
"""Stopping can be dangerous · a first day and its range · signs that need a doctor · what helps today."""

_MUST_NAME: Mapping[PageId, tuple[str, ...]] = {
    "stopping": ("{emergency}",),
    "first_days": ("{day}", "{first}", "{last}"),
    "doctor": ("{emergency}",),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One screen.

    Its words may name the number to call as `{emergency}`, which day it is as `{day}`, and as `{first}` and `{last}`
    between which days the body mostly eases.
    """

    id: PageId
    about: Reviewed
    words_by_language: Mapping[str, str]

    def text(self, language: str, *, emergency: str, day: int = 0, names: Collection[str] = OPIOID) -> str:
        """The screen in a language, else in English. `names` are the substances it is about: the widest range holds."""
        words = in_language(self.words_by_language, language)
        first, last = _eases(names)
        filled = {"{emergency}": emergency, "{day}": str(day), "{first}": str(first), "{last}": str(last)}
        for hole, value in filled.items():
            words = words.replace(hole, value)
        return words


def _eases(names: Collection[str]) -> tuple[int, int]:
    found = [eases for name in OPIOID.intersection(names) or OPIOID if (eases := substances.get(name).about.eases)]
    return min(one.first for one in found), max(one.last for one in found)


def read(directory: Path = DIRECTORY) -> Mapping[PageId, Page]:
    """All pages. Raises BrokenContent."""
    return {page_id: _read_one(directory / page_id, page_id) for page_id in get_args(PageId)}


def _read_one(directory: Path, page_id: PageId) -> Page:
    words = read_pages(directory)
    for language, text in words.items():
        for hole in _MUST_NAME.get(page_id, ()):
            if hole not in text:
                raise BrokenContent(f"{page_id}/{language}.md: does not name {hole}")
    return Page(page_id, read_facts(directory / "about.toml", Reviewed), words)


PAGES = read()


def page(page_id: PageId) -> Page:
    """The page for a situation."""
    return PAGES[page_id]
