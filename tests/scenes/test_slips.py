"""A slip: kind words at once, then whatever helps, and nothing lost or told to anybody."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import FEATURES
from bot.chat import Button, Message
from bot.feature import Feature, Reply, Turn
from bot.inbox import NotWritten
from bot.outage import PATIENCE
from bot.outbox import Notification
from bot.texts import Texts
from tests.phone import Someone
from tests.scenes.looking import rows
from tests.scenes.members import arrived
from tests.scenes.slipping import SAFE, again, presses, screens, slips_of, tells, words_of
from tests.world import World, is_set

HOUR = timedelta(hours=1)
STOP = re.compile(r"(?<!don't )\b(stop (now|here|today|using|it)|throw|déjalo|para ya|tíral)", re.IGNORECASE)
"""What would tell somebody to stop."""


async def test_the_first_words_ask_one_thing_and_cannot_be_misread(world: World, ana: Someone) -> None:
    await tells(world, ana)
    assert ana.sees == (
        "Thank you for saying it. Nothing is erased.\n"
        "First, so that you are safe: is any of this true right now?\n"
        "Mixed with alcohol, pills or opioids. Very sleepy. Slow breath. Chest pain. Confused."
    )
    assert ana.buttons == ["Yes, one of these, or not sure", SAFE, "Help now"]
    assert ana.screen.bubbles[-1].urgent


async def test_whoever_is_not_well_has_the_numbers_and_then_the_way_back(world: World, ana: Someone) -> None:
    await tells(world, ana, "Yes, one of these, or not sure")
    assert "Danger, or someone can't be woken: 112" in ana.sees
    assert {"Someone can't be woken", "Copy 112", "Back to where I was"} <= set(ana.buttons)
    assert await slips_of(world, ana) == []
    await ana.presses("Back to where I was")
    assert ana.sees == "When was it?"


async def test_the_way_back_outlasts_another_country_and_first_aid(world: World, ana: Someone) -> None:
    await tells(world, ana, "Yes, one of these, or not sure", "Another country", "United Kingdom")
    assert "Danger, or someone can't be woken: 999" in ana.sees
    await presses(ana, "Someone can't be woken", "It is me, I took too much", "Help now", "Back to where I was")
    assert ana.sees == "When was it?"


async def test_every_answer_can_be_skipped_and_any_order_is_fine(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Skip", substances=("cannabis", "nicotine"))
    assert ana.sees == "Which one was it?"
    await presses(ana, "Skip", "Tell someone", "What else helps", "Three steps", "What else helps")
    await presses(ana, "What happened: one minute", "Skip", "Skip", "Skip", "What else helps", "Just note it")
    assert ana.sees.startswith("Noted. 40 days so far")
    [slip] = await slips_of(world, ana)
    assert (slip.happened, slip.which, slip.place, slip.trigger) == ("skipped",) * 4
    assert await words_of(world, ana) == (None,) * 4


async def test_an_old_button_corrects_its_answer(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE)
    before = ana.tapped("Before today")
    await presses(ana, "Just now", "Just note it")
    await world.arrive(before)
    [slip] = await slips_of(world, ana)
    assert (slip.happened, slip.day) == ("before", date(2026, 3, 1))


async def test_a_restart_in_the_middle_loses_nothing(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Earlier today", "What happened: one minute")
    await world.restart()
    await ana.says("in the kitchen, with the lights off")
    assert ana.sees == "What came before it? Tap one, or write it."
    await world.restart()
    await ana.says("/slip")
    await ana.presses(SAFE)
    assert ana.sees.endswith("What would help now?"), "it goes on where it was, and asks nothing twice"
    assert len(await slips_of(world, ana)) == 1
    assert (await words_of(world, ana))[1] == "in the kitchen, with the lights off"


async def test_what_happened_takes_a_minute_and_stays_sealed(world: World, ana: Someone, tmp_path: Path) -> None:
    await tells(world, ana, SAFE, "Just now", "What happened: one minute")
    await ana.presses("At home")
    assert ana.buttons[:4] == ["A feeling", "The body", "A place or people", "A thought"]
    await presses(ana, "A feeling", "Another group", "A feeling")
    await presses(ana, next(label for label in ana.buttons if label.startswith("Lonel")))
    assert ana.sees == "What went through your mind? Write it as it came. It is kept sealed."
    await ana.says("nobody would notice anyway")
    assert ana.sees.startswith("Thank you. It is written down.")
    [slip] = await slips_of(world, ana)
    assert (slip.place, slip.trigger) == ("home", "loneliness")
    assert await words_of(world, ana) == (None, None, None, "nobody would notice anyway")
    assert b"nobody would notice" not in bytes(slip.sealed_thought or b"")


@pytest.fixture
async def beside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A world in which another feature makes plans, and knows of company right now."""

    async def pressed(turn: Turn) -> Reply:
        return Reply((Message(turn.press, slot="probe"),))

    async def company(turn: Turn) -> list[Button]:
        return [Button("Ben: ask if there", "ask"), Button("Lines that answer", "talk")]

    others = [one for one in FEATURES if not {"plan", "ask"} & set(one.presses)]
    probe = Feature(name="probe", presses={"plan": pressed, "ask": pressed}, ways_out=company)
    world = World(database_url, tmp_path, features=(*others, probe))
    yield world
    await world.close()


