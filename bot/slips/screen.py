"""The frame of every screen of the path: one place, sensitive, Help now at the end."""

from collections.abc import Mapping, Sequence

from bot.chat import Button, Message, Rows
from bot.feature import Turn
from bot.slips.model import Slip

SLOT = "slips"
"""The one place on the screen that the path takes, from the first answer to the last."""


def screen(turn: Turn, text: str, rows: Rows, *beside: Button) -> Message:
    """Some rows, and Help now below them with what stands beside it."""
    last = (*beside, Button(turn.t("help-button"), "help"))
    return Message(text, (*rows, last), slot=SLOT, sensitive=True)


def choices(slip: Slip, question: str, labels: Mapping[str, str]) -> Rows:
    """A button for each answer, two in a row, by what it stands for."""
    return by_two([Button(label, f"slips:{slip.id}:{question}:{value}") for value, label in labels.items()])


def by_two(buttons: Sequence[Button]) -> Rows:
    """Two in a row."""
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
