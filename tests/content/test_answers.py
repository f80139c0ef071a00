"""Plain answers and symptoms as data: short, sourced, in every language, and nothing that doses or promises."""

import re
from pathlib import Path

import pytest

from bot.content import answers, substances, symptoms
from bot.content.answers import ANSWERS, Answer
from bot.content.reading import BrokenContent
from bot.texts import Texts
from tests.content.test_substances import DOSING, NEVER, TAPERS

TEN = [
    "what_is_kratom",
    "withdrawal",
    "when_to_see_someone",
    "body",
    "talking",
    "groups",
    "staying",
    "how_long",
    "a_little",
    "like_opioids",
]

each = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())


def test_the_ten_are_there_in_their_order() -> None:
    assert list(ANSWERS) == TEN
    assert answers.get("something forged") is None


@each
@pytest.mark.parametrize("language", Texts.languages())
def test_an_answer_is_short_and_promises_nothing(answer: Answer, language: str) -> None:
    assert language in answer.pages
    assert len(answer.question(language)) <= 56
    for screen in answer.screens(language):
        assert len(screen.splitlines()) <= 8
        assert len(screen) <= 600
        for unwanted in (DOSING, TAPERS, NEVER):
            assert not unwanted.search(screen), unwanted.search(screen)
        for sentence in re.split(r"(?<=[.?!:;])\s+|\n", screen):
            assert len(re.findall(r"[^\W\d_][\w’'-]*", sentence)) <= 22, sentence


@each
def test_each_names_its_sources_and_says_that_nobody_has_reviewed_it(answer: Answer) -> None:
    assert 1 <= len(answer.about.sources) <= 5
    assert (answer.about.reviewed_by, answer.about.reviewed_on) == ("", None)


@pytest.mark.parametrize("language", Texts.languages())
def test_the_dangers_are_named_where_they_belong(language: str) -> None:
    withdrawal = "\n".join(ANSWERS["withdrawal"].screens(language)).casefold()
    little = "\n".join(ANSWERS["a_little"].screens(language))
    assert all(re.search(words, withdrawal) for words in ("alcohol", "benzodia", "kill|matar", "pregnan|embarazo"))
    assert re.search(r"too much|demasiada", little)


ABOUT = 'rank = {rank}\nsource = "A guide"\nreviewed_by = ""\nreviewed_on = ""\n'


@pytest.mark.parametrize(
    ("about", "page", "named"),
    [
        (ABOUT.format(rank=2), "# Why?\nSo.\n", "rank"),
        (ABOUT.format(rank=1).replace("A guide", ""), "# Why?\nSo.\n", "source"),
        (ABOUT.format(rank=1), "# Why?\n" + "So.\n" * 8, r"rest/en\.md: at most 2 screens of 7 lines"),
        (ABOUT.format(rank=1), "# Why?\nSo.\n---\nSo.\n---\nSo.\n", r"rest/en\.md: at most 2 screens"),
        (ABOUT.format(rank=1), "Why?\nSo.\n", "title"),
    ],
)
def test_a_broken_answer_stops_the_start_and_is_named(tmp_path: Path, about: str, page: str, named: str) -> None:
    (tmp_path / "rest").mkdir()
    (tmp_path / "rest/about.toml").write_text(about, encoding="utf-8")
    (tmp_path / "rest/en.md").write_text(page, encoding="utf-8")
    with pytest.raises(BrokenContent, match=named):
        answers.read(tmp_path)


def test_symptoms_read_alike_nowhere_and_lead_to_signs_of_danger() -> None:
    for language in Texts.languages():
        labels = [one.label(language) for one in symptoms.SYMPTOMS.values()]
        assert len(set(labels)) == len(labels)
        assert all(len(label) <= 28 for label in labels)
    flagged = {one.flag for one in symptoms.SYMPTOMS.values()} - {None}
    named = {flag for one in substances.SUBSTANCES.values() for flag in one.about.red_flags}
    assert flagged <= named
    assert symptoms.ABOUT.source
    assert symptoms.flags({"nausea": 2, "gut": 2, "gone": 2}, ["opioids"]) == ("dehydration",)


SYMPTOM = '[[symptom]]\nid = "sleep"\nname = { en = "Trouble sleeping" }\n'
HEAD = 'source = "A guide"\nreviewed_by = ""\nreviewed_on = ""\n'


@pytest.mark.parametrize(
    ("written", "named"),
    [
        (HEAD, "symptom"),
        (HEAD + SYMPTOM * 2, "twice"),
        (HEAD + SYMPTOM + 'flag = "bad luck"\n', "flag"),
        (HEAD + SYMPTOM + "at = 0\n", "at"),
        (HEAD + SYMPTOM + 'only = ["tea"]\n', "only"),
        (HEAD + SYMPTOM.replace("sleep", "Sleep"), "id"),
    ],
)
def test_a_broken_list_of_symptoms_stops_the_start_and_is_named(tmp_path: Path, written: str, named: str) -> None:
    file = tmp_path / "symptoms.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(BrokenContent, match=named):
        symptoms.read(file)
