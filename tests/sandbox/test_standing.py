"""What becomes of messages that stand: edits, copies, deletions, pins, answers to taps."""

from datetime import timedelta

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from tests.sandbox.conftest import Bot, Clock, Finger
from tests.sandbox.pictures import png

INLINE = {"inline_keyboard": [[{"text": "Yes", "callback_data": "q:1:yes"}, {"text": "No", "callback_data": "q:1:no"}]]}
STAYING = {"keyboard": [[{"text": "Hard moment"}], [{"text": "Help now"}]], "is_persistent": True}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def test_what_has_no_caption_or_no_text_is_not_edited_into_one(bot: Bot, ana: Finger) -> None:
    place = {"chat_id": ana.id, "latitude": 1, "longitude": 1}
    number = (await bot.does("sendLocation", **place))["message_id"]
    one = {"chat_id": ana.id, "message_id": number}
    media = {"type": "photo", "media": "none"}
    for method, more, words in (
        ("editMessageText", {"text": "x"}, "there is no text in the message to edit"),
        ("editMessageCaption", {"caption": "x"}, "there is no caption in the message to edit"),
        ("editMessageMedia", {"media": media}, "message can't be edited"),
    ):
        assert await bot.is_told(method, **one, **more) == f"Bad Request: {words}"
    await bot.does("editMessageReplyMarkup", **one, reply_markup=INLINE)


async def test_a_copy_may_have_another_caption_and_people_picked_cannot_be_copied(
    bot: Bot, ana: Finger, sandbox: Sandbox
) -> None:
    phone = Phone(sandbox.world, sandbox.world.people[ana.id])
    here = {"chat_id": ana.id, "from_chat_id": ana.id}
    photo = phone.photo(png(), "Hers")
    for more, caption in (({}, "Hers"), ({"caption": "Ours"}, "Ours"), ({"caption": ""}, "")):
        await bot.does("copyMessage", **here, message_id=photo, **more)
        bubble = (await ana.sees())["messages"][-1]
        assert (bubble["text"], bubble["media"]["kind"], bubble["from"]) == (caption, "photo", "bot")
    asks = {"keyboard": [[{"text": "Who", "request_users": {"request_id": 1}}]]}
    await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=asks)
    told = await bot.is_told("copyMessage", **here, message_id=phone.choose("Who", [ana.id]))
    assert told == "Bad Request: message can't be copied"


async def test_the_buttons_that_stay_stay_until_replaced_removed_or_deleted_with_their_message(
    bot: Bot, ana: Finger
) -> None:
    first = await bot.does("sendMessage", chat_id=ana.id, text="Here.", reply_markup=STAYING)
    assert "reply_markup" not in first
    await bot.does("sendMessage", chat_id=ana.id, text="Another.", reply_markup=INLINE)
    assert (await ana.sees())["keyboard"] == [["Hard moment"], ["Help now"]]
    await bot.does("deleteMessage", chat_id=ana.id, message_id=first["message_id"])
    assert (await ana.sees())["keyboard"] == []
    await bot.does("sendMessage", chat_id=ana.id, text="Again.", reply_markup=STAYING)
    await bot.does("sendMessage", chat_id=ana.id, text="Gone.", reply_markup={"remove_keyboard": True})
    assert (await ana.sees())["keyboard"] == []


async def test_an_edit_takes_the_place_of_what_stood(bot: Bot, ana: Finger, clock: Clock) -> None:
    sent = await bot.does("sendMessage", chat_id=ana.id, text="One", reply_markup=INLINE)
    place = {"chat_id": ana.id, "message_id": sent["message_id"]}
    clock.move(timedelta(days=30))
    edited = await bot.does("editMessageText", **place, text="Two")
    assert edited["edit_date"] == clock.now.timestamp()
    assert "reply_markup" not in edited
    shown = (await ana.sees())["messages"][-1]
    assert (shown["text"], shown["rows"], shown["edited"]) == ("Two", [], True)
    assert await bot.is_told("editMessageText", **place, text="Two ") == NOT_MODIFIED
    with_buttons = await bot.does("editMessageReplyMarkup", **place, reply_markup=INLINE)
    assert with_buttons["reply_markup"] == INLINE
    assert await bot.is_told("editMessageReplyMarkup", **place, reply_markup=INLINE) == NOT_MODIFIED
    assert "reply_markup" not in await bot.does("editMessageReplyMarkup", **place)


