"""Whose clock a meeting keeps where its feed does not say: that of the place where it is held."""

from functools import lru_cache

from bot.content import cities
from bot.content.place import Place
from bot.meetings.listing import Where

_GRID = 2
"""Decimals of a degree, about a kilometre: whole neighbourhoods share one look-up."""


def place_of(where: Where) -> Place | None:
    """The city where it is held, by its coordinates or else by its name. None where that leaves a doubt of the zone."""
    if where.latitude is not None and where.longitude is not None:
        return _nearest(round(where.latitude, _GRID), round(where.longitude, _GRID))
    if not where.city:
        return None
    return _named(where.city, where.region, where.country)


@lru_cache(maxsize=20_000)
def _nearest(latitude: float, longitude: float) -> Place | None:
    return cities.nearest(latitude, longitude)


@lru_cache(maxsize=5_000)
def _named(city: str, region: str, country: str) -> Place | None:
    for asked in (f"{city}, {region}, {country}", f"{city}, {region}", f"{city}, {country}", city):
        found = cities.find(asked)
        if found:
            return found[0] if len({place.zone for place in found}) == 1 else None
    return None
