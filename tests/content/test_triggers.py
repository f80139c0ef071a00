"""What sets a craving off: all 23, each with three things to do, one of them for anybody."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from bot.content import health, reviews, strategies, triggers
from bot.content.ids import TriggerId
from bot.content.reading import BrokenContent
from bot.content.triggers import GROUPS, TRIGGERS, Trigger
from bot.texts import Texts
from tests.content.plain import faults

each = pytest.mark.parametrize("trigger", TRIGGERS, ids=lambda trigger: str(trigger.id))


def test_there_are_23_in_four_groups() -> None:
    assert len(TRIGGERS) == 23
    assert {trigger.id for trigger in TRIGGERS} == set(get_args(TriggerId))
    assert [len(triggers.group(group)) for group in GROUPS] == [8, 5, 6, 4]
    assert triggers.group("weather") == ()


@each
@pytest.mark.parametrize("language", ["en", "es"])
def test_its_words_are_plain_short_and_kind(trigger: Trigger, language: str) -> None:
    assert language in trigger.words_by_language
    assert faults(f"{trigger.label(language)}\n{trigger.line(language)}", language) == []
    assert len(trigger.line(language)) <= 80


@each
def test_somebody_of_whom_nothing_is_known_gets_one_of_its_three(trigger: Trigger) -> None:
    found = [strategies.get(name) for name in trigger.about.strategies]
    safe = [one for one in found if one and one.about.safe_for_everyone]
    assert safe
    assert all(strategies.allowed(one, None, trigger.id) for one in safe)


def test_a_question_comes_first_where_it_may_be_a_matter_of_life() -> None:
    asked = {trigger.id: trigger.about.check_first for trigger in TRIGGERS if trigger.about.check_first}
    assert asked.keys() == {"sadness", "shame", "hopeless", "pain", "withdrawal"}
    assert asked["hopeless"] == asked["sadness"] == asked["shame"] == ("suicidal",)
    assert asked["pain"][0] == "chest_heart"
    assert {"alcohol_benzo_withdrawal", "dehydration", "pregnancy"} <= set(asked["withdrawal"])
    assert all(len(flags) <= 5 for flags in asked.values()), "six buttons, and one of them is Help now"


def test_a_trigger_is_found_by_its_id_or_not_at_all() -> None:
    found = triggers.get("shame")
    assert found
    assert found.label("en") == found.label("fa") == "Shame or guilt"
    assert found.label("es") == "Vergüenza o culpa"
    assert triggers.get("sham") is None


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Ours, to break."""
    return Path(shutil.copytree(triggers.DIRECTORY, tmp_path / "triggers"))


def test_a_file_for_others_may_stand_beside_them(copied: Path) -> None:
    (copied / "shame/listen.toml").write_text("phrases = []\n", encoding="utf-8")
    assert triggers.read(copied) == TRIGGERS


@pytest.mark.parametrize(
    ("good", "bad", "named"),
    [
        ('group = "feeling"', 'group = "weather"', "group"),
        ('"kind", "call", "opposite"', '"kind", "call"', r"strategies\.2"),
        ('"kind", "call", "opposite"', '"kind", "call", "sing"', "strategies: there is no sing"),
        ('"kind", "call", "opposite"', '"kind", "call", "steady"', "strategies: there is no steady"),
        ('"kind", "call", "opposite"', '"kind", "call", "call"', "strategies: one stands twice"),
        ('"kind", "call", "opposite"', '"tape", "call", "opposite"', "strategies: tape is forbidden_for shame"),
        ('"kind", "call", "opposite"', '"cold", "move", "pmr"', "strategies: none of them is safe_for_everyone"),
        ('check_first = ["suicidal"]', 'check_first = ["sad"]', r"check_first\.0"),
        ('reviewed_on = ""', "reviewed_on = 2026-11-20", "reviewed_by"),
        ("source = ", "sources = ", "source"),
    ],
)
def test_broken_facts_stop_the_start_and_are_named(copied: Path, good: str, bad: str, named: str) -> None:
    file = copied / "shame/about.toml"
    written = file.read_text(encoding="utf-8")
    assert good in written
    file.write_text(written.replace(good, bad), encoding="utf-8")
    with pytest.raises(BrokenContent, match=rf"shame/about\.toml: .*{named}"):
        triggers.read(copied)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("# Shame\n", r"shame/en\.md:1"),
        ("# Shame\n\nOne line.\nAnother.\n", r"shame/en\.md: a label, and one line"),
        ("# Shame, or guilt, or regret\n\nOne line.\n", r"shame/en\.md:1: a label of more than 24"),
        ("# Anger\n\nOne line.\n", r"triggers/shame/en\.md:1: the same label as anger"),
    ],
)
def test_broken_words_stop_the_start_and_are_named(copied: Path, words: str, named: str) -> None:
    (copied / "shame/en.md").write_text(words, encoding="utf-8")
    with pytest.raises(BrokenContent, match=named):
        triggers.read(copied)


def test_one_too_few_and_one_too_many_stop_the_start(copied: Path) -> None:
    (copied / "shame").rename(copied / "blame")
    with pytest.raises(BrokenContent, match="blame: not one of the 23 triggers"):
        triggers.read(copied)
    shutil.rmtree(copied / "blame")
    with pytest.raises(BrokenContent, match=r"shame/about\.toml"):
        triggers.read(copied)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_asked_in_a_calm_hour_is_plain_and_fits_on_a_button(language: str) -> None:
    labels = [health.label(condition, language) for condition in health.CONDITIONS]
    assert len(set(labels)) == len(health.CONDITIONS) == 10
    assert all(len(label) <= health.LABEL_MOST for label in labels)
    assert faults("\n".join(labels[:8]), language) == faults("\n".join(labels[8:]), language) == []


def test_nothing_that_waits_for_a_clinician_is_forgotten_in_the_count() -> None:
    """Each file that has the field counts as one, whoever adds it."""
    content = Path(reviews.__file__).parent
    written = [file.read_text(encoding="utf-8") for file in content.rglob("*.toml")]
    waiting = [facts for facts in written if "\nreviewed_by = " in facts]
    signed = [facts for facts in waiting if '\nreviewed_by = ""' not in facts]
    assert reviews.count() == (len(signed), len(waiting))


def test_a_review_counts_when_it_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    done, of = reviews.count()
    signed = health.LIST.model_copy(update={"reviewed_by": "A clinician"})
    assert not health.LIST.reviewed_by, "then this test needs another"
    monkeypatch.setattr(health, "LIST", signed)
    assert reviews.count() == (done + 1, of)


def test_every_language_that_we_speak_is_written() -> None:
    for trigger in TRIGGERS:
        assert trigger.words_by_language.keys() >= set(Texts.languages())
