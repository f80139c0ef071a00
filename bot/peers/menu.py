"""The commands that the app lists for somebody who only helps: those four that do something for them."""

from bot.texts import Texts

HELPERS = ("helping", "helpnow", "settings", "help")

Menu = tuple[tuple[str, str], ...]

EVERYBODYS: Menu = ()
"""That of the whole bot."""


def helpers(t: Texts) -> Menu:
    """Each with what it does."""
    return tuple((name, t(f"command-{name}")) for name in HELPERS)
