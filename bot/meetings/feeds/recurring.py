"""The rule of a calendar's event as ours: a weekday of every so many weeks or months, each with its own exceptions.

A rule that is more than that is refused by name rather than guessed at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from bot import clock
from bot.meetings.listing import Timing
from bot.meetings.recurrence import LAST, Exceptions, Rule, is_regular, occurrences

COUNT_MOST = 1_000
"""Of a rule that ends after so many times: more than anybody writes, and they have to be counted one by one."""

EXCEPTIONS_MOST = 500
"""Dates that are left out or moved, of one event, and as many that are added; the latest count."""

_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_UNKEPT = ("BYMONTHDAY", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYHOUR", "BYMINUTE", "BYSECOND")
_WEEK = timedelta(weeks=1)

Weekdays = list[tuple[int, int | None]]
"""Each weekday of a rule, from Monday = 0, and for a monthly one which of the month."""


class Unkept(Exception):  # not an error: a rule that we do not keep
    """A rule that cannot be kept as weekdays. Its words are the reason's slug."""


@dataclass(frozen=True, slots=True)
class Start:
    """When an event first starts, on the wall of its zone; the zone is empty where nobody names one."""

    local: datetime
    zone: str


def timings(event: Any, start: Start, minutes: int | None) -> Iterator[Timing]:
    """A timing for each of its weekdays, without exceptions. Raises Unkept, and NotARule for absurd figures."""
    once = Timing(at=start.local.time(), minutes=minutes, zone=start.zone, anchor=start.local.date())
    rule = event.get("RRULE")
    if rule is None:
        yield once
        return
    if isinstance(rule, list) or any(part in rule for part in _UNKEPT):
        raise Unkept("rule")
    interval, week_starts = int(_one(rule, "INTERVAL", 1)), _DAYS.get(str(_one(rule, "WKST", "MO")).upper(), 0)
    rules = [
        Rule(
            start.zone or "UTC",
            start.local.time(),
            weekday,
            nth,
            interval,
            anchor=start.local.date() if nth else _first_of(weekday, start.local.date(), week_starts),
            first=start.local.date(),
        )
        for weekday, nth in _weekdays(rule, start, interval)
    ]
    until = _until(rule, rules, start)
    for one in rules:
        yield replace(
            once, weekday=one.weekday, nth=one.nth, interval=interval, anchor=one.anchor, first=one.first, until=until
        )


def exceptions(master: Any, group: Iterable[Any], start: Start) -> dict[date, datetime | None]:
    """Dates that are left out, and those that were moved, by local date: an edited time must not bring one back.

    Raises Unkept for a change that goes for all that follows as well.
    """
    found: dict[date, datetime | None] = {}
    beside = {one for one in _moments(master, "RDATE", start) if one.time() != start.local.time()}
    for moment in _moments(master, "EXDATE", start) - beside:  # what was added and left out again says nothing of it
        found[moment.date()] = None
    for event in group:
        if "RECURRENCE-ID" not in event:
            continue
        if "RANGE" in event["RECURRENCE-ID"].params:
            raise Unkept("rule")
        moved = getattr(event.get("DTSTART"), "dt", None)
        held = str(event.get("STATUS", "")).upper() != "CANCELLED" and isinstance(moved, datetime)
        day = _local(event["RECURRENCE-ID"].dt, start.zone).date()
        found[day] = _local(moved, start.zone) if held and moved else None
    latest = sorted(found)[-EXCEPTIONS_MOST:]
    return {day: found[day] for day in latest}


def added(
    master: Any, group: Iterable[Any], start: Start, timings: Iterable[Timing], every: Exceptions
) -> tuple[dict[date, datetime], list[datetime]]:
    """Times beside the rule, on the wall of the event: those that stand for their date, and all others, oldest first.

    A date is the name of one time and no more; one that is left out has room for another, as if it had been moved.
    """
    rules = [rule for timing in timings if (rule := timing.rule("UTC"))]
    instead = {_usual(event["RECURRENCE-ID"].dt, start) for event in group if "RECURRENCE-ID" in event}
    named: dict[date, datetime] = {}
    others = []
    for moment in sorted(_moments(master, "RDATE", start) - _moments(master, "EXDATE", start))[-EXCEPTIONS_MOST:]:
        day = moment.date()
        regular = day not in every and any(is_regular(rule, day) for rule in rules)
        if moment in instead:
            named |= {day: to} if (to := every.get(day)) else {}
        elif not (regular or every.get(day) or day in named):
            named[day] = moment
        elif not (regular and moment.time() == start.local.time()):
            others.append(moment)
    return named, others


def of(timings: list[Timing], every: Exceptions, more: Mapping[date, datetime]) -> list[Timing]:
    """The same with their exceptions. What was added is with the one of its weekday, or else with the first."""
    home = {day: next((one for one in timings if _has(one, day)), timings[0]) for day in more}
    return [
        replace(
            timing,
            exceptions={day: to for day, to in every.items() if _has(timing, day)}
            | {day: at for day, at in more.items() if home[day] is timing},
        )
        for timing in timings
    ]


