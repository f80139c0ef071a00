"""The list of commands of somebody who only helps: nothing of a member's, and each of them does something."""

import pytest

from tests.peers.cast import with_people
from tests.phone import Someone
from tests.world import World, is_set

DOES = {
    "/helping": "Somebody may ask you here",
    "/helpnow": "I am a program",
    "/settings": "Which language shall I speak?",
    "/help": "Somebody may ask you here",
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On one kind of database: nothing here is SQL of its own."""
    return sqlite_url


async def test_who_only_helps_sees_four_commands_until_they_stop_or_want_it_for_themselves(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await is_set(dee)
    await with_people(world, ana, Ben=ben, Dee=dee)
    assert [f"/{name}" for name, _ in ben.screen.menu] == list(DOES)
    assert ana.screen.menu == dee.screen.menu == (), "a member who helps keeps a member's"
    for command, words in DOES.items():
        await ben.says(command)
        assert words in ben.sees, command
    await ben.says("/settings")
    await ben.presses("Español")
    assert ben.screen.menu[0] == ("helping", "Cuando alguien pregunta si estás")
    await ben.says("/helping")
    await ben.presses("Retirarme")
    await ben.presses("Sí, retirarme")
    assert ben.screen.menu == ()


async def test_who_helps_and_wants_it_for_themselves_sees_every_command(
    world: World, ana: Someone, ben: Someone
) -> None:
    await with_people(world, ana, Ben=ben)
    await ben.says("/helping")
    await ben.presses("I want this for myself")
    assert ben.screen.menu
    await ben.presses("I am 18 or over and agree")
    assert ben.screen.menu == ()
