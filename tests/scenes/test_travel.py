"""On a journey the clock and the numbers are those of the place, until a day; then home by itself."""

from datetime import UTC, datetime, timedelta

from tests.phone import Someone
from tests.scenes.asked import person_of, travels_of
from tests.world import World, is_set


async def _travels(ana: Someone, city: str = "Athens, Greece") -> None:
    await ana.says("/travel")
    assert "Which city are you travelling to" in ana.sees
    await ana.says(city)
    await ana.presses("Yes")
    assert "Until when?" in ana.sees


async def test_until_sunday_and_then_home_by_itself(world: World, ana: Someone) -> None:
    await is_set(ana)
    await _travels(ana)
    assert {"Sunday", "Pick a day", "For good"} <= set(ana.buttons)
    await ana.presses("Sunday")
    assert "Until Sun 8 Mar" in ana.sees
    assert "Numbers now: Greece" in ana.sees
    assert "Today at 19:00" in ana.sees
    await world.go_to(datetime(2026, 3, 2, 17, 0, 1, tzinfo=UTC))
    assert "How are you right now?" in ana.sees, "19:00 in Athens is 17:00 in Lisbon"
    await ana.says("help")
    assert "Greece" in ana.sees
    rung = len(ana.rung)
    await world.go_to(datetime(2026, 3, 8, 21, 59, tzinfo=UTC))
    assert (await person_of(world)).zone == "Europe/Athens"
    rung = len(ana.rung)
    await world.go_to(datetime(2026, 3, 8, 22, 0, 5, tzinfo=UTC))
    person = await person_of(world)
    assert (person.zone, person.country) == ("Europe/Lisbon", "PT")
    assert await travels_of(world) == []
    assert len(ana.rung) == rung, "nobody is woken to hear that they are home"
    await ana.says("/next")  # somebody who is silent for days is asked less often
    await world.go_to(datetime(2026, 3, 9, 18, 59, tzinfo=UTC))
    rung = len(ana.rung)
    await world.go_to(datetime(2026, 3, 9, 19, 0, 1, tzinfo=UTC))
    assert len(ana.rung) > rung, "19:00 is 19:00 in Lisbon again"


async def test_the_card_follows_there_and_back_without_a_sound(world: World, ana: Someone) -> None:
    await is_set(ana)
    assert "112" in ana.card
    await _travels(ana, "New York")
    await ana.presses("Sunday")
    assert "911 danger · 988" in ana.card
    await world.go_to(datetime(2026, 3, 10, 0, 0, tzinfo=UTC))
    assert "112 danger" in ana.card
    assert len([bubble for bubble in ana.screen.bubbles if bubble.message.pinned]) == 1


async def test_a_card_that_was_cleared_away_does_not_come_back_by_itself(world: World, ana: Someone) -> None:
    await is_set(ana)
    await _travels(ana, "New York")
    await ana.presses("Sunday")
    ana.screen.bubbles.clear()  # on her phone: nobody tells us
    await world.go_to(datetime(2026, 3, 9, 12, 0, tzinfo=UTC))
    assert (await person_of(world)).country == "PT"
    assert not ana.card
    assert [bubble.message.text for bubble in ana.screen.bubbles if not bubble.message.neutral] == []
    await ana.says("/menu")
    assert "112 danger" in ana.card, "when she is here herself, it is pinned anew"


async def test_a_day_is_picked(world: World, ana: Someone) -> None:
    await is_set(ana)
    await _travels(ana)
    await ana.presses("Pick a day")
    await ana.presses("Thu 5 Mar")
    assert "Until Thu 5 Mar" in ana.sees
    await world.go_to(datetime(2026, 3, 5, 21, 59, tzinfo=UTC))
    assert (await person_of(world)).country == "GR"
    await world.go_to(datetime(2026, 3, 5, 22, 1, tzinfo=UTC))
    assert (await person_of(world)).country == "PT"


async def test_for_good_has_no_way_back(world: World, ana: Someone) -> None:
    await is_set(ana)
    await _travels(ana)
    await ana.presses("For good")
    assert "From now on Athens time counts" in ana.sees
    assert await travels_of(world) == []
    await world.wait(timedelta(days=20))
    assert (await person_of(world)).zone == "Europe/Athens"


async def test_on_to_another_city_home_stays_home(world: World, ana: Someone) -> None:
    await is_set(ana)
    await _travels(ana)
    await ana.presses("Sunday")
    await ana.says("/travel")
    assert "You are travelling until Sun 8 Mar" in ana.sees
    await ana.presses("Another city")
    await ana.says("Tokyo")
    await ana.presses("Yes")
    await ana.presses("Sunday")
    assert (await person_of(world)).zone == "Asia/Tokyo"
    await world.restart()
    await ana.says("/travel")
    await ana.presses("I am home again")
    assert "You are back" in ana.sees
    assert (await person_of(world)).zone == "Europe/Lisbon"
    assert await travels_of(world) == []


