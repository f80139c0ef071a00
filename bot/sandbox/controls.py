"""What is neither bot nor person: faults, the record of calls, the clock, what changed, and the page."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from importlib.resources import files
from typing import Annotated

from pydantic import Field, TypeAdapter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import parameters
from bot.sandbox.api import Calls
from bot.sandbox.faults import Faults, Rule
from bot.sandbox.markup import Strict
from bot.sandbox.world import World

BREATH = 15
"""Seconds of silence after which the stream says that it is alive, so that a dead one is noticed."""
POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
RULES: TypeAdapter[Rule | list[Rule]] = TypeAdapter(Rule | list[Rule])

Move = Callable[[timedelta], None]


class Advance(Strict):
    """How far the clock is moved, in seconds. Never back."""

    advance: Annotated[float, Field(gt=0, le=366 * 86400)]


class Look(Strict):
    """Which calls to look at: of one method, and after a number."""

    method: str = ""
    after: int = 0


class Controls:
    """The switches of the sandbox."""

    def __init__(self, world: World, faults: Faults, calls: Calls, move: Move | None) -> None:
        """`move` advances the clock, where it can be moved."""
        self._world = world
        self._faults = faults
        self._calls = calls
        self._move = move

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

    async def page(self, _: Request) -> Response:
        """`GET /`: one phone."""
        words = files("bot.sandbox").joinpath("page.html").read_text(encoding="utf-8")
        return HTMLResponse(words, headers={"content-security-policy": POLICY, "cache-control": "no-store"})

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
        """`GET /clock` → `{now, movable}`."""
        return JSONResponse({"now": self._world.now().isoformat(), "movable": self._move is not None})

    async def advance(self, request: Request) -> Response:
        """`POST /clock {advance}`: seconds later."""
        ask = parameters.check(Advance, await parameters.read(request))
        if self._move is None:
            return JSONResponse({"error": "This clock cannot be moved."}, 409)
        self._move(timedelta(seconds=ask.advance))
        self._world.bell.ring()
        return await self.clock(request)

    async def events(self, _: Request) -> Response:
        """`GET /events`: server-sent events, one empty-handed line at every change."""
        return StreamingResponse(self._changes(), media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def _changes(self) -> AsyncIterator[str]:
        yield "data: here\n\n"
        while not self._world.bell.stopped:
            yield "data: changed\n\n" if await self._world.bell.wait(BREATH) else ": still here\n\n"
