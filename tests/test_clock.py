"""Local time as pure functions: gaps, folds, lost days, and every zone over ten years."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from bot import clock
from bot.clock import DAY, MovableClock, RealClock, UnknownZone

FIRST, LAST = date(2022, 1, 1), date(2031, 12, 31)
AROUND = timedelta(days=2)
ZONES = sorted(clock.zone_names())

# 0:00 and 23:59 meet the gaps at midnight; 0:30, 1:30 and 2:30 those that most zones have; 19:00 is when we ask.
TIMES = (time(0), time(0, 30), time(1, 30), time(2, 30), time(19), time(23, 30), time(23, 59))


@cache
def changes(name: str) -> tuple[date, ...]:
    """The UTC days of these ten years on which the clocks of a zone change."""
    place = clock.zone(name)
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days)]
    offsets = [datetime.combine(day, time(), place).utcoffset() for day in days]
    return tuple(day for day, (one, other) in zip(days, pairwise(offsets), strict=False) if one != other)


def asked(after: datetime, at: time, place: ZoneInfo, until: datetime) -> Iterator[tuple[datetime, date]]:
    """Every time that `next_daily` finds, one from the other."""
    moment, day = clock.next_daily(after, at, place)
    while moment <= until:
        yield moment, day
        moment, day = clock.next_daily(moment, at, place)


def each_day_once(name: str, at: time, start: date, days: int) -> None:
    """Fails unless from `start` on each local day that exists is asked about once, in order."""
    place = clock.zone(name)
    begin = clock.instant(start, at, place) - timedelta(microseconds=1)
    end = clock.instant(start + days * DAY, at, place)
    found = list(asked(begin, at, place, end))
    moments = [moment for moment, _ in found]
    wanted = [start + number * DAY for number in range(days + 1) if clock.exists(start + number * DAY, place)]
    assert [day for _, day in found] == wanted, (name, at, start)
    assert all(one < other for one, other in pairwise(moments)), (name, at, start)
    for moment, day in found:
        shown = moment.astimezone(place)
        early = datetime.combine(day, at) - shown.replace(tzinfo=None)
        assert timedelta(days=-1) < early <= timedelta(), f"{name} {at}: asked at {shown} about {day}"


@pytest.mark.parametrize("at", TIMES, ids=str)
def test_around_every_change_of_every_zone_each_local_day_is_asked_about_once(at: time) -> None:
    counted = 0
    for name in ZONES:
        for day in changes(name):
            each_day_once(name, at, day - AROUND, 2 * AROUND.days)
            counted += 1
    assert counted > 3000, "the zones have lost their changes"


@settings(max_examples=300)
@given(
    name=some.sampled_from(ZONES),
    start=some.dates(FIRST, LAST),
    at=some.times(),
    days=some.integers(1, 20),
)
@example(name="Pacific/Apia", start=date(2011, 12, 25), at=time(9), days=10)
@example(name="Pacific/Apia", start=date(2011, 12, 25), at=time(0), days=10)
@example(name="Pacific/Kwajalein", start=date(1993, 8, 16), at=time(23, 59), days=10)
@example(name="America/Nuuk", start=date(2024, 3, 28), at=time(22, 30), days=5)
@example(name="Africa/Cairo", start=date(2023, 4, 26), at=time(0), days=5)
def test_any_days_anywhere_are_asked_about_once(name: str, start: date, at: time, days: int) -> None:
    if clock.exists(start, clock.zone(name)):
        each_day_once(name, at, start, days)


@settings(max_examples=300)
@given(
    name=some.sampled_from(ZONES),
    after=some.timedeltas(timedelta(), timedelta(days=3650)).map(
        lambda passed: datetime(2022, 1, 1, tzinfo=UTC) + passed
    ),
    at=some.times(),
)
def test_whenever_one_looks_the_next_is_the_first_that_is_later(name: str, after: datetime, at: time) -> None:
    place = clock.zone(name)
    moment, _ = clock.next_daily(after, at, place)
    today = clock.day_of(after, place)
    every = [clock.instant(today + number * DAY, at, place) for number in range(-3, 4)]
    assert moment == min(one for one in every if one > after)


@pytest.mark.parametrize(
    ("name", "day", "at", "utc"),
    [
        ("Europe/Lisbon", date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # 1:00 becomes 2:00
        ("Europe/Berlin", date(2026, 3, 29), time(2, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 59, 59), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 3, 29), time(3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            time(2, 15),
            datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
        ),  # lost: half an hour
        (
            "Africa/Cairo",
            date(2026, 4, 24),
            time(0, 0),
            datetime(2026, 4, 23, 22, 0, tzinfo=UTC),
        ),  # midnight itself
        ("Asia/Beirut", date(2026, 3, 29), time(0, 30), datetime(2026, 3, 28, 22, 0, tzinfo=UTC)),
        ("America/Havana", date(2026, 3, 8), time(0, 30), datetime(2026, 3, 8, 5, 0, tzinfo=UTC)),
        ("America/Santiago", date(2026, 9, 6), time(0, 0), datetime(2026, 9, 6, 4, 0, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 30), time(9), datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),  # a whole day is lost
    ],
)
def test_in_a_gap_it_is_the_first_instant_after(name: str, day: date, at: time, utc: datetime) -> None:
    assert clock.instant(day, at, clock.zone(name)) == utc


@pytest.mark.parametrize(
    ("name", "day", "at", "utc"),
    [
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
        ("America/Havana", date(2026, 11, 1), time(0, 30), datetime(2026, 11, 1, 4, 30, tzinfo=UTC)),
        ("Asia/Beirut", date(2026, 10, 24), time(23, 30), datetime(2026, 10, 24, 20, 30, tzinfo=UTC)),
        ("America/Santiago", date(2026, 4, 4), time(23, 30), datetime(2026, 4, 5, 2, 30, tzinfo=UTC)),
    ],
)
def test_in_a_fold_it_is_the_first_of_the_two(name: str, day: date, at: time, utc: datetime) -> None:
    assert clock.instant(day, at, clock.zone(name)) == utc


def test_a_time_that_says_it_is_the_second_of_a_fold_means_the_first_all_the_same() -> None:
    berlin = clock.zone("Europe/Berlin")
    day = date(2026, 10, 25)
    assert clock.instant(day, time(2, 30, fold=1), berlin) == clock.instant(day, time(2, 30), berlin)


def test_apia_had_no_30_december_2011() -> None:
    apia = clock.zone("Pacific/Apia")
    assert [clock.exists(date(2011, 12, day), apia) for day in (29, 30, 31)] == [True, False, True]
    found = list(asked(datetime(2011, 12, 29, 12, tzinfo=UTC), time(19), apia, datetime(2012, 1, 1, 12, tzinfo=UTC)))
    assert [day.day for _, day in found] == [29, 31, 1]


def test_the_day_is_the_local_one() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert clock.day_of(late, clock.zone("Asia/Tokyo")) == date(2026, 3, 3)
    assert clock.day_of(late, clock.zone("America/Bogota")) == date(2026, 3, 2)


@pytest.mark.parametrize("name", ["", "Europe/Atlantis", "../../etc/passwd", "/etc/passwd", "Europe", "a\0b", "UTC/"])
def test_no_other_word_is_a_zone(name: str) -> None:
    with pytest.raises(UnknownZone):
        clock.zone(name)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:30", time(8, 30)),
        ("08:30", time(8, 30)),
        ("20.15", time(20, 15)),
        ("9pm", time(21)),
        ("9 PM", time(21)),
        ("9.30 p.m.", time(21, 30)),
        ("9:30 am", time(9, 30)),
        ("21h", time(21)),
        ("21h30", time(21, 30)),
        ("7", time(7)),
        ("0:00", time(0)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("12:05 a.m.", time(0, 5)),
        ("  19:00  ", time(19)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, meant: time) -> None:
    assert clock.parsed_time(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "24:00",
        "12:60",
        "13pm",
        "0am",
        "7 o'clock-ish",
        "19:0",
        "1900",
        "-7",
        "19:00:00",
        "evening",
        "19:00 9pm",
        "²",
    ],
)
def test_anything_else_is_no_time(typed: str) -> None:
    assert clock.parsed_time(typed) is None


@given(some.text(max_size=20))
def test_no_text_breaks_the_reading_of_a_time(typed: str) -> None:
    found = clock.parsed_time(typed)
    assert found is None or isinstance(found, time)


@given(
    some.times().map(lambda at: at.replace(second=0, microsecond=0)), some.sampled_from(["%H:%M", "%H.%M", "%I:%M %p"])
)
def test_a_time_that_we_would_write_is_read_again(at: time, form: str) -> None:
    assert clock.parsed_time(at.strftime(form)) == at


def test_a_movable_clock_goes_on_from_where_it_was_moved_to_and_tells_so() -> None:
    moved = MovableClock()
    told: list[datetime] = []
    moved.follow(lambda: told.append(moved.now()))
    before = moved.now()
    moved.move(timedelta(hours=9))
    after = moved.now()
    assert timedelta(hours=9) <= after - before < timedelta(hours=9, minutes=1)
    assert len(told) == 1
    assert before + timedelta(hours=9) <= told[0] <= after
    assert after.utcoffset() == timedelta()


async def test_waiting_ends_when_the_time_has_come_or_somebody_calls() -> None:
    real, woken = RealClock(), asyncio.Event()
    await real.wait(woken, real.now() - timedelta(days=1))
    await real.wait(woken, real.now() + timedelta(milliseconds=1))
    assert not woken.is_set()
    woken.set()
    async with asyncio.timeout(10):
        await real.wait(woken, real.now() + timedelta(days=1))
