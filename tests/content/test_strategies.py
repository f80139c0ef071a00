"""The strategies: safe where they say so, never offered against a condition, and plain enough for a bad night."""

import re
from pathlib import Path

import pytest

from bot.content import strategies
from bot.content.health import Health
from bot.content.reading import BrokenContent
from bot.content.strategies import HEALTH, STRATEGIES, Strategy, allowed, get
from bot.texts import Texts
from tests.content.plain import faults

SHOWN = (strategies.first(), *STRATEGIES)
IDS = """surf ddd visual move call meet leave tape ifthen thought ground breathe cold pmr stop opposite halt eat sleep
pain comfort reasons plan money refuse kind joy"""

NOT_WHEN = {
    "surf": "within_reach panic withdrawal_peak",
    "ddd": "danger_to_life within_reach",
    "visual": "driving gaming",
    "move": "chest_pain unwell injury eating_disorder just_used",
    "call": "unsafe_company danger_to_life",
    "meet": "unwell",
    "leave": "unsafe_to_leave",
    "tape": "shame despair",
    "ifthen": "strong_pull",
    "thought": "unreal just_used",
    "ground": "psychosis panic",
    "breathe": "breathing_illness dizziness chest_pain",
    "cold": "heart_disease eating_disorder cold_reaction pregnancy seizures",
    "pmr": "injury cramps",
    "opposite": "real_danger",
    "halt": "unwell",
    "eat": "vomiting",
    "sleep": "seizures bipolar",
    "pain": "new_pain chest_pain liver_disease",
    "comfort": "unwell pregnancy mixing",
    "reasons": "shame",
    "plan": "exhaustion",
    "money": "unsafe_company",
    "refuse": "unsafe_company",
    "kind": "mixing unwell",
}
"""When the catalogue of strategies says that each is not to be used. The others have nothing against them."""

ANSWERS = {
    "breathing_illness": (r"as usual", r"como siempre"),
    "chest_pain": (r"chest", r"pecho"),
    "cramps": (r"cramp", r"calambre"),
    "danger_to_life": (r"danger.*Help now", r"peligro.*Ayuda ya"),
    "days_of_use": (r"days\?.*doctor", r"Días.*médica"),
    "despair": (r"Dark thoughts\? Press Help now", r"Pensamientos oscuros\? Pulsa Ayuda ya"),
    "dizziness": (r"Dizzy\?", r"Mareo\?"),
    "driving": (r"Driving\?|wheel", r"volante"),
    "exhaustion": (r"Worn out\?", r"Sin fuerzas\?"),
    "gaming": (r"Games hard to stop", r"dejar los juegos"),
    "just_used": (r"just used", r"acabas de consumir"),
    "mixing": (r"mixed", r"mezcla"),
    "new_pain": (r"New,", r"Nuevo,"),
    "panic": (r"panic", r"pánico"),
    "real_danger": (r"real danger", r"peligro real"),
    "screens": (r"screens keep you awake", r"pantalla te desvela"),
    "shame": (r"shame|blame", r"vergüenza|culpa"),
    "strong_pull": (r"pull strong", r"ganas fuertes"),
    "unreal": (r"nothing feel real", r"nada parece real"),
    "unsafe_company": (r"threaten|scare|good for you", r"amenaza|miedo|te haga bien"),
    "unsafe_to_leave": (r"not fit to drive|rather than drive", r"para conducir|que conducir"),
    "unwell": (
        r"ill\?|fever|symptom|unwell|chest pain",
        r"te encuentras mal|fiebre|síntoma|malestar|dolor en el pecho",
    ),
    "vomiting": (r"stays down.*Help now", r"sin retener.*Ayuda ya"),
    "withdrawal_peak": (r"withdrawal\?", r"abstinencia"),
    "within_reach": (r"away", r"aléjate|lejos"),
}
"""The words, in English and in Spanish, by which a card answers a condition."""

each = pytest.mark.parametrize("strategy", SHOWN, ids=lambda strategy: str(strategy.id))


def one(strategy_id: str) -> Strategy:
    found = get(strategy_id)
    assert found
    return found


def test_there_are_the_27_and_no_two_read_alike() -> None:
    assert sorted(strategy.id for strategy in STRATEGIES) == sorted(IDS.split())
    for language in Texts.languages():
        assert len({strategy.words(language).title for strategy in SHOWN}) == len(SHOWN)


