"""Well-known cities, to find a person's time zone and country by a name they type or by the time it is for them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field

from bot.content import countries
from bot.content.reading import Record, read_facts
from bot.texts import normalise

FILE = Path(__file__).parent / "places.toml"

NEAR = timedelta(minutes=7, seconds=30)
"""Half the smallest step between two zones: a clock that is read this wrong still points at one of them."""

SHORTEST_PREFIX = 3
_DAY = timedelta(days=1)
_ZONES = frozenset(available_timezones())


def _is_zone(name: str) -> str:
    if name not in _ZONES:
        raise ValueError("not a time zone")
    return name


def _is_country(code: str) -> str:
    if code not in countries.COUNTRIES:
        raise ValueError("countries.toml does not name it")
    return code


class Place(Record):
    """A city: `region` where the country has two of its name, `also` what else people call it."""

    name: str = Field(min_length=1)
    region: str = ""
    country: Annotated[str, AfterValidator(_is_country)]
    zone: Annotated[str, AfterValidator(_is_zone)]
    also: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Its name and what tells it from others: `Portland, Oregon, United States`."""
        return ", ".join(part for part in (self.name, self.region, countries.name(self.country, language)) if part)

    @cached_property
    def called(self) -> frozenset[str]:
        """Its names as they compare."""
        return frozenset(normalise(name) for name in (self.name, *self.also))

    @cached_property
    def around(self) -> frozenset[str]:
        """What may stand behind a comma: its region, its country and the country's code."""
        names: Mapping[str, str] = countries.COUNTRIES[self.country].name
        return frozenset(normalise(name) for name in (self.region, self.country, *names.values()) if name)


class _Places(Record):
    places: tuple[Place, ...] = Field(min_length=1)


def read(file: Path = FILE) -> tuple[Place, ...]:
    """All places, the most populous first. Raises BrokenContent."""
    return read_facts(file, _Places).places


PLACES = read()


def find(text: str) -> list[Place]:
    """The places that somebody may mean, the likeliest first: by exact name, or else by how it begins.

    Case, accents and spelling in another script do not matter. "Portland, Maine" and "London, Canada" narrow it.
    """
    name, _, behind = text.partition(",")
    found = _called(normalise(name))
    narrowed = [place for place in found if normalise(behind) in place.around]
    return narrowed or found


def at_local_time(hour: int, minute: int, now: datetime) -> list[Place]:
    """Where it is that time (whatever the date) at `now`, aware: one place for each zone, the likeliest first."""
    wanted = timedelta(hours=hour, minutes=minute)
    return [place for place in _one_a_zone(PLACES) if _apart(wanted, now.astimezone(ZoneInfo(place.zone))) <= NEAR]


def zone_names() -> frozenset[str]:
    """The IANA names of all zones that a place here is in."""
    return frozenset(place.zone for place in PLACES)


def _called(name: str) -> list[Place]:
    exact = [place for place in PLACES if name in place.called]
    if exact or len(name) < SHORTEST_PREFIX:
        return exact
    return [place for place in PLACES if any(called.startswith(name) for called in place.called)]


def _one_a_zone(places: Iterable[Place]) -> Iterable[Place]:
    by_zone: dict[str, Place] = {}
    for place in places:
        by_zone.setdefault(place.zone, place)
    return by_zone.values()


def _apart(wanted: timedelta, local: datetime) -> timedelta:
    """How far apart two times of day are, the short way round midnight."""
    clock = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    between = (wanted - clock) % _DAY
    return min(between, _DAY - between)
