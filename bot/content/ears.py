"""Every pattern at once, looked for in what people type."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.content.patterns import Pattern, Reading, parse, rarest
from bot.content.sentences import parts
from bot.content.spelling import Spelling
from bot.texts import normalise

K = TypeVar("K", bound=Hashable)


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
    """Patterns, each with the key of what it means. Each costs words times words at most."""

    def __init__(
        self,
        patterns: Iterable[tuple[K, "str | Pattern"]],
        lists: Mapping[str, Sequence[str]] | None = None,
        as_written: Iterable[str] = (),
    ) -> None:
        """`lists` are the entries that `<name>` stands for, patterns themselves. Raises BadPattern."""
        self._patterns = [
            (key, pattern if isinstance(pattern, Pattern) else parse(pattern, lists or {})) for key, pattern in patterns
        ]
        self._needing: defaultdict[str, list[int]] = defaultdict(list)
        for number, (_, pattern) in enumerate(self._patterns):
            for atom in rarest(pattern.needs):
                self._needing[atom].append(number)
        atoms = {atom for _, pattern in self._patterns for place in pattern.atoms for atom in place}
        self._words = Spelling(atoms, as_written)

    def read(self, text: str) -> Reading:
        """The words of a text, ready to be listened to."""
        words: list[str] = []
        sentences: list[int] = []
        clauses: list[int] = []
        for sentence, clause, part in parts(text):
            found = normalise(part).split()
            words += found
            sentences += [sentence] * len(found)
            clauses += [clause] * len(found)
        known = {word: self._words.atoms(word) for word in set(words)}
        return Reading(tuple(words), tuple(sentences), tuple(clauses), tuple(known[word] for word in words))

    def hits(self, reading: Reading, wanted: Callable[[K], bool] = lambda key: True) -> Iterator[Hit[K]]:
        """Where each pattern was found, in the order of the words; only those of the keys that are wanted."""
        where: defaultdict[str, list[int]] = defaultdict(list)
        for at, atoms in enumerate(reading.atoms):
            for atom in atoms:
                where[atom].append(at)
        said = frozenset(where)  # asked of the keys themselves, every question would go through all of them
        likely = sorted({number for atom in where for number in self._needing.get(atom, ())})
        found = [
            Hit(key, start, end)
            for key, pattern in (self._patterns[number] for number in likely)
            if wanted(key) and (places := pattern.open(said))
            for start in _starts(pattern, places, where)
            for end in pattern.ends(reading, start, places)
        ]
        yield from sorted(found, key=lambda hit: (hit.start, hit.end))


def _starts(pattern: Pattern, places: frozenset[int], where: Mapping[str, Sequence[int]]) -> Iterator[int]:
    """Where a pattern may begin: no further before the rarest word that it needs than it reaches."""
    rarest = min((_places(needed, where) for needed in pattern.needs), key=len)
    begins = frozenset().union(*(pattern.atoms[place] for place in pattern.first if place in places))
    for start in _places(begins, where):
        then = bisect_left(rarest, start)
        if then < len(rarest) and rarest[then] < start + pattern.reach:
            yield start


def _places(atoms: frozenset[str], where: Mapping[str, Sequence[int]]) -> list[int]:
    return sorted({at for atom in atoms & where.keys() for at in where[atom]})
