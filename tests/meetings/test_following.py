"""What somebody follows: before how long, dates left out, a pause, an end; and what others' screens say of it."""

from datetime import date, time

import pytest

from bot.app import FEATURES
from bot.chat import Press
from bot.feature import Turn
from bot.meetings.model import Follow
from bot.people import lock
from bot.texts import Texts
from tests.meetings.listed import count, follows, is_member, listed, reminders, utc
from tests.phone import Someone
from tests.world import World


@pytest.fixture
async def member(world: World, ana: Someone) -> Someone:
    """Ana in Lisbon."""
    await is_member(world, ana)
    return ana


async def opens(world: World, member: Someone, **fields: object) -> int:
    number = await listed(world, **fields)  # type: ignore[arg-type]
    await member.says("/meetings")
    await member.presses("Online")
    await member.presses("1. Midnight Hope")
    await member.presses("Remind me")
    return number


async def test_one_tap_and_thirty_minutes_before(world: World, member: Someone) -> None:
    await opens(world, member)
    assert "I remind you 30 minutes before." in member.sees
    assert member.buttons == [
        "Join",
        "How long before",
        "Skip a date",
        "Pause",
        "Stop reminders",
        "Help now",
    ]
    await world.go_to(utc(2026, 3, 5, 20, 31))
    assert reminders(member) == ["In 30 minutes: your 21:00."]


async def test_single_dates_that_a_list_names_are_more_than_once(world: World, member: Someone) -> None:
    added = {"2026-03-08": "2026-03-08T12:00:00", "2026-04-04": "2026-04-04T10:00:00"}
    await opens(world, member, weekday=None, anchor=date(2026, 3, 5), exceptions=added)
    assert "On dates that the list names. Next: Thu 21:00 for you." in member.sees
    await member.presses("Skip a date")
    assert member.buttons == ["Thu 5 March", "Sun 8 March", "Sat 4 April", "Back", "Help now"]
    await member.presses("Thu 5 March")
    await world.go_to(utc(2026, 3, 9))
    assert reminders(member) == ["In 30 minutes: your 16:00."]  # New York has changed its clocks that night


async def test_a_page_that_is_no_more_shows_the_last_there_is(world: World, member: Someone) -> None:
    numbers = [await listed(world, f"Group {number}", at=time(8 + number)) for number in range(6)]
    for number in numbers:
        await follows(world, member, number)
    await world.arrive(member.forged("follows:1"))
    await member.presses("6. Group 5")
    await member.presses("Stop reminders")
    await member.says("/meetings")
    await member.presses("My meetings")
    await world.arrive(member.forged("follows:1"))
    assert "5. Group 4" in member.buttons
    assert "You follow none yet." not in member.sees


async def test_several_lengths_may_be_chosen_and_the_last_one_stays(world: World, member: Someone) -> None:
    await opens(world, member)
    await member.presses("How long before")
    await member.presses("✓ 30 minutes")
    assert "✓ 30 minutes" in member.buttons
    await member.presses("2 hours")
    await member.presses("✓ 30 minutes")
    assert member.buttons == ["A day", "✓ 2 hours", "30 minutes", "10 minutes", "Back", "Help now"]
    await world.go_to(utc(2026, 3, 6))
    assert reminders(member) == ["In 2 hours: your 21:00."]


async def test_a_date_is_left_out_and_taken_back(world: World, member: Someone) -> None:
    await opens(world, member)
    await member.presses("Skip a date")
    assert member.buttons[:2] == ["Thu 5 March", "Thu 12 March"]
    await member.presses("Thu 5 March")
    await member.presses("Thu 12 March")
    await member.presses("✗ Thu 12 March")
    await world.go_to(utc(2026, 3, 13))
    assert reminders(member) == ["Tomorrow: your 20:00.", "In 30 minutes: your 20:00."]


async def test_a_date_that_is_left_out_stays_out_whatever_else_is(world: World, member: Someone) -> None:
    await opens(world, member)
    await member.presses("Skip a date")
    await member.presses("Thu 5 March")
    await member.presses("Thu 9 April")
    assert {"✗ Thu 5 March", "✗ Thu 9 April"} <= set(member.buttons)
    await world.go_to(utc(2026, 3, 6))
    assert reminders(member) == []


async def test_a_pause_ends_by_itself_or_when_asked(world: World, member: Someone) -> None:
    await opens(world, member)
    await member.presses("Pause")
    await member.presses("2 weeks")
    assert "Reminders are paused until 16 March." in member.sees
    await world.go_to(utc(2026, 3, 16, 12))
    assert reminders(member) == []
    await world.go_to(utc(2026, 3, 19, 19, 31))
    assert reminders(member)[-1] == "In 30 minutes: your 20:00."
    await member.says("/meetings")
    await member.presses("My meetings")
    await member.presses("1. Midnight Hope")
    await member.presses("Pause")
    await member.presses("4 weeks")
    await member.presses("End the pause")
    assert "I remind you 30 minutes before." in member.sees


