"""Meeting Guide JSON, as fellowships' sites publish it: one flat array (code4recovery/spec, and what the wild adds).

Numbers Sunday 0. The export of the online intergroup has the same fields and numbers weekdays as ISO 8601 does; it is
told by its own dates, which agree with that numbering in all 149 rows of the sample.
"""

from collections.abc import Iterable, Iterator

from bot.meetings.feeds import types
from bot.meetings.feeds.fields import (
    believed,
    clock_time,
    days,
    first_of,
    is_yes,
    items,
    line,
    link,
    minutes_between,
    number,
    together,
    words,
    zone,
)
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

PROGRAM = "AA"
"""Whose format it is, where nobody says otherwise."""

_ISO_MARKS = ("startDateUTC", "accountID")
_SIGNS = frozenset(
    ("slug", "day", "time", "types", "conference_url", "conference_phone", "address", "formatted_address")
)
"""One of these every meeting has. An address of something else, service bodies say, lists names and numbers too."""

_OPTIONS = {"in_person": Venue.PLACE, "online": Venue.ONLINE, "hybrid": Venue.BOTH}


def read(rows: Iterable[object], program: str = "") -> Iterator[Row]:
    """Every meeting of a feed, one on each of its weekdays. A row that is none is skipped with its reason."""
    for count, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            yield from _meetings(count, row, program or PROGRAM)
        else:
            yield Skipped(count, "", "not-a-row")


def _meetings(count: int, row: Fields, program: str) -> Iterator[Row]:
    key, name = line(row.get("slug") or row.get("id"), 64), line(row.get("name"), NAME_MOST)
    if not name or not key:
        yield Skipped(count, key or name, "no-name" if key else "no-key")
        return
    if not row.keys() & _SIGNS:
        yield Skipped(count, key, "no-meeting")
        return
    if is_yes(row.get("archived")) or row.get("attendance_option") == "inactive":
        yield Skipped(count, key, "not-held")
        return
    sunday = 7 if any(mark in row for mark in _ISO_MARKS) else 0
    held = days(row.get("day"), first=sunday)
    if len(held) < 2:
        yield _meeting(count, row, program, key, name, held[0] if held else None)
        return
    for day in held:
        yield _meeting(count, row, program, f"{key}-{day}", name, day)


def _meeting(count: int, row: Fields, program: str, key: str, name: str, day: int | None) -> Remarked:
    codes = items(row.get("types"))
    venue = _venue(row)
    timing, remarks = _timing(row, day)
    listing = Listing(
        key=key,
        name=name,
        program=program,
        timing=timing,
        venue=venue,
        where=_where(row) if venue is not Venue.ONLINE else Where(country=line(row.get("country"), 60)),
        link=link(row.get("conference_url"), LINK_MOST),
        link_notes=words(row.get("conference_url_notes"), WORDS_MOST),
        phone=line(row.get("conference_phone"), 255),
        notes=_notes(row),
        page=link(row.get("url"), LINK_MOST),
        tags=types.tags(program, codes) | types.languages(items(row.get("languages"))),
        closed="TC" in codes and venue is Venue.PLACE,
    )
    return Remarked(count, listing, remarks)


def _notes(row: Fields) -> str:
    """How one gets in, before all that else is said."""
    about = first_of(words(row.get(field), WORDS_MOST) for field in ("notes", "group_notes"))
    return together(WORDS_MOST, words(row.get("location_notes"), WORDS_MOST), about)


def _timing(row: Fields, day: int | None) -> tuple[Timing, tuple[str, ...]]:
    start = clock_time(row.get("time"))
    if day is None or start is None:
        return Timing(zone=zone(row.get("timezone"))), ("no-time",)
    at, later = start
    ends, minutes = clock_time(row.get("end_time")), None
    if ends:
        minutes = minutes_between(at, ends[0])
    elif isinstance(row.get("duration"), int):
        minutes = believed(int(str(row["duration"])))
    named = zone(row.get("timezone"))
    long = bool(ends or row.get("duration")) and minutes is None
    remarks = (*(() if named else ("no-zone",)), *(("long",) if long else ()))
    return Timing((day + later) % 7, at, minutes, named), remarks


def _venue(row: Fields) -> Venue:
    option = _OPTIONS.get(str(row.get("attendance_option")))
    if option:
        return option
    online = bool(link(row.get("conference_url"), LINK_MOST) or line(row.get("conference_phone"), 255))
    codes = items(row.get("types"))
    there = any(line(row.get(field), 255) for field in ("formatted_address", "address", "location"))
    if not online:
        nowhere = not there and not any(row.get(field) for field in ("city", "latitude", "coordinates", "region"))
        return Venue.ONLINE if nowhere else Venue.PLACE  # a forum, a mailing list: nobody can go there
    # legacy: ONL beside an address that is closed for now means that it has moved online
    return Venue.BOTH if there and "TC" not in codes and not is_yes(row.get("approximate")) else Venue.ONLINE


def _where(row: Fields) -> Where:
    latitude, longitude = number(row.get("latitude"), -90, 90), number(row.get("longitude"), -180, 180)
    rough = is_yes(row.get("approximate"))
    if latitude is None or longitude is None:
        latitude, longitude, rough = _coordinates(row.get("coordinates"))
    regions = items(row.get("regions")) or [line(row.get("region"), 100), line(row.get("sub_region"), 100)]
    street = line(row.get("address"), 255)
    return Where(
        building=line(row.get("location"), 255),
        address=line(row.get("formatted_address"), 500) or street,
        city=line(row.get("city"), 100),
        region=line(row.get("state"), 100) or first_of(regions),
        country=line(row.get("country"), 60),
        latitude=latitude,
        longitude=longitude,
        rough=rough,
    )


def _coordinates(value: object) -> tuple[float | None, float | None, bool]:
    """`lat,lon`, or a box of four of which the middle is meant."""
    parts = [number(part, -180, 180) for part in str(value).split(",")] if isinstance(value, str) else []
    found = [part for part in parts if part is not None]
    if len(found) == len(parts) == 2 and abs(found[0]) <= 90:
        return found[0], found[1], False
    if len(found) == len(parts) == 4 and abs(found[0]) <= 90 and abs(found[2]) <= 90:
        return (found[0] + found[2]) / 2, (found[1] + found[3]) / 2, True
    return None, None, False
