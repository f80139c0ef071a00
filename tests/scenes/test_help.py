"""A hard moment and Help now: at once, from anywhere, once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import feature, people
from bot.app import FEATURES
from bot.feature import Feature, Reply, Turn
from tests.phone import Someone
from tests.scenes.looking import the_person
from tests.world import World, is_set

NUMBERS = "Danger, or someone can't be woken"
ANYWHERE = "112 or 911 works"
CARD = "Move: another room"
AGREE = "I am 18 or over and agree"

HARD = (
    "/trigger",
    "/trigger now",
    "/craving",
    "/urge",
    "Hard moment",
    "hard moment!",
    "Craving",
    "URGE",
    "I want to use.",
)
HELP = ("/helpnow", "/panic", "/sos", "/emergency", "/whatnow", "Help now", "help", "Help me!", "panic", "SOS")


def shown(person: Someone, words: str) -> int:
    """How many messages show these words."""
    return sum(words in bubble.message.text for bubble in person.screen.bubbles)


async def test_every_word_for_a_hard_moment_shows_one_card_at_once(world: World, ana: Someone) -> None:
    await is_set(ana)
    for number, words in enumerate(HARD, start=1):
        await ana.says(words)
        assert CARD in ana.sees, words
        assert shown(ana, CARD) == number, f"{words}: once"
        assert ana.screen.bubbles[-1].urgent, f"{words}: over the way kept free for it"


async def test_every_word_for_help_shows_the_numbers_at_once(world: World, ana: Someone) -> None:
    await is_set(ana)
    for number, words in enumerate(HELP, start=1):
        await ana.says(words)
        assert NUMBERS in ana.sees, words
        assert shown(ana, NUMBERS) == number, f"{words}: once"
        assert ana.screen.bubbles[-1].urgent, f"{words}: over the way kept free for it"


async def test_the_buttons_that_stay_lead_there_too(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.presses("Hard moment")
    assert CARD in ana.sees
    await ana.presses("Something else")
    assert CARD not in ana.sees
    assert shown(ana, "This is a hard moment") == 0, "the next card stands where the first stood"
    await ana.presses("Help now")
    assert NUMBERS in ana.sees


async def test_whoever_presses_on_is_never_left_without_a_card(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.presses("Hard moment")
    seen = []
    while ana.sees not in seen:
        seen.append(ana.sees)
        await ana.presses("Something else")
    assert len(seen) > 2
    assert ana.sees == seen[0]


async def test_help_is_there_before_its_turn_has_come(world: World, ana: Someone) -> None:
    await is_set(ana)
    before = len(ana.screen.bubbles)
    await world.app.arrive([ana.typed("help")])
    await world.app.urgent.rest()
    assert len(ana.screen.bubbles) == before + 1
    assert NUMBERS in ana.sees
    await world.settle()
    assert len(ana.screen.bubbles) == before + 1, "and its turn shows nothing again"


async def test_the_same_update_again_shows_no_help_again(world: World, ana: Someone) -> None:
    await is_set(ana)
    update = ana.typed("help")
    await world.arrive(update)
    await world.wait(timedelta(seconds=5))
    await world.arrive(update)
    await world.restart()
    await world.arrive(update)
    assert shown(ana, NUMBERS) == 1


async def test_the_same_update_again_before_its_turn_shows_no_help_again(world: World, ana: Someone) -> None:
    await is_set(ana)
    update = ana.typed("help")
    for _ in range(3):
        await world.app.arrive([update])
    await world.settle()
    assert shown(ana, NUMBERS) == 1


@pytest.fixture
async def stuck(database_url: str, tmp_path: Path) -> AsyncIterator[tuple[World, asyncio.Event]]:
    """A world in which "/wait" is not done before the event is set."""
    goes_on = asyncio.Event()

    async def wait(turn: Turn) -> Reply:
        await goes_on.wait()
        return Reply()

    probe = Feature(name="probe", presses={"wait": wait}, commands={"wait": "wait"}, before_consent=("wait",))
    world = World(database_url, tmp_path, features=(*FEATURES, probe))
    yield world, goes_on
    goes_on.set()
    await world.close()


async def test_help_does_not_wait_for_another_turn_of_the_same_person(
    stuck: tuple[World, asyncio.Event],
) -> None:
    world, goes_on = stuck
    ana, ben = world.someone("ana"), world.someone("ben")
    await ana.starts()
    await world.app.arrive([ana.typed("/wait")])
    await world.app.step()  # its turn has begun and does not end
    writing = [
        asyncio.create_task(world.app.arrive([who.typed(words)])) for who in (ana, ben) for words in ("help", "urge")
    ]
    async with asyncio.timeout(10):
        while len(ana.screen.bubbles) < 3 or len(ben.screen.bubbles) < 2:  # noqa: ASYNC110  # a phone has no event
            await asyncio.sleep(0)
    assert not goes_on.is_set()
    for person in (ana, ben):
        assert shown(person, ANYWHERE) == shown(person, CARD) == 1
    goes_on.set()
    await asyncio.gather(*writing)
    await world.settle()
    for person in (ana, ben):
        assert shown(person, ANYWHERE) == shown(person, CARD) == 1


async def test_help_in_the_middle_of_the_set_up_leaves_it_where_it_was(world: World, ana: Someone) -> None:
    await ana.starts()
    await ana.presses("Help now")
    assert ANYWHERE in ana.chat
    await ana.presses(AGREE)
    for question in ("What are you recovering from", "Where are you with it"):
        assert question in ana.chat
        await ana.presses("Help now")
        assert ANYWHERE in ana.sees
        await ana.presses("Skip")
    await ana.presses("Help now")
    assert ANYWHERE in ana.sees
    await ana.says("/trigger")
    assert CARD in ana.sees
    await ana.says("Lisbon")
    assert "in Lisbon" in ana.sees
    await ana.presses("Help now")
    await ana.presses("Yes")
    await ana.presses("Help now")
    assert "Portugal" in ana.sees
    await ana.says("9:00")
    assert "What shall I call you" in ana.sees


async def a_name_is_awaited(ana: Someone) -> None:
    await ana.starts()
    for label in (AGREE, "Skip", "Skip", "Skip", "Skip"):
        await ana.presses(label)
    assert "What shall I call you" in ana.sees


@pytest.mark.parametrize(("words", "shows"), [("Help now", ANYWHERE), ("help now!", ANYWHERE), ("Hard moment", CARD)])
async def test_the_words_of_a_button_that_stays_are_never_a_name(
    words: str, shows: str, world: World, ana: Someone
) -> None:
    await a_name_is_awaited(ana)
    await ana.says(words)
    assert shows in ana.sees
    assert ana.screen.bubbles[-1].urgent
    await ana.says("Ana")
    assert ana.sees.startswith("You are set, Ana."), "and the question is still open"


@pytest.mark.parametrize(("words", "shows"), [("help", ANYWHERE), ("Panic", ANYWHERE), ("craving", CARD)])
async def test_a_mere_key_word_becomes_the_name_and_asks_whether_it_is_one_now(
    words: str, shows: str, world: World, ana: Someone
) -> None:
    await a_name_is_awaited(ana)
    await ana.says(words)
    await world.wait(timedelta(seconds=5))  # home has several messages, one a second
    assert f"You are set, {words}." in ana.chat
    assert ana.sees == "Is this one now?"
    assert ana.buttons == ["Yes, now", "Help now"]
    assert shown(ana, shows) == 0
    await ana.presses("Yes, now")
    assert shows in ana.sees


async def test_a_command_is_never_a_name(world: World, ana: Someone) -> None:
    await a_name_is_awaited(ana)
    await ana.says("/sos")
    assert "112 or 911" in ana.sees
    assert (await the_person(world)).sealed_name is None


async def test_the_country_of_the_city_gives_the_numbers(world: World, ana: Someone) -> None:
    await is_set(ana, "New York")
    await ana.presses("Help now")
    assert "United States" in ana.sees
    assert "911" in ana.sees
    assert "988" in ana.sees


async def test_help_knows_which_day_it_is_so_that_a_number_can_be_too_old(world: World, ana: Someone) -> None:
    await is_set(ana)
    async with world.store.work() as session:
        person, agreed = await people.lock(session, ana.address)
        assert person
        known = await feature.known(FEATURES, session, person, agreed, world.clock.now())
    assert known.today == world.clock.now().date()


async def test_a_country_that_a_member_picks_is_kept(world: World, ana: Someone) -> None:
    await is_set(ana, "New York")
    await ana.presses("Help now")
    await ana.presses("Another country")
    await ana.presses("United Kingdom")
    assert "116 123" in ana.sees
    assert (await the_person(world)).country == "GB"
    await ana.says("help")
    assert "116 123" in ana.sees
    assert (await the_person(world)).zone == "America/New_York", "their clock stays where it was"


@pytest.mark.parametrize(
    "forged",
    [
        "help:in:XX",
        "help:in:",
        "help:in:EU",
        "help:in:US:x",
        "help:list:-1",
        "help:list:99",
        "help:list:x",
        "help:nothing",
        "help:unwakeable:XX",
        "help:::::",
        "hard:nothing",
        "hard::",
    ],
)
async def test_a_forged_button_still_shows_help_and_keeps_nothing(forged: str, world: World, ana: Someone) -> None:
    await is_set(ana, "New York")
    await world.arrive(ana.forged(forged, "777"))
    assert "Help now" in ana.buttons or NUMBERS in ana.sees
    assert (await the_person(world)).country == "US"
    assert "I did not understand" not in ana.chat


async def test_somebody_without_a_country_chooses_one(world: World, ana: Someone) -> None:
    await a_name_is_awaited(ana)
    await ana.presses("Skip")
    await ana.presses("Help now")
    assert "112 or 911 works in many countries" in ana.sees
    await ana.presses("More countries")
    seen: list[str] = []
    while ana.buttons[0] not in seen:
        seen += [label for label in ana.buttons if label not in ("More countries", "Help now")]
        await ana.presses("More countries")
    assert len(seen) == len(set(seen))
    assert len(seen) >= 57
    await ana.presses(seen[0])
    assert (await the_person(world)).country is not None


async def test_first_aid_is_two_taps_away_and_leads_on(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.presses("Help now")
    await ana.presses("Someone can't be woken")
    assert ana.sees.startswith("Call 112 now.")
    await ana.presses("Awake again: what now")
    assert ana.sees.startswith("Still call 112.")
    await ana.presses("It is me, I took too much")
    assert ana.sees.startswith("Call 112 now. Say what you took")
    await ana.presses("Help now")
    assert NUMBERS in ana.sees


async def test_help_comes_though_the_door_to_everything_else_is_busy(world: World, ana: Someone) -> None:
    await is_set(ana)
    for _ in range(60):
        world.app.delivery.bucket.debit(world.clock.now())
    await world.app.arrive([ana.typed("help")])
    await world.app.urgent.rest()
    assert NUMBERS in ana.sees
    await world.settle()
