"""What it costs to send a message: processor time of our side, the Bot API being in another process."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton as AiogramButton
from aiogram.types import InlineKeyboardMarkup as AiogramMarkup
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat import Button, Message
from bot.telegram.messenger import TelegramMessenger
from tests.bench.api import TOKEN, Api, running
from tests.bench.contest import Figures, contend
from tests.bench.population import CHATS

WARM, MESSAGES, AT_ONCE = 50, 600, 32
WORDS = "How are you right now?"
ROWS = (("Very low", "checkin:42:mood:very_low"), ("All right", "checkin:42:mood:all_right"))

Send = Callable[[int], Awaitable[object]]


async def ours(seed: int) -> Figures:
    """The product's own messenger: python-telegram-bot on its own transport, with a pool that fits."""
    with running() as api:
        messenger = TelegramMessenger(TOKEN, api.address)
        await messenger.start()
        message = Message(WORDS, tuple((Button(label, press),) for label, press in ROWS))
        figures = await _measured(api, lambda chat: messenger.send(f"telegram:{chat}", message))
        await messenger.stop()
    return figures


async def stock(seed: int) -> Figures:
    """python-telegram-bot's Bot as its first example has it. (That `sniffio` is installed here is to its advantage.)"""
    markup = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=press)] for label, press in ROWS])
    with running() as api:
        async with Bot(TOKEN, base_url=f"{api.address}/bot") as bot:
            return await _measured(api, lambda chat: bot.send_message(chat, WORDS, reply_markup=markup))


async def aiogram(seed: int) -> Figures:
    """aiogram's Bot with its own session, as its documentation of a local server has it."""
    markup = AiogramMarkup(inline_keyboard=[[AiogramButton(text=label, callback_data=press)] for label, press in ROWS])
    with running() as api:
        session = AiohttpSession(api=TelegramAPIServer.from_base(api.address))
        async with AiogramBot(TOKEN, session=session) as bot:
            return await _measured(api, lambda chat: bot.send_message(chat, WORDS, reply_markup=markup))


async def _measured(api: Api, send: Send) -> Figures:
    await _all(send, WARM)
    began, cpu = time.perf_counter(), time.process_time()
    await _all(send, MESSAGES)
    cpu, seconds = time.process_time() - cpu, time.perf_counter() - began
    taken = api.taken()
    assert len(taken) == WARM + MESSAGES, len(taken)
    assert {one.text for one in taken} == {WORDS}
    return {"cpu": cpu / MESSAGES, "a_second": MESSAGES / seconds}


async def _all(send: Send, messages: int) -> None:
    """So many messages, several at a time, each to another chat."""
    chats = iter(range(CHATS, CHATS + messages))

    async def some() -> None:
        for chat in chats:
            await send(chat)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))


CONTENDERS = {"ours": ours, "stock": stock, "aiogram": aiogram}

if __name__ == "__main__":
    contend(CONTENDERS)
