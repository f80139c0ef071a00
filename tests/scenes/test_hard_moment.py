"""A hard moment from the first card to its end: one thing to do at once, and every further step only if they like."""

from collections.abc import Sequence

import pytest
from sqlalchemy import delete, select

from bot.chat import Button
from bot.content import strategies, triggers
from bot.cravings import model, offers
from bot.cravings.model import Moment, Standing, Try
from bot.feature import Feature, Turn
from bot.people import Own
from bot.texts import Texts
from tests.phone import A_MOMENT, Someone
from tests.scenes.members import become, row_of
from tests.scenes.test_ten_minutes import TEN, tries_of
from tests.world import World, is_set

STEADY = "Move: another room"


def title(strategy_id: str, language: str = "en") -> str:
    found = strategies.get(strategy_id)
    assert found
    return found.words(language).title


def card_shown(ana: Someone) -> str:
    """Which card stands at the bottom of the screen."""
    (press,) = [
        button.press
        for row in ana.screen.bubbles[-1].message.rows
        for button in row
        if button.press.startswith("moment:ten:")
    ]
    return press.split(":")[2]


async def speaks_of(world: World, ana: Someone, trigger: str) -> None:
    """A card for this trigger, in the place of the last message."""
    await world.arrive(ana.forged(f"hard:for:{trigger}", ana.screen.bubbles[-1].id))


async def moments_of(world: World, person: Someone) -> list[Moment]:
    row = await row_of(world, person)
    async with world.store.look() as session:
        return list(await session.scalars(select(Moment).where(Moment.person_id == row.id).order_by(Moment.id)))


async def standing_of(world: World, person: Someone) -> set[tuple[str, str]]:
    row = await row_of(world, person)
    async with world.store.look() as session:
        query = select(Standing.kind, Standing.name).where(Standing.person_id == row.id)
        return {(kind, name) for kind, name in await session.execute(query)}


@pytest.mark.parametrize("language", Texts.languages())
async def test_the_whole_path_when_it_eases(world: World, ana: Someone, language: str) -> None:
    await is_set(ana)
    await become(world, ana, language=language)
    t = Texts(language, strict=True)
    await ana.says("/trigger")
    assert title("steady", language) in ana.sees
    assert ana.buttons == [
        t("hard-moment.start"),
        t("hard-moment.other"),
        t("hard-moment.talk"),
        t("hard-moment.used"),
        t("help-button"),
    ]
    await ana.presses(t("hard-moment.start"))
    assert ana.sees.splitlines()[0] == t("moment-until", time="12:10")
    await ana.presses("8")
    assert ana.sees == t("moment-until", time="12:10"), "said, and not asked again"
    await world.wait(TEN)
    assert ana.sees == t("moment-still")
    await ana.presses("4")
    assert ana.sees == t("moment-easier", before="8", after="4")
    await ana.presses(title("steady", language))
    assert ana.sees == t("moment-off")
    await ana.presses(t("moment-off.thought"))
    just_once = triggers.get("just_once")
    assert just_once
    await ana.presses(just_once.label(language))
    assert ana.sees.startswith(t("moment-noted"))
    assert t("moment-health") in ana.sees, "it is calm now: this may be asked"
    (row,) = await tries_of(world, ana)
    assert (row.strategy, row.pull_before, row.pull_after, row.helped, row.eased) == ("steady", 8, 4, True, 4)
    (moment,) = await moments_of(world, ana)
    assert (moment.trigger, moment.ended_at is not None) == ("just_once", True)
    await ana.presses(t("moment-noted.helps"))
    assert t("whathelps-line.once", name=title("steady", language)) in ana.sees


