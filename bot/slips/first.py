"""The first reply after a slip. It needs nothing, like every help, and tells nobody anything."""

from bot.chat import Button, Message, Rows
from bot.people import Known
from bot.texts import Texts


def show(press: str, known: Known | None, t: Texts) -> Message:
    """Somebody has used. Nothing is lost by saying so, nothing is counted here, and help is one tap away."""
    rows: Rows = (
        (Button(t("talk.do"), "hard"), Button(t("slip.support"), "talk")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t("slip"), rows, sensitive=True)
