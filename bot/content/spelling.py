"""Which of the words that we listen for somebody typed: in shorthand, by ear, or where the finger slipped."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bot.texts import normalise

DROPPED = 6
"""Letters of a word, the shortest in which one may be missing, but the last. Of a stem one more: it is said less."""
DOUBLED = 5
"""Letters of a word, the shortest in which one may be doubled, one of a pair be missing or two be swapped."""
SOUNDED = 6
"""Letters of a word or stem, the shortest that is known by its sound alone: `serveza`, `alcol`, `bomito`."""

_TYPED = re.compile(r"[\w'’]+")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_LETTERS = {
    r"qu(?=[ei])|c(?![ehi])|k": "k",
    r"c(?=[ei])|z": "s",
    "v": "b",
    "ll": "y",
    r"(?<![cgkprstw])h": "",
    r"(.)\1": r"\1",
}
_SOUNDS = tuple((re.compile(typed), sound) for typed, sound in _LETTERS.items())
"""Letters that Spanish says alike, and people write alike: b and v, s and z, an h that is not heard."""


class Shorthand:
    """What people type for more than it says: `q` is `que`, `ppl` are `people`."""

    def __init__(self, meant: Mapping[str, str]) -> None:
        """`meant` by what is typed, which is letters and digits."""
        self._meant = {typed.casefold(): words for typed, words in meant.items()}

    def written_out(self, text: str) -> str:
        """The same text with whole words in place of their shorthand."""
        return _TYPED.sub(lambda found: self._meant.get(found[0].casefold(), found[0]), text)


class Spelling:
    """Which atoms a typed word is: as it stands, else with a slip of the finger mended."""

    def __init__(self, atoms: Iterable[str], as_written: Iterable[str]) -> None:
        """`atoms` are words (`bored`) and stems (`bor*`), `as_written` words that are never taken for another."""
        stems = {atom.removesuffix("*") for atom in atoms if atom.endswith("*")}
        self._whole = {atom: frozenset({atom}) for atom in atoms if not atom.endswith("*")}
        self._stems = {stem: f"{stem}*" for stem in stems}
        self._as_written = frozenset(normalise(word) for word in as_written)
        self._sounds, self._stem_sounds = _by_sound(self._whole, ""), _by_sound(stems, "*")
        self._slips = _by_slip(self._whole, "", DROPPED)
        self._stem_slips = _by_slip(stems, "*", DROPPED + 1)

    def atoms(self, word: str) -> frozenset[str]:
        """What a word is; of one that is drawn out (`soooo booored`) without the extra letters."""
        if word in self._as_written:
            return self._known(word)
        for form in dict.fromkeys((word, _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word))):
            if form in self._whole:
                return self._known(form)
            if found := self._known(form):  # `withdrawls` begins as `withdraw*` does, and is a slip as well
                return found | self._mended(form)
        return self._mended(_DRAWN_OUT.sub(r"\1", word))

    def _known(self, word: str) -> frozenset[str]:
        stems = (self._stems[word[:size]] for size in range(1, len(word) + 1) if word[:size] in self._stems)
        return self._whole.get(word, frozenset()).union(stems)

    def _mended(self, word: str) -> frozenset[str]:
        found = set(self._slips.get(word, ()))
        for size in range(DOUBLED, len(word) + 1):
            found.update(self._stem_slips.get(word[:size], ()))
        return frozenset(found) | self._sounding(_sound(word))

    def _sounding(self, sound: str) -> frozenset[str]:
        found = set(self._sounds.get(sound, ()))
        for size in range(DOUBLED, len(sound) + 1):
            found |= self._stem_sounds.get(sound[:size], set())
        return frozenset(found)


def _by_slip(words: Iterable[str], mark: str, shortest: int) -> Mapping[str, frozenset[str]]:
    """The atoms of words, each of which ends with `mark`, by how the finger may slip.

    A hundred thousand of them: those of one word share one set, or they would take 25 MB.
    """
    found: dict[str, frozenset[str]] = {}
    for word in words:
        atom = frozenset({word + mark})
        for slip in _slips(word, shortest):
            found[slip] = found[slip] | atom if slip in found else atom
    return found


def _by_sound(words: Iterable[str], mark: str) -> Mapping[str, set[str]]:
    """The atoms of long words, each of which ends with `mark`, by how they sound."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        if len(word) >= SOUNDED:
            found[_sound(word)].add(word + mark)
    return found


def _sound(word: str) -> str:
    """How a word sounds, near enough."""
    for typed, sound in _SOUNDS:
        word = typed.sub(sound, word)
    return word


def _slips(word: str, shortest: int) -> Iterator[str]:
    """A long word as the finger may have typed it; the first letter is always right."""
    for at in range(1, len(word)):
        if len(word) >= DOUBLED:
            yield word[:at] + word[at] + word[at:]
            yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        twin = len(word) >= DOUBLED and word[at] == word[at - 1]
        if twin or (len(word) >= shortest and at < len(word) - 1):
            yield word[:at] + word[at + 1 :]