async def test_another_home_ends_the_journey(world: World, ana: Someone) -> None:
    await is_set(ana)
    await _travels(ana)
    await ana.presses("Sunday")
    await ana.says("/timezone")
    await ana.says("Madrid, Spain")
    await ana.presses("Yes")
    assert await travels_of(world) == []
    await world.wait(timedelta(days=10))
    assert (await person_of(world)).zone == "Europe/Madrid"


async def test_home_again_after_the_machine_slept_through_the_last_day(world: World, ana: Someone) -> None:
    await is_set(ana)
    await _travels(ana)
    await ana.presses("Sunday")
    await world.sleeps(timedelta(days=30))
    assert (await person_of(world)).country == "PT"


async def test_a_note_after_the_end_of_a_journey_comes_though_the_machine_slept_through_both(
    world: World, ana: Someone
) -> None:
    await is_set(ana)
    await world.arrive(ana.forged("checkin:at:05.00"))
    await _travels(ana, "New York")
    await ana.presses("Sunday")
    await world.go_to(datetime(2026, 3, 9, 3, 0, tzinfo=UTC))
    await ana.says("/next")
    rung = len(ana.rung)
    await world.sleeps(timedelta(hours=4))  # home at 4:00, Monday's note at 5:00
    assert "It was for 5:00 and comes late." in "\n".join(ana.rung[rung:])


async def test_a_note_still_owed_from_before_the_end_of_a_journey_comes_though_the_machine_slept_through_both(
    world: World, ana: Someone
) -> None:
    await is_set(ana)
    await world.arrive(ana.forged("checkin:at:23.00"))
    await _travels(ana, "New York")
    await ana.presses("Sunday")
    await world.go_to(datetime(2026, 3, 9, 2, 30, tzinfo=UTC))
    await ana.says("/next")
    rung = len(ana.rung)
    await world.sleeps(timedelta(hours=2))  # Sunday's note at 3:00, home at 4:00
    assert "comes late" in "\n".join(ana.rung[rung:])
    assert len(ana.rung) == rung + 1
    await ana.says("/next")
    rung = len(ana.rung)
    await world.go_to(datetime(2026, 3, 9, 23, 0, 1, tzinfo=UTC))
    assert len(ana.rung) == rung + 1, "and the next one at 23:00 in Lisbon"


async def test_a_note_that_is_due_at_the_very_end_of_a_journey_comes(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(ana.forged("checkin:at:04.00"))
    await _travels(ana, "New York")
    await ana.presses("Sunday")
    await world.go_to(datetime(2026, 3, 9, 3, 0, tzinfo=UTC))
    await ana.says("/next")
    rung = len(ana.rung)
    await world.go_to(datetime(2026, 3, 9, 4, 1, tzinfo=UTC))
    assert len(ana.rung) == rung + 1


async def test_an_old_or_forged_day_sets_nothing(world: World, ana: Someone) -> None:
    await is_set(ana)
    for day in ("20260301", "20990101", "nonsense", "20261399"):
        await world.arrive(ana.forged(f"travel:until:GR:Europe/Athens:{day}", ana.screen.bubbles[-1].id))
        assert await travels_of(world) == []
    for nowhere in ("XX:Nowhere/At_All", "PT:localtime", "PT:Factory"):
        await world.arrive(ana.forged(f"travel:until:{nowhere}:good", ana.screen.bubbles[-1].id))
        await ana.looks()
        assert "Which city are you travelling to" in ana.sees
    assert (await person_of(world)).zone == "Europe/Lisbon"


async def test_a_location_shared_on_a_journey_is_the_journeys(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/travel")
    await ana.presses("Share location once")
    await ana.shares(37.98, 23.73)
    await ana.presses("Yes")
    assert "Until when?" in ana.sees


async def test_without_a_city_travel_asks_for_home_first(ana: Someone) -> None:
    await ana.starts()
    await ana.presses("I am 18 or over and agree")
    await ana.says("/travel")
    assert "Which city are you in or near" in ana.sees


async def test_the_journey_in_spanish(world: World) -> None:
    ana = world.someone("ana", "es")
    await ana.starts()
    await ana.presses("Tengo 18 años o más y acepto")
    await ana.presses("Haz el resto por mí")
    await ana.says("Lisboa")
    await ana.presses("Sí")
    await ana.says("/travel")
    await ana.says("Atenas")
    await ana.presses("Sí")
    await ana.presses("Domingo")
    assert "Números: Grecia" in ana.sees
    assert "Mi tarjeta" in ana.card
