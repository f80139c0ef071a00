"""What a clinician may change about the red flags, and what stops the program when it is wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from bot.content import redflags
from bot.content.ids import FlagId
from bot.content.reading import BrokenContent
from bot.content.rules import Common, Rule, Rules

COMMON = Common(
    denied=("<not> <filler>?",),
    as_written=(),
    spelled={"o.d.": "overdose"},
    lists={"no": ("(not|never|no)",), "not": ("<no>",), "filler": ("feeling|a",)},
)


def raises(said: str, *rules: Rule) -> bool:
    return bool(Rules({"it": {"en": rules}}, COMMON).raised(said))


RULE = Rule(heard=("suicidal", "no breath", "eyes .. yellow"), unless=("suicidal squad",))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("feeling suicidal", True),
        ("not feeling suicidal", False),
        ("no, suicidal", True),
        ("suicidal squad is on", False),
        ("suicidal squad is on and I am suicidal", True),
        ("no breath", True),
        ("eyes so yellow", True),
        ("eyes are not yellow", False),
    ],
)
def test_a_match_counts_unless_it_is_denied_or_excepted(said: str, found: bool) -> None:
    assert raises(said, RULE) is found


def test_what_has_to_stand_beside_it_may_stand_anywhere() -> None:
    rule = Rule.model_validate({"heard": ["stopped drinking"], "with": ["shak*"]})
    assert raises("Shaking a lot. I stopped drinking", rule)
    assert not raises("I stopped drinking", rule)
    assert not raises("I stopped drinking, not shaking", rule)


def test_what_people_write_for_it_is_spelled_first() -> None:
    assert raises("an O.D. maybe", Rule(heard=("overdose",)))


def test_every_flag_is_there_with_a_rank_of_its_own_and_waits_for_a_review() -> None:
    assert set(redflags.FLAGS) == set(get_args(FlagId))
    assert [flag.about.rank for flag in redflags.FLAGS.values()] == list(range(1, 14))
    assert not any(flag.about.reviewed_by for flag in redflags.FLAGS.values())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(redflags.DIRECTORY, tmp_path / "red_flags"))


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("liver/about.toml", 'action = "same_day_doctor"', 'action = "wait"', "liver/about.toml: action"),
        ("liver/about.toml", "rank = 9", "rank = 8", "rank"),
        ("liver/about.toml", 'reviewed_by = ""', 'reviewed_by = "Somebody"', "reviewed_by"),
        ("liver/en.md", "# ask", "# asks", "liver/en.md: sections: ask"),
        ("liver/es.md", "# now", "# ahora", "liver/es.md: sections: now"),
    ],
)
def test_a_mistake_names_the_file_and_the_field(file: str, old: str, new: str, named: str, folder: Path) -> None:
    _change(folder / file, lambda text: text.replace(old, new))
    with pytest.raises(BrokenContent, match=named):
        redflags.read(folder)


@pytest.mark.parametrize(
    ("file", "added", "named"),
    [
        ("liver/listen.toml", '[[en]]\nheard = ["(yellow"]\n', r"liver/listen.toml: en.\d.heard"),
        ("liver/listen.toml", "[[en]]\nheard = []\n", "liver/listen.toml: en"),
        ("liver/listen.toml", '[[en]]\nheared = ["yellow"]\n', "heared"),
    ],
)
def test_a_mistake_in_what_is_listened_for_too(file: str, added: str, named: str, folder: Path) -> None:
    _change(folder / file, lambda text: f"{text}\n{added}")
    with pytest.raises(BrokenContent, match=named):
        redflags.read_rules(folder)


def _change(file: Path, how: Callable[[str], str]) -> None:
    file.write_text(how(file.read_text(encoding="utf-8")), encoding="utf-8")
