"""Words to listen for, written so that a clinician can extend them, and found in what people type.

One pattern is a line of words, in either language and as people write them; case, accents and punctuation are nothing:

    bored               this word
    bor*                a word that begins so
    bored|fed up        either will do
    (so|really) bored   brackets say how far that reaches
    so? bored           a `?` behind a word, bracket or list: there or not
    bored .. death      `..` up to three words between, `...` up to eight
    <drug>              any entry of the list of this name

Nothing reaches over the end of a sentence. A letter that is doubled, dropped or swapped with its neighbour is forgiven
in long words, unless what stands there is a word of its own: those are listed as `as_written` (casado is not cansado).
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product
from typing import Generic, TypeVar

from bot.texts import normalise

NEAR, FAR = 3, 8
"""Words that `..` and `...` may stand for."""
DROPPED = 6
"""Letters of a word, the shortest in which one may be missing or two may be swapped."""
DOUBLED = 5
"""Letters of a word, the shortest in which one may be doubled."""
MOST_WAYS = 2_000
"""Chains of one pattern; more is a slip of whoever wrote it."""

_GAPS = {"..": NEAR, "...": FAR}
_MARKS = re.compile(r"\.{2,3}(?=\s|$)|<\w+>|[()|?]|[^\s()|?]+")
_SENTENCES = re.compile(r"[!?;\n\r¡¿]+|(?<!\.)\.(?=\s|$)")
_CLAUSES = re.compile(r"[,:()\[\]\"“”«»—–…]+|\.{2,}|\s-+\s")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")

K = TypeVar("K", bound=Hashable)


class BadPattern(ValueError):
    """A pattern that says nothing, or that cannot be read. Names it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a chain: any of `atoms` (`bored`, `bor*`), after at most `gap` other words."""

    atoms: frozenset[str]
    gap: int = 0


Chain = tuple[Step, ...]
"""A pattern with nothing left to choose but words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as bare words; the sentence and the clause that each stands in; and which atoms each is."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    atoms: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Hit(Generic[K]):
    """Where a pattern was found: from word `start` up to, not including, word `end`."""

    key: K
    start: int
    end: int

    def meets(self, other: "Hit[K]") -> bool:
        """Whether they share a word."""
        return self.start < other.end and other.start < self.end


class Ears(Generic[K]):
    """Every pattern at once, each with the key of what it means. One pass over the words, never backtracking."""

    def __init__(
        self,
        patterns: Iterable[tuple[K, str]],
        lists: Mapping[str, Sequence[str]] | None = None,
        as_written: Iterable[str] = (),
    ) -> None:
        """`lists` are the entries that `<name>` stands for, patterns themselves. Raises BadPattern."""
        self._chains: defaultdict[str, list[tuple[K, Chain]]] = defaultdict(list)
        atoms: set[str] = set()
        for key, pattern in patterns:
            for steps in parse(pattern, lists or {}):
                for atom in steps[0].atoms:
                    self._chains[atom].append((key, steps))
                atoms.update(*(step.atoms for step in steps))
        self._words = _Words(atoms, as_written)

    def read(self, text: str) -> Reading:
        """The words of a text, ready to be listened to."""
        words: list[str] = []
        sentences: list[int] = []
        clauses: list[int] = []
        for sentence, clause, part in _parts(text):
            found = normalise(part).split()
            words += found
            sentences += [sentence] * len(found)
            clauses += [clause] * len(found)
        known = {word: self._words.atoms(word) for word in set(words)}
        return Reading(tuple(words), tuple(sentences), tuple(clauses), tuple(known[word] for word in words))

    def hits(self, reading: Reading) -> Iterator[Hit[K]]:
        """Where each pattern was found, in the order of the words; the shortest way from each start."""
        here = frozenset().union(*reading.atoms)
        # of thousands of chains, few have all their words in a text: the rest cost nothing at each word
        able = {atom: [one for one in self._chains.get(atom, ()) if _able(one[1], here)] for atom in here}
        for start, atoms in enumerate(reading.atoms):
            for atom in atoms:
                for key, steps in able[atom]:
                    end = _end(steps, reading, start)
                    if end is not None:
                        yield Hit(key, start, end)


def _able(steps: Chain, here: frozenset[str]) -> bool:
    return all(not step.atoms.isdisjoint(here) for step in steps[1:])


def _end(steps: Chain, reading: Reading, start: int) -> int | None:
    """Behind the last word of a chain that begins at `start`; None where it does not go on."""
    ends = {start + 1}
    last = len(reading.words)
    for step in steps[1:]:
        ends = {
            at + 1
            for end in ends
            for at in range(end, min(end + step.gap + 1, last))
            if not step.atoms.isdisjoint(reading.atoms[at]) and reading.sentences[at] == reading.sentences[start]
        }
        if not ends:
            return None
    return min(ends)


def parse(pattern: str, lists: Mapping[str, Sequence[str]]) -> tuple[Chain, ...]:
    """The chains that a pattern stands for. Raises BadPattern."""
    chains = tuple(islice(_Parser(pattern, lists).chains(), MOST_WAYS + 1))
    if () in chains:
        raise BadPattern(f"{pattern!r}: may say nothing")
    if len(chains) > MOST_WAYS:
        raise BadPattern(f"{pattern!r}: stands for more than {MOST_WAYS} lines")
    return chains


