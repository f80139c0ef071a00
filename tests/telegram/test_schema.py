"""Each request that leaves the bot is one that both judges of the Bot API take."""

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
