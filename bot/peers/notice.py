"""A word in calm time that somebody can't be reached: before the night it matters, once, and never why.

It is looked for at one hour of the day, so that the word tells nothing of when somebody closed the door either.
"""

from datetime import datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, outbox
from bot.chat import Button, Lane, Message
from bot.due import each
from bot.feature import Goto, Occasion, Reply, Turn
from bot.peers import reach
from bot.peers.model import Peer, Sharing, people_of, sharing_of
from bot.people import Person

KIND = "people-gone"
SLOT = "people"
AT = time(18)
"""By the member's own clock: before the evening."""

SILENT = timedelta(weeks=4)
"""Somebody who has written nothing for so long is left alone. They are told when they are back."""


async def begin(session: AsyncSession, person: Person, now: datetime) -> None:
    """Somebody can be asked: from now on it is looked every day whether they still can be."""
    (await sharing_of(session, person)).look_at = _next(person, now)


async def pressed(turn: Turn) -> Reply | Goto:
    """The one sentence for every cause, for each of them; the list if all can be written to again."""
    t = turn.t
    links = await _lost(turn.session, turn.person, turn.now)
    if not links:
        return Goto("people:show")
    lines = [t("people-gone", name=link.name or "") for link in links]
    rows = (
        (Button(t("people-invite"), "people:invite"), Button(t("people-lines"), "talk")),
        (Button(t("people-back"), "people:show"), Button(t("help-button"), "help")),
    )
    return Reply((Message("\n".join((*lines, t("people-gone-then"))), rows, slot=SLOT, sensitive=True),))


async def compose(occasion: Occasion) -> Message | None:
    """A neutral line. None if all of them can be written to again."""
    if not await _lost(occasion.session, occasion.person, occasion.now):
        return None
    t = occasion.t
    rows = ((Button(t("people-note.open"), "people:gone"),), (Button(t("help-button"), "help"),))
    return Message(t("people-note"), rows, slot=SLOT, neutral=True)


async def _look(session: AsyncSession, row: Sharing, person: Person, now: datetime) -> None:
    links = await people_of(session, person.id)
    row.look_at = _next(person, now) if links else None
    if person.paused(now) or (person.heard_at and now - person.heard_at > SILENT):
        return
    lost = await _lost(session, person, now)
    new = [link for link in lost if link.noted_at is None]
    for link in links:
        link.noted_at = (link.noted_at or now) if link in lost else None
    if new:
        await outbox.post(session, person, KIND, f"{now:%Y-%m-%d}", lane=Lane.BULK, due_at=now, unasked=True)


LOOK = each(Sharing.look_at, _look)


async def _lost(session: AsyncSession, person: Person, now: datetime) -> list[Peer]:
    """Who cannot be written to, of those to whom anything is to go."""
    links = [link for link in await people_of(session, person.id) if not link.muted(now)]
    lost = await reach.lost(session, links)
    return [link for link in links if link.id in lost]


def _next(person: Person, now: datetime) -> datetime:
    return clock.next_daily(now, AT, clock.zone(person.zone or "UTC"))[0]
