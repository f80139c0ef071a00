"""Where in the world somebody is, offline: by a name in any script, by a position, by country, by the time it is.

Answers come from `cities.sqlite3`, which `make_cities.py` makes from GeoNames (geonames.org, CC BY 4.0). It is only
read, by one connection that any thread may use, opened at the first question. A city's number is its rank by people.
"""

import atexit
import json
import math
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot import clock
from bot.content.place import Place
from bot.content.reading import BrokenContent
from bot.texts import normalise

FILE = Path(__file__).parent / "cities.sqlite3"

NEAR = timedelta(minutes=7, seconds=30)
"""Half the smallest step between two zones: a clock that is read this wrong still points at one of them."""

LIMIT = 10
"""How many places answer a name, if nothing else is asked for."""
FAR = 300.0
"""Kilometres. Further than this from every city is the open sea, or land that no city speaks for."""
NEIGHBOURHOOD = 20.0
"""Kilometres in which a position may go by the name of a bigger city."""
HUNDREDTHS = 100
"""Positions are kept in hundredths of a degree, about a kilometre."""

SHORTEST_PREFIX = 3
SHORTEST_MISTYPED = 5
LONGEST = 80
"""Letters of a text that are looked at. A longer one is no city's name and would only cost time."""
LONGEST_MISTYPED = 16
"""One wrong letter may be any of these, so this bounds how many names are tried: 900, or 1,150 in Cyrillic (1 ms)."""

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщъыьэюяіґ", "αβγδεζηθικλμνξοπρστυφχψω")
_RADIUS = 6371.0
_REACHES = (30.0, 100.0, FAR)
"""Kilometres to look around for the nearest city, near first: most people live close to one."""
_DAY = timedelta(days=1)

Area = tuple[str, str]
"""A country's code and the name of its region, empty for the whole country."""

_EXACT = "SELECT name, region, country, zone FROM alias JOIN place ON id = city WHERE folded = ? ORDER BY rank, id"
_LIKELY = """SELECT name, region, country, zone FROM alias JOIN place ON id = city
    WHERE folded = ?1
    AND (rank = id OR id < ifnull((SELECT max(city) FROM alias WHERE folded = ?1 AND rank = city), 1e9)
         OR id IN (SELECT city FROM zone))
    ORDER BY rank, id"""
"""Where somewhere is called just so, a place that has it for another name must be bigger than one of those: Odesa is
offered for Odessa, and Nehe in China is not for Porto. The one that a clock goes by is always offered."""
_BEGINS = """SELECT name, region, country, zone FROM place JOIN
    (SELECT city, min(rank) AS rank FROM alias WHERE folded >= ? AND folded < ? GROUP BY city ORDER BY 2 LIMIT 200)
    ON id = city ORDER BY rank, id"""
_ANY_OF = """SELECT name, region, country, zone FROM place JOIN
    (SELECT city, min(rank) AS rank FROM alias WHERE folded IN (SELECT value FROM json_each(?)) GROUP BY city)
    ON id = city ORDER BY rank, id"""
_SEATS = "SELECT name, region, country, zone FROM seat JOIN place ON id = city WHERE area = ? AND part = ? ORDER BY id"
_BIGGEST_LIKE = """SELECT place.name, place.region, place.country, place.zone FROM city AS one, city AS nearest
    JOIN place ON place.id = one.id
    WHERE nearest.id = ? AND one.id IN (SELECT value FROM json_each(?))
    AND one.country = nearest.country AND one.zone = nearest.zone
    ORDER BY one.id LIMIT 1"""
_OF_CLOCKS = """SELECT name, region, country, zone FROM place
    WHERE id IN (SELECT city FROM zone WHERE clock IN (SELECT value FROM json_each(?))) ORDER BY id"""
_POSITION = """SELECT latitude, longitude FROM alias JOIN place ON id = city
    WHERE folded = ? AND name = ? AND region = ? AND country = ? AND zone = ? ORDER BY id LIMIT 1"""
_AT = """SELECT place.name, place.region, place.country, place.zone FROM point JOIN place ON place.id = city
    WHERE point.latitude = ? AND point.longitude = ? ORDER BY id LIMIT 1"""
_NEARBY = """SELECT latitude, longitude, city FROM point
    WHERE latitude BETWEEN ? AND ? AND 18000 - abs(abs(longitude - ?) - 18000) <= ?"""