async def test_an_end_is_an_end(world: World, member: Someone) -> None:
    await opens(world, member)
    await member.presses("Stop reminders")
    assert "Remind me" in member.buttons
    await world.go_to(utc(2026, 3, 20))
    assert reminders(member) == []
    assert await count(world, Follow) == 0


async def test_every_other_week_in_new_york(world: World, member: Someone) -> None:
    await opens(world, member, interval=2, anchor=date(2026, 2, 26))
    await world.go_to(utc(2026, 4, 10))
    assert [one.text for one in member.screen.rung if one.slot.startswith("remind:")] == [
        "Tomorrow: your 20:00.",
        "In 30 minutes: your 20:00.",
        "Tomorrow: your 20:00.",
        "In 30 minutes: your 20:00.",
        "Tomorrow: your 21:00.",
        "In 30 minutes: your 21:00.",
    ]


async def test_the_second_tuesday_of_the_month(world: World, member: Someone) -> None:
    await opens(world, member, weekday=1, nth=2, at=time(12))
    await world.go_to(utc(2026, 5, 13))
    slots = [one.slot.rpartition(":")[2] for one in member.screen.rung if one.text.startswith("In 30")]
    assert slots == ["20260310", "20260414", "20260512"]


async def test_next_and_the_settings_say_what_comes(world: World, member: Someone) -> None:
    await opens(world, member)
    await member.says("/next")
    assert "Thu 5 March 20:30: 30 minutes before your 21:00 (16:00 in New York)" in member.sees
    await member.says("/settings")
    assert "1 meeting" in member.sees


async def test_travelling_leaves_the_meeting_its_own_hour(world: World, member: Someone) -> None:
    await opens(world, member)
    await member.says("/travel")
    await member.says("Athens, Greece")
    await member.presses("Yes")
    await member.presses("Sunday")
    assert "your 23:00 (16:00 in New York)" in member.sees
    await world.go_to(utc(2026, 3, 5, 20, 31))
    assert reminders(member) == ["In 30 minutes: your 23:00."]


async def test_a_move_to_where_the_clocks_agree_takes_the_notice_away(world: World, member: Someone) -> None:
    await opens(world, member)
    await world.go_to(utc(2026, 3, 6))
    await member.says("/timezone")
    await member.says("New York")
    await member.presses("Yes")
    await world.go_to(utc(2026, 3, 13))
    assert reminders(member)[1:] == ["In 30 minutes: your 16:00."]


async def offered(world: World, member: Someone) -> list[tuple[str, str]]:
    """What meetings offer in a hard moment: the words, and the press."""
    async with world.store.work() as session:
        person, _ = await lock(session, member.address)
        assert person
        press = Press(address=member.address, data="hard")
        turn = Turn(session, person, True, press, "hard", False, world.clock.now(), Texts("en"), "", FEATURES)
        return [(button.label, button.press) for button in await turn.ways_out() if "meeting" in button.press]


async def test_a_hard_moment_leads_to_what_is_on(world: World, member: Someone) -> None:
    soon = await listed(world, "Soon", at=time(16, 10))
    begun = await listed(world, "Begun")
    await listed(world, "No link", link="", at=time(15, 50))
    assert await offered(world, member) == []
    await world.go_to(utc(2026, 3, 5, 20, 44))
    assert await offered(world, member) == []
    await world.go_to(utc(2026, 3, 5, 20, 50))
    assert await offered(world, member) == [("Online meeting in 10 min", f"meeting:{begun}:join")]
    await world.go_to(utc(2026, 3, 5, 21, 8))
    assert await offered(world, member) == [("Online meeting in 2 min", f"meeting:{soon}:join")]
    await world.go_to(utc(2026, 3, 5, 21, 14))
    assert await offered(world, member) == [("Online meeting, 4 min in", f"meeting:{soon}:join")]
    await world.go_to(utc(2026, 3, 5, 21, 30))
    assert await offered(world, member) == []


async def test_in_a_hard_moment_nobody_is_asked_for_a_city_first(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses("I am 18 or over and agree")
    await world.arrive(ana.forged(f"meeting:{await listed(world)}:join"))
    assert "https://meet.example/midnight" in ana.chat


async def test_of_two_that_are_on_the_known_one_is_offered(world: World, member: Someone) -> None:
    await listed(world, "Other")
    known = await listed(world, "Known", at=time(16, 10), link="https://meet.example/known")
    await follows(world, member, known)
    await world.go_to(utc(2026, 3, 5, 21, 2))
    assert await offered(world, member) == [("Online meeting in 8 min", f"meeting:{known}:join")]
    await world.arrive(member.forged(f"meeting:{known}:join"))
    assert "https://meet.example/known" in member.chat
