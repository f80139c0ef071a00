"""Calendars as organisers' programs write them: the rarer rules, held against an independent library."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr

from bot.meetings.feeds import events
from bot.meetings.feeds.recurring import EXCEPTIONS_MOST
from bot.meetings.feeds.source import BadFeed, Source
from bot.meetings.listing import Remarked, Row, Skipped, Timing
from bot.meetings.recurrence import occurrences
from tests.figures import Record

NEW_YORK = ";TZID=America/New_York:"
MONDAY = f"DTSTART{NEW_YORK}20260302T190000"
WEEKLY = "RRULE:FREQ=WEEKLY"
LONDON = """BEGIN:VTIMEZONE
TZID:Our own
X-LIC-LOCATION:Europe/London
BEGIN:STANDARD
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE"""


def event(*lines: str, uid: str = "one") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Harbour Light", *lines, "END:VEVENT"))


def moved(day: str, *lines: str) -> str:
    return event(f"RECURRENCE-ID{NEW_YORK}{day}", *lines)


def read(folder: Path, *parts: str) -> list[Row]:
    file = folder / "feed.ics"
    text = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""))
    file.write_bytes(text.replace("\n", "\r\n").encode())
    return list(Source(file, "SMART").rows())


def timings(folder: Path, *parts: str) -> list[Timing]:
    rows = read(folder, *parts)
    assert all(isinstance(row, Remarked) for row in rows), rows
    return [row.listing.timing for row in rows if isinstance(row, Remarked)]


def dates(found: list[Timing], count: int = 4, after: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> list[str]:
    """The first times of all of them together, on the meeting's own wall."""
    starts: list[datetime] = []
    for one in found:
        rule = one.rule("America/New_York")
        assert rule
        starts += [each.start.astimezone(ZoneInfo(rule.zone)) for each in islice(occurrences(rule, after), count)]
    return [f"{start:%m-%d %H:%M}" for start in sorted(starts)[:count]]


def reasons(folder: Path, *parts: str) -> list[str]:
    return [row.reason if isinstance(row, Skipped) else "kept" for row in read(folder, *parts)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY", ["03-02", "03-09", "03-16", "03-23"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", ["03-02", "03-05", "03-09", "03-12"]),
        ("FREQ=DAILY", ["03-02", "03-03", "03-04", "03-05"]),
        ("FREQ=DAILY;BYDAY=MO,FR", ["03-02", "03-06", "03-09", "03-13"]),
        # the Sunday before and the Sunday after belong to the same two weeks, or do not: WKST decides
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", ["03-02", "03-08", "03-16", "03-22"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", ["03-02", "03-15", "03-16", "03-29"]),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", ["03-02", "03-16", "04-06", "04-20"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["03-27", "04-24", "05-29", "06-26"]),
        ("FREQ=MONTHLY;BYDAY=5MO", ["03-30", "06-29", "08-31", "11-30"]),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2", ["03-09", "04-13", "05-11", "06-08"]),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,-1", ["03-02", "03-30", "04-06", "04-27"]),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", ["03-02", "05-04", "07-06", "09-07"]),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=MO,TH", ["03-02", "03-05", "03-09"]),
        ("FREQ=WEEKLY;UNTIL=20260316T230000Z", ["03-02", "03-09", "03-16"]),  # to the minute, on New York's clock
        ("FREQ=WEEKLY;UNTIL=20260316T225959Z", ["03-02", "03-09"]),
        ("FREQ=WEEKLY;UNTIL=20260310T000000Z", ["03-02", "03-09"]),  # already the next day in UTC
        ("FREQ=WEEKLY;UNTIL=20260316T190000", ["03-02", "03-09", "03-16"]),  # local, as many write it
        ("FREQ=WEEKLY;UNTIL=20260316T000000", ["03-02", "03-09"]),
        ("FREQ=WEEKLY;UNTIL=20260316", ["03-02", "03-09", "03-16"]),
    ],
)
def test_when_it_takes_place(tmp_path: Path, rule: str, expected: list[str]) -> None:
    found = timings(tmp_path, event(MONDAY, f"RRULE:{rule}"))
    assert dates(found) == [f"{day} 19:00" for day in expected]


