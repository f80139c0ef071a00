"""What goes wrong or is out of the ordinary: late words, floods, another account, no database."""

import re
from contextlib import suppress
from datetime import timedelta

from bot.inbox import NotWritten
from bot.outage import PATIENCE
from tests.walk.newcomers import is_member
from tests.walk.walker import HOUR, Walk


async def moves(walk: Walk) -> None:
    """From this phone to another, and the other way where somebody is already."""
    await is_member(walk, goal="stopped")
    await walk.says("/move")
    await walk.taps("move:code")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", walk.person.sees)
    assert code
    other = walk.world.someone("another phone", walk.person.language)
    await walk.says("/move ABCD-2345")
    await walk.sends("/move on another phone", other.typed("/move"))
    await walk.sends("a code there", other.typed(code[0]))


async def late(walk: Walk) -> None:
    """Words that reached us half an hour after they were written: a lock stands there, and opens."""
    await is_member(walk, goal="stopped")
    for words, by in (("/settings", 30), ("/checkin", 1.2), ("/trigger", 30), ("/helpnow", 30)):
        update = walk.person.typed(words)
        walk.world.clock.at += timedelta(minutes=by)
        await walk.sends(f"{words} {by} minutes ago", update)
        await walk.taps(r"(late:\d+|hard|help):open")


async def late_stranger(walk: Walk) -> None:
    for words in ("/trigger", "/start"):
        update = walk.person.typed(words)
        walk.world.clock.at += HOUR
        await walk.sends(f"{words} an hour ago", update)


async def odd_things(walk: Walk) -> None:
    """A sticker, a place out of nowhere, words nobody knows, too much at once."""
    await is_member(walk, goal="stopped")
    await walk.sends("a sticker", walk.person.pasted())
    await walk.sends("a place at sea", walk.person.located(-48.87, -123.39))
    await walk.says("qwzxkj!")
    await walk.says("/cancel")
    await walk.sends("a flood", *(walk.person.typed(f"nonsense {number}") for number in range(25)), patience=HOUR)


async def without_a_database(walk: Walk) -> None:
    """Everything is answered from memory, and nothing can be looked at twice."""
    with suppress(NotWritten):
        await walk.says("/start")
    walk.world.clock.at += PATIENCE
    for words in ("/start", "/checkin", "/settings", "/trigger", "/helpnow", "hello"):
        walk.world.clock.at += timedelta(minutes=1)
        await walk.says(words)
