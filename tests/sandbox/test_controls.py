"""The switches, the door, and the page."""

import asyncio
import logging
import re

import httpx
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.conftest import PATIENCE, Bot, Clock, Finger, heard


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
    there = {"now": "2026-03-02T09:00:00+00:00", "movable": True, "moving": False}
    assert (await http.get("/clock")).json() == there
    assert (await http.post("/clock", json={"advance": 600})).json()["now"] == "2026-03-02T09:10:00+00:00"
    assert clock.now.isoformat() == "2026-03-02T09:10:00+00:00"
    for nonsense in ({"advance": -1}, {}, {"advance": 60, "due": True}):
        assert (await http.post("/clock", json=nonsense)).status_code == 400
    nothing = await http.post("/clock", json={"due": True})
    assert (nothing.status_code, nothing.json()) == (409, {"error": "Nothing is promised."})


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


async def test_the_page_hears_of_changes_and_of_nothing_else(
    http: httpx.AsyncClient, bot: Bot, sandbox: Sandbox
) -> None:
    cast = (await http.post("/cast")).json()
    assert [one["name"] for one in cast] == ["Ana", "Ben", "Cai"]
    assert (await http.post("/cast", json={"language_code": "es"})).json() == cast, "they are made once"
    async with asyncio.timeout(PATIENCE), http.stream("GET", "/events") as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        told = heard(events)
        first = [await anext(told) for _ in range(4)]
        assert [name for name, _ in first] == ["phone-0", "phone-1", "phone-2", "clock"]
        assert first[1][1]["person"] == cast[1]
        await Finger(cast[1]["id"], http).does("start")
        assert await anext(told) == ("phone-1", await Finger(cast[1]["id"], http).sees())
        await bot.does("sendMessage", chat_id=cast[1]["id"], text="Hello.")
        name, screen = await anext(told)
        assert (name, screen["messages"][-1]["text"]) == ("phone-1", "Hello.")
        await http.post("/clock", json={"advance": 600})
        assert (await anext(told))[0] == "clock"
        fresh = (await http.post(f"/cast/{cast[1]['id']}/anew")).json()["id"]
        name, screen = await anext(told)
        assert (name, screen["person"], screen["messages"]) == ("phone-1", {"id": fresh, "name": "Ben"}, [])
    assert (await http.post(f"/cast/{cast[1]['id']}/anew")).status_code == 404
    left = (await bot.hears())[-1]["my_chat_member"]
    assert (left["from"]["id"], left["new_chat_member"]["status"]) == (cast[1]["id"], "kicked"), "the old phone is gone"


async def test_the_page_asks_nobody_else(http: httpx.AsyncClient) -> None:
    page = await http.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; connect-src 'self'")
    assert not re.findall(r"https?://", page.text)
    assert 'aria-live="polite"' in page.text


async def test_nothing_is_logged(bot: Bot, ana: Finger, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        await bot.does("sendMessage", chat_id=ana.id, text="x")
    assert not [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