def some_rule(chance: random.Random) -> str:
    days = chance.sample(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), chance.choice((1, 1, 2, 3)))
    if chance.random() < 0.4:
        days = [f"{chance.choice(('1', '2', '3', '4', '5', '-1'))}{day}" for day in days]
        rule = f"FREQ=MONTHLY;BYDAY={','.join(days)}"
    else:
        rule = f"FREQ=WEEKLY;BYDAY={','.join(days)};WKST={chance.choice(('MO', 'SU', 'SA', 'WE'))}"
    rule += f";INTERVAL={chance.choice((1, 1, 2, 3))}"
    end = datetime(2026, 3, 1) + timedelta(minutes=chance.randrange(400 * 1440))  # noqa: DTZ001
    return rule + chance.choice(("", f";COUNT={chance.randrange(1, 30)}", f";UNTIL={end:%Y%m%dT%H%M%SZ}"))


def test_hundreds_of_rules_agree_with_an_independent_library(tmp_path: Path, figures: Record) -> None:
    chance, zone = random.Random(7), ZoneInfo("America/New_York")
    starts = [datetime(2026, 3, 1 + chance.randrange(28), 19, tzinfo=zone) for _ in range(300)]
    rules = [some_rule(chance) for _ in starts]
    lines = [
        event(f"DTSTART{NEW_YORK}{start:%Y%m%dT%H%M%S}", f"RRULE:{rule}", uid=f"{number}_")
        for number, (start, rule) in enumerate(zip(starts, rules, strict=True))
    ]
    found: dict[int, list[Timing]] = {}
    for row in read(tmp_path, *lines):
        assert isinstance(row, Remarked)
        found.setdefault(int(row.listing.key.partition("_")[0]), []).append(row.listing.timing)
    compared = 0
    for number, (start, rule) in enumerate(zip(starts, rules, strict=True)):
        theirs = list(islice(rrulestr(rule, dtstart=start), 12))
        expected = [f"{one:%m-%d %H:%M}" for one in theirs]
        assert dates(found[number], 12)[: len(expected) or 1] == expected, (start, rule)
        compared += len(expected)
    figures(f"{len(rules)} rules of calendars, {compared} dates compared")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=HOURLY;BYDAY=MO",
        "FREQ=YEARLY;BYDAY=1MO",
        "FREQ=WEEKLY;COUNT=1000000000",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;INTERVAL=999",
        "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=MONTHLY;BYDAY=-2MO",
        "FREQ=MONTHLY;BYMONTHDAY=13",
        "FREQ=MONTHLY",
        "FREQ=DAILY;INTERVAL=3",
        f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}",
        f"FREQ=WEEKLY;BYMONTH={','.join(map(str, range(1, 13)))}",
    ],
)
def test_a_rule_that_is_more_or_absurd_is_skipped_by_name_and_costs_nothing(tmp_path: Path, rule: str) -> None:
    assert reasons(tmp_path, event(MONDAY, f"RRULE:{rule}"), event(MONDAY, WEEKLY, uid="two")) == ["rule", "kept"]


@pytest.mark.parametrize(
    "lines",
    [
        (MONDAY, "RRULE:FREQ=SOMETIMES"),
        (MONDAY, f"RRULE:FREQ=WEEKLY;INTERVAL={'9' * 30}"),
        (MONDAY, f"RRULE:FREQ=WEEKLY;INTERVAL={'9' * 5000}"),
        (MONDAY, "RRULE:FREQ=WEEKLY;BYDAY=XX"),
        (MONDAY, WEEKLY, "EXDATE:tomorrow"),
        ("DTSTART:02/03/2026 7pm", WEEKLY),
        (MONDAY, "GEO:somewhere", WEEKLY),
        (MONDAY, "DURATION:long", WEEKLY),
        (f"DTSTART{NEW_YORK}99991231T190000", WEEKLY),
        ("DTSTART;TZID=America:20260302T190000", WEEKLY),  # a folder, where zones are looked for
        (f"DTSTART;TZID={'x' * 300}:20260302T190000", WEEKLY),
        (f"DTSTART;TZID={'a/' * 3_000}:20260302T190000", WEEKLY),
    ],
)
def test_one_broken_event_costs_no_other(tmp_path: Path, lines: tuple[str, ...]) -> None:
    first, second = reasons(tmp_path, event(*lines), event(MONDAY, WEEKLY, uid="two"))
    assert first in ("broken", "no-time", "kept")
    assert second == "kept"


