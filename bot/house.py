"""Keeping the house: what may come an hour late without harm. APScheduler's part, and its only one.

People's due times are not here: its cron loses or doubles days around DST, drops jobs that are a second late, and
stops when the clock steps back.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from bot import inbox, outbox, people, screen
from bot.clock import Clock
from bot.store import Store, Unavailable

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Rows in one transaction."""

Forget = Callable[[AsyncSession, datetime, int], Awaitable[int]]


class House:
    """Hourly tidying, for as long as it is open."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Nothing runs yet."""
        self._store = store
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(self.tidy, "interval", hours=1, coalesce=True, misfire_grace_time=None)

    def open(self) -> None:
        """Begin."""
        self._scheduler.start()

    def close(self) -> None:
        """Stop, without waiting for a job under way."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def tidy(self) -> None:
        """Drop what has served, a little at a time, so that nobody's turn waits for the whole of it."""
        now = self._clock.now()
        try:
            for forget in (inbox.forget, screen.forget, outbox.forget, people.forget_strangers):
                while await self._some(forget, now) == AT_ONCE:
                    pass
        except Unavailable:
            log.info("Tidying waits for the database. action=tidy_skipped")

    async def _some(self, forget: Forget, now: datetime) -> int:
        async with self._store.work() as session:
            return await forget(session, now, AT_ONCE)
