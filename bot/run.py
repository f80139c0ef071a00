"""The running of one bot: what it is made of, in which order that starts, and how it ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta

from bot import erasures, logs, schema
from bot.app import FEATURES, LOOK_AT_LEAST_EVERY, App
from bot.chat import DeliveryError, Unauthorized
from bot.clock import Clock, MovableClock
from bot.earshot import Earshot
from bot.encryption import Master
from bot.engine import sqlite_file
from bot.feature import Feature
from bot.heartbeat import Heartbeat
from bot.house import House
from bot.inbox import NotWritten
from bot.instance import Instance
from bot.meetings.refresh import entries
from bot.settings import Settings
from bot.store import Store, Unavailable
from bot.telegram.listener import Listener
from bot.telegram.messenger import TelegramMessenger
from bot.texts import Texts

log = logging.getLogger(__name__)

GRACE = timedelta(seconds=5)
"""How long what is on its way may take to land after we were asked to stop."""

REACH_AGAIN = timedelta(seconds=2)
OPEN_SECONDS = 10
"""How long the start waits for a schema change. It goes on beside what can be done without it."""


async def run(
    settings: Settings,
    token: str,
    master: Master,
    clock: Clock,
    *,
    ready: Callable[[App, Store], object] = lambda _app, _store: None,
    features: Iterable[Feature] = FEATURES,
    rest_at_most: timedelta = LOOK_AT_LEAST_EVERY,
) -> None:
    """One bot, until cancelled. `ready` is called when it takes updates. Starts also while the database is away.

    `rest_at_most` is how long the loop may rest with nothing due.

    Raises Unauthorized, NewerSchema, BadList.
    """
    asyncio.get_running_loop().set_exception_handler(logs.unheard)
    database, backups = settings.database_url, settings.backups
    file, erased = sqlite_file(database), backups / erasures.LIST_FILE
    store = Store(
        database,
        master,
        prepare=lambda: schema.upgrade(database, backups),
        begin=lambda session: erasures.begin(session, erased),
    )
    messenger = TelegramMessenger(token, settings.bot_api_url)
    earshot = Earshot(settings.data_dir)
    app = App(
        store,
        messenger,
        clock,
        operator=settings.operator_name,
        contact=settings.operator_contact,
        closed=settings.access == "code",
        features=features,
        beat=Heartbeat(settings.data_dir).beat,
        rest_at_most=rest_at_most,
        earshot=earshot,
    )
    keep = timedelta(days=settings.keep_inactive) if settings.keep_inactive else None
    house = House(store, clock, erased=erased, database=file, keep=keep, feeds=entries(settings.meeting_feeds))
    listener = Listener(
        token,
        settings.bot_api_url,
        app.arrive,
        _pause,
        retry=NotWritten,
        heard=lambda: earshot.heard(clock.now()),
        deaf=lambda: earshot.deaf(clock.now()),
    )
    if isinstance(clock, MovableClock):
        clock.follow(app.woken.set)
    instance = Instance(database, _pause)
    menu: asyncio.Task[None] | None = None
    try:
        await instance.acquire()
        await _reach(messenger)
        await _open(store, lambda: erasures.agree(store, erased, file))
        earshot.begin(clock.now())
        house.open()
        log.info("The bot is running. action=running")
        ready(app, store)
        menu = asyncio.create_task(_list_commands(messenger, app))
        await _work(listener, app)
    finally:
        if menu:
            menu.cancel()
        house.close()
        await messenger.stop()
        await store.close()
        await instance.release()
        log.info("The bot has stopped. action=stopped")


def menus(app: App) -> dict[str, list[tuple[str, str]]]:
    """The menu of commands in each language, and under "" for everybody else."""
    names = [name for feature in app.routes.features for name in feature.listed]
    languages = {"": "en"} | {language: language for language in Texts.languages()}
    return {
        code: [(name, Texts(language)(f"command-{name}")) for name in names] for code, language in languages.items()
    }


async def _reach(messenger: TelegramMessenger) -> None:
    """Wait until the platform answers: a machine that has just started may not have its network yet."""
    said = False
    while True:
        try:
            await messenger.start()
            return
        except Unauthorized:
            raise
        except DeliveryError as error:
            if not said:
                log.warning("The platform cannot be reached yet: %s. action=not_reached", type(error).__name__)
            said = True
            await _pause(REACH_AGAIN)


async def _open(store: Store, agree: Callable[[], Awaitable[object]]) -> None:
    """Bring the database up before the first update comes. If it is away, help answers and it is looked for.

    `agree` erases again whom a restored backup brought back, before anybody is written to. Raises BadList.
    """
    probe = asyncio.create_task(store.probe())
    done, _ = await asyncio.wait({probe}, timeout=OPEN_SECONDS)
    try:
        if done:
            probe.result()
            await agree()
            return
        why = "hanging"
    except Unavailable as error:
        why = str(error)
    log.warning("Starting without the database: %s. action=start_without_database", why)


async def _work(listener: Listener, app: App) -> None:
    """Until cancelled, or until one of the two finds that it cannot go on."""
    listening, running = asyncio.create_task(listener.run()), asyncio.create_task(app.run())
    try:
        done, _ = await asyncio.wait({listening, running}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        listening.cancel()
        app.stop()
        await _land(app, running)
        running.cancel()
        await asyncio.gather(listening, running, return_exceptions=True)


async def _land(app: App, running: asyncio.Task[None]) -> None:
    """Let the round that is under way end, and what is on its way arrive."""
    await asyncio.wait({running}, timeout=GRACE.total_seconds())
    try:
        await asyncio.wait_for(app.rest(), GRACE.total_seconds())
    except TimeoutError:
        log.warning("Stopped with messages on their way; the next start decides about them. action=stopped_busy")


async def _list_commands(messenger: TelegramMessenger, app: App) -> None:
    """Fill the menus of commands. Nothing depends on them, so a refusal costs one log line."""
    try:
        for language, commands in menus(app).items():
            await messenger.commands(commands, language)
    except DeliveryError as error:
        log.warning("The menu of commands could not be set: %s. action=no_menu", type(error).__name__)


async def _pause(how_long: timedelta) -> None:
    await asyncio.sleep(how_long.total_seconds())
