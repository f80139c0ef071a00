"""The first days: danger first, ranges and no promises, and a log that says what got better."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.content import symptoms
from bot.withdrawal.model import FELT_MOST, SymptomDay
from tests.phone import Someone
from tests.scenes.members import become
from tests.world import World, is_set

TODAY = date(2026, 3, 2)
"""A Monday."""

DAY = timedelta(days=1)


async def is_in_day(world: World, ana: Someone, day: int, *names: str, **fields: object) -> None:
    """A member in Lisbon on that day since she stopped."""
    await is_set(ana)
    await become(world, ana, substances=names, goal="stopped", since=TODAY - (day - 1) * DAY, **fields)


def presses_of(ana: Someone) -> dict[str, str]:
    """What each button under the last message does."""
    return {button.label: button.press for row in ana.screen.bubbles[-1].message.rows for button in row}


async def days_noted(world: World) -> list[SymptomDay]:
    async with world.store.look() as session:
        return list(await session.scalars(select(SymptomDay).order_by(SymptomDay.day)))


async def test_nothing_that_is_known_is_asked_and_the_day_comes_with_its_range(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 3, "kratom_leaf")
    await ana.says("/withdrawal")
    assert ana.sees.splitlines() == [
        "Day 3. Kratom leaf.",
        "1 to 3 days after the last time. Often the hardest: aches and cramps, restless legs, poor sleep, nausea, "
        "loose stools, worry, low mood, strong pull.",
        "From surveys and case reports. Fairly well known. People differ.",
        "After a break the body bears less. The old amount can hit harder than before.",
        "Pregnant, or might be? A doctor or midwife first: stopping suddenly can harm.",
        "A fit, chest pain, seeing things, slow breath, nothing stays down: see the signs.",
    ]
    assert ana.screen.bubbles[-1].message.sensitive
    assert ana.buttons[-1] == "Help now"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (1, ("0 to 12 hours after the last time", "12 to 24 hours after the last time", "with no study behind it")),
        (5, ("4 to 7 days after the last time",)),
        (9, ("In weeks 2 to 4",)),
        (400, ("Day 400.", "Later on")),
    ],
)
async def test_each_day_finds_its_range(world: World, ana: Someone, day: int, said: tuple[str, ...]) -> None:
    await is_in_day(world, ana, day, "kratom_leaf")
    await ana.says("Withdrawal")
    assert all(words in ana.sees for words in said), ana.sees
    assert "you will" not in ana.sees.lower()


async def test_the_day_turns_at_her_own_midnight(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 1, "kratom_leaf", zone="Pacific/Auckland")
    await ana.says("/withdrawal")
    assert ana.sees.startswith("Day 2."), "it is Tuesday there already"


async def test_the_signs_are_on_every_screen_and_one_tap_leads_to_each(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2, "kratom_extract")
    await ana.says("/withdrawal")
    assert "nobody has studied extract or 7-OH by day" in ana.sees
    for button in ("What helps today", "Signs that need a doctor"):
        await ana.presses(button)
    assert ana.sees.startswith("Signs that need a doctor.")
    assert "Call 112" in ana.sees
    led = presses_of(ana)
    assert led["Slow breath, can't be woken"] == "flag:overdose"
    assert led["It was 7-OH"] == "flag:seven_oh"
    assert led["A fit"] == "flag:seizure"
    assert "Back" in led
    await ana.presses("Back")
    assert ana.sees.startswith("Day 2.")


async def test_what_helps_is_comfort_and_the_signs(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2, "opioids")
    await ana.says("/withdrawal")
    await ana.presses("What helps today")
    assert "oral rehydration drink" in ana.sees
    assert "see the signs" in ana.sees
    assert presses_of(ana)["A hard moment"] == "hard"


@pytest.mark.parametrize("name", ["alcohol", "benzodiazepines"])
async def test_alcohol_and_benzodiazepines_come_to_the_danger_first(world: World, ana: Someone, name: str) -> None:
    await is_in_day(world, ana, 2, name)
    await ana.says("/withdrawal")
    assert ana.sees.startswith("Please read this one.")
    assert presses_of(ana)["I have signs like these"] == "flag:alcohol_benzo_withdrawal"
    await ana.presses("I am all right")
    assert ana.sees.startswith("Day 2.")
    assert ana.sees.splitlines()[1].startswith("Don't stop suddenly on your own.")
    assert "The old amount can be too much now" in ana.sees
    assert len(ana.sees.splitlines()) <= 8


async def test_of_several_the_danger_comes_first_and_then_which(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2, "kratom_leaf", "alcohol")
    await ana.says("/withdrawal")
    assert ana.sees.startswith("Please read this one.")
    await ana.presses("A doctor knows")
    assert ana.buttons == ["Kratom leaf", "Alcohol", "Help now"]
    await ana.presses("Kratom leaf")
    assert ana.sees.startswith("Day 2. Kratom leaf.")
    await ana.presses("Another one of mine")
    await ana.presses("Alcohol")
    assert ana.sees.startswith("Please read this one."), "and again before its own days"
    await ana.presses("I am all right")
    assert "The most dangerous days" in ana.sees


async def test_who_told_nothing_is_offered_all_nine_and_nothing_is_kept(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/withdrawal")
    assert len(ana.buttons) == 10
    await ana.presses("Nicotine")
    assert "I don't know since when" in ana.sees
    await ana.presses("Other days")
    await ana.presses("1 to 4 days after the last time")
    assert "From national guidance. Well known. People differ." in ana.sees
    await ana.says("/withdrawal")
    assert len(ana.buttons) == 10


async def test_in_her_own_words_and_with_no_range_it_says_so(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2)
    await world.arrive(ana.forged("welcome:what:other", ana.screen.bubbles[-1].id))
    await ana.says("poppy tea")
    await ana.says("/withdrawal")
    assert ana.sees.startswith("Day 2. poppy tea.")
    assert "I know no ranges for this" in ana.sees
    assert "Other days" not in ana.buttons


async def test_past_the_ranges_nothing_is_made_up(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 100, "cannabis")
    await ana.says("/withdrawal")
    assert "Little is known of the days from here on." in ana.sees


async def test_where_it_is_from_is_named_and_that_nobody_has_reviewed_it(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2, "kratom_leaf")
    await ana.says("/withdrawal")
    await ana.presses("Other days")
    await ana.presses("Where this is from")
    assert "Singh 2014, Drug Alcohol Depend 139:132" in ana.sees
    assert ana.sees.endswith("No clinician has reviewed this yet.")


async def test_the_log_is_one_row_a_day_and_a_tap_corrects_a_tap(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2, "kratom_leaf")
    await ana.says("/withdrawal")
    await ana.presses("How I feel today")
    bubbles = len(ana.screen.bubbles)
    for label in (
        "Trouble sleeping",
        "Trouble sleeping: a little",
        "Restless legs",
        "Aches or cramps",
        "Aches or cramps: a little",
        "Aches or cramps: a lot",
    ):
        await ana.presses(label)
    assert "Aches or cramps: none" in ana.buttons
    assert len(ana.screen.bubbles) == bubbles, "one screen, edited"
    [row] = await days_noted(world)
    assert (row.day, row.levels) == (TODAY, {"sleep": 2, "legs": 1, "aches": 0})
    await ana.presses("Done")
    assert ana.sees.splitlines() == ["Noted.", "A lot: trouble sleeping.", "A little: restless legs."]


async def test_over_days_it_says_in_words_what_got_better(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2, "kratom_leaf")
    await note(ana, {"Trouble sleeping": 2, "Restless legs": 1, "Nausea, vomiting": 1, "Low mood": 1})
    await world.wait(DAY)
    await note(ana, {"Trouble sleeping": 1, "Restless legs": 1, "Low mood": 2, "Tiredness": 1})
    assert ana.sees.splitlines() == [
        "Noted.",
        "Stronger than on Monday: low mood.",
        "Better than on Monday: trouble sleeping.",
        "As on Monday: restless legs.",
        "A little: tiredness.",
        "This can need a doctor. Tap it below.",
    ]
    assert presses_of(ana)["Thoughts of dying"] == "flag:suicidal"
    await ana.presses("The last days")
    assert ana.sees.splitlines() == [
        "How it went:",
        "Tuesday. A lot: low mood. A little: trouble sleeping, restless legs, tiredness.",
        "Monday. A lot: trouble sleeping. A little: restless legs, nausea, vomiting, low mood.",
    ]
    assert len(await days_noted(world)) == 2


async def note(ana: Someone, levels: dict[str, int]) -> None:
    """Tap each symptom so often, then Done."""
    await ana.says("/withdrawal")
    await ana.presses("How I feel today")
    for label, taps in levels.items():
        for said in (label, f"{label}: a little")[:taps]:
            await ana.presses(said)
    await ana.presses("Done")


async def test_own_words_are_kept_sealed_and_read_back(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2, "kratom_leaf")
    await ana.says("/withdrawal")
    await ana.presses("How I feel today")
    await ana.presses("Own words…")
    await ana.says("x" * 301)
    assert "up to 300 letters" in ana.sees
    await ana.says("skin like sandpaper")
    assert "You wrote: skin like sandpaper" in ana.sees
    await ana.presses("The last days")
    assert "Monday. In your own words." in ana.sees
    async with world.store.look() as session:
        connection = await session.connection()
        sealed = (await connection.exec_driver_sql("SELECT sealed_words FROM symptoms")).scalar_one()
    assert b"sandpaper" not in bytes(sealed)


@pytest.mark.parametrize(
    ("names", "label", "taps", "sign"),
    [
        (("kratom_leaf",), "Seeing, hearing things", 1, "flag:psychosis"),
        (("kratom_leaf",), "Yellow eyes, dark urine", 1, "flag:liver"),
        (("kratom_leaf",), "Racing heart", 2, "flag:chest_heart"),
        (("kratom_leaf",), "Racing heart", 1, ""),
        (("opioids",), "Nausea, vomiting", 2, "flag:dehydration"),
        (("opioids",), "Shaking", 2, ""),
        (("alcohol",), "Shaking", 1, "flag:alcohol_benzo_withdrawal"),
        ((), "Shaking", 1, "flag:alcohol_benzo_withdrawal"),
    ],
)
async def test_what_can_be_dangerous_leads_to_its_sign(
    world: World, ana: Someone, names: tuple[str, ...], label: str, taps: int, sign: str
) -> None:
    await is_in_day(world, ana, 2, *names)
    await world.arrive(ana.forged("withdrawal:log", ana.screen.bubbles[-1].id))
    for said in (label, f"{label}: a little")[:taps]:
        await ana.presses(said)
    flags = [press for press in presses_of(ana).values() if press.startswith("flag:")]
    assert flags == ([sign] if sign else [])
    assert ("This can need a doctor" in ana.sees) is bool(sign)


@pytest.mark.parametrize(
    "forged",
    [
        "withdrawal:about:nothing",
        "withdrawal:sources:nothing",
        "withdrawal:everything:alcohol",
        "withdrawal:log:20990101",
        "withdrawal:log:20260302:sleep:3",
        "withdrawal:log:20260302:happiness:1",
        "withdrawal:log:20260302:sleep",
        "withdrawal:log:20240302:sleep:1",
        "withdrawal:log:2026-13-40:sleep:1",
        "withdrawal:::",
    ],
)
async def test_a_forged_button_notes_nothing(world: World, ana: Someone, forged: str) -> None:
    await is_in_day(world, ana, 2, "kratom_leaf")
    await world.arrive(ana.forged(forged, ana.screen.bubbles[-1].id))
    assert "I did not understand that" in ana.sees
    assert await days_noted(world) == []


async def test_an_old_button_corrects_the_day_it_stood_on(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2, "kratom_leaf")
    await ana.says("/withdrawal")
    await ana.presses("How I feel today")
    await ana.presses("Tiredness")
    await world.wait(DAY)
    await ana.presses("Tiredness: a little")
    [row] = await days_noted(world)
    assert (row.day, row.levels) == (TODAY, {"tired": 2})
    assert "How was it on Monday?" in ana.chat


async def test_in_spanish(world: World) -> None:
    ana = world.someone("ana", "es")
    await ana.starts()
    for label in ("Tengo 18 años o más y acepto", "Haz el resto por mí"):
        await ana.presses(label)
    await ana.says("Lisboa")
    await ana.presses("Sí")
    await become(world, ana, substances=["alcohol"], goal="stopped", since=TODAY - DAY)
    await ana.says("tengo abstinencia")
    assert ana.sees.startswith("Por favor, lee esto.")
    await ana.presses("Voy bien")
    assert ana.sees.startswith("Día 2. Alcohol.")
    assert "De 1 a 3 días después de la última vez. Los días más peligrosos" in ana.sees
    assert "No lo dejes de golpe por tu cuenta." in ana.sees
    await ana.presses("Cómo me siento hoy")
    await ana.presses("Temblores")
    assert presses_of(ana)["Temblores, sudores, fiebre"] == "flag:alcohol_benzo_withdrawal"
    await ana.presses("Hecho")
    assert "Un poco: temblores." in ana.sees


async def test_a_stranger_has_no_log(world: World, cai: Someone) -> None:
    await cai.says("/withdrawal")
    assert "I am a program, not a person" in cai.sees
    assert await days_noted(world) == []


def test_every_symptom_fits_into_its_row() -> None:
    everything = symptoms.written(dict.fromkeys(symptoms.SYMPTOMS, symptoms.MUCH))
    assert len(everything) <= FELT_MOST
    assert symptoms.levels(everything) == dict.fromkeys(symptoms.SYMPTOMS, 2)
    assert symptoms.levels("sleep=1 gone=2") == {"sleep": 1}


async def test_her_own_data_says_it_in_words(world: World, ana: Someone) -> None:
    await is_in_day(world, ana, 2, "kratom_leaf")
    await note(ana, {"Trouble sleeping": 2, "Nausea, vomiting": 1})
    await ana.says("/mydata")
    await ana.presses("Send them to me")
    await world.wait(timedelta(seconds=10))
    documents = [bubble.message.document for bubble in ana.screen.bubbles if bubble.message.document]
    page = next(one.text for one in documents if one.name == "notes.html")
    assert "Trouble sleeping: a lot, Nausea, vomiting: a little" in page
    assert "sleep=2" not in page
