"""Numbers of the member's own, on their card: nobody there is written to, and a call may be quicker than anything."""

from collections.abc import Sequence

from bot.chat import Button
from bot.feature import Turn
from bot.texts import Texts, normalise

MOST = 2
"""Numbers on one screen."""

Numbers = dict[str, str]
"""By the names on the card."""


def first(numbers: Numbers, name: str, t: Texts) -> tuple[Button, ...]:
    """The number of somebody, if the card has one of that name; or else of whoever stands there first."""
    theirs = [one for one in numbers if normalise(one) == normalise(name)]
    return tuple(_copy(one, numbers, t) for one in (*theirs, *numbers)[:1])


async def buttons(turn: Turn) -> Sequence[Button]:
    """Those that stand first on the card, each to be copied."""
    numbers = await turn.numbers()
    return [_copy(name, numbers, turn.t) for name in list(numbers)[:MOST]]


def _copy(name: str, numbers: Numbers, t: Texts) -> Button:
    return Button(t("people-number", name=name), copy=numbers[name])
