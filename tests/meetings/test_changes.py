"""A feed that changes, closes or drops a meeting: whoever follows it hears what it was and what it is."""

import json
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.meetings import changes
from bot.meetings.advance import EDITION
from bot.meetings.changes import told
from bot.meetings.fetch import Fetcher
from bot.meetings.importing import TOLD
from bot.meetings.model import Meeting
from bot.meetings.refresh import Entry, import_feed
from tests.meetings.listed import LINK, NEW_YORK, follows, is_member, listed, reminders, utc
from tests.phone import Someone
from tests.scenes.looking import tells
from tests.scenes.members import become
from tests.world import World, is_set


@pytest.fixture
async def member(world: World, ana: Someone) -> Someone:
    """Ana in Lisbon, on a Monday at noon."""
    await is_member(world, ana)
    return ana


async def changed(world: World, number: int, **fields: Any) -> None:
    """As the import does it, in one unit of work."""
    now = world.clock.now()
    async with world.store.work() as session:
        meeting = await session.get(Meeting, number)
        assert meeting
        before = {name: getattr(meeting, name) for name in TOLD}
        for name, value in fields.items():
            setattr(meeting, name, value)
        meeting.plan(now, EDITION)
        await session.flush()
        await changes.told(session, {number: before}, now)
    await world.settle()


def notices(person: Someone) -> list[str]:
    return [one.text for one in person.screen.rung if one.slot.startswith("change:")]


async def test_another_time_is_told_old_and_new_and_followed(world: World, member: Someone) -> None:
    number = await listed(world)
    await follows(world, member, number)
    await changed(world, number, at=time(16, 30))
    assert notices(member) == ["A change to your Thursday."]
    line = member.screen.rung[-1]
    assert line.neutral
    assert tells(line) == []
    assert "Hope" not in str(line)
    await member.presses("Open")
    assert "now says Thu 21:30 for you, 16:30 in New York. It was Thu 21:00 for you" in member.sees
    assert member.buttons == ["Fine", "Stop reminders", "All about it", "Help now"]
    await member.presses("Fine")
    await world.go_to(utc(2026, 3, 5, 22))
    assert reminders(member) == ["In 30 minutes: your 21:30."]


async def test_told_and_ended(world: World, member: Someone) -> None:
    number = await listed(world)
    await follows(world, member, number)
    await changed(world, number, weekday=4)
    await member.presses("Open")
    assert "now says Fri 21:00 for you" in member.sees
    await member.presses("Stop reminders")
    await world.go_to(utc(2026, 3, 7))
    assert reminders(member) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"gone_at": utc(2026, 3, 2)}, "does not name it any more. Reminders have stopped."),
        ({"closed": True}, "not held for now. Reminders rest until it is."),
        ({"until": date(2026, 3, 5)}, "not held Thu 12 March 20:00 for you, 16:00 in New York."),
        ({"first": date(2026, 3, 12)}, "not held Thu 21:00 for you, 16:00 in New York."),
        ({"exceptions": {"2026-03-05": None}}, "not held Thu 21:00 for you, 16:00 in New York."),
        ({"exceptions": {"2026-03-05": "2026-03-05T17:00:00"}}, "now says Thu 22:00 for you, 17:00 in New York."),
        ({"link": "https://meet.example/new"}, "The link is another one now."),
        ({"address": "4 Mill Lane"}, "The address is another one now."),
        ({"at": None}, "gives no time any more"),
    ],
)
async def test_everything_that_somebody_who_goes_wants_to_hear(
    world: World, member: Someone, fields: dict[str, Any], said: str
) -> None:
    number = await listed(world)
    await follows(world, member, number)
    await changed(world, number, **fields)
    assert len(notices(member)) == 1
    await member.presses("Open")
    assert said in member.sees
    if "gone_at" in fields or "closed" in fields or "at" in fields:
        await world.go_to(utc(2026, 3, 14))
        assert reminders(member) == []