class _Parser:
    """Reads one pattern from the left: alternatives of rows of pieces, a piece being a word, a list or a bracket."""

    def __init__(self, pattern: str, lists: Mapping[str, Sequence[str]], within: tuple[str, ...] = ()) -> None:
        self._pattern, self._lists, self._within = pattern, lists, within
        self._left = [mark for mark in _MARKS.findall(pattern) if not mark.isspace()]
        self._left.reverse()

    def chains(self) -> Iterator[Chain]:
        found = self._alternatives()
        if self._left:
            raise self._bad("a bracket too many")
        return found

    def _alternatives(self) -> Iterator[Chain]:
        rows = [self._row()]
        while self._left and self._left[-1] == "|":
            self._left.pop()
            rows.append(self._row())
        return chain.from_iterable(rows)

    def _row(self) -> Iterator[Chain]:
        ways: list[list[Chain]] = []
        gap = 0
        while self._left and self._left[-1] not in "|)":
            mark = self._left.pop()
            if mark in _GAPS and not gap and ways:
                gap = _GAPS[mark]
                continue
            found = [(Step(way[0].atoms, gap), *way[1:]) for way in _merged(self._piece(mark))]
            ways.append([*found, ()] if self._optional() else found)
            gap = 0
        if gap or not ways:
            raise self._bad("words are missing")
        return (tuple(chain.from_iterable(chosen)) for chosen in product(*ways))

    def _piece(self, mark: str) -> Iterable[Chain]:
        if mark == "(":
            found = self._alternatives()
            if not self._left or self._left.pop() != ")":
                raise self._bad("a bracket is not closed")
            return found
        if mark.startswith("<"):
            return self._list(mark[1:-1])
        return [(Step(frozenset({self._atom(mark)})),)]

    def _optional(self) -> bool:
        optional = bool(self._left) and self._left[-1] == "?"
        if optional:
            self._left.pop()
        return optional

    def _list(self, name: str) -> Iterator[Chain]:
        if name not in self._lists or name in self._within:
            raise self._bad(f"there is no list {name!r}")
        for entry in self._lists[name]:
            yield from _Parser(entry, self._lists, (*self._within, name)).chains()

    def _atom(self, word: str) -> str:
        bare = normalise(word.removesuffix("*"))
        if not bare or " " in bare or "*" in word[:-1]:
            raise self._bad(f"{word!r} is not one word")
        return f"{bare}*" if word.endswith("*") else bare

    def _bad(self, why: str) -> BadPattern:
        return BadPattern(f"{self._pattern!r}: {why}")


def _merged(chains: Iterable[Chain]) -> list[Chain]:
    """Single words that may stand in one place are one step: far fewer chains."""
    single: set[str] = set()
    longer: list[Chain] = []
    for steps in chains:
        if len(steps) == 1:
            single |= steps[0].atoms
        elif steps:
            longer.append(steps)
    return [*([(Step(frozenset(single)),)] if single else []), *longer]


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    """The pieces between marks, each with the number of its sentence and of its clause."""
    clause = 0
    for sentence, words in enumerate(_SENTENCES.split(text)):
        for part in _CLAUSES.split(words):
            yield sentence, clause, part
            clause += 1


class _Words:
    """Which atoms a typed word is: as it stands, else with a slip of the finger mended."""

    def __init__(self, atoms: Iterable[str], as_written: Iterable[str]) -> None:
        stems = {atom.removesuffix("*") for atom in atoms if atom.endswith("*")}
        self._whole = {atom: frozenset({atom}) for atom in atoms if not atom.endswith("*")}
        self._stems = {stem: f"{stem}*" for stem in stems}
        self._as_written = frozenset(normalise(word) for word in as_written)
        self._slips: defaultdict[str, set[str]] = defaultdict(set)
        self._stem_slips: defaultdict[str, set[str]] = defaultdict(set)
        for word in self._whole:
            for slip in _slips(word):
                self._slips[slip].add(word)
        for stem in stems:
            for slip in _slips(stem):
                self._stem_slips[slip].add(f"{stem}*")

    def atoms(self, word: str) -> frozenset[str]:
        """What a word is; of one that is drawn out (`soooo booored`) without the extra letters."""
        for form in dict.fromkeys((word, _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word))):
            if found := self._known(form):
                return found
        return frozenset() if word in self._as_written else self._mended(_DRAWN_OUT.sub(r"\1", word))

    def _known(self, word: str) -> frozenset[str]:
        stems = (self._stems[word[:size]] for size in range(1, len(word) + 1) if word[:size] in self._stems)
        return self._whole.get(word, frozenset()).union(stems)

    def _mended(self, word: str) -> frozenset[str]:
        found = set(self._slips.get(word, ()))
        for size in range(DOUBLED, len(word) + 1):
            found |= self._stem_slips.get(word[:size], set())
        return frozenset(found)


def _slips(word: str) -> Iterator[str]:
    """A long word as the finger may have typed it; the first letter is always right."""
    for at in range(1, len(word)):
        if len(word) >= DOUBLED:
            yield word[:at] + word[at] + word[at:]
        if len(word) >= DROPPED:
            yield word[:at] + word[at + 1 :]
            yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
