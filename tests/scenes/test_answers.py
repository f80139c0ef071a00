"""What a check-in asks and says: what fits the goal, and one step on."""

import pytest

from tests.phone import Someone
from tests.scenes.members import become, checkins_of, row_of
from tests.world import World, is_set


async def taps(person: Someone, *labels: str) -> None:
    for label in labels:
        await person.presses(label)


async def opens(world: World, person: Someone, **fields: object) -> None:
    """Somebody who is set, as they are, has today's check-in before them."""
    await is_set(person)
    await become(world, person, **fields)  # type: ignore[arg-type]
    await person.says("/checkin")


@pytest.mark.parametrize("goal", ["stopped", "medicine", None])
async def test_whoever_has_stopped_is_asked_about_using(goal: str | None, world: World, ana: Someone) -> None:
    await opens(world, ana, goal=goal)
    await taps(ana, "🙂 All right", "2")
    assert ana.sees.startswith("Did you use since yesterday?")
    await ana.presses("No")
    assert ana.sees == "Noted: all right, pull 2, not used. A small thing for tomorrow?"


@pytest.mark.parametrize(
    ("answer", "said"), [("Yes", "as planned"), ("Partly", "partly as planned"), ("No", "not as planned")]
)
async def test_whoever_cuts_down_is_asked_about_their_plan_and_no_is_no_slip(
    answer: str, said: str, world: World, ana: Someone
) -> None:
    await opens(world, ana, goal="cutting")
    await taps(ana, "🙂 All right", "2")
    assert ana.sees == "Did the day go as you planned?"
    await ana.presses(answer)
    assert ana.sees == f"Noted: all right, pull 2, {said}. A small thing for tomorrow?"
    assert "Thank you for saying it" not in ana.chat


async def test_whoever_has_not_stopped_is_not_asked_unless_they_want_it(world: World, ana: Someone) -> None:
    await opens(world, ana, goal="not_yet")
    await taps(ana, "🙂 All right", "2")
    assert ana.sees == "Noted: all right, pull 2. A small thing for tomorrow?"
    await world.arrive(ana.forged("checkin:times"))
    await ana.presses("Ask about using: no")
    assert "Ask about using: yes" in ana.buttons
    await world.go_to(world.clock.now().replace(day=3))
    await ana.says("/checkin")
    await taps(ana, "🙂 All right", "2")
    assert ana.sees.startswith("Did you use since yesterday?")


async def test_yes_is_thanked_for_and_erases_nothing(world: World, ana: Someone) -> None:
    await opens(world, ana, goal="stopped", substances=["alcohol"])
    await taps(ana, "😕 Low", "6", "Yes")
    assert "Thank you for saying it. Nothing is erased." in ana.sees
    assert "is any of this true right now?" in ana.sees, "what comes before everything else"
    assert ana.buttons == ["Yes, one of these, or not sure", "No, none of these", "Change an answer", "Help now"]
    await ana.presses("No, none of these")
    assert ana.sees == "When was it?"


async def test_with_several_things_it_asks_which_one(world: World, ana: Someone) -> None:
    await opens(world, ana, goal="stopped", substances=["alcohol", "kratom_leaf"])
    await taps(ana, "😕 Low", "6", "Yes")
    assert "Thank you for saying it" in ana.sees, "how they are comes before which one it was"
    await ana.presses("No, none of these")
    assert ana.sees == "Which one was it?"
    assert {"Alcohol", "Kratom leaf", "Skip"} <= set(ana.buttons)
    await ana.presses("Alcohol")
    assert ana.sees == "When was it?"
    [row] = await checkins_of(world, ana)
    assert (row.used, row.which) == ("yes", "alcohol")


async def test_the_pull_in_words_this_once_or_always(world: World, ana: Someone) -> None:
    await opens(world, ana)
    await taps(ana, "🙂 All right", "In words")
    assert {"None", "A little", "Some", "Strong", "Very strong", "In numbers"} <= set(ana.buttons)
    await ana.presses("In numbers")
    assert "10" in ana.buttons
    await taps(ana, "In words", "A little", "No")
    assert "pull 2" in ana.sees
    await become(world, ana, scale="words")
    await ana.presses("Change an answer")
    await taps(ana, "🙂 All right", "Some", "No")
    assert "pull some" in ana.sees
    [row] = await checkins_of(world, ana)
    assert row.pull == "5"


@pytest.mark.parametrize(
    ("mood", "pull", "asked"),
    [("😕 Low", "0", True), ("😞 Very low", "3", True), ("🙂 All right", "4", True), ("😐 So-so", "3", False)],
)
async def test_when_it_is_low_it_asks_what_is_in_it(
    mood: str, pull: str, asked: bool, world: World, ana: Someone
) -> None:
    await opens(world, ana)
    await taps(ana, mood, pull, "No")
    assert ana.sees.endswith("Is one of these in it?") is asked
    assert ("Tired" in ana.buttons) is asked


@pytest.mark.parametrize("label", ["Hungry", "Angry", "Lonely", "Tired"])
async def test_one_step_for_what_is_in_it(label: str, world: World, ana: Someone) -> None:
    await opens(world, ana)
    await taps(ana, "😕 Low", "5", "No", label)
    assert ana.sees.startswith(f"{label}. ")
    assert ana.sees.count("?") == 2, "the step, and the small plan"
    [row] = await checkins_of(world, ana)
    assert row.halt == label.lower()


