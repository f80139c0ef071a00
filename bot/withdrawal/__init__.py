"""Withdrawal: which day it is, what others tell of it, what helps, what needs a doctor, and a log of how it goes."""

from bot.feature import Feature, Goto, Reply, Turn
from bot.withdrawal import days, log


async def pressed(turn: Turn) -> Reply | Goto:
    """`withdrawal:log` and what follows it is the log; everything else is about the days."""
    return await (log.pressed if turn.words[:1] == ("log",) else days.pressed)(turn)


FEATURE = Feature(
    name="withdrawal",
    presses={"withdrawal": pressed},
    commands={"withdrawal": "withdrawal"},
    phrases={"withdrawal-phrases": "withdrawal"},
    answers={"withdrawal": log.typed},
)
