"""Rules over patterns: what raises a flag, and what takes a match away again ("I don't want to die", "die laughing").

One rule is a table in a `listen.toml`:

    heard = [...]    any of these raises the flag
    with = [...]     if given: only when one of these stands anywhere in the message too
    unless = [...]   a match that shares a word with one of these does not count

A match right behind one of the `denied` patterns of `words.toml`, in the same clause, does not count either.
How a pattern is written stands in `patterns.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from bot.content.patterns import Ears, Hit, Reading
from bot.content.reading import Record

DENIED = -1
"""Stands where others have the number of their rule."""

Key = tuple[int, str]
"""The number of a rule, and which of its lists a pattern is from."""


class Rule(Record):
    """What raises a flag."""

    heard: tuple[str, ...] = Field(min_length=1)
    with_: tuple[str, ...] = Field(default=(), alias="with")
    unless: tuple[str, ...] = ()


class Common(Record):
    """What every rule may use: `words.toml`."""

    denied: tuple[str, ...]
    as_written: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, each with the id that it raises. Reading them takes a moment, listening to a message little."""

    ids: tuple[str, ...]
    rules: tuple[Rule, ...]
    ears: Ears[Key]

    @classmethod
    def of(cls, rules: Iterable[tuple[str, Rule]], common: Common) -> "Rules":
        """Raises BadPattern."""
        found = tuple(rules)
        patterns = [
            ((number, part), pattern)
            for number, (_, rule) in enumerate(found)
            for part, listed in (("heard", rule.heard), ("with", rule.with_), ("unless", rule.unless))
            for pattern in listed
        ]
        patterns += [((DENIED, ""), pattern) for pattern in common.denied]
        ears = Ears(patterns, common.lists, common.as_written)
        return cls(tuple(flag for flag, _ in found), tuple(rule for _, rule in found), ears)

    def raised(self, text: str) -> frozenset[str]:
        """The ids of every rule that the words raise."""
        return frozenset(self._raised(self.ears.read(text)))

    def _raised(self, reading: Reading) -> Iterator[str]:
        hits: defaultdict[Key, list[Hit[Key]]] = defaultdict(list)
        for hit in self.ears.hits(reading):
            hits[hit.key].append(hit)
        denied = {(hit.end, reading.clauses[hit.end - 1]) for hit in hits[DENIED, ""]}
        for number, (flag, rule) in enumerate(zip(self.ids, self.rules, strict=True)):
            unless = hits.get((number, "unless"), [])
            counts = [hits.get((number, part), []) for part in (("heard", "with") if rule.with_ else ("heard",))]
            if all(any(_counts(hit, reading, denied, unless) for hit in found) for found in counts):
                yield flag


def _counts(hit: Hit[Key], reading: Reading, denied: set[tuple[int, int]], unless: Sequence[Hit[Key]]) -> bool:
    """Whether nothing takes this match away."""
    if (hit.start, reading.clauses[hit.start]) in denied:
        return False
    return not any(hit.meets(other) for other in unless)
