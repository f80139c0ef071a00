"""What somebody might try who is, or becomes, one of Ana's people to have a hold over her. Each was tried, and held."""

from datetime import timedelta

import pytest

from tests.peers.cast import joins, link_of, with_people
from tests.peers.test_alert import SECONDS, arrived, asked, asks, opens
from tests.phone import Someone
from tests.world import World, is_set

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On one database: nothing here is a matter of its dialect."""
    return sqlite_url


@pytest.fixture
async def both(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    """Ana has Ben and Dee."""
    await with_people(world, ana, Ben=ben, Dee=dee)


@pytest.mark.usefixtures("both")
async def test_the_hour_on_anas_clock_does_not_tell_where_she_is(world: World, ana: Someone, ben: Someone) -> None:
    """She is far away by now, and he has never named a place: a time of day would give away her time zone."""
    await ana.says("/timezone")
    await ana.says("Tokyo")
    await ana.presses("Yes")
    await ana.looks()
    await asks(ana)
    assert "Goes out at 21:" in ana.sees
    await world.wait(SECONDS)
    await opens(ben)
    assert "Just now. Ana pressed the button" in ben.chat
    assert "21:" not in ben.chat
    await world.wait(3 * MINUTE)
    await world.arrive(ben.forged(next(iter(ben.screen.bubbles[-1].message.rows))[0].press.replace(":here", ":open")))
    await ben.looks()
    assert "3 minutes ago. Ana pressed the button" in ben.chat


@pytest.mark.usefixtures("both")
async def test_words_written_for_the_next_one_are_not_read_by_the_one_before(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    """Ben has an open question of an hour ago. What Ana writes now is nobody's before she sends it."""
    await asks(ana, "Only Ben")
    await world.wait(SECONDS + 6 * MINUTE)
    await ana.presses("Ask again")
    await ana.presses("Change the words")
    await ana.says("I am afraid of Ben")
    await opens(ben)
    assert "Ana pressed the button" in ben.chat
    assert "afraid" not in ben.chat


@pytest.mark.usefixtures("both")
async def test_in_ten_minutes_cannot_be_said_for_ever(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    later = ben.tapped("In 10 minutes")["data"]
    for _ in range(4):
        await world.arrive(ben.forged(later))
        await world.wait(3 * MINUTE)
    assert asked(dee) == 1


@pytest.mark.usefixtures("both")
async def test_somebody_who_is_there_and_silent_keeps_nobody_else_from_talking(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await world.wait(11 * MINUTE)
    await opens(dee)
    await dee.presses("I'm here")
    await dee.says("tell me")
    assert arrived(ben, "The talk has ended") == 1
    await opens(ana)
    await ana.looks()
    assert arrived(ana, "Dee: tell me") == 1


@pytest.mark.parametrize("name", ["Dee", "dee", "Invite someone"])
async def test_a_name_that_reads_like_another_button_does_not_take_the_page_away(
    name: str, world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await with_people(world, ana, Dee=dee)
    await ben.says(f"/start {await link_of(ana)}")
    await ben.presses("Yes, I will")
    await ben.says(name)
    await ana.looks()
    await ana.presses("Open")
    assert "Anybody can write a name." in ana.sees
    await ana.presses(f"Yes, that is {name} 2")
    assert {"Dee", f"{name} 2", "Help now"} <= set(ana.buttons)
    await ana.says("/alert")
    assert "Send to Dee" in ana.buttons


async def test_a_name_turns_no_words_around_it(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    await ben.says(f"/start {await link_of(ana)}")
    await ben.presses("Yes, I will")
    await ben.says("Be\u202en\n\u200b")
    await ana.looks()
    await ana.presses("Open")
    await ana.presses("Yes, that is Be n")


@pytest.mark.usefixtures("both")
async def test_whoever_is_added_later_is_asked_about_on_the_third_day_too(
    world: World, ana: Someone, cai: Someone
) -> None:
    """As somebody could who has her phone in hand for a minute, months after the others."""
    for after in (3 * DAY, 11 * DAY):
        await world.wait(after + MINUTE)
        await ana.says("/menu")
    had = arrived(ana, "A short question.")
    await joins(ana, cai, "Cai")
    await world.wait(3 * DAY + 12 * 60 * MINUTE)
    assert arrived(ana, "A short question.") == had + 1
    await world.arrive(ana.forged("sharing:open"))
    await ana.looks()
    assert "Ben, Dee, Cai" in ana.chat


@pytest.mark.usefixtures("both")
async def test_words_of_danger_reach_whoever_they_were_written_to(world: World, ana: Someone, ben: Someone) -> None:
    """Help comes before everything, and does not swallow what two people say to each other."""
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await opens(ana)
    await ana.says("I want to die")
    await world.wait(SECONDS)
    assert arrived(ben, "Ana: I want to die") == 1
    assert "are you thinking about ending your life" in ana.chat
    await ben.says("do you want to kill yourself")
    await world.wait(SECONDS)
    assert arrived(ana, "Ben: do you want to kill yourself") == 1
