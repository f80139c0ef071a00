"""Keeping the house: what may come an hour late without harm. APScheduler's part, and its only one.

People's due times are not here: its cron loses or doubles days around DST, drops jobs that are a second late, and
stops when the clock steps back.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from bot import erasures, inbox, outbox, people, screen
from bot.account import access, retention
from bot.backup import BackupError, daily
from bot.clock import Clock
from bot.erasures import BadList
from bot.meetings.changes import told
from bot.meetings.fetch import AGENT, Fetcher
from bot.meetings.refresh import Entry, refresh
from bot.peers import invite
from bot.store import Store, Unavailable

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Rows in one transaction."""

Forget = Callable[[AsyncSession, datetime, int], Awaitable[int]]


BACKUP_HOUR = 4
"""UTC. A copy of the day is made from then on, or as soon after that as the program runs."""


class House:
    """Tidying every hour, the list of erasures every minute, a copy every day, for as long as it is open."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        erased: Path | None = None,
        database: Path | None = None,
        keep: timedelta | None = None,
        feeds: Sequence[Entry] = (),
    ) -> None:
        """Nothing runs yet. `erased` is the file with the list of erasures, `database` the file of an SQLite database.

        Copies of that go beside the list. A PostgreSQL database is copied by whoever runs it.
        `keep` is how long somebody is kept who never comes back; None for ever. `feeds` are lists of meetings.
        """
        self._erased = erased
        self._database = database
        self._keep = keep
        self._feeds = tuple(feeds)
        self._store = store
        self._clock = clock
        self._writing = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(self.tidy, "interval", hours=1, coalesce=True, misfire_grace_time=None)
        self._scheduler.add_job(self.agree, "interval", minutes=1, coalesce=True, misfire_grace_time=None)
        self._scheduler.add_job(self.back_up, "interval", minutes=10, coalesce=True, misfire_grace_time=None)
        self._scheduler.add_job(self.refresh, "interval", minutes=10, coalesce=True, misfire_grace_time=None)

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
            async with self._store.work() as session:
                await access.forget(session, now)
                await invite.forget(session, now)
            if self._keep:
                async with self._store.work() as session:
                    await retention.keep_house(session, self._keep, now)
        except Unavailable:
            log.info("Tidying waits for the database. action=tidy_skipped")

    async def _some(self, forget: Forget, now: datetime) -> int:
        async with self._store.work() as session:
            return await forget(session, now, AT_ONCE)

    async def agree(self) -> None:
        """Write down outside the database who was erased, and empty the log that still holds what they said."""
        if self._erased is not None:
            async with self._writing:
                await self._agree(self._erased)

    async def _agree(self, listed: Path) -> None:
        try:
            await erasures.agree(self._store, listed, self._database)
        except Unavailable:
            log.info("The list of erasures waits for the database. action=erasures_skipped")
        except BadList as error:
            log.error("The list of erasures cannot be kept: %s. action=erasures_unwritten", str(error))

    async def back_up(self) -> None:
        """Make the copy of the day, unless it is there. Whoever was erased is not in it, nor their key anywhere."""
        now = self._clock.now()
        if self._erased is None or self._database is None or now.hour < BACKUP_HOUR:
            return
        async with self._writing:
            await self._agree(self._erased)
            try:
                await asyncio.to_thread(daily, self._database, self._erased.parent, now)
            except BackupError as error:
                log.error("The backup of the day failed: %s. action=backup_failed", str(error))

    async def refresh(self) -> None:
        """Ask for the lists of meetings whose time has come."""
        fetcher = Fetcher(AGENT)
        try:
            await refresh(self._store, self._feeds, self._clock.now(), fetcher=fetcher, tell=told)
        except Unavailable:
            log.info("The lists of meetings wait for the database. action=feeds_skipped")
