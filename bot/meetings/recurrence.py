"""When a meeting takes place: a rule on the calendar of its own zone, and the instants that follow from it.

Read as RFC 5545 reads a rule with a zone: the wall clock stays, the zone decides. A local time that a change of clocks
skips is held at the shifted time (02:30 becomes 03:30), one that comes twice is the first of the two: people go by the
clock on the wall, and a reminder that is left out is worse than one that is shifted. A day that a zone left out
altogether (Apia had no 30 December 2011) is held on the day after, for the same reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot import clock

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

HORIZON_YEARS = 41
"""How far ahead is looked: a fifth Monday of every February comes once in 28 years, or in 40 over 2100."""

LAST = -1
"""`nth` of the last such weekday of a month."""

Exceptions = Mapping[date, datetime | None]
"""By date: None where it is not held, else the naive local time that it was moved to, or was added at.

A date of the rule was moved. Any other was added; it may lie before the rule's first date, or after its last.
"""


class NotARule(ValueError):
    """These fields make no rule. Names the one that is wrong."""


@dataclass(frozen=True, slots=True)
class Rule:
    """On which dates, at what time, in which zone.

    `weekday` counts from Monday = 0; None: once, on `anchor`. `nth` makes it monthly: 1 to 5, or `LAST`. `interval`
    is how many weeks or months lie between two; past 1 it needs `anchor`, a date from which they are counted.
    Nothing but what was added takes place before `first` or after `until`, both local dates.
    """

    zone: str
    at: time
    weekday: int | None = None
    nth: int | None = None
    interval: int = 1
    anchor: date | None = None
    first: date | None = None
    until: date | None = None
    exceptions: Exceptions = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what would never take place, or could not be counted. Raises NotARule, UnknownZone."""
        clock.zone(self.zone)
        if self.weekday is not None and not 0 <= self.weekday <= 6:
            raise NotARule("weekday")
        if self.nth is not None and (self.weekday is None or self.nth not in (LAST, 1, 2, 3, 4, 5)):
            raise NotARule("nth")
        if not 1 <= self.interval <= 120:
            raise NotARule("interval")
        if self.anchor is None and (self.weekday is None or self.interval > 1):
            raise NotARule("anchor")

    @property
    def once(self) -> bool:
        """Whether it takes place one time only."""
        return self.weekday is None and not any(to and day != self.anchor for day, to in self.exceptions.items())


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time that it takes place: when, and which date of the rule it stands for (its name for ever)."""

    start: datetime
    day: date


def following(rule: Rule, after: datetime) -> Occurrence | None:
    """The next one that starts strictly later than this instant. None if there is none any more."""
    return next(occurrences(rule, after), None)


def occurrences(rule: Rule, after: datetime) -> Iterator[Occurrence]:
    """Every one that starts strictly later than this instant, in order. May have no end."""
    place = clock.zone(rule.zone)
    moved = sorted(
        one
        for day, to in rule.exceptions.items()
        if to is not None and (one := Occurrence(to.replace(tzinfo=place).astimezone(UTC), day)).start > after
    )
    # a day early: at midnight in a gap, the instant falls on the day after the one that it belongs to
    for day in dates(rule, after.astimezone(place).date() - DAY):
        if day in rule.exceptions:
            continue
        regular = Occurrence(datetime.combine(day, rule.at, place).astimezone(UTC), day)
        if regular.start > after:
            while moved and moved[0] < regular:
                yield moved.pop(0)
            yield regular
    yield from moved


def is_regular(rule: Rule, day: date) -> bool:
    """Whether this is a date of the rule itself, exceptions not looked at."""
    return next(dates(rule, day), None) == day


def dates(rule: Rule, start: date) -> Iterator[date]:
    """The dates of a rule from this one on, exceptions not looked at."""
    start = max(start, rule.first or start)
    if rule.weekday is None:
        found = iter([rule.anchor] if rule.anchor and rule.anchor >= start else [])
    elif rule.nth is None:
        found = _weekly(rule, rule.weekday, start)
    else:
        found = _monthly(rule, rule.weekday, rule.nth, start)
    end = min(rule.until or date.max, date(min(start.year + HORIZON_YEARS, date.max.year - 1), 12, 31))
    for day in found:
        if day > end:
            return
        yield day


def _weekly(rule: Rule, weekday: int, start: date) -> Iterator[date]:
    day = start + DAY * ((weekday - start.weekday()) % 7)
    if rule.anchor and rule.interval > 1:
        day += WEEK * (-((_monday(day) - _monday(rule.anchor)) // WEEK) % rule.interval)
    while True:
        yield day
        day += WEEK * rule.interval


def _monthly(rule: Rule, weekday: int, nth: int, start: date) -> Iterator[date]:
    month = start.year * 12 + start.month - 1
    if rule.anchor and rule.interval > 1:
        month += (rule.anchor.year * 12 + rule.anchor.month - 1 - month) % rule.interval
    while month // 12 < date.max.year:
        day = _nth(month // 12, month % 12 + 1, weekday, nth)
        if day is not None and day >= start:
            yield day
        month += rule.interval


def _nth(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The n-th such weekday of a month; None in a month that has no fifth."""
    if nth == LAST:
        last = date(year + month // 12, month % 12 + 1, 1) - DAY
        return last - DAY * ((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + DAY * ((weekday - first.weekday()) % 7) + WEEK * (nth - 1)
    return day if day.month == month else None


def _monday(day: date) -> date:
    """The Monday of its week: RFC 5545 counts every other week by weeks that begin there."""
    return day - DAY * day.weekday()