async def test_nobody_has_to_say_anything(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/trigger")
    await ana.presses("Start ten minutes")
    await ana.presses("It is easier")
    assert ana.sees == "Good that it is easier. What helped?"
    await ana.presses("Can't say")
    await ana.presses("Skip")
    assert ana.sees.startswith("Noted.")
    await world.wait(TEN)
    assert ana.sees.startswith("Noted."), "and nothing is asked again"
    assert (await moments_of(world, ana))[0].trigger is None


async def test_still_strong_after_two_tries_is_the_point_for_company(world: World, ana: Someone) -> None:
    await is_set(ana, "London, England")
    await ana.says("/trigger")
    await ana.presses("Start ten minutes")
    await ana.presses("9")
    await world.wait(TEN)
    await ana.presses("9")
    assert ana.sees.startswith("Now: 9, and you are still here.")
    second = card_shown(ana)
    assert second != "steady"
    await ana.presses("Start ten minutes")
    await world.wait(TEN)
    await ana.presses("8")
    assert ana.sees.startswith("It is still strong. This is the point for company.")
    assert "FRANK: 0300 123 6600" in ana.sees
    assert ana.buttons == ["Someone to talk to", "Copy 0300 123 6600", "One more thing to do", "Help now"]
    await ana.presses("One more thing to do")
    assert card_shown(ana) not in ("steady", second)


async def test_company_that_others_offer_comes_first(database_url: str, world: World, ana: Someone) -> None:
    async def ben(turn: Turn) -> Sequence[Button]:
        return [Button("Ben: ask if there", "home"), Button("Meeting on now", "home"), Button("A third", "home")]

    world.features = (*world.features, Feature(name="probe", ways_out=ben))
    world.begin()
    await is_set(ana)
    await ana.says("/trigger")
    for _ in range(2):
        await ana.presses("Start ten minutes")
        await world.wait(TEN)
        await ana.presses("10")
    assert ana.buttons[:2] == ["Ben: ask if there", "Meeting on now"]
    assert len(ana.buttons) == 6


async def test_what_is_passed_over_does_not_come_again_in_this_moment(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/trigger")
    seen = [card_shown(ana)]
    for _ in range(4):
        await ana.presses("Something else")
        seen.append(card_shown(ana))
    assert len(set(seen)) == len(seen)


async def test_not_this_one_is_never_offered_again_until_they_take_it_back(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/trigger")
    await ana.presses("Something else")
    refused = card_shown(ana)
    await ana.presses("Not this one")
    assert card_shown(ana) != refused
    assert await standing_of(world, ana) == {("refused", refused)}
    row = await row_of(world, ana)
    async with world.store.look() as session:
        look = await model.look(session, row, world.clock.now())
    assert refused not in offers.order("", look.conditions, look.refused)
    await ana.says("/whathelps")
    await ana.presses(f"Offer again: {title(refused)}")
    assert await standing_of(world, ana) == set()
    assert "Left out" not in ana.sees


async def may_be_offered(world: World, person: Someone) -> set[str]:
    row = await row_of(world, person)
    async with world.store.look() as session:
        look = await model.look(session, row, world.clock.now())
    return {"cold", "move", "pmr"}.intersection(offers.order("anger", look.conditions, look.refused))


async def test_cold_water_and_hard_exercise_come_only_after_the_health_list(world: World, ana: Someone) -> None:
    await is_set(ana)
    assert await may_be_offered(world, ana) == set()
    await ana.says("/settings")
    await ana.presses("Health list")
    await ana.presses("Heart disease, slow pulse, beta-blocker")
    assert await may_be_offered(world, ana) == set(), "half filled in counts for nothing"
    await ana.presses("✔ Yes: Heart disease, slow pulse, beta-blocker")
    await ana.presses("An injury, or pain when I move")
    await ana.presses("Done")
    assert await may_be_offered(world, ana) == {"cold"}
    await ana.says("/health")
    await ana.presses("None of these")
    assert await standing_of(world, ana) == {("health", "told")}
    assert await may_be_offered(world, ana) == {"cold", "move", "pmr"}
    await speaks_of(world, ana, "anger")
    assert card_shown(ana) == "move"


async def test_a_button_from_before_the_health_list_begins_nothing_that_could_harm(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(ana.forged("moment:ten:cold:anger"))
    assert card_shown(ana) != "cold"
    assert await tries_of(world, ana) == []


async def test_despair_is_asked_about_safety_and_still_gets_something_to_do(world: World, ana: Someone) -> None:
    await is_set(ana)
    for trigger in ("hopeless", "sadness", "withdrawal", "pain"):
        await speaks_of(world, ana, trigger)
        assert ana.sees.startswith('Not sure that you are safe? Tap "Am I safe?" first.')
        assert ana.buttons[:2] == ["Am I safe?", "Start ten minutes"]
        found = triggers.get(trigger)
        assert found
        assert ana.screen.bubbles[-1].message.rows[0][0].press == f"flag:{found.about.check_first[0]}"
        assert len(ana.buttons) == 6
        assert len(ana.sees.splitlines()) <= 7


async def test_their_own_things_come_first(world: World, ana: Someone) -> None:
    async def own(*_: object) -> Sequence[Own]:
        return [
            Own("Dee is awake until two.", "home"),
            Own("If I'm alone at night, I call Dee. " * 5, "home", "loneliness"),
        ]

    world.features = (*world.features, Feature(name="probe", own=own))
    world.begin()
    await is_set(ana)
    await ana.says("/trigger")
    assert ana.sees.startswith("You wrote: Dee is awake until two.")
    assert STEADY in ana.sees
    assert ana.buttons[0] == "Do that"
    assert len(ana.buttons) == 6
    await speaks_of(world, ana, "loneliness")
    assert ana.sees.startswith("You wrote: If I'm alone at night, I call Dee.")
    assert len(ana.sees.splitlines()[0]) < 140
    await ana.presses("Something else")
    assert "You wrote" not in ana.sees, "that has been seen"


WORDS = {
    "/trigger stressed at work": "stress",
    "/craving estoy aburrido": "boredom",
    "/urge I feel so ashamed": "shame",
    "I feel so lonely, I need kratom": "loneliness",
    "I want kratom so bad": "",
    "tengo muchas ganas de kratom": "",
}


async def test_their_own_words_open_the_card_for_what_they_name(world: World, ana: Someone) -> None:
    await is_set(ana)
    for words, trigger in WORDS.items():
        await ana.says(words)
        found = triggers.get(trigger)
        assert card_shown(ana), words
        assert (found.line("en") if found else STEADY) in ana.sees, words
        assert ana.screen.bubbles[-1].urgent, words
        (moment,) = await moments_of(world, ana)
        assert moment.trigger == (trigger or None), words
        await world.wait(6 * TEN)
        async with world.store.work() as session:
            await session.execute(delete(Moment))
    await ana.says("the craving was strong yesterday")
    assert "I did not understand" in ana.sees


async def test_words_of_a_craving_as_the_answer_to_a_question_are_that_answer(world: World, ana: Someone) -> None:
    await ana.starts()
    for label in ("I am 18 or over and agree", "Skip", "Skip", "Skip", "Skip"):
        await ana.presses(label)
    await ana.says("I want kratom so bad")
    await ana.looks()
    assert ana.sees == "Is this one now?"
    await ana.presses("Yes, now")
    assert STEADY in ana.sees


async def test_a_moment_goes_on_for_an_hour_and_then_it_is_another(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/trigger")
    await world.wait(5 * TEN)
    await ana.presses("Something else")
    await world.wait(5 * TEN)
    await ana.says("craving")
    assert len(await moments_of(world, ana)) == 1
    await world.wait(6 * TEN)
    await ana.says("craving")
    assert len(await moments_of(world, ana)) == 2


async def test_a_card_in_the_middle_of_another_question_leaves_it_open(world: World, ana: Someone) -> None:
    await ana.starts()
    for label in ("I am 18 or over and agree", "Skip", "Skip", "Skip", "Skip"):
        await ana.presses(label)
    await ana.says("/trigger")
    await ana.presses("Start ten minutes")
    await ana.says("Ana")
    assert "You are set, Ana." in ana.chat
    await world.wait(TEN)
    assert "Still here. How is it now?" in ana.chat


async def test_words_typed_while_it_asks_are_no_answer_and_cost_nothing(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/trigger")
    await ana.presses("Start ten minutes")
    await ana.says("it is so hard today")
    await world.wait(TEN)
    await ana.presses("3")
    assert ana.sees == "Now: 3. What helped?"


FORGED = (
    "moment",
    "moment:",
    "moment:ten",
    "moment:ten:",
    "moment:ten:nothing:stress",
    "moment:ten:tape:shame",
    "moment:999:now:4",
    "moment:x:now:4",
    "moment:1:now:11",
    "moment:1:now:-1",
    "moment:1:now:²",
    "moment:1:before:",
    "moment:1:helped:nothing",
    "moment:1:group:nothing",
    "moment:1:trigger:nothing",
    "moment:1",
    "moment:99999999999999999999:now:1",
    "hard:for:nothing",
    "hard:after:nothing:stress",
    "hard:not:steady:",
    "hard:not:nothing:",
    "health:nothing",
    "whathelps:again:nothing",
    "whathelps:again",
)


async def test_a_forged_press_changes_nothing_and_offers_help(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/trigger")
    await ana.presses("Start ten minutes")
    for forged in FORGED:
        await world.wait(A_MOMENT)
        await world.arrive(ana.forged(forged))
        assert "Help now" in ana.buttons, forged
    (row,) = await tries_of(world, ana)
    assert (row.strategy, row.pull_before, row.pull_after, row.ended_at) == ("steady", None, None, None)
    assert await standing_of(world, ana) == set()


async def test_a_press_about_somebody_elses_moment_finds_nothing(world: World, ana: Someone, cai: Someone) -> None:
    await is_set(ana)
    await is_set(cai)
    await ana.says("/trigger")
    await ana.presses("Start ten minutes")
    (mine,) = await tries_of(world, ana)
    for what in ("now:4", "before:9", "easier", "else", "helped:steady", "trigger:stress"):
        await world.arrive(cai.forged(f"moment:{mine.id}:{what}"))
    (after,) = await tries_of(world, ana)
    assert (after.pull_before, after.pull_after, after.ended_at) == (None, None, None)
    assert (await moments_of(world, ana))[0].trigger is None
    assert not await tries_of(world, cai)


async def test_a_stranger_has_ten_minutes_too_and_nothing_is_kept(world: World, ana: Someone) -> None:
    await ana.says("/trigger")
    await ana.presses("Start ten minutes")
    assert "Ten minutes, by your own clock." in ana.chat
    async with world.store.look() as session:
        for kept in (Moment, Try, Standing):
            assert (await session.scalars(select(kept))).all() == []
