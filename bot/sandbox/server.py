"""The sandbox as one thing to start and stop: a local Bot API, people, a page."""

import asyncio
import secrets
import string
from collections.abc import Callable
from datetime import UTC, datetime

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from uvicorn.server import ServerState

from bot.sandbox.api import BotApi
from bot.sandbox.cast import Cast
from bot.sandbox.controls import Controls, Move
from bot.sandbox.courier import Courier
from bot.sandbox.faults import Faults
from bot.sandbox.network import Network
from bot.sandbox.people import ERRORS, People
from bot.sandbox.promises import Promises
from bot.sandbox.wire import Door, Line
from bot.sandbox.world import World

HOST = "127.0.0.1"
KEEP_ALIVE = 75
"""Seconds. Longer than clients keep an idle connection: one that we closed first could be a fault nobody asked for."""
SECRET_LENGTH = 35
LETTERS = string.ascii_letters + string.digits + "_-"


def _utc() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """A local Bot API on loopback, in this process and in memory, with people who have phones.

    Runs on the loop that starts it, without signal handlers, and says nothing in the log. `world`, `faults` and
    `calls` may be looked at by whoever embeds it.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        clock: Callable[[], datetime] = _utc,
        move: Move | None = None,
        moving: Callable[[], bool] = lambda: False,
        rates: bool = False,
    ) -> None:
        """`port` 0 takes any free one. `clock` gives aware UTC; `move` advances it, where that is possible.

        `moving` says whether the clock is still on its way. `rates`: whether what the bot sends too fast is refused
        with 429, as Telegram does.
        """
        number = 4_000_000_000 + secrets.randbelow(1_000_000_000)
        self.token = f"{number}:{''.join(secrets.choice(LETTERS) for _ in range(SECRET_LENGTH))}"
        self.world = World(number, clock, first_update=100_000_000 + secrets.randbelow(800_000_000))
        self.faults = Faults()
        api = BotApi(self.world, self.faults, self.token, rates=rates)
        self.calls = api.calls
        self._courier = Courier(self.world)
        self.cast = Cast(self.world)
        network = Network(self.world)
        self._controls = Controls(self.world, self.faults, self.calls, self.cast, network, move, moving)
        people = People(self.world, self.cast, network)
        self._app = Starlette(
            routes=[*api.routes(), *people.routes(), *self._controls.routes()],
            middleware=[Middleware(Door)],
            exception_handlers=dict(ERRORS),
        )
        self._port = port
        self._state = ServerState()
        self._server: asyncio.Server | None = None

    def show(self, promises: Promises) -> None:
        """Show on the page what a bot has promised."""
        self._controls.promises = promises
        self.world.bell.ring()

    async def heard(self) -> None:
        """Wait until the bot has taken every update in."""
        while self.world.updates.pending() and not self.world.bell.stopped:
            await self.world.bell.wait(1)

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT`, for `BOT_API_URL` and for a browser. Known once started."""
        return f"http://{HOST}:{self._port}"

    async def start(self) -> None:
        """Listen. Raises OSError if the port is taken."""
        config = uvicorn.Config(
            self._app,
            http=Line,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE,
        )
        config.load()
        # uvicorn's own Server takes over signals and a tenth of a second at each end; its protocol needs neither.
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Line(config, self._state, {}), HOST, self._port
        )
        self._port = self._server.sockets[0].getsockname()[1]
        self._courier.start()

    async def stop(self) -> None:
        """End open polls, streams and held calls, and stop listening."""
        if self._server is None:
            return
        self._server.close()
        self.world.bell.stop()
        for connection in list(self._state.connections):
            connection.transport.abort()
        await asyncio.gather(*self._state.tasks)
        await self._courier.stop()
        await self._server.wait_closed()
        self._server = None
