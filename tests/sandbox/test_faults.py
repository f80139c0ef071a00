"""Each fault as the bot's own HTTP client meets it."""

import asyncio
from typing import Any

import httpx
import pytest
from telegram import Update

from bot.sandbox import Sandbox
from tests.sandbox.conftest import PATIENCE, Bot, Clock, Finger, until


@pytest.fixture
def breaks(http: httpx.AsyncClient) -> Any:
    async def breaks(**rule: Any) -> None:
        answer = await http.post("/faults", json=rule)
        assert answer.status_code == 200, answer.text

    return breaks


async def counts(http: httpx.AsyncClient) -> tuple[int, int]:
    [rule] = (await http.get("/faults")).json()
    return rule["reached"], rule["fired"]


async def test_dropped_before_the_effect(sandbox: Sandbox, bot: Bot, ana: Finger, breaks: Any) -> None:
    await breaks(do="drop_before", method="sendMessage", times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        await bot.call("sendMessage", chat_id=ana.id, text="Lost")
    assert await ana.reads() == ["/start"]
    await bot.does("sendMessage", chat_id=ana.id, text="Again")
    assert await ana.reads() == ["/start", "Again"]
    lost, again = [call for call in sandbox.calls.all if call.method == "sendMessage"]
    assert (lost.effect, lost.accepted, lost.fault) == (False, False, "drop_before")
    assert (again.effect, again.accepted, again.fault) == (True, True, "")


async def test_dropped_after_the_effect(sandbox: Sandbox, bot: Bot, ana: Finger, breaks: Any) -> None:
    await breaks(do="drop_after", method="sendMessage")
    with pytest.raises(httpx.RemoteProtocolError):
        await bot.call("sendMessage", chat_id=ana.id, text="Arrived")
    assert await ana.reads() == ["/start", "Arrived"]
    [call] = [call for call in sandbox.calls.all if call.method == "sendMessage"]
    assert (call.effect, call.accepted) == (True, False)


@pytest.mark.parametrize(("effect", "seen"), [("none", ["/start"]), ("before", ["/start", "x"])])
async def test_a_reset_with_and_without_its_effect(
    bot: Bot, ana: Finger, breaks: Any, effect: str, seen: list[str]
) -> None:
    await breaks(do="reset", method="sendMessage", effect=effect)
    with pytest.raises(httpx.ReadError) as error:
        await bot.call("sendMessage", chat_id=ana.id, text="x")
    causes, cause = [], error.value.__cause__ or error.value.__context__
    while cause is not None:
        causes.append(type(cause))
        cause = cause.__cause__ or cause.__context__
    assert ConnectionResetError in causes
    assert await ana.reads() == seen


@pytest.mark.parametrize(
    ("effect", "meanwhile", "finally_"),
    [("before", ["/start", "x"], ["/start", "x"]), ("after", ["/start"], ["/start", "x"])],
)
async def test_a_held_call_has_its_effect_before_or_after(
    sandbox: Sandbox, bot: Bot, ana: Finger, breaks: Any, effect: str, meanwhile: list[str], finally_: list[str]
) -> None:
    await breaks(do="hang", method="sendMessage", seconds=0.2, effect=effect)
    call = asyncio.create_task(bot.does("sendMessage", chat_id=ana.id, text="x"))
    await until(lambda: any(call.fault for call in sandbox.calls.all))
    assert await ana.reads() == meanwhile
    await call
    assert await ana.reads() == finally_


async def test_a_client_that_gives_up_on_a_held_call(bot: Bot, ana: Finger, breaks: Any) -> None:
    await breaks(do="hang", method="sendMessage", seconds=60, effect="before")
    with pytest.raises(httpx.ReadTimeout):
        await bot.http.post(f"{bot.path}/sendMessage", json={"chat_id": ana.id, "text": "x"}, timeout=0.05)
    assert await ana.reads() == ["/start", "x"]


async def test_a_held_call_that_never_happens_ends_without_an_answer(bot: Bot, ana: Finger, breaks: Any) -> None:
    await breaks(do="hang", method="sendMessage", effect="none")
    with pytest.raises(httpx.RemoteProtocolError):
        await bot.call("sendMessage", chat_id=ana.id, text="x")
    assert await ana.reads() == ["/start"]


async def test_too_many_requests_for_one_chat_only(
    bot: Bot, ana: Finger, stranger: Finger, breaks: Any, http: httpx.AsyncClient
) -> None:
    await stranger.does("start")
    await breaks(do="429", chat=ana.id, retry_after=7)
    answer = await http.post(f"{bot.path}/sendMessage", data={"chat_id": str(ana.id), "text": "x"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    await bot.does("sendMessage", chat_id=stranger.id, text="x")
    assert await counts(http) == (1, 1)


async def test_servers_that_are_unwell(bot: Bot, ana: Finger, breaks: Any) -> None:
    await breaks(do="500", method="sendMessage", nth=1)
    await breaks(do="502", method="sendMessage", nth=1, effect="before")
    assert await bot.is_told("sendMessage", chat_id=ana.id, text="x") == "Internal Server Error"
    html = await bot.http.post(f"{bot.path}/sendMessage", json={"chat_id": ana.id, "text": "x"})
    assert (html.status_code, html.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert await ana.reads() == ["/start", "x"]


async def test_another_poller_that_is_not_there(bot: Bot, breaks: Any) -> None:
    await breaks(do="409", method="getUpdates", times=1)
    assert (await bot.is_told("getUpdates")).startswith("Conflict: terminated by other getUpdates request")
    assert await bot.hears() == []


async def test_any_refusal_that_telegram_knows(bot: Bot, ana: Finger, breaks: Any, http: httpx.AsyncClient) -> None:
    await breaks(do="refuse", code=403, words="user is deactivated", method="sendMessage", times=1)
    assert await bot.is_told("sendMessage", chat_id=ana.id, text="x") == "Forbidden: user is deactivated"
    assert await ana.reads() == ["/start"]
    for nonsense in ({"do": "refuse"}, {"do": "refuse", "code": 299}, {"do": "500", "code": 400}):
        assert (await http.post("/faults", json=nonsense)).status_code == 400


async def test_the_newest_update_overtakes_the_one_before_it_and_nothing_that_was_handed_over(
    bot: Bot, ana: Finger, breaks: Any
) -> None:
    await ana.does("say", text="old")
    [old] = await bot.hears()
    await breaks(do="reorder", chat=ana.id, times=1)
    await ana.does("say", text="one")
    assert [update["message"]["text"] for update in await bot.hears()] == ["old", "one"], "one alone overtakes nobody"
    for word in ("two", "three"):
        await ana.does("say", text=word)
    updates = await bot.hears()
    assert [update["message"]["text"] for update in updates] == ["old", "one", "three", "two"]
    first = old["update_id"]
    assert [update["update_id"] for update in updates] == [*range(first, first + 4)]
    assert await bot.hears() == updates


async def test_a_poisoned_update_stands_in_the_queue_among_good_ones(bot: Bot, ana: Finger, breaks: Any) -> None:
    await ana.does("say", text="before")
    await breaks(do="poison", nth=1, chat=ana.id)
    await bot.hears()
    await ana.does("say", text="after")
    good, poison, after = await bot.hears()
    assert poison["message"]["from"]["id"] == ana.id
    assert [update["message"]["text"] for update in (good, after)] == ["before", "after"]
    Update.de_json(good)
    with pytest.raises(Exception):  # noqa: B017, PT011  which one is python-telegram-bot's own business
        Update.de_json(poison)


async def test_a_poisoned_update_from_nobody(bot: Bot, breaks: Any) -> None:
    await breaks(do="poison", times=1)
    [poison] = await bot.hears()
    with pytest.raises(Exception):  # noqa: B017, PT011  which one is python-telegram-bot's own business
        Update.de_json(poison)


async def test_a_confirmed_update_delivered_once_more_under_its_number(bot: Bot, ana: Finger, breaks: Any) -> None:
    await ana.does("say", text="Hello")
    [update] = await bot.hears()
    await breaks(do="duplicate", chat=ana.id, times=1)
    above = update["update_id"] + 1
    assert await bot.hears(offset=above) == [update]
    assert await bot.hears(offset=above) == []


async def test_chance_repeats_with_its_seed(bot: Bot, breaks: Any, http: httpx.AsyncClient) -> None:
    async def run(seed: int) -> list[bool]:
        await http.delete("/faults")
        await breaks(do="500", method="getMe", probability=0.5, seed=seed)
        return [(await bot.call("getMe"))["ok"] for _ in range(40)]

    first = await run(1)
    reached, fired = await counts(http)
    assert (reached, fired) == (40, first.count(False))
    assert 0 < fired < 40
    assert await run(1) == first
    assert await run(2) != first


async def test_the_nth_and_only_so_many_times(bot: Bot, breaks: Any, http: httpx.AsyncClient) -> None:
    await breaks(do="500", method="getMe", nth=3)
    assert [(await bot.call("getMe"))["ok"] for _ in range(4)] == [True, True, False, True]
    await http.delete("/faults")
    await breaks(do="500", times=2)
    assert [(await bot.call("getMe"))["ok"] for _ in range(4)] == [False, False, True, True]
    assert await counts(http) == (4, 2)


async def test_rules_that_make_no_sense(http: httpx.AsyncClient) -> None:
    for rule in (
        {"do": "explode"},
        {"do": "429", "effect": "before"},
        {"do": "500", "who": 1},
        {"do": "500", "nth": 0},
    ):
        assert (await http.post("/faults", json=rule)).status_code == 400
    assert (await http.get("/faults")).json() == []


async def test_a_stop_does_not_wait_for_a_held_call(clock: Clock) -> None:
    sandbox = Sandbox(clock=clock.read)
    await sandbox.start()
    async with httpx.AsyncClient(base_url=sandbox.address, trust_env=False) as http:
        await http.post("/faults", json={"do": "hang", "seconds": 600})
        call = asyncio.create_task(http.get(f"/bot{sandbox.token}/getMe", timeout=600))
        await until(lambda: bool(sandbox.calls.all))
        async with asyncio.timeout(PATIENCE):
            await sandbox.stop()
            with pytest.raises(httpx.TransportError):
                await call