def find(text: str, limit: int = LIMIT) -> list[Place]:
    """The places that somebody may mean, the likeliest first: the bigger, and sooner by its main name than by another.

    Exact names, or else names that begin so, or else names with one letter wrong, missing, too many or swapped. Case,
    accents and script do not matter. "Portland, Maine", "London, Canada" and "Springfield IL" narrow it; a country or
    region alone gives the biggest city for each of its clocks, and so does one that has no such town.
    """
    name, *behind = (normalise(part) for part in text[:LONGEST].split(","))
    wanted = [areas for part in behind if (areas := _areas(part))]
    ways = (_exact if wanted else _likely, _with_area, _beginning, _mistyped)
    found = next(filter(None, (_within(way(name), wanted) for way in ways)), [])
    return _distinct(found or [*_seats(area for areas in wanted for area in areas), *_exact(name)])[:limit]


def called(place: Place, text: str) -> bool:
    """Whether this is a name of that place and not its beginning, nor a slip of the finger: `Atenas` is Athens."""
    return place in _places(_EXACT, normalise(text[:LONGEST]))


def nearest(latitude: float, longitude: float) -> Place | None:
    """The city for a position in degrees; None if the nearest is further than FAR, or the position is nowhere.

    The zone and the country are those of the nearest, the name is that of the biggest in NEIGHBOURHOOD that shares
    them: Lisbon, not its suburb.
    """
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # also where one is no number
        return None
    for reach in _REACHES:
        towns = sorted(
            (kilometres(latitude, longitude, *at), city) for city, *at in _around(latitude, longitude, reach)
        )
        if towns and towns[0][0] <= reach:
            close = [city for away, city in towns if away <= NEIGHBOURHOOD]
            return _biggest_like(towns[0][1], close)
    return None


def at(latitude: float, longitude: float) -> Place | None:
    """The biggest city whose position this is, to a hundredth of a degree; None where none is just there."""
    found = _places(_AT, round(latitude * HUNDREDTHS), round(longitude * HUNDREDTHS))
    return found[0] if found else None


def position(place: Place) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, to a hundredth; None for a place that we do not have."""
    named = (normalise(place.name), place.name, place.region, place.country, place.zone)
    found = _rows(_POSITION, *named)
    return (found[0][0] / HUNDREDTHS, found[0][1] / HUNDREDTHS) if found else None


def kilometres(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Along the great circle, between two positions in degrees."""
    one, other = math.radians(latitude), math.radians(to_latitude)
    turned = math.radians(to_longitude - longitude)
    chord = math.sin((other - one) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(turned / 2) ** 2
    return 2 * _RADIUS * math.asin(min(1.0, math.sqrt(chord)))


def at_local_time(hour: int, minute: int, now: datetime) -> list[Place]:
    """Where it is that time (whatever the date) at `now`, aware: one place for each zone, the biggest first."""
    wanted = timedelta(hours=hour, minutes=minute)
    clocks = [key for key, zone in _clocks() if _apart(wanted, now.astimezone(clock.zone(zone))) <= NEAR]
    return _places(_OF_CLOCKS, json.dumps(clocks))


def zones_of(country: str) -> tuple[Place, ...]:
    """The biggest city for each present-day clock of a country, by its code; none for a country that we do not have."""
    return tuple(_seats([(country, "")]))


def countries() -> tuple[str, ...]:
    """The codes of the countries that have a place, in order: ISO 3166's, and XK."""
    return tuple(code for (code,) in _rows("SELECT DISTINCT area FROM seat ORDER BY area"))


def _likely(name: str) -> list[Place]:
    """As `_exact`, for somebody who says no more than the name."""
    return _exact(name, _LIKELY)


def _exact(name: str, query: str = _EXACT) -> list[Place]:
    """Cities of this name, behind a country of this name and before a region of it: Cuba, but also Washington."""
    areas = _areas(name) if len(name) >= SHORTEST_PREFIX else []
    lands, regions = ([area for area in areas if bool(area[1]) is part] for part in (False, True))
    return [*_seats(lands), *_places(query, name), *_seats(regions)]


def _with_area(name: str) -> list[Place]:
    """As if there were a comma before the last word, the last two or the last three."""
    words = name.split()
    for split in range(len(words) - 1, max(0, len(words) - 4), -1):
        areas = _areas(" ".join(words[split:]))
        found = _within(_places(_EXACT, " ".join(words[:split])), [areas]) if areas else []
        if found:
            return found
    return []


def _beginning(name: str) -> list[Place]:
    if len(name) < SHORTEST_PREFIX:
        return []
    return _places(_BEGINS, name, name + "\U0010ffff")


def _mistyped(name: str) -> list[Place]:
    if not SHORTEST_MISTYPED <= len(name) <= LONGEST_MISTYPED:
        return []
    return _places(_ANY_OF, json.dumps(sorted(set(_slips(name)))))


def _slips(name: str) -> Iterator[str]:
    """Every name that is one slip away, with the letters of the alphabet that it is written in."""
    letters = next((alphabet for alphabet in _ALPHABETS if set(alphabet) & set(name)), "")
    for at in range(len(name) + 1):
        before, after = name[:at], name[at:]
        yield from (before + letter + after for letter in letters)
        yield from (before + letter + after[1:] for letter in letters if after)
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]


