"""BMLT `GetSearchResults`, as Narcotics Anonymous publishes it: every value a string, weekdays from Sunday = 1.

Formats are told by their `world_id` in the table that comes with them (`get_used_formats=1`) or is read beside them:
their short keys are each server's own. Ids are unique on one server, which is one feed of ours.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import time

from bot.meetings.feeds import types
from bot.meetings.feeds.fields import believed, clock_time, days, items, line, link, number, together, words, zone
from bot.meetings.listing import (
    LINK_MOST,
    NAME_MOST,
    WORDS_MOST,
    Fields,
    Listing,
    Remarked,
    Row,
    Skipped,
    Timing,
    Venue,
    Where,
)

PROGRAM = "NA"

_VENUES = {"1": Venue.PLACE, "2": Venue.ONLINE, "3": Venue.BOTH}

Formats = Mapping[str, frozenset[str]]
"""What a server's ids and keys of formats mean: `id:17` and `key:St`, each the world ids that it stands for."""


def formats(rows: Iterable[object]) -> Formats:
    """The table of formats, in either of the shapes that servers give it. A key that means two things means both."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if not isinstance(row, dict):
            continue
        world = line(row.get("world_id") or row.get("worldid_mixed"), 16)
        number_, key = row.get("id") or row.get("shared_id_bigint"), line(row.get("key_string"), 16)
        names = [f"id:{line(number_, 16)}"] if number_ else []
        names += [f"key:{key}"] if key else []
        for name in names if world else []:
            found.setdefault(name, set()).add(world)
    return {name: frozenset(worlds) for name, worlds in found.items()}


def read(rows: Iterable[object], program: str = "", known: Formats | None = None) -> Iterator[Row]:
    """Every published meeting. A row that is none is skipped with its reason."""
    for count, row in enumerate(rows, start=1):
        yield (
            _meeting(count, row, program or PROGRAM, known or {})
            if isinstance(row, dict)
            else Skipped(count, "", "not-a-row")
        )


def _meeting(count: int, row: Fields, program: str, known: Formats) -> Row:
    key, name = line(row.get("id_bigint"), 32), line(row.get("meeting_name"), NAME_MOST)
    if not key:
        return Skipped(count, name, "no-key")
    if row.get("published", "1") in ("0", 0, False):
        return Skipped(count, key, "not-published")
    worlds = _worlds(row, known)
    venue = _venue(row, worlds)
    timing, remarks = _timing(row)
    listing = Listing(
        key=key,
        name=name or f"{program} {key}",
        program=program,
        timing=timing,
        venue=venue,
        where=_where(row) if venue is not Venue.ONLINE else Where(country=line(row.get("location_nation"), 60)),
        link=link(row.get("virtual_meeting_link"), LINK_MOST),
        link_notes=words(row.get("virtual_meeting_additional_info"), WORDS_MOST),
        phone=line(row.get("phone_meeting_number"), 255),
        # how one gets in, before all that else is said
        notes=together(WORDS_MOST, words(row.get("location_info"), WORDS_MOST), words(row.get("comments"), WORDS_MOST)),
        tags=types.tags(types.BMLT, worlds) | types.languages([line(row.get("lang_enum"), 8)]),
        closed="TC" in worlds and venue is Venue.PLACE,
    )
    return Remarked(count, listing, remarks if name else (*remarks, "no-name"))


def _worlds(row: Fields, known: Formats) -> frozenset[str]:
    """What its formats mean: by their ids, or where those are not given by their keys in the same server's table."""
    ids = [f"id:{one}" for one in items(row.get("format_shared_id_list"))]
    keys = [f"key:{one}" for one in items(row.get("formats"))]
    names = ids if any(one in known for one in ids) else keys
    return frozenset(world for name in names for world in known.get(name, ()))


def _venue(row: Fields, worlds: frozenset[str]) -> Venue:
    venue = _VENUES.get(line(row.get("venue_type"), 4))
    if venue:
        return Venue.ONLINE if venue is Venue.PLACE and {"TC", "VM"} <= worlds else venue
    if "HY" in worlds:
        return Venue.BOTH
    if "VM" in worlds:
        return Venue.ONLINE
    online = link(row.get("virtual_meeting_link"), LINK_MOST) or line(row.get("phone_meeting_number"), 255)
    there = any(line(row.get(field), 255) for field in ("location_street", "location_text"))
    return (Venue.BOTH if there else Venue.ONLINE) if online else Venue.PLACE


def _timing(row: Fields) -> tuple[Timing, tuple[str, ...]]:
    day, start = days(row.get("weekday_tinyint"), first=1), clock_time(row.get("start_time"))
    named = zone(row.get("time_zone"))
    if not day or start is None:
        return Timing(zone=named), ("no-time",)
    at, later = start
    lasts = _lasts(row.get("duration_time"))
    minutes = believed(lasts) if lasts else None
    remarks = (*(() if named else ("no-zone",)), *(("long",) if lasts and minutes is None else ()))
    return Timing((day[0] + later) % 7, at, minutes, named), remarks


def _lasts(value: object) -> int:
    """Minutes of `01:30:00`; 0 for nothing, which the server replaces by a default of its own that we are not told."""
    found = clock_time(value) or (time(), 0)
    return found[1] * 24 * 60 + found[0].hour * 60 + found[0].minute


def _where(row: Fields) -> Where:
    town = [line(row.get(field), 100) for field in ("location_municipality", "location_city_subsection")]
    street, province = line(row.get("location_street"), 255), line(row.get("location_province"), 100)
    code = line(row.get("location_postal_code_1"), 16)
    return Where(
        building=line(row.get("location_text"), 255),
        address=", ".join(part for part in (street, *reversed(town), f"{province} {code}".strip()) if part)[:500],
        city=town[1] or town[0],  # Brooklyn says more than New York
        region=province,
        country=line(row.get("location_nation"), 60),
        latitude=number(row.get("latitude"), -90, 90),
        longitude=number(row.get("longitude"), -180, 180),
    )
