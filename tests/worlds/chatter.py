"""A feature that wants to write far too often to some people: what the day's budget is there for."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox
from bot.chat import Lane, Message
from bot.due import Due
from bot.feature import Feature, Occasion
from bot.outbox import Notification
from bot.people import Person

KIND = "chatter"
EVERY = timedelta(hours=6)
WORDS = "Something small."

LAST = select(func.max(Notification.due_at)).where(Notification.kind == KIND)


class Chatter:
    """Four times a day something small for each of these people."""

    def __init__(self) -> None:
        self.to: Sequence[int] = ()

    def feature(self) -> Feature:
        """To be had beside the bot's own."""
        return Feature(name="chatter", due=(Due(LAST, self._claim, after=EVERY),), kinds={KIND: self._compose})

    async def promise(self, session: AsyncSession, at: datetime) -> None:
        """One for each, at this instant."""
        lasts = at + timedelta(days=1)
        for number in self.to:
            person = await session.get(Person, number)
            if person is not None:
                word = at.isoformat()
                await outbox.post(
                    session, person, KIND, word, lane=Lane.BULK, due_at=at, send_before=lasts, unasked=True
                )

    async def _claim(self, session: AsyncSession, now: datetime) -> datetime:
        last = await session.scalar(LAST)
        if last is not None:
            await self.promise(session, last + EVERY)
        return now

    async def _compose(self, occasion: Occasion) -> Message:
        return Message(WORDS, neutral=True)
