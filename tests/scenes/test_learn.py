"""Plain answers: ten questions, short, with their sources, and where to find care."""

import pytest

from bot.content import answers
from tests.phone import Someone
from tests.scenes.members import become
from tests.world import World, is_set


async def test_ten_questions_each_with_an_answer_and_its_sources(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/learn")
    questions = ana.buttons[:10]
    assert questions[0] == "What is kratom, and why does it hold on?"
    assert ana.buttons[10:] == ["Care near me", "Help now"]
    for question in questions:
        await ana.presses(question)
        assert ana.sees.startswith(question)
        assert len(ana.sees.splitlines()) <= 8
        if "Go on reading" in ana.buttons:
            await ana.presses("Go on reading")
            assert ana.sees.startswith(question)
            assert "Go on reading" not in ana.buttons
        await ana.presses("Sources")
        assert "No clinician has reviewed this yet." in ana.sees
        await ana.presses("Back")
        assert ana.buttons[-1] == "Help now"
        await ana.presses("All questions")
    assert len([bubble for bubble in ana.screen.bubbles if bubble.message.slot == "learn"]) == 1, "one screen, edited"


@pytest.mark.parametrize("words", ["questions", "What is kratom?", "preguntas", "¿Qué es el kratom?"])
async def test_plain_words_lead_there(world: World, ana: Someone, words: str) -> None:
    await is_set(ana)
    await ana.says(words)
    assert ana.sees.startswith("What would you like to know?")


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("US", "FindTreatment.gov: https://findtreatment.gov\nBy phone: SAMHSA Helpline 1-800-662-4357"),
        ("ES", "Plan Nacional sobre Drogas: https://pnsd.sanidad.gob.es"),
        ("AU", "By phone: Alcohol and Other Drug Hotline 1800 250 015"),
        ("BG", "Lines in many countries, also for finding care: https://findahelpline.com"),
        (None, "Lines in many countries, also for finding care: https://findahelpline.com"),
    ],
)
async def test_care_is_looked_for_where_she_is(world: World, ana: Someone, country: str | None, said: str) -> None:
    await is_set(ana)
    await become(world, ana, country=country)
    await ana.says("/learn")
    await ana.presses("Care near me")
    assert said in ana.sees
    assert ("We have not checked these" in ana.sees) is (country not in (None, "BG"))
    assert "A family doctor or a pharmacist" in ana.sees
    await ana.presses("Another country")
    assert "Which country are you in?" in ana.chat
    await ana.presses("United Kingdom")
    await ana.presses("Back to where I was")
    assert "Where to find care:" in ana.sees
    assert "FRANK" in ana.sees, "the care of the country that was chosen"


@pytest.mark.parametrize(
    "forged", ["learn:nothing", "learn:body:more", "learn:body:nothing", "learn:withdrawal:more:x"]
)
async def test_a_forged_button_is_not_understood(world: World, ana: Someone, forged: str) -> None:
    await is_set(ana)
    await world.arrive(ana.forged(forged, ana.screen.bubbles[-1].id))
    assert "I did not understand that" in ana.sees


async def test_in_spanish_the_same_ten(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, language="es")
    await ana.says("/learn")
    assert ana.buttons[:10] == [one.question("es") for one in answers.ANSWERS.values()]
    await ana.presses("¿Cuánto se tarda?")
    await ana.presses("Fuentes")
    assert "Ningún profesional de la salud lo ha revisado aún." in ana.sees
