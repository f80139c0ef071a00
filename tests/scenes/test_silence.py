"""Quiet weeks and coming back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import flight
from bot.chat import NotTaken
from tests.phone import Someone
from tests.scenes.members import arrived, become, promises, rhythm_of, row_of
from tests.world import World, is_set

DAY = timedelta(days=1)
EVENING = datetime(2026, 3, 2, 19, tzinfo=UTC)


async def days_of(world: World, person: Someone) -> list[int]:
    return [(moment.date() - EVENING.date()).days for moment, _ in await promises(world, person)]


async def test_silence_thins_out_and_ends(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(EVENING + 90 * DAY)
    assert await days_of(world, ana) == [0, 1, 2, 5, 7, 9, 16, 23]
    quiet = await promises(world, ana, "checkin-quiet")
    assert [((moment.date() - EVENING.date()).days, outcome) for moment, outcome in quiet] == [
        (3, "sent"),
        (28, "sent"),
    ]
    assert ana.sees.startswith("A last note for now.")
    assert ana.buttons == ["I am here", "Erase everything", "Help now"]
    assert all(message.neutral for message in arrived(ana))
    assert len(arrived(ana)) == 8 + 2 + 3, "check-ins, the two notes, and a nudge on each of the first three days"


async def test_the_note_of_day_three_and_as_before(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(EVENING + 3 * DAY)
    assert ana.sees == "A short note.\nI write every second day for now. Nothing is lost."
    assert ana.buttons == ["As before", "Pause", "Check in", "Help now"]
    await ana.presses("As before")
    assert "Tomorrow 19:00" in ana.sees
    await world.go_to(EVENING + 6 * DAY)
    assert await days_of(world, ana) == [0, 1, 2, 4, 5, 6]


async def test_any_word_brings_it_all_back(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(EVENING + 40 * DAY)
    await ana.says("hello")
    await world.go_to(EVENING + 43 * DAY)
    assert (await days_of(world, ana))[-3:] == [41, 42, 43]


async def test_welcome_back_counts_nothing_and_asks_for_the_date_once(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, since=date(2026, 2, 3))
    await world.go_to(EVENING)
    for label in ("🙂 All right", "1", "No"):
        await ana.presses(label)
    assert "Your date" not in ana.chat
    await world.go_to(EVENING + 34 * DAY)
    await ana.presses("I am here")
    assert ana.sees == "Welcome back. There is nothing to catch up on.\nHow are you right now?"
    for label in ("🙂 All right", "1", "No"):
        await ana.presses(label)
    assert ana.sees == "Your date is 3 February. Is it still right?"
    await ana.presses("Change it")
    await ana.says("1.3.2026")
    assert ana.sees == "Your date is 1 March."
    assert (await row_of(world, ana)).since == date(2026, 3, 1)
    await ana.presses("Change an answer")
    for label in ("🙂 All right", "1", "No"):
        await ana.presses(label)
    assert len([text for text in ana.rung if text.startswith("Your date is 3 February")]) == 1


@pytest.mark.parametrize(("label", "since"), [("Yes", date(2026, 2, 3)), ("Don't count days", None)])
async def test_the_date_is_the_members_own(label: str, since: date | None, world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, since=date(2026, 2, 3))
    await world.arrive(ana.forged("checkin:date"))
    await ana.presses(label)
    assert (await row_of(world, ana)).since == since


async def test_after_a_week_without_a_date_nobody_asks_for_one(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(EVENING)
    await ana.presses("😕 Low")
    await world.go_to(EVENING + 9 * DAY)
    await ana.says("/checkin")
    assert "Welcome back" in ana.sees
    for label in ("🙂 All right", "1", "No"):
        await ana.presses(label)
    assert "Your date" not in ana.chat


async def test_our_own_nights_are_not_their_silence(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(EVENING + timedelta(hours=1))
    await world.sleeps(12 * DAY)
    await world.go_to(EVENING + 13 * DAY)
    rhythm = await rhythm_of(world, ana)
    assert rhythm
    assert rhythm.silent == 1, "the evening after we woke, and no other"
    assert await promises(world, ana, "checkin-quiet") == []


async def test_what_did_not_reach_them_is_not_their_silence(
    world: World, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await is_set(ana)
    # six days of trying once a minute would be nine thousand rounds, and show no more than once an hour
    monkeypatch.setattr(flight, "BACKOFF_MOST", timedelta(hours=1))

    async def down(address: str, message: object) -> None:
        raise NotTaken

    world.phones.before = down
    await world.go_to(EVENING + 6 * DAY + timedelta(hours=5))
    rhythm = await rhythm_of(world, ana)
    assert rhythm
    assert rhythm.silent == 0
    assert await promises(world, ana, "checkin-quiet") == []


async def test_whoever_chose_once_a_week_is_not_told_of_every_second_day(world: World, ana: Someone) -> None:
    await is_set(ana)
    for _ in range(2):
        await ana.says("/less")
    await world.go_to(EVENING + 27 * DAY)
    assert await days_of(world, ana) == [0, 7, 14, 21]
    assert await promises(world, ana, "checkin-quiet") == []
    await ana.says("/checkin")
    assert "Welcome back" not in ana.sees


async def test_quiet_weeks_in_spanish(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, language="es", since=date(2026, 2, 3))
    await world.go_to(EVENING)
    await ana.presses("😕 Mal")
    await world.go_to(EVENING + 4 * DAY)
    assert ana.sees == "Una nota corta.\nPor ahora escribo cada dos días. No se pierde nada."
    await world.go_to(EVENING + 40 * DAY)
    await ana.presses("Aquí sigo")
    assert ana.sees.startswith("Qué bien verte por aquí. No hay nada que recuperar.")
    for label in ("🙂 Bien", "1", "No"):
        await ana.presses(label)
    assert ana.sees == "Tu fecha es el 3 de febrero. ¿Sigue bien?"


async def test_whoever_answers_once_a_day_is_not_silent_though_asked_twice(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/more")
    for day in range(1, 6):
        await world.go_to(EVENING + day * DAY - timedelta(hours=9))
        await ana.presses("🙂 All right")
    assert await promises(world, ana, "checkin-quiet") == []
    rhythm = await rhythm_of(world, ana)
    assert rhythm
    assert rhythm.silent <= 1


async def test_a_word_counts_though_a_flight_west_brings_the_same_day_again(world: World, ana: Someone) -> None:
    await is_set(ana, "Tokyo")
    last_asked = EVENING - timedelta(hours=9) + 3 * DAY
    await world.go_to(last_asked - timedelta(hours=1))
    await world.go_to(last_asked)
    rhythm = await rhythm_of(world, ana)
    assert rhythm
    assert rhythm.silent == 2, "one more silent day, and we would write less"
    await world.arrive(ana.forged("travel:until:DE:Europe/Berlin:20260310"))
    await world.go_to(last_asked + timedelta(hours=8) + DAY)
    assert await promises(world, ana, "checkin-quiet") == []
    assert (await promises(world, ana))[-1] == (last_asked + timedelta(hours=8) + DAY, "sent")