async def test_telling_someone_offers_who_is_there_and_asks_nobody(beside: World) -> None:
    ana = beside.someone("ana")
    await tells(beside, ana, SAFE, "Just now", "Tell someone")
    assert ana.sees.startswith("Nobody hears of this unless you send it yourself.")
    assert ana.buttons[:3] == ["Ben: ask if there", "Someone to talk to", "Copy these words"], "each of them once"
    await ana.presses("Ben: ask if there")
    assert ana.sees == "ask"


async def test_it_ends_with_a_plan_for_what_came_before(beside: World) -> None:
    ana = beside.someone("ana")
    await tells(beside, ana, SAFE, "Just now", "What happened: one minute", "Skip", "A feeling", "Anger", "Skip")
    await ana.presses("Make a plan for it")
    assert ana.sees == "plan:new:anger"
    await again(ana, SAFE, "What happened: one minute", "Skip", "Skip", "Skip", "Make a plan for it")
    assert ana.sees == "plan", "without a name it is for anything"


async def test_nothing_goes_to_anybody(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ben, name="Ben")
    before = len(ben.screen.bubbles)
    await tells(world, ana, SAFE, "Just now", "Tell someone")
    assert ana.sees.startswith("Nobody hears of this unless you send it yourself.")
    copied = [button.copy for row in ana.screen.bubbles[-1].message.rows for button in row if button.copy]
    assert copied == ["Something happened. Can you talk?"]
    await ana.presses("Someone to talk to")
    await world.wait(HOUR)
    assert len(ben.screen.bubbles) == before
    async with world.store.look() as session:
        posted = set(await session.scalars(select(Notification.kind)))
    assert posted <= {"card"}, "no promise to anybody, and none to Ana but her own card"


