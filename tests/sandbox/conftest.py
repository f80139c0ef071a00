"""A sandbox on a real socket, with a clock that only the test moves."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox
from tests.judges import Judges

Json = dict[str, Any]
PATIENCE = 10
"""Seconds until a test gives up on an answer."""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def read(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


class Bot:
    """The bot's side: calls methods, and keeps the raw answers."""

    def __init__(self, sandbox: Sandbox, http: httpx.AsyncClient) -> None:
        self.path = f"/bot{sandbox.token}"
        self.http = http

    async def call(self, method: str, **parameters: Any) -> Json:
        answer = await self.http.post(f"{self.path}/{method}", json=parameters)
        told: Json = answer.json()
        assert told["ok"] is (answer.status_code == 200)
        assert told.get("error_code", 200) == answer.status_code
        return told

    async def does(self, method: str, **parameters: Any) -> Any:
        told = await self.call(method, **parameters)
        assert told["ok"], told
        return told["result"]

    async def hears(self, **parameters: Any) -> list[Json]:
        updates: list[Json] = await self.does("getUpdates", **parameters)
        return updates

    async def is_told(self, method: str, **parameters: Any) -> str:
        """The words of a refusal."""
        told = await self.call(method, **parameters)
        assert not told["ok"], told
        return str(told["description"])


class Finger:
    """A person's side: what they do over HTTP, and what they see."""

    def __init__(self, number: int, http: httpx.AsyncClient) -> None:
        self.id = number
        self.http = http

    async def tries(self, act: str, **what: Any) -> httpx.Response:
        return await self.http.post(f"/people/{self.id}/{act}", json=what)

    async def does(self, act: str, **what: Any) -> Json:
        answer = await self.tries(act, **what)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def sees(self) -> Json:
        screen: Json = (await self.http.get(f"/people/{self.id}/screen")).json()
        return screen

    async def reads(self) -> list[str]:
        return [message["text"] for message in (await self.sees())["messages"]]


async def heard(events: httpx.Response) -> AsyncIterator[tuple[str, Any]]:
    """Server-sent events as a browser reads them: the name of each, and what it says."""
    name = ""
    async for line in events.aiter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


async def until(true: Callable[[], bool]) -> None:
    """Let everyone else go on until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110  the sandbox has no event for a test to wait on
            await asyncio.sleep(0)


@pytest.fixture
def judges() -> Judges:
    return Judges()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock, judges: Judges) -> AsyncIterator[Sandbox]:
    """A sandbox whose every answer both judges have to take."""
    sandbox = Sandbox(clock=clock.read, move=clock.move)
    sandbox.calls.listeners.append(judges.hear)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()
    assert judges.objections == []


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=sandbox.address, timeout=PATIENCE, trust_env=False) as client:
        yield client


@pytest.fixture
def bot(sandbox: Sandbox, http: httpx.AsyncClient) -> Bot:
    return Bot(sandbox, http)


@pytest.fixture
async def stranger(http: httpx.AsyncClient) -> Finger:
    """Cai, who has the app and never pressed Start."""
    return Finger((await http.post("/people", json={"name": "Cai", "language_code": "en"})).json()["id"], http)


@pytest.fixture
async def ana(http: httpx.AsyncClient, bot: Bot) -> Finger:
    """Ana, who has pressed Start, and whose Start the bot has confirmed."""
    ana = Finger((await http.post("/people", json={"name": "Ana", "language_code": "pt-br"})).json()["id"], http)
    await ana.does("start")
    [update] = await bot.hears()
    assert await bot.hears(offset=update["update_id"] + 1) == []
    return ana
