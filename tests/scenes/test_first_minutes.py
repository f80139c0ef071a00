"""The first minutes: Start, consent, five short questions, home."""

from datetime import date

from tests.phone import Someone
from tests.scenes.asked import person_of, substances_of
from tests.world import World

AGREE = "I am 18 or over and agree"


async def test_ana_is_set_with_every_question_answered(world: World, ana: Someone) -> None:
    await ana.starts()
    assert "I am a program, not a person" in ana.sees
    await ana.presses(AGREE)
    assert "What are you recovering from" in ana.sees
    await ana.presses("Kratom leaf")
    assert "✓ Kratom leaf" in ana.buttons
    await ana.presses("Next")
    assert "Where are you with it" in ana.sees
    await ana.presses("Not stopped yet")
    assert "Which city" in ana.sees
    await ana.says("lisboa")
    assert ana.sees == "It is 12:00 in Lisbon. Right?"
    await ana.presses("Yes")
    assert "When shall I ask" in ana.sees
    await ana.presses("19:00")
    assert "What shall I call you" in ana.sees
    await ana.says("Ana")
    assert "You are set, Ana." in ana.sees
    assert "Today at 19:00" in ana.sees
    assert ana.screen.keyboard == (("Hard moment",), ("Check in", "Help now"))
    person = await person_of(world)
    assert (person.goal, person.country, person.zone) == ("not_yet", "PT", "Europe/Lisbon")
    assert await substances_of(world) == ["kratom_leaf"]


