"""People who write of danger: every red flag, its question, and every answer to it."""

from bot.content import redflags
from tests.walk.newcomers import is_member
from tests.walk.walker import Walk


async def writes_of_danger(walk: Walk) -> None:
    """In words once, then by the press that they come down to."""
    await is_member(walk, goal="stopped", country="US")
    await walk.says("i want to die")
    for flag in redflags.FLAGS:
        await walk.presses(f"flag:{flag}")


async def in_danger_where_a_doctor_answers(walk: Walk) -> None:
    await is_member(walk, goal="stopped", country="GB")
    await walk.presses("flag:dehydration")


async def in_danger_where_a_line_knows_about_voices(walk: Walk) -> None:
    await is_member(walk, goal="stopped", country="MY")
    await walk.presses("flag:psychosis")
