"""A scripted Bot API on loopback, and a messenger that talks to it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta

import pytest

from bot.telegram.messenger import TelegramMessenger
from tests.telegram.wire import SECRET, TOKEN, Wire


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """A Bot API that answers as it is told."""
    wire = Wire()
    connections: dict[asyncio.Task[None] | None, asyncio.StreamWriter] = {}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections[asyncio.current_task()] = writer
        await wire.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield wire
    server.close()
    for writer in connections.values():
        writer.transport.abort()
    await asyncio.gather(*(task for task in connections if task))


@pytest.fixture
async def messenger(wire: Wire) -> AsyncIterator[TelegramMessenger]:
    """A messenger that gives up on a silent Telegram after a fifth of a second."""
    messenger = TelegramMessenger(TOKEN, wire.url, patience=timedelta(seconds=0.2))
    yield messenger
    await messenger.stop()


@pytest.fixture
def refusing_url() -> Iterator[str]:
    """An address where nobody listens: the port is held, so that nobody can come to it meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
def tells_nothing() -> Callable[[BaseException], None]:
    """Fails for an exception that shows the token, or hides another behind it that could."""

    def check(error: BaseException) -> None:
        assert error.__cause__ is None
        assert error.__context__ is None
        assert SECRET not in f"{error!s}{error!r}{error.args!r}{vars(error)!r}"

    return check
