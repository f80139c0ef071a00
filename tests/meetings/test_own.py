"""A meeting of one's own: every way it can recur, sealed words, changed, deleted, and out of everybody else's reach."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from bot.meetings.model import Follow, Meeting, Visit
from bot.meetings.own import read_date
from tests.meetings.listed import count, follows, is_member, listed, meeting_of, reminders, utc
from tests.phone import A_MOMENT, Someone
from tests.world import World, is_set


@pytest.fixture
async def member(world: World, ana: Someone) -> Someone:
    """Ana in Lisbon."""
    await is_member(world, ana)
    return ana


async def begins(member: Someone, name: str = "Kitchen table") -> None:
    await member.says("/meetings")
    await member.presses("Enter my own")
    await member.says(name)


async def ends(member: Someone, hour: str = "19:30", where: str = "12 Harbour Road") -> None:
    await member.says(hour)
    await member.says(where)


async def test_every_week_in_five_answers_and_reminded_of_at_once(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every week")
    await member.presses("Wednesday")
    await ends(member)
    assert member.sees.split("\n")[:4] == [
        "Kept.",
        "Kitchen table",
        "Every Wednesday at 19:30. Next: Wed 19:30.",
        "12 Harbour Road",
    ]
    assert "I remind you 30 minutes before." in member.sees
    await world.go_to(utc(2026, 3, 11, 20))
    assert reminders(member) == ["In 30 minutes: your 19:30."] * 2
    line = next(one for one in member.screen.rung if one.slot.startswith("remind:"))
    assert "Kitchen" not in str(line)
    assert "Harbour" not in str(line)
    await member.presses("Open")
    assert "Kitchen table, 12 Harbour Road." in member.chat


async def test_every_other_week_counts_from_the_next_date(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every other week")
    await member.presses("Tue 10 March")
    await ends(member)
    assert "Every other Tuesday at 19:30. Next: Tue 10 March 19:30." in member.sees
    await world.go_to(utc(2026, 4, 10))
    slots = [one.slot.rpartition(":")[2] for one in member.screen.rung if one.slot.startswith("remind:")]
    assert slots == ["20260310", "20260324", "20260407"]


async def test_the_last_friday_of_the_month(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Once a month")
    await member.presses("Last")
    await member.presses("Friday")
    await ends(member)
    assert "Every month on the last Friday at 19:30. Next: Fri 27 March 19:30." in member.sees


async def test_once_on_a_date_that_is_typed(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Once")
    await member.says("soon")
    assert "can't read that as a date" in member.sees
    await member.says("1.3.2026")
    assert "can't read that as a date" in member.sees, "it is over"
    await member.says("1 de mayo")
    await ends(member)
    assert member.buttons == ["Where", "How long before", "Stop reminders", "Change it", "Help now"]
    assert "Once: Fri 1 May 19:30." in member.sees
    await world.go_to(utc(2026, 6, 1))
    assert reminders(member) == ["In 30 minutes: your 19:30."]
    await member.says("/meetings")
    await member.presses("My meetings")
    assert "Nothing more comes of this one." in member.sees


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("3 April", date(2026, 4, 3)),
        ("April 3rd", date(2026, 4, 3)),
        ("el 3 de abril de 2026", date(2026, 4, 3)),
        ("1 feb", date(2027, 2, 1)),
        ("3/4", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("today", date(2026, 3, 2)),
        ("Mañana", date(2026, 3, 3)),
        ("Friday", date(2026, 3, 6)),
        ("sáb.", date(2026, 3, 7)),
        ("lunes", date(2026, 3, 2)),
        ("29 Feb", None),
        ("April", None),
        ("3 or 4 or 5 April", None),
        ("soon", None),
    ],
)
def test_a_date_as_people_write_it(words: str, day: date | None) -> None:
    assert read_date(words, date(2026, 3, 2)) == day


async def test_a_wrong_tap_is_taken_back_at_every_question(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every other week")
    await member.presses("Back")
    await member.presses("Every week")
    await member.presses("Thursday")
    await member.presses("Another city's clock")
    await member.says("qwzxkj")
    await member.presses("Back")
    assert "by the clock of Lisbon" in member.sees
    await member.says("19:30")
    await member.presses("Back")
    await member.says("20:30")
    await member.presses("Skip")
    assert "Every Thursday at 20:30. Next: Thu 20:30." in member.sees
    await member.presses("Change it")
    await member.presses("The time")
    await member.presses("Back")
    assert member.sees == "What shall be different?"


async def test_the_clock_is_that_of_where_they_were_or_of_another_city(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every week")
    await member.presses("Thursday")
    assert "by the clock of Lisbon" in member.sees
    await member.presses("Another city's clock")
    await member.says("qwzxkj")
    await member.says("Portland")
    await member.presses("Portland, Oregon, United States")
    await member.says("25:99")
    assert "can't read that as a time" in member.sees
    await member.says("8pm")
    await member.presses("Skip")
    assert "Every Thursday at 20:00 in Los Angeles. Next: Fri 4:00 for you." in member.sees
    await begins(member, "Here")
    await member.presses("Every week")
    await member.presses("Thursday")
    await ends(member)
    await member.says("/timezone")
    await member.says("Athens, Greece")
    await member.presses("Yes")
    await member.says("/meetings")
    await member.presses("My meetings")
    assert "Thu 21:30 for you, 19:30 in Lisbon" in member.sees, "its hour does not travel"


async def test_everything_about_it_can_be_changed(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every week")
    await member.presses("Wednesday")
    await ends(member)
    await member.presses("Change it")
    await member.presses("The time")
    await member.presses("20:00")
    await member.presses("Change it")
    await member.presses("The days")
    await member.presses("Every week")
    await member.presses("Saturday")
    await member.presses("Change it")
    await member.presses("Its name")
    await member.says("Garden")
    await member.presses("Change it")
    await member.presses("The place or link")
    await member.says("https://meet.example/garden")
    assert member.sees.startswith("Kept.\nGarden\nEvery Saturday at 20:00. Next: Sat 20:00.\nOnline")
    await member.presses("Join")
    assert "https://meet.example/garden" in member.sees
    await world.go_to(utc(2026, 3, 8))
    assert reminders(member) == ["In 30 minutes: your 20:00."]


async def test_reminders_that_were_ended_do_not_come_back_with_a_change(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every week")
    await member.presses("Wednesday")
    await ends(member)
    await member.presses("Stop reminders")
    await member.presses("Change it")
    await member.presses("The time")
    await member.presses("20:00")
    assert "Remind me" in member.buttons
    assert await count(world, Follow) == 0


async def test_deleted_is_gone(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every week")
    await member.presses("Wednesday")
    await ends(member)
    await member.presses("Change it")
    await member.presses("Delete it")
    assert member.buttons == ["Delete it", "Keep it", "Help now"]
    await member.presses("Delete it")
    assert "Deleted." in member.sees
    assert (await count(world, Meeting), await count(world, Follow)) == (0, 0)
    await world.go_to(utc(2026, 3, 6))
    assert reminders(member) == []


async def test_one_that_was_not_finished_goes_when_the_next_is_begun(world: World, member: Someone) -> None:
    await begins(member, "Half")
    await begins(member, "Whole")
    assert await count(world, Meeting) == 1
    await member.says("/meetings")
    await member.presses("My meetings")
    assert "You follow none yet." in member.sees


async def test_names_too_long_are_asked_for_again(world: World, member: Someone) -> None:
    await begins(member, "a" * 61)
    assert "up to 60 letters" in member.sees
    await member.says("b" * 60)
    await member.presses("Once")
    await member.presses("Tue 3 March")
    await member.says("19:00")
    await member.says("c" * 301)
    assert "up to 300 letters" in member.sees


async def test_its_words_are_sealed_and_go_out_with_my_data(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every week")
    await member.presses("Wednesday")
    await ends(member)
    number = await listed(world)
    await follows(world, member, number)
    async with world.store.look() as session:
        row = (await session.execute(text("SELECT * FROM meetings WHERE person_id IS NOT NULL"))).one()
    assert not [value for value in row if "Kitchen" in str(value) or "Harbour" in str(value)]
    async with world.store.work() as session:
        owner = await session.scalar(select(Follow.person_id).where(Follow.meeting_id == number))
        visits = [Visit(person_id=owner, meeting_id=one, day=date(2026, 2, 26), went=True) for one in (number, None)]
        session.add_all(visits)
    await member.says("/mydata")
    await member.presses("Send them to me")
    await world.wait(A_MOMENT)
    documents = [bubble.message.document for bubble in member.screen.bubbles]
    found = {one.name: one.text for one in documents if one}
    whole = json.loads(found["notes.json"])
    assert [(one["meeting"], one["where"]) for one in whole["meetings"]] == [("Kitchen table", "12 Harbour Road")]
    assert [(one["meeting"], one["minutes before"]) for one in whole["follows"]] == [
        ("Kitchen table", "30"),
        ("Midnight Hope", "30"),
    ]
    assert [one["meeting"] for one in whole["visits"]] == ["Midnight Hope", None], "what was deleted has no name"
    assert "Kitchen table" in found["notes.html"]
    assert "<td>Wed</td>" in found["notes.html"]


async def test_cai_reaches_nothing_of_it(world: World, member: Someone, cai: Someone) -> None:
    await begins(member)
    await member.presses("Every week")
    await member.presses("Wednesday")
    await ends(member)
    async with world.store.look() as session:
        number = (await session.execute(text("SELECT id FROM meetings"))).scalar_one()
    before = await meeting_of(world, number)
    await is_set(cai)
    what = ("", ":join", ":where", ":follow", ":leads", ":show", ":end", ":date:20260304", ":pause:1", ":lead:10")
    mine = ("change", "ask:name", "ask:where", "delete", "deleted", "often:week", "week:1", "at:08.00", "nowhere")
    forged = [f"meeting:{number}{one}" for one in what] + [f"own:{number}:{one}" for one in mine]
    for press in (*forged, f"own:{number}:zone:Europe/Paris", f"own:{number}:once:20260305", "follows", "dates:names"):
        await world.arrive(cai.forged(press))
        await cai.looks()
        assert not [word for word in ("Kitchen", "Harbour", "19:30") if word in cai.chat], press
    after = await meeting_of(world, number)
    assert (after.weekday, after.at, after.zone, after.sealed_own_where) == (
        before.weekday,
        before.at,
        before.zone,
        before.sealed_own_where,
    )
    assert await count(world, Follow) == 1


async def test_forged_answers_set_nothing(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every week")
    await member.presses("Wednesday")
    await ends(member)
    async with world.store.look() as session:
        number = (await session.execute(text("SELECT id FROM meetings"))).scalar_one()
    before = await meeting_of(world, number)
    forged = ("week:", "week:01", "week:7", "month:9:1", "month:1:", "nth:0", "once:20250101", "once:20300101", "at:99")
    for what in (*forged, "once:99999999", "zone:UTC", "zone:Mars/Olympus", "ask:what", "often:never", "what", ""):
        await world.arrive(member.forged(f"own:{number}:{what}"))
    after = await meeting_of(world, number)
    fields = ("weekday", "nth", "interval", "anchor", "at", "zone", "next_start")
    assert [getattr(after, name) for name in fields] == [getattr(before, name) for name in fields]
    assert "went wrong" not in member.chat


async def test_erased_with_its_owner(world: World, member: Someone) -> None:
    await begins(member)
    await member.presses("Every week")
    await member.presses("Wednesday")
    await ends(member)
    await member.says("/forget")
    await member.presses("Erase now")
    await world.wait(timedelta(minutes=1))
    assert (await count(world, Meeting), await count(world, Follow)) == (0, 0)
