"""A place: what it is called, and whose clock and numbers count there."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from bot.content import countries
from bot.content.reading import Record

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
    """A city: `region` where the country has two of its name."""

    name: str = Field(min_length=1)
    region: str = ""
    country: Annotated[str, AfterValidator(_is_country)]
    zone: Annotated[str, AfterValidator(_is_zone)]

    def label(self, language: str) -> str:
        """Its name and what tells it from others: `Portland, Oregon, United States`."""
        return ", ".join(part for part in (self.name, self.region, countries.name(self.country, language)) if part)