@each
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_card_is_plain_short_and_kind(strategy: Strategy, language: str) -> None:
    assert language in strategy.words_by_language
    text = strategy.words(language).text()
    assert faults(text, language) == []
    assert len(text.splitlines()) <= 4


@each
def test_a_card_says_as_many_steps_in_every_language(strategy: Strategy) -> None:
    assert len({len(card.steps) for card in strategy.words_by_language.values()}) == 1


@pytest.mark.parametrize("strategy_id", NOT_WHEN)
def test_every_condition_against_it_is_in_its_facts(strategy_id: str) -> None:
    about = one(strategy_id).about
    assert set(NOT_WHEN[strategy_id].split()) <= about.not_when | about.answered


@each
def test_what_a_card_answers_stands_in_its_words(strategy: Strategy) -> None:
    for condition in strategy.about.answered:
        for language, pattern in zip(("en", "es"), ANSWERS[condition], strict=True):
            text = " ".join(strategy.words(language).steps)
            assert re.search(pattern, text, re.IGNORECASE), f"{language}: {condition}"


def test_every_condition_that_could_be_answered_is() -> None:
    assert {condition for strategy in SHOWN for condition in strategy.about.answered} == ANSWERS.keys()


def test_nobody_is_asked_about_a_condition_that_decides_nothing() -> None:
    assert {condition for strategy in STRATEGIES for condition in strategy.about.not_when} == set(HEALTH)


@pytest.mark.parametrize("condition", HEALTH)
def test_a_condition_keeps_away_what_it_forbids_and_nothing_else(condition: Health) -> None:
    kept = {strategy.id for strategy in STRATEGIES if not allowed(strategy, frozenset({condition}))}
    assert kept == {strategy.id for strategy in STRATEGIES if condition in strategy.about.not_when} != set()


def test_who_was_never_asked_may_have_any_of_them() -> None:
    kept = {strategy.id for strategy in STRATEGIES if not allowed(strategy, None)}
    assert kept == {"move", "breathe", "cold", "pmr", "ground", "sleep", "pain", "comfort"}
    assert all(allowed(strategy, frozenset()) for strategy in STRATEGIES)


def test_nobody_in_shame_or_despair_is_told_to_play_the_tape() -> None:
    assert allowed(one("tape"), frozenset(), "just_once")
    assert not allowed(one("tape"), frozenset(), "shame")
    assert not allowed(one("tape"), frozenset(), "sadness")
    assert not allowed(one("tape"), frozenset(), "hopeless")


def test_no_card_tells_anybody_to_hold_the_breath() -> None:
    for strategy in SHOWN:
        assert not re.search(r"hold your breath|breath held", strategy.words("en").text(), re.IGNORECASE)
        assert not re.search(r"aguanta|contén|retén|sin respirar", strategy.words("es").text(), re.IGNORECASE)


def test_at_least_six_are_for_everyone_whatever_set_it_off() -> None:
    assert len(strategies.others()) >= 6
    assert strategies.first() not in strategies.others()
    for strategy in strategies.others():
        assert strategy.about.safe_for_everyone
        assert allowed(strategy, None)


def test_buttons_of_before_find_what_took_their_place() -> None:
    assert [one(old).id for old in ("delay", "hour", "reach", "stop")] == ["ddd", "plan", "call", "stop"]
    assert get("steady") is strategies.first()
    assert get("hold-your-breath") is None


def test_breathing_is_in_four_out_six_for_as_long_as_the_card_says() -> None:
    breathing = one("breathe").about.breathing
    assert breathing
    assert (breathing.inward, breathing.outward, breathing.seconds) == (4, 6, 180)


ABOUT = """rank = 1
minutes = 5
kind = "plain"
evidence = "C"
source = "A manual"
answered = []
not_when = []
forbidden_for = []
safe_for_everyone = true
any_trigger = true
reviewed_by = ""
reviewed_on = ""
"""
CARD = "# Rest\n\n1. Sit down.\n2. Breathe.\n"


def write(directory: Path, about: str = ABOUT, card: str = CARD, name: str = "rest") -> Path:
    (directory / name).mkdir()
    (directory / name / "about.toml").write_text(about, encoding="utf-8")
    (directory / name / "en.md").write_text(card, encoding="utf-8")
    return directory


