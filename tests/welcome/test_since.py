"""A day as people write it, in either language."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.texts import Texts
from bot.welcome import since

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("about 3 weeks", date(2026, 2, 9)),
        ("10 days", date(2026, 2, 20)),
        ("two months", date(2026, 1, 1)),
        ("a year ago", date(2025, 3, 2)),
        ("3 March", date(2025, 3, 3)),
        ("March 1", date(2026, 3, 1)),
        ("Jan 5, 2026", date(2026, 1, 5)),
        ("2026-01-31", date(2026, 1, 31)),
        ("31.1.2026", date(2026, 1, 31)),
        ("31/1/26", date(2026, 1, 31)),
        ("1/31/2026", date(2026, 1, 31)),
        ("hace tres semanas", date(2026, 2, 9)),
        ("unos 10 días", date(2026, 2, 20)),
        ("un mes", date(2026, 1, 31)),
        ("5 de enero de 2026", date(2026, 1, 5)),
        ("5 ene", date(2026, 1, 5)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert since.read(text, TODAY) == [day]


@pytest.mark.parametrize("text", ["", "a while", "3", "yesterday or so", "32 March", "2027-01-01", "900 years", "٣"])
def test_what_is_no_day_behind_us_is_not_read(text: str) -> None:
    assert since.read(text, TODAY) == []


def test_what_reads_two_ways_gives_both() -> None:
    assert since.read("1/2/2026", TODAY) == [date(2026, 2, 1), date(2026, 1, 2)]


@given(some.text(max_size=40))
def test_whatever_is_written_nothing_breaks(text: str) -> None:
    assert all(day <= TODAY for day in since.read(text, TODAY))


@given(some.dates(TODAY - timedelta(days=5000), TODAY), some.sampled_from(Texts.languages()))
def test_a_day_as_we_say_it_is_read_back(day: date, language: str) -> None:
    assert day in since.read(since.said(day, Texts(language)), TODAY)
    assert since.read(day.isoformat(), TODAY) == [day]
