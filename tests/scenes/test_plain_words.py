"""Plain words for a hard night: whatever somebody types, something kind and useful answers, and nobody else hears."""

import pytest

from bot.chat import Message
from tests.phone import Someone
from tests.scenes.members import become
from tests.world import World, is_set

SLIPS = ("I used", "i slipped.", "Relapsed", "me tomé", "Recaí", "volví a consumir", "/used", "/slip")
STRONG = ("craving", "I have a craving", "urge", "ganas", "Tengo ganas", "antojo", "quiero consumir")
COMPANY = ("I need support", "necesito hablar con alguien")


def last(ana: Someone) -> Message:
    return ana.screen.bubbles[-1].message


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_slip_in_plain_words_is_met_kindly(world: World, ana: Someone, language: str) -> None:
    await is_set(ana)
    await become(world, ana, language=language)
    said = {"en": "Thank you for saying it. Nothing is erased.", "es": "Gracias por decirlo. Nada se borra."}
    for words in SLIPS:
        await ana.says(words)
        assert ana.sees.startswith(said[language]), words
        assert len(ana.buttons) == 3, "two answers, and Help now"
        assert last(ana).sensitive


async def test_a_craving_in_plain_words_brings_the_first_card(world: World, ana: Someone) -> None:
    await is_set(ana)
    for words in STRONG:
        await ana.says(words)
        assert ana.sees.startswith("This is a hard moment"), words


async def test_company_is_lines_that_listen_in_their_country(world: World, ana: Someone) -> None:
    await is_set(ana, "London, England")
    for words in COMPANY:
        await ana.says(words)
        assert "FRANK: 0300 123 6600, day and night" in ana.sees
        assert "Samaritans: 116 123" in ana.sees
        assert "Shout: 85258 (Text SHOUT)" in ana.sees
        assert "We have not checked these numbers" in ana.sees
    assert ana.buttons[-2:] == ["Something to do", "Help now"]
    assert {"Copy 116 123", "Copy 85258"} <= set(ana.buttons)
    assert ana.sees.count("\n") <= 7


async def test_who_only_listens_comes_before_any_line_for_emergencies(world: World, ana: Someone) -> None:
    await is_set(ana, "Madrid, Spain")
    await ana.says("I need support")
    assert ana.sees.splitlines()[1] == "Teléfono de la Esperanza: 717 003 717, day and night"
    assert ana.sees.splitlines()[2].startswith("024")


async def test_company_where_no_line_is_known(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, country=None)
    await ana.says("I need support")
    assert "Lines in many countries: https://" in ana.sees


async def test_a_slip_told_in_the_check_in_leads_to_the_same_company(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/checkin")
    for label in ("🙂 All right", "2", "Yes", "No, none of these", "Just now", "Tell someone", "Someone to talk to"):
        await ana.presses(label)
    assert ana.sees.startswith("These are people who answer.")


async def test_a_stranger_who_says_so_is_helped_before_any_account(world: World, cai: Someone) -> None:
    await cai.says("recaí")
    assert any(text.startswith("Thank you for saying it.") for text in cai.chat.split("\n---\n"))


async def test_while_a_question_is_open_it_is_an_answer_and_asked_about(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/settings")
    await ana.presses("Name")
    await ana.says("I used")
    assert ana.sees == "Is this one now?"
    await ana.presses("Yes, now")
    assert ana.sees.startswith("Thank you for saying it.")
