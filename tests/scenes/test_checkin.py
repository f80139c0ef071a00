"""The daily check-in: at the person's own hour, in three taps, never twice, never long after."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.phone import Someone
from tests.scenes.looking import notes, rows, tells, the_checkins, the_due_times, the_outcomes, the_person
from tests.world import World, is_set

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MONDAY_EVENING = datetime(2026, 3, 2, 19, tzinfo=UTC)


async def answers(person: Someone, mood: str = "🙂 All right", pull: str = "2", used: str = "No") -> None:
    """Three taps."""
    for label in (mood, pull, used):
        await person.presses(label)


async def test_a_calm_day_takes_three_taps(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(datetime(2026, 3, 2, 18, 59, 59, tzinfo=UTC))
    assert "note" not in ana.sees
    await world.wait(timedelta(seconds=1))
    assert ana.sees == "Your evening note.\nHow are you right now?"
    await ana.presses("🙂 All right")
    assert "How strong is the pull" in ana.sees
    await ana.presses("2")
    assert "Did you use" in ana.sees
    await ana.presses("No")
    assert ana.sees == "Noted: all right, pull 2, not used. A small thing for tomorrow?"
    assert len([text for text in ana.rung if "note" in text]) == 1, "only the note itself made a sound"


async def test_each_is_asked_at_their_own_evening(world: World, ana: Someone, ben: Someone, cai: Someone) -> None:
    world.clock.at = datetime(2026, 3, 1, 20, tzinfo=UTC)
    for person, city in ((ana, "Auckland"), (ben, "Kathmandu"), (cai, "Honolulu")):
        await is_set(person, city)
    for utc, who in (
        (datetime(2026, 3, 2, 6, 0, tzinfo=UTC), ana),
        (datetime(2026, 3, 2, 13, 15, tzinfo=UTC), ben),
        (datetime(2026, 3, 3, 5, 0, tzinfo=UTC), cai),
    ):
        before = [len(notes(person)) for person in (ana, ben, cai)]
        await world.go_to(utc - timedelta(seconds=1))
        assert len(notes(who)) == before[(ana, ben, cai).index(who)]
        await world.go_to(utc)
        assert notes(who)[-1].startswith("Your evening note.")
        assert len(notes(who)) == before[(ana, ben, cai).index(who)] + 1


@pytest.mark.parametrize(
    ("day", "hour", "asked"),
    [
        # the evening keeps its hour, whatever the clocks did in the night
        (datetime(2026, 3, 28, tzinfo=UTC), "19:00", ["28 19:00", "29 18:00", "30 18:00"]),
        (datetime(2026, 10, 24, tzinfo=UTC), "19:00", ["24 18:00", "25 19:00", "26 19:00"]),
        # 1:30 does not come on the 29th, and comes twice on the 25th
        (datetime(2026, 3, 28, tzinfo=UTC), "1:30", ["28 01:30", "29 01:00", "30 00:30"]),
        (datetime(2026, 10, 24, tzinfo=UTC), "1:30", ["24 00:30", "25 00:30", "26 01:30"]),
    ],
)
async def test_one_a_local_day_when_the_clocks_change(
    day: datetime, hour: str, asked: list[str], world: World, ana: Someone
) -> None:
    world.clock.at = day - timedelta(hours=2)
    await ana.starts()
    for label in ("I am 18 or over and agree", "Skip", "Skip"):
        await ana.presses(label)
    await ana.says("Lisbon")
    await ana.presses("Yes")
    await ana.says(hour)
    await ana.presses("Skip")
    await world.go_to(day + 3 * DAY)
    assert [f"{due:%d %H:%M}" for due in await the_due_times(world)] == asked
    assert len(notes(ana)) == 3


async def test_the_word_for_the_note_is_the_part_of_the_day(world: World, ana: Someone) -> None:
    await is_set(ana)
    for hour, word in (("09.00", "morning"), ("13.00", "afternoon"), ("22.59", "evening"), ("23.30", "for tonight")):
        await world.arrive(ana.forged(f"checkin:at:{hour}"))
        await world.wait(2 * DAY)
        assert word in notes(ana)[-1]


async def test_answered_before_it_is_due_none_comes_that_day(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/checkin")
    assert ana.sees == "How are you right now?"
    await answers(ana)
    await world.wait(11 * HOUR)
    assert notes(ana) == []
    await world.wait(DAY)
    assert len(notes(ana)) == 1


async def test_one_answer_is_enough_for_none_to_come(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.presses("Check in")
    await ana.presses("😕 Low")
    await world.wait(11 * HOUR)
    assert notes(ana) == []
    await ana.says("check in")
    assert "How strong is the pull" in ana.sees, "and it goes on where it was"


async def test_looked_at_and_not_answered_it_still_comes(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/checkin")
    await world.wait(11 * HOUR)
    assert len(notes(ana)) == 1
    assert len(await the_checkins(world)) == 1, "and it is the same day's row"


async def test_answered_while_it_waits_to_leave_it_is_not_wanted_any_more(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/checkin")
    await world.go_to(MONDAY_EVENING - timedelta(seconds=1))
    world.clock.at = MONDAY_EVENING
    for _ in range(28):  # the bucket is down to its reserve: replies leave, notes wait
        world.app.delivery.bucket.debit(world.clock.now())
    await world.settle()
    assert await the_outcomes(world) == ["waiting", "waiting"], "the note, and a nudge for later"
    await world.arrive(ana.tapped("🙂 All right"))
    await world.wait(3 * HOUR)
    assert await the_outcomes(world) == ["unwanted", "unwanted"]
    assert notes(ana) == []


async def test_check_in_without_a_zone_asks_for_the_city_first(world: World, ana: Someone) -> None:
    await ana.starts()
    for label in ("I am 18 or over and agree", "Skip", "Skip", "Skip", "Skip", "Skip"):
        await ana.presses(label)
    await ana.presses("Check in")
    assert "Which city" in ana.sees
    await ana.says("Lisbon")
    await ana.presses("Yes")
    await ana.presses("Check in")
    assert ana.sees == "How are you right now?"


async def test_an_answer_can_be_changed(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(MONDAY_EVENING)
    before = len(ana.screen.bubbles)
    await answers(ana)
    await ana.presses("Change an answer")
    assert "How are you right now?" in ana.sees
    await answers(ana, "😞 Very low", "5", "Skip")
    assert ana.sees == "Noted: very low, pull 5, the rest skipped. Is one of these in it?"
    [row] = await the_checkins(world)
    assert (row.mood, row.pull, row.used) == ("very_low", "5", "skipped")
    assert len(ana.screen.bubbles) == before, "nothing but edits"


async def test_yesterdays_buttons_answer_for_yesterday(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(MONDAY_EVENING)
    monday = ana.tapped("😕 Low")
    await world.go_to(MONDAY_EVENING + DAY)
    await ana.presses("😄 Good")
    await world.arrive({**monday, "number": world.next_number()})
    assert [(row.day.day, row.mood) for row in await the_checkins(world)] == [(2, "low"), (3, "good")]


async def test_taps_in_a_hurry_are_one_check_in(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(MONDAY_EVENING)
    low = ana.tapped("😕 Low")
    await world.arrive(low, *({**low, "number": world.next_number()} for _ in range(4)))
    await world.wait(timedelta(minutes=1))
    [row] = await the_checkins(world)
    assert (row.mood, row.pull) == ("low", None)
    assert "How strong is the pull" in ana.sees


async def test_late_it_says_so_and_stays_neutral(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(MONDAY_EVENING - HOUR)
    await world.sleeps(2 * HOUR)
    assert ana.sees.startswith("Your evening note. It was for 19:00 and comes late.")
    assert tells(ana.screen.rung[-1]) == []
    assert ana.screen.rung[-1].neutral
    await answers(ana)
    assert ana.sees.startswith("Noted"), "and it is answered like any other"


async def test_a_few_minutes_are_not_late(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(MONDAY_EVENING - timedelta(minutes=1))
    await world.sleeps(timedelta(minutes=9))
    assert ana.sees == "Your evening note.\nHow are you right now?"


@pytest.mark.parametrize(("asleep", "come"), [(timedelta(hours=4, minutes=59), 1), (timedelta(hours=5, minutes=1), 0)])
async def test_too_late_it_does_not_come(asleep: timedelta, come: int, world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(MONDAY_EVENING - HOUR)
    await world.sleeps(asleep)
    assert len(notes(ana)) == come
    await world.go_to(MONDAY_EVENING + DAY)
    assert len(notes(ana)) == come + 1, "and the next day goes on as ever"


@pytest.mark.parametrize(("until", "come"), [(MONDAY_EVENING + 3 * DAY + HOUR, 1), (MONDAY_EVENING + 3.5 * DAY, 0)])
async def test_after_three_days_asleep_at_most_one_comes(
    until: datetime, come: int, world: World, ana: Someone, ben: Someone
) -> None:
    await is_set(ana)
    await is_set(ben)
    await world.sleeps(until - world.clock.now())
    for person in (ana, ben):
        assert len(notes(person)) == come
    assert len(await the_checkins(world)) == 2 * come, "no row stands for a day that nobody was asked about"


async def test_a_year_asleep_is_not_worked_off_day_by_day(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.sleeps(timedelta(days=365))
    assert notes(ana) == []
    await world.wait(DAY)
    assert len(notes(ana)) == 1


async def test_nothing_comes_while_the_door_is_closed_and_all_comes_back_with_a_word(
    world: World, ana: Someone
) -> None:
    await is_set(ana)
    await ana.blocks()
    await world.wait(2 * DAY)
    assert notes(ana) == []
    assert await the_outcomes(world) == []
    ana.screen.blocked = False
    await ana.says("/start")
    await world.wait(DAY)
    assert len(notes(ana)) == 1


async def test_a_closed_door_that_nobody_told_of_is_tried_once(world: World, ana: Someone) -> None:
    await is_set(ana)
    ana.screen.blocked = True
    await world.wait(3 * DAY)
    assert await the_outcomes(world) == ["unreachable"]
    assert (await the_person(world)).unreachable_since == MONDAY_EVENING
    await ana.unblocks()
    await world.wait(DAY)
    assert len(notes(ana)) == 1


async def test_another_hour_after_the_note_brings_no_second_one_that_day(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(MONDAY_EVENING)
    await world.arrive(ana.forged("checkin:at:21.00"))
    await world.wait(4 * HOUR)
    assert len(notes(ana)) == 1
    await world.wait(DAY)
    assert len(notes(ana)) == 2


async def test_flying_west_brings_no_second_note_for_the_same_local_day(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(MONDAY_EVENING)
    await ana.says("/timezone")
    await ana.says("Honolulu")
    await ana.presses("Yes")
    await world.wait(20 * HOUR)
    assert len(notes(ana)) == 1, "it is still Monday there"
    await world.wait(15 * HOUR)
    assert len(notes(ana)) == 2


async def test_cai_can_do_nothing_with_anas_check_in(world: World, ana: Someone, cai: Someone) -> None:
    await is_set(ana)
    await is_set(cai, "Tokyo")
    await ana.says("/checkin")
    [row] = await the_checkins(world)
    for what in ("mood:low", "again", "support", "used:yes", "pull:9"):
        before = len(ana.rung)
        await world.arrive(cai.forged(f"checkin:{row.id}:{what}", ana.screen.bubbles[-1].id))
        await world.wait(timedelta(minutes=1))
        assert len(ana.rung) == before
    [row] = await the_checkins(world)
    assert (row.mood, row.pull, row.used, row.answered_at) == (None, None, None, None)
    assert ana.sees == "How are you right now?"
    assert "Noted" not in cai.chat


async def test_no_nonsense_finds_a_check_in(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/checkin")
    [row] = await the_checkins(world)
    nobodys = ("999", "0", "-1", "", "x", "²", "1e3", " 1", "9" * 19, "9" * 40, "0x1", "1.0", "None")
    wrong = (
        "mood:",
        "mood:happy",
        "mood:None",
        "pull:11",
        "pull:-1",
        "pull:٣",
        "pull:07",
        "id:5",
        "person_id:1",
        "day:x",
    )
    odd = ("mood", "mood:low:again", "again:again", "at", ":::")
    await world.arrive(*(ana.forged(f"checkin:{number}:mood:low") for number in nobodys))
    await world.wait(timedelta(minutes=1))
    await world.arrive(*(ana.forged(f"checkin:{row.id}:{rest}") for rest in (*wrong, *odd)))
    await world.wait(timedelta(minutes=1))
    [row] = await the_checkins(world)
    assert (row.mood, row.pull, row.used, row.answered_at) == (None, None, None, None)
    assert "Something on my side failed" not in ana.chat


@pytest.mark.parametrize(("pull", "offered"), [("6", False), ("7", True), ("10", True)])
async def test_a_strong_pull_offers_the_hard_moment(pull: str, offered: bool, world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/checkin")
    await answers(ana, pull=pull)
    assert ("Hard moment" in ana.buttons) is offered
    if offered:
        await ana.presses("Hard moment")
        assert "This is a hard moment" in ana.sees


async def test_i_need_support_always_answers_and_writes_to_nobody(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana)
    await is_set(ben)
    await ana.says("/checkin")
    for label in ("😞 Very low", "9"):
        assert "I need support" in ana.buttons
        await ana.presses(label)
    before, kept = list(ben.rung), await rows(world)
    await ana.presses("I need support")
    assert "Nothing goes to anyone" in ana.sees
    assert {"Something to do", "Numbers", "Help now"} <= set(ana.buttons)
    await ana.presses("Something to do")
    assert "This is a hard moment" in ana.sees
    await ana.presses("Numbers")
    assert "112" in ana.chat
    await world.wait(timedelta(minutes=10))
    assert ben.rung == before
    assert "outbox" not in kept
    assert "outbox" not in await rows(world)


async def test_whatever_arrives_by_itself_is_neutral(world: World, ana: Someone) -> None:
    await is_set(ana)
    before = len(ana.screen.rung)
    for hour in ("01.00", "09.00", "13.00", "19.00", "23.30"):
        await world.arrive(ana.forged(f"checkin:at:{hour}"))
        await world.wait(timedelta(seconds=5))  # home is an answer, and leaves a message a second
        mark = len(ana.screen.rung)
        await world.wait(2 * DAY)
        arrived = ana.screen.rung[mark:]
        assert arrived
        for message in arrived:
            assert message.neutral
            assert tells(message) == [], message
    assert len(ana.screen.rung) > before


async def test_every_screen_of_a_check_in_has_help(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(MONDAY_EVENING)
    for label in ("😕 Low", "8", "Yes", "Hard moment", "Change an answer", "I need support"):
        assert "Help now" in [button.label for button in ana.screen.bubbles[-1].message.rows[-1]], ana.sees
        await ana.presses(label)
    assert "Help now" in [button.label for button in ana.screen.bubbles[-1].message.rows[-1]]
