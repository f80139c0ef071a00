"""A phone without a network: it shows what it had, and what is said on it waits."""

import httpx

from tests.sandbox.conftest import Bot, Finger
from tests.sandbox.test_people import INLINE


async def off(ana: Finger) -> None:
    await ana.does("network", on=False)


async def test_what_is_said_waits_and_goes_out_in_its_order(bot: Bot, ana: Finger) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="Here.", reply_markup={"keyboard": [[{"text": "Hard moment"}]]})
    await off(ana)
    await ana.does("tap", label="Hard moment")
    await ana.does("say", text="Is anybody there?")
    await ana.does("location", latitude=48.2, longitude=16.4)
    assert await bot.hears() == [], "nothing has left the phone"
    seen = await ana.sees()
    assert seen["online"] is False
    assert [one["text"] for one in seen["unsent"]] == ["Hard moment", "Is anybody there?", "Location"]
    await ana.does("network", on=True)
    first, second, third = (update["message"] for update in await bot.hears())
    assert (first["text"], second["text"], third["location"]["latitude"]) == ("Hard moment", "Is anybody there?", 48.2)
    back = await ana.sees()
    assert (back["online"], back["unsent"]) == (True, [])
    assert await ana.reads() == ["/start", "Here.", "Hard moment", "Is anybody there?", ""]


async def test_what_the_bot_sends_arrives_when_the_network_is_back(bot: Bot, ana: Finger) -> None:
    old = await bot.does("sendMessage", chat_id=ana.id, text="Before.")
    await off(ana)
    await bot.does("sendMessage", chat_id=ana.id, text="Meanwhile.")
    await bot.does("editMessageText", chat_id=ana.id, message_id=old["message_id"], text="Changed.")
    assert await ana.reads() == ["/start", "Before."]
    await ana.does("network", on=True)
    assert await ana.reads() == ["/start", "Changed.", "Meanwhile."]
    assert [one["first"] for one in (await ana.sees())["messages"]] == ["/start", "Before.", "Meanwhile."]


async def test_a_button_in_the_chat_needs_the_network_and_a_copy_does_not(bot: Bot, ana: Finger) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=INLINE)
    await off(ana)
    refused = await ana.tries("tap", label="Yes")
    assert refused.status_code == 409
    assert "no network" in refused.json()["error"]
    assert await ana.does("tap", label="Copy 116 123") == {"copied": "116 123"}
    for act, what in (
        ("block", {}),
        ("start", {}),
        ("react", {"message_id": 1, "emoji": ""}),
        ("network", {"on": False}),
    ):
        assert (await ana.tries(act, **what)).status_code == 409
    assert await bot.hears() == []


async def test_before_start_there_is_nothing_to_wait_for(stranger: Finger) -> None:
    assert (await stranger.tries("network", on=True)).status_code == 409
    await off(stranger)
    assert (await stranger.tries("say", text="Hello")).status_code == 409


async def test_one_phones_tunnel_is_nobody_elses(bot: Bot, ana: Finger, http: httpx.AsyncClient) -> None:
    await off(ana)
    ben = Finger((await http.post("/people", json={"name": "Ben"})).json()["id"], http)
    await ben.does("start")
    await bot.does("sendMessage", chat_id=ben.id, text="Hello, Ben.")
    assert await ben.reads() == ["/start", "Hello, Ben."]
