"""People with a plan: a whole one, a half-made one, a full one, and what is asked about it weeks later."""

from tests.walk.newcomers import is_member
from tests.walk.typed import LONG_NAME, OWN_PLAN, OWN_WORDS
from tests.walk.walker import DAY, Walk

REASONS = ("Oporto", "Rioja", "Malbec", "Merlot", "Cava", "Jerez")
"""More than one screen of them, the same in every language."""


async def has_everything(walk: Walk) -> None:
    """Own words of the greatest length, a voice, a photo, people, and half of a safety plan; one file is lost."""
    await is_member(walk, goal="stopped")
    await in_own_words(walk)
    for reason in (OWN_WORDS, *REASONS):
        await walk.presses("plan:reasons:add")
        await walk.says(reason)
    await walk.taps(r"plan:keep:\d+:star")
    await walk.presses("plan:people:add")
    await walk.says(f"{LONG_NAME} 600 100 200")
    for step in ("signs", "people"):
        await walk.presses(f"plan:safety:{step}")
        await walk.says(OWN_WORDS)
    await walk.presses("plan:self:add")
    await walk.says(OWN_WORDS)
    await walk.presses("plan:self:add")
    await walk.sends("a photo", walk.person.attached("photo"))
    walk.world.phones.files.clear()
    await walk.taps(r"plan:show:\d+")
    await walk.presses("plan:self:add")
    await walk.sends("a voice note", walk.person.attached("voice", OWN_WORDS))
    await walk.presses("data:files")
    await walk.presses("plan:do:1")
    await walk.taps("plan:show")
    await walk.taps("plan:show:more:1")
    await walk.says("/trigger")
    await walk.says("/plan")


async def half_made(walk: Walk) -> None:
    """A letter and no reason; a cue and no act."""
    await is_member(walk, goal="stopped")
    await walk.presses("plan:self:add")
    await walk.says(OWN_WORDS)
    await walk.says("/trigger")
    await walk.presses("plan:show")
    await walk.presses("plan:cue:new:own")
    await walk.says(OWN_PLAN)
    await walk.presses("plan:if")


async def full(walk: Walk) -> None:
    """Ten plans, and no room for one more."""
    await is_member(walk, goal="stopped")
    for act in ("walk", "call", "write", "leave", "wait", "eat", "breathe", "hands", "music", "refuse"):
        await walk.presses(f"plan:act:stress:{act}")
    await walk.presses("plan:new:stress")
    await walk.presses("plan:if")


async def nobody_to_call(walk: Walk) -> None:
    """Asked a fortnight after the first look."""
    await is_member(walk, goal="stopped")
    await walk.says("/plan")
    await walk.presses("plan:show")
    await until_the_note(walk, 14)
    await walk.taps("plan:people:ask")


async def weeks_later(walk: Walk) -> None:
    await is_member(walk, goal="stopped")
    await in_own_words(walk)
    await until_the_note(walk, 21)
    await walk.taps(r"plan:fresh:\d+")


async def in_own_words(walk: Walk) -> None:
    await walk.presses("plan:cue:new:own")
    await walk.says(OWN_PLAN)
    await walk.taps(r"plan:act:\d+:own")
    await walk.says(OWN_PLAN)


async def until_the_note(walk: Walk, days: int) -> None:
    """Time goes by for somebody who is there, until the day on which something comes by itself."""
    for _ in range(days - 1):
        await walk.world.wait(DAY)
        await walk.sends("a sticker", walk.person.pasted())
    await walk.passes(DAY)
