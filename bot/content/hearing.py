"""What somebody's own words say: which trigger they name, and whether they speak of a craving now.

Rules, not a model: each can be read, changed and tested by whoever reviews them. The words stand in
`triggers/<id>/listen.toml`, `hearing/craving.toml` and `hearing/words.toml`, English and Spanish together, since
people mix them; how to write them is in `patterns.py`. What is heard is never kept and never logged.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

from pydantic import Field

from bot.content.ears import Ears, Hit
from bot.content.negation import denied
from bot.content.patterns import BadPattern, Pattern, Reading, parse
from bot.content.reading import BrokenContent, Record, read_facts
from bot.content.spelling import Shorthand
from bot.content.weight import FARTHER, ORDER, SITUATIONS, STRENGTH, WEAK, Key, away, clear, longest, rank

TRIGGERS = Path(__file__).parent / "triggers"
DIRECTORY = Path(__file__).parent / "hearing"

FEW = 3
"""Words of a text that is hardly more than its trigger: then a hint is enough (`work`, `the weekend`)."""

BEHIND = 2
"""Words between "my sister is" and what she is said to be."""

Lines = Mapping[str, tuple[str, ...]]
"""Patterns by the language that they are in. Both are listened to, whatever language the app is in."""


class Listen(Record):
    """What a trigger sounds like. `strong` names it outright, `plain` less so, `weak` and `faint` only hint at it.

    A weak hint is taken in a very short text, or where a craving is spoken of: on its way home "work" is no trigger. A
    faint one never stands alone: `rent` and `car` together are stress, each of them is everyday talk.

    `unless` are words that sound like it and are not: what shares a word with them is not heard.
    """

    strong: Lines
    plain: Lines = Field(default_factory=dict)
    weak: Lines = Field(default_factory=dict)
    faint: Lines = Field(default_factory=dict)
    unless: Lines = Field(default_factory=dict)


class Craving(Record):
    """What a craving now sounds like. `unless` is as with triggers.

    `not_now` (gone, last year, somebody else's) silences its sentence up to the next "but", except where it shares a
    word with `still`.
    """

    now: Lines
    unless: Lines
    not_now: Lines
    still: Lines


class Negation(Record):
    """How people deny."""

    denies: tuple[str, ...]
    denies_not: tuple[str, ...]
    joins: tuple[str, ...]
    turns: tuple[str, ...]


class Others(Record):
    """How people say that it is somebody else who feels so."""

    subjects: tuple[str, ...]
    mine: tuple[str, ...]


class Near(Record):
    """Words that stand close to what somebody means."""

    craving: tuple[str, ...]
    point: tuple[str, ...]


class Typing(Record):
    """Words that are no slip of the finger, and what is meant by shorthand."""

    as_written: tuple[str, ...]
    shorthand: Mapping[str, str]


class Vocabulary(Record):
    """What all patterns share."""

    lists: Mapping[str, tuple[str, ...]]
    negation: Negation
    others: Others
    near: Near
    typing: Typing


UNLESS, DENIES, DENIES_NOT, SUBJECT, CRAVING, POINT, NOW, NOT_NOW, STILL = (
    *("unless", "denies", "denies_not", "subject", "craving", "point", "now", "not_now", "still"),
)


class Hearing:
    """One set of rules, read and checked."""

    def __init__(self, triggers: Path = TRIGGERS, directory: Path = DIRECTORY) -> None:
        """Raises BrokenContent."""
        words_file = directory / "words.toml"
        self._words = read_facts(words_file, Vocabulary)
        listens = {trigger_id: _listen(triggers / trigger_id) for trigger_id in ORDER}
        craving = read_facts(directory / "craving.toml", Craving)
        for name, entries in self._words.lists.items():
            list(_parsed(f"{_name(words_file)}: lists.{name}", entries, self._words.lists))
        shared = list(self._shared(_name(words_file)))
        self._triggers = self._ears([*shared, *(line for one in listens.items() for line in self._lines(*one))])
        self._craving = self._ears([*shared, *self._craving_lines(craving)])
        self._shorthand = Shorthand(self._words.typing.shorthand)
        self._joins = frozenset(word for line in self._words.negation.joins for word in line.split("|"))
        self._mine = frozenset(self._words.others.mine)
        self._turns = frozenset(self._words.negation.turns)

    def trigger(self, text: str) -> str | None:
        """The trigger that the words name; None where they name none."""
        reading = self._triggers.read(self._shorthand.written_out(text))
        found = _Found(self._triggers, reading)
        marks = found.of(CRAVING)
        hits = self._standing(found, [hit for hit in found.hits if hit.key.strength])
        hits = clear(hits, WEAK if marks or len(reading.words) <= FEW else WEAK + 1)
        hits = longest(hits)
        distances = away(marks, len(reading.words))
        point = max((hit.end for hit in found.of(POINT)), default=FARTHER)
        by_trigger: dict[str, list[Hit[Key]]] = {}
        for hit in hits:
            by_trigger.setdefault(hit.key.of, []).append(hit)
        return min(by_trigger, key=lambda one: rank(one, by_trigger[one], distances, point), default=None)

    def craving(self, text: str) -> bool:
        """Whether the words speak of a craving that the person has now."""
        reading = self._craving.read(self._shorthand.written_out(text))
        found = _Found(self._craving, reading)
        thoughts = self._thoughts(reading)
        still = found.words_of(STILL)
        silent = (hit for hit in found.of(NOT_NOW) if still.isdisjoint(range(hit.start, hit.end)))
        over = {thoughts[hit.start] for hit in silent}
        hits = [hit for hit in found.hits if hit.key.strength and thoughts[hit.start] not in over]
        return bool(self._standing(found, hits))

    def _thoughts(self, reading: Reading) -> list[tuple[int, int]]:
        """For each word its sentence, and how often somebody had turned round by then: "it was bad, but now …"."""
        turns = accumulate(int(word in self._turns) for word in reading.words)
        return list(zip(reading.sentences, turns, strict=True))

    def _standing(self, found: "_Found", hits: list[Hit[Key]]) -> list[Hit[Key]]:
        """Without what is no such thing, what is denied and what somebody else feels."""
        unless = {of: found.words_of(f"{UNLESS} {of}") for of in {hit.key.of for hit in hits}}
        hits = [hit for hit in hits if unless[hit.key.of].isdisjoint(range(hit.start, hit.end))]
        not_denying = found.words_of(DENIES_NOT)
        noes = [no for no in found.of(DENIES) if not_denying.isdisjoint(range(no.start, no.end))]
        gone = denied(hits, noes, found.reading, self._joins, self._turns)
        others = {at for hit in found.of(SUBJECT) for at in range(hit.end, hit.end + BEHIND + 1)}
        mine = self._mine
        return [
            hit
            for hit in hits
            if hit not in gone
            and (
                hit.key.of in SITUATIONS
                or hit.start not in others
                or not mine.isdisjoint(found.reading.words[hit.start : hit.end])
            )
        ]

    def _ears(self, patterns: Iterable[tuple[Key, Pattern]]) -> Ears[Key]:
        return Ears(patterns, as_written=self._words.typing.as_written)

    def _shared(self, where: str) -> Iterator[tuple[Key, Pattern]]:
        for field, of, lines in (
            ("negation.denies", DENIES, self._words.negation.denies),
            ("negation.denies_not", DENIES_NOT, self._words.negation.denies_not),
            ("others.subjects", SUBJECT, self._words.others.subjects),
            ("near.craving", CRAVING, self._words.near.craving),
            ("near.point", POINT, self._words.near.point),
        ):
            yield from ((Key(of), pattern) for pattern in _parsed(f"{where}: {field}", lines, self._words.lists))

    def _lines(self, trigger_id: str, listen: Listen) -> Iterator[tuple[Key, Pattern]]:
        where, lists = f"{trigger_id}/listen.toml", self._words.lists
        for field, strength in STRENGTH.items():
            lines: Lines = getattr(listen, field)
            key = Key(trigger_id, strength)
            yield from ((key, pattern) for pattern in _parsed(f"{where}: {field}", _all(lines), lists))
        unless = Key(f"{UNLESS} {trigger_id}")
        yield from ((unless, pattern) for pattern in _parsed(f"{where}: unless", _all(listen.unless), lists))

    def _craving_lines(self, craving: Craving) -> Iterator[tuple[Key, Pattern]]:
        where = "hearing/craving.toml"
        for field, key in (
            ("now", Key(NOW, 1)),
            ("unless", Key(f"{UNLESS} {NOW}")),
            ("not_now", Key(NOT_NOW)),
            ("still", Key(STILL)),
        ):
            lines: Lines = getattr(craving, field)
            yield from ((key, pattern) for pattern in _parsed(f"{where}: {field}", _all(lines), self._words.lists))


class _Found:
    """Everything that was found in a text, by what it is for."""

    def __init__(self, ears: Ears[Key], reading: Reading) -> None:
        self.reading = reading
        # by place: an element of a set of words comes first or last as Python pleases
        self.hits = sorted(set(ears.hits(reading)), key=lambda hit: (hit.start, hit.end, hit.key))

    def of(self, purpose: str) -> list[Hit[Key]]:
        return [hit for hit in self.hits if hit.key.of == purpose]

    def words_of(self, purpose: str) -> set[int]:
        """The places of all words that are in a hit of this purpose."""
        return {at for hit in self.hits if hit.key.of == purpose for at in range(hit.start, hit.end)}


def _listen(directory: Path) -> Listen:
    return read_facts(directory / "listen.toml", Listen)


def _all(lines: Lines) -> Iterator[str]:
    for said in lines.values():
        yield from said


def _parsed(where: str, patterns: Iterable[str], lists: Mapping[str, Sequence[str]]) -> Iterator[Pattern]:
    for pattern in patterns:
        try:
            yield parse(pattern, lists)
        except BadPattern as error:
            raise BrokenContent(f"{where}: {error}") from error


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


@cache
def rules() -> Hearing:
    """The rules that are shipped, read at the first call: half a second. Raises BrokenContent."""
    return Hearing()


def trigger(text: str) -> str | None:
    """The id of the trigger that the words name, in either language; None where they name none."""
    return rules().trigger(text)


def craving(text: str) -> bool:
    """Whether free words, with no command, speak of a craving that the person has now."""
    return rules().craving(text)
