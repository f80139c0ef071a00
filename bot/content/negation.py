"""What somebody says is not so: "not stressed, just bored" is about boredom, "no es por dinero" not about money."""

from collections.abc import Collection, Iterator, Sequence

from bot.content.patterns import Hit, K, Reading

REACH = 3
"""Words between a "not" and what it denies."""


def denied(
    hits: Sequence[Hit[K]], noes: Sequence[Hit[K]], reading: Reading, joins: Collection[str], turns: Collection[str]
) -> set[Hit[K]]:
    """Those of `hits` that a "not" before them denies: the first behind it in its clause, and what a word joins to it.

    A "not" that is part of a hit (`can't sleep`) denies nothing. `turns` (`but`) end what it reaches, `joins` (`or`)
    carry it on.
    """
    found: set[Hit[K]] = set()
    ordered = sorted(hits, key=lambda hit: (hit.start, hit.end))
    for no in noes:
        if not any(hit.meets(no) for hit in hits):
            found.update(_reached(no.end, ordered, reading, joins, turns))
    return found


def _reached(
    start: int, ordered: Sequence[Hit[K]], reading: Reading, joins: Collection[str], turns: Collection[str]
) -> Iterator[Hit[K]]:
    at, between = start, REACH
    while True:
        first = next((hit for hit in ordered if hit.start >= at), None)
        if first is None or first.start - at > between or not _one_thought(start, first.start, reading, turns):
            return
        if at > start and not joins & set(reading.words[at : first.start]):
            return
        together = [hit for hit in ordered if hit.meets(first) and hit.start >= at]
        yield from together
        at, between = max(hit.end for hit in together), 2


def _one_thought(no_end: int, start: int, reading: Reading, turns: Collection[str]) -> bool:
    """Whether no comma and no "but" stands between the two."""
    same = reading.clauses[no_end - 1] == reading.clauses[start]
    return same and not any(word in turns for word in reading.words[no_end:start])
