"""Keeping the house: what may come an hour late without harm. APScheduler's part, and its only one.

People's due times are not here: its cron loses or doubles days around DST, drops jobs that are a second late, and
stops when the clock steps back.
"""

import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import inbox, people, screen
from bot.clock import Clock
from bot.store import Store, Unavailable

log = logging.getLogger(__name__)


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
        self._scheduler.shutdown(wait=False)

    async def tidy(self) -> None:
        """Drop what has served: old keys of updates, screens, and people who never agreed."""
        now = self._clock.now()
        try:
            async with self._store.work() as session:
                await inbox.forget(session, now)
                await screen.forget(session, now)
                await people.forget_strangers(session, now)
        except Unavailable:
            log.info("Tidying waits for the database. action=tidy_skipped")
