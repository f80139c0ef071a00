"""A feature that remembers what it handled: losses, doubles and disorder show in the person's name."""

from bot.chat import Button, Command, Message, Rows
from bot.feature import Feature, Reply, Turn


async def noted(turn: Turn) -> Reply:
    """`/note 1` adds `1`, sends an answer of its own and a button; the button adds `1b` in the message's place."""
    if isinstance(turn.inbound, Command):
        word = turn.inbound.rest
        rows: Rows = ((Button(f"Again {word}", f"probe:{word}:b"),),)
    else:
        word = "".join(turn.words)
        rows = ()
    turn.person.name = f"{turn.person.name or ''} {word}".strip()
    return Reply((Message(f"Heard {word}.", rows, slot=f"probe:{word.removesuffix('b')}"),))


PROBE = Feature(name="probe", presses={"probe": noted}, commands={"note": "probe"})
