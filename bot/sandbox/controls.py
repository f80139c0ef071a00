"""What is neither bot nor person: faults, the record of calls, the clock, what changed, and the page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from pydantic import Field, TypeAdapter, model_validator
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import page, parameters
from bot.sandbox.api import Calls
from bot.sandbox.cast import Cast
from bot.sandbox.faults import Faults, Rule
from bot.sandbox.markup import Strict
from bot.sandbox.network import Network
from bot.sandbox.phone import ScreenError
from bot.sandbox.promises import Promises
from bot.sandbox.stream import Stream
from bot.sandbox.world import Json, World

POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
RULES: TypeAdapter[Rule | list[Rule]] = TypeAdapter(Rule | list[Rule])

Move = Callable[[timedelta], None]


class Advance(Strict):
    """How far the clock is moved, in seconds, never back; or `due`: to when the bot next does what it promised."""

    advance: Annotated[float, Field(gt=0, le=366 * 86400)] | None = None
    due: bool = False

    @model_validator(mode="after")
    def _is_one_of_them(self) -> "Advance":
        if (self.advance is None) is not self.due:
            raise ValueError
        return self


class Look(Strict):
    """Which calls to look at: of one method, and after a number."""

    method: str = ""
    after: int = 0


class Controls:
    """The switches of the sandbox."""

    def __init__(
        self,
        world: World,
        faults: Faults,
        calls: Calls,
        cast: Cast,
        network: Network,
        move: Move | None,
        moving: Callable[[], bool],
    ) -> None:
        """`move` advances the clock, where it can be moved; `moving` says whether it still is on its way."""
        self._world = world
        self._faults = faults
        self._calls = calls
        self._move = move
        self._moving = moving
        self.promises: Promises | None = None
        """Those of the bot, where it is one of ours."""
        self._stream = Stream(world, cast, network, self._time, lambda: self.promises)

    def routes(self) -> list[Route]:
        """Where they are found."""
        return [
            Route("/", self.page),
            Route("/faults", self.faults),
            Route("/faults", self.add_faults, methods=["POST"]),
            Route("/faults", self.clear_faults, methods=["DELETE"]),
            Route("/calls", self.calls),
            Route("/events", self.events),
            Route("/clock", self.clock),
            Route("/clock", self.advance, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """`GET /?lang=`: three phones, in a language of ours."""
        headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
        return HTMLResponse(page.write(page.language(request)), headers=headers)

    async def faults(self, _: Request) -> Response:
        """`GET /faults`: the rules in force, with their counts."""
        return JSONResponse([fault.to_json() for fault in self._faults.all])

    async def add_faults(self, request: Request) -> Response:
        """`POST /faults`: one rule or a list of them, as `Rule` describes."""
        rules = RULES.validate_json(await request.body())
        made = [self._faults.add(rule) for rule in (rules if isinstance(rules, list) else [rules])]
        return JSONResponse([fault.to_json() for fault in made])

    async def clear_faults(self, _: Request) -> Response:
        """`DELETE /faults`: all is well again."""
        self._faults.clear()
        return JSONResponse([])

    async def calls(self, request: Request) -> Response:
        """`GET /calls?method=&after=`: what the bot asked for, oldest first."""
        ask = parameters.check(Look, await parameters.read(request))
        return JSONResponse(self._calls.to_json(ask.method, ask.after))

    async def clock(self, _: Request) -> Response:
        """`GET /clock` → `{now, movable, moving}`."""
        return JSONResponse(self._time())

    async def advance(self, request: Request) -> Response:
        """`POST /clock {advance}` or `{due: true}`: seconds later. `moving` while the bot lives through them."""
        ask = parameters.check(Advance, await parameters.read(request))
        if self._move is None:
            raise ScreenError("sandbox-no-clock")
        by = timedelta(seconds=ask.advance) if ask.advance else await self._until_due()
        if by is None:
            raise ScreenError("sandbox-no-promise")
        self._move(by)
        self._world.bell.ring()
        return await self.clock(request)

    async def events(self, _: Request) -> Response:
        """`GET /events`: server-sent events, as `Stream` tells them."""
        headers = {"cache-control": "no-store"}
        return StreamingResponse(self._stream.events(), media_type="text/event-stream", headers=headers)

    def _time(self) -> Json:
        now = self._world.now().isoformat()
        return {"now": now, "movable": self._move is not None, "moving": self._moving()}

    async def _until_due(self) -> timedelta | None:
        now = self._world.now()
        at = await self.promises.next_due(now) if self.promises else None
        return at - now if at else None
