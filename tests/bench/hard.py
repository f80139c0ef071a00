"""A hard moment while the bot writes to everybody: how long does somebody wait for help?

Real seconds against a Bot API that takes 60 ms to answer. A wave begins; meanwhile ten people a second ask for help.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random

from aiolimiter import AsyncLimiter
from telegram import Bot, Update
from telegram.ext import AIORateLimiter, Application, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from bot.app import App
from bot.chat import Raw
from bot.clock import RealClock
from bot.inbox import NotWritten
from bot.telegram.listener import SHORT_PAUSE
from bot.telegram.messenger import TelegramMessenger
from bot.texts import Texts
from tests.bench.api import TOKEN, Api, Taken, running
from tests.bench.contest import Figures, contend, percentile
from tests.bench.population import CHATS, this_minute, town, typed

ROUND_TRIP = 0.06
WAVE = 300
ASKING = 80
SECONDS = 8
"""For so long people ask: the wave lasts longer than that for everybody."""

RATE = 30
PATIENCE = 60

WAVE_WORDS = "How are you right now?"
HELP_WORDS = "Move: another room, or out of the door."

Ask = Callable[[int], Awaitable[None]]
"""This member's update has come."""


async def ours(seed: int) -> Figures:
    """The product as it runs: check-ins from due rows, help past every queue."""
    due = this_minute()
    async with town(WAVE + ASKING, due, due_members=WAVE) as there:
        with running(ROUND_TRIP) as api:
            messenger = TelegramMessenger(TOKEN, api.address)
            await messenger.start()
            async with there.served(messenger, RealClock()) as app:
                loop = asyncio.create_task(app.run())
                waiting: list[Raw] = []
                come = asyncio.Event()
                listening = asyncio.create_task(_listen(app, waiting, come))

                async def ask(member: int) -> None:
                    waiting.append(typed(member, member, Texts("en")("hard-button")))
                    come.set()

                figures = await _measured(api, ask, seed)
                listening.cancel()
                app.stop()
                await loop
            await messenger.stop()
    return figures


async def _listen(app: App, waiting: list[Raw], come: asyncio.Event) -> None:
    """Hand over as the listener does: all that is there, the next only when these are written, refused ones again."""
    while True:
        await come.wait()
        come.clear()
        batch, waiting[:] = list(waiting), []
        while batch:
            try:
                await app.arrive(batch)
                batch = []
            except NotWritten:
                await asyncio.sleep(SHORT_PAUSE.total_seconds())


async def tasks(seed: int) -> Figures:
    """python-telegram-bot as documented: a job a person, AIORateLimiter, and updates handled side by side."""
    with running(ROUND_TRIP) as api:
        builder = Application.builder().token(TOKEN).base_url(f"{api.address}/bot").updater(None)
        application = builder.rate_limiter(AIORateLimiter()).concurrent_updates(True).build()
        application.add_handler(MessageHandler(filters.TEXT, _help))
        async with application:
            await application.start()
            assert application.job_queue
            for member in range(1, WAVE + 1):
                application.job_queue.run_once(_ask, timedelta(seconds=0.2), chat_id=CHATS + member)

            async def ask(member: int) -> None:
                raw = typed(member, member, "Hard moment")
                await application.update_queue.put(Update.de_json(dict(raw), application.bot))

            figures = await _measured(api, ask, seed)
            await application.stop()
    return figures


async def _ask(context: ContextTypes.DEFAULT_TYPE) -> None:
    assert context.job
    await context.bot.send_message(context.job.chat_id or 0, WAVE_WORDS)


async def _help(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_text(HELP_WORDS)


async def bounded(seed: int) -> Figures:
    """A careful one: at most 32 of the wave in flight, and everything through one first-come-first-served limiter."""
    with running(ROUND_TRIP) as api:
        limiter = AsyncLimiter(RATE, 1)
        async with Bot(TOKEN, base_url=f"{api.address}/bot", request=HTTPXRequest(connection_pool_size=64)) as bot:
            room = asyncio.Semaphore(32)
            answers: set[asyncio.Task[None]] = set()

            async def say(member: int, words: str) -> None:
                async with limiter:
                    await bot.send_message(CHATS + member, words)

            async def remind(member: int) -> None:
                async with room:
                    await say(member, WAVE_WORDS)

            async def ask(member: int) -> None:
                answers.add(asyncio.create_task(say(member, HELP_WORDS)))

            wave = asyncio.gather(*(remind(member) for member in range(1, WAVE + 1)))
            figures = await _measured(api, ask, seed)
            await asyncio.gather(wave, *answers)
    return figures


async def _measured(api: Api, ask: Ask, seed: int) -> Figures:
    """Have people ask at moments that the seed chooses; wait for every message of both kinds."""
    random = Random(seed)
    moments = sorted(random.uniform(0.5, SECONDS) for _ in range(ASKING))
    began, asked = time.monotonic(), {}
    for member, moment in enumerate(moments, WAVE + 1):
        await asyncio.sleep(max(began + moment - time.monotonic(), 0))
        asked[CHATS + member] = time.monotonic()
        await ask(member)
    while True:
        taken = await asyncio.to_thread(api.taken)
        first: dict[int, Taken] = {}
        for one in taken:
            first.setdefault(one.chat, one)
        if len(first) == WAVE + ASKING:
            break
        assert time.monotonic() - began < PATIENCE, f"{len(first)} of {WAVE + ASKING} were written to"
        await asyncio.sleep(0.5)
    waves, helps = ([one for chat, one in first.items() if (chat in asked) is helped] for helped in (False, True))
    assert not {one.text for one in waves} & {one.text for one in helps}, "help has words of its own"
    # that it has arrived is known to the sender a round trip after it was asked for
    waited = [one.at - asked[one.chat] + ROUND_TRIP for one in helps]
    ideal = len(taken) / RATE
    return {
        "p50": percentile(waited, 0.5),
        "p99": percentile(waited, 0.99),
        "wave": (max(one.at for one in taken) - began) / ideal,
    }


CONTENDERS = {"ours": ours, "tasks": tasks, "bounded": bounded}

if __name__ == "__main__":
    contend(CONTENDERS)
