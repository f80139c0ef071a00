"""How much may leave when: arithmetic on a moment, so the moments here are made by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.bucket import DEPTH, OVERDRAFT, RATE, RESERVE, Bucket, Pace
from bot.chat import Lane

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLOSELY = timedelta(microseconds=2)
"""How exactly a moment is named: rounded up, so that whoever comes then finds what was said to be there."""
SECOND = timedelta(seconds=1)
BACKGROUND = (Lane.REMINDER, Lane.CHECKIN, Lane.BULK)
ANSWERS = (Lane.ALERT, Lane.REPLY)
CHAT = b"ana"


def drained(lane: Lane, bucket: Bucket, now: datetime) -> int:
    """How many leave at one moment until no more may."""
    count = 0
    while bucket.take(lane, now):
        count += 1
    return count


@pytest.mark.parametrize(
    ("lane", "most"),
    [(Lane.CRISIS, 38), (Lane.ALERT, 28), (Lane.REPLY, 28), (Lane.REMINDER, 20), (Lane.CHECKIN, 20), (Lane.BULK, 20)],
)
def test_a_full_bucket_lets_so_many_of_a_lane_leave_at_once(lane: Lane, most: int) -> None:
    bucket = Bucket()
    assert bucket.room(lane, NOW) == most
    assert drained(lane, bucket, NOW) == most


def test_what_nobody_waits_for_leaves_a_reserve_for_those_who_wait() -> None:
    bucket = Bucket()
    drained(Lane.BULK, bucket, NOW)
    assert bucket.room(Lane.REPLY, NOW) == RESERVE
    assert drained(Lane.REPLY, bucket, NOW) == RESERVE
    assert drained(Lane.CRISIS, bucket, NOW) == OVERDRAFT


def test_the_reserve_costs_no_throughput() -> None:
    bucket = Bucket()
    left = sum(drained(Lane.BULK, bucket, NOW + number * SECOND / 10) for number in range(100))
    assert left == pytest.approx(20 + 9.9 * RATE, abs=1)


def test_help_that_has_left_is_counted_and_no_debt_grows_for_ever() -> None:
    bucket = Bucket()
    for _ in range(100):
        bucket.debit(NOW)
    assert bucket.level == -OVERDRAFT
    assert not bucket.take(Lane.CRISIS, NOW)
    assert timedelta() <= bucket.next_at(Lane.CRISIS, NOW) - (NOW + SECOND / RATE) <= CLOSELY
    assert timedelta() <= bucket.next_at(Lane.REPLY, NOW) - (NOW + 11 * SECOND / RATE) <= CLOSELY


@pytest.mark.parametrize("lane", list(Lane))
def test_whoever_comes_when_told_may_leave(lane: Lane) -> None:
    bucket = Bucket()
    drained(lane, bucket, NOW)
    then = bucket.next_at(lane, NOW)
    assert then > NOW
    assert bucket.take(lane, then)


@given(some.floats(0, 30), some.sampled_from(list(Lane)), some.integers(0, 38))
def test_a_moment_that_was_named_is_never_named_again(seconds: float, lane: Lane, gone: int) -> None:
    bucket, now = Bucket(), NOW
    for _ in range(gone):
        bucket.debit(now)
    now += timedelta(seconds=seconds)
    then = bucket.next_at(lane, now)
    assert then == now if bucket.room(lane, now) else bucket.room(lane, then), "or the loop would spin at that moment"


def test_an_hour_of_rest_fills_it_to_the_brim_and_no_further() -> None:
    bucket = Bucket()
    drained(Lane.REPLY, bucket, NOW)
    assert bucket.room(Lane.REPLY, NOW + timedelta(hours=1)) == DEPTH


def test_too_much_slows_it_down_once_for_a_burst_of_refusals() -> None:
    bucket = Bucket()
    for _ in range(20):
        bucket.slow(NOW)
    assert bucket.rate == pytest.approx(0.7 * RATE)
    bucket.slow(NOW + 2 * SECOND)
    assert bucket.rate == pytest.approx(0.49 * RATE, rel=0.01)


def test_a_slowed_bucket_recovers_by_a_tenth_a_minute() -> None:
    bucket = Bucket()
    bucket.slow(NOW)
    bucket.room(Lane.REPLY, NOW + timedelta(minutes=1))
    assert bucket.rate == pytest.approx(0.8 * RATE)
    bucket.room(Lane.REPLY, NOW + timedelta(minutes=30))
    assert bucket.rate == RATE


def test_a_clock_that_steps_back_gives_nothing_and_takes_nothing() -> None:
    bucket = Bucket()
    drained(Lane.REPLY, bucket, NOW)
    earlier = NOW - timedelta(hours=1)
    assert bucket.room(Lane.REPLY, earlier) == 0
    assert bucket.room(Lane.REPLY, earlier + SECOND) == DEPTH, "and then time goes on from there"


def test_a_clock_that_steps_back_does_not_forgive_what_is_too_fast() -> None:
    bucket = Bucket()
    bucket.slow(NOW)
    bucket.slow(NOW - timedelta(hours=1))
    assert bucket.rate < 0.6 * RATE


@given(some.lists(some.tuples(some.sampled_from(list(Lane)), some.floats(-5, 5)), max_size=60))
def test_whatever_happens_the_level_stays_within_its_bounds(steps: list[tuple[Lane, float]]) -> None:
    bucket, now = Bucket(), NOW
    for lane, seconds in steps:
        now += timedelta(seconds=seconds)
        before = bucket.room(lane, now)
        assert bucket.take(lane, now) == (before >= 1)
        bucket.debit(now)
        assert -OVERDRAFT <= bucket.level <= DEPTH
        assert 0 < bucket.rate <= RATE


def test_a_chat_bears_a_short_burst_and_then_one_a_second() -> None:
    pace = Pace()
    for _ in range(3):
        assert pace.free_at(CHAT, NOW) == NOW
        pace.take(CHAT, NOW)
    free = pace.free_at(CHAT, NOW)
    assert timedelta() <= free - (NOW + SECOND) <= CLOSELY
    assert pace.free_at(CHAT, free) == free
    pace.take(CHAT, free)
    assert timedelta() <= pace.free_at(CHAT, free) - (free + SECOND) <= CLOSELY
    assert pace.free_at(b"ben", NOW) == NOW, "and nobody else has to wait"


def test_a_parked_chat_waits_and_nobody_else_does() -> None:
    pace = Pace()
    until = NOW + timedelta(seconds=40)
    pace.park(CHAT, until, NOW)
    assert pace.free_at(CHAT, NOW) == until
    assert pace.waiting(NOW) == {CHAT: until}
    assert pace.free_at(b"ben", NOW) == NOW
    assert pace.waiting(until) == {}
    assert pace.free_at(CHAT, until) == until


def test_a_chat_at_rest_is_forgotten() -> None:
    pace = Pace()
    for number in range(1000):
        pace.take(number.to_bytes(2), NOW)
    pace.park(CHAT, NOW + SECOND, NOW)
    assert pace.waiting(NOW + 3 * SECOND) == {}
    assert not pace.chats
    assert not pace.parked


def test_a_clock_that_steps_back_leaves_no_chat_waiting_for_it() -> None:
    pace = Pace()
    for _ in range(3):
        pace.take(CHAT, NOW)
    earlier = NOW - timedelta(hours=1)
    pace.waiting(earlier)
    assert pace.free_at(CHAT, earlier + 2 * SECOND) <= earlier + 2 * SECOND


def test_a_chat_that_is_parked_waits_no_longer_because_the_clock_was_set_back() -> None:
    pace = Pace()
    pace.park(CHAT, NOW + 5 * SECOND, NOW)
    earlier = NOW - timedelta(minutes=35)
    assert pace.waiting(earlier) == {CHAT: earlier + 5 * SECOND}
    assert pace.free_at(CHAT, earlier + 5 * SECOND) == earlier + 5 * SECOND
