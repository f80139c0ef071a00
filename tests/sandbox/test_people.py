"""People can do what is on their screen, and nothing else."""

import httpx

from tests.sandbox.conftest import Bot, Finger

INLINE = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "q:yes"}],
        [{"text": "Copy 116 123", "copy_text": {"text": "116 123"}}, {"text": "Site", "url": "https://example.org"}],
    ]
}


async def test_before_start_there_is_only_start(bot: Bot, stranger: Finger) -> None:
    for act, what in (("say", {"text": "Hi"}), ("sticker", {}), ("tap", {"label": "Start"}), ("block", {})):
        assert (await stranger.tries(act, **what)).status_code == 409
    assert await bot.hears() == []
    assert not (await stranger.sees())["started"]
    await stranger.does("start", payload="invite-1_a")
    [update] = await bot.hears()
    assert update["message"]["text"] == "/start invite-1_a"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert update["message"]["from"]["first_name"] == "Cai"
    assert (await stranger.tries("start", payload="a b")).status_code == 409


async def test_a_tap_hands_back_what_the_button_carries(bot: Bot, ana: Finger) -> None:
    sent = await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=INLINE)
    query = (await ana.does("tap", label="Yes"))["query"]
    [update] = await bot.hears()
    press = update["callback_query"]
    assert (press["id"], press["data"], press["from"]["language_code"]) == (query, "q:yes", "pt-br")
    assert press["message"]["message_id"] == sent["message_id"]


async def test_a_copy_button_copies_and_a_link_opens_without_the_bot_knowing(bot: Bot, ana: Finger) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=INLINE)
    assert await ana.does("tap", label="Copy 116 123") == {"copied": "116 123"}
    assert await ana.does("tap", label="Site") == {"url": "https://example.org"}
    assert await bot.hears() == []


async def test_what_is_not_on_the_screen_cannot_be_tapped(bot: Bot, ana: Finger) -> None:
    refused = await ana.tries("tap", label="Yes")
    assert (refused.status_code, refused.json()) == (409, {"error": "No button 'Yes' is on the screen."})
    sent = await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=INLINE)
    assert (await ana.tries("tap", label="Yes", message_id=sent["message_id"] + 1)).status_code == 409
    await bot.does("deleteMessage", chat_id=ana.id, message_id=sent["message_id"])
    assert (await ana.tries("tap", label="Yes")).status_code == 409
    assert await bot.hears() == []


async def test_the_newest_button_that_reads_so_is_tapped_unless_a_message_is_named(bot: Bot, ana: Finger) -> None:
    numbers = [
        (await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=INLINE))["message_id"] for _ in range(2)
    ]
    await ana.does("tap", label="Yes")
    await ana.does("tap", label="Yes", message_id=numbers[0])
    tapped = [update["callback_query"]["message"]["message_id"] for update in await bot.hears()]
    assert tapped == [numbers[1], numbers[0]]


async def test_a_button_that_stays_sends_its_words(bot: Bot, ana: Finger) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="Here.", reply_markup={"keyboard": [[{"text": "Help now"}]]})
    await ana.does("tap", label="Help now")
    [update] = await bot.hears()
    assert update["message"]["text"] == "Help now"
    assert await ana.reads() == ["/start", "Here.", "Help now"]


async def test_a_place_is_shared_by_hand_or_by_a_button_that_asks_for_it(bot: Bot, ana: Finger) -> None:
    asks = {"keyboard": [[{"text": "Send my location", "request_location": True}]]}
    await bot.does("sendMessage", chat_id=ana.id, text="Where?", reply_markup=asks)
    await ana.does("tap", label="Send my location")
    await ana.does("location", latitude=48.2, longitude=16.4)
    by_button, by_hand = (update["message"]["location"] for update in await bot.hears())
    assert by_button == {"latitude": 38.72, "longitude": -9.14}
    assert by_hand == {"latitude": 48.2, "longitude": 16.4}
    assert (await ana.tries("location", latitude=91, longitude=0)).status_code == 400


async def test_stickers_and_edits_reach_the_bot(bot: Bot, ana: Finger) -> None:
    sticker = (await ana.does("sticker"))["message_id"]
    said = (await ana.does("say", text="Helo"))["message_id"]
    await ana.does("edit", message_id=said, text="Hello")
    updates = await bot.hears()
    assert "sticker" in updates[0]["message"]
    assert "text" not in updates[0]["message"]
    assert updates[2]["edited_message"]["text"] == "Hello"
    assert "edit_date" in updates[2]["edited_message"]
    own = await bot.does("sendMessage", chat_id=ana.id, text="Mine")
    for number in (sticker, own["message_id"], 999):
        assert (await ana.tries("edit", message_id=number, text="x")).status_code == 409


async def test_a_blocked_bot_is_told_so_until_it_is_unblocked(bot: Bot, ana: Finger) -> None:
    own = await bot.does("sendMessage", chat_id=ana.id, text="Mine")
    await ana.does("block")
    assert (await ana.sees())["blocked"]
    blocked = "Forbidden: bot was blocked by the user"
    assert await bot.is_told("sendMessage", chat_id=ana.id, text="x") == blocked
    assert await bot.is_told("editMessageText", chat_id=ana.id, message_id=own["message_id"], text="x") == blocked
    assert (await ana.tries("say", text="Hi")).status_code == 409
    assert (await ana.tries("block")).status_code == 409
    await ana.does("unblock")
    assert (await ana.tries("unblock")).status_code == 409
    left, back = (update["my_chat_member"] for update in await bot.hears())
    assert (left["old_chat_member"]["status"], left["new_chat_member"]["status"]) == ("member", "kicked")
    assert (back["old_chat_member"]["status"], back["new_chat_member"]["status"]) == ("kicked", "member")
    await bot.does("sendMessage", chat_id=ana.id, text="x")


async def test_start_opens_the_door_again(bot: Bot, ana: Finger) -> None:
    await ana.does("block")
    await ana.does("start")
    assert [next(kind for kind in update if kind != "update_id") for update in await bot.hears()] == [
        "my_chat_member",
        "my_chat_member",
        "message",
    ]


async def test_nobody_and_nonsense(ana: Finger, http: httpx.AsyncClient) -> None:
    assert (await http.get("/people/7/screen")).status_code == 404
    assert (await http.post("/groups", json={"person_id": 7})).status_code == 404
    assert (await ana.tries("say", words="x")).status_code == 400
    assert (await ana.tries("say", text="x" * 4097)).status_code == 409
    assert (await ana.tries("say", text=" ")).status_code == 409


async def test_files_come_over_http_too(bot: Bot, ana: Finger) -> None:
    await ana.does("document", base64="eA==", name="x.txt")
    await ana.does("voice", base64="eA==", seconds=3)
    await ana.does("contact", first_name="Dee", phone_number="+1 202 555 0143")
    file, voice, card = (update["message"] for update in await bot.hears())
    assert (file["document"]["file_name"], voice["voice"]["duration"]) == ("x.txt", 3)
    assert card["contact"]["first_name"] == "Dee"
    await ana.does("react", message_id=file["message_id"], emoji="👍")
    assert (await ana.sees())["messages"][1]["reactions"]["me"] == ["👍"]
    for act, what in (
        ("document", {"base64": "?", "name": "x"}),
        ("photo", {"base64": "!"}),
        ("voice", {"base64": ""}),
    ):
        assert (await ana.tries(act, **what)).status_code == 400
