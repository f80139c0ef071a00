"""Which of several triggers that a text names is meant: how clear each is, and what lies within a longer thought."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.content.ears import Hit

SITUATIONS = ("paraphernalia", "kratom_seen", "people_who_use", "social_pressure", "payday", "place")
THOUGHTS = ("hopeless", "just_once", "overconfidence", "euphoric_recall")
BODY = ("withdrawal", "pain", "insomnia", "hunger")
FEELINGS = ("shame", "loneliness", "boredom", "anger", "celebration", "sadness", "anxiety", "fatigue", "stress")
ORDER = (*SITUATIONS, *THOUGHTS, *BODY, *FEELINGS)
"""All triggers, in the order that decides where nothing else does: what can be walked away from, a thought, the body,
a feeling, the most particular first."""
DANGER = "hopeless"
"""Of two that are as clear, this one: it asks about safety before anything else."""

FARTHER = 10_000
"""Words: as good as nowhere near."""

TWICE, TO_THE_POINT = 0.5, 1.5
"""How much more a trigger counts that is named twice, and one that stands where somebody comes to the point."""

Rank = tuple[float, bool, int, int, int]

STRENGTH = {"strong": 4, "plain": 3, "weak": 2, "faint": 1}
WEAK = STRENGTH["weak"]


class Key(NamedTuple):
    """What a pattern is for: a trigger, or one of the words that turn what stands near them; and how clear it is."""

    of: str
    strength: int = 0


def clear(hits: Sequence[Hit[Key]], least: int) -> list[Hit[Key]]:
    """Those of at least this strength, and the hints that bear each other out: two for one trigger (`rent`, `car`)."""
    hinted: dict[str, set[int]] = {}
    for hit in hits:
        if hit.key.strength <= WEAK:
            hinted.setdefault(hit.key.of, set()).add(hit.start)
    return [hit for hit in hits if hit.key.strength >= least or len(hinted.get(hit.key.of, ())) > 1]


def longest(hits: Sequence[Hit[Key]]) -> list[Hit[Key]]:
    """Without what is only part of a longer thought: `my dealer` where somebody says `on the corner of my dealer`."""
    farthest: dict[tuple[int, Key], Hit[Key]] = {}
    for hit in hits:
        if hit.key.strength > WEAK:
            best = farthest.setdefault((hit.start, hit.key), hit)
            farthest[hit.start, hit.key] = max(best, hit, key=lambda one: one.end)
    starting: dict[int, list[Hit[Key]]] = {}
    for hit in farthest.values():
        starting.setdefault(hit.start, []).append(hit)
    most = max((hit.end - hit.start for hit in farthest.values()), default=0)
    return [
        hit
        for hit in hits
        if not any(
            _swallows(longer, hit)
            for start in range(hit.end - most, hit.start + 1)
            for longer in starting.get(start, ())
        )
    ]


def _swallows(longer: Hit[Key], hit: Hit[Key]) -> bool:
    """Whether the other is all of it and more; a less clear one needs two words more."""
    more = longer.end - longer.start - (hit.end - hit.start)
    other = longer.end >= hit.end and longer.key.of != hit.key.of
    return other and more > (longer.key.strength < hit.key.strength)


def rank(trigger_id: str, hits: list[Hit[Key]], distances: Sequence[int], point: int) -> Rank:
    """The least comes first: the clearest, named twice a little more, and after "but" more than before.

    Of those as clear: the one of danger, the nearest to the craving, the one said first, the first in order.
    """
    clear = max(hit.key.strength + TO_THE_POINT * (hit.start >= point) for hit in hits)
    most = max(hit.key.strength for hit in hits)
    best = [hit for hit in hits if hit.key.strength == most]
    twice = any(not one.meets(best[0]) for one in best)
    near = min(distances[at] for hit in best for at in range(hit.start, hit.end))
    first = min(hit.start for hit in best)
    return -(clear + TWICE * twice), trigger_id != DANGER, near, first, ORDER.index(trigger_id)


def away(marks: Sequence[Hit[Key]], words: int) -> list[int]:
    """How far each word is from the nearest of the marks, in words."""
    distances = [FARTHER] * words
    for mark in marks:
        distances[mark.start : mark.end] = [0] * (mark.end - mark.start)
    for order in (range(1, words), range(words - 2, -1, -1)):
        step = order.step
        for at in order:
            distances[at] = min(distances[at], distances[at - step] + 1)
    return distances
