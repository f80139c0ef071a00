"""Each request that leaves the bot is one that both judges of the Bot API take."""

from telegram.constants import BulkRequestLimit, FileSizeLimit, InlineKeyboardButtonLimit, MessageLimit

from bot import chat
from bot.chat import Button, Message, Press
from bot.telegram.messenger import TelegramMessenger
from tests.judges import call_objections
from tests.telegram.wire import Wire, fine, sent


async def test_every_request_is_allowed(wire: Wire, messenger: TelegramMessenger) -> None:
    me = fine({"id": 4242424242, "is_bot": True, "first_name": "Windbreak"})
    wire.will(me, *[sent()] * 4, *[fine(True)] * 5)
    rows = ((Button("Low", press="mood:low"), Button("112", copy="112")),)
    await messenger.start()
    await messenger.send("telegram:11", Message("Plain"))
    await messenger.send("telegram:11", Message("Buttons", rows=rows), urgent=True)
    await messenger.send("telegram:11", Message("Keyboard", keyboard=(("Hard moment",), ("Check in", "Help now"))))
    await messenger.edit("telegram:11", "7", Message("Edited", rows=rows))
    await messenger.acknowledge(Press(address="telegram:11", data="x", press_id="a990"))
    await messenger.leave("telegram:-10042")
    await messenger.commands([("checkin", "A check-in now"), ("help", "Help now")])
    await messenger.commands([("help", "Lo que puedo hacer")], "es")
    await messenger.remove("telegram:11", ["7", "8"])
    assert len(wire.asked) == 10
    for asked in wire.asked:
        assert call_objections(asked.method, asked.parameters) == []


def test_what_we_hold_to_is_what_telegram_takes() -> None:
    assert chat.TEXT_LIMIT == MessageLimit.MAX_TEXT_LENGTH
    assert chat.CAPTION_LIMIT == MessageLimit.CAPTION_LENGTH
    assert chat.PRESS_LIMIT == InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    assert chat.COPY_LIMIT == InlineKeyboardButtonLimit.MAX_COPY_TEXT
    assert chat.REMOVED_AT_ONCE == BulkRequestLimit.MAX_LIMIT
    longest_character = 4
    assert chat.DOCUMENT_LIMIT * longest_character <= FileSizeLimit.FILESIZE_UPLOAD
