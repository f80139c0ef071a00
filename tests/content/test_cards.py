"""Strategies and first aid: short, plain, sourced, and safe where they say so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content import firstaid, strategies
from bot.content.reading import BrokenContent, Words

CARDS: dict[str, Words] = {strategy.id: strategy.words("en") for strategy in strategies.STRATEGIES}
CARDS.update((card.id, card.words_by_language["en"]) for card in firstaid.CARDS.values())

GENDERED = re.compile(r"\b(he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
DOSING = re.compile(r"\d\s*(mg|mcg|µg|g|grams?|ml|drops|pills?|tablets?|doses?|sprays?)\b", re.IGNORECASE)
CLAIMS = re.compile(r"\b(clean|dirty|fail\w*|proven|anonymous|confidential|treats?|cures?|relapse)\b", re.IGNORECASE)

each_card = pytest.mark.parametrize("words", CARDS.values(), ids=CARDS.keys())


@each_card
def test_a_card_leaves_room_on_a_crisis_screen(words: Words) -> None:
    lines = words.text("112 or 911").splitlines()
    assert len(lines) <= 5  # seven, less one before and one after
    assert all(len(line) <= 100 for line in lines)


@each_card
def test_a_cards_sentences_are_short(words: Words) -> None:
    for sentence in re.split(r"[.?:;]\s", words.text("112 or 911").replace("\n", ". ")):
        assert len(sentence.split()) <= 12, sentence


@each_card
def test_a_card_neither_shouts_nor_doses_nor_claims_nor_guesses_who_reads(words: Words) -> None:
    text = words.text("112")
    assert "!" not in text
    assert "{" not in text
    for unwanted in (GENDERED, DOSING, CLAIMS):
        assert not unwanted.search(text)


def test_the_first_card_is_word_for_word_that_of_the_screens() -> None:
    assert strategies.first().id == "steady"
    assert strategies.first().words("en").text().splitlines()[1:] == [
        "1 Move: another room, outside, away from it. Driving? Stop the car first.",
        "2 Breathe in 4, out 6. Five times. Dizzy? Just breathe as usual.",
        "3 Drink some water, slowly.",
    ]


def test_what_anybody_may_be_shown_has_no_condition_against_it() -> None:
    shown = (strategies.first(), *strategies.others())
    assert [strategy.id for strategy in shown] == ["steady", "delay", "reach", "stop", "hour"]
    assert all(strategy.about.safe_for_everyone and not strategy.about.not_when for strategy in shown)
    assert len({strategy.words("en").title for strategy in shown}) == len(shown)


def test_a_language_without_a_card_reads_it_in_english() -> None:
    assert strategies.first().words("fa") == strategies.first().words("en")


def test_an_old_button_finds_its_strategy_or_nothing() -> None:
    assert strategies.get("delay") in strategies.others()
    assert strategies.get("hold-your-breath") is None


def test_nobody_has_reviewed_anything_yet() -> None:
    assert not any(strategy.about.reviewed_by for strategy in strategies.STRATEGIES)
    assert not any(card.about.reviewed_by for card in firstaid.CARDS.values())


@pytest.mark.parametrize("card", firstaid.CARDS.values(), ids=firstaid.CARDS.keys())
def test_first_aid_begins_with_the_number_to_call(card: firstaid.Card) -> None:
    assert "999" in card.text("en", "999").splitlines()[0]
    assert "999" in card.text("es", "999").splitlines()[0]
    assert card.text("es", "999") != card.text("en", "999") == card.text("xx", "999")


ABOUT = """rank = 1
minutes = 5
evidence = "C"
source = "A manual"
not_when = []
safe_for_everyone = true
reviewed_by = ""
reviewed_on = ""
"""
CARD = "# Rest\n\n1. Sit down.\n2. Breathe.\n"


def write(directory: Path, about: str = ABOUT, card: str = CARD) -> Path:
    (directory / "rest").mkdir()
    (directory / "rest/about.toml").write_text(about, encoding="utf-8")
    (directory / "rest/en.md").write_text(card, encoding="utf-8")
    return directory


def test_a_clinician_adds_a_strategy_by_adding_a_directory(tmp_path: Path) -> None:
    signed = ABOUT.replace('by = ""', 'by = "A clinician"').replace('on = ""', "on = 2026-11-20")
    write(tmp_path, signed)
    (tmp_path / "rest/es.md").write_text("# Descansa\n1. Siéntate.\n", encoding="utf-8")
    [rest] = strategies.read(tmp_path)
    assert rest.words("en").text() == "Rest\n1 Sit down.\n2 Breathe."
    assert rest.words("es").title == "Descansa"


@pytest.mark.parametrize(
    ("good", "bad", "named"),
    [
        ('evidence = "C"', 'evidence = "E"', "evidence"),
        ("not_when = []", 'not_when = ["bad luck"]', "not_when"),
        ("not_when = []", 'not_when = ["psychosis"]', "safe_for_everyone"),
        ('source = "A manual"', 'source = ""', "source"),
        ('reviewed_by = ""', 'reviewed_by = "A clinician"', "reviewed_by"),
        ("minutes = 5", "minutes = 0", "minutes"),
    ],
)
def test_broken_facts_stop_the_start_and_are_named(tmp_path: Path, good: str, bad: str, named: str) -> None:
    with pytest.raises(BrokenContent, match=rf"rest/about\.toml: .*{named}"):
        strategies.read(write(tmp_path, ABOUT.replace(good, bad)))


@pytest.mark.parametrize(
    ("card", "named"),
    [
        ("1. Sit down.\n", r"rest/en\.md:1"),
        ("# Rest\n", r"rest/en\.md"),
        ("# Rest\n\n2. Sit down.\n", r"rest/en\.md:3"),
        ("# Rest\n\n1. Sit down.\nand a line that would be lost\n", r"rest/en\.md:4"),
        ("# Rest\n1. One.\n2. Two.\n3. Three.\n4. Four.\n", r"rest/en\.md: more than 3 steps"),
    ],
)
def test_a_broken_card_stops_the_start_and_is_named(tmp_path: Path, card: str, named: str) -> None:
    with pytest.raises(BrokenContent, match=named):
        strategies.read(write(tmp_path, card=card))


def test_a_card_without_english_stops_the_start(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "rest/en.md").rename(tmp_path / "rest/es.md")
    with pytest.raises(BrokenContent, match=r"en\.md is missing"):
        strategies.read(tmp_path)


def test_there_is_always_something_for_everyone(tmp_path: Path) -> None:
    with pytest.raises(BrokenContent, match="safe_for_everyone"):
        strategies.read(write(tmp_path, ABOUT.replace("everyone = true", "everyone = false")))


def test_all_content_is_read_without_a_database_or_a_network() -> None:
    script = """
import socket, sys
def refuse(*_): raise AssertionError("a network")
socket.socket.connect = refuse
from bot.content import cities, firstaid, helplines, strategies
print(sorted({"sqlalchemy", "httpx", "telegram"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
