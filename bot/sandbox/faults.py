"""Faults by rule: which calls go wrong, how, and how often that was reached."""

import random
from itertools import count
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from bot.sandbox.markup import Strict
from bot.sandbox.refusal import TITLES

Do = Literal[
    "drop_before", "drop_after", "reset", "hang", "429", "500", "502", "409", "refuse", "poison", "duplicate", "reorder"
]
Effect = Literal["none", "before", "after"]

QUEUED = frozenset({"poison", "duplicate", "reorder"})
EFFECTS: dict[str, Effect] = {
    "drop_after": "before",
    "hang": "after",
    "poison": "after",
    "duplicate": "after",
    "reorder": "after",
}
FREE = frozenset({"hang", "reset", "500", "502"})
"""Faults for which a rule may say whether, and when, the call has its effect."""


class Rule(Strict):
    """Which calls (`method`, `chat`, the `nth` of those, each with a `probability`; at most `times`) meet what.

    drop_before, drop_after: the connection is closed without an answer, the call without or with its effect.
    reset: a TCP reset. hang: the call is held for `seconds` of real time, its effect before or after; with effect
    `none` the connection is then closed. 429 asks to wait `retry_after` seconds. 500 is JSON, 502 HTML, 409 another
    poll. refuse answers with any `code` that Telegram uses, and `words` after its title. poison queues an update that
    python-telegram-bot cannot parse; duplicate delivers the last confirmed one again; reorder lets the newest overtake
    the one before. For these three `method` is getUpdates unless given, and `chat` is whose update it is.
    """

    do: Do
    method: str | None = None
    chat: int | None = None
    nth: Annotated[int, Field(ge=1)] | None = None
    probability: Annotated[float, Field(ge=0, le=1)] = 1
    seed: int = 0
    times: Annotated[int, Field(ge=1)] | None = None
    seconds: Annotated[float, Field(ge=0)] = 0
    retry_after: Annotated[int, Field(ge=1)] = 1
    code: int | None = None
    words: str = ""
    effect: Effect | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "Rule":
        if self.effect is not None and self.do not in FREE:
            raise ValueError(f"the effect of {self.do} is fixed")
        if (self.do == "refuse") != (self.code in TITLES):
            raise ValueError(f"refuse, and nothing else, has a code, which is one of {sorted(TITLES)}")
        if self.do in QUEUED and self.method is None:
            self.method = "getUpdates"
        return self

    @property
    def when(self) -> Effect:
        """Whether and when a call that meets this fault has its effect."""
        return self.effect or EFFECTS.get(self.do, "none")


class Fault:
    """A rule in force, and its counts."""

    def __init__(self, number: int, rule: Rule) -> None:
        """Never reached so far."""
        self.number = number
        self.rule = rule
        self.reached = 0
        self.fired = 0
        self._dice = random.Random(rule.seed)  # noqa: S311  chance here has to repeat, not to be secret

    def fits(self, method: str, chat: int | None) -> bool:
        """Whether a call is of the kind that the rule names."""
        about = self.rule.do in QUEUED or self.rule.chat in (None, chat)
        return about and (self.rule.method is None or self.rule.method.lower() == method.lower())

    def strikes(self) -> bool:
        """A fitting call came by: is it this one's turn? Counts it."""
        self.reached += 1
        rule = self.rule
        spent = rule.times is not None and self.fired >= rule.times
        if spent or rule.nth not in (None, self.reached) or self._dice.random() >= rule.probability:
            return False
        self.fired += 1
        return True

    def to_json(self) -> dict[str, Any]:
        """The rule with its counts."""
        counts = {"id": self.number, "reached": self.reached, "fired": self.fired}
        return self.rule.model_dump(exclude_none=True) | counts


class Faults:
    """All rules in force, in the order they were made. The first one that strikes decides."""

    def __init__(self) -> None:
        """Nothing goes wrong."""
        self._numbers = count(1)
        self.all: list[Fault] = []

    def add(self, rule: Rule) -> Fault:
        """One more thing that goes wrong."""
        fault = Fault(next(self._numbers), rule)
        self.all.append(fault)
        return fault

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.all.clear()

    def strike(self, method: str, chat: int | None) -> Rule | None:
        """What happens to this call, if anything."""
        return next((fault.rule for fault in self.all if fault.fits(method, chat) and fault.strikes()), None)
