"""The doors of the first screen: help with nothing kept, another language, under 18, for someone else."""

from tests.phone import Someone
from tests.scenes.asked import kept, person_of
from tests.scenes.members import become
from tests.world import World, is_set

AGREE = "I am 18 or over and agree"
OFFER = "That worked without an account. Shall I remember you?"
HELD_FOR_ALL = {"people", "addresses", "person_keys", "inbox"}


async def test_the_first_screen_has_every_door(cai: Someone) -> None:
    await cai.starts()
    assert cai.buttons == [
        AGREE,
        "I need help right now",
        "Read more",
        "Español",
        "I am under 18",
        "I am here for someone else",
        "Help now",
    ]
    assert "call 112 or 911" in cai.sees


async def test_help_right_now_keeps_nothing_and_asks_once_afterwards(world: World, cai: Someone) -> None:
    await cai.starts()
    await cai.presses("I need help right now")
    assert "Move: another room" in cai.screen.bubbles[-2].message.text
    assert cai.sees == OFFER
    await cai.presses("Something else")
    await cai.presses("Help now")
    assert cai.chat.count(OFFER) == 1
    assert await kept(world) - {"screen"} == HELD_FOR_ALL
    await cai.presses("Yes, remember me")
    assert AGREE in [button.label for row in cai.screen.bubbles[-2].message.rows for button in row]


async def test_somebody_who_never_pressed_start_is_asked_too_and_no_keeps_nothing(world: World, cai: Someone) -> None:
    await cai.says("/helpnow")
    assert cai.sees == OFFER
    assert await kept(world) == {"inbox"}
    await cai.presses("No, keep nothing")
    assert "Nothing is kept" in cai.sees
    assert await kept(world) == {"inbox"}


async def test_a_member_is_not_asked(ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says("/trigger")
    assert OFFER not in ana.chat


async def test_espanol_is_spoken_from_then_on(world: World, cai: Someone) -> None:
    await cai.starts()
    await cai.presses("Español")
    assert cai.sees.startswith("Hola. Soy un programa")
    assert "English" in cai.buttons
    assert (await person_of(world)).language == "es"
    await cai.presses("Leer más")
    await cai.presses("Volver")
    await cai.presses("Tengo 18 años o más y acepto")
    assert "¿De qué te recuperas?" in cai.sees
    await cai.presses("Ayuda ya")
    assert "112 o el 911" in cai.sees


async def test_a_language_that_we_do_not_have_changes_nothing(world: World, cai: Someone) -> None:
    await cai.starts()
    await world.arrive(cai.forged("welcome:in:tlh"))
    assert (await person_of(world)).language == "en"


async def test_under_18_nothing_is_kept_and_help_still_works(world: World, cai: Someone) -> None:
    await cai.starts()
    await cai.presses("I am under 18")
    assert "You did right to look" in cai.sees
    assert "https://" in cai.sees
    assert cai.buttons == ["Numbers in my country", "Something to do now", "Help now"]
    assert await kept(world) == {"inbox"}
    await cai.presses("Something to do now")
    assert "Move: another room" in cai.chat
    assert await kept(world) == {"inbox"}


async def test_under_18_finds_the_lines_of_a_country_and_still_nothing_is_kept(world: World, cai: Someone) -> None:
    await cai.starts()
    await cai.presses("I am under 18")
    assert "https://childhelplineinternational.org" in cai.sees
    await cai.presses("Numbers in my country")
    await cai.presses("United Kingdom")
    assert any("For the young: 0800 1111" in bubble.message.text for bubble in cai.screen.bubbles)
    assert await kept(world) == {"inbox"}


async def test_whose_country_is_known_reads_its_lines_at_the_doors(world: World, ana: Someone) -> None:
    await is_set(ana, "Brisbane")
    await world.arrive(ana.forged("welcome:family", ana.screen.bubbles[-1].id))
    assert "Lines for families too: Family Drug Support 1300 368 186." in ana.sees
    await become(world, ana, country="PT")
    await world.arrive(ana.forged("welcome:family", ana.screen.bubbles[-1].id))
    assert "Lines for families too: https://findahelpline.com." in ana.sees, "where no line is known"


async def test_under_18_in_spanish(world: World) -> None:
    cai = world.someone("cai", "es")
    await cai.starts()
    await cai.presses("Tengo menos de 18")
    assert "Hiciste bien en mirar" in cai.sees
    assert await kept(world) == {"inbox"}


async def test_a_member_cannot_be_erased_by_an_old_button_of_the_first_screen(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    for forged in ("welcome:minor", "welcome:leave"):
        await world.arrive(ana.forged(forged))
        assert "people" in await kept(world)


async def test_for_someone_else_there_are_lines_and_what_to_do(world: World, cai: Someone) -> None:
    await cai.starts()
    await cai.presses("I am here for someone else")
    assert "I can't tell you anything about another person." in cai.sees
    assert "112 or 911" in cai.sees
    assert "https://" in cai.sees
    await cai.presses("Back")
    assert AGREE in cai.buttons
    assert await kept(world) - {"screen"} == HELD_FOR_ALL


async def test_no_door_but_agree_keeps_more_than_an_address_and_a_language(world: World, cai: Someone) -> None:
    await cai.starts()
    for data in ("welcome:what:alcohol", "welcome:goal:stopped", "welcome:since:today", "welcome:rest", "welcome:here"):
        await world.arrive(cai.forged(data))
        assert AGREE in cai.buttons, data
    await world.arrive(cai.forged("travel:until:GR:Europe/Athens:20260308"))
    await cai.shares(38.72, -9.14)
    assert AGREE in cai.buttons
    assert await kept(world) - {"screen"} == HELD_FOR_ALL
