"""How well danger is heard in what people write, measured on the written set."""

import time
from collections import Counter

import pytest

from bot.content import redflags
from tests.figures import Record
from tests.safety.table import false_alarms, heard, printed, share
from tests.safety.written import LANGUAGES, NONE, read

LONGEST = 4096
"""Characters of the longest message that Telegram lets through."""


def test_what_is_said_outright_is_heard_and_everyday_talk_is_left_alone(figures: Record) -> None:
    found = heard(read())
    print(*printed(found), sep="\n")  # noqa: T201
    figures(
        f"danger heard: explicit {share(found, 'explicit'):.3f}, everyday alarms {false_alarms(found):.3f}, "
        f"third person {share(found, 'third_person'):.3f}, negated {share(found, 'negated'):.3f}, "
        f"veiled {share(found, 'veiled'):.3f}, of {len(found)} lines"
    )
    assert share(found, "explicit") >= 0.98
    assert false_alarms(found) <= 0.02
    for language in LANGUAGES:
        of_language = {line: raised for line, raised in found.items() if line.language == language}
        assert share(of_language, "explicit") >= 0.97
        assert false_alarms(of_language) <= 0.03


def test_the_set_is_large_balanced_and_says_nothing_twice() -> None:
    lines = read()
    assert len(lines) >= 600
    assert len({line.said.casefold() for line in lines}) == len(lines)
    explicit = Counter((line.flag, line.language) for line in lines if line.kind == "explicit")
    assert all(explicit[flag, language] >= 10 for flag in redflags.FLAGS for language in LANGUAGES)
    assert {line.flag for line in lines} <= {*redflags.FLAGS, NONE}
    assert all((line.flag == NONE) == (line.kind in ("negated", "everyday")) for line in lines)


@pytest.mark.parametrize(
    ("said", "flag"),
    [
        ("I want to die and I took the whole bottle", "overdose"),
        ("shaking and seeing things since I stopped drinking", "alcohol_benzo_withdrawal"),
        ("I'm pregnant and my chest hurts", "chest_heart"),
        ("took 7-oh and now I hear voices", "psychosis"),
    ],
)
def test_of_several_the_most_urgent_is_asked_about(said: str, flag: str) -> None:
    assert redflags.heard(said) == flag


@pytest.mark.parametrize(
    "typed", ["I WANT TO DIE", "i want to kil myself", "quiero morír", "im suicidla", "me qiero morir"]
)
def test_case_accents_and_slips_of_the_finger_make_no_difference(typed: str) -> None:
    assert redflags.heard(typed) == "suicidal"


def test_a_message_costs_little_and_a_hostile_one_not_much_more(figures: Record) -> None:
    everyday = [line.said for line in read() if line.kind == "everyday"]
    texts = {
        "a line": everyday[0],
        "a long letter": ". ".join(everyday)[:LONGEST],
        "without a full stop": " ".join(everyday)[:LONGEST],
        "everything at once": " ".join(line.said for line in read())[:LONGEST],
        "one word": ("took " * LONGEST)[:LONGEST],
        "denials": ("i dont want to die " * LONGEST)[:LONGEST],
        "gaps": ("took kratom not with " * LONGEST)[:LONGEST],
        "marks": ("( ! ? . , " * LONGEST)[:LONGEST],
        "one long word": "a" * LONGEST,
    }
    took = {name: min(_seconds(said) for _ in range(2)) for name, said in texts.items()}
    figures("hearing danger: " + ", ".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in took.items()))
    assert took["a line"] < 0.01
    assert max(took.values()) < 0.15


def _seconds(said: str) -> float:
    began = time.process_time()
    redflags.heard(said)
    return time.process_time() - began
