"""People in a hard moment: timers that go on, what comes at their end, and every way that it may turn out."""

from datetime import timedelta

from tests.walk.newcomers import is_member
from tests.walk.walker import HOUR, Walk

TEN = timedelta(minutes=10)


async def begins(walk: Walk, press: str = "moment:ten:steady:") -> None:
    await walk.says("/trigger")
    await walk.presses(press)


async def eases(walk: Walk) -> None:
    """Both pulls told, what helped, and what set it off; then what has helped so far, and everything in a file."""
    await is_member(walk, goal="stopped")
    await begins(walk)
    await walk.taps(r"moment:\d+:before:9")
    await walk.passes(TEN)
    await walk.taps(r"moment:\d+:now:3")
    await walk.taps(r"moment:\d+:helped:steady")
    await walk.taps(r"moment:\d+:group:feeling")
    await walk.taps(r"moment:\d+:trigger:sadness")
    await walk.presses("health:none")
    await walk.presses("data:files")
    await walk.says("/whathelps")


async def stays_strong(walk: Walk) -> None:
    """Two tries, in words; then company, and what has not helped."""
    await is_member(walk, goal="stopped", scale="words", zone="America/New_York", country="US")
    for _ in range(2):
        await begins(walk)
        await walk.passes(TEN)
        await walk.taps(r"moment:\d+:now:9")
    await begins(walk, "moment:ten:call:")
    await walk.taps(r"moment:\d+:easier")
    await walk.taps(r"moment:\d+:helped:other")
    await walk.says("/trigger")
    await walk.presses("hard:not:stop:")
    await walk.says("/whathelps")


async def breathes(walk: Walk) -> None:
    await is_member(walk, goal="stopped")
    await walk.presses("health:none")
    await begins(walk, "moment:ten:breathe:anxiety")
    await walk.passes(timedelta(seconds=30))


async def breathes_with_a_phone_that_is_read_aloud(walk: Walk) -> None:
    await is_member(walk, goal="stopped", reader=True)
    await walk.presses("health:none")
    await begins(walk, "moment:ten:breathe:anxiety")
    await walk.passes(TEN)


async def asked_late(walk: Walk) -> None:
    """The machine slept through the end of it. Before it they were shown their own reasons."""
    await is_member(walk, goal="stopped")
    await walk.presses("hard:for:overconfidence")
    await walk.presses("hard:after:thought:overconfidence")
    await begins(walk)
    walk.world.clock.at += HOUR
    await walk.passes(timedelta(minutes=1))


async def asked_late_nobody_knows_where(walk: Walk) -> None:
    await is_member(walk, goal="stopped", zone=None)
    await begins(walk)
    walk.world.clock.at += HOUR
    await walk.passes(timedelta(minutes=1))