def test_the_same_weekday_ten_thousand_times_is_one(tmp_path: Path) -> None:
    assert len(timings(tmp_path, event(MONDAY, f"RRULE:FREQ=WEEKLY;COUNT=900;BYDAY={'MO,' * 10_000}MO"))) == 1


def test_dates_that_are_left_out_however_they_are_written(tmp_path: Path) -> None:
    found = timings(
        tmp_path,
        event(
            MONDAY,
            WEEKLY,
            f"EXDATE{NEW_YORK}20260309T190000,20260316T183000",  # a time edited since then must not bring it back
            "EXDATE:20260323T230000Z",
            "EXDATE;VALUE=DATE:20260330",
            "EXDATE:20260407T003000Z",  # Monday evening in New York
        ),
    )
    assert dates(found, 2) == ["03-02 19:00", "04-13 19:00"]


def test_one_date_is_moved_another_cancelled_and_none_appears_twice(tmp_path: Path) -> None:
    parts = (
        event(MONDAY, "RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO"),
        moved("20260316T190000", f"DTSTART{NEW_YORK}20260317T203000"),
        moved("20260406T190000", f"DTSTART{NEW_YORK}20260406T190000", "STATUS:CANCELLED"),
        moved("20260420T190000", "DTSTART;VALUE=DATE:20260420"),
        moved("20260504T190000", "DTSTART:20260505T000000Z"),
    )
    found = timings(tmp_path, *parts)
    assert dates(found) == ["03-02 19:00", "03-17 20:30", "05-04 20:00", "05-18 19:00"]


def test_a_change_of_all_that_follows_is_not_guessed_at(tmp_path: Path) -> None:
    follows = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260316T190000", f"DTSTART{NEW_YORK}20260316T200000")
    assert reasons(tmp_path, event(MONDAY, WEEKLY), follows) == ["rule"]
    assert reasons(tmp_path, moved("20260316T190000", MONDAY)) == ["no-rule"]


def test_more_dates_left_out_than_anybody_writes_are_cut(tmp_path: Path) -> None:
    days = ",".join(f"{date(2026, 3, 2) + timedelta(weeks=week):%Y%m%d}T190000" for week in range(2_000))
    (one,) = timings(tmp_path, event(MONDAY, WEEKLY, f"EXDATE{NEW_YORK}{days}"))
    assert len(one.exceptions) == EXCEPTIONS_MOST


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("DTSTART;TZID=America/New_York:20260302T190000", "America/New_York"),
        ("DTSTART;TZID=US/Eastern:20260302T190000", "US/Eastern"),
        ("DTSTART;TZID=Europe/Kiev:20260302T190000", "Europe/Kiev"),
        ('DTSTART;TZID="Eastern Standard Time":20260302T190000', "America/New_York"),
        ("DTSTART;TZID=/example.org/20070129_1/Europe/Berlin:20260302T190000", "Europe/Berlin"),
        ("DTSTART;TZID=Our own:20260302T190000", "Europe/London"),
        ("DTSTART:20260302T190000Z", "UTC"),
        ("DTSTART:20260302T190000", ""),
        ("DTSTART;TZID=Nowhere/Else:20260302T190000", ""),
    ],
)
def test_whose_clock_it_goes_by(tmp_path: Path, start: str, zone: str) -> None:
    (row,) = read(tmp_path, LONDON, event(start, WEEKLY))
    assert isinstance(row, Remarked)
    assert (row.listing.timing.zone, row.listing.timing.at) == (zone, time(19))
    assert row.remarks == (() if zone else ("no-zone",))


