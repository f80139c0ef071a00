"""The written checklist for the screens of the red flags, in each language.

Each notices the stated risk, asks exactly one direct question, shows a line that is free and answers day and night (or
the directory, where the country has none), names a professional and somebody trusted on the way, names no method, ends
no talk, blames nobody.
"""

import re
from itertools import chain

import pytest

from bot.chat import Message
from bot.content import helplines, redflags
from bot.content.redflags import RedFlag
from bot.people import Known
from bot.safety import FEATURE
from bot.safety.screens import show
from bot.texts import Texts

LANGUAGES = Texts.languages()
COUNTRIES = (None, "US", "ES", "GB", "MX", "JP", "SK", "AE")
FLAGS = [flag for flag in redflags.FLAGS.values() if not flag.about.card]
STEPS = [f"stay:{number}" for number in range(1, 7)]

PROFESSIONAL = {
    "en": r"doctor|midwife|counsellor|pharmacist|urgent care",
    "es": r"médic|matrona|psicólogo|consulta|profesional|atención médica",
}
TRUSTED = {"en": r"trust", "es": r"confianza"}
BLAME = {
    "en": r"\b(should have|your fault|you must|addict|abuse|clean|dirty|failed|why did you)\b",
    "es": r"\b(debiste|culpa tuya|por tu culpa|adict[oa]|limpi[oa]|sucio|fracas\w+|por qué lo hiciste)\b",
}
METHODS = {
    "en": r"\b(rope|gun|knife|razor|blade|bridge|hang|jump|cut|pills at once|overdos\w+)\b",
    "es": r"\b(cuerda|soga|pistola|cuchill\w*|puente|ahorc\w*|salt\w*|cort\w*|sobredosis)\b",
}


def screens(flag: RedFlag, language: str, country: str | None = "US") -> dict[str, Message]:
    t, known = Texts(language, strict=True), Known(language, country, agreed=True)
    answers = ["", "yes", "unsure", "no", "other", *(STEPS if flag.lines("stay", "en") else ())]
    return {answer: show(f"flag:{flag.id}:{answer}".rstrip(":"), known, t) for answer in answers}


def labels(message: Message) -> list[str]:
    return [button.label for row in message.rows for button in row]


every = pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.id)
in_each = pytest.mark.parametrize("language", LANGUAGES)


@in_each
@every
def test_it_notices_and_asks_one_question_at_once(flag: RedFlag, language: str) -> None:
    first = screens(flag, language)[""].text
    assert first.count("?") == 1
    assert flag.lines("notice", language)[0] in first
    assert len(flag.lines("ask", language)) == 1


@in_each
@every
def test_a_line_that_answers_day_and_night_or_the_directory_is_there_in_every_country(
    flag: RedFlag, language: str
) -> None:
    for country in COUNTRIES:
        lines = helplines.lines(country)
        always = {line.dial for line in lines.lines if line.hours == "always"} | {
            "112",
            helplines.world().lines[0].dial,
        }
        for answer in ("", "yes"):
            message = screens(flag, language, country)[answer]
            assert any(dial in message.text for dial in always), (country, answer, message.text)


@in_each
@every
def test_a_professional_and_somebody_trusted_are_named_on_the_way(flag: RedFlag, language: str) -> None:
    words = " ".join(flag.lines("now", language)).lower()
    assert re.search(PROFESSIONAL[language], words)
    assert re.search(TRUSTED[language], words)


@in_each
@every
def test_it_names_no_method_blames_nobody_and_raises_no_voice(flag: RedFlag, language: str) -> None:
    for message in screens(flag, language).values():
        said = "\n".join((message.text, *labels(message)))
        assert not re.search("[!¡]", said)
        assert not re.search(BLAME[language], said, re.IGNORECASE)
        if flag.about.action == "crisis":
            assert not re.search(METHODS[language], said, re.IGNORECASE)
        if language == "en":
            assert not re.search(r"\b(she|he|her|his|him)\b", said, re.IGNORECASE)


@in_each
@every
def test_it_fits_and_never_ends_the_talk(flag: RedFlag, language: str) -> None:
    for answer, message in screens(flag, language).items():
        found = labels(message)
        assert len(message.text.splitlines()) <= 7, answer
        assert len(found) <= 6
        assert all(len(row) <= 2 for row in message.rows)
        assert len(set(found)) == len(found)
        assert message.rows[-1][-1].press == "help", "always a way on, in the last row"
        assert message.sensitive
        assert "{" not in message.text
        words = [len(re.findall(r"[^\W\d_]+", part)) for part in re.split(r"(?<=[.?:])\s+|\n", message.text)]
        assert max(words) <= 22
        for button in chain.from_iterable(message.rows):
            assert button.copy or button.press.split(":")[0] in ("help", "talk", "flag")


@every
def test_the_languages_say_as_much(flag: RedFlag) -> None:
    for section in (*redflags.NEEDED, *redflags.FURTHER):
        assert len({len(flag.lines(section, language)) for language in LANGUAGES}) == 1, section


@in_each
def test_what_comes_straight_away_is_the_first_aid_with_the_number_first(language: str) -> None:
    for flag in redflags.FLAGS.values():
        if flag.about.card:
            for country in COUNTRIES:
                message = show(f"flag:{flag.id}", Known(language, country), Texts(language, strict=True))
                emergency = helplines.lines(country).first("emergency")
                assert (emergency.dial if emergency else "112") in message.text.splitlines()[0]
                assert message.rows[-1][-1].press == "help"
                assert len(labels(message)) <= 6


def test_nothing_is_told_to_anybody_and_nobody_is_kept_out() -> None:
    assert not FEATURE.kinds
    assert not FEATURE.due
    assert not FEATURE.gate
    assert set(FEATURE.urgent) == set(FEATURE.presses) == {"flag"}


def test_the_crisis_screen_is_as_drawn() -> None:
    found = screens(redflags.FLAGS["suicidal"], "en")
    assert found[""].text.startswith(
        "Thank you for writing that. I ask directly: are you thinking about ending your life?\n"
        "You can reach a person now: 988 (Call or text. Veterans: then 1), day and night."
    )
    assert found["no"].text == "Thank you. I may have misread. We go on where we were."
    assert found["unsure"].text == found["yes"].text
    assert "Move away from what could hurt you." in found["yes"].text
    assert {"Copy 988", "Stay here: one step at a time", "Help now"} <= set(labels(found["yes"]))


@every
@in_each
@pytest.mark.parametrize("answer", ["", ":yes", ":unsure", ":no", ":other", ":stay:1", ":stay:99", ":nonsense"])
def test_every_button_of_it_old_or_forged_is_answered(flag: RedFlag, language: str, answer: str) -> None:
    for known in (None, Known(language), Known(language, "PT", agreed=True)):
        message = show(f"flag:{flag.id}{answer}", known, Texts(language))
        assert message.text
        assert message.rows[-1][-1].press == "help"
