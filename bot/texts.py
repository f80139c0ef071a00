"""Every word a person reads, from `locales/<language>/*.ftl`.

A small wrapper over `FluentBundle`, for three reasons: its isolating marks would sit in the middle of numbers that
people copy, it answers a missing variable with `{$name}` where we want to know, and it passes over broken lines.
A new language is a new directory of files and nothing else.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern
from fluent.syntax import ast

LOCALES = Path(__file__).parent / "locales"
ENGLISH = "en"

_APOSTROPHES = frozenset("'’‘ʼ`´")
# Letters that people type plain and that Unicode does not take apart into letter and accent.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


class BrokenWords(ValueError):
    """A file of words does not parse, or says something twice. Names the file and the line."""


class MissingWords(LookupError):
    """There is no such message, or it was not given a variable that it needs. Names the key and the language."""

    def __init__(self, key: str, language: str) -> None:
        """`key` is a message (`checkin-mood`) or its attribute (`checkin-mood.low`)."""
        super().__init__(f"{key} ({language})")


class Texts:
    """The words in one language: `texts("checkin-mood", name="Ana")`. Cheap to make; the files are read once.

    What a language lacks comes in English, so a member gets help in the wrong words rather than none. With `strict`
    nothing stands in: that is for tests and for checks at import.
    """

    def __init__(self, language: str, *, strict: bool = False, directory: Path = LOCALES) -> None:
        """`language` is one of `languages()`; any other, unless strict, is all English."""
        self.language = language
        self._directory = directory
        self._tries = (language,) if strict or language == ENGLISH else (language, ENGLISH)

    def __call__(self, key: str, /, **values: str) -> str:
        """The words of a message, or with a dot of one of its attributes (`checkin-mood.low`).

        Values are strings, years and counts too: Fluent would write a number as 2,026. Raises MissingWords.
        """
        for language in self._tries:
            words = _read(self._directory, language).say(key, values)
            if words is not None:
                return words
        raise MissingWords(key, self.language)

    def __contains__(self, key: object) -> bool:
        """Whether this language itself, with no help from English, has the key."""
        return key in self.keys()

    def keys(self) -> Set[str]:
        """Everything this language itself can say, attributes as `message.attribute`."""
        return _read(self._directory, self.language).patterns.keys()

    def phrases(self, key: str) -> tuple[str, ...]:
        """The normalised phrases of a message that lists them between `|`: words we listen for."""
        found = (normalise(phrase) for phrase in self(key).split("|"))
        return tuple(phrase for phrase in found if phrase)

    @staticmethod
    def languages(directory: Path = LOCALES) -> tuple[str, ...]:
        """The languages we have words in, in alphabetical order."""
        return _languages(directory)

    @staticmethod
    def best(hint: str, directory: Path = LOCALES) -> str:
        """The language to speak to somebody whose app says `hint` (`es-MX`, `pt_BR`, ``): one of ours, or English."""
        wanted = hint.replace("_", "-").lower()
        shipped = {language.lower(): language for language in _languages(directory)}
        return shipped.get(wanted) or shipped.get(wanted.partition("-")[0]) or ENGLISH


def normalise(text: str) -> str:
    """Bare words, for comparing what people type: no case, accents, punctuation, emoji or double spaces.

    An apostrophe joins ("don't" and "dont" are one), any other mark parts ("9-1-1" is three words).
    """
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return " ".join("".join(map(_bare, letters)).split())


@lru_cache(maxsize=4096)  # each letter of each message, and few of them differ
def _bare(character: str) -> str:
    """What is left of one character: itself, nothing, or a gap."""
    kind = unicodedata.category(character)
    if character in _APOSTROPHES or kind[0] == "M" or kind == "Cf":
        return ""
    return character if kind[0] in "LN" else " "


@cache
def _languages(directory: Path) -> tuple[str, ...]:
    return tuple(sorted({file.parent.name for file in directory.glob("*/*.ftl")}))


@dataclass(frozen=True, slots=True)
class _Words:
    """One language, read: a pattern for each key."""

    bundle: FluentBundle
    patterns: Mapping[str, Pattern]

    def say(self, key: str, values: dict[str, str]) -> str | None:
        """The words, or None where there is no such key or it wants a variable that it was not given."""
        if key not in self.patterns:
            return None
        words, errors = self.bundle.format_pattern(self.patterns[key], values)
        return None if errors else str(words)


@cache
def _read(directory: Path, language: str) -> _Words:
    bundle = FluentBundle([language, ENGLISH], use_isolating=False)
    patterns: dict[str, Pattern] = {}
    for file in sorted((directory / language).glob("*.ftl")):
        text = file.read_text(encoding="utf-8")
        resource = FluentResource(text)
        bundle.add_resource(resource)
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                said = "; ".join(note.message or note.code for note in entry.annotations)
                raise BrokenWords(f"{_place(file, text, entry)}: {said}")
            if isinstance(entry, ast.Message):
                own = dict(_patterns(bundle, entry.id.name))
                if own.keys() & patterns.keys():  # Fluent would keep the first and say nothing
                    raise BrokenWords(f"{_place(file, text, entry)}: {entry.id.name} is said twice")
                patterns |= own
    return _Words(bundle, patterns)


def _patterns(bundle: FluentBundle, name: str) -> Iterator[tuple[str, Pattern]]:
    message = bundle.get_message(name)
    if message.value is not None:
        yield name, message.value
    for attribute, pattern in message.attributes.items():
        yield f"{name}.{attribute}", pattern


def _place(file: Path, text: str, entry: ast.Junk | ast.Message) -> str:
    start = entry.span.start if entry.span else 0
    return f"{file.parent.name}/{file.name}:{text.count(chr(10), 0, start) + 1}"
