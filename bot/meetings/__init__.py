"""Meetings: found, followed, reminded of when it matters, and one that is on now as a way out of a hard moment."""

from bot.feature import Feature, Goto, Reply, Turn
from bot.meetings import advance, afterwards, changes, coming, due, find, following, own, page, reminder


async def _dates(turn: Turn) -> Reply | Goto:
    from bot.meetings import calendar_file  # the library takes 10 MB, and few ask for a calendar

    return await calendar_file.pressed(turn)


FEATURE = Feature(
    name="meetings",
    presses={
        "meetings": find.pressed,
        "meeting": page.pressed,
        "follows": following.mine,
        "own": own.pressed,
        "remind": reminder.pressed,
        "change": changes.pressed,
        "went": afterwards.pressed,
        "dates": _dates,
    },
    commands={"meetings": "meetings", "meeting": "meetings"},
    listed=("meetings",),
    phrases={"meeting-phrases": "meetings"},
    answers={"meetings": find.typed, "own": own.typed},
    due=(due.DUE, advance.DUE, advance.NEW_ZONES, afterwards.DUE),
    kinds={due.KIND: due.compose, changes.KIND: changes.compose, afterwards.KIND: afterwards.compose},
    upcoming=coming.upcoming,
    summary=coming.summary,
    moved=coming.moved,
    ways_out=coming.ways_out,
)
