"""Whose clock a meeting keeps where its feed does not say: that of the place where it is held."""

from functools import lru_cache

from bot.content import cities
from bot.content.place import Place
from bot.meetings.listing import Where

_GRID = 2
"""Decimals of a degree, about a kilometre: whole neighbourhoods share one look-up."""


def place_of(where: Where) -> Place | None:
    """The city where it is held, by its coordinates or else by its name. None where that leaves a doubt of the zone.

    At a border the nearest city may be another country's: there the name decides, where it is one that we know.
    """
    near = None
    if where.latitude is not None and where.longitude is not None:
        near = _nearest(round(where.latitude, _GRID), round(where.longitude, _GRID))
    if near is not None and not where.region:
        return near
    named = _named(where.city, where.region, where.country) if where.city else None
    return named if named is not None and (near is None or named.country != near.country) else near


@lru_cache(maxsize=20_000)
def _nearest(latitude: float, longitude: float) -> Place | None:
    return cities.nearest(latitude, longitude)


@lru_cache(maxsize=5_000)
def _named(city: str, region: str, country: str) -> Place | None:
    full = [f"{city}, {region}", f"{city}, {country}"] if region or country else [city]
    for asked in full:
        found = cities.find(asked)
        if found:
            return found[0] if len({place.zone for place in found}) == 1 else None
    return None
