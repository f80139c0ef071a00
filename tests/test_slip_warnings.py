"""What has to be known after a slip: by substance, by when, and what was not told counts as yes."""

from itertools import combinations

import pytest

from bot.content import substances
from bot.slips import warnings
from bot.slips.model import HAPPENED, SKIPPED, Slip
from bot.texts import Texts

SUDDENLY = {"en": "suddenly", "es": "de golpe"}
LESS = {"en": "After a break the body", "es": "Tras una pausa el cuerpo"}
MOST_LINES = 7
"""The question itself is the eighth."""


def said(
    which: str | None,
    happened: str | None,
    known: tuple[str, ...] = (),
    language: str = "en",
    goal: str | None = "stopped",
) -> str:
    slip = Slip(which=which, happened=happened)
    return "\n".join(warnings.lines(slip, warnings.possible(slip, known), goal, language))


@pytest.mark.parametrize(
    ("which", "happened", "words", "no_words"),
    [
        ("opioids", "now", "too much now, and stop the breath", "suddenly"),
        ("kratom_extract", "before", "too much now, and stop the breath", "suddenly"),
        ("kratom_leaf", "now", "can hit harder than before", "suddenly"),
        ("alcohol", "now", "After a break the body bears less.", "suddenly"),
        ("alcohol", "days", "Don't stop suddenly on your own. A doctor can make it safer.", "!"),
        ("benzodiazepines", "days", "Don't stop suddenly on your own. A doctor can make it safer.", "!"),
        ("benzodiazepines", SKIPPED, "Don't stop suddenly on your own.", "!"),
        (SKIPPED, "days", "With some things stopping suddenly is dangerous.", "!"),
        (None, None, "With some things stopping suddenly is dangerous.", "!"),
        ("nicotine", "days", "", "suddenly"),
    ],
)
def test_it_fits_the_substance_and_the_days(which: str | None, happened: str | None, words: str, no_words: str) -> None:
    assert words in said(which, happened)
    assert no_words not in said(which, happened)


@pytest.mark.parametrize("goal", ["cutting", "not_yet", "medicine", None])
def test_whoever_has_not_stopped_is_never_told_to_stop_suddenly(goal: str | None) -> None:
    for happened in HAPPENED:
        for name in substances.IDS:
            grave = substances.get(name).about.never_stop_suddenly or (name == "other" and happened == "days")
            assert ("suddenly" in said(name, happened, goal=goal)) == grave, (name, happened)


@pytest.mark.parametrize("language", Texts.languages())
@pytest.mark.parametrize("which", [SKIPPED, None])
def test_what_was_not_told_is_anything_that_they_recover_from(which: str | None, language: str) -> None:
    for known in combinations(substances.IDS, 3):
        facts = [substances.get(name).about for name in known]
        for happened in (*HAPPENED, SKIPPED, None):
            words = said(which, happened, known, language)
            assert (LESS[language] in words) == any(one.tolerance for one in facts), (known, happened)
            grave = any(one.never_stop_suddenly for one in facts) or "other" in known
            late = happened in ("days", SKIPPED, None)
            assert (SUDDENLY[language] in words) == (grave and late), (known, happened)
            assert words.count("\n") < MOST_LINES, (known, happened)


@pytest.mark.parametrize("language", Texts.languages())
def test_the_three_steps_for_those_days_never_say_stop(language: str) -> None:
    words = Texts(language, strict=True)("slip-steps-careful")
    assert SUDDENLY[language] in words
    assert words.count("\n") == 3
