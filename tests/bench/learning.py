"""People for whom one thing helps most, thirty hard moments each: how often is it offered first, once there was time?

Nobody waits for anything here: what is measured is the choice, not the machine.
"""

from collections.abc import Callable, Sequence
from random import Random

from bot.content import triggers
from bot.cravings import learning, offers
from bot.cravings.learning import Outcome
from tests.bench.contest import Figures, contend

PEOPLE, MOMENTS, LAST = 300, 30, 10

BEST = 4.0
"""Points of the pull that the best thing takes away in ten minutes, on average."""

OTHERS = (0.3, 2.0)
"""The range of all others: nearly every craving goes down a little in ten minutes."""

BY_TRIGGER, FELT = 0.4, 1.5
"""Standard deviations: of an effect from one trigger to the next, and of what is felt from one time to the next."""

SILENT, GIVES_UP = 0.2, 0.3
"""How often nobody answers, and how often they don't go on to a second thing after one that has not helped."""

Choose = Callable[[Sequence[str], str, Sequence[Outcome], Random], list[str]]
"""What to offer, first to last: of the evidence order, for a trigger, after these outcomes."""


def ours(order: Sequence[str], trigger: str, outcomes: Sequence[Outcome], random: Random) -> list[str]:
    """The product."""
    return learning.ranked(order, trigger, outcomes, str(random.random()))


def by_evidence(order: Sequence[str], trigger: str, outcomes: Sequence[Outcome], random: Random) -> list[str]:
    """Always the evidence order."""
    return list(order)


def at_random(order: Sequence[str], trigger: str, outcomes: Sequence[Outcome], random: Random) -> list[str]:
    """Anything that is allowed."""
    return random.sample(order, len(order))


def missed(choose: Choose, seed: int, people: int = PEOPLE) -> float:
    """In which share of the last ten of thirty moments the best was not what was offered first."""
    random = Random(seed)
    return 1 - sum(_found(choose, random) for _ in range(people)) / (people * LAST)


def _found(choose: Choose, random: Random) -> int:
    """In how many of one person's last moments the best came first. Their health list is not filled in."""
    usual: list[str] = random.sample([one.id for one in triggers.TRIGGERS], 3)
    orders = {trigger: offers.order(trigger, None, frozenset()) for trigger in usual}
    everywhere = [one for one in orders[usual[0]] if all(one in order for order in orders.values())]
    best = random.choice(everywhere)
    usually = {one: random.uniform(*OTHERS) for order in orders.values() for one in order} | {best: BEST}
    effects = {(at, one): usually[one] + random.gauss(0, BY_TRIGGER) for at in usual for one in orders[at]}
    outcomes: list[Outcome] = []
    found = 0
    for number in range(MOMENTS):
        trigger = random.choices(usual, (5, 3, 2))[0]
        offered = choose(orders[trigger], trigger, outcomes, random)
        found += number >= MOMENTS - LAST and offered[0] == best
        outcomes += _lived(offered[:2], trigger, effects, random)
    return found


def _lived(
    offered: Sequence[str], trigger: str, effects: dict[tuple[str, str], float], random: Random
) -> list[Outcome]:
    """What somebody says of one moment: they try one thing, and perhaps a second if it has not eased."""
    said: list[Outcome] = []
    for strategy in offered:
        before = min(max(round(random.gauss(7.5, 1.2)), 4), 10)
        after = min(max(round(before - random.gauss(effects[trigger, strategy], FELT)), 0), 10)
        if random.random() < SILENT:
            break
        said.append(Outcome(trigger, strategy, before - after))
        if after < min(before, 7) or random.random() < GIVES_UP:
            break
    return said


async def _ours(seed: int) -> Figures:
    return {"missed": missed(ours, seed)}


async def _evidence(seed: int) -> Figures:
    return {"missed": missed(by_evidence, seed)}


async def _random(seed: int) -> Figures:
    return {"missed": missed(at_random, seed)}


CONTENDERS = {"ours": _ours, "evidence": _evidence, "random": _random}

if __name__ == "__main__":
    contend(CONTENDERS)
