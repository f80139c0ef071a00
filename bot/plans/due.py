"""What time asks for: whether an if-then plan is still right, and whom somebody could call. Both come neutral, within
the day's budget, and to nobody who has gone quiet."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, outbox
from bot.chat import Button, Lane, Message
from bot.due import each
from bot.feature import Occasion, Turn
from bot.people import Person
from bot.plans import model
from bot.plans.frame import SLOT
from bot.plans.model import ASKED_AFTER, ASKED_AT_MOST, FRESH_AFTER, Upkeep

FRESH_KIND = "plan-fresh"
ASK_KIND = "plan-people"

USEFUL = timedelta(days=3)
"""How long such a question may wait for room."""

HEARD_WITHIN = timedelta(days=7)
"""Whoever has not written for so long is left in peace, and asked later."""


async def _freshen(session: AsyncSession, row: Upkeep, person: Person, now: datetime) -> None:
    """Ask about the plan that was looked at longest ago."""
    every = [one for one in await model.ifthens(session, person) if one.whole]
    row.fresh_at = now + (FRESH_AFTER if _is_here(person, now) else HEARD_WITHIN) if every else None
    oldest = min(every, key=lambda one: (one.right_at, one.id), default=None)
    if oldest is not None and _is_here(person, now):
        await _post(session, person, FRESH_KIND, now, about=oldest.id)


async def _ask(session: AsyncSession, row: Upkeep, person: Person, now: datetime) -> None:
    """Ask whom they could call, a few times and then never again."""
    if row.nobody or row.asked >= ASKED_AT_MOST or await model.has_contact(session, person):
        row.ask_at = None
        return
    if not _is_here(person, now):
        row.ask_at = now + HEARD_WITHIN
        return
    row.asked += 1
    row.ask_at = now + ASKED_AFTER if row.asked < ASKED_AT_MOST else None
    await _post(session, person, ASK_KIND, now)


DUE = (each(Upkeep.fresh_at, _freshen), each(Upkeep.ask_at, _ask))


async def begin(turn: Turn) -> None:
    """Somebody looks at their plan and has named nobody yet: that will be asked again."""
    upkeep = await model.upkeep(turn.session, turn.person)
    if upkeep.ask_at is None and not upkeep.nobody and upkeep.asked < ASKED_AT_MOST:
        upkeep.ask_at = turn.now + ASKED_AFTER


async def fresh(occasion: Occasion) -> Message | None:
    """A plan may have changed: nothing of it stands here. None if it has gone, or was looked at meanwhile."""
    row = await model.ifthen(occasion.session, occasion.person, occasion.notification.about)
    if row is None or row.right_at > occasion.notification.due_at:
        return None
    return _note(occasion, f"plan:fresh:{row.id}")


async def ask(occasion: Occasion) -> Message | None:
    """Whom could they call? None if they have answered meanwhile."""
    upkeep = await model.upkeep(occasion.session, occasion.person)
    if upkeep.nobody or await model.has_contact(occasion.session, occasion.person):
        return None
    return _note(occasion, "plan:people:ask")


def _note(occasion: Occasion, press: str) -> Message:
    t = occasion.t
    rows = ((Button(t("plan-note.open"), press), Button(t("help-button"), "help")),)
    return Message(t("plan-note"), rows, slot=SLOT, neutral=True)


def _is_here(person: Person, now: datetime) -> bool:
    return person.unreachable_since is None and person.heard_at is not None and now - person.heard_at < HEARD_WITHIN


async def _post(session: AsyncSession, person: Person, kind: str, now: datetime, about: int | None = None) -> None:
    day = clock.day_of(now, clock.zone(person.zone or "UTC"))
    await outbox.post(
        session,
        person,
        kind,
        str(day),
        lane=Lane.BULK,
        due_at=now,
        send_before=now + USEFUL,
        about=about,
        unasked=True,
    )
