"""Somebody presses a button: how long until the answer is handed over, and what does the whole turn cost?"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.app import FEATURES
from bot.chat import Message
from bot.clock import MovableClock
from bot.routes import Routes
from bot.telegram.messenger import TelegramMessenger
from tests.bench.api import TOKEN, Api, running
from tests.bench.contest import Figures, contend, percentile
from tests.bench.population import CHATS, pressed, this_minute, town

WARM, PRESSES = 20, 200

Press = Callable[[int], Awaitable[None]]
"""One member presses; returns when the edited message has been taken."""


class Base(DeclarativeBase):
    """The usual way's own table."""


class Checkin(Base):
    """A check-in as a small bot would have it: in clear."""

    __tablename__ = "checkins"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    chat: Mapped[int] = mapped_column(BigInteger)
    mood: Mapped[str | None] = mapped_column(String(16))


class Watched(TelegramMessenger):
    """The product's messenger, with a bell for each edit that was taken."""

    def __init__(self, address: str) -> None:
        super().__init__(TOKEN, address)
        self.edited = asyncio.Event()

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """As ever, and ring."""
        await super().edit(address, message_id, message)
        self.edited.set()


async def ours(seed: int) -> Figures:
    """The product as it runs: inbox, encryption, the turn, the stored reply, delivery, the screen."""
    # a second apart on a clock that jumps: what is measured is the work, not the pace that Telegram allows
    clock = MovableClock()
    members = WARM + PRESSES
    with running() as api:
        async with town(members, this_minute(), due_members=0) as there:
            messenger = Watched(api.address)
            await messenger.start()
            async with there.served(messenger, clock) as app:
                loop = asyncio.create_task(app.run())

                async def press(member: int) -> None:
                    clock.move(timedelta(seconds=1))
                    messenger.edited.clear()
                    await app.arrive([pressed(member, member, f"checkin:{member}:mood:all_right")])
                    await messenger.edited.wait()

                figures = await _measured(api, press, app.rest)
                app.stop()
                await loop
            store = there.store()
            async with store.look() as session:
                connection = await session.connection()
                done = await connection.exec_driver_sql("SELECT count(*) FROM checkins WHERE mood = 'all_right'")
                assert done.scalar() == members
            await store.close()
            await messenger.stop()
    return figures


async def stock(seed: int) -> Figures:
    """A python-telegram-bot Application with as many handlers, answering as its inline keyboard example does.

    Each turn has one SQLAlchemy session on SQLite as installed, as SQLAlchemy's asyncio page shows.
    """
    with running() as api, TemporaryDirectory(prefix="windbreak-bench-") as folder:
        engine = create_async_engine(f"sqlite+aiosqlite:///{Path(folder) / 'stock.sqlite3'}")
        sessions = async_sessionmaker(engine, expire_on_commit=False)
        members = WARM + PRESSES
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with sessions.begin() as session:
            session.add_all(Checkin(id=member, chat=CHATS + member) for member in range(1, members + 1))
        markup = InlineKeyboardMarkup(
            [[InlineKeyboardButton(str(pull), callback_data=f"pull:{pull}") for pull in range(11)]]
        )

        async def mood(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            query = update.callback_query
            assert query
            assert query.data
            await query.answer()
            _, number, _, value = query.data.split(":")
            async with sessions.begin() as session:
                row = await session.get(Checkin, int(number))
                assert row
                assert row.chat == query.from_user.id
                row.mood = value
            await query.edit_message_text("How strong is the pull, from 0 to 10?", reply_markup=markup)

        application = Application.builder().token(TOKEN).base_url(f"{api.address}/bot").updater(None).build()
        for command in Routes(FEATURES).commands:
            application.add_handler(CommandHandler(command, mood))
        application.add_handler(CallbackQueryHandler(mood, pattern="^checkin:"))
        application.add_handler(MessageHandler(filters.TEXT, mood))
        async with application:

            async def press(member: int) -> None:
                raw = pressed(member, member, f"checkin:{member}:mood:all_right")
                await application.process_update(Update.de_json(dict(raw), application.bot))

            figures = await _measured(api, press, _nothing)
        await engine.dispose()
    return figures


async def _nothing() -> None:
    return


async def _measured(api: Api, press: Press, rest: Callable[[], Awaitable[None]]) -> Figures:
    for member in range(1, WARM + 1):
        await press(member)
    await rest()
    took, cpu = [], time.process_time()
    for member in range(WARM + 1, WARM + PRESSES + 1):
        began = time.perf_counter()
        await press(member)
        took.append(time.perf_counter() - began)
    await rest()
    cpu = time.process_time() - cpu
    edits = [one for one in api.taken() if one.method == "editMessageText"]
    assert len(edits) == WARM + PRESSES, len(edits)
    assert len({one.chat for one in edits}) == WARM + PRESSES
    return {"cpu": cpu / PRESSES, "p50": percentile(took, 0.5), "p99": percentile(took, 0.99)}


CONTENDERS = {"ours": ours, "stock": stock}

if __name__ == "__main__":
    contend(CONTENDERS)
