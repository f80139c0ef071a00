"""Meetings: looked for, followed, entered, reminded of, changed under somebody's feet."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import update

from bot.meetings.advance import EDITION
from bot.meetings.changes import told
from bot.meetings.importing import TOLD
from bot.meetings.model import Feed, Follow, Meeting
from bot.meetings.rows import FOLLOWS_MOST
from bot.meetings.search import UNTIMED
from tests.meetings.listed import NEW_YORK, follows, listed, utc
from tests.walk.hard import begins
from tests.walk.newcomers import is_member
from tests.walk.walker import DAY, HOUR, Walk

LONG = "Wednesday Night Riverside Harbour Beginners Group, Old Town Hall, Upper Floor, Blue Room"
"""A name may be in any language, and has to read as none to the rules."""
HERE: dict[str, Any] = {"venue": "both", "zone": "Europe/Lisbon", "city": "Lisbon", "address": "4 Mill Lane"}
LISBON = "n3873_-915"
ADDED: dict[str, Any] = {"2026-03-07": "2026-03-07T10:00:00"}


async def looks_for_one(walk: Walk) -> None:
    """Enough of them for several pages, of every kind, with the longest names."""
    await is_member(walk)
    for number in range(11):
        await listed(walk.world, f"{LONG} {number}", at=time(8 + number))
    await listed(walk.world, "Here", **HERE, latitude=38.73, longitude=-9.15, at=time(12, 10), weekday=0)
    await listed(walk.world, "Hill", **(HERE | {"venue": "place", "city": ""}), latitude=38.80, longitude=-9.38)
    await listed(walk.world, "Always", at=None)
    await listed(walk.world, "No zone", zone=None, at=time(9))
    tags = " open closed newcomers women men young lgbtq secular wheelchair meditation step speaker discussion "
    await listed(walk.world, "Every kind", at=time(7, 5), weekday=0, tags=tags, notes="Ring twice, please.")
    await walk.says("/meetings")
    await walk.passes(timedelta(minutes=12))
    for limits in ("+o", "", "+wnow", f"+w{UNTIMED}", LISBON, "n0_0", "+tsecular", "+tlang-fr", "+o+w3+pNA"):
        await walk.presses(f"meetings:l:{limits}:0")
    await walk.presses("meetings:narrow:+o")
    await walk.presses("meetings:narrow:")
    await walk.presses("meetings:tags::1")
    await walk.presses("meetings:tags::0")
    await walk.presses("meetings:near:+w3")
    await walk.says("Lisbon")
    await walk.presses("meetings:near")
    await walk.says("Lisbon")
    await walk.presses("meetings:here")
    await walk.sends("a place", walk.person.located(38.73, -9.15))
    await walk.says("/meetings")


async def looks_at_odd_ones(walk: Walk) -> None:
    """Pages of meetings that something is the matter with."""
    await is_member(walk)
    numbers = [
        await listed(walk.world, "Gone", gone_at=walk.world.clock.now()),
        await listed(walk.world, "Closed", closed=True),
        await listed(walk.world, "No time", at=None, weekday=None),
        await listed(walk.world, "Only a day", at=None),
        await listed(walk.world, "Nobody's clock", zone=None),
        await listed(walk.world, "Dates", weekday=None, anchor=date(2026, 3, 5), exceptions=ADDED),
        await listed(walk.world, "Over", weekday=None, anchor=date(2026, 2, 1)),
        await listed(walk.world, "Fifth", nth=5, phone="+1 555 0100,,1#", link_notes="Passcode: harbour"),
        *[await listed(walk.world, f"Alba {nth}", nth=nth) for nth in (1, 2, 3, 4, -1)],
        await listed(walk.world, "Rough", **HERE, rough=True, link=""),
        await listed(walk.world, "In person", venue="place", link=""),
        await listed(walk.world, "Every third", interval=3, anchor=date(2026, 3, 5)),
        await listed(walk.world, "Every other", interval=2, anchor=date(2026, 3, 5)),
        await listed(walk.world, "Every quarter", nth=1, interval=3, anchor=date(2026, 3, 5)),
        await listed(walk.world, "Once", weekday=None, anchor=date(2026, 3, 5)),
    ]
    for number in numbers:
        for what in ("", ":join", ":where"):
            await walk.presses(f"meeting:{number}{what}")
    async with walk.world.store.work() as session:
        await session.execute(update(Feed).values(read_at=walk.world.clock.now() - 20 * DAY))
        await session.execute(update(Meeting).where(Meeting.id == numbers[-5]).values(link="", page=""))
    await walk.presses(f"meeting:{numbers[-4]}")
    await walk.presses(f"meeting:{numbers[-5]}")


async def follows_some(walk: Walk) -> None:
    await is_member(walk)
    await walk.presses("follows")
    await walk.presses(f"meeting:{await listed(walk.world, 'First', at=time(7))}:follow")
    await walk.says("/settings")
    for number in range(6):
        await follows(walk.world, walk.person, await listed(walk.world, f"{LONG} {number}"), "1440 120 30 10")
    gone = await listed(walk.world, "Gone", at=time(1))
    await follows(walk.world, walk.person, gone)
    async with walk.world.store.work() as session:
        await session.execute(update(Meeting).where(Meeting.id == gone).values(closed=True, next_start=None))
        await session.execute(update(Follow).where(Follow.meeting_id == gone).values(next_at=None))
    over = await listed(walk.world, "Over", weekday=None, anchor=date(2026, 2, 1))
    await follows(walk.world, walk.person, over)
    for press in ("follows", "follows:1", f"meeting:{over}", "dates", "dates:names", "dates:plain", "meeting:1"):
        await walk.presses(press)
    await walk.presses("meeting:1:pause:2")
    await walk.says("/settings")
    await walk.says("/next")
    await walk.presses("follows")


async def follows_too_many(walk: Walk) -> None:
    await is_member(walk)
    for number in range(FOLLOWS_MOST):
        await follows(walk.world, walk.person, await listed(walk.world, f"Group {number}"))
    await walk.presses(f"meeting:{await listed(walk.world, 'One more')}:follow")


async def enters_their_own(walk: Walk) -> None:
    await is_member(walk)
    await walk.presses("own")
    await walk.says("Kitchen table")
    await walk.presses("own:1:once:20260305")
    await walk.says("19:00")
    await walk.says("12 Harbour Road")
    await walk.presses("own:1:nth:2")
    await walk.presses("own:1:month:2:4")
    await walk.presses("own:1:change")
    await walk.presses("data:files")


async def is_reminded(walk: Walk) -> None:
    """From a day before until it is over, on time and late; then what is asked afterwards."""
    await is_member(walk)
    number = await follows(walk.world, walk.person, await listed(walk.world, LONG, **HERE), "1440 120 30 10")
    await _until(walk, utc(2026, 3, 4, 16, 1))
    await _until(walk, utc(2026, 3, 5, 14, 1))
    await _until(walk, utc(2026, 3, 5, 15, 31))
    for what in ("open", "not", "again", "where", "join", "going"):
        await walk.taps(rf"remind:{number}:\d+:{what}" if what == "open" else ".*:(open|not|again)")
        await walk.presses(f"remind:{number}:20260305:{what}")
    await _until(walk, utc(2026, 3, 5, 17, 12))
    await walk.taps(r"went:\d+:open")
    for what in ("no", "yes", "mood:good"):
        await walk.presses(f"went:2:{what}")  # the first was taken back
    await walk.presses(f"remind:{number}:20260306:open")
    await walk.presses(f"remind:{number + 1}:20260305:open")
    await _until(walk, utc(2026, 3, 6, 12))
    await walk.presses("went:2:open")
    late = await listed(walk.world, "Late", **(HERE | {"weekday": 3, "at": time(23, 40)}))
    await follows(walk.world, walk.person, late, "1440")
    await walk.world.go_to(utc(2026, 3, 11, 23, 35))
    walk.world.clock.at += 35 * timedelta(minutes=1)
    await walk.passes(timedelta(minutes=1))
    await walk.world.go_to(utc(2026, 3, 12, 15, 25))
    walk.world.clock.at += 35 * timedelta(minutes=1)
    await walk.passes(timedelta(minutes=1))
    await walk.presses("data:files")


async def is_reminded_as_clocks_change(walk: Walk) -> None:
    """An hour earlier and back; and on an island whose summer is half an hour."""
    await is_member(walk)
    await follows(walk.world, walk.person, await listed(walk.world))
    await follows(walk.world, walk.person, await listed(walk.world, "Island", zone="Australia/Lord_Howe"))
    for number in (1, 2):
        for day in (5, 12, 26, 32, 36):
            walk.world.clock.at = max(walk.world.clock.at, utc(2026, 3, 1, 12) + day * DAY - DAY)
            await walk.presses(f"meeting:{number}")
    for month in (10, 11):
        walk.world.clock.at = utc(2026, month, 26 if month == 10 else 2, 12)
        await walk.presses("meeting:1")


async def is_at_home_in_new_york(walk: Walk) -> None:
    """Seen from there Lisbon comes an hour later for three weeks, and then earlier again."""
    await is_member(walk, zone=NEW_YORK, country="US")
    await follows(walk.world, walk.person, await listed(walk.world, zone="Europe/Lisbon"))
    for day in (12, 32):
        walk.world.clock.at = utc(2026, 3, 1, 12) + day * DAY - DAY
        await walk.presses("meeting:1")


async def hears_of_changes(walk: Walk) -> None:
    """Everything that a list can say otherwise, one after the other."""
    await is_member(walk)
    number = await listed(walk.world)
    await follows(walk.world, walk.person, number)
    every: tuple[dict[str, Any], ...] = (
        {"at": time(17)},
        {"exceptions": {"2026-03-05": None}},
        {"exceptions": {}},
        {"exceptions": ADDED},
        {"link": "https://meet.example/new", "address": "4 Mill Lane"},
        {"closed": True},
        {"closed": False},
        {"at": None},
        {"at": time(16)},
        {"gone_at": walk.world.clock.now()},
    )
    for fields in every:
        await _changed(walk, number, **fields)
        await walk.passes(HOUR / 12)
        await walk.taps(r"change:\d+:open")
        if fields == {"exceptions": {}}:
            await walk.presses("change:2:open")  # it is again as it was before that one
    await walk.presses("change:1:fine")
    over = await listed(walk.world, "Rule to come", at=None)
    await follows(walk.world, walk.person, over)
    await _changed(walk, over, link="https://meet.example/later")
    await walk.passes(HOUR / 12)
    await walk.presses("change:1:end")


async def is_offered_one_in_a_hard_moment(walk: Walk) -> None:
    """Still strong after two tries: one begins soon, begins now, has begun."""
    await is_member(walk, goal="stopped")
    for _ in range(2):
        await begins(walk)
        await walk.passes(timedelta(minutes=10))
        await walk.taps(r"moment:\d+:now:9")
    start = walk.world.clock.now() + timedelta(minutes=6)
    await listed(walk.world, "At hand", zone="UTC", weekday=start.weekday(), at=start.time().replace(microsecond=0))
    for at in (start - timedelta(minutes=5), start, start + timedelta(minutes=8)):
        walk.world.clock.at = max(walk.world.clock.at, at)
        await walk.presses("moment:2:now:9")


async def _changed(walk: Walk, number: int, **fields: Any) -> None:
    now = walk.world.clock.now()
    async with walk.world.store.work() as session:
        meeting = await session.get(Meeting, number)
        assert meeting
        before = {name: getattr(meeting, name) for name in TOLD}
        for name, value in fields.items():
            setattr(meeting, name, value)
        meeting.plan(now, EDITION)
        await session.flush()
        await told(session, {number: before}, now)


async def _until(walk: Walk, then: datetime) -> None:
    await walk.passes(then - walk.world.clock.now())
