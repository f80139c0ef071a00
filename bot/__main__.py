"""The command line: builds settings, messenger and app, and starts them."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot import doctor, logs, schema
from bot.app import App
from bot.backup import BackupError
from bot.chat import DeliveryError, Unauthorized
from bot.clock import Clock, MovableClock, RealClock
from bot.encryption import KeyFileError, Master
from bot.house import House
from bot.inbox import NotWritten
from bot.instance import Instance
from bot.sandbox import Sandbox
from bot.schema import NewerSchema
from bot.settings import EXIT_CODE, BadSetting, Settings
from bot.store import Store, Unavailable
from bot.telegram import redact
from bot.telegram.listener import Listener
from bot.telegram.messenger import TelegramMessenger
from bot.texts import Texts

# not __name__: under `python -m` that is "__main__", which is none of ours
log = logging.getLogger("bot.main")

GRACE = timedelta(seconds=5)
"""How long what is on its way may take to land after we were asked to stop."""

REACH_AGAIN = timedelta(seconds=2)
OPEN_SECONDS = 10
"""How long the start waits for a schema change. It goes on beside what can be done without it."""


def main() -> None:
    """Run a command. Ends with 0, with 1 where something is wrong, or with 78 for a setting that cannot be used."""
    sys.exit(_main(sys.argv[1:]))


def _main(arguments: list[str]) -> int:
    given = _parser().parse_args(arguments)
    try:
        settings = Settings.load()
        logs.configure(settings.log_level, redact.tokens)
        return asyncio.run(_commands()[given.command](settings, given))
    except (BadSetting, KeyFileError, NewerSchema, BackupError) as error:
        return _refuse(str(error))
    except Unauthorized:
        return _refuse("BOT_TOKEN: Telegram does not accept it; copy it again from @BotFather")
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="windbreak", description="A companion for people in recovery, on Telegram.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="start the bot; without BOT_TOKEN, the sandbox")
    sandbox = commands.add_parser("sandbox", help="try the bot in a web page, with no token and no network")
    sandbox.add_argument(
        "--port", type=_port, default=0, help="where to listen on this machine (default: any free one)"
    )
    sandbox.add_argument("--no-bot", action="store_true", help="only the local Bot API and its page; prints a token")
    commands.add_parser("migrate", help="bring the database to this program's schema")
    commands.add_parser("doctor", help="check the settings and everything they point at")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number up to 65535")
    return int(text)


Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]


def _commands() -> dict[str, Command]:
    return {"run": _run, "sandbox": _sandbox, "migrate": _migrate, "doctor": _doctor}


async def _run(settings: Settings, given: argparse.Namespace) -> int:
    """The real bot by long polling; the sandbox where there is no token."""
    if settings.bot_token is None:
        return await _sandbox(settings, argparse.Namespace(port=0, no_bot=False))
    token = settings.bot_token.get_secret_value()
    master = _master(settings.key_file)
    if not settings.operator_name:
        log.warning("OPERATOR_NAME is not set: people read that nobody named runs this. action=no_operator")
    return await _until_stopped(
        _serve(settings, token, settings.bot_api_url, settings.database_url, master, RealClock())
    )


async def _sandbox(settings: Settings, given: argparse.Namespace) -> int:
    """The real bot, a real HTTP client, an embedded database, and a local Bot API with a phone in a web page."""
    clock = MovableClock()
    sandbox = Sandbox(port=given.port, clock=clock.now, move=None if given.no_bot else clock.move)
    try:
        await sandbox.start()
    except OSError:
        _say(f"Port {given.port} is taken. Choose another with --port, or leave it out.")
        return 1
    try:
        if given.no_bot:
            _say("A local Bot API with no bot. Give these to one as BOT_API_URL and BOT_TOKEN:")
            _say(sandbox.address)
            _say(sandbox.token)
            return await _until_stopped(asyncio.Event().wait())
        _say("This is the sandbox: the real bot, and nothing leaves this machine. Stop it with Ctrl-C. Open:")
        with TemporaryDirectory(prefix="windbreak-") as folder:
            database = f"sqlite:///{Path(folder) / 'sandbox.sqlite3'}"
            master = Master.create(Path(folder) / "sandbox.key")
            ready = lambda: _say(sandbox.address)  # noqa: E731
            serving = _serve(settings, sandbox.token, sandbox.address, database, master, clock, ready)
            return await _until_stopped(serving)
    finally:
        await sandbox.stop()


async def _migrate(settings: Settings, given: argparse.Namespace) -> int:
    await schema.upgrade(settings.database_url, settings.data_dir / "backups")
    _say("The database has this program's schema.")
    return 0


async def _doctor(settings: Settings, given: argparse.Namespace) -> int:
    return await doctor.examine(settings, _say)


async def _serve(
    settings: Settings,
    token: str,
    api_url: str,
    database: str,
    master: Master,
    clock: Clock,
    ready: Callable[[], object] = lambda: None,
) -> None:
    """One bot on one database, until cancelled. Starts also while the database is away. Raises Unauthorized."""
    asyncio.get_running_loop().set_exception_handler(logs.unheard)
    store = Store(database, master, prepare=lambda: schema.upgrade(database, settings.data_dir / "backups"))
    messenger = TelegramMessenger(token, api_url)
    app = App(store, messenger, clock, operator=settings.operator_name)
    house = House(store, clock)
    listener = Listener(token, api_url, app.arrive, _pause, retry=NotWritten)
    if isinstance(clock, MovableClock):
        clock.follow(app.woken.set)
    instance = Instance(database, _pause)
    menu: asyncio.Task[None] | None = None
    try:
        await instance.acquire()
        await _reach(messenger)
        await _open(store)
        house.open()
        log.info("The bot is running. action=running")
        ready()
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


async def _open(store: Store) -> None:
    """Bring the database up before the first update comes. If it is away, help answers and it is looked for."""
    probe = asyncio.create_task(store.probe())
    done, _ = await asyncio.wait({probe}, timeout=OPEN_SECONDS)
    try:
        if done:
            probe.result()
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
    """Fill the menu of commands. Nothing depends on it, so a refusal costs one log line."""
    t = Texts("en")
    listed = [(name, t(f"command-{name}")) for feature in app.routes.features for name in feature.listed]
    try:
        await messenger.commands(listed)
    except DeliveryError as error:
        log.warning("The menu of commands could not be set: %s. action=no_menu", type(error).__name__)


async def _pause(how_long: timedelta) -> None:
    await asyncio.sleep(how_long.total_seconds())


async def _until_stopped(work: Awaitable[object]) -> int:
    """Until the work ends, or somebody stops us (SIGINT, SIGTERM)."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return 0
    finally:
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(name)
    return 0


def _master(path: Path) -> Master:
    """The key, made at the first run."""
    return Master.load(path) if path.exists() else Master.create(path)


def _refuse(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return EXIT_CODE


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
