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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pydantic import Field

from bot.content.ears import Ears, Hit
from bot.content.patterns import BadPattern, Pattern, Reading, parse
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

    def __init__(self, rules: Mapping[str, Mapping[str, Sequence[Rule]]], common: Common) -> None:
        """`rules` by flag and language. Raises BadPattern, which names the flag's file and the field."""
        self._rules = {flag: tuple(rule for found in by.values() for rule in found) for flag, by in rules.items()}
        self._ears = Ears(_patterns(rules, common), common.lists, common.as_written)
        self._spelled = {said.casefold(): meant for said, meant in common.spelled.items()}
        longest_first = sorted(map(re.escape, self._spelled), key=len, reverse=True)
        self._spelling = re.compile(rf"(?<![\w'])(?:{'|'.join(longest_first)})(?![\w'])")

    def raised(self, text: str) -> frozenset[str]:
        """The flags that the words raise."""
        said = self._spelling.sub(lambda found: self._spelled[found[0]], text.casefold().replace("’", "'"))
        return frozenset(self._raised(self._ears.read(said)))

    def _raised(self, reading: Reading) -> Iterator[str]:
        hits = self._hits(reading, lambda key: key[2] in (HEARD, SAYS_NO))
        touched = {key[:2] for key in hits}  # most messages touch no rule, and what takes away is not looked for
        if touched:
            hits |= self._hits(
                reading, lambda key: key[2] == DENIED or (key[2] in (WITH, UNLESS) and key[:2] in touched)
            )
        denied = hits.get(("", 0, DENIED), [])
        for flag, rules in self._rules.items():
            for number, rule in enumerate(rules):
                taken = hits.get((flag, number, UNLESS), [])
                heard = hits.get((flag, number, HEARD), []) + hits.get((flag, number, SAYS_NO), [])
                beside = hits.get((flag, number, WITH), [])
                if any(_counts(hit, reading, denied, taken) for hit in heard) and (
                    not rule.with_ or any(_counts(hit, reading, denied, taken) for hit in beside)
                ):
                    yield flag
                    break

    def _hits(self, reading: Reading, wanted: Callable[[Key], bool]) -> dict[Key, list[Hit[Key]]]:
        found: defaultdict[Key, list[Hit[Key]]] = defaultdict(list)
        for hit in self._ears.hits(reading, wanted):
            found[hit.key].append(hit)
        return found


def _patterns(rules: Mapping[str, Mapping[str, Sequence[Rule]]], common: Common) -> Iterator[tuple[Key, Pattern]]:
    """Every pattern, read, with its key. Raises BadPattern, naming the place: in one heap nobody could find it."""
    noes = parse("<no>", common.lists).begins
    for denied in common.denied:
        yield ("", 0, DENIED), _parsed("words.toml: denied", denied, common)
    for flag, by in rules.items():
        numbered = enumerate((language, at, rule) for language, found in by.items() for at, rule in enumerate(found))
        for number, (language, at, rule) in numbered:
            for part, listed in ((HEARD, rule.heard), (WITH, rule.with_), (UNLESS, rule.unless)):
                for said in listed:
                    pattern = _parsed(f"{flag}/listen.toml: {language}.{at}.{part}", said, common)
                    says_no = part == HEARD and any(not noes.isdisjoint(atoms) for atoms in pattern.atoms)
                    yield (flag, number, SAYS_NO if says_no else part), pattern


def _parsed(place: str, pattern: str, common: Common) -> Pattern:
    try:
        return parse(pattern, common.lists)
    except BadPattern as error:
        raise BadPattern(f"{place}: {error}") from error


def _counts(hit: Hit[Key], reading: Reading, denied: Iterable[Hit[Key]], unless: Iterable[Hit[Key]]) -> bool:
    """Whether nothing takes this match away."""
    for no in denied:
        before = no.end == hit.start and reading.clauses[no.end - 1] == reading.clauses[hit.start]
        within = hit.start < no.start and no.end < hit.end and reading.clauses[no.start] == reading.clauses[hit.end - 1]
        if before or (within and hit.key[2] != SAYS_NO):
            return False
    return not any(hit.meets(other) for other in unless)
