"""A person's own days: what lies between their own date, what they told us of, and today. Nothing is ever zeroed.

The clock is `Person.since`, and theirs alone: nothing here sets it. A day on which something happened is in no run,
and takes no other day away. Somebody who moves their date on keeps what was before it: each thing told remembers the
date that stood then, and the days from that date up to it stay.

All of it is local dates, worked out in the person's zone when they told it; so neither a change of the clocks nor a
journey adds or takes a day. A day counts once it is over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.clock import DAY

Stretch = tuple[date, date]
"""From the first of its days to the one after the last."""


@dataclass(frozen=True, slots=True)
class Told:
    """That something happened on a day, and the person's own date as it stood then."""

    day: date
    since: date | None


@dataclass(frozen=True, slots=True)
class OwnDays:
    """How many days in all, in the longest run, and in this quarter of the year."""

    total: int
    longest: int
    quarter: int


def own_days(since: date, told: Iterable[Told], today: date) -> OwnDays:
    """What is a person's own up to the end of yesterday."""
    every = tuple(told)
    before = [(one.since, min(one.day, today)) for one in every if one.since is not None]
    runs = list(_without(_joined([*before, (since, today)]), {one.day for one in every}))
    start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return OwnDays(
        total=sum(map(_length, runs)),
        longest=max(map(_length, runs), default=0),
        quarter=sum(_length((max(first, start), after)) for first, after in runs),
    )


def _length(stretch: Stretch) -> int:
    first, after = stretch
    return max((after - first).days, 0)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same days, each once: what overlaps or touches becomes one."""
    joined: list[Stretch] = []
    for first, after in sorted(one for one in stretches if _length(one)):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], after))
        else:
            joined.append((first, after))
    return joined


def _without(stretches: Iterable[Stretch], days: set[date]) -> Iterator[Stretch]:
    """What is left of stretches that lie apart, without some of their days."""
    for first, after in stretches:
        begin = first
        for day in sorted(one for one in days if first <= one < after):
            yield begin, day
            begin = day + DAY
        yield begin, after
