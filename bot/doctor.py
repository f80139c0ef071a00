"""A look at everything the settings point at: each line says ok, or what to fix."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from importlib import metadata

from bot import schema
from bot.chat import DeliveryError, Unauthorized
from bot.encryption import KeyFileError, Master
from bot.engine import unavailable
from bot.schema import NewerSchema
from bot.settings import Settings
from bot.store import Store, Unavailable
from bot.telegram.messenger import TelegramMessenger


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `fix` is empty where all is well."""

    what: str
    fix: str = ""

    def __str__(self) -> str:
        """As it is printed."""
        return f"fix  {self.what}: {self.fix}" if self.fix else f"ok   {self.what}"


async def examine(settings: Settings, say: Callable[[str], None]) -> int:
    """Say one line for each thing looked at. 0 if all is well, else 1."""
    wrong = False
    async for finding in _findings(settings):
        say(str(finding))
        wrong = wrong or bool(finding.fix)
    return int(wrong)


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield _operator(settings)
    yield Finding(f"time zones: {metadata.version('tzdata')}")
    yield await _token(settings)
    key = _key(settings)
    yield key
    found = await _schema(settings)
    yield found
    if not key.fix and not found.fix:
        yield await _database(settings)


def _operator(settings: Settings) -> Finding:
    named = bool(settings.operator_name)
    return Finding("operator", "" if named else "set OPERATOR_NAME, so that people know who could read their chat")


async def _token(settings: Settings) -> Finding:
    if settings.bot_token is None:
        return Finding("token", "set BOT_TOKEN to the line that @BotFather gave you (without it: the sandbox)")
    messenger = TelegramMessenger(settings.bot_token.get_secret_value(), settings.bot_api_url)
    try:
        await messenger.start()
    except Unauthorized:
        return Finding("token", "Telegram does not accept BOT_TOKEN; copy it again from @BotFather")
    except DeliveryError:
        return Finding("token", "Telegram cannot be reached; check the network and BOT_API_URL")
    finally:
        await messenger.stop()
    return Finding("token")


def _key(settings: Settings) -> Finding:
    if not settings.key_file.exists():
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
