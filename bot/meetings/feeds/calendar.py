"""iCalendar files: one event and its exceptions become one listing on each of its weekdays.

The library reads and unfolds; which rules we can keep is decided here. A rule that is more than a weekday of every so
many weeks or months is skipped by name rather than guessed at.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from icalendar import Calendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from bot import clock
from bot.meetings.feeds.fields import believed, line, link, number, words, zone
from bot.meetings.listing import LINK_MOST, NAME_MOST, WORDS_MOST, Listing, Remarked, Row, Skipped, Timing, Venue, Where
from bot.meetings.recurrence import LAST, NotARule, Rule, occurrences

_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_UNKEPT = ("BYMONTHDAY", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYHOUR", "BYMINUTE", "BYSECOND")
_KEY_MOST = 56
COUNT_MOST = 1_000
"""Of a rule that ends after so many times: more than anybody writes, and they have to be counted one by one."""


class _Unkept(Exception):  # not an error: a rule that we do not keep
    """A rule that cannot be kept as weekdays. Its words are the reason's slug."""


@dataclass(frozen=True, slots=True)
class _Start:
    local: datetime
    """On the wall, without its zone."""
    zone: str


def read(data: bytes, program: str = "") -> Iterator[Row]:
    """Every event of a file. Raises ValueError where it is no calendar at all."""
    found = Calendar.from_ical(data, multiple=True)
    calendars = found if isinstance(found, list) else [found]
    events: dict[str, list[Any]] = {}
    usual = ""
    for one in calendars:
        usual = usual or zone(str(one.get("X-WR-TIMEZONE", "")))
        for event in one.walk("VEVENT"):
            events.setdefault(line(event.get("UID"), 1_000) or f"{len(events)}", []).append(event)
    for count, (uid, group) in enumerate(events.items(), start=1):
        yield from _event(count, uid, group, program, usual)


def _event(count: int, uid: str, group: list[Any], program: str, usual: str) -> Iterator[Row]:
    key = uid if len(uid) <= _KEY_MOST else hashlib.sha256(uid.encode()).hexdigest()[:32]
    master = next((event for event in group if "RECURRENCE-ID" not in event), None)
    if master is None:
        yield Skipped(count, key, "no-rule")
        return
    name = line(master.get("SUMMARY"), NAME_MOST)
    start = _start(master.get("DTSTART"), usual)
    if not name or start is None:
        yield Skipped(count, key, "no-name" if not name else "no-time")
        return
    if str(master.get("STATUS", "")).upper() == "CANCELLED":
        yield Skipped(count, key, "not-held")
        return
    try:
        timings = list(_timings(master, start))
    except (_Unkept, NotARule) as unkept:
        yield Skipped(count, key, str(unkept) if isinstance(unkept, _Unkept) else "rule")
        return
    exceptions = _exceptions(master, group, start.zone)
    listing = _listing(key, name, program, master)
    for timing in timings:
        mine = {day: to for day, to in exceptions.items() if timing.weekday in (None, day.weekday())}
        named = key if len(timings) == 1 else f"{key}-{timing.weekday}-{timing.nth or 0}"
        remarks = () if timing.zone else ("no-zone",)
        yield Remarked(count, replace(listing, key=named, timing=replace(timing, exceptions=mine)), remarks)


def _listing(key: str, name: str, program: str, event: Any) -> Listing:
    place = line(event.get("LOCATION"), 500)
    page = link(line(event.get("URL"), LINK_MOST), LINK_MOST)
    online = link(line(event.get("CONFERENCE"), LINK_MOST), LINK_MOST) or link(place, LINK_MOST)
    place = "" if place == online else place
    geo = event.get("GEO")
    return Listing(
        key=key,
        name=name,
        program=program,
        timing=Timing(),
        venue=(Venue.BOTH if place else Venue.ONLINE) if online else Venue.PLACE,
        where=Where(
            address=place,
            latitude=number(getattr(geo, "latitude", None), -90, 90),
            longitude=number(getattr(geo, "longitude", None), -180, 180),
        ),
        link=online,
        notes=words(event.get("DESCRIPTION"), WORDS_MOST),
        page=page,
    )


def _timings(event: Any, start: _Start) -> Iterator[Timing]:
    """The rule of an event, a timing for each of its weekdays. Raises _Unkept."""
    once = Timing(at=start.local.time(), minutes=_minutes(event, start), zone=start.zone, anchor=start.local.date())
    rule = event.get("RRULE")
    if rule is None:
        yield once
        return
    if isinstance(rule, list) or any(part in rule for part in _UNKEPT):
        raise _Unkept("rule")
    interval = int(_one(rule, "INTERVAL", 1))
    for weekday, nth in _weekdays(rule, start, interval):
        timing = replace(once, weekday=weekday, nth=nth, interval=interval, first=start.local.date())
        yield replace(timing, until=_until(rule, timing, start))


