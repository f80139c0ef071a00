"""What the codes of fellowships mean: read once from `types.toml`."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from bot.meetings.listing import Tag

BMLT = "bmlt"
NAMES = "names"

_LANGUAGE = "lang-"


def tags(program: str, codes: Iterable[str]) -> frozenset[str]:
    """Our tags for the codes of a fellowship, or of `BMLT`. What is not known means nothing."""
    known = _types().get(program, {})
    return frozenset(known[code] for code in codes if code in known)


def codes(names: Iterable[str]) -> frozenset[str]:
    """The codes that English names stand for; a code stands for itself."""
    known = _types()[NAMES]
    return frozenset(known.get(name.lower(), name) for name in names)


def languages(codes: Iterable[str]) -> frozenset[str]:
    """Tags for language codes as ISO 639 has them."""
    return frozenset(f"{_LANGUAGE}{code.lower()}" for code in codes if code.isascii() and code.isalpha())


@cache
def _types() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "types.toml").read_text("utf-8"))
    for program, meanings in found.items():
        for code, tag in meanings.items():
            if program != NAMES and not tag.startswith(_LANGUAGE) and tag not in set(Tag):
                raise ValueError(f"types.toml: {program}.{code}: {tag!r} is no tag of ours")
    return found
