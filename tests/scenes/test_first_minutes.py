"""The first minutes: Start, consent, a city, an hour, a name, home."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.phone import Someone
from tests.scenes.looking import everything, rows, the_person, the_schedule
from tests.world import World, is_set

AGREE = "I am 18 or over and agree"


async def test_ana_is_set_in_five_taps_and_two_words(world: World, ana: Someone) -> None:
    await ana.starts()
    assert "I am a program, not a person" in ana.sees
    await ana.presses(AGREE)
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


async def test_what_was_answered_is_kept_and_what_was_typed_for_a_city_is_not(world: World, ana: Someone) -> None:
    await is_set(ana, "lisboa", "Ana")
    person, schedule = await the_person(world), await the_schedule(world)
    assert (person.zone, person.country, person.language) == ("Europe/Lisbon", "PT", "en")
    assert schedule.at == time(19)
    assert schedule.next_at == datetime(2026, 3, 2, 19, tzinfo=UTC)
    kept = await rows(world)
    assert {name: kept[name] for name in ("people", "addresses", "person_keys", "consents", "setups", "schedules")} == {
        "people": 1,
        "addresses": 1,
        "person_keys": 1,
        "consents": 1,
        "setups": 1,
        "schedules": 1,
    }
    assert "checkins" not in kept


async def test_who_runs_it_is_named_where_somebody_is(world: World, ana: Someone, ben: Someone) -> None:
    await ana.starts()
    assert "run by nobody named" in ana.sees
    world.operator = "Harbour House"
    await world.restart()
    await ben.starts()
    assert "Harbour House runs me" in ben.sees
    assert "Harbour House and Telegram would be able to read this chat" in ben.sees


async def test_read_more_says_what_is_kept_and_leads_on(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses("Read more")
    assert "encrypted" in ana.sees
    assert len(ana.screen.bubbles) == 1, "it stands in the place of the first screen"
    assert "consents" not in await rows(world)
    await ana.presses(AGREE)
    assert "Which city" in ana.sees


async def test_agreeing_twice_is_one_consent(world: World, ana: Someone) -> None:
    await ana.starts()
    agree = ana.tapped(AGREE)
    await world.arrive(agree)
    await world.arrive({**agree, "number": world.next_number()})
    assert (await rows(world))["consents"] == 1
    assert "Which city" in ana.sees


async def test_everything_can_be_skipped(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Skip")
    assert "When shall I ask" in ana.sees
    await ana.presses("Skip")
    assert "What shall I call you" in ana.sees
    await ana.presses("Skip")
    assert ana.sees.startswith("You are set.")
    assert "I don't know your local time yet" in ana.sees
    await world.wait(timedelta(days=3))
    assert not [text for text in ana.rung if "note" in text], "whose time is unknown is not asked"


async def test_a_city_alone_is_asked_about_in_the_evening(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says("Lisbon")
    await ana.presses("Yes")
    await ana.presses("Skip")
    await ana.presses("Skip")
    assert "Today at 19:00" in ana.sees


async def test_an_hour_that_was_chosen_without_a_city_holds_once_there_is_one(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Skip")
    await ana.says("20.15")
    await ana.presses("Skip")
    assert "local time" in ana.sees
    await ana.says("/timezone")
    await ana.says("Tokyo")
    await ana.presses("Yes")
    assert "Tomorrow at 20:15" in ana.sees, "it is past nine in the evening there"
    assert (await the_schedule(world)).next_at == datetime(2026, 3, 3, 11, 15, tzinfo=UTC)


async def test_no_asks_for_another_city(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says("Lisbon")
    await ana.presses("No")
    assert "Which city" in ana.sees
    assert (await the_person(world)).zone is None
    await ana.says("Madrid")
    assert ana.sees == "It is 13:00 in Madrid. Right?"


async def test_one_of_several_cities_is_chosen_by_its_time(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says("Portland")
    assert ana.sees == "Which one?"
    assert ana.buttons[:2] == ["Portland, Oregon, United States: 4:00", "Portland, Maine, United States: 7:00"]
    await ana.presses("Portland, Maine, United States: 7:00")
    assert ana.sees == "It is 7:00 in Portland. Right?"
    await ana.presses("Yes")
    assert (await the_person(world)).zone == "America/New_York"


async def test_another_city_can_be_written_while_several_are_offered(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says("Portland")
    await ana.presses("Another city")
    assert "Which city" in ana.sees
    await ana.says("Portland")
    await ana.says("Boston")
    assert ana.sees == "It is 7:00 in Boston. Right?"


async def test_another_city_can_be_written_while_one_is_to_be_confirmed(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says("Lisbon")
    await ana.says("Madrid")
    assert ana.sees == "It is 13:00 in Madrid. Right?"


async def test_a_city_that_nobody_knows_can_be_tried_again_or_left(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says("Xyzzyville")
    assert "I don't know that one" in ana.sees
    await ana.says("x" * 4000)
    assert "I don't know that one" in ana.sees
    await ana.says("Lisbon")
    assert "in Lisbon" in ana.sees
    await ana.presses("No")
    await ana.says("Nowhere at all")
    await ana.presses("Skip")
    assert "When shall I ask" in ana.sees


@pytest.mark.parametrize(
    ("now", "typed", "city", "zone"),
    [
        (datetime(2026, 3, 2, 12, 0, tzinfo=UTC), "7:00", "New York", "America/New_York"),
        (datetime(2026, 3, 2, 5, 1, tzinfo=UTC), "23:59", "New York", "America/New_York"),  # it is 0:01 there
        (datetime(2026, 3, 2, 4, 58, tzinfo=UTC), "0:01", "New York", "America/New_York"),  # it is 23:58 there
        (datetime(2026, 3, 8, 7, 1, tzinfo=UTC), "3:01", "New York", "America/New_York"),  # a minute after the gap
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "1:30 am", "New York", "America/New_York"),  # the second of the fold
        (datetime(2026, 3, 2, 12, 0, tzinfo=UTC), "5.45 pm", "Kathmandu", "Asia/Kathmandu"),
    ],
)
async def test_my_clock_stands_for_a_city(
    now: datetime, typed: str, city: str, zone: str, world: World, ana: Someone
) -> None:
    world.clock.at = now - timedelta(seconds=10)
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Use my clock instead")
    assert "What time is it for you" in ana.sees
    await ana.says(typed)
    if ana.sees == "Which one?":
        await ana.presses(next(label for label in ana.buttons if label.startswith(city)))
    assert f"in {city}" in ana.sees
    await ana.presses("Yes")
    assert (await the_person(world)).zone == zone


@pytest.mark.parametrize("city", ["Lisbon", "Dublin", "Reykjavik", "London"])
async def test_a_zone_with_many_countries_offers_every_one_of_them(city: str, world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Use my clock instead")
    await ana.says("12:00")
    assert [label for label in ana.buttons if label.startswith(city)], ana.buttons


async def test_a_time_that_no_clock_shows_is_asked_for_again(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.presses("Use my clock instead")
    for typed in ("half past", "25:00", "12:22"):  # nowhere is it twenty-two minutes past a whole hour off noon
        await ana.says(typed)
        assert "I can't place that time" in ana.sees
    await ana.says("12:00")
    assert "Which one?" in ana.sees


@pytest.mark.parametrize("name", ["Ana María de los Ángeles", "安娜", "👩‍👩‍👧", "x" * 40, "</b> {name}"])
async def test_any_short_name_is_a_name(name: str, world: World, ana: Someone) -> None:
    await is_set(ana, name=name)
    assert ana.sees.startswith(f"You are set, {name}.")


async def test_a_name_that_is_too_long_or_only_blank_is_asked_for_again(world: World, ana: Someone) -> None:
    await ana.starts()
    for label in (AGREE, "Skip", "Skip"):
        await ana.presses(label)
    for name in ("x" * 41, "   ", "\u3000\u2003", "x" * 4096):
        await ana.says(name)
        assert "up to 40 letters" in ana.sees
    await ana.says("  Ana   Luz ")
    assert ana.sees.startswith("You are set, Ana Luz.")


async def test_an_hour_is_typed_in_any_usual_way_and_asked_for_again_if_it_is_none(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says("Lisbon")
    await ana.presses("Yes")
    await ana.says("in the evening")
    assert "I can't read that as a time" in ana.sees
    await ana.says("8.15 pm")
    assert "What shall I call you" in ana.sees
    assert (await the_schedule(world)).at == time(20, 15)


async def test_start_half_way_goes_on_where_it_stopped(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.starts()
    assert "Which city" in ana.sees
    await ana.says("Lisbon")
    await ana.presses("Yes")
    await world.wait(timedelta(days=7))
    await ana.starts()
    assert "When shall I ask" in ana.sees
    await ana.presses("9:00")
    await ana.starts()
    assert "What shall I call you" in ana.sees
    await ana.says("Ana")
    assert "You are set, Ana." in ana.sees


async def test_start_after_the_set_up_leads_home(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    await ana.says("/start leaflet7")
    assert ana.sees.startswith("You are set, Ana.")
    for words in ("menu", "Start", "/menu"):
        await ana.says(words)
        assert ana.sees.startswith("You are set, Ana."), words


@pytest.mark.parametrize("words", ["/menu", "menu"])
async def test_the_menu_half_way_through_does_not_claim_that_all_is_set(words: str, world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says(words)
    assert "You are set" not in ana.sees


async def test_a_stale_button_of_an_earlier_question_corrects_its_answer(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    await ana.says("Lisbon")
    yes = ana.tapped("Yes")
    await ana.presses("No")
    await ana.says("Madrid")
    await ana.presses("Yes")
    assert (await the_person(world)).zone == "Europe/Madrid"
    await world.arrive({**yes, "number": world.next_number()})
    assert (await the_person(world)).zone == "Europe/Lisbon"
    assert "When shall I ask" in ana.sees, "and the set-up goes on where it was"


async def test_old_buttons_still_work_after_the_set_up(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses(AGREE)
    skip_city = ana.tapped("Skip")
    await ana.says("Lisbon")
    await ana.presses("Yes")
    nine = ana.tapped("9:00")
    await ana.presses("21:00")
    skip_name = ana.tapped("Skip")
    await ana.says("Ana")
    for old in (skip_city, nine, skip_name):
        await world.wait(timedelta(minutes=1))
        await world.arrive({**old, "number": world.next_number()})
        assert ana.sees.startswith("You are set, Ana."), old["data"]
    person, schedule = await the_person(world), await the_schedule(world)
    assert person.zone == "Europe/Lisbon", "a skip that comes late takes nothing back"
    assert schedule.at == time(9), "an hour that comes late is the newest wish"


FORGED = (
    "welcome",
    "welcome:",
    "welcome:skip",
    "welcome:skip:person_id",
    "welcome:done:language",
    "welcome:at:PT:../../etc/passwd",
    "welcome:at:XX:Europe/Lisbon",
    "welcome:at:PT:Europe/Atlantis",
    "welcome:is:PT:Europe/Nowhere:Lisbon",
    "welcome:hour:99.99",
    "checkin:at:99.99",
    "checkin:at:",
    "home:x:y:z",
    "lost",
    "nothing:of:ours",
    "",
    ":",
    "answer:welcome:name",
    "answer:nothing",
    "answer:",
)


async def test_no_forged_button_sets_anything(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    schedule = await the_schedule(world)
    for forged in FORGED:
        await world.arrive(ana.forged(forged))
        await world.wait(timedelta(seconds=10))  # long enough for every try of a handler that raises
        assert "Something on my side failed" not in ana.chat, forged
        person = await the_person(world)
        assert (person.zone, person.country) == ("Europe/Lisbon", "PT"), forged
        assert (await the_schedule(world)).next_at == schedule.next_at, forged
        await ana.says("/start")
        assert ana.sees.startswith("You are set, Ana."), forged


async def test_a_sticker_or_an_edited_word_leaves_the_question_open(world: World, ana: Someone) -> None:
    await ana.starts()
    for label in (AGREE, "Skip", "Skip"):
        await ana.presses(label)
    await ana.sends_a_sticker()
    await ana.says("Ana")
    assert ana.sees.startswith("You are set, Ana.")


async def test_an_answer_after_half_an_hour_is_an_answer_no_more(world: World, ana: Someone) -> None:
    await ana.starts()
    for label in (AGREE, "Skip", "Skip"):
        await ana.presses(label)
    await world.wait(timedelta(minutes=31))
    await ana.says("Ana")
    assert "I did not understand that" in ana.sees
    await ana.starts()
    assert "What shall I call you" in ana.sees


async def test_every_screen_of_the_first_minutes_has_help(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses("Read more")
    await ana.presses(AGREE)
    await ana.says("Nowhere at all")
    await ana.presses("Use my clock instead")
    await ana.says("never")
    await ana.says("12:00")
    await ana.says("Lisbon")
    await ana.presses("Yes")
    await ana.says("never")
    await ana.says("9")
    await ana.says("x" * 41)
    await ana.says("Ana")
    for message in everything(ana):
        last = [button.label for button in message.rows[-1]] if message.rows else list(message.keyboard[-1])
        assert "Help now" in last, message.text
        assert len(message.rows) <= (10 if message.text == "Which one?" else 8)
        assert len(message.text.splitlines()) <= 8, message.text