def test_a_calendar_that_says_where_it_lives_lends_its_clock(tmp_path: Path) -> None:
    (floating, utc) = timings(
        tmp_path,
        "X-WR-TIMEZONE:America/Chicago",
        event("DTSTART:20260302T190000", WEEKLY),
        event("DTSTART:20260303T010000Z", WEEKLY, uid="two"),
    )
    assert (floating.zone, floating.at, utc.zone, utc.at) == ("America/Chicago", time(19), "America/Chicago", time(19))
    assert utc.anchor == date(2026, 3, 2)


def test_a_zone_of_its_own_making_without_a_name_is_not_guessed_at(tmp_path: Path) -> None:
    unnamed = LONDON.replace("X-LIC-LOCATION:Europe/London\n", "")
    assert reasons(tmp_path, unnamed, event("DTSTART;TZID=Our own:20260302T190000", WEEKLY)) == ["own-zone"]


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        (f"DTEND{NEW_YORK}20260302T203000", 90),
        ("DTEND:20260303T010000Z", 60),
        ("DURATION:PT1H15M", 75),
        (f"DTEND{NEW_YORK}20260303T003000", None),
        (f"DTEND{NEW_YORK}20260302T190000", None),
        (f"DTEND{NEW_YORK}20260301T190000", None),
        ("DURATION:-PT1H", None),
        ("DURATION:P3D", None),
        ("DTEND;VALUE=DATE:20260303", None),
        ("X-NOTHING:1", None),
    ],
)
def test_how_long_it_lasts(tmp_path: Path, line: str, minutes: int | None) -> None:
    (one,) = timings(tmp_path, event(MONDAY, line, WEEKLY))
    assert one.minutes == minutes


def test_what_is_not_held_or_has_no_time_is_skipped_by_name(tmp_path: Path) -> None:
    found = reasons(
        tmp_path,
        event("DTSTART;VALUE=DATE:20260302", WEEKLY),
        event(MONDAY, "STATUS:CANCELLED", uid="two"),
        event(WEEKLY, uid="three"),
        event(MONDAY, WEEKLY, uid="four").replace("SUMMARY:Harbour Light\n", ""),
    )
    assert found == ["no-time", "not-held", "no-time", "no-name"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((f"RDATE{NEW_YORK}20260305T120000",), ["03-02 19:00", "03-05 12:00", "03-09 19:00"]),
        (("RDATE:20260306T003000Z",), ["03-02 19:00", "03-05 19:30", "03-09 19:00"]),  # Thursday evening there
        (("RDATE;TZID=Europe/Lisbon:20260305T190000",), ["03-02 19:00", "03-05 14:00", "03-09 19:00"]),
        (("RDATE;VALUE=DATE:20260305",), ["03-02 19:00", "03-05 19:00", "03-09 19:00"]),
        (
            ("RDATE;VALUE=PERIOD:20260305T170000Z/20260305T180000Z,20260306T170000Z/PT1H",),
            ["03-02 19:00", "03-05 12:00", "03-06 12:00"],
        ),
        ((f"RDATE{NEW_YORK}20260301T120000",), ["03-01 12:00", "03-02 19:00", "03-09 19:00"]),  # before the first
        ((f"RDATE{NEW_YORK}20260302T190000",), ["03-02 19:00", "03-09 19:00", "03-16 19:00"]),  # the first itself
        ((f"RDATE{NEW_YORK}20260309T120000",), ["03-02 19:00", "03-09 12:00", "03-09 19:00"]),  # two on one date
        (  # left out, and put in again at another hour
            (f"EXDATE{NEW_YORK}20260309T190000", f"RDATE{NEW_YORK}20260309T203000"),
            ["03-02 19:00", "03-09 20:30", "03-16 19:00"],
        ),
        (
            (f"EXDATE{NEW_YORK}20260305T120000", f"RDATE{NEW_YORK}20260305T120000"),
            ["03-02 19:00", "03-09 19:00", "03-16 19:00"],
        ),
    ],
)
def test_dates_beside_the_rule(tmp_path: Path, lines: tuple[str, ...], expected: list[str]) -> None:
    assert dates(timings(tmp_path, event(MONDAY, WEEKLY, *lines)), 3) == expected