async def test_what_cannot_be_edited(bot: Bot, ana: Finger) -> None:
    said = await ana.does("say", text="Hello")
    with_keyboard = await bot.does("sendMessage", chat_id=ana.id, text="Here.", reply_markup=STAYING)
    for theirs in (said, with_keyboard):
        told = await bot.is_told("editMessageText", chat_id=ana.id, message_id=theirs["message_id"], text="x")
        assert told == "Bad Request: message can't be edited"
    missing = await bot.is_told("editMessageText", chat_id=ana.id, message_id=999, text="x")
    assert missing == "Bad Request: message to edit not found"
    unnamed = await bot.is_told("editMessageText", chat_id=ana.id, text="x")
    assert unnamed == "Bad Request: message identifier is not specified"
    own = await bot.does("sendMessage", chat_id=ana.id, text="x")
    place = {"chat_id": ana.id, "message_id": own["message_id"]}
    assert await bot.is_told("editMessageText", **place, text="x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    assert await bot.is_told("editMessageText", **place, text="") == "Bad Request: message text is empty"


async def test_messages_of_both_sides_can_be_deleted_for_48_hours(bot: Bot, ana: Finger, clock: Clock) -> None:
    old = await ana.does("say", text="Old")
    clock.move(timedelta(hours=24))
    young = await ana.does("say", text="Young")
    own = await bot.does("sendMessage", chat_id=ana.id, text="Own")
    clock.move(timedelta(hours=24, seconds=1))
    told = await bot.is_told("deleteMessage", chat_id=ana.id, message_id=old["message_id"])
    assert told == "Bad Request: message can't be deleted"
    for message in (young, own):
        assert await bot.does("deleteMessage", chat_id=ana.id, message_id=message["message_id"]) is True
    assert await ana.reads() == ["/start", "Old"]
    told = await bot.is_told("deleteMessage", chat_id=ana.id, message_id=own["message_id"])
    assert told == "Bad Request: message to delete not found"


async def test_a_tap_is_answered_for_150_seconds(bot: Bot, ana: Finger, clock: Clock) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=INLINE)
    query = (await ana.does("tap", label="Yes"))["query"]
    assert (await ana.sees())["waiting"] == 1
    assert await bot.does("answerCallbackQuery", callback_query_id=query, text="Noted", show_alert=True) is True
    seen = await ana.sees()
    assert seen["waiting"] == 0
    assert seen["toast"] == {"id": query, "text": "Noted", "alert": True}
    too_long = await bot.is_told("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"
    clock.move(timedelta(seconds=151))
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await bot.is_told("answerCallbackQuery", callback_query_id=query) == too_old
    assert await bot.is_told("answerCallbackQuery", callback_query_id="1") == too_old


async def test_pinned_until_unpinned(bot: Bot, ana: Finger) -> None:
    sent = [(await bot.does("sendMessage", chat_id=ana.id, text=text))["message_id"] for text in ("One", "Two")]
    for number in sent:
        await bot.does("pinChatMessage", chat_id=ana.id, message_id=number, disable_notification=True)
    assert (await bot.does("getChat", chat_id=ana.id))["pinned_message"]["text"] == "Two"
    await bot.does("unpinChatMessage", chat_id=ana.id)
    await bot.does("unpinChatMessage", chat_id=ana.id, message_id=sent[0])
    assert not any(message["pinned"] for message in (await ana.sees())["messages"])
    assert await bot.is_told("unpinChatMessage", chat_id=ana.id) == "Bad Request: message to unpin not found"
    missing = await bot.is_told("pinChatMessage", chat_id=ana.id, message_id=999)
    assert missing == "Bad Request: message to pin not found"
