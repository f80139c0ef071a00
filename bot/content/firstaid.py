"""What to do when somebody took too much, by card: the same shape as strategies, read the same way.

Written from public guidance, in our own words; `reviewed_by` is empty until a clinician has read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from bot.content.reading import BrokenContent, Reviewed, Words, in_language, read_facts, read_words

DIRECTORY = Path(__file__).parent / "firstaid"
MOST_STEPS = 4

CardId = Literal["unwakeable", "took_too_much", "awake_again"]
"""Someone can't be woken · it is me, I took too much · awake again: what now."""


@dataclass(frozen=True, slots=True)
class Card:
    """One screen of first aid. Its words name the number to call as `{emergency}`."""

    id: CardId
    about: Reviewed
    words_by_language: Mapping[str, Words]

    def text(self, language: str, emergency: str) -> str:
        """The screen in a language, else in English; `emergency` is one number, or "112 or 911"."""
        return in_language(self.words_by_language, language).text(emergency)


def read(directory: Path = DIRECTORY) -> Mapping[CardId, Card]:
    """All cards. Raises BrokenContent."""
    return {card_id: _read_one(directory / card_id, card_id) for card_id in get_args(CardId)}


def _read_one(directory: Path, card_id: CardId) -> Card:
    words = read_words(directory)
    for language, card in words.items():
        if "{emergency}" not in card.title or len(card.steps) > MOST_STEPS:
            raise BrokenContent(f"{card_id}/{language}.md: the number first, then at most {MOST_STEPS} steps")
    return Card(card_id, read_facts(directory / "about.toml", Reviewed), words)


CARDS = read()


def card(card_id: CardId) -> Card:
    """The card for a situation."""
    return CARDS[card_id]
