"""When meetings take place, held against an independent library and against what real organisers wrote."""

import json
import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekdays

from bot.clock import UnknownZone
from bot.meetings.recurrence import LAST, NotARule, Occurrence, Rule, following, occurrences
from tests.figures import Record

ZONES = (
    "Africa/Cairo",  # changes its clocks at midnight
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Australia/Lord_Howe",  # by half an hour
    "Europe/Dublin",
    "Europe/Lisbon",
    "Pacific/Apia",  # left a day out
)
RULES = 6_000
TEN_YEARS = timedelta(days=3653)
SAMPLE = Path(__file__).parents[3] / "shared/data/meetings/oiaa-central-query-meetings.json"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def starts(rule: Rule, after: datetime, count: int) -> list[str]:
    found = islice(occurrences(rule, after), count)
    return [f"{one.start.astimezone(ZoneInfo(rule.zone)):%Y-%m-%d %H:%M}" for one in found]


def some_rule(chance: random.Random) -> Rule:
    nth = chance.choice([None, None, None, 1, 2, 3, 4, 5, LAST])
    # midnight, the hours in which clocks change, and any other
    hour = chance.choice([0, 0, 1, 2, 3, chance.randrange(24)])
    return Rule(
        chance.choice(ZONES),
        time(hour, chance.choice([0, 15, 30, 45, 59])),
        weekday=chance.randrange(7),
        nth=nth,
        interval=chance.choice([1, 1, 1, 2, 3]),
        anchor=date(2010, 1, 1) + timedelta(days=chance.randrange(365)),
    )


def ours(rule: Rule, after: datetime, until: datetime) -> list[datetime]:
    return [one.start for one in takewhile(lambda one: one.start <= until, occurrences(rule, after))]


def as_the_library_has_it(rule: Rule, after: datetime, until: datetime) -> list[datetime]:
    assert rule.weekday is not None
    assert rule.anchor is not None
    day = weekdays[rule.weekday]
    first = rule.anchor.replace(day=1) if rule.nth else rule.anchor - timedelta(days=rule.anchor.weekday())
    dates = rrule(
        MONTHLY if rule.nth else WEEKLY,
        interval=rule.interval,
        byweekday=day(rule.nth) if rule.nth else day,
        dtstart=datetime.combine(first, rule.at),
        until=until.replace(tzinfo=None) + timedelta(days=2),
    )
    place = ZoneInfo(rule.zone)
    found = (local.replace(tzinfo=place).astimezone(UTC) for local in dates)
    return [start for start in found if after < start <= until]


