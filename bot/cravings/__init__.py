"""The hard moment: help comes with the first reply, before any question, and needs nothing."""

from dataclasses import replace

from bot.chat import Button, Message
from bot.content import strategies
from bot.content.strategies import Strategy
from bot.cravings import company
from bot.feature import Feature
from bot.people import Known
from bot.texts import Texts


def card(press: str, known: Known | None, t: Texts) -> Message:
    """One thing to do now. `hard` shows the first card, `hard:<id>` another; both are safe for everyone."""
    strategy = _asked(press)
    words = strategy.words(t.language)
    if strategy is strategies.first():
        words = replace(words, title=t("hard-moment", title=words.title))
    rows = (
        (Button(t("hard-moment.other"), f"hard:{_after(strategy).id}"),),
        (Button(t("help-button"), "help"),),
    )
    return Message(words.text(), rows, slot="hard", sensitive=True)


def _asked(press: str) -> Strategy:
    found = strategies.get(press.partition(":")[2])
    return found if found and found.about.safe_for_everyone else strategies.first()


def _after(strategy: Strategy) -> Strategy:
    """The next card, and after the last the first again: nobody who presses once more is left without one."""
    cards = (strategies.first(), *strategies.others())
    return cards[(cards.index(strategy) + 1) % len(cards)] if strategy in cards else cards[0]


FEATURE = Feature(
    name="cravings",
    urgent={"hard": card, "talk": company.talk, "slip": company.slip},
    commands={"trigger": "hard", "craving": "hard", "urge": "hard", "slip": "slip", "used": "slip", "relapse": "slip"},
    listed=("trigger", "slip"),
    buttons={"hard-button": "hard"},
    phrases={"hard-phrases": "hard", "slip-phrases": "slip", "talk-phrases": "talk"},
)
