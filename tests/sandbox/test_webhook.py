"""Updates that are brought to the bot, by a receiver on this machine that says what it is told to say."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest
import telegram

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from bot.sandbox.world import Json
from tests.sandbox.conftest import PATIENCE, Bot, Clock, Finger, until

KEYS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
SECRET = "made-up_secret-1"


@dataclass
class Receiver:
    """Where updates come in. `refuses` are the words of messages that it answers with an error."""

    url: str = ""
    refuses: set[str] = field(default_factory=set)
    more: str = ""
    came: list[Json] = field(default_factory=list)
    taken: list[Json] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode().lower():
                headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
                update = json.loads(await reader.readexactly(int(headers["content-length"])))
                self.came.append(update)
                self.secrets.add(headers.get("x-telegram-bot-api-secret-token"))
                good = update.get("message", {}).get("text") not in self.refuses
                if good:
                    self.taken.append(update)
                status = "204 Fine" if good else "503 Not now"
                writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n{'' if good else self.more}\r\n".encode())
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def has_come(self, times: int) -> None:
        await until(lambda: len(self.came) == times)

    def texts(self, updates: list[Json]) -> list[str]:
        return [
            update["message"]["text"] if "message" in update else update["callback_query"]["data"] for update in updates
        ]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    serving: list[tuple[asyncio.Task[None] | None, asyncio.StreamWriter]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append((asyncio.current_task(), writer))
        await receiver.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/updates"
    yield receiver
    server.close()
    for _, writer in serving:
        writer.transport.abort()
    await asyncio.gather(*(task for task, _ in serving if task))


@pytest.fixture
def phone(sandbox: Sandbox, ana: Finger) -> Phone:
    return Phone(sandbox.world, sandbox.world.people[ana.id])


def rests(sandbox: Sandbox) -> bool:
    """Nothing is on its way to the receiver, nor an answer back."""
    assert sandbox.world.hook is not None
    return not sandbox.world.hook.under_way


async def later(http: httpx.AsyncClient, seconds: int) -> None:
    await http.post("/clock", json={"advance": seconds})


async def test_updates_are_brought_in_order_with_the_secret(
    bot: Bot, phone: Phone, receiver: Receiver, sandbox: Sandbox
) -> None:
    phone.say("before")
    await bot.does("setWebhook", url=receiver.url, secret_token=SECRET, max_connections=2)
    for word in ("one", "two", "three"):
        phone.say(word)
    await until(lambda: len(receiver.taken) == 4)
    assert receiver.texts(receiver.came) == ["before", "one", "two", "three"]
    assert receiver.secrets == {SECRET}
    telegram.Update.de_json(receiver.taken[0])
    await until(lambda: not sandbox.world.updates.pending())
    info = await bot.does("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (receiver.url, 0, 2)
    assert "last_error_message" not in info


async def test_an_update_that_is_not_taken_is_tried_at_once_and_then_ever_more_rarely(
    bot: Bot, phone: Phone, receiver: Receiver, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    receiver.refuses = {"bad"}
    await bot.does("setWebhook", url=receiver.url)
    phone.say("bad")
    await receiver.has_come(2)
    for tries, wait in enumerate((2, 4, 8, 16, 32), start=2):
        await until(lambda: rests(sandbox))
        await later(http, wait - 1)
        assert rests(sandbox), f"not before {wait} seconds"
        await later(http, 1)
        await receiver.has_come(tries + 1)
    assert (await bot.does("getWebhookInfo"))["last_error_message"] == "Wrong response from the webhook: 503"
    for tries in (8, 9, 10):  # from now on between one and two minutes, however often it fails
        await until(lambda: rests(sandbox))
        await later(http, 120)
        await receiver.has_come(tries)


async def test_a_receiver_may_ask_for_a_longer_wait(
    bot: Bot, phone: Phone, receiver: Receiver, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    receiver.refuses, receiver.more = {"bad"}, "Retry-After: 40\r\n"
    await bot.does("setWebhook", url=receiver.url)
    phone.say("bad")
    await until(lambda: len(receiver.came) == 1)
    await until(lambda: rests(sandbox))
    await later(http, 39)
    assert rests(sandbox)
    receiver.refuses.clear()
    await later(http, 1)
    await until(lambda: receiver.texts(receiver.taken) == ["bad"])


async def test_a_refused_message_holds_up_its_chat_and_neither_taps_nor_others(
    bot: Bot, ana: Finger, phone: Phone, stranger: Finger, receiver: Receiver, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    receiver.refuses = {"bad"}
    await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=KEYS)
    await bot.does("setWebhook", url=receiver.url)
    phone.say("bad")
    phone.say("after it")
    await ana.does("tap", label="Yes")
    await stranger.does("start")
    await until(lambda: len(receiver.taken) == 2)
    assert sorted(receiver.texts(receiver.taken)) == ["/start", "y"], "the tap has overtaken the words before it"
    receiver.refuses.clear()
    await until(lambda: rests(sandbox))
    await later(http, 2)
    await until(lambda: receiver.texts(receiver.taken)[2:] == ["bad", "after it"])


async def test_what_is_too_old_is_not_brought_any_more(
    bot: Bot, ana: Finger, phone: Phone, receiver: Receiver, http: httpx.AsyncClient, clock: Clock
) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=KEYS)
    await ana.does("tap", label="Yes")
    phone.say("yesterday")
    clock.move(timedelta(seconds=151))
    phone.say("today")
    await bot.does("setWebhook", url=receiver.url)
    await until(lambda: len(receiver.taken) == 2)
    assert receiver.texts(receiver.taken) == ["yesterday", "today"]


async def test_nobody_there_is_no_end(bot: Bot, phone: Phone, http: httpx.AsyncClient) -> None:
    await bot.does("setWebhook", url="http://127.0.0.1:9/updates")
    phone.say("Hello")
    async with asyncio.timeout(PATIENCE):
        while "last_error_message" not in (info := await bot.does("getWebhookInfo")):
            pass
    assert info["last_error_message"] == "Webhook connection failed: ConnectError"
    assert info["pending_update_count"] == 1
    assert await bot.does("deleteWebhook")
    assert len(await bot.hears()) == 1


async def test_fetching_is_a_conflict_while_a_webhook_is_set(bot: Bot, sandbox: Sandbox, receiver: Receiver) -> None:
    poll = asyncio.create_task(bot.is_told("getUpdates", timeout=50))
    await until(lambda: any(call.method == "getUpdates" for call in sandbox.calls.all))
    await bot.does("setWebhook", url=receiver.url, allowed_updates=["message"])
    assert await poll == "Conflict: terminated by setWebhook request"
    told = await bot.is_told("getUpdates")
    assert told.startswith("Conflict: can't use getUpdates method while webhook is active")
    assert (await bot.does("getWebhookInfo"))["allowed_updates"] == ["message"]
    await bot.does("setWebhook", url="")
    assert await bot.hears() == []


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x",
        "http://example.org",
        "http://127.0.0.1.example.org/",
        "http://127.0.0.1@example.org/",
        "ftp://localhost",
        "http://localhost:65536/",
        "localhost",
    ],
)
async def test_nothing_outside_this_machine_is_ever_called(bot: Bot, url: str) -> None:
    assert "the sandbox calls nobody" in await bot.is_told("setWebhook", url=url)
    assert (await bot.does("getWebhookInfo"))["url"] == ""


async def test_a_secret_has_the_letters_that_a_header_takes(bot: Bot, receiver: Receiver) -> None:
    assert "secret_token" in await bot.is_told("setWebhook", url=receiver.url, secret_token="a b")
