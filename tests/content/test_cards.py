"""The first card and first aid: short, plain, sourced, and there for everybody."""

import re
import subprocess
import sys

import pytest

from bot.content import firstaid, strategies
from bot.content.reading import Words

CARDS: dict[str, Words] = {"steady": strategies.first().words("en")}
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


def test_a_language_without_a_card_reads_it_in_english() -> None:
    assert strategies.first().words("fa") == strategies.first().words("en")


@pytest.mark.parametrize("card", firstaid.CARDS.values(), ids=firstaid.CARDS.keys())
def test_first_aid_begins_with_the_number_to_call(card: firstaid.Card) -> None:
    assert "999" in card.text("en", "999").splitlines()[0]
    assert "999" in card.text("es", "999").splitlines()[0]
    assert card.text("es", "999") != card.text("en", "999") == card.text("xx", "999")


def test_all_content_is_read_without_a_database_or_a_network() -> None:
    script = """
import socket, sys
def refuse(*_): raise AssertionError("a network")
socket.socket.connect = refuse
from bot.content import cities, helplines, reviews
print(sorted({"sqlalchemy", "httpx", "telegram"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
