"""Milestones: the days that were asked for, a kind line in each language, and nothing about losing them."""

import re
from itertools import islice
from pathlib import Path

import pytest

from bot.content import milestones
from bot.content.reading import BrokenContent
from bot.texts import Texts

UNKIND = re.compile(
    r"!|¡|\b(streak|lose|lost|losing|break|broken|clean|dirty|fail\w*|sober|relapse\w*|reset|zero|keep it up|don't|"
    r"racha|perder\w*|pierd\w*|romper|rota|limpi[oa]s?|suci[oa]s?|recaí\w*|recaer|cero|sobri[oa]|no lo)\b",
    re.IGNORECASE,
)


def test_the_days_are_those_of_the_first_year_and_then_every_year() -> None:
    days = [one.days for one in islice(milestones.every(), 12)]
    assert days == [1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1095, 1460]


@pytest.mark.parametrize("language", Texts.languages())
def test_every_line_is_short_and_kind(language: str) -> None:
    lines = [one.line(language) for one in islice(milestones.every(), 12)]
    assert len(set(lines)) == len(lines)
    for line in lines:
        assert len(line) <= 80
        assert "{" not in line
        assert not UNKIND.search(line), line
        assert all(len(sentence.split()) <= 12 for sentence in re.split(r"[.?] ", line)), line


@pytest.mark.parametrize(
    ("days", "exactly", "behind", "ahead"),
    [(0, None, None, 1), (1, 1, 1, 3), (2, None, 1, 3), (7, 7, 7, 14), (400, None, 365, 730), (1095, 1095, 1095, 1460)],
)
def test_a_day_knows_the_milestones_around_it(days: int, exactly: int | None, behind: int | None, ahead: int) -> None:
    at, reached = milestones.at(days), milestones.reached(days)
    assert (at and at.days, reached and reached.days, milestones.ahead(days).days) == (exactly, behind, ahead)


def test_a_language_without_lines_reads_them_in_english() -> None:
    assert milestones.ahead(365).line("fa") == "2 years. However each of their days was, they are yours."


DAY = '[[day]]\ndays = {days}\nline = {{ en = "So many." }}\n'
YEARS = '[years]\nline = { en = "{years} years." }\n'


@pytest.mark.parametrize(
    ("written", "named"),
    [
        (DAY.format(days=7) + YEARS, "day"),
        (DAY.format(days=365) + DAY.format(days=7) + YEARS, "day"),
        (DAY.format(days=0) + YEARS, "days"),
        (DAY.format(days=365) + YEARS.replace("{years} y", "Y"), "years"),
        (DAY.format(days=365), "years"),
    ],
)
def test_a_broken_file_stops_the_start_and_is_named(tmp_path: Path, written: str, named: str) -> None:
    file = tmp_path / "milestones.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(BrokenContent, match=rf"milestones\.toml: .*{named}"):
        milestones.read(file)
