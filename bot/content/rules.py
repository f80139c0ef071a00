"""Rules over patterns: what raises a flag, and what takes a match away again ("I don't want to die", "die laughing").

One rule is a table in a `listen.toml`:

    heard = [...]    any of these raises the flag
    with = [...]     if given: only when one of these stands anywhere in the message too
    unless = [...]   a match of this rule that shares a word with one of these does not count

Nor does a match right behind one of the `denied` patterns of `words.toml` in the same clause ("not suicidal"), or one
that holds such a word in a gap ("he never once hits me"), unless the pattern says it itself ("not breathing").
How a pattern is written stands in `patterns.py`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from bot.content.patterns import Ears, Hit, Reading, parse
from bot.content.reading import Record

DENIED = "denied"
HEARD, SAYS_NO, WITH, UNLESS = "heard", "says no", "with", "unless"

Key = tuple[str, int, str]
"""A flag, the number of its rule, and which of its lists a pattern is from."""


class Rule(Record):
    """What raises a flag."""

    heard: tuple[str, ...] = Field(min_length=1)
    with_: tuple[str, ...] = Field(default=(), alias="with")
    unless: tuple[str, ...] = ()


class Common(Record):
    """What every rule may use: `words.toml`."""

    denied: tuple[str, ...]
    as_written: tuple[str, ...]
    spelled: Mapping[str, str]
    """What people write for it, before anything else is looked at."""
    lists: Mapping[str, tuple[str, ...]]


class Rules:
    """The rules of every flag. Making them takes a moment, listening to a message little."""

    def __init__(self, rules: Mapping[str, Sequence[Rule]], common: Common) -> None:
        """`rules` by flag. Raises BadPattern."""
        self._rules = rules
        self._noes = parse("<no>", common.lists).begins
        self._ears = Ears(self._patterns(common), common.lists, common.as_written)
        self._spelled = {said.casefold(): meant for said, meant in common.spelled.items()}
        longest_first = sorted(map(re.escape, self._spelled), key=len, reverse=True)
        self._spelling = re.compile(rf"(?<![\w'])(?:{'|'.join(longest_first)})(?![\w'])")

    def raised(self, text: str) -> frozenset[str]:
        """The flags that the words raise."""
        spelled = text.casefold().replace("’", "'")
        return frozenset(self._raised(self._ears.read(self._spelling.sub(lambda said: self._spelled[said[0]], spelled))))

    def _patterns(self, common: Common) -> Iterator[tuple[Key, str]]:
        for flag, rules in self._rules.items():
            for number, rule in enumerate(rules):
                for part, listed in ((HEARD, rule.heard), (WITH, rule.with_), (UNLESS, rule.unless)):
                    for pattern in listed:
                        says_no = part == HEARD and self._says_no(pattern, common)
                        yield (flag, number, SAYS_NO if says_no else part), pattern
        for pattern in common.denied:
            yield ("", 0, DENIED), pattern

    def _says_no(self, pattern: str, common: Common) -> bool:
        return any(not self._noes.isdisjoint(place) for place in parse(pattern, common.lists).atoms)

    def _raised(self, reading: Reading) -> Iterator[str]:
        hits: defaultdict[Key, list[Hit[Key]]] = defaultdict(list)
        for hit in self._ears.hits(reading):
            hits[hit.key].append(hit)
        denied = hits["", 0, DENIED]
        for flag, rules in self._rules.items():
            for number, rule in enumerate(rules):
                heard = hits.get((flag, number, HEARD), []) + hits.get((flag, number, SAYS_NO), [])
                beside = hits.get((flag, number, WITH), [])
                unless = hits.get((flag, number, UNLESS), [])
                if any(_counts(hit, reading, denied, unless) for hit in heard) and (
                    not rule.with_ or any(_counts(hit, reading, denied, unless) for hit in beside)
                ):
                    yield flag
                    break


def _counts(hit: Hit[Key], reading: Reading, denied: Iterable[Hit[Key]], unless: Iterable[Hit[Key]]) -> bool:
    """Whether nothing takes this match away."""
    for no in denied:
        before = no.end == hit.start and reading.clauses[no.end - 1] == reading.clauses[hit.start]
        within = hit.start < no.start and no.end < hit.end and reading.clauses[no.start] == reading.clauses[hit.end - 1]
        if before or (within and hit.key[2] != SAYS_NO):
            return False
    return not any(hit.meets(other) for other in unless)
