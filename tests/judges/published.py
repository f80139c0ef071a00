"""The published Bot API, read as data. Its descriptions hold the limits."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SIMPLE: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "Float": (float, int),
}
FILE = {"file_name", "size"}
"""How the sandbox writes down a file that came in a form."""
WHICH = re.compile(r'always "(\w+)"|must be (\w+)$')
RANGE = re.compile(r"\b(\d+)-(\d+)( bytes| characters)?\b")
WIDTHS = {" bytes": lambda value: len(value.encode()), " characters": len}


class Published:
    """Says what the API would not take."""

    def __init__(self, api: Json) -> None:
        self.methods: Json = api["methods"]
        self._types: Json = api["types"]

    @classmethod
    def read(cls, path: Path) -> "Published":
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def call(self, method: str, parameters: Json) -> Iterator[str]:
        """Objections to the parameters of a call, as they came: text of forms is read as JSON where it may be."""
        fields = self.methods[method].get("fields", [])
        kinds = {field["name"]: field["types"] for field in fields}
        given = {name: decoded(value, kinds.get(name, [])) for name, value in parameters.items()}
        yield from self._fields(fields, given, method, limited=True)

    def answer(self, method: str, result: Any) -> Iterator[str]:
        """Objections to a result."""
        yield from self._any(self.methods[method]["returns"], result, f"the answer of {method}", limited=False)

    def value(self, kind: str, value: Any) -> list[str]:
        """Objections to a value of some kind, like an update."""
        return [*self._any([kind], value, kind, limited=False)]

    def _any(self, kinds: list[str], value: Any, place: str, *, limited: bool) -> Iterator[str]:
        """Objections to a value that may be of several kinds: those of the kind that it comes nearest to."""
        nearest = min(([*self._one(kind, value, place, limited=limited)] for kind in kinds), key=len)
        yield from nearest

    def _one(self, kind: str, value: Any, place: str, *, limited: bool) -> Iterator[str]:
        if kind.startswith("Array of "):
            yield from self._array(kind.removeprefix("Array of "), value, place, limited=limited)
        elif kind in SIMPLE:
            if type(value) not in SIMPLE[kind]:
                yield f"{place} is no {kind}"
        elif kind == "InputFile":
            if not isinstance(value, dict) or set(value) != FILE:
                yield f"{place} is no file"
        elif subtypes := self._types[kind].get("subtypes"):
            yield from self._any(subtypes, value, place, limited=limited)
        else:
            yield from self._fields(self._types[kind].get("fields", []), value, place, limited=limited)

    def _array(self, kind: str, value: Any, place: str, *, limited: bool) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{place} is no array"
            return
        for inner in value:
            yield from self._one(kind, inner, place, limited=limited)

    def _fields(self, fields: list[Json], value: Any, place: str, *, limited: bool) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{place} is no object"
            return
        known = {field["name"]: field for field in fields}
        yield from (f"{place} has no {name}" for name in value.keys() - known.keys())
        yield from (f"{place} lacks {name}" for name, field in known.items() if field["required"] and name not in value)
        for name in value.keys() & known.keys():
            where, described = f"{place}.{name}", known[name]["description"]
            yield from self._any(known[name]["types"], value[name], where, limited=limited)
            yield from _wrong_kind(described, value[name], where)
            if limited:
                yield from _out_of_range(described, value[name], where)


def decoded(value: Any, kinds: list[str]) -> Any:
    """A parameter as the Bot API reads it."""
    if isinstance(value, str) and kinds != ["String"]:
        with suppress(ValueError):
            return json.loads(value)
    return value


def _wrong_kind(described: str, value: Any, place: str) -> Iterator[str]:
    """The field that tells one kind of an object from another has one value in each."""
    named = WHICH.search(described)
    if named and isinstance(value, str) and value not in named.groups():
        yield f"{place} is {value}, not {named.group(1) or named.group(2)}"


def _out_of_range(described: str, value: Any, place: str) -> Iterator[str]:
    found = RANGE.search(described)
    if not found or isinstance(value, bool):
        return
    least, most, unit = int(found.group(1)), int(found.group(2)), found.group(3)
    width = WIDTHS[unit](value) if unit and isinstance(value, str) else None
    if isinstance(value, list) and not unit:
        width = len(value)
    if type(value) in (int, float) and not unit:
        width = value
    if width is not None and not least <= width <= most:
        yield f"{place} is {width}, not {least} to {most}"
