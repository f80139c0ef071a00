"""My card: pinned from the first day without a sound, and edited where it stands."""

from datetime import timedelta

from bot.house import House
from tests.phone import Someone
from tests.world import World, is_set


async def test_the_card_is_pinned_after_the_set_up_and_rings_nobody(ana: Someone) -> None:
    await is_set(ana)
    assert ana.card.startswith("My card\n")
    assert "112 danger" in ana.card
    assert "1 Move away from it." in ana.card
    assert not [text for text in ana.rung if text.startswith("My card")]


async def test_there_is_one_card_however_often_home_is_shown(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("menu")
    await world.wait(timedelta(days=5))
    await House(world.store, world.clock).tidy()
    await ana.says("/start")
    assert len([bubble for bubble in ana.screen.bubbles if bubble.message.pinned]) == 1


async def test_another_country_for_the_numbers_changes_the_card_in_place(ana: Someone) -> None:
    await is_set(ana)
    await ana.presses("Help now")
    await ana.presses("Another country")
    await ana.presses("United States")
    assert "911 danger · 988" in ana.card
    assert len([bubble for bubble in ana.screen.bubbles if bubble.message.pinned]) == 1


async def test_without_a_country_it_has_the_general_numbers(ana: Someone) -> None:
    await is_set_without_a_city(ana)
    assert "112 or 911 danger" in ana.card
    assert "https://" in ana.card


async def test_a_card_that_was_cleared_comes_anew(world: World, ana: Someone) -> None:
    await is_set(ana)
    ana.screen.bubbles[:] = [bubble for bubble in ana.screen.bubbles if not bubble.message.pinned]
    await ana.presses("Help now")
    await ana.presses("Another country")
    await ana.presses("United States")
    assert "911 danger" in ana.card


async def is_set_without_a_city(ana: Someone) -> None:
    await ana.starts()
    await ana.presses("I am 18 or over and agree")
    for _ in range(5):
        await ana.presses("Skip")
