"""One number in words: what it is for, what one has to know to use it, and when it was checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot import days
from bot.content import helplines
from bot.content.helplines import Country, Kind, Line
from bot.texts import Texts

AT_MOST = 2
"""Lines of one kind on a screen where every second counts."""

TELLS = ("crisis", "mental", "text", "violence", "youth", "family", "warm")
"""Kinds whose note has to be known before one calls: what to write, which option, or for whom it is."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The lines of one country, worded. `dates` says whether any was ever checked, so that each has to say it."""

    country: Country
    someone: Line | None
    """Who is shown to a person in despair, whatever kind of line it is."""
    dates: bool
    today: date | None
    t: Texts

    def kinds(self, *kinds: Kind) -> Iterator[str]:
        """A part of a line for each of these kinds that the country has."""
        for kind in kinds:
            found = self._shown(kind)
            if found:
                yield self.t(f"help-kind-{kind}", number=" / ".join(map(self._number, found)))

    def crisis(self) -> str:
        """Who answers a person in despair."""
        if self.someone is None:
            return self.t("help-find", link=helplines.world().lines[0].dial)
        others = [one for one in self.country.every(self.someone.kind) if one is not self.someone]
        # lines that serve a part of the country are not shown beside one that serves all of it
        shown = (
            [self.someone, *others] if self.someone.where or not all(one.where for one in others) else [self.someone]
        )
        number = " / ".join(map(self._number, shown))
        return self.t("help-crisis", number=number, hours=_hours(self.someone, self.t))

    def dated(self, line: Line | None) -> str:
        """When it was checked, in brackets; nothing where the head of the screen says that none was."""
        if line is None or not self.dates:
            return ""
        if line.verified_on is None:
            return f" ({self.t('help-unchecked')})"
        if self.today and helplines.must_check(line, self.today):
            return f" ({self.t('help-check-again')})"
        return f" ({self.t('help-checked', month=days.month(line.verified_on, self.t))})"

    def _shown(self, kind: Kind) -> tuple[Line, ...]:
        """The first, and others that serve the same country in other words or at other hours."""
        if self.someone and self.someone.kind == kind:
            return ()
        first, *others = self.country.every(kind) or (None,)
        if first is None:
            return ()
        return (first, *(one for one in others if not one.where))[: 1 if first.where else AT_MOST]

    def _number(self, line: Line) -> str:
        about = [line.where, line.note if line.kind in TELLS else None]
        told = ", ".join(helplines.said(words, self.t.language).rstrip(".") for words in about if words)
        return f"{line.dial} ({told}){self.dated(line)}" if told else f"{line.dial}{self.dated(line)}"


def _hours(line: Line, t: Texts) -> str:
    return line.hours if line.hours[0].isdigit() else t(f"hours-{line.hours}")
