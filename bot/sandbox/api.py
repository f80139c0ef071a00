"""The Bot API over HTTP: token, parameters, faults, the method, and a record of every call."""

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import objects, parameters
from bot.sandbox.downloads import Downloads
from bot.sandbox.faults import QUEUED, Faults, Rule
from bot.sandbox.methods import METHODS
from bot.sandbox.refusal import OTHER_POLL, RefusalError
from bot.sandbox.updates import ConflictError
from bot.sandbox.wire import Hangup
from bot.sandbox.world import Json, World

REMEMBERED = 50_000
BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
KNOWN = {name.lower(): name for name in (*METHODS, "getUpdates")}
"""Telegram does not mind upper and lower case in the name of a method."""


@dataclass(slots=True, kw_only=True)
class Call:
    """One call as it came. `effect`: it did what it asks. `accepted`: and the bot was told so."""

    number: int
    method: str
    parameters: Json
    at: str
    effect: bool = False
    accepted: bool = False
    fault: str = ""
    error: str = ""
    message_id: int | None = None


class Calls:
    """The last calls, oldest first."""

    def __init__(self) -> None:
        """Silence so far."""
        self._numbers = count(1)
        self.all: deque[Call] = deque(maxlen=REMEMBERED)

    def add(self, method: str, given: Json, at: str) -> Call:
        """A call has come in."""
        call = Call(number=next(self._numbers), method=method, parameters=given, at=at)
        self.all.append(call)
        return call

    def to_json(self, method: str = "", after: int = 0) -> list[Json]:
        """All, or those of one method, that came after a number."""
        return [asdict(call) for call in self.all if call.number > after and method in ("", call.method)]


class BotApi:
    """Answers `/bot<token>/<method>`."""

    def __init__(self, world: World, faults: Faults, token: str) -> None:
        """`token` is the only one that is let in."""
        self.calls = Calls()
        self._world = world
        self._faults = faults
        self._token = token
        self._downloads = Downloads(world, token)

    def routes(self) -> list[Route]:
        """Where it is found."""
        return [Route("/bot{token}/{method}", self.answer, methods=["GET", "POST"]), *self._downloads.routes()]

    async def answer(self, request: Request) -> Response:
        """One call from its request to its answer, or to the fault that it meets."""
        try:
            call = await self._take(request)
        except RefusalError as no:
            return _refused(no)
        rule = self._faults.strike(call.method, _chat(call.parameters))
        if rule is None:
            return await self._perform(call)
        call.fault = rule.do
        if rule.do in QUEUED:
            self._disturb(rule)
            return await self._perform(call)
        return await self._spoil(call, rule)

    async def _take(self, request: Request) -> Call:
        if not secrets.compare_digest(request.path_params["token"].encode(), self._token.encode()):
            raise RefusalError(401)
        asked = request.path_params["method"]
        name = KNOWN.get(asked.lower(), asked)
        call = self.calls.add(name, {}, self._world.now().isoformat())
        try:
            call.parameters = await parameters.read(request)
            if name.lower() not in KNOWN:
                raise RefusalError(501, f"the sandbox has no method {name}")
        except RefusalError as no:
            call.error = str(no)
            raise
        return call

    async def _perform(self, call: Call) -> Response:
        """Do what the call asks and say so."""
        try:
            result = await self._do(call)
        except RefusalError as no:
            call.error = str(no)
            return _refused(no)
        call.effect = call.accepted = True
        if isinstance(result, dict):
            call.message_id = result.get("message_id")
        return JSONResponse({"ok": True, "result": result})

    async def _do(self, call: Call) -> Any:
        if call.method != "getUpdates":
            model, act = METHODS[call.method]
            return act(self._world, parameters.check(model, call.parameters))
        ask = parameters.check(parameters.GetUpdates, call.parameters)
        if ask.allowed_updates is not None:
            self._world.updates.allowed = ask.allowed_updates
        try:
            return await self._world.updates.poll(ask.offset, ask.limit, ask.timeout)
        except ConflictError:
            raise RefusalError(409, OTHER_POLL) from None

    async def _spoil(self, call: Call, rule: Rule) -> Response:
        """A call that goes wrong, with its effect before, after or never."""
        answer = await self._perform(call) if rule.when == "before" else None
        await self._world.bell.hold(rule.seconds)
        if rule.when == "after":
            answer = await self._perform(call)
        if rule.do == "hang" and answer is not None:
            return answer
        call.accepted = False
        return BROKEN[rule.do](rule)

    def _disturb(self, rule: Rule) -> None:
        if rule.do == "duplicate":
            self._world.updates.repeat(rule.chat)
        else:
            self._world.updates.add("message", rule.chat or 0, _poison(self._world, rule.chat))


def _chat(given: Json) -> int | None:
    """The chat a call is about, as far as can be told before it is checked."""
    try:
        return int(given["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _refused(no: RefusalError) -> Response:
    return JSONResponse(no.to_json(), no.code, no.headers())


def _poison(world: World, chat: int | None) -> Json:
    """A message whose date is a word: legal JSON that no parser of Telegram's objects expects."""
    sender = world.people.get(chat or 0)
    known = {"from": objects.user(sender), "chat": objects.chat(world, sender.id)} if sender else {}
    return known | {"message_id": 1, "date": "yesterday", "text": "?"}


BROKEN: dict[str, Callable[[Rule], Response]] = {
    "drop_before": lambda _: Hangup(),
    "drop_after": lambda _: Hangup(),
    "hang": lambda _: Hangup(),
    "reset": lambda _: Hangup(reset=True),
    "429": lambda rule: _refused(RefusalError.too_fast(rule.retry_after)),
    "500": lambda _: _refused(RefusalError(500)),
    "502": lambda _: HTMLResponse(BAD_GATEWAY, 502),
    "409": lambda _: _refused(RefusalError(409, OTHER_POLL)),
}
"""What a spoiled call is answered with. A hang ends so only when the call never had its effect."""
