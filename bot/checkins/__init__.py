"""The daily check-in: asked at the person's own local time, answered in three taps."""

from bot.checkins import dialog, due, hour
from bot.clock import parsed_time
from bot.feature import Due, Feature, Goto, Reply, Turn


async def pressed(turn: Turn) -> Reply | Goto:
    """`checkin:hour` asks when, `at` chooses, `moved` follows the zone; everything else is the check-in itself."""
    match turn.words:
        case ("hour",):
            return await hour.asked(turn)
        case ("at", at):
            return await hour.chosen(turn, parsed_time(at))
        case ("moved",):
            return await hour.moved(turn)
    return await dialog.pressed(turn)


async def answered(turn: Turn) -> Reply | Goto:
    """An hour that was typed."""
    return await hour.chosen(turn, parsed_time(getattr(turn.inbound, "text", "")))


FEATURE = Feature(
    name="checkins",
    presses={"checkin": pressed},
    commands={"checkin": "checkin"},
    listed=("checkin",),
    buttons={"checkin-button": "checkin"},
    phrases={"checkin-phrases": "checkin"},
    answers={"checkin": answered},
    due=(Due(due.next_at, due.claim),),
    kinds={dialog.KIND: due.compose},
    upcoming=due.upcoming,
    moved=hour.follow,
)