async def test_several_things_are_tapped_on_and_off(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Alcohol")
    await ana.presses("Opioids")
    await ana.presses("✓ Alcohol")
    assert "Alcohol" in ana.buttons
    await ana.presses("Next")
    assert await substances_of(world) == ["opioids"]


async def test_something_else_is_kept_in_her_own_words_and_sealed(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Other…")
    assert "in your own words" in ana.sees
    await ana.says("a" * 61)
    assert "up to 60 letters" in ana.sees
    await ana.says("poppy tea")
    assert "✓ Other…" in ana.buttons
    assert await substances_of(world) == ["other"]
    async with world.store.look() as session:
        connection = await session.connection()
        sealed = (await connection.exec_driver_sql("SELECT sealed_own FROM substances")).scalar_one()
    assert b"poppy" not in bytes(sealed)
    await ana.presses("✓ Other…")
    assert await substances_of(world) == []


async def test_every_question_can_be_skipped(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    for asked in ("recovering from", "Where are you", "Which city", "When shall I", "What shall I call you"):
        assert asked in ana.sees
        assert {"Skip", "Do the rest for me", "Help now"} <= set(ana.buttons)
        await ana.presses("Skip")
    assert "You are set." in ana.sees
    assert "I don't know your local time yet" in ana.sees


async def test_do_the_rest_for_me_asks_only_for_the_city(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Do the rest for me")
    assert "Which city" in ana.sees
    await ana.says("Lisbon")
    await ana.presses("Yes")
    assert "You are set." in ana.sees
    assert "Today at 19:00" in ana.sees


async def test_half_way_through_start_goes_on_at_the_first_unanswered_question(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Next")
    await ana.presses("On medicine for it")
    await world.restart()
    await ana.says("/start")
    assert "Which city" in ana.sees
    await ana.says("Lisbon")
    await ana.presses("Yes")
    await ana.says("/start leaflet-7")
    assert "When shall I ask" in ana.sees


async def test_a_leaflets_code_is_an_ordinary_start(ana: Someone) -> None:
    await ana.says("/start leaflet-7")
    assert AGREE in ana.buttons


async def test_stopped_asks_since_when_and_keeps_her_own_date(world: World, ana: Someone) -> None:
    await _stopped(ana)
    assert "Since when?" in ana.sees
    await ana.presses("2 or 3 days")
    assert "Which city" in ana.sees
    assert (await person_of(world)).since == date(2026, 2, 28)


async def test_yesterday_becomes_a_date_by_her_own_calendar(world: World, ana: Someone) -> None:
    await _stopped(ana)
    await ana.presses("Yesterday")
    await ana.says("Auckland")
    await ana.presses("Yes")
    person = await person_of(world)
    assert person.zone == "Pacific/Auckland"
    assert person.since == date(2026, 3, 2), "it is Tuesday there already"


async def test_earlier_takes_a_date_or_a_length_of_time(world: World, ana: Someone) -> None:
    await _stopped(ana)
    await ana.presses("Earlier…")
    await ana.says("a while")
    assert "I can't read that as a day" in ana.sees
    await ana.says("about 3 weeks")
    assert "Which city" in ana.sees
    assert (await person_of(world)).since == date(2026, 2, 9)


async def test_a_date_that_reads_two_ways_is_asked_about(world: World, ana: Someone) -> None:
    await _stopped(ana)
    await ana.presses("Earlier…")
    await ana.says("1/2/2026")
    assert {"1 February 2026", "2 January 2026", "Another day"} <= set(ana.buttons)
    await ana.presses("2 January 2026")
    assert (await person_of(world)).since == date(2026, 1, 2)


async def test_alcohol_stopped_yesterday_shows_the_danger_before_the_next_question(ana: Someone) -> None:
    await _stopped(ana, what="Alcohol")
    await ana.presses("Yesterday")
    assert ana.sees.startswith("Please read this one.")
    assert "112 or 911" in ana.sees
    assert "Pregnant" in ana.sees
    assert ana.buttons == ["I have signs like these", "A doctor knows", "I am all right", "Help now"]
    await ana.presses("I have signs like these")
    assert "Choose yours" in ana.sees
    await ana.presses("I am all right")
    assert "Which city" in ana.chat, "where the button was, above the numbers"


async def test_benzodiazepines_being_cut_down_show_it_too(ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Benzodiazepines")
    await ana.presses("Next")
    await ana.presses("Cutting down")
    assert ana.sees.startswith("Please read this one.")
    await ana.presses("A doctor knows")
    assert "Which city" in ana.sees


async def test_do_the_rest_for_me_does_not_pass_over_the_danger(ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Alcohol")
    await ana.presses("Do the rest for me")
    assert ana.sees.startswith("Please read this one.")
    await ana.presses("I am all right")
    assert "Which city" in ana.sees


async def test_alcohol_stopped_long_ago_shows_nothing(ana: Someone) -> None:
    await _stopped(ana, what="Alcohol")
    await ana.presses("Earlier…")
    await ana.says("11 days")
    assert "Which city" in ana.sees


async def test_kratom_in_the_first_days_shows_the_day_and_what_helps(ana: Someone) -> None:
    await _stopped(ana, what="Extract or 7-OH")
    await ana.presses("Yesterday")
    assert ana.sees.startswith("Day 2.")
    assert "Pregnant" in ana.sees
    await ana.presses("What helps today")
    assert ana.sees.startswith("What helps today.")
    await ana.presses("Signs that need a doctor")
    assert "yellow eyes" in ana.sees
    await ana.presses("Go on")
    assert "Which city" in ana.sees


async def test_alcohol_and_kratom_show_the_danger_first_and_then_the_day(ana: Someone) -> None:
    await _stopped(ana, what="Alcohol", also="Kratom leaf")
    await ana.presses("Today")
    assert ana.sees.startswith("Please read this one.")
    await ana.presses("A doctor knows")
    assert ana.sees.startswith("Day 1.")
    await ana.presses("Go on")
    assert "Which city" in ana.sees


async def test_what_i_count_can_be_changed_later_and_the_danger_is_shown_then(world: World, ana: Someone) -> None:
    await _stopped(ana, what="Kratom leaf")
    await ana.presses("Today")
    await ana.presses("Go on")
    await ana.presses("Do the rest for me")
    await ana.says("Lisbon")
    await ana.presses("Yes")
    await world.arrive(ana.forged("welcome:what", ana.screen.bubbles[-1].id))
    await ana.presses("Alcohol")
    await ana.presses("Next")
    assert ana.sees.startswith("Please read this one.")
    await ana.presses("I am all right")
    await ana.presses("Go on")
    assert "You are set." in ana.sees


async def test_the_whole_set_up_in_spanish(world: World) -> None:
    ana = world.someone("ana", "es-MX")
    await ana.starts()
    assert "Soy un programa" in ana.sees
    await ana.presses("Tengo 18 años o más y acepto")
    await ana.presses("Alcohol")
    await ana.presses("Kratom en hoja")
    await ana.presses("Siguiente")
    await ana.presses("Ya lo dejé")
    await ana.presses("Antes…")
    await ana.says("hace tres días")
    assert ana.sees.startswith("Por favor, lee esto.")
    await ana.presses("Un médico lo sabe")
    assert ana.sees.startswith("Día 4.")
    await ana.presses("Seguir")
    await ana.says("Ciudad de México")
    assert "¿Es así?" in ana.sees
    await ana.presses("Sí")
    await ana.presses("21:00")
    await ana.says("Ana")
    assert "Todo listo, Ana." in ana.sees
    assert ana.screen.keyboard[0] == ("Momento difícil",)
    assert "911" in ana.card
    await ana.says("tengo ganas")
    assert "Es un momento difícil" in ana.sees


async def _stopped(ana: Someone, what: str = "", also: str = "") -> None:
    """Up to "Since when?"."""
    await ana.starts()
    await ana.presses(AGREE)
    for thing in (what, also):
        if thing:
            await ana.presses(thing)
    await ana.presses("Next")
    await ana.presses("I have stopped")
