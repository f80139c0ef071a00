"""Trying the bot out: the real one, a database that is thrown away, and a local Bot API with phones in a web page."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import MovableClock
from bot.encryption import Master
from bot.run import run
from bot.sandbox import Sandbox
from bot.settings import Settings


class PortTaken(Exception):
    """Another program listens there. One line that says what to do."""


async def try_out(settings: Settings, say: Callable[[str], None], *, port: int = 0) -> None:
    """A real HTTP client, an embedded database, a clock that the page moves: until cancelled. Raises PortTaken."""
    clock = MovableClock()
    sandbox = Sandbox(port=port, clock=clock.now, move=clock.move)
    await _start(sandbox, port)
    try:
        say("This is the sandbox: the real bot, and nothing leaves this machine. Stop it with Ctrl-C. Open:")
        with TemporaryDirectory(prefix="windbreak-") as folder:
            here = _moved(settings, sandbox.address, Path(folder))
            await run(here, sandbox.token, Master.create(here.key_file), clock, ready=lambda: say(sandbox.address))
    finally:
        await sandbox.stop()


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
