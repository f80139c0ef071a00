"""What was told elsewhere and counts as a check-in's answer, because the person said so; and the same taken back."""

from datetime import datetime

from sqlalchemy import select

from bot.checkins import dialog
from bot.checkins.model import Checkin
from bot.checkins.questions import CHECKIN
from bot.feature import LOST, Goto, Reply, Turn
from bot.people import SUBSTANCES


async def told(turn: Turn) -> Reply | Goto:
    """`checkin:told:<which>:<press>`: today's answer is yes. It then goes on with the press.

    The other questions of the day stay open for whoever wants to answer them, and are not asked again by themselves.
    """
    _, which, *then = turn.words
    row = await dialog.todays(turn)
    if row.asks == "used":
        row.used, row.which = "yes", which if which in SUBSTANCES else None
        row.answered_at = turn.now
    return Goto(":".join(then)) if then else Goto(f"{CHECKIN.slot(row)}:open")


async def untold(turn: Turn) -> Reply | Goto:
    """`checkin:untold:<day>`: that day's yes is taken back, and the question is open again."""
    try:
        day = datetime.strptime(turn.words[-1], "%Y%m%d").date()  # noqa: DTZ007  # a local day, in no zone
    except ValueError:
        return Goto(LOST)
    query = select(Checkin).where(Checkin.person_id == turn.person.id, Checkin.day == day, Checkin.used == "yes")
    rows = list(await turn.session.scalars(query.order_by(Checkin.slot)))
    for row in rows:
        row.used = row.which = None
        if row.mood is None:
            row.answered_at = None
    if not rows:
        return Goto("checkin")
    return await dialog.opened(turn, rows[-1], above=turn.t("checkin-untold"))
