"""My plan and reasons: made in a calm hour, changed one by one, and there when it is hard."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, event, select

from bot import feature, people
from bot.app import FEATURES
from bot.checkins.model import Schedule
from bot.content import triggers
from bot.people import Known
from bot.plans.model import ACTS, AT_MOST, PEOPLE_AT_MOST, STEPS, Keepsake
from bot.routes import Routes
from bot.texts import Texts
from tests.phone import Someone
from tests.scenes.looking import everything, rows, tells
from tests.scenes.members import become
from tests.world import World, is_set

DAY = timedelta(days=1)
NOTE = "A short question"


async def opens(person: Someone, *labels: str) -> None:
    """/plan, and from there."""
    await person.says("/plan")
    for label in labels:
        await person.presses(label)


async def says_when(person: Someone) -> None:
    """An if-then plan in own words, both of them."""
    await opens(person, "If this, then that", "New plan", "Own words…")
    await person.says("I'm alone at night")
    await person.presses("Own words…")
    await person.says("I call Dee.")


async def knows(world: World, person: Someone) -> Known:
    """What a hard moment could use of them."""
    async with world.store.look() as session:
        found = await people.look(session, person.address)
        assert found
        row, agreed = found
        return await feature.known(FEATURES, session, row, agreed, world.clock.now())


async def asked_again(world: World, person: Someone, days: float, *, there: bool = True) -> int:
    """How often the question came in so many days. Whoever is `there` writes on each; of check-ins there are none."""
    person.screen.rung.clear()
    async with world.store.work() as session:
        await session.execute(delete(Schedule))
    if there:
        await become(world, person, heard_at=world.clock.now() + days * DAY)
    await world.wait(days * DAY)
    return len([text for text in person.rung if text.startswith(NOTE)])


async def opens_the_note(world: World, person: Someone) -> None:
    """The [Open] under the last of these questions."""
    bubble = next(one for one in reversed(person.screen.bubbles) if one.message.text.startswith(NOTE))
    await world.arrive(person.forged(bubble.message.rows[0][0].press, bubble.id))
    await person.looks()


async def has_somebody(person: Someone) -> None:
    """Whoever has named somebody is not asked whom they could call."""
    await opens(person, "Who I can call", "Add someone")
    await person.says("Dee 600 100 200")


async def forges(world: World, person: Someone, press: str) -> None:
    """A press of which we only know what it does, on whatever stands at the bottom."""
    await world.arrive(person.forged(press, person.screen.bubbles[-1].id))
    await person.looks()


def tapped(person: Someone, label: str) -> str:
    """What such a button would send."""
    return next(
        button.press
        for bubble in reversed(person.screen.bubbles)
        for row in bubble.message.rows
        for button in row
        if button.label == label
    )


async def test_two_lists_of_buttons_make_a_plan_in_five_taps(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "If this, then that", "New plan", "A feeling", "I feel lonely")
    assert ana.sees == "If I feel lonely, then… What do you do?"
    assert ana.buttons[:2] == ["I go outside and walk", "I call someone"]
    await ana.presses("I call someone")
    assert ana.sees == "Kept. I show it in a moment like that.\nIf I feel lonely, I call someone."
    [own] = (await knows(world, ana)).own
    assert (own.words, own.trigger) == ("If I feel lonely, I call someone.", "loneliness")


async def test_own_words_are_said_back_whole(world: World, ana: Someone) -> None:
    await is_set(ana)
    await says_when(ana)
    assert ana.sees.endswith("If I'm alone at night, I call Dee.")
    [own] = (await knows(world, ana)).own
    assert (own.words, own.trigger) == ("If I'm alone at night, I call Dee.", "")


async def test_words_that_our_sentence_has_already_are_not_said_twice(ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "If this, then that", "New plan", "Own words…")
    await ana.says("If   it rains,")
    await ana.presses("Own words…")
    await ana.says("then I read")
    assert ana.sees.endswith("\nIf it rains, I read.")


async def test_a_restart_in_the_middle_of_typing_loses_nothing(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "If this, then that", "New plan", "Own words…")
    await world.restart()
    await ana.says("it rains")
    await world.restart()
    await ana.presses("Own words…")
    await world.restart()
    await ana.says("I read a page")
    assert ana.sees.endswith("If it rains, I read a page.")


async def test_a_cue_without_an_act_stays_and_is_finished_later(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "If this, then that", "New plan", "Own words…")
    await ana.says("it rains")
    assert not (await knows(world, ana)).own
    await opens(ana, "If this, then that", "1 · If it rains, …", "Change the then", "I put on music")
    assert [own.words for own in (await knows(world, ana)).own] == ["If it rains, I put on music."]


async def test_both_halves_can_be_changed_and_the_whole_deleted(world: World, ana: Someone) -> None:
    await is_set(ana)
    await says_when(ana)
    await ana.presses("Change the if")
    await ana.presses("The body")
    await ana.presses("I can't sleep")
    assert ana.sees.endswith("If I can't sleep, I call Dee.")
    await ana.presses("Change the then")
    await ana.presses("I put on music")
    assert ana.sees.endswith("If I can't sleep, I put on music.")
    await ana.presses("Delete")
    assert ana.sees == "Delete this for good?\nIf I can't sleep, I put on music."
    await ana.presses("Keep it")
    await ana.presses("Delete")
    await ana.presses("Yes, delete")
    assert "if_thens" not in await rows(world)


async def test_the_same_plan_twice_is_one(world: World, ana: Someone) -> None:
    await is_set(ana)
    for _ in range(2):
        await opens(ana, "If this, then that", "New plan", "A feeling", "I feel lonely", "I call someone")
    assert (await rows(world))["if_thens"] == 1


async def test_ten_plans_are_enough_however_they_come(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "If this, then that", "New plan", "A feeling", "I feel angry")
    acts = tapped(ana, "I call someone").removesuffix("call")
    for act in ACTS:
        await forges(world, ana, f"{acts}{act}")
    assert (await rows(world))["if_thens"] == AT_MOST
    assert ana.sees == "10 are enough to carry. Change or delete one first."
    for press in ("plan:cue:new", "plan:new:stress", "plan:act:stress:call"):
        await forges(world, ana, press)
        assert ana.sees.startswith("10 are enough")
    await opens(ana, "If this, then that")
    assert len([label for label in ana.buttons if " · If I feel angry" in label]) == AT_MOST


async def test_another_part_can_ask_for_a_plan_and_its_own_screen_stays(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.presses("Hard moment")
    before, number = ana.sees, ana.screen.bubbles[-1].id
    await forges(world, ana, "plan:new:stress")
    assert ana.sees == "If I feel stressed, then… What do you do?"
    assert next(one for one in ana.screen.bubbles if one.id == number).message.text == before
    await forges(world, ana, "plan:new:of-next-year")
    assert ana.sees == "If… What sets it off?"


async def test_a_plan_that_there_is_for_it_already_is_looked_at_again(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "If this, then that", "New plan", "A feeling", "I feel lonely", "I call someone")
    await forges(world, ana, "plan:new:loneliness")
    assert ana.sees == "You have a plan for this already. Does it still fit?\nIf I feel lonely, I call someone."
    await ana.presses("Change the then")
    await ana.presses("I go outside and walk")
    assert ana.sees.endswith("If I feel lonely, I go outside and walk.")
    assert (await rows(world))["if_thens"] == 1


async def test_what_is_too_long_is_not_lost_and_the_question_stays_open(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "My reasons", "Add a reason")
    await ana.says("x" * 161)
    assert ana.sees.startswith("That has 161 letters, and 160 fit. Your words still stand above.")
    await ana.says("My daughter")
    assert ana.sees == "Kept.\nMy daughter"
    await opens(ana, "To myself", "Add something")
    await ana.says("x" * 3001)
    assert "3001 letters, and 3000 fit" in ana.sees
    await ana.says("Dear me")
    assert ana.sees.startswith("Kept.\nLetter, 2 March 2026")
    await opens(ana, "Who I can call", "Add someone")
    await ana.says("x" * 41)
    assert "41 letters, and 40 fit" in ana.sees
    await ana.says("Dee")
    await ana.says("a number that is none")
    assert ana.sees.startswith("I need digits only")
    await ana.says("600 100 200")
    assert ana.sees == "Kept.\nDee, 600 100 200"
    await opens(ana, "Safety plan", "Fill in the next step")
    await ana.says("x" * 201)
    assert "201 letters, and 200 fit" in ana.sees
    await ana.says("I stop answering")
    assert ana.sees.startswith("2 of 6.")


async def test_a_key_word_in_an_answer_is_an_answer(ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "My reasons", "Add a reason")
    await ana.says("craving")
    assert "Kept.\ncraving" in ana.chat
    assert ana.sees == "Is this one now?"


async def test_back_closes_the_question(ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "My reasons", "Add a reason", "Back")
    await ana.says("My daughter")
    assert "did not understand" in ana.sees


async def test_a_starred_reason_and_people_stand_on_the_card_and_nothing_rings(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "My reasons", "Add a reason")
    await ana.says("My daughter")
    assert "My daughter" not in ana.card, "nothing goes on the card by itself"
    await ana.presses("Put it on my card")
    await opens(ana, "Who I can call", "Add someone")
    await ana.says("Dee: +351 600 100 200")
    assert ana.card.endswith("\nMy people: Dee, +351 600 100 200\nMy reason: My daughter")
    assert len(ana.card.splitlines()) <= 12
    await opens(ana, "My reasons", "Add a reason")
    await ana.says("My work")
    await ana.presses("Put it on my card")
    assert ana.card.endswith("My reason: My work"), "one at a time"
    await ana.presses("Change it")
    await ana.says("My garden")
    assert ana.card.endswith("My reason: My garden")
    await ana.presses("Delete")
    await ana.presses("Yes, delete")
    await opens(ana, "Who I can call", "1 · Dee, +351 600 100 200", "Delete", "Yes, delete")
    assert "My people" not in ana.card
    assert "My reason" not in ana.card
    assert len([bubble for bubble in ana.screen.bubbles if bubble.message.pinned]) == 1
    assert not [text for text in ana.rung if "My card" in text]


async def test_a_person_has_a_name_perhaps_a_number_and_both_can_be_changed(ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "Who I can call", "Add someone")
    await ana.says("Dee")
    assert ana.sees == "What is the number for Dee?"
    await ana.presses("Without a number")
    assert ana.sees == "Dee"
    await ana.presses("Change the number")
    await ana.says("600100200")
    assert ana.buttons[0] == "Copy 600100200"
    await ana.presses("Change the name")
    await ana.says("Dee from the choir")
    assert ana.sees == "Kept.\nDee from the choir, 600100200"


async def test_five_people_are_enough(ana: Someone) -> None:
    await is_set(ana)
    for number in range(PEOPLE_AT_MOST):
        await opens(ana, "Who I can call", "Add someone")
        await ana.says(f"Dee{number} 60010020{number}")
    await opens(ana, "Who I can call", "Add someone")
    assert ana.sees.startswith("5 are enough")


@pytest.mark.parametrize(("kind", "label"), [("voice", "My voice note"), ("photo", "My photo")])
async def test_what_they_sent_comes_back_as_it_was(world: World, ana: Someone, kind: str, label: str) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await world.arrive(ana.attached(kind, "for the bad days"))  # type: ignore[arg-type]
    assert "2 March 2026" in ana.sees
    assert "bad days" not in ana.sees, "the list tells the date only"
    await world.restart()
    await ana.says("my reasons")
    await ana.presses(label)
    shown = ana.screen.bubbles[-1].message
    assert shown.media
    assert shown.media.kind == kind
    assert shown.media.file in world.phones.files
    assert shown.sensitive
    assert shown.text.endswith("\n\nfor the bad days")
    assert ana.buttons == ["Something to do", "Someone to talk to", "Help now"]


async def test_a_caption_too_long_for_a_picture_comes_beside_it(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await ana.sends("photo", "word " * 400)
    await ana.presses("Show it")
    await ana.looks()
    assert [bool(bubble.message.media) for bubble in ana.screen.bubbles[-2:]] == [True, False]
    assert ana.sees == ("word " * 400).strip()


async def test_a_letter_comes_back_and_can_be_replaced_by_a_voice(ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await ana.says("Dear me,\n\nyou did this before.")
    await ana.presses("Show it")
    assert ana.sees == "Letter, 2 March 2026\n\nDear me,\n\nyou did this before."
    await opens(ana, "To myself", "1 · Letter, 2 March 2026", "Change it")
    await ana.sends("voice")
    assert ana.sees == "Kept.\nVoice note, 2 March 2026"
    await ana.presses("Delete")
    assert "Dear me" not in ana.sees
    await ana.presses("Yes, delete")
    assert "Voice note" not in " ".join(ana.buttons)


async def test_a_file_that_the_platform_lost_is_said_kindly_and_its_row_stays(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await ana.sends("voice")
    world.phones.files.clear()
    await ana.presses("Show it")
    assert (
        ana.sees
        == "Voice note, 2 March 2026\n\nThe picture or the sound that belongs here did not come through this time."
    )
    assert (await rows(world))["keepsakes"] == 1


async def test_a_photo_that_nobody_waits_for_is_what_it_always_was(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.sends("photo")
    assert ana.sees.startswith("Thank you. I can only read words")
    await opens(ana, "My reasons", "Add a reason")
    await ana.sends("voice")
    assert ana.sees.startswith("Thank you. I can only read words")
    await ana.says("My daughter")
    assert ana.sees == "Kept.\nMy daughter", "the question stayed open"
    assert (await rows(world))["keepsakes"] == 1


async def test_of_an_album_the_first_is_kept(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await world.arrive(*ana.album(3))
    await ana.looks()
    assert (await rows(world))["keepsakes"] == 1
    assert ana.sees == "Kept.\nPhoto, 2 March 2026"


async def test_a_late_replay_is_a_neutral_line_first(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await ana.sends("voice", "quixotic")
    tap = ana.tapped("Show it")
    raw = {**tap, "at": (world.clock.now() - timedelta(minutes=5)).isoformat()}
    ana.screen.rung.clear()
    typed = {**ana.typed("my reasons"), "at": raw["at"]}
    await world.arrive(typed)
    await ana.looks()
    assert not tells(ana.screen.rung[-1])
    assert not [message for message in ana.screen.rung if "kept" in message.text or message.media]
    await ana.presses("Open")
    await ana.presses("My voice note")
    assert ana.screen.bubbles[-1].message.media


async def test_the_safety_plan_has_six_steps_and_forgets_none(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "Who I can call", "Add someone")
    await ana.says("Dee 600 100 200")
    await opens(ana, "Safety plan", "Fill in the next step")
    for step, words in enumerate(("I stop answering", "a walk", "the library", "", "Dr Example", "pills to Dee"), 1):
        assert ana.sees.startswith(f"{step} of 6.")
        await (ana.says(words) if words else ana.presses("Skip this step"))
        await world.restart()
    whole = ana.sees.splitlines()
    assert whole[1] == "1 What I notice: I stop answering"
    assert whole[4] == "4 Whom I can ask: Dee, 600 100 200"
    assert whole[5].startswith("5 Doctors and helplines: Dr Example · 112 danger")
    assert len(whole) == 1 + len(STEPS)
    assert "Fill in the next step" not in ana.buttons
    await ana.presses("2 What I do myself")
    assert ana.sees.endswith("Now it says: a walk")
    await ana.says("swim")
    assert ana.sees.splitlines()[2] == "2 What I do myself: swim", "a change leads back to the whole"
    await ana.presses("2 What I do myself")
    await ana.presses("Clear this step")
    assert ana.sees.splitlines()[2] == "2 What I do myself: –"


async def test_the_first_of_their_own_are_plans_then_the_reason_of_the_card_then_the_voice(
    world: World, ana: Someone
) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await ana.sends("voice")
    for reason in ("My daughter", "My work"):
        await opens(ana, "My reasons", "Add a reason")
        await ana.says(reason)
    await opens(ana, "My reasons", "2 · My daughter", "Put it on my card")
    await says_when(ana)
    own = (await knows(world, ana)).own
    assert [one.words for one in own] == ["If I'm alone at night, I call Dee.", "My daughter", "My voice note"]
    for one, shown in zip(own, ("alone at night", "My daughter\nMy work", "Voice note, 2 March 2026"), strict=True):
        await forges(world, ana, one.press)
        assert shown in ana.sees


async def test_the_card_says_of_what_was_kept_what_it_is_and_opens_it(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await ana.sends("voice")
    await ana.presses("Hard moment")
    assert ana.sees.startswith("You kept this for now: My voice note\n")
    assert ana.buttons[0] == "Open it"
    await ana.presses("Open it")
    assert ana.screen.bubbles[-1].message.media
    await opens(ana, "My reasons", "Add a reason")
    await ana.says("My daughter")
    await ana.presses("Hard moment")
    assert ana.sees.startswith("You wrote: My daughter\n")
    assert ana.buttons[0] == "Open it", "there is nothing to do about a reason"


async def test_without_a_voice_a_photo_comes_and_without_that_the_letter(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await ana.says("Dear me")
    assert [one.words for one in (await knows(world, ana)).own] == ["My letter"]
    await opens(ana, "To myself", "Add something")
    await ana.sends("photo")
    assert [one.words for one in (await knows(world, ana)).own] == ["My photo"]


async def test_a_plan_to_call_somebody_brings_their_number(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "Who I can call", "Add someone")
    await ana.says("Dee 600 100 200")
    await says_when(ana)
    [own] = (await knows(world, ana)).own
    await forges(world, ana, own.press)
    assert ana.sees == "You decided this in a calm hour:\nIf I'm alone at night, I call Dee.\nDee, 600 100 200"
    assert ana.buttons == ["Copy 600 100 200", "My own words", "Something to do", "Someone to talk to", "Help now"]


async def test_their_own_are_found_by_two_statements(world: World, ana: Someone) -> None:
    await is_set(ana)
    await says_when(ana)
    plans = next(one for one in FEATURES if one.name == "plans")
    asked: list[str] = []
    async with world.store.look() as session:
        found = await people.look(session, ana.address)
        assert found
        assert plans.own
        connection = await session.connection()
        event.listen(connection.sync_connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        await plans.own(session, found[0], world.clock.now(), Texts("en"))
    assert len(asked) == 2


async def test_more_reasons_than_fit_come_on_the_next_page(ana: Someone) -> None:
    await is_set(ana)
    for number in range(7):
        await opens(ana, "My reasons", "Add a reason")
        await ana.says(f"Reason {number}.")
    await ana.says("my reasons")
    assert ana.sees.splitlines()[1:] == [f"Reason {number}." for number in (6, 5, 4, 3, 2)]
    await ana.presses("More reasons")
    assert ana.sees.splitlines()[1:] == ["Reason 1.", "Reason 0."]
    await ana.presses("More reasons")
    assert "Reason 6." in ana.sees


async def test_with_nothing_kept_the_way_to_help_is_there(ana: Someone) -> None:
    await is_set(ana)
    await ana.says("my reasons")
    assert ana.sees.startswith("Nothing of your own is kept yet.")
    assert ana.buttons == ["Make something now", "Something to do", "Someone to talk to", "Help now"]


async def test_three_weeks_later_a_neutral_line_asks_if_a_plan_is_still_right(world: World, ana: Someone) -> None:
    await is_set(ana)
    await has_somebody(ana)
    await says_when(ana)
    await opens(ana, "If this, then that", "New plan", "A feeling", "I feel angry", "I put on music")
    assert await asked_again(world, ana, 20) == 0
    assert await asked_again(world, ana, 2) == 1
    [note] = [message for message in ana.screen.rung if message.text.startswith(NOTE)]
    assert not tells(note)
    assert note.text == f"{NOTE}, for a quiet moment."
    assert [button.label for row in note.rows for button in row] == ["Open", "Help now"]
    await opens_the_note(world, ana)
    assert ana.chat.count("You made this some weeks ago. Still right?\nIf I'm alone at night, I call Dee.") == 1
    await ana.presses("Yes")
    assert await asked_again(world, ana, 18) == 0, "no more than one in three weeks"
    assert await asked_again(world, ana, 4) == 1
    await opens_the_note(world, ana)
    assert "Still right?\nIf I feel angry" in ana.chat, "the one that was looked at longest ago"
    await ana.presses("Change")
    assert ana.screen.bubbles


async def test_nobody_who_has_gone_quiet_is_asked_about_a_plan(world: World, ana: Someone) -> None:
    await is_set(ana)
    await says_when(ana)
    assert await asked_again(world, ana, 70, there=False) == 0
    assert await asked_again(world, ana, 8) > 0, "but once they are back they are"


async def test_a_deleted_plan_is_not_asked_about(world: World, ana: Someone) -> None:
    await is_set(ana)
    await has_somebody(ana)
    await says_when(ana)
    await ana.presses("Delete")
    await ana.presses("Yes, delete")
    assert await asked_again(world, ana, 23) == 0


async def test_whom_to_call_is_asked_three_times_two_weeks_apart_and_then_never(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana)
    assert await asked_again(world, ana, 13) == 0
    for _ in range(3):
        assert await asked_again(world, ana, 14) == 1
    await opens(ana)
    assert await asked_again(world, ana, 40) == 0


async def test_nobody_right_now_ends_the_question_and_shows_who_answers(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana)
    assert await asked_again(world, ana, 16) == 1
    await opens_the_note(world, ana)
    assert "Is there someone you could call in a hard moment?" in ana.chat
    await ana.presses("I have nobody right now")
    assert "Many people start there, and I won't keep asking." in ana.chat
    assert "112 danger" in ana.chat
    await ana.presses("Someone to talk to")
    assert "people who answer" in ana.sees
    await opens(ana)
    assert await asked_again(world, ana, 30) == 0


async def test_another_persons_rows_cannot_be_reached(world: World, ana: Someone, cai: Someone) -> None:
    await is_set(ana)
    await is_set(cai, name="Cai")
    await says_when(ana)
    await opens(ana, "My reasons", "Add a reason")
    await ana.says("quixotic")
    await opens(ana, "To myself", "Add something")
    await ana.sends("voice", "quixotic")
    await opens(ana, "Who I can call", "Add someone")
    await ana.says("Quixotina 600 100 200")
    await opens(ana, "Safety plan", "1 What I notice")
    await ana.says("quixotic")
    before = await rows(world)
    typed = ("keep:1:change", "keep:2:change", "person:1:name", "cue:1:own", "act:1:own")
    heads = ["if:1", "if:1:drop:yes", "cue:1:at:stress", "act:1:call", "fresh:1:yes", "do:1", "show:2", "keep:1"]
    heads += ["keep:1:star", "keep:1:drop:yes", "keep:2:drop:yes", "person:1", "person:1:bare", "person:1:drop:yes"]
    heads += [*typed, "safety", "people", "reasons", "self", "if", "show"]
    for head in heads:
        await forges(world, cai, f"plan:{head}")
        if head in typed:
            await cai.says("mine now")
    for table in ("if_thens", "keepsakes", "contacts"):
        assert before[table] <= (await rows(world))[table]
    seen = "".join(message.text + str(message.rows) for message in everything(cai))
    assert "uixotic" not in seen
    assert "alone at night" not in seen
    own = await knows(world, ana)
    assert [one.words for one in own.own] == ["If I'm alone at night, I call Dee.", "quixotic", "My voice note"]
    await opens(ana, "Safety plan")
    assert "quixotic" in ana.sees


async def test_odd_presses_lead_somewhere(world: World, ana: Someone) -> None:
    await is_set(ana)
    odd = ["plan:nothing", "plan:if:x", "plan:cue:x", "plan:cue", "plan:act", "plan:act:x:y", "plan:do", "plan:show:x"]
    odd += ("plan:show:more:x", "plan:keep", "plan:keep:9", "plan:person", "plan:fresh", "plan:safety:x", "plan:new")
    for press in odd:
        await forges(world, ana, press)
        assert ana.buttons[-1] == "Help now", press


async def test_erasing_takes_everything_of_it(world: World, ana: Someone) -> None:
    await is_set(ana)
    await says_when(ana)
    await opens(ana, "Safety plan", "1 What I notice")
    await ana.says("quixotic")
    await ana.says("/forget")
    await ana.presses("Erase now")
    kept = await rows(world)
    assert not {"if_thens", "keepsakes", "contacts", "safety_plans", "upkeep"} & kept.keys()


async def test_everything_rests_sealed(world: World, ana: Someone) -> None:
    await is_set(ana)
    await opens(ana, "To myself", "Add something")
    await ana.sends("voice", "quixotic")
    async with world.store.look() as session:
        row = (await session.scalars(select(Keepsake))).one()
        file = next(iter(world.phones.files))
        assert b"quixotic" not in (row.sealed_words or b"")
        assert file.encode() not in (row.sealed_file or b"")


async def test_a_stranger_is_shown_the_first_screen(world: World, cai: Someone) -> None:
    await cai.says("/plan")
    assert "plan" not in cai.sees.lower().split()
    assert not (await knows(world, cai)).own


@pytest.mark.parametrize("language", Texts.languages())
def test_every_cue_and_act_has_words_that_fit(language: str) -> None:
    t = Texts(language, strict=True)
    cues = [t(f"plan-cue.{one.id}") for one in triggers.TRIGGERS]
    acts = [t(f"plan-act.{act}") for act in ACTS]
    assert len(set(cues)) == len(cues)
    assert len(set(acts)) == len(acts)
    assert max(map(len, acts)) <= 40


def test_the_menu_lists_it() -> None:
    routes = Routes(FEATURES)
    assert "plan" in [name for one in FEATURES for name in one.listed]
    assert routes.commands["plan"] == "plan"
