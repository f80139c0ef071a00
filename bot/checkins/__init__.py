"""The daily check-in: asked at the person's own local time, answered in three taps."""

from collections.abc import Mapping

from bot.checkins import closer, coming, dialog, due, owndate, past, pause, plan, silence, times, told
from bot.checkins.questions import KIND
from bot.clock import parsed_time
from bot.feature import Feature, Goto, Handler, Reply, Turn


async def pressed(turn: Turn) -> Reply | Goto:
    """`checkin` opens today's; a word in `PARTS` is about check-ins in general; a number names one of them."""
    if not turn.words:
        return await dialog.today(turn)
    part = PARTS.get(turn.words[0])
    return await (part or dialog.pressed)(turn)


async def answered(turn: Turn) -> Reply | Goto:
    """Typed words: a time, own words for a plan, or a date."""
    match turn.words[0]:
        case "plan":
            return await plan.typed(turn)
        case "date":
            return await owndate.typed(turn)
    return await times.typed(turn)


async def _at(turn: Turn) -> Reply | Goto:
    return await times.chosen(turn, parsed_time(turn.words[-1]))


async def _here(turn: Turn) -> Reply | Goto:
    """The tap that brings it all back. Any word does, so there is nothing to undo but the question to ask."""
    return Goto("next") if turn.words[1:] == ("before",) else await dialog.today(turn)


async def _hour(turn: Turn) -> Reply | Goto:
    return await times.asked(turn)


PARTS: Mapping[str, Handler] = {
    "hour": _hour,
    "at": _at,
    "moved": times.moved,
    "times": times.pressed,
    "pause": pause.pressed,
    "here": _here,
    "date": owndate.pressed,
    "closer": closer.chosen,
    "told": told.told,
    "untold": told.untold,
    "undo": past.undo,
    "yesterday": past.yesterday,
}

FEATURE = Feature(
    name=coming.NAME,
    presses={"checkin": pressed, "next": coming.pressed},
    commands={
        "checkin": "checkin",
        "next": "next",
        "pause": "checkin:pause",
        "more": "next:more",
        "less": "next:fewer",
        "undo": "checkin:undo",
        "yesterday": "checkin:yesterday",
    },
    listed=("checkin", "next"),
    buttons={"checkin-button": "checkin"},
    phrases={"checkin-phrases": "checkin", "next-phrases": "next", "pause-phrases": "checkin:pause"},
    answers={"checkin": answered},
    due=(due.DUE,),
    kinds={KIND: due.compose, due.NUDGE_KIND: due.nudge, silence.QUIET_KIND: silence.compose},
    upcoming=coming.upcoming,
    summary=times.summary,
    settings={"checkin-times-button": "checkin:times"},
    moved=times.replan,
    unanswered=silence.unanswered,
)
