"""People who have just come, before and in the middle of their set-up; and how somebody becomes a member."""

from tests.scenes.members import become
from tests.walk.typed import LONG_NAME, OWN_WORDS
from tests.walk.walker import Walk


async def agrees(walk: Walk) -> None:
    await walk.says("/start")
    await walk.presses("welcome:agree")


async def is_member(walk: Walk, *substances: str, **fields: object) -> None:
    """Through the set-up the quick way, in Lisbon; then whatever else the set-up could have written."""
    await agrees(walk)
    await walk.presses("welcome:rest")
    await walk.says("Lisbon")
    await walk.presses("welcome:at:PT:Europe/Lisbon")
    await become(walk.world, walk.person, substances=substances, **({"name": LONG_NAME} | fields))


async def stranger(walk: Walk) -> None:
    await walk.says("/start")


async def stranger_of_nobody(walk: Walk) -> None:
    await walk.says("/start")


async def member_of_nobody(walk: Walk) -> None:
    """Where whoever runs it has not said who they are."""
    await is_member(walk)
    await walk.presses("privacy:who")


async def at_the_door(walk: Walk) -> None:
    await walk.says("/start")


async def half_way(walk: Walk) -> None:
    await agrees(walk)


async def stopped_drinking_today(walk: Walk) -> None:
    await agrees(walk)
    await walk.presses("welcome:what:alcohol")
    await walk.presses("welcome:done:what")
    await walk.presses("welcome:goal:stopped")


async def stopped_kratom_some_days_ago(walk: Walk) -> None:
    await agrees(walk)
    await walk.presses("welcome:what:kratom_extract")
    await walk.presses("welcome:done:what")
    await walk.presses("welcome:goal:stopped")


async def says_only_what(walk: Walk) -> None:
    await agrees(walk)
    await walk.presses("welcome:what:other")
    await walk.says(OWN_WORDS)
    await walk.presses("welcome:done:what")


async def without_a_place(walk: Walk) -> None:
    await agrees(walk)
    await walk.presses("welcome:rest")
    await walk.presses("welcome:skip:city")
