"""Words to listen for, written so that a clinician can extend them. `ears.py` finds them in what people type.

One pattern is a line of words, in either language and as people write them; case, accents and punctuation are nothing:

    bored               this word
    bor*                a word that begins so
    bored|fed up        either will do
    (so|really) bored   brackets say how far that reaches, and may hold others
    so? bored           a `?` behind a word, bracket or list: there or not
    bored .. death      `..` up to three words between, `...` up to eight
    <drug>              any entry of the list of this name

Nothing reaches over the end of a sentence. A letter that is doubled, dropped or swapped with its neighbour is forgiven
in long words, unless what stands there is a word of its own: those are listed as `as_written` (casado is not cansado).
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from bot.texts import normalise

NEAR, FAR = 3, 8
"""Words that `..` and `...` may stand for."""
MOST_WORDS = 4_000
"""Places for a word in one pattern, its lists included; more is a slip of whoever wrote it."""

SHORT, SHORT_WORD = 3, 20
"""Letters of a word that stands in most texts, and for how many others it counts."""

_GAPS = {"..": NEAR, "...": FAR}
_PIECE = re.compile(r"\s*(\.{2,3}(?![^\s])|<\w+>|[()|?]|[^\s()<>?|]+)")


class BadPattern(ValueError):
    """A pattern that says nothing, or that cannot be read. Names it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as bare words; the sentence and the clause that each stands in; and which atoms each is."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    atoms: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """The places for a word in a pattern, and which may follow which: as many steps as words, never as ways."""

    atoms: tuple[frozenset[str], ...]
    first: tuple[int, ...]
    last: frozenset[int]
    follow: tuple[tuple[tuple[int, int], ...], ...]
    """For each place those that may come next, each with how many words may stand between."""
    needs: tuple[frozenset[str], ...]
    """A text in which one of these is wholly missing cannot match."""
    begins: frozenset[str]
    """Every atom that the first place may be."""
    reach: int
    """Words from the first to behind the last, at most."""

    def open(self, said: Set[str]) -> frozenset[int]:
        """The places that lead to an end through words that a text has; empty where it cannot match."""
        if any(needed.isdisjoint(said) for needed in self.needs):
            return frozenset()
        found: set[int] = set()
        for place in reversed(range(len(self.atoms))):  # what follows always has a higher number
            if self.atoms[place].isdisjoint(said):  # most are: asked first, it saves the dearer question
                continue
            if place in self.last or any(then in found for then, _ in self.follow[place]):
                found.add(place)
        return frozenset(found)

    def ends(self, reading: "Reading", start: int, places: frozenset[int]) -> Iterator[int]:
        """Behind the last word of each way that begins at `start` and keeps to `places`, the shortest first."""
        sentence, size = reading.sentences[start], len(reading.words)
        here = reading.atoms[start]
        ways = [(at, start + 1) for at in self.first if at in places and not self.atoms[at].isdisjoint(here)]
        been = set(ways)
        ended: set[int] = set()
        while ways:
            place, end = ways.pop()
            if place in self.last:
                ended.add(end)
            for then, gap in self.follow[place]:
                if then not in places:
                    continue
                atoms = self.atoms[then]
                for at in range(end, min(end + gap + 1, size)):
                    if reading.sentences[at] != sentence:
                        break
                    way = (then, at + 1)
                    if way not in been and not atoms.isdisjoint(reading.atoms[at]):
                        been.add(way)
                        ways.append(way)
        yield from sorted(ended)


def parse(pattern: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    """A pattern, ready to be looked for. Raises BadPattern."""
    return _Parser(pattern, lists).pattern()


@dataclass(slots=True)
class _Part:
    """A piece of a pattern: where it may begin and end, whether it may be nothing, and what it needs."""

    first: list[int] = field(default_factory=list)
    last: list[tuple[int, int]] = field(default_factory=list)
    """Places, each with how many words may stand behind it before what follows."""
    nothing: bool = True
    needs: list[frozenset[str]] = field(default_factory=list)


class _Parser:
    """Reads one pattern (Glushkov's construction: a place for each word, and which may follow which)."""

    def __init__(self, pattern: str, lists: Mapping[str, Sequence[str]]) -> None:
        self._said = pattern
        self._lists = lists
        self._atoms: list[frozenset[str]] = []
        self._follow: list[dict[int, int]] = []

    def pattern(self) -> Pattern:
        whole = self._line(self._said, ())
        if whole.nothing or not whole.first:
            raise BadPattern(f"{self._said!r}: says nothing")
        follow = tuple(tuple(after.items()) for after in self._follow)
        last = frozenset(place for place, _ in whole.last)
        begins = frozenset().union(*(self._atoms[place] for place in whole.first))
        reach = [1] * len(follow)
        for place in reversed(range(len(follow))):  # what follows always has a higher number
            reach[place] += max((gap + reach[then] for then, gap in follow[place]), default=0)
        first = tuple(whole.first)
        longest = max(reach[place] for place in first)
        return Pattern(tuple(self._atoms), first, last, follow, tuple(whole.needs), begins, longest)

    def _line(self, line: str, within: tuple[str, ...]) -> _Part:
        pieces = [*_pieces(line), ")"]
        part = self._alternatives(pieces, within)
        if pieces:
            raise BadPattern(f"{line!r}: a bracket too many")
        return part

    def _row(self, pieces: list[str], within: tuple[str, ...]) -> _Part:
        """Pieces one after another, taken from the front, until a bracket closes or a `|` parts."""
        whole, gap, said = _Part(), 0, False
        while pieces and pieces[0] not in (")", "|"):
            piece = pieces.pop(0)
            if piece in _GAPS:
                if not said or gap:
                    raise BadPattern(f"{self._said!r}: a gap stands between two words")
                gap = _GAPS[piece]
                continue
            part = self._piece(piece, pieces, within)
            if pieces and pieces[0] == "?":
                pieces.pop(0)
                part.nothing, part.needs = True, []
            whole, gap, said = self._joined(whole, part, gap), 0, True
        if gap or not said:
            raise BadPattern(f"{self._said!r}: " + ("a gap stands between two words" if gap else "says nothing"))
        return whole

    def _piece(self, piece: str, pieces: list[str], within: tuple[str, ...]) -> _Part:
        if piece == "(":
            return self._alternatives(pieces, within)
        if piece.startswith("<"):
            name = piece[1:-1]
            if name not in self._lists or name in within:
                raise BadPattern(f"{piece}: there is no list of this name")
            return self._list(name, within)
        return self._word(frozenset({_atom(piece)}))

    def _list(self, name: str, within: tuple[str, ...]) -> _Part:
        """Any entry of a list. What is but one word shares one place: a place costs at each start and each message."""
        single: set[str] = set()
        longer: list[_Part] = []
        for entry in self._lists[name]:
            first = len(self._atoms)
            part = self._line(entry, (*within, name))
            if len(self._atoms) == first + 1 and not part.nothing and part.last == [(first, 0)]:
                single |= self._atoms.pop()
                self._follow.pop()
            else:
                longer.append(part)
        return self._any([*longer, *([self._word(frozenset(single))] if single else [])])

    def _alternatives(self, pieces: list[str], within: tuple[str, ...]) -> _Part:
        """Rows parted by `|`, up to the bracket that closes them."""
        found: list[_Part] = []
        single: set[str] = set()  # single words share one place
        closed = False
        while not closed:
            if len(pieces) > 1 and pieces[0][0] not in "()|?<." and pieces[1] in ("|", ")"):
                single.add(_atom(pieces.pop(0)))
            else:
                found.append(self._row(pieces, within))
            if not pieces:
                raise BadPattern(f"{self._said!r}: a bracket is not closed")
            closed = pieces.pop(0) == ")"
        return self._any([*([self._word(frozenset(single))] if single else []), *found])

    def _word(self, atoms: frozenset[str]) -> _Part:
        atoms = _once(atoms)
        self._atoms.append(atoms)
        self._follow.append({})
        if len(self._atoms) > MOST_WORDS:
            raise BadPattern(f"{self._said!r}: more than {MOST_WORDS} words")
        place = len(self._atoms) - 1
        return _Part([place], [(place, 0)], nothing=False, needs=[atoms])

    @staticmethod
    def _any(parts: list[_Part]) -> _Part:
        """Alternatives. What one of them needs is needed only if every other needs something in its stead."""
        nothing = any(part.nothing for part in parts)
        needs = [] if nothing else [frozenset().union(*(rarest(part.needs) for part in parts))]
        first = [place for part in parts for place in part.first]
        return _Part(first, [last for part in parts for last in part.last], nothing, needs)

    def _joined(self, before: _Part, after: _Part, gap: int) -> _Part:
        for place, more in before.last:
            for then in after.first:
                known = self._follow[place].get(then, 0)
                self._follow[place][then] = max(known, gap, more)
        first = before.first + (after.first if before.nothing else [])
        passed = [(place, max(gap, more)) for place, more in before.last] if after.nothing else []
        return _Part(first, after.last + passed, before.nothing and after.nothing, before.needs + after.needs)


def rarest(needs: Sequence[frozenset[str]]) -> frozenset[str]:
    """Of what a pattern needs, that which the fewest texts have."""
    return needs[0] if len(needs) == 1 else min(needs, key=_common)


def _common(atoms: frozenset[str]) -> int:
    """How often one of these stands in a text, roughly: the shortest words (`me`, `the`, `de`) stand in most."""
    return sum(SHORT_WORD if len(atom) <= SHORT else 1 for atom in atoms)


@cache  # a list's entries are read anew for each place that names it
def _pieces(pattern: str) -> tuple[str, ...]:
    return tuple(_cut(pattern))


def _cut(pattern: str) -> Iterator[str]:
    at = 0
    pattern = pattern.rstrip()
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        if piece is None:
            raise BadPattern(f"{pattern!r}: not understood from {pattern[at:].strip()!r}")
        yield piece[1]
        at = piece.end()


@cache  # one set for all places that are alike: thousands are, and 200 bytes each
def _once(atoms: frozenset[str]) -> frozenset[str]:
    return atoms


@cache  # of the words that patterns are made of, never of those that people type
def _atom(word: str) -> str:
    bare = normalise(word.removesuffix("*"))
    if not bare or " " in bare or "*" in word[:-1]:
        raise BadPattern(f"{word!r}: not one word")
    return f"{bare}*" if word.endswith("*") else bare
