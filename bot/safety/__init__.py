"""Danger noticed in what people write: it asks one clear question and shows help, before anything else.

Rules, no model. It never locks anybody out, never diagnoses, never tells anyone, and keeps no word of what it heard.
"""

from bot.chat import Command, Inbound, Text
from bot.content import redflags
from bot.feature import Feature, Reply, Turn
from bot.safety import model
from bot.safety.screens import show


def warns(words: str) -> str | None:
    """The press for the most urgent flag that free words raise."""
    flag = redflags.heard(words)
    return f"flag:{flag}" if flag else None


async def asked(turn: Turn) -> Reply:
    """Remember blindly which words were asked about, and after a "no" let them pass for the day. Shows nothing."""
    match turn.words, turn.agreed:
        case (flag,), True:
            words = _typed(turn.inbound)
            if words:
                await model.ask(turn.session, turn.person, flag, words, turn.now)
        case (flag, "no"), True:
            await model.hush(turn.session, turn.person, flag, turn.now)
    return Reply()


def _typed(inbound: Inbound) -> str:
    match inbound:
        case Text(text=words) | Command(rest=words):
            return words
    return ""


FEATURE = Feature(
    name="safety",
    presses={"flag": asked},
    urgent={"flag": show},
    warns=warns,
    hushed=model.hushed,
)
