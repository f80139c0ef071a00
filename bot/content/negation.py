"""What somebody says is not so: "not stressed, just bored" is about boredom, "no es por dinero" not about money."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from bot.content.ears import Hit, K
from bot.content.patterns import Reading

REACH, JOINED = 3, 2
"""Words between a "not" and what it denies, and between that and what it goes on to."""
CARRIED = 4
"""How many causes one "not" denies at most."""


def denied(
    hits: Sequence[Hit[K]], noes: Sequence[Hit[K]], reading: Reading, joins: Set[str], turns: Set[str]
) -> set[Hit[K]]:
    """Those of `hits` that a "not" before them denies: the first behind it in its clause, and what a word joins to it.

    A "not" that is part of a hit (`can't sleep`) denies nothing. `turns` (`but`) end what it reaches, `joins` (`or`)
    carry it on.
    """
    starting: defaultdict[int, list[Hit[K]]] = defaultdict(list)
    for hit in hits:
        starting[hit.start].append(hit)
    taken = {at for hit in hits for at in range(hit.start, hit.end)}
    return {
        hit
        for no in noes
        if taken.isdisjoint(range(no.start, no.end))
        for hit in _reached(no.end, starting, reading, joins, turns)
    }


def _reached(
    no_end: int, starting: Mapping[int, list[Hit[K]]], reading: Reading, joins: Set[str], turns: Set[str]
) -> Iterator[Hit[K]]:
    at, reach = no_end, REACH
    for _ in range(CARRIED):
        start = next((start for start in range(at, at + reach + 1) if start in starting), None)
        if start is None or not _one_thought(no_end, start, reading, turns):
            return
        if at > no_end and not joins & set(reading.words[at:start]):
            return
        end = max(hit.end for hit in starting[start])
        for inside in range(start, end):
            yield from starting.get(inside, ())
        at, reach = end, JOINED


def _one_thought(no_end: int, start: int, reading: Reading, turns: Set[str]) -> bool:
    """Whether no comma and no "but" stands between the two."""
    same = reading.clauses[no_end - 1] == reading.clauses[start]
    return same and turns.isdisjoint(reading.words[no_end:start])
