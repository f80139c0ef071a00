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
from bot.sandbox.rates import Rates, Switch
from bot.sandbox.refusal import OTHER_POLL, WEBHOOK_SET, RefusalError
from bot.sandbox.updates import ConflictError, GetUpdates
from bot.sandbox.wire import Hangup
from bot.sandbox.world import Json, World

REMEMBERED = 50_000
NO_DATE = "yesterday"
"""What a poisoned message has in the place of its date."""
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
        self.listeners: list[Callable[[Call, Any], None]] = []
        """Who hears of each call that had its effect, with its result: the tests' judges."""

    def add(self, method: str, given: Json, at: str) -> Call:
        """A call has come in."""
        call = Call(number=next(self._numbers), method=method, parameters=given, at=at)
        self.all.append(call)
        return call

    def done(self, call: Call, result: Any) -> None:
        """A call has had its effect."""
        call.effect = call.accepted = True
        if isinstance(result, dict):
            call.message_id = result.get("message_id")
        for listener in self.listeners:
            listener(call, result)

    def to_json(self, method: str = "", after: int = 0) -> list[Json]:
        """All, or those of one method, that came after a number."""
        return [asdict(call) for call in self.all if call.number > after and method in ("", call.method)]


class BotApi:
    """Answers `/bot<token>/<method>`."""

    def __init__(self, world: World, faults: Faults, token: str, *, rates: bool) -> None:
        """`token` is the only one that is let in. `rates`: whether what comes too fast is refused."""
        self.calls = Calls()
        self.rates = Rates(world.now, on=rates)
        self._world = world
        self._faults = faults
        self._token = token
        self._downloads = Downloads(world, token)

    def routes(self) -> list[Route]:
        """Where it is found."""
        return [
            Route("/bot{token}/{method}", self.answer, methods=["GET", "POST"]),
            Route("/rates", self.switch_rates, methods=["GET", "POST"]),
            *self._downloads.routes(),
        ]

    async def answer(self, request: Request) -> Response:
        """One call from its request to its answer, or to the fault that it meets."""
        try:
            call, given = await self._take(request)
        except RefusalError as no:
            return _refused(no)
        rule = self._faults.strike(call.method, _chat(given))
        if rule is None:
            return await self._perform(call, given)
        call.fault = rule.do
        if rule.do in QUEUED:
            self._disturb(rule)
            return await self._perform(call, given)
        return await self._spoil(call, given, rule)

    async def switch_rates(self, request: Request) -> Response:
        """`GET /rates` → `{on}`; `POST /rates {on}`: whether what comes too fast is refused with 429."""
        if request.method == "POST":
            self.rates.on = parameters.check(Switch, await parameters.read(request)).on
        return JSONResponse({"on": self.rates.on})

    async def _take(self, request: Request) -> tuple[Call, Json]:
        if not secrets.compare_digest(request.path_params["token"].encode(), self._token.encode()):
            raise RefusalError(401)
        asked = request.path_params["method"]
        name = KNOWN.get(asked.lower(), asked)
        call = self.calls.add(name, {}, self._world.now().isoformat())
        try:
            given = await parameters.read(request)
            call.parameters = parameters.described(given)
            if name.lower() not in KNOWN:
                raise RefusalError(501, f"the sandbox has no method {name}")
        except RefusalError as no:
            call.error = str(no)
            raise
        return call, given

    async def _perform(self, call: Call, given: Json) -> Response:
        """Do what the call asks and say so."""
        try:
            self.rates.take(call.method, _chat(given))
            result = await self._do(call.method, given)
        except RefusalError as no:
            call.error = str(no)
            return _refused(no)
        self.calls.done(call, result)
        return JSONResponse({"ok": True, "result": result})

    async def _do(self, method: str, given: Json) -> Any:
        if method != "getUpdates":
            model, act = METHODS[method]
            return act(self._world, parameters.check(model, given))
        ask = parameters.check(GetUpdates, given)
        if self._world.hook:
            raise RefusalError(409, WEBHOOK_SET)
        if ask.allowed_updates is not None:
            self._world.updates.allowed = ask.allowed_updates
        try:
            return await self._world.updates.poll(ask.offset, ask.limit, ask.timeout)
        except ConflictError as conflict:
            raise RefusalError(409, str(conflict)) from None

    async def _spoil(self, call: Call, given: Json, rule: Rule) -> Response:
        """A call that goes wrong, with its effect before, after or never."""
        answer = await self._perform(call, given) if rule.when == "before" else None
        await self._world.bell.hold(rule.seconds)
        if rule.when == "after":
            answer = await self._perform(call, given)
        if rule.do == "hang" and answer is not None:
            return answer
        call.accepted = False
        return BROKEN[rule.do](rule)

    def _disturb(self, rule: Rule) -> None:
        if rule.do == "duplicate":
            self._world.updates.repeat(rule.chat)
        elif rule.do == "reorder":
            self._world.updates.swap(rule.chat)
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
    return known | {"message_id": 1, "date": NO_DATE, "text": "?"}


BROKEN: dict[str, Callable[[Rule], Response]] = {
    "drop_before": lambda _: Hangup(),
    "drop_after": lambda _: Hangup(),
    "hang": lambda _: Hangup(),
    "reset": lambda _: Hangup(reset=True),
    "429": lambda rule: _refused(RefusalError.too_fast(rule.retry_after)),
    "500": lambda _: _refused(RefusalError(500)),
    "refuse": lambda rule: _refused(RefusalError(rule.code or 400, rule.words)),
    "502": lambda _: HTMLResponse(BAD_GATEWAY, 502),
    "409": lambda _: _refused(RefusalError(409, OTHER_POLL)),
}
"""What a spoiled call is answered with. A hang ends so only when the call never had its effect."""
