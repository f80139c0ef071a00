"""Which things to do may be offered to somebody, in the order of the evidence."""

from collections.abc import Set
from typing import get_args

from bot.content import strategies, triggers
from bot.content.health import Health
from bot.content.ids import TriggerId
from bot.content.strategies import Strategy

FIRST = strategies.first().id


def order(trigger: str, conditions: Set[str] | None, refused: Set[str]) -> list[str]:
    """What may be offered for a trigger, empty for none: its own three, the first card, and the rest by evidence.

    Without what this person's health forbids (never asked forbids it all), and what is not for them. Never empty.
    """
    three = own(trigger)
    rest = sorted((one for one in strategies.STRATEGIES if one.about.any_trigger), key=_by_evidence)
    found = [*three, FIRST, *(one.id for one in rest)]
    return [one for one in dict.fromkeys(found) if one == FIRST or _fits(one, trigger, conditions, refused)]


def safe(trigger: str) -> list[str]:
    """The same for somebody of whom nothing is known: only what is safe for everyone."""
    return [one for one in order(trigger, None, frozenset()) if _known(one).about.safe_for_everyone]


def own(trigger: str) -> tuple[str, ...]:
    """The three of a trigger; without one the first card goes first."""
    found = triggers.get(trigger)
    return found.about.strategies if found else ()


def may(strategy: Strategy, trigger: str, conditions: Set[str] | None) -> bool:
    """Whether somebody with these conditions may be offered it for this trigger."""
    having: frozenset[Health] | None = (
        None if conditions is None else frozenset(one for one in strategies.HEALTH if one in conditions)
    )
    return strategies.allowed(strategy, having, _trigger(trigger))


def _fits(strategy_id: str, trigger: str, conditions: Set[str] | None, refused: Set[str]) -> bool:
    return strategy_id not in refused and may(_known(strategy_id), trigger, conditions)


def _known(strategy_id: str) -> Strategy:
    return strategies.get(strategy_id) or strategies.first()


def _trigger(trigger: str) -> TriggerId | None:
    ids: tuple[TriggerId, ...] = get_args(TriggerId)
    return next((one for one in ids if one == trigger), None)


def _by_evidence(strategy: Strategy) -> tuple[str, int]:
    return strategy.about.evidence, strategy.about.rank
