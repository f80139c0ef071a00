"""The clock, and local-time arithmetic as pure functions. Nothing else in the program waits or reads the time.

Instants are aware UTC. A rule such as "19:00 every day in Europe/Berlin" is a `time` and a zone; it becomes an
instant only here. In a gap (clocks go forward) it is the first instant after the gap, in a fold (clocks go back) the
first of the two.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

DAY = timedelta(days=1)


class UnknownZone(ValueError):
    """There is no time zone of this name."""


class Clock(Protocol):
    """What time it is, and how to wait for another."""

    def now(self) -> datetime:
        """This instant, aware UTC."""

    async def wait(self, woken: asyncio.Event, until: datetime) -> None:
        """Return when the time has come or the event is set, whichever is first."""


class RealClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This instant, aware UTC."""
        return datetime.now(UTC)

    async def wait(self, woken: asyncio.Event, until: datetime) -> None:
        """Return when the time has come or the event is set, whichever is first."""
        seconds = (until - self.now()).total_seconds()
        try:
            await asyncio.wait_for(woken.wait(), max(seconds, 0))
        except TimeoutError:
            return


class MovableClock(RealClock):
    """The machine's clock and how far it was moved: what the sandbox and its bot share."""

    def __init__(self) -> None:
        """Not moved yet."""
        self._moved = timedelta()
        self._followers: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """This instant, aware UTC, as far as the sandbox is concerned."""
        return super().now() + self._moved

    def move(self, by: timedelta) -> None:
        """Go on by this much, and tell those who wait."""
        self._moved += by
        for follower in self._followers:
            follower()

    def follow(self, follower: Callable[[], None]) -> None:
        """Have this called whenever the clock was moved."""
        self._followers.append(follower)


@cache
def zone_names() -> frozenset[str]:
    """Every zone that may be stored. Asking the disk each time would cost 30 ms."""
    return frozenset(available_timezones())


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of this name. Raises UnknownZone; a bare ZoneInfo would raise four other things, or read a path."""
    if name not in zone_names():
        raise UnknownZone(name)
    return ZoneInfo(name)


def instant(day: date, at: time, place: ZoneInfo) -> datetime:
    """When the clocks of a place show this, as UTC: the first instant after a gap, the first of a fold."""
    local = datetime.combine(day, at.replace(fold=0), place)
    moment = local.astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _end_of_gap(local, place)


def day_of(moment: datetime, place: ZoneInfo) -> date:
    """The local date."""
    return moment.astimezone(place).date()


def exists(day: date, place: ZoneInfo) -> bool:
    """Whether this place had or will have that day. Apia had no 30 December 2011."""
    return instant(day, time(), place) < instant(day + DAY, time(), place)


def next_daily(after: datetime, at: time, place: ZoneInfo) -> tuple[datetime, date]:
    """The next time that it is `at` there, strictly later than `after`, and the local day that it belongs to.

    Each day that exists has exactly one. In a gap around midnight the instant may fall on the day after the one
    that it belongs to.
    """
    day = day_of(after, place) - DAY
    while True:
        moment = instant(day, at, place)
        if moment > after and exists(day, place):
            return moment, day
        day += DAY


def end_of_hours(moment: datetime, start: time, end: time, place: ZoneInfo) -> datetime | None:
    """The end of these daily hours if the moment lies in them, as UTC. The same time twice: there are none."""
    at = moment.astimezone(place).time()
    within = start <= at < end if start <= end else at >= start or at < end
    return next_daily(moment, end, place)[0] if within else None


def _end_of_gap(local: datetime, place: ZoneInfo) -> datetime:
    """The first instant after the gap that this local time lies in. Zones change on a whole second."""
    before = local.utcoffset()
    # fold=1 in a gap is the offset after it, which is the larger: reading with it gives an instant before the gap
    low = local.replace(fold=1).astimezone(UTC)
    high = local.astimezone(UTC)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(place).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


_TYPED = re.compile(r"(\d{1,2})\s*(?:[:.h]\s*(\d{2})?)?\s*([ap])?\.?\s*(?:m\.?)?", re.IGNORECASE)


def parsed_time(text: str) -> time | None:
    """A time of day as people type it: `8:30`, `20.15`, `9pm`, `9.30 p.m.`, `21h`, `7`. None if it is none."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
