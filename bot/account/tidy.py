"""Tidying the chat: now, or by itself after a day. What is to go is marked; the sweep takes it away."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import screen
from bot.account.privacy import A_DAY
from bot.chat import Button, Message
from bot.due import Due
from bot.feature import Reply, Turn
from bot.people import Person
from bot.screen import Shown

BATCH = 50
KEPT = timedelta(hours=A_DAY)


async def pressed(turn: Turn) -> Reply:
    """`tidy` clears the screen, `tidy:card` what that leaves."""
    if turn.words == ("card",):
        await screen.tidy_card(turn.session, turn.person.id, turn.now)
        return Reply((_said(turn, "tidy-card-done", card=False),))
    await screen.tidy(turn.session, turn.person.id, turn.now, turn.now)
    card = await screen.has_card(turn.session, turn.person.id)
    return Reply((_said(turn, "tidy-done", card=card),))


def _said(turn: Turn, key: str, *, card: bool) -> Message:
    t = turn.t
    text = f"{t(key)} {t('tidy-card-stays')}" if card else t(key)
    help_now = Button(t("help-button"), "help")
    row = (Button(t("tidy-card"), "tidy:card"), help_now) if card else (help_now,)
    return Message(text, (row,), slot="tidy", neutral=True)


async def _claim(session: AsyncSession, now: datetime) -> datetime | None:
    """Mark what has stood for a day on the screens that are to tidy themselves."""
    due = select(Shown.person_id).where(Shown.at <= now - KEPT, Shown.sensitive, Shown.tidy_at.is_(None))
    query = (
        select(Person)
        .where(Person.tidy_hours.is_not(None), Person.id.in_(due.where(Shown.slot != screen.CARD)))
        .order_by(Person.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    people = (await session.scalars(query)).all()
    for person in people:
        await screen.tidy(session, person.id, now - KEPT, now)
    return now if people else None


DUE = Due(
    select(func.min(Shown.at))
    .join(Person, Person.id == Shown.person_id)
    .where(Person.tidy_hours.is_not(None), Shown.sensitive, Shown.slot != screen.CARD, Shown.tidy_at.is_(None)),
    _claim,
    after=KEPT,
)
"""The screens that tidy themselves."""