def _weekdays(rule: Mapping[str, Any], start: _Start, interval: int) -> list[tuple[int, int | None]]:
    """Each weekday of a rule, and for a monthly one which of the month."""
    frequency = str(_one(rule, "FREQ", "")).upper()
    by_day = [_weekday(str(one)) for one in rule.get("BYDAY", [])]
    if frequency == "DAILY" and interval == 1 and not by_day:
        return [(day, None) for day in range(7)]
    if frequency == "WEEKLY" or (frequency == "DAILY" and interval == 1):
        if any(nth for _, nth in by_day):
            raise _Unkept("rule")
        return by_day or [(start.local.weekday(), None)]
    place = rule.get("BYSETPOS")
    if frequency == "MONTHLY" and len(by_day) == 1 and by_day[0][1] is None and place and len(place) == 1:
        by_day = [(by_day[0][0], int(place[0]))]
        place = None
    if frequency != "MONTHLY" or not by_day or place or any(nth not in (LAST, 1, 2, 3, 4, 5) for _, nth in by_day):
        raise _Unkept("rule")
    return by_day


def _weekday(written: str) -> tuple[int, int | None]:
    """`TU`, `2TU` or `-1FR`."""
    day, nth = _DAYS.get(written[-2:].upper()), written[:-2]
    if day is None:
        raise _Unkept("rule")
    return day, int(nth) if nth else None


def _until(rule: Mapping[str, Any], timing: Timing, start: _Start) -> date | None:
    """The last local date of a rule. A local UNTIL, which the standard forbids beside a zone, is taken as it reads."""
    until = _one(rule, "UNTIL", None)
    if isinstance(until, datetime) and until.tzinfo and start.zone:
        return until.astimezone(clock.zone(start.zone)).date()
    if isinstance(until, datetime):
        return until.date()
    if isinstance(until, date):
        return until
    count = _one(rule, "COUNT", None)
    return _after_so_many(rule, timing, start, int(count)) if count else None


def _after_so_many(rule: Mapping[str, Any], timing: Timing, start: _Start, count: int) -> date:
    """The date of the last of so many times, over all weekdays of the rule. Raises _Unkept for an absurd count."""
    if not 0 < count <= COUNT_MOST:
        raise _Unkept("rule")
    interval = int(_one(rule, "INTERVAL", 1))
    dates: list[date] = []
    after = datetime.combine(start.local.date() - timedelta(days=2), time(), UTC)
    for weekday, nth in _weekdays(rule, start, interval):
        one = Rule("UTC", time(12), weekday, nth, interval, anchor=start.local.date(), first=start.local.date())
        dates += [found.day for found in islice(occurrences(one, after), count)]
    return sorted(dates)[:count][-1] if dates else timing.first or start.local.date()


def _exceptions(master: Any, group: Iterable[Any], place: str) -> dict[date, datetime | None]:
    """Dates that are left out, and those that were moved, by local date: an edited time must not bring one back."""
    found: dict[date, datetime | None] = {}
    left_out = master.get("EXDATE", [])
    for one in left_out if isinstance(left_out, list) else [left_out]:
        for moment in getattr(one, "dts", []):
            found[_local(moment.dt, place).date()] = None
    for event in group:
        if "RECURRENCE-ID" not in event:
            continue
        day = _local(event["RECURRENCE-ID"].dt, place).date()
        moved = event.get("DTSTART")
        cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
        found[day] = None if cancelled or moved is None else _local(moved.dt, place)
    return found


def _start(prop: Any, usual: str) -> _Start | None:
    """When it first starts, on the wall of its zone. None for a whole day: nobody can be reminded of that."""
    moment = getattr(prop, "dt", None)
    if not isinstance(moment, datetime):
        return None
    written = str(prop.params.get("TZID", "")).strip('"')
    place = zone(written) or zone(WINDOWS_TO_OLSON.get(written, ""))
    if not place and moment.tzinfo and moment.utcoffset() == timedelta():
        place = "UTC"
        if usual:  # written in UTC by a calendar that says where it lives
            return _Start(moment.astimezone(clock.zone(usual)).replace(tzinfo=None), usual)
    return _Start(moment.replace(tzinfo=None, microsecond=0), place or usual)


def _local(moment: date | datetime, place: str) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo and place:
        moment = moment.astimezone(clock.zone(place))
    return moment.replace(tzinfo=None)


def _minutes(event: Any, start: _Start) -> int | None:
    end, lasts = event.get("DTEND"), getattr(event.get("DURATION"), "dt", None)
    if lasts is None and isinstance(getattr(end, "dt", None), datetime):
        lasts = _local(end.dt, start.zone) - start.local
    return believed(int(lasts.total_seconds() // 60)) if isinstance(lasts, timedelta) else None


def _one(rule: Mapping[str, Any], part: str, otherwise: Any) -> Any:
    values = rule.get(part)
    return values[0] if values else otherwise