def test_an_added_date_that_is_moved_or_cancelled_again(tmp_path: Path) -> None:
    parts = (
        event(MONDAY, WEEKLY, f"RDATE{NEW_YORK}20260305T120000,20260312T120000"),
        moved("20260305T120000", f"DTSTART{NEW_YORK}20260306T130000"),
        moved("20260312T120000", f"DTSTART{NEW_YORK}20260312T120000", "STATUS:CANCELLED"),
    )
    assert dates(timings(tmp_path, *parts)) == ["03-02 19:00", "03-06 13:00", "03-09 19:00", "03-16 19:00"]


def test_dates_without_a_rule_and_whose_weekday_they_are(tmp_path: Path) -> None:
    (one,) = timings(tmp_path, event(MONDAY, f"RDATE{NEW_YORK}20260305T120000,20260311T190000"))
    assert dates([one]) == ["03-02 19:00", "03-05 12:00", "03-11 19:00"]
    rule = one.rule("")
    assert rule
    assert not rule.once
    monday, thursday = timings(
        tmp_path,
        event(MONDAY, "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", f"RDATE{NEW_YORK}20260312T070000,20260314T070000"),
    )
    assert list(monday.exceptions) == [date(2026, 3, 14)]
    assert list(thursday.exceptions) == [date(2026, 3, 12)]


def test_more_added_dates_than_anybody_writes_are_cut(tmp_path: Path) -> None:
    days = ",".join(f"{date(2026, 3, 3) + timedelta(days=day):%Y%m%d}T120000" for day in range(2_000))
    found = timings(tmp_path, event(MONDAY, f"RDATE{NEW_YORK}{days}", f"RDATE{NEW_YORK}{days.replace('T12', 'T13')}"))
    assert sum(len(one.exceptions) or 1 for one in found) == EXCEPTIONS_MOST


def test_added_and_left_out_dates_agree_with_an_independent_library(tmp_path: Path, figures: Record) -> None:
    chance, zone = random.Random(11), ZoneInfo("America/New_York")
    lines, expected = [], []
    for number in range(200):
        start = datetime(2026, 3, 1 + chance.randrange(28), 19, tzinfo=zone)
        rule = some_rule(chance) if chance.random() < 0.8 else "FREQ=DAILY;COUNT=1"
        own = list(islice(rrulestr(rule, dtstart=start), 30))
        added = [start + timedelta(days=chance.randrange(120), hours=chance.choice((0, 0, -7, 1))) for _ in range(4)]
        out = chance.sample([*own, *added], min(3, len(own)))
        theirs = rruleset()
        theirs.rrule(rrulestr(rule, dtstart=start))
        for one in added:
            theirs.rdate(one)
        for one in out:
            theirs.exdate(one)
        expected.append([f"{one:%m-%d %H:%M}" for one in islice(theirs, 12)])
        listed = [
            f"{name}{NEW_YORK}{one:%Y%m%dT%H%M%S}" for name, some in (("RDATE", added), ("EXDATE", out)) for one in some
        ]
        repeats = (f"RRULE:{rule}",) if rule != "FREQ=DAILY;COUNT=1" else ()
        lines.append(event(f"DTSTART{NEW_YORK}{start:%Y%m%dT%H%M%S}", *repeats, *listed, uid=f"{number}_"))
    found: dict[int, list[Timing]] = {}
    for row in read(tmp_path, *lines):
        assert isinstance(row, Remarked)
        found.setdefault(int(row.listing.key.partition("_")[0]), []).append(row.listing.timing)
    for number, theirs_are in enumerate(expected):
        assert dates(found[number], 12)[: len(theirs_are) or 1] == theirs_are, lines[number]
    figures(f"{len(lines)} calendars with added dates, {sum(map(len, expected))} dates compared")