def _areas(name: str) -> list[Area]:
    """The countries and regions of this name or code; several for `CA` or `Georgia`."""
    return [(country, region) for country, region in _rows("SELECT area, part FROM area WHERE folded = ?", name)]


def _within(found: list[Place], wanted: list[list[Area]]) -> list[Place]:
    """Those that lie in one of the areas behind each comma."""
    return [place for place in found if all(_lies_in(place, areas) for areas in wanted)]


def _lies_in(place: Place, areas: list[Area]) -> bool:
    return (place.country, "") in areas or (place.country, place.region) in areas


def _seats(areas: Iterable[Area]) -> list[Place]:
    return [place for area in areas for place in _places(_SEATS, *area)]


def _distinct(found: list[Place]) -> list[Place]:
    """One of those that read the same on a button. They share a clock, so nobody needs to choose."""
    first: dict[tuple[str, str, str], Place] = {}
    for place in found:
        first.setdefault((place.name, place.region, place.country), place)
    return list(first.values())


def _around(latitude: float, longitude: float, reach: float) -> Iterator[tuple[int, float, float]]:
    """Towns in the narrowest box of degrees that holds a circle of this many kilometres, and where they are."""
    angle, shrunk = reach / _RADIUS, math.cos(math.radians(latitude))
    wide = math.degrees(math.asin(math.sin(angle) / shrunk)) if math.sin(angle) < shrunk else 180.0
    south, north = (round((latitude + side * math.degrees(angle)) * HUNDREDTHS) for side in (-1, 1))
    where = (south, north, longitude * HUNDREDTHS, wide * HUNDREDTHS + 1)
    for north_south, east_west, city in _rows(_NEARBY, *where):
        yield city, north_south / HUNDREDTHS, east_west / HUNDREDTHS


def _biggest_like(nearest_one: int, close: list[int]) -> Place:
    return _places(_BIGGEST_LIKE, nearest_one, json.dumps([nearest_one, *close]))[0]


def _apart(wanted: timedelta, local: datetime) -> timedelta:
    """How far apart two times of day are, the short way round midnight."""
    shown = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    between = (wanted - shown) % _DAY
    return min(between, _DAY - between)


@cache
def _clocks() -> tuple[tuple[int, str], ...]:
    """Each clock of the world, and one zone that shows it: 100 to ask in place of 418."""
    return tuple((key, zone) for key, zone, _ in _rows("SELECT clock, name, min(city) FROM zone GROUP BY clock"))


def _places(query: str, *values: str | int) -> list[Place]:
    # Checked when the artefact was made; checking again would cost more than the look-up.
    return [
        Place.model_construct(name=name, region=region, country=country, zone=zone)
        for name, region, country, zone in _rows(query, *values)
    ]


def _rows(query: str, *values: str | float) -> list[tuple[Any, ...]]:
    return _connection().execute(query, values).fetchall()


@cache
def _connection() -> sqlite3.Connection:
    if not FILE.is_file():
        raise BrokenContent(f"{FILE.parent.name}/{FILE.name}: missing; make it with python -m bot.content.make_cities")
    connection = sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.execute("PRAGMA cache_size = -512")  # KiB; the system keeps the file in memory anyway
    atexit.register(connection.close)
    return connection
