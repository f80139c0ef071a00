"""What countries are called, and whose numbers answer there too."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from babel import Locale
from pydantic import Field

from bot.content.reading import Record, Said, in_language, read_facts

FILE = Path(__file__).parent / "countries.toml"

Code = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""A country by ISO 3166."""


class Entry(Record):
    """A country's name, and in `uses` the code of those whose lines fill what its own list lacks (`EU`)."""

    name: Said
    uses: str = ""


class _Countries(Record):
    countries: Mapping[Code, Entry]


def read(file: Path = FILE) -> Mapping[str, Entry]:
    """Every country that we can name, by its code. Raises BrokenContent."""
    return read_facts(file, _Countries).countries


COUNTRIES = read()


def name(code: str, language: str) -> str:
    """What a country is called in a language: as we say it, else as Unicode's CLDR does; at worst its code."""
    if code in COUNTRIES:
        return in_language(COUNTRIES[code].name, language)
    return str(Locale.parse(language).territories.get(code, code))
