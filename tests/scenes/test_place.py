"""Where Ana is: a city in any script, a shared location, a country, her clock; only zone and country are kept."""

import pytest

from tests.phone import Someone
from tests.scenes.asked import person_of
from tests.scenes.members import become
from tests.world import World, is_set

STAYING = (("Hard moment",), ("Check in", "Help now"))


async def _asked(ana: Someone) -> None:
    """Up to the question about the city."""
    await ana.starts()
    await ana.presses("I am 18 or over and agree")
    await ana.presses("Do the rest for me")
    assert "Which city" in ana.sees


async def _is_in(world: World, country: str, zone: str) -> None:
    person = await person_of(world)
    assert (person.country, person.zone) == (country, zone)


async def test_a_city_may_be_written_in_another_script(world: World, ana: Someone) -> None:
    await _asked(ana)
    await ana.says("москва")
    assert ana.sees == "It is 15:00 in Moscow. Right?"
    await ana.presses("Yes")
    await _is_in(world, "RU", "Europe/Moscow")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("atenas", "Atenas"), ("Londres", "Londres"), ("ginebra", "Ginebra"), ("nyc", "NYC"), ("Liverpol", "Liverpool")],
)
async def test_a_city_goes_by_the_name_that_a_spanish_reader_gives_it(
    world: World, ana: Someone, typed: str, said: str
) -> None:
    await _asked(ana)
    await become(world, ana, language="es")
    await ana.says(typed)
    assert ana.sees.endswith(f" en {said}. ¿Es así?")


async def test_several_of_a_name_are_asked_about_with_their_time(world: World, ana: Someone) -> None:
    await _asked(ana)
    await ana.says("Springfield")
    assert ana.sees == "Which one?"
    assert all("United States" in label and ":00" in label for label in ana.buttons[:2])
    await ana.presses(ana.buttons[0])
    assert "Right?" in ana.sees
    await ana.presses("Yes")
    assert (await person_of(world)).country == "US"


async def test_another_city_can_be_written_while_one_is_to_be_confirmed(world: World, ana: Someone) -> None:
    await _asked(ana)
    await ana.says("Lisbon")
    await ana.says("Madrid, Spain")
    assert ana.sees == "It is 13:00 in Madrid. Right?"
    await ana.presses("No")
    assert "Which city" in ana.sees
    await ana.says("Porto")
    await ana.presses("Yes")
    await _is_in(world, "PT", "Europe/Lisbon")


async def test_a_place_that_nobody_knows_is_asked_again(ana: Someone) -> None:
    await _asked(ana)
    await ana.says("qqqqxx")
    assert "I don't know that one" in ana.sees
    await ana.says("Lisbon")
    assert "Right?" in ana.sees


async def test_a_shared_location_gives_zone_and_country_and_the_buttons_come_back(world: World, ana: Someone) -> None:
    await _asked(ana)
    await ana.presses("Share location once")
    assert ana.screen.keyboard[0] == ("Send my location",)
    assert ana.screen.bubbles[-1].message.locate == "Send my location"
    await ana.shares(38.72, -9.14)
    assert ana.screen.keyboard == STAYING
    assert "It is 12:00 in" in ana.sees
    await ana.presses("Yes")
    await _is_in(world, "PT", "Europe/Lisbon")
    async with world.store.look() as session:
        connection = await session.connection()
        left = (await connection.exec_driver_sql("SELECT sealed_raw FROM inbox")).scalars().all()
    assert set(left) == {None}, "the coordinates went with the update"


async def test_the_city_can_be_written_after_all(ana: Someone) -> None:
    await _asked(ana)
    await ana.presses("Share location once")
    await ana.presses("Write the city instead")
    assert ana.screen.keyboard == STAYING
    assert "Which city" in ana.sees
    await ana.presses("Share location once")
    await ana.says("Lisbon")
    assert ana.screen.keyboard == STAYING
    assert ana.sees == "It is 12:00 in Lisbon. Right?"


async def test_a_location_on_the_open_sea_is_no_place(ana: Someone) -> None:
    await _asked(ana)
    await ana.presses("Share location once")
    await ana.shares(0.0, -150.0)
    assert "I know no city near there" in ana.sees
    assert ana.screen.keyboard == STAYING


async def test_a_location_out_of_the_blue_is_confirmed_before_anything_changes(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.shares(52.52, 13.40)
    assert "It is 13:00 in" in ana.sees
    await _is_in(world, "PT", "Europe/Lisbon")
    await ana.presses("Yes")
    await _is_in(world, "DE", "Europe/Berlin")


async def test_a_country_with_one_clock_needs_no_city(world: World, ana: Someone) -> None:
    await _asked(ana)
    await ana.presses("Choose country")
    assert "Which country" in ana.sees
    await _turn_to(ana, "Austria")
    await ana.presses("Austria")
    assert ana.sees.startswith("It is 13:00 in")
    await ana.presses("Yes")
    await _is_in(world, "AT", "Europe/Vienna")


async def test_a_country_with_several_clocks_lists_them_with_their_time(world: World, ana: Someone) -> None:
    await _asked(ana)
    await ana.presses("Choose country")
    await _turn_to(ana, "Portugal")
    await ana.presses("Portugal")
    assert ana.sees == "Which one?"
    assert len(ana.buttons) >= 4
    await ana.presses(next(label for label in ana.buttons if "11:00" in label))
    await ana.presses("Yes")
    await _is_in(world, "PT", "Atlantic/Azores")


async def test_a_country_can_be_written_too(ana: Someone) -> None:
    await _asked(ana)
    await ana.presses("Choose country")
    await ana.says("Austria")
    assert "Right?" in ana.sees


async def test_the_clock_says_where(world: World, ana: Someone) -> None:
    await _asked(ana)
    await ana.presses("Use my clock instead")
    await ana.says("half past")
    assert "I can't place that time" in ana.sees
    await ana.says("5:45 pm")
    assert "Kathmandu" in ana.sees
    await ana.presses("Yes")
    assert (await person_of(world)).country == "NP"


async def test_timezone_changes_the_city_and_the_hour_follows(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/timezone")
    await ana.says("Athens, Greece")
    await ana.presses("Yes")
    assert "Today at 19:00" in ana.sees
    await _is_in(world, "GR", "Europe/Athens")


async def test_the_place_in_spanish(world: World) -> None:
    ana = world.someone("ana", "es")
    await ana.starts()
    await ana.presses("Tengo 18 años o más y acepto")
    await ana.presses("Haz el resto por mí")
    await ana.presses("Elegir país")
    await _turn_to(ana, "Alemania", more="Más")
    await ana.presses("Alemania")
    assert ana.sees.startswith("Son las 13:00 en")
    await ana.presses("Sí")
    await _is_in(world, "DE", "Europe/Berlin")


async def _turn_to(ana: Someone, country: str, more: str = "More") -> None:
    while country not in ana.buttons:
        await ana.presses(more)
