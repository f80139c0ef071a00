"""My people where it is dark: on Help now while anybody can look, and with the numbers that stand on one's own card."""

import pytest

from bot.store import Unavailable
from tests.peers.cast import joins, with_people
from tests.peers.test_alert import SECONDS
from tests.phone import Someone
from tests.world import World, is_set

NUMBER = "Copy Granny's number"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On one kind of database: nothing here is SQL of its own."""
    return sqlite_url


async def test_help_now_leads_to_the_people_who_can_be_asked(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    await ana.says("/helpnow")
    assert "My people" not in ana.buttons
    await joins(ana, ben, "Ben")
    await ana.says("/helpnow")
    assert "My people" in ana.buttons
    assert len(ana.buttons) <= 6
    await ana.presses("My people")
    assert "This goes to Ben, word for word:" in ana.sees
    await ben.says("/helpnow")
    assert "My people" not in ben.buttons, "who only helps has nobody to ask"
    await ana.says("/people")
    await ana.presses("Ben")
    await ana.presses("Nothing for a week")
    await ana.says("/helpnow")
    assert "My people" not in ana.buttons


async def test_with_the_database_down_the_button_is_not_there_and_help_is(
    world: World, ana: Someone, ben: Someone
) -> None:
    await with_people(world, ana, Ben=ben)
    world.app.outage.failed(Unavailable("away"), world.clock.now())
    await world.arrive(ana.typed("/helpnow"))  # at once, before it is looked whether the database is back
    assert "Someone can't be woken" in ana.buttons
    assert "My people" not in ana.buttons
    await ana.says("/helpnow")
    assert "My people" in ana.buttons, "it is back, and so are they"


async def test_a_number_on_the_card_can_be_copied_where_people_are(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    await ana.says("/plan")
    await ana.presses("Who I can call")
    await ana.presses("Add someone")
    await ana.says("Granny 600 100 200")
    await ana.says("/alert")
    assert {NUMBER, "People who answer"} <= set(ana.buttons), "with nobody in Telegram there is somebody to call"
    await joins(ana, ben, "Ben")
    await ana.says("/people")
    assert NUMBER in ana.buttons
    await ana.says("/alert")
    assert NUMBER in ana.buttons
    await world.arrive(ana.forged("plan:people:add"))
    await ana.says("ben 600 300 400")
    await ana.says("/alert")
    assert "Copy ben's number" in ana.buttons, "of whoever is asked first, where the card has it"
    assert NUMBER not in ana.buttons
    await ben.blocks()
    await ana.presses("Send to Ben")
    await world.wait(SECONDS)
    assert "Nobody has answered yet." in ana.sees
    assert "Copy ben's number" in ana.buttons
