"""The small language in which words to listen for are written."""

import time

import pytest

from bot.content.ears import Ears
from bot.content.patterns import MOST_WORDS, BadPattern


def _found(pattern: str, text: str, **more: list[str]) -> list[str]:
    ears = Ears([("it", pattern)], {"drug": ["kratom", "white powder"]}, more.get("as_written", ()))
    reading = ears.read(text)
    return [" ".join(reading.words[hit.start : hit.end]) for hit in ears.hits(reading)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("bored", "I'm BORED!", "bored"),
        ("bored", "boredom", None),
        ("bor*", "boredom", "boredom"),
        ("aburrición", "qué aburricion", "aburricion"),
        ("don't know", "I dont know", "dont know"),
        ("sad|blue", "feeling blue", "blue"),
        ("(fed up|sick) of", "fed up of it", "fed up of"),
        ("(fed up|sick) of", "sick of it", "sick of"),
        ("so? bored now", "so bored now", "so bored now"),
        ("bored .. death", "bored half to death", "bored half to death"),
        ("bored .. death", "bored one two three four death", None),
        ("bored ... death", "bored one two three four death", "bored one two three four death"),
        ("bored .. death", "bored. Death is far", None),
        ("bored .. death", "bored, to death", "bored to death"),
        ("bored|fed up", "so fed up", "fed up"),
        ("(so (very )?)?(bored|sad (and|but) happy)", "so very sad but happy", "so very sad but happy"),
        ("want <drug>", "want white powder", "want white powder"),
        ("want (a|some <drug>)", "want some kratom", "want some kratom"),
    ],
)
def test_a_pattern_finds_what_it_says(pattern: str, text: str, found: str | None) -> None:
    assert next(iter(_found(pattern, text)), None) == found


@pytest.mark.parametrize("typed", ["stresed", "stresssed", "stressedd", "sterssed", "stressd", "STRESSEEEED"])
def test_a_slip_of_the_finger_is_forgiven_in_a_long_word(typed: str) -> None:
    assert _found("stressed", typed)


@pytest.mark.parametrize("typed", ["stresful", "strressful", "stersses"])
def test_and_in_a_stem(typed: str) -> None:
    assert _found("stress*", typed)


@pytest.mark.parametrize(
    ("meant", "typed"),
    [
        ("cerveza", "serveza"),
        ("alcohol", "alcol"),
        ("palpitacion*", "palpitasiones"),
        ("amarill*", "amariyos"),
        ("higado", "igado"),
    ],
)
def test_a_long_word_is_known_by_its_sound(meant: str, typed: str) -> None:
    assert _found(meant, typed)


def test_a_short_word_is_taken_as_it_stands() -> None:
    assert not _found("vaca", "baca")
    assert not _found("sad", "sd")
    assert not _found("pain", "pan")


def test_a_word_of_its_own_is_no_slip() -> None:
    assert _found("cansado", "casado")
    assert not _found("cansado", "casado", as_written=["casado"])


@pytest.mark.parametrize(
    "pattern", ["", "?", "..", ".. a", "a ..", "a .. ... b", "<unknown>", "(a", "a)", "(a|)", "a**", "a*b", "(|a)"]
)
def test_a_pattern_that_says_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        Ears([("it", pattern)])


def test_a_list_that_names_itself_is_refused() -> None:
    with pytest.raises(BadPattern):
        Ears([("it", "<drug>")], {"drug": ["<drug>"]})


def test_a_pattern_of_very_many_ways_costs_no_more_than_its_words() -> None:
    assert _found(" ".join(["(a b|c d)?"] * 30) + " e", "a b c d a b e")[0] == "a b c d a b e"


def test_a_pattern_of_too_many_words_is_refused() -> None:
    with pytest.raises(BadPattern, match=str(MOST_WORDS)):
        Ears([("it", " ".join(["a"] * (MOST_WORDS + 1)))])


def test_hostile_words_cost_no_more_than_others() -> None:
    ears = Ears([("it", "a ... a ... a ... a ... a ... b")])
    reading = ears.read("a " * 2048)
    began = time.process_time()
    assert not list(ears.hits(reading))
    assert time.process_time() - began < 1  # each way tried by itself would be 3,486,784,401 for every word
