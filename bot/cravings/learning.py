"""What to offer next, learnt from what came of it: a small Bayesian ranking, as pure functions.

How much a thing eases, in points of the pull (0 to 10), is taken as normally distributed around an effect of its own.
Before anything is known the effect is guessed from the evidence order; each outcome narrows the guess. What is offered
first is what may well be best (the upper confidence bound), so that what has worked comes again, what has not sinks,
and what was never tried gets its turn. Nothing is ever left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

FIRST_GUESS, LAST_GUESS = 1.8, 1.4
"""Points that the first and the last of the evidence order are guessed to ease."""

GUESS_SD = 2.0
"""How far the guess may be off, in points."""

NOISE_SD = 1.5
"""How far one outcome may be off: pulls are felt, not measured, and ease by themselves."""

ELSEWHERE = 0.9
"""What an outcome with another trigger counts: most of what helps a person helps them everywhere."""

UNTRIED_SHARE = 0.04
"""In how many moments something untried comes first, whatever has worked."""

SAID_HELPED = 3
"""Points that count where somebody says that a thing helped, and gives no numbers."""

TAKEN_FOR = 7

HELPED = 2
"""From so many points on it is said to have helped."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try: by how many points the pull went down (below 0: up). `trigger` may be empty."""

    trigger: str
    strategy: str
    eased: int


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of one strategy for one trigger, in points."""

    mean: float
    sd: float

    @property
    def hope(self) -> float:
        """What it may well ease."""
        return self.mean + self.sd


def ranked(order: Sequence[str], trigger: str, outcomes: Iterable[Outcome], seed: str) -> list[str]:
    """The strategies of the evidence order, what to offer first first.

    The same seed gives the same answer: it decides only whether something untried goes before the rest.
    """
    known = tuple(outcomes)
    held = beliefs(order, trigger, known)
    best = sorted(order, key=lambda one: (-held[one].hope, order.index(one)))
    tried = {outcome.strategy for outcome in known}
    untried = [one for one in order if one not in tried]
    if tried and untried and Random(seed).random() < UNTRIED_SHARE:  # noqa: S311  # a choice, not a secret
        best.remove(untried[0])
        best.insert(0, untried[0])
    return best


def beliefs(order: Sequence[str], trigger: str, outcomes: Iterable[Outcome]) -> Mapping[str, Belief]:
    """What is believed of each, after these outcomes."""
    weights = dict.fromkeys(order, 0.0)
    sums = dict.fromkeys(order, 0.0)
    for outcome in outcomes:
        if outcome.strategy in weights:
            weight = 1.0 if outcome.trigger == trigger else ELSEWHERE
            weights[outcome.strategy] += weight
            sums[outcome.strategy] += weight * outcome.eased
    return {one: _posterior(_guess(place, len(order)), weights[one], sums[one]) for place, one in enumerate(order)}


def _guess(place: int, of: int) -> float:
    return FIRST_GUESS - (FIRST_GUESS - LAST_GUESS) * place / max(of - 1, 1)


def _posterior(guess: float, weight: float, total: float) -> Belief:
    """A normal guess, and so many observations of known noise (conjugate; any textbook)."""
    precision = GUESS_SD**-2 + weight * NOISE_SD**-2
    return Belief((guess * GUESS_SD**-2 + total * NOISE_SD**-2) / precision, 1 / sqrt(precision))


def eased(before: int | None, after: int | None, helped: bool | None) -> int | None:
    """How many points a try eased, from the pull before and after and from what the person says. None: unknown.

    What they say goes before the numbers: another thing helped, then this one did not. A pull before that was not
    told is taken for a strong one, as somebody who calls it a hard moment feels it.
    """
    points = (TAKEN_FOR if before is None else before) - after if after is not None else None
    if helped is None:
        return points
    if not helped:
        return min(points or 0, 0)
    return max(points, HELPED) if points is not None else SAID_HELPED
