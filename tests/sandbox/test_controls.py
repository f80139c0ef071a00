"""The switches, the door, and the page."""

import asyncio
import logging
import re

import httpx
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import PATIENCE, Bot, Clock, Finger


async def test_the_token_is_shaped_like_a_real_one(sandbox: Sandbox) -> None:
    assert re.fullmatch(r"\d{8,12}:[A-Za-z0-9_-]{35}", sandbox.token)
    assert sandbox.address.startswith("http://127.0.0.1:")
    assert Sandbox().token != Sandbox().token


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "["])
async def test_a_foreign_host_name_is_refused(http: httpx.AsyncClient, host: str) -> None:
    assert (await http.get("/", headers={"host": host})).status_code in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8081", "LOCALHOST"])
async def test_loopback_names_are_let_in(http: httpx.AsyncClient, host: str) -> None:
    assert (await http.get("/", headers={"host": host})).status_code == 200


async def test_a_foreign_page_can_do_nothing_here(http: httpx.AsyncClient, sandbox: Sandbox) -> None:
    for origin, code in (("https://evil.example", 403), ("null", 403), (sandbox.address, 200)):
        answer = await http.post("/people", json={"name": "Ana"}, headers={"origin": origin})
        assert answer.status_code == code


async def test_every_call_is_written_down(bot: Bot, ana: Finger, http: httpx.AsyncClient, clock: Clock) -> None:
    sent = await bot.does("sendMessage", chat_id=ana.id, text="x")
    await bot.is_told("sendMessage", chat_id=ana.id, text="")
    await bot.is_told("sendVoice", chat_id=ana.id)
    good, bad = (await http.get("/calls", params={"method": "sendMessage"})).json()
    assert good == {
        "number": good["number"],
        "method": "sendMessage",
        "parameters": {"chat_id": ana.id, "text": "x"},
        "at": clock.now.isoformat(),
        "effect": True,
        "accepted": True,
        "fault": "",
        "error": "",
        "message_id": sent["message_id"],
    }
    assert (bad["effect"], bad["error"]) == (False, "Bad Request: message text is empty")
    [last] = (await http.get("/calls", params={"after": bad["number"]})).json()
    assert last["method"] == "sendVoice"


async def test_the_clock_can_be_moved_where_it_is_movable(http: httpx.AsyncClient, clock: Clock) -> None:
    assert (await http.get("/clock")).json() == {"now": "2026-03-02T09:00:00+00:00", "movable": True}
    assert (await http.post("/clock", json={"advance": 600})).json()["now"] == "2026-03-02T09:10:00+00:00"
    assert clock.now.isoformat() == "2026-03-02T09:10:00+00:00"
    assert (await http.post("/clock", json={"advance": -1})).status_code == 400


async def test_the_real_clock_stands_where_it_stands() -> None:
    sandbox = Sandbox()
    await sandbox.start()
    async with httpx.AsyncClient(base_url=sandbox.address, trust_env=False) as http:
        assert (await http.get("/clock")).json()["movable"] is False
        assert (await http.post("/clock", json={"advance": 600})).status_code == 409
    await sandbox.stop()


async def test_a_taken_port_is_an_error(sandbox: Sandbox) -> None:
    with pytest.raises(OSError, match="address already in use"):
        await Sandbox(port=int(sandbox.address.rpartition(":")[2])).start()


async def test_the_page_hears_of_changes(http: httpx.AsyncClient, ana: Finger) -> None:
    async with asyncio.timeout(PATIENCE), http.stream("GET", "/events") as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        lines = events.aiter_lines()
        assert await anext(lines) == "data: here"
        await ana.does("say", text="Hello")
        assert await anext(lines) == ""
        assert await anext(lines) == "data: changed"


async def test_the_page_asks_nobody_else(http: httpx.AsyncClient) -> None:
    page = await http.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; connect-src 'self'")
    assert not re.findall(r"https?://", page.text)
    assert 'aria-live="polite"' in page.text


async def test_nothing_is_logged(bot: Bot, ana: Finger, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        await bot.does("sendMessage", chat_id=ana.id, text="x")
    assert not [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