def test_a_clinician_adds_and_signs_a_strategy_by_adding_a_directory(tmp_path: Path) -> None:
    signed = ABOUT.replace('by = ""', 'by = "A clinician"').replace('on = ""', "on = 2026-11-20")
    write(tmp_path, signed)
    (tmp_path / "rest/es.md").write_text("# Descansa\n1. Siéntate.\n2. Respira.\n", encoding="utf-8")
    [rest] = strategies.read(tmp_path)
    assert rest.words("en").text() == "Rest\n1 Sit down.\n2 Breathe."
    assert rest.words("es").title == "Descansa"
    assert rest.about.reviewed_by == "A clinician"


@pytest.mark.parametrize(
    ("good", "bad", "named"),
    [
        ('evidence = "C"', 'evidence = "E"', "evidence"),
        ('evidence = "C"', 'evidence = "A"', "effect"),
        ("not_when = []", 'not_when = ["bad luck"]', "not_when"),
        ("not_when = []", 'not_when = ["driving"]', "not_when"),
        ("not_when = []", 'not_when = ["psychosis"]', "safe_for_everyone"),
        ("forbidden_for = []", 'forbidden_for = ["shame"]', "safe_for_everyone"),
        ("forbidden_for = []", 'forbidden_for = ["sham"]', "forbidden_for"),
        ("answered = []", 'answered = ["hurry"]', "answered"),
        ('source = "A manual"', 'source = ""', "source"),
        ('reviewed_by = ""', 'reviewed_by = "A clinician"', "reviewed_by"),
        ("minutes = 5", "minutes = 0", "minutes"),
        ("minutes = 5", "minute = 5", "minute"),
        ('kind = "plain"', 'kind = "breathing"', "breathing"),
        (
            'kind = "plain"',
            'kind = "breathing"\nbreathing = { in = 4, out = 6, rounds = 18 }',
            "breathing: takes 180 s",
        ),
        ('kind = "plain"', 'kind = "breathing"\nbreathing = { in = 40, out = 6, rounds = 18 }', r"breathing\.in"),
        ('kind = "plain"', "kind = plain", "line 3"),
    ],
)
def test_broken_facts_stop_the_start_and_are_named(tmp_path: Path, good: str, bad: str, named: str) -> None:
    with pytest.raises(BrokenContent, match=rf"rest/about\.toml: .*{named}"):
        strategies.read(write(tmp_path, ABOUT.replace(good, bad)))


@pytest.mark.parametrize("name", ["cold", "move"])
def test_cold_water_and_hard_exercise_cannot_be_declared_harmless(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenContent, match=rf"{name}/about\.toml: not_when"):
        strategies.read(write(tmp_path, name=name))


@pytest.mark.parametrize(
    ("card", "named"),
    [
        ("1. Sit down.\n", r"rest/en\.md:1"),
        ("# Rest\n", r"rest/en\.md"),
        ("# Rest\n\n2. Sit down.\n", r"rest/en\.md:3"),
        ("# Rest\n\n1. Sit down.\nand a line that would be lost\n", r"rest/en\.md:4"),
        ("# Rest\n1. One.\n2. Two.\n3. Three.\n4. Four.\n", r"rest/en\.md: more than 3 steps"),
        ("# Rest, and rest, and then rest again\n1. One.\n", r"rest/en\.md:1: a title of more than 30"),
    ],
)
def test_a_broken_card_stops_the_start_and_is_named(tmp_path: Path, card: str, named: str) -> None:
    with pytest.raises(BrokenContent, match=named):
        strategies.read(write(tmp_path, card=card))


def test_a_language_that_lost_a_step_stops_the_start(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "rest/es.md").write_text("# Descansa\n1. Siéntate.\n", encoding="utf-8")
    with pytest.raises(BrokenContent, match=r"rest/es\.md: 1 steps, and in English 2"):
        strategies.read(tmp_path)


def test_a_card_without_english_stops_the_start(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "rest/en.md").rename(tmp_path / "rest/es.md")
    with pytest.raises(BrokenContent, match=r"en\.md is missing"):
        strategies.read(tmp_path)


def test_there_is_always_something_for_everyone(tmp_path: Path) -> None:
    with pytest.raises(BrokenContent, match="safe_for_everyone"):
        strategies.read(write(tmp_path, ABOUT.replace("everyone = true", "everyone = false")))


def test_a_mistake_in_a_file_of_ours_is_named_as_it_is_found_in_the_tree() -> None:
    with pytest.raises(BrokenContent, match=r"^bot/content/strategies/nowhere: en\.md is missing"):
        strategies.read_one(strategies.DIRECTORY / "nowhere")
