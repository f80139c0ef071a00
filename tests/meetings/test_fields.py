"""Fields as they come in the wild, one by one."""

from datetime import time

import pytest

from bot.meetings.feeds import fields


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Doors at <b>7</b>.<br>Ring&nbsp;twice<BR />", "Doors at 7.\nRing twice"),
        ("Tom &amp; Ana &lt;upstairs&gt;", "Tom & Ana <upstairs>"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),  # once, not again and again
        ("<script>alert(1)</script>Welcome<style>p{}</style>", "Welcome"),
        ("a < b and b > c", "a < b and b > c"),
        ("one\r\n\r\n  two\tthree", "one\ntwo three"),
        ("\u202eback\u202c wards\x00\x07", "back wards"),
        ("half \ud83d pair", "half pair"),
        (None, ""),
        (["a"], ""),
        (True, ""),
        (42, "42"),
    ],
)
def test_words_are_plain(written: object, plain: str) -> None:
    assert fields.words(written, 100) == plain


def test_words_are_cut_to_what_a_screen_can_show() -> None:
    assert fields.words("word " * 50, 20) == "word word word word…"
    assert len(fields.words("<p>" * 100_000, 20)) <= 20


@pytest.mark.parametrize(
    ("written", "sunday", "days"),
    [
        (0, 0, [6]),
        ("6", 0, [5]),
        (7, 0, []),
        ("1", 1, [6]),
        ("7", 1, [5]),
        (0, 1, []),
        (7, 7, [6]),
        (1, 7, [0]),
        (0, 7, [6]),  # one stale row of the sample
        ("Sunday", 0, [6]),
        ("Wed", 0, [2]),
        ("TUES.", 0, [1]),
        ([1, "3", "Friday", 3, None, "x"], 0, [0, 2, 4]),
        ("", 0, []),
        ("S", 0, []),
        (True, 0, []),
        (1.5, 0, []),
        ("٣", 0, []),
    ],
)
def test_weekdays_of_every_numbering(written: object, sunday: int, days: list[int]) -> None:
    assert fields.days(written, first=sunday) == days


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("19:30", (time(19, 30), 0)),
        ("7:30 PM", (time(19, 30), 0)),
        ("12:00 am", (time(0), 0)),
        ("12:15 p.m.", (time(12, 15), 0)),
        ("7pm", (time(19), 0)),
        ("noon", (time(12), 0)),
        ("Midnight", (time(0), 0)),
        ("19:30:00", (time(19, 30), 0)),
        ("24:00:00", (time(0), 1)),
        ("24:30", None),
        ("19", None),
        ("13:00 pm", None),
        ("", None),
        (None, None),
        (1930, None),
    ],
)
def test_times_of_day(written: object, found: tuple[time, int] | None) -> None:
    assert fields.clock_time(written) == found


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("23:00", "00:30", 90),
        ("23:59", "01:29", 90),
        ("19:00", "20:00", 60),
        ("20:30", "08:30", None),
        ("7:00", "7:00", None),
    ],
)
def test_an_end_after_midnight_and_one_that_cannot_be_true(start: str, end: str, minutes: int | None) -> None:
    begins, ends = fields.clock_time(start), fields.clock_time(end)
    assert begins
    assert ends
    assert fields.minutes_between(begins[0], ends[0]) == minutes


@pytest.mark.parametrize("name", ["Europe/Kiev", "America/Montreal", "America/Buenos_Aires", " America/New_York "])
def test_retired_names_of_zones_are_kept(name: str) -> None:
    assert fields.zone(name) == name.strip()


@pytest.mark.parametrize("name", ["EST", "GMT+5", "Etc/GMT+5", "../x", "", "America", None, 5, "america/new_york"])
def test_what_is_no_zone_of_a_place_is_none(name: object) -> None:
    assert fields.zone(name) == ""


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "https://user:word@example.org/",
        "ftp://example.org/",
        "https://",
        "https://exa mple.org",
        "zoom.us/j/1",
        "https://[::1",
        7,
    ],
)
def test_what_a_phone_should_not_open_is_no_link(address: object) -> None:
    assert fields.link(address, 2000) == ""


def test_an_empty_coordinate_is_not_the_gulf_of_guinea() -> None:
    assert fields.number("0.0", -90, 90) is None
    assert fields.number("42.5", -90, 90) == 42.5
    assert fields.number("nan", -90, 90) is None
    assert fields.number("9" * 500, -90, 90) is None
