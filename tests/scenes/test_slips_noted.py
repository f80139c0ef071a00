"""The end of a slip: what stays theirs, their own date, the day's check-in, and taking it back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.phone import Someone
from tests.scenes.looking import rows
from tests.scenes.members import arrived, become, checkins_of, row_of
from tests.scenes.slipping import SAFE, SINCE, again, presses, slips_of, tells
from tests.world import World, is_set


async def test_just_note_it_is_three_taps(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "Just note it")
    assert ana.sees == "Noted. 40 days so far: they stay yours.\nYour start date is 21 January. You decide about it."
    assert ana.buttons[:3] == ["Leave it", "Change it", "Don't count days"]
    await ana.presses("Leave it")
    assert ana.sees == "Your date is 21 January.\nShall I ask a bit more often for three days?"
    await ana.presses("No")
    assert ana.sees == "All right. I ask as before."
    [slip] = await slips_of(world, ana)
    assert (slip.day, slip.happened, slip.since) == (date(2026, 3, 2), "now", SINCE)
    assert slip.ended_at is not None
    assert (await row_of(world, ana)).since == SINCE, "we neither claim nor reset"


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("cutting", "Noted. You are cutting down, and that goes on."),
        ("not_yet", "Noted. You have set no date, and nothing is counted."),
        ("medicine", "Noted. Medicine as prescribed is not using."),
        (None, "Noted. Nothing is erased by it."),
    ],
)
async def test_the_words_fit_where_somebody_is(goal: str | None, said: str, world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "Just note it", goal=goal, since=None)
    assert ana.sees.startswith(said)
    assert "date is" not in ana.sees
    assert ("Use it as today's check-in" in ana.buttons) == (goal in ("medicine", None)), "no is not a slip"


async def test_medicine_as_prescribed_is_taken_back_with_one_tap(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, goal="medicine", since=None)
    assert ana.sees == "Medicine as prescribed is not using.\nWhen was it?"
    await ana.presses("It was my medicine")
    assert ana.sees == "Taken back. Nothing of it is kept."
    assert await slips_of(world, ana) == []


async def test_the_longest_run_and_the_quarter_stay_theirs(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "Just note it", since=date(2025, 12, 1))
    assert ana.sees.startswith("Noted. 91 days so far, 60 this quarter: they stay yours.")
    await world.wait(timedelta(days=10))
    await again(ana, SAFE, "Just now", "Just note it")
    assert ana.sees.startswith("Noted. 100 days so far, 69 this quarter, longest run 91: they stay yours.")


async def test_another_date_zeroes_nothing_and_goes_on_to_the_last_question(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "Just note it", "Change it")
    await ana.says("soon")
    assert "I can't read that as a day" in ana.sees
    await ana.says("2.3.2026")
    assert ana.sees == "Your date is 2 March.\nShall I ask a bit more often for three days?"
    await world.wait(timedelta(days=3))
    await again(ana, SAFE, "Just now", "Just note it")
    assert ana.sees.startswith("Noted. 42 days so far, longest run 40: they stay yours.")
    await presses(ana, "Change it", "Yesterday")
    assert ana.sees.startswith("Your date is 4 March.\nShall I ask")


async def test_dont_count_days_is_a_full_choice(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "Just note it", "Don't count days")
    assert ana.sees == "I don't count days for you.\nShall I ask a bit more often for three days?"
    await world.wait(timedelta(days=3))
    before = len(ana.screen.bubbles)
    await again(ana, SAFE, "Just now", "Just note it", "Only tomorrow morning")
    seen = [bubble.message.text for bubble in ana.screen.bubbles[before:]]
    assert not [text for text in seen if "days so far" in text or "date" in text]


async def test_a_mistake_can_be_taken_back_for_a_day(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "Just note it")
    undo = ana.tapped("I pressed by mistake")
    await world.wait(timedelta(hours=23))
    await world.arrive(undo)
    assert "Taken back. Nothing of it is kept." in ana.chat
    assert "slips" not in await rows(world)
    await again(ana, SAFE, "Just now", "Just note it")
    undo = ana.tapped("I pressed by mistake")
    await world.wait(timedelta(hours=25))
    await world.arrive(undo)
    assert "That was told more than a day ago, and stays as it is." in ana.chat
    assert len(await slips_of(world, ana)) == 1


async def test_a_day_later_it_is_another_one(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE)
    await world.wait(timedelta(hours=25))
    await again(ana, SAFE)
    assert len(await slips_of(world, ana)) == 2


async def test_a_check_in_that_says_yes_leads_here_and_nothing_is_asked_twice(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, goal="stopped", since=SINCE, substances=("alcohol", "kratom_leaf"))
    await ana.says("/checkin")
    await presses(ana, "😕 Low", "6", "Yes", SAFE, "Kratom leaf", "Earlier today")
    assert ana.sees.endswith("What would help now?")
    await ana.presses("Just note it")
    assert "It stands in the day's check-in." in ana.sees
    assert "Use it as today's check-in" not in ana.buttons
    await ana.says("/checkin")
    await presses(ana, SAFE)
    assert ana.sees.endswith("What would help now?"), "the same one, which knows all that"
    [slip] = await slips_of(world, ana)
    assert (slip.which, slip.happened, slip.note_day) == ("kratom_leaf", "today", date(2026, 3, 2))


async def test_of_yesterdays_check_in_it_is_known_when(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, goal="stopped", since=SINCE)
    await ana.says("/yesterday")
    await presses(ana, "😕 Low", "6", "Yes", SAFE)
    assert ana.sees.endswith("What would help now?")
    [slip] = await slips_of(world, ana)
    assert (slip.day, slip.happened) == (date(2026, 3, 1), "before")


async def test_a_check_in_that_is_corrected_takes_it_back(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, goal="stopped", since=SINCE)
    await ana.says("/checkin")
    await presses(ana, "😕 Low", "6", "Yes", SAFE, "Just now", "Change an answer", "😕 Low", "6", "No")
    assert await slips_of(world, ana) == []


async def test_it_is_todays_answer_only_if_they_say_so(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "Just note it", substances=("alcohol",))
    assert await checkins_of(world, ana) == []
    await ana.presses("Use it as today's check-in")
    assert "It stands in the day's check-in." in ana.sees
    [row] = await checkins_of(world, ana)
    assert (row.used, row.which, row.mood) == ("yes", "alcohol", None)
    await world.go_to(datetime(2026, 3, 2, 23, 0, tzinfo=UTC))
    assert arrived(ana) == [], "the day is answered"
    await ana.says("/checkin")
    await presses(ana, "😕 Low", "6")
    assert "Thank you for saying it." in ana.sees, "and used is not asked again"


async def test_taken_back_it_is_no_answer_any_more(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "Just note it", "Use it as today's check-in", "I pressed by mistake")
    assert "Taken back. Nothing of it is kept. This question is open again." in ana.sees
    [row] = await checkins_of(world, ana)
    assert (row.used, row.answered_at) == (None, None)
    await world.go_to(datetime(2026, 3, 2, 19, 30, tzinfo=UTC))
    assert len(arrived(ana)) == 1
