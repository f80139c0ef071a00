"""iCalendar files: one event and its exceptions become one listing on each of its weekdays.

The library reads and unfolds one event after the other; which rules we can keep is decided in `recurring`. What one
event has that cannot be read costs that event and no other.
"""

import hashlib
import warnings
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO

from icalendar import Calendar, Event
from icalendar.timezone import tzp

from bot import clock
from bot.meetings.feeds import recurring
from bot.meetings.feeds.events import Unreadable, index, texts
from bot.meetings.feeds.fields import believed, line, link, number, words, zone
from bot.meetings.feeds.recurring import Start, Unkept
from bot.meetings.listing import LINK_MOST, NAME_MOST, WORDS_MOST, Listing, Remarked, Row, Skipped, Timing, Venue, Where
from bot.meetings.recurrence import NotARule

_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, ArithmeticError)
"""What the library raises where a property is looked at that it could not read, or that no event has twice."""

_KEY_MOST = 56

Zones = Mapping[str, str]
"""Zones by a calendar's own names for them; under an empty name the calendar's."""


def read(file: BinaryIO, program: str = "") -> Iterator[Row]:
    """Every event of a file. Raises Unreadable, and ValueError where it is no calendar at all, before the first."""
    found = index(file)
    tzp.use_zoneinfo()  # forget what other calendars call their own zones: many call each of them the same
    zones: dict[str, str] = {}
    for one in _parsed(Calendar, bytes(found.head), multiple=True):
        zones = {**_zones(one), **{name: place for name, place in zones.items() if place}}
    for count, places in enumerate(found.groups.values(), start=1):
        yield from _group(count, file, places, program, zones)


def count(file: BinaryIO) -> int:
    """How many events it has that are not others' exceptions. Raises Unreadable. Parses none of them."""
    return len(index(file).groups)


def _group(count: int, file: BinaryIO, places: "array[int]", program: str, zones: Zones) -> Iterator[Row]:
    """One event and its exceptions."""
    key = ""
    try:
        group = [_parsed(Event, text) for text in texts(file, places)]
        uid = line(group[0].get("UID"), 1_000) or f"{count - 1}"
        key = uid if len(uid) <= _KEY_MOST else hashlib.sha256(uid.encode()).hexdigest()[:32]
        yield from list(_event(count, key, group, program, zones))
    except (Unkept, NotARule, Unreadable) as error:
        yield Skipped(count, key, "rule" if isinstance(error, NotARule) else str(error))
    except _BROKEN:
        yield Skipped(count, key, "broken")


def _parsed(kind: Any, text: str | bytes, **how: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it takes `/vendor/Europe/Berlin` for the zone that it is
        try:
            return kind.from_ical(text, **how)
        except (OSError, RecursionError) as error:
            raise ValueError from error  # it looks for a zone of any name on the disk: `America` is a folder there


def _event(count: int, key: str, group: list[Any], program: str, zones: Zones) -> Iterator[Row]:
    master = next((event for event in group if "RECURRENCE-ID" not in event), None)
    if master is None:
        yield Skipped(count, key, "no-rule")
        return
    name = line(master.get("SUMMARY"), NAME_MOST)
    start = _start(master.get("DTSTART"), zones)
    if not name or start is None:
        yield Skipped(count, key, "no-name" if not name else "no-time")
        return
    if str(master.get("STATUS", "")).upper() == "CANCELLED":
        yield Skipped(count, key, "not-held")
        return
    length = recurring.lasts(master, start)
    minutes = believed(int(length.total_seconds() // 60)) if length else None
    timings = list(recurring.timings(master, start, minutes))
    exceptions = recurring.exceptions(master, group, start)
    listing = _listing(key, name, program, master)
    more, beside = recurring.added(master, group, start, timings, exceptions)
    remarks = () if start.zone else ("no-zone",)
    for timing in recurring.of(timings, exceptions, more):
        named = key if len(timings) == 1 else f"{key}-{timing.weekday}-{timing.nth or 0}"
        yield Remarked(count, replace(listing, key=named, timing=timing), remarks)
    for moment in beside:
        once = Timing(at=moment.time(), minutes=minutes, zone=start.zone, anchor=moment.date())
        yield Remarked(count, replace(listing, key=f"{key}-{moment:%Y%m%d%H%M}", timing=once), remarks)


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


def _start(prop: Any, zones: Zones) -> Start | None:
    """When it first starts, on the wall of its zone. None for a whole day: nobody can be reminded of that.

    Raises Unkept for a zone of the calendar's own making that it does not name.
    """
    moment = getattr(prop, "dt", None)
    if not isinstance(moment, datetime):
        return None
    moment = moment.replace(microsecond=0)
    written = str(prop.params.get("TZID", "")).strip('"')
    known = getattr(moment.tzinfo, "key", "")  # the library's, which knows other programs' names for them too
    usual = zones.get("", "")
    if known == "UTC":  # by a calendar that says where it lives, or that lives nowhere
        return Start(moment.astimezone(clock.zone(usual or "UTC")).replace(tzinfo=None), usual or "UTC")
    place = zone(known) or zones.get(written, "")
    if moment.tzinfo and not place:
        raise Unkept("own-zone")
    return Start(moment.replace(tzinfo=None), place or usual)


def _zones(calendar: Any) -> Zones:
    """Where the calendar lives, and its own zones by what it calls them: some say which one of the world's they are."""
    found = {"": zone(str(calendar.get("X-WR-TIMEZONE", "")))}
    for one in calendar.walk("VTIMEZONE"):
        found[str(one.get("TZID", ""))] = zone(str(one.get("X-LIC-LOCATION", "")))
    return found
