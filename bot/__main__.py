"""The command line: builds settings, messenger and app, and starts them."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot import doctor, erasures, logs, rotation, schema
from bot.account import access
from bot.app import App
from bot.backup import KEYS_FILE, BackupError, backup, restore
from bot.chat import DeliveryError, Unauthorized
from bot.clock import Clock, MovableClock, RealClock
from bot.encryption import KeyFileError, Master
from bot.engine import sqlite_file
from bot.erasures import BadList
from bot.heartbeat import Heartbeat
from bot.house import House
from bot.inbox import NotWritten
from bot.instance import Instance
from bot.rotation import RotationRefused
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

BACKUPS = "backups"
"""The folder in DATA_DIR with copies, and with the list of erasures that they are held against."""


def main() -> None:
    """Run a command. Ends with 0, with 1 where something is wrong, or with 78 for a setting that cannot be used."""
    # whatever we make is ours alone: SQLite would leave its files open to everybody on the machine
    os.umask(0o077)
    sys.exit(_main(sys.argv[1:]))


def _main(arguments: list[str]) -> int:
    given = _parser().parse_args(arguments)
    try:
        settings = Settings.load()
        logs.configure(settings.log_level, redact.tokens)
        return asyncio.run(_commands()[given.command](settings, given))
    except (BadSetting, KeyFileError, NewerSchema, BackupError, BadList, RotationRefused) as error:
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
    commands.add_parser("rotate-key", help="change the master key, or finish a change; stop the bot first")
    commands.add_parser("backup", help="copy an SQLite database, which may be in use")
    restore = commands.add_parser("restore", help="make an SQLite database out of a copy; stop the bot first")
    restore.add_argument("copy", type=Path, help="a file that `backup` has written")
    restore.add_argument("--keys", type=Path, help=f"everybody's keys (default: {KEYS_FILE} beside the copy)")
    invite = commands.add_parser("invite", help="make a code that lets people in where ACCESS=code")
    invite.add_argument("--uses", type=_count, default=1, help="how many people it lets in (default: 1)")
    invite.add_argument("--days", type=_count, default=7, help="for how many days (default: 7)")
    commands.add_parser("doctor", help="check the settings and everything they point at")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number up to 65535")
    return int(text)


Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]


def _commands() -> dict[str, Command]:
    return {
        "run": _run,
        "sandbox": _sandbox,
        "migrate": _migrate,
        "rotate-key": _rotate_key,
        "backup": _backup,
        "restore": _restore,
        "invite": _invite,
        "doctor": _doctor,
    }


async def _run(settings: Settings, given: argparse.Namespace) -> int:
    """The real bot by long polling; the sandbox where there is no token."""
    if settings.bot_token is None:
        return await _sandbox(settings, argparse.Namespace(port=0, no_bot=False))
    token = settings.bot_token.get_secret_value()
    master = _master(settings.key_file)
    if not settings.operator_name:
        log.warning("OPERATOR_NAME is not set: people read that nobody named runs this. action=no_operator")
    beat = Heartbeat(settings.data_dir).beat
    return await _until_stopped(
        _serve(settings, token, settings.bot_api_url, settings.database_url, master, RealClock(), beat=beat)
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
    await schema.upgrade(settings.database_url, settings.data_dir / BACKUPS)
    _say("The database has this program's schema.")
    return 0


async def _rotate_key(settings: Settings, given: argparse.Namespace) -> int:
    await rotation.rotate(settings.database_url, settings.key_file, settings.data_dir / BACKUPS, _say)
    return 0


async def _backup(settings: Settings, given: argparse.Namespace) -> int:
    """One copy a day: a second one takes the place of the first."""
    folder = settings.data_dir / BACKUPS
    name = f"{RealClock().now():%Y-%m-%d}.sqlite3"
    _say(f"Written: {await asyncio.to_thread(backup, _file(settings), folder, name)} and {folder / KEYS_FILE}")
    return 0


async def _restore(settings: Settings, given: argparse.Namespace) -> int:
    target = _file(settings)
    keys = given.keys or given.copy.with_name(KEYS_FILE)
    await asyncio.to_thread(restore, given.copy, keys, target)
    _say(f"Restored: {target}. The next start erases again whoever was erased since.")
    return 0


def _file(settings: Settings) -> Path:
    """The file of an SQLite database. Raises BackupError where there is none to copy."""
    file = sqlite_file(settings.database_url)
    if file is None:
        raise BackupError("DATABASE_URL names PostgreSQL: use its own pg_dump and pg_restore (docs/how-to/backup.md)")
    return file


async def _invite(settings: Settings, given: argparse.Namespace) -> int:
    """The code is shown this once: only its hash is kept."""
    await schema.upgrade(settings.database_url, settings.data_dir / BACKUPS)
    store = Store(settings.database_url, _master(settings.key_file))
    try:
        async with store.work() as session:
            code = await access.invite(session, given.uses, given.days, RealClock().now())
    except Unavailable as error:
        _say(f"The database cannot be used ({error}).")
        return 1
    finally:
        await store.close()
    _say(
        f"{code}  lets in {given.uses} within {given.days} days. As a link: https://t.me/NAME_OF_YOUR_BOT?start={code}"
    )
    if settings.access != "code":
        _say("Nobody is asked for a code yet: set ACCESS=code.")
    return 0


def _count(text: str) -> int:
    """A number of people or days that somebody can mean. Raises ValueError, which argparse explains."""
    number = int(text)
    if not 1 <= number <= 36500:
        raise ValueError(number)
    return number


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
    beat: Callable[[datetime], None] = lambda now: None,
) -> None:
    """One bot on one database, until cancelled. Starts also while the database is away. Raises Unauthorized."""
    asyncio.get_running_loop().set_exception_handler(logs.unheard)
    backups = settings.data_dir / BACKUPS
    store = Store(database, master, prepare=lambda: schema.upgrade(database, backups))
    messenger = TelegramMessenger(token, api_url)
    app = App(
        store,
        messenger,
        clock,
        operator=settings.operator_name,
        contact=settings.operator_contact,
        closed=settings.access == "code",
        beat=beat,
    )
    file = sqlite_file(database)
    # beside its database: the list of a sandbox is not that of the real bot
    erased = (backups if database == settings.database_url else (file or backups).parent) / erasures.LIST_FILE
    keep = timedelta(days=settings.keep_inactive) if settings.keep_inactive else None
    house = House(store, clock, erased=erased, database=file, keep=keep)
    listener = Listener(token, api_url, app.arrive, _pause, retry=NotWritten)
    if isinstance(clock, MovableClock):
        clock.follow(app.woken.set)
    instance = Instance(database, _pause)
    menu: asyncio.Task[None] | None = None
    try:
        await instance.acquire()
        await _reach(messenger)
        await _open(store, lambda: erasures.agree(store, erased, file))
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
        for language, commands in _menus(app).items():
            await messenger.commands(commands, language)
    except DeliveryError as error:
        log.warning("The menu of commands could not be set: %s. action=no_menu", type(error).__name__)


def _menus(app: App) -> dict[str, list[tuple[str, str]]]:
    """The menu of commands in each language, and under "" for everybody else."""
    names = [name for feature in app.routes.features for name in feature.listed]
    languages = {"": "en"} | {language: language for language in Texts.languages()}
    return {
        code: [(name, Texts(language)(f"command-{name}")) for name in names] for code, language in languages.items()
    }


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