async def test_none_of_them_goes_on_to_the_plan(world: World, ana: Someone) -> None:
    await opens(world, ana)
    await taps(ana, "😕 Low", "5", "No", "None of them")
    assert ana.sees == "Noted: low, pull 5, not used. A small thing for tomorrow?"


async def test_a_strong_pull_leads_to_the_hard_moment(world: World, ana: Someone) -> None:
    await opens(world, ana)
    await taps(ana, "😕 Low", "7", "No")
    assert "That is strong" in ana.sees
    await ana.presses("Hard moment")
    assert "This is a hard moment" in ana.sees


async def test_the_list_of_plans_learns(world: World, ana: Someone) -> None:
    await is_set(ana)
    seen: list[set[str]] = []
    for day in range(3, 13):
        await world.go_to(world.clock.now().replace(day=day, hour=12, minute=0, second=0))
        await ana.says("/checkin")
        await taps(ana, "🙂 All right", "0", "No")
        seen.append(set(ana.buttons))
        await ana.presses("Ten minutes outside" if "Ten minutes outside" in ana.buttons else "No plan")
    assert all("Ten minutes outside" in buttons for buttons in seen), "what is taken is offered again"
    assert len(set.union(*seen)) > 8, "and the others get their turn"
    assert ana.sees == "For tomorrow: Ten minutes outside."


async def test_own_words_are_a_plan_like_any_other_and_sealed(world: World, ana: Someone) -> None:
    await opens(world, ana)
    await taps(ana, "🙂 All right", "0", "No", "Own words…")
    await ana.says("x" * 61)
    assert "up to 60" in ana.sees
    await ana.says("Swim with Dee")
    assert ana.sees == "For tomorrow: Swim with Dee."
    await world.wait(world.clock.now().replace(day=4) - world.clock.now())
    await ana.says("/checkin")
    await taps(ana, "🙂 All right", "0", "No")
    assert "Swim with Dee" in ana.buttons


async def test_the_plan_needs_no_answer(world: World, ana: Someone) -> None:
    await opens(world, ana)
    await taps(ana, "🙂 All right", "0", "No")
    [row] = await checkins_of(world, ana)
    assert row.plan is None
    assert row.answered_at


async def test_i_need_support_offers_three_ways(world: World, ana: Someone) -> None:
    await opens(world, ana)
    await ana.presses("I need support")
    assert {"Something to do", "Someone to talk to", "Numbers", "Help now"} == set(ana.buttons)
    await ana.presses("Someone to talk to")
    assert "Can you talk?" in ana.sees
    assert any(label.startswith("Copy") for label in ana.buttons)
    await ana.presses("Numbers")
    assert "112" in ana.chat


async def test_what_comes_next_says_that_today_is_done(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/next")
    assert "Today: noted." not in ana.sees
    await ana.presses("Check in")
    await ana.presses("🙂 All right")
    await ana.says("/next")
    lines = ana.sees.splitlines()
    assert lines[1] == "Today: noted."
    assert lines[2].startswith("Tomorrow 19:00")


async def test_skip_is_an_answer(world: World, ana: Someone) -> None:
    await opens(world, ana)
    await taps(ana, "Later", "Not today")
    assert ana.sees.startswith("Skipped.")
    await ana.says("/undo")
    assert ana.sees == "How are you right now?"


async def test_undo_takes_back_one_answer_at_a_time(world: World, ana: Someone) -> None:
    await opens(world, ana)
    await taps(ana, "🙂 All right", "2", "No")
    await ana.says("/undo")
    assert ana.sees.startswith("Did you use since yesterday?")
    await ana.says("/undo")
    assert ana.sees.startswith("How strong is the pull?")
    await ana.says("/undo")
    assert ana.sees == "How are you right now?"
    await ana.says("/undo")
    assert ana.sees == "There is no answer to take back."


async def test_yesterday_can_be_filled_in(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/yesterday")
    assert ana.sees == "This is about 1 March.\nHow were you?"
    await ana.presses("😕 Low")
    assert "How strong was the pull?" in ana.sees
    await taps(ana, "8", "No")
    assert ana.sees == "Noted: low, pull 8, not used.", "no advice for a day that is over"
    [row] = await checkins_of(world, ana)
    assert row.day.day == 1


async def test_the_same_in_spanish(world: World, ana: Someone) -> None:
    await opens(world, ana, language="es", goal="stopped", substances=["alcohol", "opioids"])
    assert ana.sees == "¿Qué tal ahora mismo?"
    await taps(ana, "😕 Mal", "En palabras", "Algunas")
    assert ana.sees.startswith("¿Consumiste desde ayer?")
    await ana.presses("Sí")
    assert "Gracias por decirlo. Nada se borra." in ana.sees
    await taps(ana, "No, nada de esto", "Opioides")
    assert ana.sees == "¿Cuándo fue?"
    await taps(ana, "Cambiar una respuesta", "😕 Mal", "5", "No", "Cansancio")
    assert "Cansancio. ¿Puede ser más ligera la próxima hora? ¿Algo pequeño para mañana?" in ana.chat
    await ana.presses("Diez minutos al aire")
    assert "Para mañana: Diez minutos al aire." in ana.chat
    assert (await row_of(world, ana)).language == "es"
