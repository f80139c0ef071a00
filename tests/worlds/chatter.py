"""A feature that wants to write far too often to some people: what the day's budget is there for."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox
from bot.chat import Lane, Message
from bot.feature import Due, Feature, Occasion
from bot.people import Person

EVERY = timedelta(hours=6)
WORDS = "Something small."


class Chatter:
    """Four times a day something small for each of these people."""

    def __init__(self, first: datetime) -> None:
        """Begins at this instant, to nobody yet."""
        self.to: Sequence[int] = ()
        self._next_at = first

    def feature(self) -> Feature:
        return Feature(name="chatter", due=(Due(self._due_at, self._claim),), kinds={"chatter": self._compose})

    async def _due_at(self, session: AsyncSession) -> datetime | None:
        return self._next_at if self.to else None

    async def _claim(self, session: AsyncSession, now: datetime) -> int:
        at = self._next_at
        for number in self.to:
            person = await session.get(Person, number)
            if person is not None:
                lasts = at + timedelta(days=1)
                word = at.isoformat()
                await outbox.post(
                    session, person, "chatter", word, lane=Lane.BULK, due_at=at, send_before=lasts, unasked=True
                )
        self._next_at += EVERY
        return 1

    async def _compose(self, occasion: Occasion) -> Message:
        return Message(WORDS, neutral=True)
