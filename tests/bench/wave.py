"""Everybody is due in the same minute: how many get their message promised, and what does the loop do meanwhile?"""

import asyncio
import pickle
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import BaseScheduler
from sqlalchemy import func, select
from telegram.ext import Application, ContextTypes

from bot.checkins.model import Schedule
from bot.checkins.questions import KIND
from bot.outbox import Notification
from tests.bench.api import TOKEN
from tests.bench.contest import Figures, contend, lag
from tests.bench.population import phones, rung, this_minute, town
from tests.world import StillClock

DUE = 10_000
STORED = 300
"""Of these so few: to enter them takes long, and so does the wave."""

LOOKED_AT = 3
"""Seconds."""

ran: list[int] = []


async def ours(seed: int) -> Figures:
    """The product, for a while: due rows are claimed in batches, each with its promise in the outbox.

    At the end every member must be promised exactly one check-in, or still stand in the table as due.
    """
    due = this_minute()
    async with town(DUE, due) as there:
        clock = StillClock(due)
        table = phones(clock, DUE)
        async with there.served(table, clock) as app, lag() as seen:
            began = time.perf_counter()
            while time.perf_counter() - began < LOOKED_AT:
                await app.step()
            took = time.perf_counter() - began
        store = there.store()
        async with store.look() as session:
            promised = await session.scalar(_count(Notification.id).where(Notification.kind == KIND)) or 0
            waiting = await session.scalar(_count(Schedule.id).where(Schedule.next_at <= due)) or 0
        await store.close()
    assert rung(table), "and some of it was delivered"
    assert promised
    return {"lag": seen.worst, "lost": DUE - promised - waiting, "a_second": promised / took}


def _count(column: Any) -> Any:
    return select(func.count(column))


async def jobs(seed: int) -> Figures:
    """python-telegram-bot's JobQueue, as its timer example shows: one job a person. The job only counts itself."""
    application = Application.builder().token(TOKEN).updater(None).build()
    assert application.job_queue
    missed = _missed(application.job_queue.scheduler)
    await application.job_queue.start()
    # time enough to enter them all; due at one instant
    due = datetime.now(UTC) + timedelta(seconds=3)
    for member in range(DUE):
        application.job_queue.run_once(_tick, due, chat_id=member, name=str(member), data=member)
    async with lag() as seen:
        seconds = await _over(DUE, due, missed)
    await application.job_queue.stop(wait=False)
    return {"lag": seen.worst, "lost": DUE - len(ran), "seconds": seconds}


async def _tick(context: ContextTypes.DEFAULT_TYPE) -> None:
    assert context.job
    ran.append(int(context.job.data))  # type: ignore[call-overload]


async def stored(seed: int) -> Figures:
    """APScheduler with its SQLAlchemyJobStore on SQLite, as its user guide shows: one job a person, kept on disk."""
    with TemporaryDirectory(prefix="windbreak-bench-") as folder:
        store = filled(folder, STORED, datetime.now(UTC) + timedelta(hours=1))
        scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
        scheduler.start(paused=True)
        missed = _missed(scheduler)
        due = datetime.now(UTC) + timedelta(seconds=2)
        _make_due(store, due)
        async with lag() as seen:
            scheduler.resume()
            seconds = await _over(STORED, due, missed)
        scheduler.shutdown(wait=False)
    return {"lag": seen.worst, "lost": STORED - len(ran), "seconds": seconds}


def remind(member: int) -> None:
    """A stored job must be a function that can be named. It only counts itself."""
    ran.append(member)


def filled(folder: str, members: int, due: datetime) -> SQLAlchemyJobStore:
    """A job store with a daily job for each member. Filled without waiting for the disk: that is not what we ask."""
    store = SQLAlchemyJobStore(url=f"sqlite:///{Path(folder) / 'jobs.sqlite3'}")
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=OFF")
    scheduler.start(paused=True)
    for member in range(members):
        scheduler.add_job(remind, "interval", days=1, args=[member], id=str(member), next_run_time=due)
    scheduler.shutdown(wait=False)
    return SQLAlchemyJobStore(url=f"sqlite:///{Path(folder) / 'jobs.sqlite3'}")


def _make_due(store: SQLAlchemyJobStore, due: datetime) -> None:
    """As if the minute for which they were entered had come: entering them takes longer than a minute may."""
    jobs, row = store.jobs_t, store.jobs_t.c
    with store.engine.begin() as connection:
        for name, state in connection.execute(select(row.id, row.job_state)).all():
            kept = pickle.dumps({**pickle.loads(state), "next_run_time": due})
            change = jobs.update().where(row.id == name)
            connection.execute(change.values(job_state=kept, next_run_time=due.timestamp()))


def _missed(scheduler: BaseScheduler) -> list[str]:
    missed: list[str] = []

    def heard(event: JobExecutionEvent) -> None:
        missed.append(event.job_id)

    scheduler.add_listener(heard, EVENT_JOB_MISSED)
    scheduler.add_listener(lambda event: None, EVENT_JOB_EXECUTED)
    return missed


async def _over(members: int, due: datetime, missed: list[str]) -> float:
    """Wait until each has run or was dropped. Seconds since they were due."""
    while len(ran) + len(missed) < members:
        await asyncio.sleep(0.02)
        assert datetime.now(UTC) - due < timedelta(seconds=60), (len(ran), len(missed))
    return (datetime.now(UTC) - due).total_seconds()


CONTENDERS = {"ours": ours, "jobs": jobs, "stored": stored}

if __name__ == "__main__":
    contend(CONTENDERS)
