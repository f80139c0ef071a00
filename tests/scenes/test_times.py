"""When a check-in comes: several times a day, chosen days, later, never in quiet hours; and what says so."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.checkins.owndate import read
from tests.phone import Someone
from tests.scenes.members import arrived, become, checkins_of, promises, row_of
from tests.world import World, is_set

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


async def times(world: World, person: Someone) -> None:
    await world.arrive(person.forged("checkin:times"))


async def test_up_to_three_times_a_day(world: World, ana: Someone) -> None:
    await is_set(ana)
    await times(world, ana)
    assert ana.sees == "I ask at 19:00.\nEvery day\nQuiet 22:00 to 8:00"
    await ana.presses("One more time")
    await ana.says("8.30")
    assert ana.sees.startswith("I ask at 8:30 and 19:00.")
    await ana.presses("One more time")
    await ana.presses("13:00")
    assert ana.sees.startswith("I ask at 8:30, 13:00 and 19:00.")
    assert "One more time" not in ana.buttons
    await world.go_to(at(3, 23))
    due = [moment for moment, _ in await promises(world, ana)]
    assert due == [at(2, 13), at(2, 19), at(3, 8, 30), at(3, 13), at(3, 19)]
    assert [(row.day.day, row.slot) for row in await checkins_of(world, ana)] == [
        (2, 0),
        (2, 2),
        (3, 0),
        (3, 1),
        (3, 2),
    ]
    await times(world, ana)
    await ana.presses("Drop 13:00")
    assert ana.sees.startswith("I ask at 8:30 and 19:00.")


@pytest.mark.parametrize("typed", ["21h", "9pm", "21:00", "21.00", " 9.00 P.M."])
async def test_another_hour_is_typed_as_people_type(typed: str, world: World, ana: Someone) -> None:
    await is_set(ana)
    await times(world, ana)
    await ana.presses("Change 19:00")
    await ana.says("soon")
    assert "I can't read that as a time" in ana.sees
    await ana.says(typed)
    assert ana.sees.startswith("I ask at 21:00.")


async def test_chosen_days_of_the_week(world: World, ana: Someone) -> None:
    await is_set(ana)
    await times(world, ana)
    await ana.presses("Days")
    for label in ("✓ Tue", "✓ Thu", "✓ Sat", "✓ Sun"):
        await ana.presses(label)
    await ana.presses("Done")
    assert "Mon, Wed, Fri" in ana.sees
    for day in range(2, 10):
        await world.go_to(at(day, 20))
        await ana.says("hello")
    assert [moment.day for moment, _ in await promises(world, ana)] == [2, 4, 6, 9]


async def test_the_last_day_cannot_be_taken_away(world: World, ana: Someone) -> None:
    await is_set(ana)
    await times(world, ana)
    await ana.presses("Days")
    for label in ("✓ Mon", "✓ Tue", "✓ Wed", "✓ Thu", "✓ Fri", "✓ Sat", "✓ Sun"):
        await ana.presses(label)
    assert "✓ Sun" in ana.buttons


async def test_one_soft_nudge_after_three_hours(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(ana.forged("checkin:at:13.00"))
    await world.go_to(at(2, 15, 59))
    assert len(arrived(ana)) == 1
    await world.go_to(at(2, 23))
    assert [message.text for message in arrived(ana)][1:] == ["Still here, if you like. Not today is fine too."]
    await ana.presses("Open")
    assert ana.sees == "How are you right now?"


async def test_a_nudge_comes_before_quiet_hours_rather_than_not_at_all(world: World, ana: Someone) -> None:
    """19:00 and three hours is 22:00, when quiet begins."""
    await is_set(ana)
    await world.go_to(at(2, 21, 44))
    assert len(arrived(ana)) == 1
    await world.go_to(at(2, 21, 45))
    assert [message.text for message in arrived(ana)][1:] == ["Still here, if you like. Not today is fine too."]
    await world.go_to(at(3, 8))
    assert len(arrived(ana)) == 2


async def test_no_nudge_for_an_answer_nor_right_after_a_late_check_in(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana)
    await is_set(ben)
    await world.arrive(ben.forged("checkin:at:21.00"))
    await world.arrive(ana.forged("checkin:at:13.00"))
    await world.go_to(at(2, 14))
    await ana.presses("🙂 All right")
    await world.go_to(at(3, 8))
    assert len(arrived(ana)) == 1
    assert len(arrived(ben)) == 1, "between 21:00 and quiet there is less than an hour and a quarter"


async def test_no_nudge_in_quiet_hours_where_the_check_in_itself_was_asked_for(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(ana.forged("checkin:at:23.00"))
    await world.go_to(at(3, 12))
    assert len(arrived(ana)) == 1


async def test_later_comes_later_and_never_past_the_next(world: World, ana: Someone) -> None:
    await is_set(ana)
    await times(world, ana)
    await ana.presses("One more time")
    await ana.presses("21:00")
    await world.go_to(at(2, 19))
    await ana.presses("Later")
    assert {"In 30 minutes", "In 1 hour", "Not today", "Now"} <= set(ana.buttons)
    assert "In 2 hours" not in ana.buttons
    await ana.presses("In 30 minutes")
    assert ana.sees == "I ask again at 19:30."
    await world.go_to(at(2, 20))
    assert len(arrived(ana)) == 2
    assert ana.sees == "Your evening note.\nHow are you right now?"
    [row] = await checkins_of(world, ana)
    assert row.answered_at is None


async def test_put_off_into_quiet_hours_it_still_comes(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(ana.forged("checkin:at:21.00"))
    await world.go_to(at(2, 21))
    await ana.presses("Later")
    await ana.presses("In 2 hours")
    await world.go_to(at(2, 23, 30))
    assert len(arrived(ana)) == 2


async def test_nothing_is_discreet_when_it_need_not_be(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, discreet=False)
    await world.go_to(at(2, 19))
    assert ana.sees.startswith("Your evening check-in.")
    assert not ana.screen.rung[-1].neutral


async def test_next_says_what_comes_and_why(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/next")
    assert ana.sees == "It is 12:00 for you, Lisbon time.\nToday 19:00: evening note, because you chose 19:00"
    assert ana.buttons == ["Fewer", "More", "Pause…", "I am travelling", "Fill in yesterday", "Help now"]
    await ana.presses("More")
    assert "Tomorrow 9:00: morning note, because you chose 9:00" in ana.sees
    await ana.presses("Fewer")
    await ana.presses("Fewer")
    assert "Every second day" in ana.sees
    await ana.presses("Fewer")
    assert "Once a week" in ana.sees
    await ana.presses("Fewer")
    assert ana.sees.startswith("For how long?")
    await world.go_to(at(2, 20))
    await ana.says("/next")
    assert "Mon 9 March 19:00" in ana.sees
    await ana.says("/more")
    assert "Wed 4 March 19:00" in ana.sees


async def test_a_pause_of_a_day_a_week_or_until_a_word(world: World, ana: Someone, ben: Someone, cai: Someone) -> None:
    tapped: dict[Someone, datetime] = {}
    for person, label in ((ana, "A day"), (ben, "A week"), (cai, "Until I write")):
        await is_set(person)
        await person.says("/pause")
        await person.presses(label)
        tapped[person] = world.clock.now()
    assert cai.sees == "Nothing comes by itself until you write."
    assert ben.sees == f"Nothing comes by itself until then: Mon 9 March {tapped[ben]:%-H:%M}."
    assert (await row_of(world, ben)).paused_until == tapped[ben] + timedelta(days=7)
    await world.go_to(at(20, 12))
    assert (await promises(world, ana))[0][0] == at(3, 19)
    assert (await promises(world, ben))[0][0] == at(9, 19)
    assert await promises(world, cai) == []
    await cai.says("hello")
    await world.go_to(at(20, 20))
    assert [moment for moment, _ in await promises(world, cai)] == [at(20, 19)]


async def test_a_pause_can_be_ended(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/pause")
    await ana.presses("A week")
    await ana.says("/next")
    assert "Nothing comes by itself until then" in ana.sees
    await ana.presses("Go on now")
    assert "Today 19:00" in ana.sees


async def test_a_hard_moment_has_the_floor_for_an_hour(world: World, ana: Someone) -> None:
    await is_set(ana)
    await times(world, ana)
    await ana.presses("One more time")
    await ana.says("19:20")
    await world.go_to(at(2, 18, 50))
    await ana.presses("Hard moment")
    await world.go_to(at(2, 19, 49))
    assert arrived(ana) == []
    await world.go_to(at(2, 19, 51))
    assert len(arrived(ana)) == 1, "two waited, and one comes"
    assert ana.sees.startswith("Your evening note. It was for 19:20 and comes late.")
    assert [outcome for _, outcome in await promises(world, ana)] == ["expired", "sent"]


async def test_other_quiet_hours(world: World, ana: Someone) -> None:
    await is_set(ana)
    await times(world, ana)
    await ana.presses("Quiet hours")
    await ana.presses("23:00 to 7:00")
    assert "Quiet 23:00 to 7:00" in ana.sees
    assert (await row_of(world, ana)).quiet_from == time(23)
    await world.go_to(at(2, 22, 30))
    assert len(arrived(ana)) == 2, "the nudge of 22:00"
    await times(world, ana)
    await ana.presses("Quiet hours")
    await ana.presses("Never quiet")
    assert "No quiet hours" in ana.sees


async def test_flying_west_asks_once_for_the_day(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(at(2, 20))
    await become(world, ana, zone="Pacific/Honolulu")
    await world.arrive(ana.forged("checkin:moved"))
    await world.go_to(at(4, 6))
    assert [moment for moment, _ in await promises(world, ana)] == [at(2, 19), at(4, 5)]


async def test_times_in_spanish(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, language="es")
    await ana.says("/next")
    assert ana.sees == "Para ti son las 12:00, hora de Lisboa.\nHoy 19:00: nota de la noche, porque elegiste las 19:00"
    await ana.presses("Más")
    await times(world, ana)
    assert ana.sees == "Pregunto a las 9:00 y 19:00.\nTodos los días\nSilencio de 22:00 a 8:00"
    await ana.presses("Días")
    await ana.presses("✓ lun")
    await ana.presses("Hecho")
    await ana.says("pausa")
    await ana.presses("Hasta que escriba")
    assert ana.sees == "Nada llega por sí solo hasta que escribas."


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-02-28", date(2026, 2, 28)),
        ("28.2.2026", date(2026, 2, 28)),
        ("28/2", date(2026, 2, 28)),
        ("3.3.", date(2025, 3, 3)),
        ("12", date(2026, 2, 18)),
        ("31.2.2026", None),
        ("3.3.2027", None),
        ("soon", None),
    ],
)
def test_a_date_as_people_type_it(typed: str, day: date | None) -> None:
    assert read(typed, date(2026, 3, 2)) == day


async def test_two_times_that_become_the_same_are_one(world: World, ana: Someone) -> None:
    await is_set(ana)
    await times(world, ana)
    await ana.presses("One more time")
    await ana.presses("9:00")
    await ana.presses("Change 19:00")
    await ana.presses("9:00")
    assert ana.sees.startswith("I ask at 9:00.")
    await world.go_to(at(3, 23))
    assert [moment for moment, _ in await promises(world, ana)] == [at(3, 9)]