def lasts(event: Any, start: Start) -> timedelta | None:
    """How long, by its end or its length; None where it has neither."""
    end, length = getattr(event.get("DTEND"), "dt", None), getattr(event.get("DURATION"), "dt", None)
    if isinstance(end, datetime) and not isinstance(length, timedelta):
        return _local(end, start.zone) - start.local
    return length if isinstance(length, timedelta) else None


def _first_of(weekday: int, start: date, week_starts: int) -> date:
    """That weekday in the week of the start, from which every other week is counted, perhaps before the start itself.

    Weeks begin where the rule says; ours always count from Mondays, which is all the same for one weekday.
    """
    begins = start - clock.DAY * ((start.weekday() - week_starts) % 7)
    return begins + clock.DAY * ((weekday - week_starts) % 7)


def _weekdays(rule: Mapping[str, Any], start: Start, interval: int) -> Weekdays:
    frequency = str(_one(rule, "FREQ", "")).upper()
    by_day = list(dict.fromkeys(_weekday(str(one)) for one in rule.get("BYDAY", [])))
    places = [int(one) for one in rule.get("BYSETPOS", [])]
    if frequency == "MONTHLY":
        return _monthly(by_day, places)
    if places or any(nth for _, nth in by_day):
        raise Unkept("rule")
    if frequency == "DAILY" and interval == 1:
        return by_day or [(day, None) for day in range(7)]
    if frequency == "WEEKLY":
        return by_day or [(start.local.weekday(), None)]
    raise Unkept("rule")


def _monthly(by_day: Weekdays, places: list[int]) -> Weekdays:
    """`2TU`, or the same written as the second of all Tuesdays."""
    if places and len(by_day) == 1 and by_day[0][1] is None:
        by_day, places = [(by_day[0][0], place) for place in dict.fromkeys(places)], []
    if not by_day or places or any(nth not in (LAST, 1, 2, 3, 4, 5) for _, nth in by_day):
        raise Unkept("rule")
    return by_day


def _weekday(written: str) -> tuple[int, int | None]:
    """`TU`, `2TU` or `-1FR`."""
    day, nth = _DAYS.get(written[-2:].upper()), written[:-2]
    if day is None:
        raise Unkept("rule")
    return day, int(nth) if nth else None


def _until(rule: Mapping[str, Any], rules: Iterable[Rule], start: Start) -> date | None:
    """The last local date of a rule. A local UNTIL, which the standard forbids beside a zone, is taken as it reads."""
    until, count = _one(rule, "UNTIL", None), _one(rule, "COUNT", None)
    if isinstance(until, datetime):
        until = _local(until, start.zone)
        return until.date() - clock.DAY * (until.time() < start.local.time())
    if isinstance(until, date):
        return until
    return _after_so_many(rules, start, int(count)) if count else None


def _after_so_many(rules: Iterable[Rule], start: Start, count: int) -> date:
    """The date of the last of so many times, over all weekdays. Raises Unkept for an absurd count."""
    if not 0 < count <= COUNT_MOST:
        raise Unkept("rule")
    after = datetime.combine(start.local.date() - 2 * clock.DAY, time(), UTC)
    dates = [found.day for one in rules for found in islice(occurrences(one, after), count)]
    return sorted(dates)[:count][-1] if dates else start.local.date()


def _moments(event: Any, name: str, start: Start) -> set[datetime]:
    """Each of a property that may stand several times, and may list several each time: of a period its start."""
    found = event.get(name, [])
    each = [moment.dt for one in (found if isinstance(found, list) else [found]) for moment in one.dts]
    return {_usual(one[0] if isinstance(one, tuple) else one, start) for one in each}


def _usual(moment: date | datetime, start: Start) -> datetime:
    """On the wall of the event; a whole day is that day at the usual hour."""
    if isinstance(moment, datetime):
        return _local(moment, start.zone).replace(microsecond=0)
    return datetime.combine(moment, start.local.time())


def _has(timing: Timing, day: date) -> bool:
    """Whether a date is of its weekday."""
    return timing.weekday in (None, day.weekday()) and _is_nth(day, timing.nth)


def _is_nth(day: date, nth: int | None) -> bool:
    if nth == LAST:
        return (day + _WEEK).month != day.month
    return nth is None or (day.day - 1) // 7 + 1 == nth


def _local(moment: date | datetime, place: str) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo and place:
        moment = moment.astimezone(clock.zone(place))
    return moment.replace(tzinfo=None)


def _one(rule: Mapping[str, Any], part: str, otherwise: Any) -> Any:
    values = rule.get(part)
    return values[0] if values else otherwise
