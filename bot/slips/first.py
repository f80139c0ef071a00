"""The first reply after a slip, and what helps without an account or a database. From memory, like every help."""

from bot.chat import Button, Message, Rows
from bot.content import strategies, substances
from bot.content.strategies import Strategy
from bot.people import Known
from bot.texts import Texts

SLOT = "slip"


def show(press: str, known: Known | None, t: Texts) -> Message:
    """`slip` asks what comes before everything else; `slip:aid` and `slip:steps` help those we cannot keep a row of."""
    match press.split(":")[1:]:
        case ["aid"]:
            return _aid(t)
        case ["steps"]:
            return _steps(t)
    go_on = "slips:on" if known and known.agreed else "slip:aid"
    rows: Rows = (
        (Button(t("slip.unsafe"), f"help:back:{go_on}"),),
        (Button(t("slip.safe"), go_on), Button(t("help-button"), "help")),
    )
    return Message(t("slip"), rows, slot=SLOT, sensitive=True)


def lapse_first_aid() -> Strategy:
    """The three steps. Raises LookupError where the content has none."""
    found = strategies.get("kind")
    if found is None:
        raise LookupError("strategies: there is no kind")
    return found


def _aid(t: Texts) -> Message:
    """What would help. Nothing is known, and unknown counts as yes: so both warnings stand here."""
    text = "\n".join((substances.get("other").tolerance(t.language), t("slip-aid")))
    rows: Rows = (
        (Button(t("slip-help.steps"), "slip:steps"), Button(t("slip-talk"), "talk")),
        (Button(t("slip-aid.do"), "hard"), Button(t("slip-aid.note"), "slips:on")),
        (Button(t("help-button"), "help"),),
    )
    return Message(text, rows, slot=SLOT, sensitive=True)


def _steps(t: Texts) -> Message:
    rows: Rows = (
        (Button(t("slip-talk"), "talk"), Button(t("slip-help.back"), "slip:aid")),
        (Button(t("help-button"), "help"),),
    )
    return Message(lapse_first_aid().words(t.language).text(), rows, slot=SLOT, sensitive=True)