@pytest.mark.parametrize(
    "bomb",
    [
        event(MONDAY, WEEKLY, "DESCRIPTION:x" + "\n a" * 140_000),
        event(MONDAY, WEEKLY, "DESCRIPTION:" + "\\n" * 500_000),
        event(MONDAY, WEEKLY, "DESCRIPTION" + ";A=b" * 100_000 + ":x"),
        "BEGIN:X\n" * 3_000 + event(MONDAY, WEEKLY) + "\nEND:X" * 3_000,
    ],
    ids=["folded", "escaped", "parameters", "nested"],
)
def test_a_bomb_of_lines_costs_seconds_at_most(tmp_path: Path, bomb: str) -> None:
    rows = read(tmp_path, bomb, event(MONDAY, WEEKLY, uid="two"))
    assert [row.listing.name for row in rows if isinstance(row, Remarked)][-1:] == ["Harbour Light"]
    assert all(len(row.listing.notes) <= 1_000 for row in rows if isinstance(row, Remarked))


@pytest.mark.parametrize("most", ["LINES_MOST", "EVENTS_MOST"])
def test_a_calendar_of_too_much_is_refused_before_any_of_it_is_parsed(
    tmp_path: Path, most: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, most, 100)
    many = [event(MONDAY, WEEKLY, uid=f"{number}") for number in range(101)]
    with pytest.raises(BadFeed, match="too-big"):
        read(tmp_path, *many)
    with pytest.raises(BadFeed, match="too-big"):
        Source(tmp_path / "feed.ics").count()


def test_more_dates_moved_than_anybody_moves_cost_that_event(tmp_path: Path) -> None:
    many = [moved("20260316T190000", MONDAY)] * events.TOGETHER_MOST
    assert reasons(tmp_path, event(MONDAY, WEEKLY), *many, event(MONDAY, WEEKLY, uid="two")) == ["too-big", "kept"]


def test_what_programs_add_to_an_event_is_passed_over_unread(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        event(
            MONDAY,
            WEEKLY,
            "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * 200_000,
            "BEGIN:VALARM",
            "UID:alarm",
            "SUMMARY:Wake up",
            "DESCRIPTION:Wake up",
            "TRIGGER:-PT15M",
            "END:VALARM",
            "DESCRIPTION:Ring twice",
            " at the side door",
        ),
    )
    assert [(row.listing.key, row.listing.name, row.listing.notes) for row in found if isinstance(row, Remarked)] == [
        ("one", "Harbour Light", "Ring twiceat the side door")
    ]


def test_an_event_and_its_exceptions_are_one_however_their_name_is_folded(tmp_path: Path) -> None:
    name = "a-name-that-is-longer-than-a-line-of-such-a-file-may-be-" * 2
    exception = moved("20260309T190000", f"DTSTART{NEW_YORK}20260309T200000").replace("UID:one", f"UID:{name}")
    folded = event(MONDAY, WEEKLY, uid=f"{name[:60]}\n {name[60:]}")
    assert dates(timings(tmp_path, exception, event(MONDAY, uid="other"), folded), 3) == [
        "03-02 19:00",
        "03-02 19:00",
        "03-09 20:00",
    ]


def test_the_same_name_for_a_zone_of_its_own_means_another_in_another_calendar(tmp_path: Path) -> None:
    """`Customized Time Zone` is what one program calls every one of them."""
    parts = (
        event("DTSTART;TZID=Our own:20260302T190000", WEEKLY),
        event("RECURRENCE-ID;TZID=Our own:20260309T190000", "DTSTART;TZID=Our own:20260309T200000"),
    )
    athens = LONDON.replace("London", "Athens").replace("+0100", "+0300").replace("+0000", "+0200")
    for zone in (LONDON, athens):
        assert dates(timings(tmp_path, zone, *parts), 2) == ["03-02 19:00", "03-09 20:00"]
