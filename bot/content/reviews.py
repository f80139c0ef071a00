"""How much of the content a clinician has read: every piece that waits for a review is counted here.

Content that is new adds its line to `_pieces`; a test finds the one that was forgotten.
"""

from collections.abc import Iterator

from bot.content import danger, firstaid, health, strategies, triggers
from bot.content.reading import Reviewed


def count() -> tuple[int, int]:
    """How many pieces were reviewed, and how many there are."""
    signed = [bool(piece.reviewed_by) for piece in _pieces()]
    return sum(signed), len(signed)


def _pieces() -> Iterator[Reviewed]:
    yield from (page.about for page in danger.PAGES.values())
    yield from (card.about for card in firstaid.CARDS.values())
    yield health.LIST
    yield from (strategy.about for strategy in (strategies.first(), *strategies.STRATEGIES))
    yield from (trigger.about for trigger in triggers.TRIGGERS)
