"""A look at everything the settings point at: each line says ok, or what to fix."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from importlib import metadata
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot import schema
from bot.backup import DAILY
from bot.chat import DeliveryError, Unauthorized
from bot.clock import RealClock
from bot.content import helplines, reviews
from bot.encryption import KeyFileError, Master, ServiceKey
from bot.engine import reader, sqlite_file, unavailable
from bot.schema import NewerSchema
from bot.settings import Settings
from bot.store import Store, Unavailable
from bot.telegram.messenger import TelegramMessenger

CLOCK_OFF = timedelta(seconds=30)
BACKUP_OLD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `fix` is empty where all is well."""

    what: str
    fix: str = ""
    look: str = ""
    """What is no fault, and what whoever runs this should know all the same."""

    def __str__(self) -> str:
        """As it is printed."""
        if self.fix:
            return f"fix  {self.what}: {self.fix}"
        return f"look {self.what}: {self.look}" if self.look else f"ok   {self.what}"


async def examine(settings: Settings, say: Callable[[str], None]) -> int:
    """Say one line for each thing looked at. 0 if nothing is to be fixed, else 1; a line to look at changes nothing."""
    wrong = False
    async for finding in _findings(settings):
        say(str(finding))
        wrong = wrong or bool(finding.fix)
    return int(wrong)


async def keyed(url: str) -> bool:
    """Whether a database holds keys already, which only one key file opens. No where it cannot be asked."""
    file = sqlite_file(url)
    if file and not file.exists():
        return False
    engine = reader(url)  # which waits for no writer
    try:
        async with engine.connect() as connection:
            return bool(await connection.scalar(select(func.count()).select_from(ServiceKey)))
    except (SQLAlchemyError, OSError):
        return False  # the line about the database says why
    finally:
        await engine.dispose()


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield _operator(settings)
    yield Finding(f"time zones: {metadata.version('tzdata')}")
    yield await asyncio.to_thread(clock, settings.bot_api_url, RealClock().now)
    yield _numbers()
    yield _reviews()
    async for finding in _bot(settings):
        yield finding
    key = await _key(settings)
    yield key
    found = await _schema(settings)
    yield found
    if not key.fix and not found.fix:
        yield await _database(settings)
    yield _backups(settings)


def _operator(settings: Settings) -> Finding:
    named = bool(settings.operator_name)
    return Finding("operator", "" if named else "set OPERATOR_NAME, so that people know who could read their chat")


def clock(api_url: str, now: Callable[[], datetime]) -> Finding:
    """Our clock beside that of the Bot API: check-ins are asked by ours."""
    address = urlsplit(api_url)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    try:
        with closing(kind(address.netloc, timeout=10)) as connection:
            connection.request("HEAD", "/")
            off = abs(now() - parsedate_to_datetime(connection.getresponse().headers["Date"]))
    except (OSError, HTTPException, TypeError, ValueError):
        return Finding("clock: not compared, because the Bot API did not tell the time")
    if off > CLOCK_OFF:
        seconds = round(off.total_seconds())
        return Finding("clock", f"it is {seconds} s away from Telegram's: have this machine set its clock by itself")
    return Finding("clock")


def _numbers() -> Finding:
    """How old the numbers are. None verified is the truth of a fresh copy: nothing is broken, nothing is confirmed."""
    lines = [line for country in helplines.countries() for line in country.lines]
    dates = [line.verified_on for line in lines if line.verified_on]
    never = len(lines) - len(dates)
    oldest = f"the oldest check is of {min(dates)}" if dates else "none was checked at the service itself"
    if dates and RealClock().now().date() - min(dates) > helplines.GOOD_FOR:
        return Finding("numbers", f"{oldest}: check them again, and set verified_on in bot/content/helplines")
    if never:
        told = f"{never} of {len(lines)} were never checked at the service itself, and people are told so; "
        return Finding("numbers", look=f"{told}check those of your countries in bot/content/helplines")
    return Finding(f"numbers: {len(lines)} checked, {oldest}")


def _reviews() -> Finding:
    """Whether a clinician has read the words. None is the truth of a fresh copy, and people are told so."""
    done, of = reviews.count()
    told = f"{done} of {of} texts were reviewed by a clinician, and people are told so: docs/content.md"
    return Finding(f"reviews: all {of} texts") if done == of else Finding("reviews", look=told)


async def _bot(settings: Settings) -> AsyncIterator[Finding]:
    """The token, and what @BotFather can be told about the bot that it stands for."""
    if settings.bot_token is None:
        yield Finding("token", "set BOT_TOKEN to the line that @BotFather gave you (without it: the sandbox)")
        return
    messenger = TelegramMessenger(settings.bot_token.get_secret_value(), settings.bot_api_url)
    try:
        await messenger.start()
    except Unauthorized:
        yield Finding("token", "Telegram does not accept BOT_TOKEN; copy it again from @BotFather")
    except DeliveryError:
        yield Finding("token", "Telegram cannot be reached; check the network and BOT_API_URL")
    else:
        yield Finding("token")
        yield Finding("groups", "send /setjoingroups to @BotFather and disable them" if messenger.joins_groups else "")
    finally:
        await messenger.stop()


async def _key(settings: Settings) -> Finding:
    if not settings.key_file.exists():
        if await keyed(settings.database_url):
            lost = f"{settings.key_file} is not there, and the database was made with it"
            return Finding("key", f"{lost}: put it back, or set KEY_FILE; without it nobody's words can be read")
        return Finding("key: made at the first run")
    try:
        Master.load(settings.key_file)
    except KeyFileError as error:
        return Finding("key", str(error))
    return Finding("key")


async def _schema(settings: Settings) -> Finding:
    try:
        current = await schema.at_head(settings.database_url)
    except NewerSchema as error:
        return Finding("schema", str(error))
    except Exception as error:
        if not unavailable(error) and not isinstance(error, OSError):
            raise
        return Finding("database", "it cannot be reached; check DATABASE_URL and that it is running")
    return Finding("schema", "" if current else "run `windbreak migrate`; starting the bot does the same")


async def _database(settings: Settings) -> Finding:
    """Whether the key opens it, and whether it can be written."""
    if not settings.key_file.exists():
        return Finding("database: no key yet, so nobody is in it")
    store = Store(settings.database_url, Master.load(settings.key_file))
    try:
        await store.probe()
    except Unavailable as error:
        return Finding("database", f"it cannot be written ({error})")
    except KeyFileError as error:
        return Finding("database", str(error))
    finally:
        await store.close()
    return Finding("database")


def _backups(settings: Settings) -> Finding:
    """How old the newest copy of the day is. A server's own copies are made by whoever runs that."""
    if sqlite_file(settings.database_url) is None:
        return Finding("backups", look="PostgreSQL is not copied by the bot: use pg_dump (docs/how-to/backup.md)")
    copies = settings.backups
    newest = max((file.stat().st_mtime for file in copies.glob(DAILY)), default=None)
    if newest is None:
        return Finding("backups", look="none yet; the bot makes one each day after 4:00 UTC")
    age = RealClock().now() - datetime.fromtimestamp(newest, UTC)
    if age > BACKUP_OLD:
        return Finding("backups", f"the newest is {age.days} days old: look for action=backup_failed in the log")
    return Finding("backups")
