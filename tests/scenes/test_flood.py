"""A stuck key, or somebody who means harm: bounded, told once, and help still answers."""

from datetime import timedelta

from tests.phone import Someone
from tests.scenes.looking import rows, tells
from tests.world import World, is_set

CROWDED = "That was a lot at once"
NUMBERS = "Danger, or someone can't be woken"


async def test_of_25_updates_at_once_20_are_handled_and_one_line_answers_the_rest(
    world: World, ana: Someone, ben: Someone
) -> None:
    await is_set(ana)
    await is_set(ben)
    await world.wait(timedelta(seconds=5))  # until home has left whole
    before = len(ana.rung)
    flood = [ana.typed(f"nonsense {number}") for number in range(25)]
    await world.arrive(*flood, ben.typed("/checkin"))
    assert "How are you right now?" in ben.sees, "others notice nothing"
    await world.go_to(world.clock.now().replace(hour=13))
    answers = ana.rung[before:]
    assert len(answers) == 21
    assert [CROWDED in text for text in answers].count(True) == 1
    assert CROWDED in answers[-1]
    line = ana.screen.bubbles[-1].message
    assert line.neutral
    assert tells(line) == []
    assert "Help now" in ana.buttons
    await ana.says("/checkin")
    assert ana.sees == "How are you right now?", "and then all is as ever"


async def test_help_among_what_is_dropped_is_answered_all_the_same(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(*(ana.typed("nonsense") for _ in range(24)), ana.typed("help"), ana.typed("craving"))
    await world.go_to(world.clock.now().replace(hour=13))
    assert sum(NUMBERS in text for text in ana.rung) == 1
    assert sum("Move: another room" in text for text in ana.rung) == 1


async def test_nothing_of_a_flood_stays_in_memory(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(*(ana.typed("help") for _ in range(60)))
    await world.go_to(world.clock.now().replace(hour=13))
    assert sum(NUMBERS in text for text in ana.rung) == 20, (
        "one chat bears one message a second; beyond that each press waits its turn"
    )
    assert not world.app.urgent._calls


async def test_a_flood_in_several_deliveries_is_told_once_as_well(world: World, ana: Someone) -> None:
    await is_set(ana)
    before = len(ana.rung)
    for _ in range(3):
        await world.app.arrive([ana.typed("nonsense") for _ in range(15)])
    await world.settle()
    await world.go_to(world.clock.now().replace(hour=13))
    assert len(ana.rung) - before == 21
    assert sum(CROWDED in text for text in ana.rung) == 1


async def test_a_flood_leaves_only_keys(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.arrive(*(ana.typed("nonsense") for _ in range(40)))
    await world.go_to(world.clock.now().replace(hour=13))
    async with world.store.look() as session:
        connection = await session.connection()
        contents = (await connection.exec_driver_sql("SELECT sealed_raw, sealed_reply, state FROM inbox")).all()
    assert set(contents) == {(None, None, "done")}
    assert (await rows(world))["inbox"] >= 46