async def test_another_link_of_one_that_ends_some_day_is_no_change_of_its_dates(world: World, member: Someone) -> None:
    number = await listed(world, first=date(2026, 1, 1), until=date(2026, 3, 12))
    await follows(world, member, number)
    await changed(world, number, link="https://meet.example/other")
    await member.presses("Open")
    assert "The link is another one now." in member.sees
    assert "not held" not in member.sees


async def test_a_date_that_the_list_adds_is_told_and_reminded_of(world: World, member: Someone) -> None:
    number = await listed(world)
    await follows(world, member, number)
    await changed(world, number, exceptions={"2026-03-07": "2026-03-07T10:00:00"})
    await member.presses("Open")
    assert "names one more date: Sat 15:00 for you, 10:00 in New York." in member.sees
    await world.go_to(utc(2026, 3, 8))
    assert reminders(member) == ["In 30 minutes: your 21:00.", "In 30 minutes: your 15:00."]


async def test_back_on_the_list_it_is_reminded_of_again(world: World, member: Someone) -> None:
    number = await listed(world)
    await follows(world, member, number)
    await changed(world, number, closed=True)
    await world.wait(timedelta(minutes=1))
    await changed(world, number, closed=False)
    await world.wait(timedelta(minutes=1))
    assert len(notices(member)) == 2
    await world.arrive(member.forged("change:1:open"))
    assert "It is as it was before." in member.chat
    await member.presses("Open")
    assert "It is on the organisers' list again." in member.sees
    await world.go_to(utc(2026, 3, 5, 22))
    assert reminders(member) == ["In 30 minutes: your 21:00."]


async def test_what_nobody_would_notice_is_told_nobody(world: World, member: Someone, ben: Someone) -> None:
    number = await listed(world)
    await is_set(ben)
    await follows(world, member, number)
    await changed(world, number, anchor=date(2026, 1, 1))
    await changed(world, number, exceptions={"2025-12-25": None})
    assert notices(member) == []
    await changed(world, number, at=time(18))
    assert (len(notices(member)), notices(ben)) == (1, [])


async def test_at_night_it_waits_for_the_morning_unless_that_is_too_late(world: World, member: Someone) -> None:
    later, soon = await listed(world), await listed(world, "Dawn", weekday=1, at=time(4))
    await follows(world, member, later)
    await follows(world, member, soon)
    await world.go_to(utc(2026, 3, 3, 3))
    await changed(world, later, at=time(17))
    assert notices(member) == []
    await changed(world, soon, at=time(4, 30))
    assert notices(member) == ["A change to your Tuesday."]
    await world.go_to(utc(2026, 3, 3, 8, 1))
    assert notices(member) == ["A change to your Tuesday.", "A change to your Thursday."]


async def test_of_several_changes_in_one_night_one_is_told_with_what_is_in_the_end(
    world: World, member: Someone
) -> None:
    number = await listed(world)
    await follows(world, member, number)
    await world.go_to(utc(2026, 3, 3, 2))
    for hour in (17, 18, 19):
        await changed(world, number, at=time(hour))
        await world.wait(timedelta(hours=1))
    await world.go_to(utc(2026, 3, 3, 9))
    assert notices(member) == ["A change to your Thursday."]
    await member.presses("Open")
    assert "now says Fri 0:00 for you, Thu 19:00 in New York. It was Thu 21:00 for you" in member.sees


async def test_what_changed_in_a_pause_is_told_at_its_end(world: World, member: Someone) -> None:
    number = await listed(world)
    await follows(world, member, number)
    await become(world, member, paused_until=utc(2026, 3, 16, 12))
    await changed(world, number, closed=True)
    await world.go_to(utc(2026, 3, 16, 11, 59))
    assert notices(member) == []
    await world.go_to(utc(2026, 3, 16, 12, 1))
    assert len(notices(member)) == 1
    await member.presses("Open")
    assert "not held for now" in member.sees


