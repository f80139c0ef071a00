"""Moving: a code made here and typed there takes everything along, and leaves nothing behind."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.people import Person
from tests.phone import Someone
from tests.world import World, is_set


async def code(ana: Someone) -> str:
    await ana.says("/move")
    await ana.presses("Make a code")
    return ana.sees.partition(".")[0]


async def people(world: World) -> int:
    async with world.store.look() as session:
        return await session.scalar(select(func.count()).select_from(Person)) or 0


async def test_a_code_takes_everything_to_the_other_account(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    new = world.someone("ana-two")
    key = await code(ana)
    assert len(key) == 9
    await new.starts()
    await new.says(f"/move {key.lower().replace('-', ' ')}")
    assert new.sees.startswith("You are here now, with everything")
    assert ana.sees.startswith("This chat has been moved and is closed here.")
    assert ana.screen.rung[-1].neutral
    assert await people(world) == 1
    await new.says("/settings")
    assert new.sees.startswith("Ana · ")
    await ana.says("/settings")
    assert "I am a program, not a person" in ana.sees
    await world.wait(timedelta(hours=8))
    assert any("evening note" in text for text in new.rung), "check-ins come to the new place"
    assert not any("evening note" in text for text in ana.rung)


async def test_without_a_word_behind_it_the_new_account_is_asked(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    new = world.someone("ana-two")
    key = await code(ana)
    await new.says("/move")
    assert "Write the code" in new.sees
    await new.says(key)
    assert new.sees.startswith("You are here now")


async def test_a_code_works_once(world: World, ana: Someone, cai: Someone) -> None:
    await is_set(ana)
    key = await code(ana)
    await world.someone("ana-two").says(f"/move {key}")
    await cai.says(f"/move {key}")
    assert "I don't know that code" in cai.sees


async def test_a_code_dies_after_a_quarter_of_an_hour(world: World, ana: Someone, cai: Someone) -> None:
    await is_set(ana)
    key = await code(ana)
    await world.wait(timedelta(minutes=15))
    await cai.says(f"/move {key}")
    assert "I don't know that code" in cai.sees
    await ana.says("/settings")
    assert "Privacy" in ana.buttons


async def test_a_new_code_ends_the_one_before(world: World, ana: Someone, cai: Someone) -> None:
    await is_set(ana)
    first = await code(ana)
    assert await code(ana) != first
    await cai.says(f"/move {first}")
    assert "I don't know that code" in cai.sees


async def test_an_account_with_notes_of_its_own_is_not_overwritten(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    await is_set(ben, name="Ben")
    key = await code(ana)
    await ben.says(f"/move {key}")
    assert "must be empty" in ben.sees
    await ben.says("/settings")
    assert ben.sees.startswith("Ben · ")
    await ana.says("/settings")
    assert ana.sees.startswith("Ana · ")


async def test_somebody_who_thinks_better_of_it_is_not_asked_for_codes_for_ever(world: World, cai: Someone) -> None:
    await cai.says("/move")
    await cai.says("ABCD-2345")
    assert "I don't know that code" in cai.sees
    await cai.says("oh well, hello then")
    assert "I am a program, not a person" in cai.sees
    await cai.says("hello")
    assert "code" not in cai.sees
