"""What has to be said after a slip, by substance and by when. What was not told counts as yes."""

from collections.abc import Iterable, Sequence

from bot.content import substances
from bot.slips.model import SKIPPED, Slip

STOPPED = "stopped"

_GRAVEST_FIRST = ("opioids", "kratom_extract", "benzodiazepines", "alcohol", "other", "kratom_leaf")
"""Whose lost tolerance is said where several may be meant: one sentence is read, three are not."""


def possible(slip: Slip, recovering_from: Iterable[str]) -> frozenset[str]:
    """What it may have been: what they said, else anything that they recover from, else anything."""
    if slip.which not in (None, SKIPPED):
        return frozenset({str(slip.which)})
    return frozenset(recovering_from) or frozenset({"other"})


def never_suddenly(slip: Slip, names: Iterable[str], goal: str | None) -> bool:
    """Whether stopping at once could be dangerous: then no text says stop.

    After several days of it; and for whoever has not stopped (or has not said so) always, whatever this one slip was.
    """
    known = any(substances.get(name).about.never_stop_suddenly for name in names)
    if slip.happened in (None, SKIPPED, "days"):
        return known or "other" in names
    return known and goal != STOPPED


def lines(slip: Slip, names: frozenset[str], goal: str | None, language: str) -> Sequence[str]:
    """That the body bears less, then that stopping suddenly can be dangerous: where they apply."""
    bearing = [name for name in _GRAVEST_FIRST if name in names and substances.get(name).about.tolerance]
    said = [substances.get(bearing[0]).tolerance(language)] if bearing else []
    if never_suddenly(slip, names, goal):
        grave = [name for name in _GRAVEST_FIRST if name in names and substances.get(name).about.never_stop_suddenly]
        said += [substances.get(name).stopping(language) for name in grave or ["other"]]
    return tuple(dict.fromkeys(line for text in said for line in text.splitlines()))