async def test_with_several_things_it_asks_which_and_takes_other_words(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", substances=("alcohol", "kratom_leaf"))
    assert ana.buttons == ["Alcohol", "Kratom leaf", "Something else…", "Skip", "Help now"]
    await ana.presses("Something else…")
    assert ana.sees == "What was it, in a word or two? It is kept sealed."
    await ana.says("my sister's pills")
    assert ana.sees.endswith("What would help now?")
    [slip] = await slips_of(world, ana)
    assert slip.which == "other"
    assert (await words_of(world, ana))[0] == "my sister's pills"


@pytest.mark.parametrize("language", Texts.languages())
async def test_after_several_days_no_text_says_stop(language: str, world: World, ana: Someone) -> None:
    t = Texts(language, strict=True)
    await tells(world, ana, substances=("benzodiazepines", "opioids"), language=language)
    await again(ana, t("slip.safe"), t("slip-when.days"), t("slip-skip"))
    for way in ("steps", "tell"):
        await presses(ana, t(f"slip-help.{way}"), t("slip-help.back"))
    await ana.presses(t("slip-help.note"))
    said = [message.text for message in screens(ana)]
    assert any("suddenly" in text or "de golpe" in text for text in said)
    assert t("slip-steps-careful") in said
    assert not [text for text in said if STOP.search(text)]


async def test_otherwise_the_three_steps_are_first_aid_for_a_lapse(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "Three steps", substances=("kratom_leaf",))
    assert "A slip is an event." in ana.sees
    assert "\n3 " in ana.sees


async def test_forged_presses_find_nothing(world: World, ana: Someone, cai: Someone) -> None:
    await tells(world, ana, SAFE, "Just now")
    [slip] = await slips_of(world, ana)
    await is_set(cai, name="Cai")
    ways = ("help", "steps", "tell", "what", "note", "closer", "count", "undo", "when:before", "which:alcohol")
    for way in (*ways, "where:home", "cause:shame", "thought:skipped"):
        await world.arrive(cai.forged(f"slips:{slip.id}:{way}"))
        assert cai.sees.startswith("I did not understand that."), way
    bad = ("", "x", "-1", "9" * 30, f"{slip.id}:x", f"{slip.id}:when:never", f"{slip.id}:which:tea", f"{slip.id}:a:b:c")
    for way in (*bad, f"{slip.id}:where:moon", f"{slip.id}:cause:moon", f"{slip.id}:thought:x", f"{slip.id}:"):
        await world.arrive(ana.forged(f"slips:{way}"))
        assert ana.sees.startswith("I did not understand that."), way
    for way in (
        "on:20260102",
        "on:20260303",
        "on:x",
        "off",
        "off:x",
        "off:20260302:slips:on:x",
        "on:20260302x:alcohol",
    ):
        await world.arrive(ana.forged(f"slips:{way}"))
        assert ana.sees.startswith("I did not understand that."), way
    [still] = await slips_of(world, ana)
    assert (still.happened, still.which, still.place, still.ended_at) == ("now", None, None, None)


async def test_whoever_erases_everything_leaves_no_slip(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, "Just now", "What happened: one minute")
    await ana.says("at my mother's")
    await ana.says("/forget")
    await ana.presses("Erase now")
    assert "slips" not in await rows(world)


async def test_a_slip_has_the_floor_and_an_hour_after(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(datetime(2026, 3, 2, 18, 30, tzinfo=UTC))
    await again(ana, SAFE)
    await world.go_to(datetime(2026, 3, 2, 18, 55, tzinfo=UTC))
    await presses(ana, "Just now")
    await world.go_to(datetime(2026, 3, 2, 19, 54, tzinfo=UTC))
    assert arrived(ana) == []
    await world.go_to(datetime(2026, 3, 2, 19, 56, tzinfo=UTC))
    assert len(arrived(ana)) == 1


async def test_help_now_is_on_every_screen(world: World, ana: Someone) -> None:
    await tells(world, ana, SAFE, substances=("alcohol", "opioids"), goal="medicine")
    await presses(ana, "Just now", "Something else…")
    await ana.says("cough syrup")
    await presses(ana, "Three steps", "What else helps", "Tell someone", "What else helps")
    await presses(ana, "What happened: one minute", "At home", "The body", "Skip", "Skip", "Note it")
    await presses(ana, "Leave it", "It was my medicine")
    seen = list(screens(ana))
    assert len(seen) > 12
    for message in seen:
        assert "Help now" in [button.label for button in message.rows[-1]], message.text
        assert message.sensitive, message.text
        assert message.text.count("\n") < 8, message.text


async def test_a_stranger_is_helped_before_any_account_and_nothing_is_kept(world: World, cai: Someone) -> None:
    await cai.says("/slip")
    await cai.presses(SAFE)
    assert "don't stop suddenly on your own" in cai.chat
    await cai.presses("Three steps")
    assert "A slip is an event." in cai.chat
    await presses(cai, "What else helps", "Someone to talk to")
    assert cai.sees.startswith("These are people who answer.")
    assert "people" not in await rows(world)


@pytest.mark.parametrize("language", Texts.languages())
async def test_without_a_database_there_are_still_words_and_three_steps(language: str, tmp_path: Path) -> None:
    world = World(f"sqlite:///{tmp_path}/gone/windbreak.sqlite3", tmp_path)
    ana = world.someone("ana", language)
    t = Texts(language, strict=True)
    with pytest.raises(NotWritten):
        await ana.says("/slip")
    world.clock.at += PATIENCE
    await ana.says("/slip")
    assert ana.sees.startswith(t("slip"))
    await ana.presses(t("slip.safe"))
    assert t("slip-aid") in ana.sees
    await ana.presses(t("slip-help.steps"))
    assert "\n3 " in ana.sees
    await presses(ana, t("slip-help.back"))
    await ana.says("/slip")
    await ana.presses(t("slip.unsafe"))
    assert t("help-anywhere") in ana.sees
    await ana.presses(t("help-go-back"))
    assert t("slip-aid") in ana.sees
    await world.close()


async def test_the_whole_path_in_spanish(world: World, ana: Someone) -> None:
    await tells(world, ana, language="es", substances=("alcohol", "other"))
    await ana.says("recaí")
    assert ana.sees.startswith("Gracias por decirlo. Nada se borra.")
    await presses(ana, "No, nada de esto", "Ya van varios días", "Alcohol")
    assert "No lo dejes de golpe por tu cuenta." in ana.sees
    await presses(ana, "Tres pasos")
    assert ana.sees.startswith("Tres pasos, y antes ayuda médica.")
    await presses(ana, "Qué más ayuda", "Contárselo a alguien", "Qué más ayuda", "Qué pasó: un minuto", "En casa")
    await presses(ana, "Un sentimiento", "Saltar")
    await ana.says("nadie se va a enterar")
    await presses(ana, "Apuntarlo")
    assert ana.sees == (
        "Apuntado. 40 días hasta ahora: siguen siendo tuyos.\nTu fecha de inicio es el 21 de enero. Tú decides."
    )
    await presses(ana, "No contar días", "Sí")
    assert ana.sees.startswith("Pregunto también a las 11:00 durante tres días, hasta el 5 de marzo.")
    english = re.compile(r"\b(the|you|your|what|help|noted|skip)\b", re.IGNORECASE)
    words = [
        m.text for m in screens(ana) if m.text.startswith(("Gracias", "¿", "Tres", "Nadie", "Apuntado", "Tu fecha"))
    ]
    assert not [text for text in words if english.search(text)]