async def test_after_a_pause_until_they_write_it_is_told_within_hours(world: World, member: Someone) -> None:
    number, other = await listed(world), await listed(world, "Other")
    await follows(world, member, number)
    await follows(world, member, other)
    await changed(world, number, at=time(17))  # the pause begins while this one waits for nobody
    await become(world, member, paused_at=world.clock.now())
    await changed(world, other, at=time(18))
    await world.go_to(utc(2026, 4, 20, 12))
    assert len(notices(member)) == 1
    await member.says("menu")
    await world.go_to(utc(2026, 4, 20, 18, 1))
    assert len(notices(member)) == 2


async def test_what_is_over_by_then_or_as_it_was_is_told_nobody_after_a_pause(world: World, member: Someone) -> None:
    number, other = await listed(world), await listed(world, "Other")
    await follows(world, member, number)
    await follows(world, member, other)
    await become(world, member, paused_until=utc(2026, 3, 16, 12))
    await changed(world, number, exceptions={"2026-03-05": None})
    await changed(world, other, closed=True)
    await changed(world, other, closed=False)
    await world.go_to(utc(2026, 3, 17))
    assert notices(member) == []


async def test_in_a_hard_moment_a_change_waits_unless_the_meeting_is_soon(world: World, member: Someone) -> None:
    later, soon = await listed(world), await listed(world, "Soon", weekday=0, at=time(9, 30))
    await follows(world, member, later)
    await follows(world, member, soon)
    await member.says("/trigger")
    await changed(world, later, at=time(17))
    assert notices(member) == []
    await changed(world, soon, at=time(10))
    assert notices(member) == ["A change to your Monday."]
    await world.wait(timedelta(hours=1))
    assert notices(member) == ["A change to your Monday.", "A change to your Thursday."]


async def test_a_time_moved_after_the_reminder_is_reminded_of_anew(world: World, member: Someone) -> None:
    number = await listed(world)
    await follows(world, member, number)
    await world.go_to(utc(2026, 3, 5, 20, 31))
    await changed(world, number, at=time(17, 30))
    await world.go_to(utc(2026, 3, 5, 23))
    assert reminders(member) == ["In 30 minutes: your 21:00.", "In 30 minutes: your 22:30."]


async def test_the_same_meeting_under_another_name_in_its_list_goes_on_being_followed(
    world: World, member: Someone, tmp_path: Path
) -> None:
    """A list moves to another server, and every row has another id there."""

    async def imports(*rows: dict[str, Any]) -> None:
        file.write_text(json.dumps(rows))
        await import_feed(world.store, Entry(str(file), "NA"), world.clock.now(), fetcher=Fetcher("t"), tell=told)
        await world.wait(timedelta(minutes=2))

    file = tmp_path / "list.json"
    old = {"name": "Midnight Hope", "day": 4, "time": "16:00", "timezone": NEW_YORK, "conference_url": LINK}
    early = old | {"name": "Early Hope", "time": "12:00"}
    await imports(old | {"slug": "a1"}, early | {"slug": "b1"})
    await follows(world, member, 1, "120 10")
    await follows(world, member, 2)
    await imports(old | {"slug": "a2"}, early | {"slug": "b2"}, early | {"slug": "b3"})
    await world.go_to(utc(2026, 3, 5, 22))
    assert reminders(member) == ["In 2 hours: your 21:00.", "In 10 minutes: your 21:00."]
    assert len(notices(member)) == 1, "of two that read the same nobody knows which it is: that it is gone is told"


async def test_a_change_can_be_opened_by_those_who_follow_alone(world: World, member: Someone, cai: Someone) -> None:
    number = await listed(world)
    await follows(world, member, number)
    await is_set(cai)
    await changed(world, number, at=time(18))
    for press in ("change:1:open", "change:1:end", "change:1:fine", "change", "change:x:open", "change:99:open"):
        await world.arrive(cai.forged(press))
        assert "organisers" not in cai.chat
    await world.arrive(member.forged("change:1:nonsense"))
    assert "organisers" not in member.chat
