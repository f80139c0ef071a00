"""Tidying: what is personal goes, what is too old is blanked, the card stays, and nobody waits for any of it."""

from datetime import timedelta

from sqlalchemy import delete, func, select, update

from bot.chat import Ambiguous, Message, NotTaken, TooFast
from bot.encryption import PersonKey
from bot.people import Person
from bot.screen import Shown
from tests.phone import Someone
from tests.world import World, is_set

DAY = timedelta(days=1)


async def rows(world: World) -> int:
    async with world.store.look() as session:
        return await session.scalar(select(func.count()).select_from(Shown).where(Shown.sensitive)) or 0


async def checked_in(ana: Someone) -> None:
    await ana.says("/checkin")
    await ana.presses("😕 Low")
    await ana.presses("5")
    await ana.presses("No")


async def test_hide_takes_away_what_is_personal_on_both_sides(world: World, ana: Someone) -> None:
    await is_set(ana)
    await checked_in(ana)
    assert len(ana.screen.own) > 2
    await ana.says("/hide")
    assert "Clearing here" in ana.sees
    assert "Noted" not in ana.chat
    assert len(ana.screen.own) == 1, "their own words went too, but for /start, which came before anything was kept"
    assert await rows(world) == 0
    assert ana.screen.keyboard, "the buttons that stay stay"


async def test_what_is_too_old_to_delete_is_blanked(world: World, ana: Someone) -> None:
    await is_set(ana)
    await checked_in(ana)
    await world.wait(3 * DAY)
    await ana.says("/hide")
    await world.wait(timedelta(minutes=1))
    assert "Noted" not in ana.chat
    assert "Cleared." in ana.chat
    assert await rows(world) == 0


async def test_blanking_keeps_the_pace_of_the_chat(world: World, ana: Someone) -> None:
    await is_set(ana)
    await checked_in(ana)
    for _ in range(8):
        await ana.says("/checkin")
    await world.wait(3 * DAY)
    await ana.says("/hide")
    assert 0 < ana.chat.count("Cleared.") < 6, "one a second after a short burst"
    await ana.says("/help")
    assert "What I can do" in ana.sees, "an answer does not wait for it"
    await world.wait(timedelta(minutes=1))
    assert "Noted" not in ana.chat


async def test_a_restart_goes_on_where_it_was(world: World, ana: Someone) -> None:
    await is_set(ana)
    await checked_in(ana)

    async def away(address: str, message: Message) -> None:
        if "Noted" in message.text:
            raise NotTaken

    world.phones.before = away
    await ana.says("/hide")
    assert "Noted" in ana.chat
    world.phones.before = calm
    await world.restart()
    await world.wait(timedelta(minutes=2))
    assert "Noted" not in ana.chat
    assert await rows(world) == 0


async def calm(address: str, message: Message) -> None:
    return


async def test_asked_to_wait_it_waits(world: World, ana: Someone) -> None:
    await is_set(ana)
    await checked_in(ana)
    refused = 0

    async def slowly(address: str, message: Message) -> None:
        nonlocal refused
        if "Noted" in message.text:
            refused += 1
            if refused == 1:
                raise TooFast(timedelta(minutes=5))
            if refused == 2:
                raise Ambiguous

    world.phones.before = slowly
    await ana.says("/hide")
    await world.wait(timedelta(minutes=4))
    assert refused == 1
    await world.wait(timedelta(minutes=3))
    assert "Noted" not in ana.chat


async def test_one_message_that_must_stay_keeps_no_other(world: World, ana: Someone) -> None:
    await is_set(ana)
    await checked_in(ana)
    # this one is older than we know: the platform refuses the whole call for it
    oldest = next(bubble for bubble in ana.screen.bubbles if "Noted" in bubble.message.text)
    oldest.at -= 3 * DAY
    await ana.says("/checkin")
    await ana.says("/hide")
    assert len(ana.screen.own) == 1
    assert await rows(world) == 0


async def test_after_a_day_it_tidies_by_itself(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/privacy")
    await ana.presses("Tidy by itself: never")
    await checked_in(ana)
    await world.wait(timedelta(hours=23))
    assert "Noted" in ana.chat
    rung = len([text for text in ana.rung if "note" not in text])
    await world.wait(timedelta(hours=2))
    assert "Noted" not in ana.chat
    assert len([text for text in ana.rung if "note" not in text]) == rung, "it says nothing about it"


async def test_the_card_stays_until_it_is_asked_to_go(world: World, ana: Someone) -> None:
    await is_set(ana)
    await checked_in(ana)
    async with world.store.work() as session:
        await session.execute(update(Shown).where(Shown.slot.startswith("checkin:")).values(slot="card"))
    await ana.says("/hide")
    assert "My card stays." in ana.sees
    assert "Noted" in ana.chat
    await ana.presses("Clear the card too")
    assert "Noted" not in ana.chat


async def test_without_a_card_none_is_offered(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/hide")
    await ana.presses("Clear the card too")
    await ana.says("/hide")
    assert ana.buttons == ["Help now"]


async def test_who_cannot_be_reached_any_more_is_not_asked_for_again_and_again(
    world: World, ana: Someone, ben: Someone
) -> None:
    """A key that is lost takes the address with it."""
    await is_set(ana)
    await checked_in(ana)
    await is_set(ben)
    await checked_in(ben)
    async with world.store.work() as session:
        await session.execute(delete(PersonKey).where(PersonKey.person_id == 1))
        await session.execute(update(Shown).values(tidy_at=world.clock.now()))
    await world.settle()
    assert "Noted" in ana.chat
    assert "Noted" not in ben.chat
    assert await rows(world) == 0


async def test_tidying_reaches_nobody_else(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana)
    await is_set(ben)
    await checked_in(ben)
    await ana.says("/hide")
    assert "Noted" in ben.chat
    async with world.store.look() as session:
        people = await session.scalar(select(func.count()).select_from(Person))
    assert people == 2
