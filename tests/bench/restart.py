"""The program starts again with everybody's daily message ahead: how long until it can answer?"""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.ext import Application, ContextTypes

from tests.bench.api import TOKEN
from tests.bench.contest import Figures, contend
from tests.bench.population import phones, rung, this_minute, town
from tests.bench.wave import STORED, filled
from tests.world import StillClock

MEMBERS = 10_000
REST = timedelta(hours=1)


async def ours(seed: int) -> Figures:
    """The product on its database: opened, looked through for what is due, and at rest until the first is."""
    due = this_minute() + timedelta(hours=1)
    async with town(MEMBERS, due) as there:
        clock = StillClock(due - timedelta(minutes=30))
        table = phones(clock, MEMBERS)
        began = time.perf_counter()
        async with there.served(table, clock) as app:
            assert due <= await app.step() + REST, "it looked for the next that is due"
            seconds = time.perf_counter() - began
            clock.at = due
            for _ in range(3):
                await app.step()
                await app.rest()
            assert rung(table), "and it knows whom to ask"
    return {"seconds": seconds}


async def jobs(seed: int) -> Figures:
    """python-telegram-bot's JobQueue keeps nothing: its wiki says to enter each job anew at the start."""
    application = Application.builder().token(TOKEN).updater(None).build()
    queue = application.job_queue
    assert queue
    at = (datetime.now(UTC) + timedelta(hours=1)).timetz()
    began = time.perf_counter()
    for member in range(MEMBERS):
        queue.run_daily(_ask, at, chat_id=member, name=str(member))
    await queue.start()
    await asyncio.sleep(0)  # the scheduler's own first round
    seconds = time.perf_counter() - began
    assert len(queue.jobs()) == MEMBERS
    await queue.stop(wait=False)
    return {"seconds": seconds}


async def _ask(context: ContextTypes.DEFAULT_TYPE) -> None:
    assert context.job
    await context.bot.send_message(context.job.chat_id or 0, "How are you?")


async def stored(seed: int) -> Figures:
    """APScheduler with its SQLAlchemyJobStore. Nothing is entered anew, so it is not slow: its trouble is the wave."""
    with TemporaryDirectory(prefix="windbreak-bench-") as folder:
        store = filled(folder, STORED, datetime.now(UTC) + timedelta(hours=1))
        began = time.perf_counter()
        scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
        scheduler.start()
        await asyncio.sleep(0)
        seconds = time.perf_counter() - began
        assert len(scheduler.get_jobs()) == STORED
        scheduler.shutdown(wait=False)
    return {"seconds": seconds}


CONTENDERS = {"ours": ours, "jobs": jobs, "stored": stored}

if __name__ == "__main__":
    contend(CONTENDERS)
