"""What it costs in memory that one more person is to be asked every day."""

import asyncio
import gc
import tracemalloc
from datetime import UTC, datetime, timedelta

from telegram.ext import Application, ContextTypes

from tests.bench.api import TOKEN
from tests.bench.contest import Figures, contend
from tests.bench.population import Town, phones, rung, this_minute, town
from tests.world import StillClock

FEW, MANY = 500, 3500


def held() -> int:
    """Bytes of live Python objects since the counting began. Not the pages that a database keeps: they are bounded."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def ours(seed: int) -> Figures:
    """The product with few members beside itself with many, each at rest between two check-ins."""
    due = this_minute() + timedelta(hours=1)
    async with town(FEW, due) as few, town(MANY, due) as many:
        await _at_rest(few, FEW, due)  # what is loaded once, whoever there is
        tracemalloc.start()
        with_few, with_many = await _at_rest(few, FEW, due), await _at_rest(many, MANY, due)
    return {"bytes": (with_many - with_few) / (MANY - FEW)}


async def _at_rest(there: Town, members: int, due: datetime) -> int:
    clock = StillClock(due - timedelta(minutes=30))
    table = phones(clock, members)
    before = held() if tracemalloc.is_tracing() else 0
    async with there.served(table, clock) as app:
        await app.step()
        await app.rest()
        grown = held() - before if tracemalloc.is_tracing() else 0
        clock.at = due
        for _ in range(3):
            await app.step()
            await app.rest()
        assert rung(table), "it knows whom to ask"
    return grown


async def jobs(seed: int) -> Figures:
    """python-telegram-bot's JobQueue: one run_daily a person, as its documentation shows."""
    application = Application.builder().token(TOKEN).updater(None).build()
    queue = application.job_queue
    assert queue
    await queue.start()
    at = (datetime.now(UTC) + timedelta(hours=1)).timetz()
    for member in range(FEW):
        queue.run_daily(_ask, at, chat_id=member, name=str(member))
    tracemalloc.start()
    before = held()
    for member in range(FEW, MANY):
        queue.run_daily(_ask, at, chat_id=member, name=str(member))
    await asyncio.sleep(0)
    after = held()
    assert len(queue.jobs()) == MANY
    await queue.stop(wait=False)
    return {"bytes": (after - before) / (MANY - FEW)}


async def _ask(context: ContextTypes.DEFAULT_TYPE) -> None:
    assert context.job
    await context.bot.send_message(context.job.chat_id or 0, "How are you?")


CONTENDERS = {"ours": ours, "jobs": jobs}

if __name__ == "__main__":
    contend(CONTENDERS)
