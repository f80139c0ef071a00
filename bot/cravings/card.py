"""The first reply of a hard moment, and every further card: one thing to do now, from whatever is known.

A pure function, because it must come with the database gone: what was shown travels in the buttons, and the turn that
follows writes it down. It has no clock, so the time at which we ask again is said when the ten minutes have begun.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from bot.chat import Button, Message, Rows
from bot.content import strategies, triggers
from bot.content.strategies import Strategy
from bot.content.triggers import Trigger
from bot.cravings import learning, offers
from bot.cravings.model import Look
from bot.people import Known, Own
from bot.texts import Texts

NAME = "cravings"
SLOT = "hard"
NOWHERE = ("talk", "talk")
LEADS = {"meet": ("meetings", "meetings"), "reasons": ("mine", "plan:show")}
"""Cards that name a thing which another part of us has: its button, in the place of the one to somebody to talk to."""

OWN_MOST = 120
"""Letters of somebody's own words: two lines of a phone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a press asks for: `hard`, `hard:for:<trigger>`, `hard:after:<strategy>:<trigger>` or `hard:not:…`.

    The last two carry the card on which they stood: the next one is wanted, and `not` never wants that one again.
    """

    verb: str = ""
    strategy: str = ""
    trigger: str = ""

    @classmethod
    def of(cls, press: str) -> "Asked":
        """Read a press. Whatever makes no sense asks for the first card; so does what a late lock adds."""
        match press.split(":")[1:]:
            case ["for", trigger, *_] if triggers.get(trigger):
                return cls("for", trigger=trigger)
            case ["after" | "not" as verb, strategy, trigger, *_] if found := strategies.get(strategy):
                return cls(verb, found.id, trigger if triggers.get(trigger) else "")
        return cls()


def card(press: str, known: Known | None, t: Texts) -> Message:
    """One thing to do now."""
    asked, look = Asked.of(press), looked(known)
    trigger = asked.trigger or (look.trigger if look else "")
    strategy = chosen(asked, trigger, look)
    own = None if asked.strategy or known is None else _own(known.own, trigger)
    return _Card(strategy, triggers.get(trigger), own, known is None or known.agreed, known is not None, t).message()


def looked(known: Known | None) -> Look | None:
    """What was looked up of this person; None where there was nothing or nobody to look at."""
    found = known.notes.get(NAME) if known else None
    return found if isinstance(found, Look) else None


def chosen(asked: Asked, trigger: str, look: Look | None) -> Strategy:
    """Which thing to do. Not again what this moment has shown, as long as there is another."""
    if look is None:
        order, fresh = offers.safe(trigger), []
    else:
        allowed = offers.order(trigger, look.conditions, look.refused | _not_wanted(asked))
        order = learning.ranked(allowed, trigger, look.outcomes, look.seed)
        fresh = [one for one in order if one not in look.shown | {asked.strategy}]
    following = order.index(asked.strategy) + 1 if asked.strategy in order else 0
    return strategies.get(fresh[0] if fresh else order[following % len(order)]) or strategies.first()


def _not_wanted(asked: Asked) -> frozenset[str]:
    return frozenset({asked.strategy}) if asked.verb == "not" else frozenset()


def _own(own: Sequence[Own], trigger: str) -> Own | None:
    """What they keep for this trigger, else for any."""
    fitting = [one for one in own if one.trigger == trigger] + [one for one in own if not one.trigger]
    return fitting[0] if fitting else None


@dataclass(frozen=True, slots=True)
class _Card:
    """Everything that is on a card. `kept`: whether what this person wants left out can be remembered, `known`: whether
    they could be looked up, and other parts of us are there for them."""

    strategy: Strategy
    trigger: Trigger | None
    own: Own | None
    kept: bool
    known: bool
    t: Texts

    def message(self) -> Message:
        return Message("\n".join(self._lines()), self._rows(), slot=SLOT, sensitive=True)

    def _lines(self) -> list[str]:
        t, words = self.t, self.strategy.words(self.t.language)
        title, *steps = words.text().split("\n")
        lines = [t("hard-check")] if self._checks else []
        if self.own:
            key = "hard-own.kept" if self.own.kind == "kept" else "hard-own"
            lines.append(t(key, words=shorten(self.own.words, OWN_MOST, placeholder="…")))
        if self.trigger:
            lines.append(self.trigger.line(t.language))
        elif self.strategy is strategies.first():
            title = t("hard-moment", title=title)
        return [*lines, title, *steps]

    def _rows(self) -> Rows:
        """At most six, two a row. Whoever has to be asked about their safety finds that before anything of choice."""
        t, name = self.t, f"{self.strategy.id}:{self.trigger.id if self.trigger else ''}"
        first: list[Button] = []
        other = [Button(t("hard-moment.other"), f"hard:after:{name}")]
        if self._checks:
            first.append(Button(t("hard-check.open"), f"flag:{self._checks[0]}"))
        elif self.own:
            first.append(Button(t("hard-own.do" if self.own.kind == "plan" else "hard-own.open"), self.own.press))
        elif self.kept and self.strategy is not strategies.first():
            other.append(Button(t("hard-moment.not"), f"hard:not:{name}"))
        start = [Button(t("hard-moment.start"), f"moment:ten:{name}")]
        company = [self._company()]
        used, help_now = Button(t("hard-moment.used"), "slip"), Button(t("help-button"), "help")
        last = [other, [*company, used], [help_now]] if len(other) > 1 else [[*other, *company], [used, help_now]]
        return tuple(tuple(row) for row in (first, start, *last) if row)

    def _company(self) -> Button:
        """Where a card speaks of somebody else, or of what they wrote themselves, the way there."""
        what, press = LEADS.get(self.strategy.id, NOWHERE) if self.kept and self.known else NOWHERE
        return Button(self.t(f"hard-moment.{what}"), press)

    @property
    def _checks(self) -> tuple[str, ...]:
        return self.trigger.about.check_first if self.trigger else ()
