"""Trying the bot out: the real one, a database that is thrown away, and a local Bot API with phones in a web page."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App
from bot.encryption import Master
from bot.meetings.changes import told
from bot.meetings.fetch import AGENT, Fetcher
from bot.meetings.refresh import Entry, import_feed
from bot.run import run
from bot.sandbox import Sandbox, story
from bot.sandbox.clock import LivedClock
from bot.sandbox.phone import ScreenError
from bot.sandbox.promises import Promises
from bot.settings import Settings
from bot.store import Store

MEETINGS = Path(__file__).parent / "sandbox" / "meetings.json"
"""A small list of our own, of places that there are not."""

REST_AT_MOST = timedelta(days=1)
"""On a journey through days the loop says when it wants to come again; looking in between would only cost time."""


class PortTaken(Exception):
    """Another program listens there. One line that says what to do."""


async def try_out(settings: Settings, say: Callable[[str], None], *, port: int = 0, demo: bool = False) -> None:
    """A real HTTP client, an embedded database, a clock that the page moves: until cancelled. Raises PortTaken.

    `demo` begins two weeks ago, with people who use the bot until today.
    """
    clock = LivedClock(story.LENGTH if demo else timedelta())
    sandbox = Sandbox(port=port, clock=clock.now, move=clock.travel, moving=lambda: clock.moving)
    tasks: list[asyncio.Task[None]] = []

    def ready(app: App, store: Store) -> None:
        accompany(sandbox, clock, app, store)
        tasks.append(asyncio.create_task(_open(sandbox, clock, store, say, demo=demo)))

    await _start(sandbox, port)
    try:
        say("This is the sandbox: the real bot, and nothing leaves this machine. Stop it with Ctrl-C. Open:")
        with TemporaryDirectory(prefix="windbreak-") as folder:
            here = _moved(settings, sandbox.address, Path(folder))
            await run(here, sandbox.token, Master.create(here.key_file), clock, ready=ready, rest_at_most=REST_AT_MOST)
    finally:
        for task in tasks:
            task.cancel()
        await sandbox.stop()


def accompany(sandbox: Sandbox, clock: LivedClock, app: App, store: Store) -> None:
    """Tie a bot to the page: its promises are shown, and the clock moves on only when nothing is under way."""

    async def settle() -> None:
        await sandbox.heard()
        await app.rest()

    clock.settle, clock.looked = settle, sandbox.world.bell.ring
    sandbox.show(Promises(store, app.routes.features))


async def _open(sandbox: Sandbox, clock: LivedClock, store: Store, say: Callable[[str], None], *, demo: bool) -> None:
    if demo:
        say("People use it for two weeks first. This takes some seconds.")
        try:
            await story.tell(sandbox, clock)
        except ScreenError as error:
            say(f"It broke off: {error}")
        await import_feed(store, Entry(str(MEETINGS), "NA"), clock.now(), fetcher=Fetcher(AGENT), tell=told)
    say(sandbox.address)


async def serve_api(say: Callable[[str], None], *, port: int = 0) -> None:
    """Only the local Bot API, on the real clock, for a bot that runs elsewhere: until cancelled. Raises PortTaken."""
    sandbox = Sandbox(port=port, move=None)
    await _start(sandbox, port)
    try:
        say("A local Bot API with no bot. Give these to one as BOT_API_URL and BOT_TOKEN:")
        say(sandbox.address)
        say(sandbox.token)
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


async def _start(sandbox: Sandbox, port: int) -> None:
    try:
        await sandbox.start()
    except OSError:
        raise PortTaken(f"Port {port} is taken. Choose another with --port, or leave it out.") from None


def _moved(settings: Settings, api: str, folder: Path) -> Settings:
    """The same settings, but for everything that is kept or reached: nothing touches the real bot's."""
    return settings.model_copy(
        update={
            "bot_api_url": api,
            "data_dir": folder,
            "database_url": f"sqlite:///{folder / 'sandbox.sqlite3'}",
            "key_file": folder / "sandbox.key",
        }
    )
