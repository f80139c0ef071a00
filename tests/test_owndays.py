"""A person's own days: nothing is zeroed, whatever is told and wherever they live."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot import clock
from bot.clock import DAY
from bot.people.owndays import OwnDays, Told, own_days

FIRST, TODAY = date(2025, 11, 1), date(2026, 4, 13)

days = some.dates(FIRST, TODAY)
things = some.lists(
    some.builds(lambda day, back: Told(day, day - back * DAY if back >= 0 else None), days, some.integers(-1, 200)),
    max_size=12,
)


def counted_one_by_one(since: date, told: list[Told], today: date) -> list[date]:
    """The same rule, written as one would say it: which days are theirs."""
    happened = {one.day for one in told}
    reach = [(since, today), *((one.since, min(one.day, today)) for one in told if one.since)]
    every = {first + number * DAY for first, after in reach for number in range((after - first).days)}
    return sorted(every - happened)


@settings(max_examples=300)
@given(since=days, told=things, today=days)
def test_it_is_what_one_counts_on_a_calendar(since: date, told: list[Told], today: date) -> None:
    theirs = counted_one_by_one(since, told, today)
    runs, run = [0], 0
    for before, day in zip([None, *theirs], theirs, strict=False):
        run = run + 1 if before is not None and day - before == DAY else 1
        runs.append(run)
    quarter = [day for day in theirs if (day.year, (day.month - 1) // 3) == (today.year, (today.month - 1) // 3)]
    assert own_days(since, told, today) == OwnDays(len(theirs), max(runs), len(quarter))


@given(since=days, told=things, happened=days)
def test_one_thing_more_takes_one_day_at_most(since: date, told: list[Told], happened: date) -> None:
    before = own_days(since, told, TODAY)
    after = own_days(since, [*told, Told(happened, since)], TODAY)
    assert before.total - 1 <= after.total
    assert after.longest * 2 + 1 >= before.longest, "a run is parted, and the longer part stays a run"


@given(since=days, told=things, happened=days, moved=days)
def test_whoever_moves_their_date_on_keeps_what_was_before_it(
    since: date, told: list[Told], happened: date, moved: date
) -> None:
    told = [*told, Told(happened, since)]
    kept = [day for day in counted_one_by_one(since, told, happened) if day < happened]
    assert own_days(moved, told, TODAY).total >= len(kept)


@given(since=days, told=things)
def test_a_day_more_that_nothing_happened_on_is_a_day_more(since: date, told: list[Told]) -> None:
    ahead = TODAY + DAY
    assert own_days(since, told, ahead + DAY).total == own_days(since, told, ahead).total + 1


@settings(max_examples=200)
@given(
    zone=some.sampled_from(sorted(clock.zone_names())),
    since=some.dates(date(2024, 1, 1), date(2026, 12, 31)),
    at=some.times(),
    passed=some.integers(0, 400),
)
def test_so_many_midnights_are_so_many_days_in_every_zone(zone: str, since: date, at: time, passed: int) -> None:
    """A day of 23 hours or of 25 counts like any other, at whatever hour one looks."""
    place = clock.zone(zone)
    now = clock.instant(since + passed * DAY, at, place)
    today = clock.day_of(now, place)
    assert own_days(since, [], today).total == (today - since).days
    assert passed <= (today - since).days <= passed + 1, "a gap at midnight may lie on the next day"


@pytest.mark.parametrize(
    ("since", "told", "today", "own"),
    [
        (TODAY, [], TODAY, OwnDays(0, 0, 0)),
        (TODAY + DAY, [], TODAY, OwnDays(0, 0, 0)),  # a flight west
        (TODAY - DAY, [], TODAY, OwnDays(1, 1, 1)),
        # the drawing of the screen: 41 days so far, longest run 23
        (date(2026, 3, 2), [Told(date(2026, 3, 25), date(2026, 3, 2))], TODAY, OwnDays(41, 23, 12)),
        # the same, and from then on another date
        (date(2026, 4, 1), [Told(date(2026, 3, 25), date(2026, 3, 2))], TODAY, OwnDays(35, 23, 12)),
        # the date was a mistake, and the right one lies before what happened
        (date(2026, 3, 20), [Told(date(2026, 3, 25), None)], TODAY, OwnDays(23, 18, 12)),
    ],
)
def test_examples(since: date, told: list[Told], today: date, own: OwnDays) -> None:
    assert own_days(since, told, today) == own


def test_the_quarter_begins_with_its_month() -> None:
    since = date(2025, 12, 1)
    starts = {month: own_days(since, [], date(2026, month, 2)).quarter for month in range(1, 13)}
    assert [month for month, quarter in starts.items() if quarter == 1] == [1, 4, 7, 10]
