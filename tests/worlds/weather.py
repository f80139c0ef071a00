"""The platform's bad days: messages that meet trouble, one here and one there, by a seed."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

from bot.chat import Ambiguous, DeliveryError, NotTaken, TooFast
from tests.worlds.sometimes import Sometimes

SHARE = 0.03
"""Of all messages."""

LOST, DOUBTED, NOT_TAKEN, TOO_FAST = "lost on the way", "taken and then failing", "not taken", "429"
KINDS = (LOST, DOUBTED, NOT_TAKEN, TOO_FAST)

LONGEST = 25
"""Seconds that a chat is told to wait: help that was asked for is still on time after it."""


class Weather:
    """Says of each message what comes of it.

    Drawn for each chat by itself: in which order two people's messages leave is the machine's affair. Never twice in
    a row in one chat, because what is lost twice is lost for good, and that by design.
    """

    def __init__(self, seed: int, sometimes: Sometimes, lost: Callable[[str], None]) -> None:
        """`lost` hears whose message was lost on the way."""
        self.calm = True
        self._seed = seed
        self._sometimes = sometimes
        self._lost = lost
        self._count: Counter[str] = Counter()
        self._struck: set[str] = set()
        self._doubted: set[str] = set()

    def before(self, address: str) -> None:
        """A message comes by. Raises a DeliveryError if it is not taken."""
        self._count[address] += 1
        draw = Random(f"{self._seed}/{address}/{self._count[address]}")
        if self.calm or address in self._struck or draw.random() >= SHARE:
            self._struck.discard(address)
            return
        self._struck.add(address)
        kind = draw.choice(KINDS)
        self._sometimes(kind)
        if kind == DOUBTED:
            self._doubted.add(address)
            return
        if kind == LOST:
            self._lost(address)
        raise _error(kind, draw)

    def after(self, address: str) -> None:
        """It was taken. Raises Ambiguous if nobody is to know."""
        if address in self._doubted:
            self._doubted.discard(address)
            raise Ambiguous


def _error(kind: str, draw: Random) -> DeliveryError:
    if kind == TOO_FAST:
        return TooFast(timedelta(seconds=draw.randint(2, LONGEST)))
    return NotTaken() if kind == NOT_TAKEN else Ambiguous()
