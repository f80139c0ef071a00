"""Made-up lists of meetings of any length, as Meeting Guide and as iCalendar, written to files and never held whole."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import WEEKLY, rrule, weekdays

from bot.content import cities

CITIES = """Amsterdam Athens Atlanta Auckland Barcelona Berlin Boston Brussels Budapest Chicago Copenhagen Dallas Denver
    Dublin Glasgow Helsinki Houston Johannesburg Lisbon London Madrid Manchester Melbourne Miami Milan Montreal Mumbai
    Munich Oslo Paris Perth Philadelphia Phoenix Prague Rome Seattle Stockholm Sydney Toronto Vienna"""

ONLINE = 0.25
"""So many name a link and no place."""

Row = Mapping[str, Any]

_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


def listed(meetings: int, seed: int, odd: Row) -> Iterator[Row]:
    """Rows of Meeting Guide, around forty cities. Each names its zone: who compares with us cannot look for it.

    `odd` is what some of them, one in five hundred, have in common: day, time and zone.
    """
    random = Random(seed)
    towns = [cities.find(name)[0] for name in CITIES.split()]
    spots = [(town.name, town.zone, cities.position(town) or (0.0, 0.0)) for town in towns]
    for number in range(meetings):
        name, zone, (north, east) = random.choice(spots)
        row: dict[str, Any] = {
            "slug": f"m{number}",
            "name": f"Group {number}",
            "day": random.randrange(7),
            "time": f"{random.choice((7, 12, 18, 19, 19, 20)):02}:{random.choice(('00', '00', '30', '15'))}",
            "timezone": zone,
            "types": random.sample(("O", "C", "D", "SP", "ST", "W", "M"), 3),
            "notes": "Ring twice at the side door. Coffee from half an hour before.",
        }
        if random.random() < ONLINE:
            row |= {"attendance_option": "online", "conference_url": f"https://example.org/j/{number}"}
        else:
            row |= {"latitude": round(north + random.uniform(-0.2, 0.2), 5), "city": name}
            row |= {"longitude": round(east + random.uniform(-0.2, 0.2), 5), "address": f"{number} Example St"}
        yield {**row, **odd} if number % 500 == 0 else row


def write(rows: Iterator[Row], file: Path) -> None:
    """As JSON."""
    with file.open("w") as out:
        for number, row in enumerate(rows):
            out.write(("," if number else "[") + json.dumps(row))
        out.write("]")


def write_calendar(rows: Iterator[Row], file: Path, first: datetime) -> None:
    """As iCalendar: the same rules, each from the week of `first` on."""
    with file.open("w", newline="") as out:
        out.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:bench\r\n")
        for row in rows:
            place = row.get("address") or row["conference_url"]
            lines = (
                "BEGIN:VEVENT",
                f"UID:{row['slug']}",
                f"DTSTAMP:{first:%Y%m%dT%H%M%SZ}",
                f"SUMMARY:{row['name']}",
                f"DTSTART;TZID={row['timezone']}:{_starts(row, first):%Y%m%dT%H%M%S}",
                f"RRULE:FREQ=WEEKLY;BYDAY={_DAYS[row['day']]}",
                f"LOCATION:{place}",
                f"GEO:{row.get('latitude', 0)};{row.get('longitude', 0)}",
                f"CATEGORIES:{','.join(row['types'])}",
                f"DESCRIPTION:{row['notes']}",
                "END:VEVENT",
                "",
            )
            out.write("\r\n".join(lines))
        out.write("END:VCALENDAR\r\n")


def rule_of(row: Row, first: datetime) -> rrule:
    """The library's own rule for a row, from the week of `first` on."""
    return rrule(WEEKLY, byweekday=weekdays[(row["day"] - 1) % 7], dtstart=_starts(row, first), cache=False)


def _starts(row: Row, first: datetime) -> datetime:
    day = first.date() + timedelta(days=(row["day"] - 1 - first.weekday()) % 7)
    return datetime.combine(day, time.fromisoformat(row["time"]), ZoneInfo(row["timezone"]))