def test_ten_years_of_many_rules_agree_with_an_independent_library(figures: Record) -> None:
    chance = random.Random(20_260)
    compared = 0
    for _ in range(RULES):
        rule = some_rule(chance)
        # anywhere in ten years that hold Apia's lost day, and of each rule the dates of some months
        after = at("2011-06-01") + timedelta(minutes=chance.randrange(int(TEN_YEARS.total_seconds() // 60)))
        until = after + timedelta(days=chance.choice([60, 200, 400]))
        found = ours(rule, after, until)
        assert found == as_the_library_has_it(rule, after, until), (rule, after)
        compared += len(found)
    figures(f"{RULES} rules in {len(ZONES)} zones, {compared} occurrences compared")


@pytest.mark.parametrize("zone", ZONES)
def test_ten_whole_years_of_one_rule_in_each_zone(zone: str) -> None:
    rule = Rule(zone, time(0, 30), weekday=4, anchor=date(2011, 1, 7))  # Friday: the weekday that Apia left out
    after = at("2011-06-01")
    found = ours(rule, after, after + TEN_YEARS)
    assert found == as_the_library_has_it(rule, after, after + TEN_YEARS)
    assert len(found) > 520


def test_the_organisers_own_dates_are_ours() -> None:
    if not SAMPLE.exists():
        pytest.skip("the sample feeds do not lie beside the repository")
    rows = [row for row in json.loads(SAMPLE.read_text()) if row.get("startDateUTC") and row.get("time")]
    agreed = 0
    for row in rows:
        stated = row["startDateUTC"]
        start = datetime.fromisoformat(stated["$date"] if isinstance(stated, dict) else stated)
        rule = Rule(row["timezone"], time.fromisoformat(row["time"]), weekday=int(row["day"]) - 1)
        found = following(rule, start - timedelta(days=3))
        assert found is not None
        assert found.start == start, row["slug"]
        agreed += 1
    assert agreed == 149


def test_in_a_gap_it_is_held_at_the_shifted_time_and_in_a_fold_it_is_the_first() -> None:
    sunday_night = Rule("America/New_York", time(2, 30), weekday=6)
    assert starts(sunday_night, at("2026-03-07"), 1) == ["2026-03-08 03:30"]
    assert following(Rule("America/New_York", time(1, 30), weekday=6), at("2026-10-31")) == Occurrence(
        at("2026-11-01T05:30"), date(2026, 11, 1)
    )


def test_at_midnight_in_a_gap_it_is_not_left_out() -> None:
    friday = Rule("Africa/Cairo", time(0, 0), weekday=4)
    found = following(friday, at("2026-04-23T12:00"))
    assert found == Occurrence(at("2026-04-23T22:00"), date(2026, 4, 24))
    assert starts(friday, at("2026-04-23T12:00"), 1) == ["2026-04-24 01:00"]


def test_every_other_week_is_counted_from_the_week_of_its_anchor() -> None:
    rule = Rule("Europe/Lisbon", time(19), weekday=3, interval=2, anchor=date(2026, 3, 5))
    assert starts(rule, at("2026-03-01"), 3) == ["2026-03-05 19:00", "2026-03-19 19:00", "2026-04-02 19:00"]
    assert starts(rule, at("2026-03-05T19:00"), 1) == ["2026-03-19 19:00"]
    assert starts(rule, at("2025-12-20"), 1) == ["2025-12-25 19:00"]


def test_the_fifth_and_the_last_of_a_month() -> None:
    fifth = Rule("Europe/Lisbon", time(19), weekday=0, nth=5)
    assert starts(fifth, at("2026-03-01"), 3) == ["2026-03-30 19:00", "2026-06-29 19:00", "2026-08-31 19:00"]
    last = Rule("Europe/Lisbon", time(19), weekday=4, nth=LAST)
    assert starts(last, at("2026-12-01"), 2) == ["2026-12-25 19:00", "2027-01-29 19:00"]


def test_one_that_takes_place_once() -> None:
    once = Rule("Europe/Lisbon", time(19), anchor=date(2026, 3, 5))
    assert starts(once, at("2026-03-01"), 5) == ["2026-03-05 19:00"]
    assert following(once, at("2026-03-05T19:00")) is None


def test_a_date_that_is_left_out_and_one_that_is_moved() -> None:
    moved = {date(2026, 3, 9): None, date(2026, 3, 16): local("2026-03-18 20:00")}
    rule = Rule("Europe/Lisbon", time(19), weekday=0, exceptions=moved)
    assert starts(rule, at("2026-03-01"), 4) == [
        "2026-03-02 19:00",
        "2026-03-18 20:00",
        "2026-03-23 19:00",
        "2026-03-30 19:00",
    ]
    found = following(rule, at("2026-03-10"))
    assert found is not None
    assert found.day == date(2026, 3, 16)


def test_one_that_is_moved_before_the_others_or_behind_the_end_is_not_lost() -> None:
    rule = Rule(
        "Europe/Lisbon",
        time(19),
        weekday=0,
        until=date(2026, 3, 9),
        exceptions={date(2026, 3, 9): local("2026-03-12 09:00"), date(2026, 3, 2): local("2026-03-01 09:00")},
    )
    assert starts(rule, at("2026-02-24"), 9) == ["2026-03-01 09:00", "2026-03-12 09:00"]


def test_it_begins_and_it_ends() -> None:
    rule = Rule("Europe/Lisbon", time(19), weekday=0, first=date(2026, 3, 9), until=date(2026, 3, 16))
    assert starts(rule, at("2026-01-01"), 9) == ["2026-03-09 19:00", "2026-03-16 19:00"]
    assert following(rule, at("2026-03-16T19:00")) is None


def test_a_rule_that_never_comes_true_ends_the_search() -> None:
    rule = Rule("Europe/Lisbon", time(19), weekday=0, nth=5, interval=12, anchor=date(2027, 2, 1))
    assert starts(rule, at("2026-03-01"), 1) == ["2044-02-29 19:00"]
    assert following(rule, datetime(9990, 3, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"weekday": 7}, "weekday"),
        ({"weekday": 1, "nth": 6}, "nth"),
        ({"nth": 1, "anchor": date(2026, 3, 5)}, "nth"),
        ({"weekday": 1, "interval": 0}, "interval"),
        ({"weekday": 1, "interval": 2}, "anchor"),
        ({}, "anchor"),
    ],
)
def test_what_makes_no_rule_is_refused_by_name(fields: dict[str, object], wrong: str) -> None:
    with pytest.raises(NotARule, match=wrong):
        Rule("Europe/Lisbon", time(19), **fields)  # type: ignore[arg-type]


def test_a_zone_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownZone):
        Rule("../etc/passwd", time(19), weekday=1)
