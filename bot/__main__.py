"""The command line: reads the settings, and runs what was asked for."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from bot import classify, doctor, logs, rotation, schema
from bot.account import access
from bot.app import ready
from bot.backup import KEYS_FILE, BackupError, backup, prune, restore
from bot.chat import Unauthorized
from bot.clock import RealClock
from bot.content.reading import BrokenContent
from bot.encryption import KeyFileError, Master
from bot.engine import sqlite_file
from bot.erasures import BadList
from bot.meetings.changes import told
from bot.meetings.feeds.source import BadFeed
from bot.meetings.fetch import AGENT, Fetcher, NotFetched
from bot.meetings.refresh import BadEntry, Entry, entries, import_feed, said
from bot.rotation import RotationRefused
from bot.run import run
from bot.schema import NewerSchema
from bot.settings import EXIT_CODE, BadSetting, Settings
from bot.store import Store, Unavailable
from bot.telegram import redact
from bot.tryout import PortTaken, serve_api, try_out

# not __name__: under `python -m` that is "__main__", which is none of ours
log = logging.getLogger("bot.main")


def main() -> None:
    """Run a command. Ends with 0, with 1 where something is wrong, or with 78 for a setting that cannot be used."""
    # whatever we make is ours alone: SQLite would leave its files open to everybody on the machine
    os.umask(0o077)
    sys.exit(_main(sys.argv[1:]))


def _main(arguments: list[str]) -> int:
    given = _parser().parse_args(arguments)
    try:
        if given.command == "classify":
            return classify.run(sys.stdin.buffer, sys.stdout, sys.stderr)
        settings = Settings.load()
        _feeds_of(settings)
        logs.configure(settings.log_level, redact.tokens)
        return asyncio.run(_commands()[given.command](settings, given))
    except (
        BadSetting,
        BadEntry,
        BrokenContent,
        KeyFileError,
        NewerSchema,
        BackupError,
        BadList,
        RotationRefused,
    ) as error:
        return _refuse(str(error))
    except Unauthorized:
        return _refuse("BOT_TOKEN: Telegram does not accept it; copy it again from @BotFather")
    except PortTaken as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def _feeds_of(settings: Settings) -> tuple[Entry, ...]:
    """The lists of meetings that the settings name. Raises BadSetting."""
    try:
        return entries(settings.meeting_feeds)
    except BadEntry as error:
        raise BadSetting(f"MEETING_FEEDS: {error}") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="windbreak", description="A companion for people in recovery, on Telegram.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    start = commands.add_parser("run", help="start the bot; without BOT_TOKEN, the sandbox")
    start.add_argument("--demo", action="store_true", help="the sandbox, with people who have used it for two weeks")
    sandbox = commands.add_parser("sandbox", help="try the bot in a web page, with no token and no network")
    sandbox.add_argument(
        "--port", type=_port, default=0, help="where to listen on this machine (default: any free one)"
    )
    sandbox.add_argument("--demo", action="store_true", help="with people who have used it for two weeks")
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
    meetings = commands.add_parser("import-meetings", help="take in a list of meetings: a file, or an https address")
    meetings.add_argument("source", help="Meeting Guide JSON, BMLT, iCalendar or CSV")
    meetings.add_argument(
        "--program", default="", help="whose meetings these are, like NA (default: as the format says)"
    )
    meetings.add_argument("--zone", default="", help="the time zone where the list and its places name none")
    meetings.add_argument("--formats", type=Path, help="the table of formats of a BMLT list that comes without it")
    commands.add_parser("doctor", help="check the settings and everything they point at")
    commands.add_parser(
        "classify", help='what it hears: {"text", "lang"} a line on standard input, {"trigger", "label"} a line out'
    )
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
        "import-meetings": _import_meetings,
        "doctor": _doctor,
    }


async def _run(settings: Settings, given: argparse.Namespace) -> int:
    """The real bot by long polling; the sandbox where there is no token, or where its demo is asked for."""
    ready()
    if settings.bot_token is None or given.demo:
        return await _until_stopped(try_out(settings, _say, demo=given.demo))
    master = await _master(settings)
    if not settings.operator_name:
        log.warning("OPERATOR_NAME is not set: people read that nobody named runs this. action=no_operator")
    return await _until_stopped(run(settings, settings.bot_token.get_secret_value(), master, RealClock()))


async def _master(settings: Settings) -> Master:
    """The master key, made at the first run. Raises KeyFileError, above all where a database stands without its key.

    A new one would open nothing, and hide that the right one is missing.
    """
    if not settings.key_file.exists() and await doctor.keyed(settings.database_url):
        lost = f"{settings.key_file} is not there, and the database was made with it"
        raise KeyFileError(f"{lost}: put it back, or set KEY_FILE")
    return Master.at(settings.key_file)


async def _sandbox(settings: Settings, given: argparse.Namespace) -> int:
    if given.no_bot:
        return await _until_stopped(serve_api(_say, port=given.port))
    ready()
    return await _until_stopped(try_out(settings, _say, port=given.port, demo=given.demo))


async def _migrate(settings: Settings, given: argparse.Namespace) -> int:
    await schema.upgrade(settings.database_url, settings.backups)
    _say("The database has this program's schema.")
    return 0


async def _rotate_key(settings: Settings, given: argparse.Namespace) -> int:
    await rotation.rotate(settings.database_url, settings.key_file, settings.backups, _say)
    return 0


async def _backup(settings: Settings, given: argparse.Namespace) -> int:
    """One copy a day: a second one takes the place of the first."""
    now = RealClock().now()
    written = await asyncio.to_thread(backup, _file(settings), settings.backups, f"{now:%Y-%m-%d}.sqlite3")
    await asyncio.to_thread(prune, settings.backups, now)
    _say(f"Written: {written} and {settings.backups / KEYS_FILE}")
    return 0


async def _restore(settings: Settings, given: argparse.Namespace) -> int:
    target = _file(settings)
    keys = given.keys or given.copy.parent / KEYS_FILE
    left_out = await asyncio.to_thread(restore, given.copy, keys, target)
    if left_out:
        _say(f"People left out, because {keys} has no key of theirs: {left_out}")
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
    await schema.upgrade(settings.database_url, settings.backups)
    store = Store(settings.database_url, await _master(settings))
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


async def _import_meetings(settings: Settings, given: argparse.Namespace) -> int:
    """The report says what became of every row. A list that cannot be read whole changes nothing."""
    entry = Entry(given.source, given.program, given.zone, given.formats)
    await schema.upgrade(settings.database_url, settings.backups)
    store = Store(settings.database_url, await _master(settings))
    try:
        report = await import_feed(
            store, entry, RealClock().now(), fetcher=Fetcher(AGENT), tell=told, progress=_progress
        )
    except (NotFetched, BadFeed, OSError, Unavailable) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        _say(f"{given.source}: {why}. Nothing has changed.")
        return 1
    finally:
        await store.close()
    for line in said(report) if report else ["The list has not changed since it was last read."]:
        _say(line)
    return 0


def _progress(done: int, of: int) -> None:
    """A bar for whoever watches; nothing where nobody does."""
    if sys.stderr.isatty():
        filled = 40 * done // max(of, 1)
        sys.stderr.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {done} of {of} " + ("\n" if done == of else ""))
        sys.stderr.flush()


def _count(text: str) -> int:
    """A number of people or days that somebody can mean. Raises ValueError, which argparse explains."""
    number = int(text)
    if not 1 <= number <= 36500:
        raise ValueError(number)
    return number


async def _doctor(settings: Settings, given: argparse.Namespace) -> int:
    ready()
    return await doctor.examine(settings, _say)


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


def _refuse(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return EXIT_CODE


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
