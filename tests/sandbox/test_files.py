"""Files that the bot sends and messages that it takes away, through the real client and the sandbox."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.chat import MEDIA_LIMIT, Document, Media, Message, NothingToEdit, Refused
from bot.sandbox import Sandbox
from bot.telegram.messenger import TelegramMessenger
from tests.sandbox.conftest import Bot, Clock, Finger

TEXT = 'table,row\r\n"a ""quoted"" ñ 😕",2\r\n\n--not a boundary\r\n'


@pytest.fixture
async def messenger(sandbox: Sandbox) -> AsyncIterator[TelegramMessenger]:
    messenger = TelegramMessenger(sandbox.token, sandbox.address)
    await messenger.start()
    yield messenger
    await messenger.stop()


async def test_a_file_arrives_as_it_was_sent(
    messenger: TelegramMessenger, ana: Finger, http: httpx.AsyncClient
) -> None:
    message = Message("A table.", document=Document("notes.csv", TEXT))
    message_id = await messenger.send(f"telegram:{ana.id}", message)
    bubble = (await ana.sees())["messages"][-1]
    assert (bubble["document"], bubble["text"]) == ("notes.csv", "A table.")
    saved = await http.get(f"/people/{ana.id}/documents/{message_id}")
    assert saved.content == TEXT.encode()
    assert "attachment" in saved.headers["content-disposition"]
    assert (await http.get(f"/people/{ana.id}/documents/999")).status_code == 409


async def test_a_file_cannot_be_edited_into_words(messenger: TelegramMessenger, ana: Finger) -> None:
    message = Message("A table.", document=Document("notes.csv", TEXT))
    message_id = await messenger.send(f"telegram:{ana.id}", message)
    with pytest.raises(NothingToEdit):
        await messenger.edit(f"telegram:{ana.id}", message_id, Message("Cleared."))


async def test_many_messages_go_in_one_call(messenger: TelegramMessenger, ana: Finger, sandbox: Sandbox) -> None:
    address = f"telegram:{ana.id}"
    ours = [await messenger.send(address, Message(text)) for text in ("One", "Two")]
    theirs = (await ana.does("say", text="Three"))["message_id"]
    await messenger.remove(address, [*ours, str(theirs), "424242"])
    assert not {"One", "Two", "Three"} & set(await ana.reads())
    await messenger.remove(address, ours)


async def test_one_too_old_keeps_all(messenger: TelegramMessenger, bot: Bot, ana: Finger, clock: Clock) -> None:
    address = f"telegram:{ana.id}"
    old = await messenger.send(address, Message("Old"))
    clock.move(timedelta(hours=49))
    new = await messenger.send(address, Message("New"))
    with pytest.raises(Refused):
        await messenger.remove(address, [old, new])
    assert {"Old", "New"} <= set(await ana.reads())
    await messenger.remove(address, [new])
    assert "New" not in await ana.reads()


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"file": "a", "content": b"a"},
        {"file": "https://example.org/a.png"},
        {"file": "/etc/passwd"},
        {"content": b"a" * (MEDIA_LIMIT + 1)},
    ],
    ids=["neither", "both", "address", "path", "heavy"],
)
def test_media_that_no_platform_should_take_are_refused_where_they_are_written(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"media|file"):
        Media("voice", **wrong)
    kept = Media("voice", "a")
    odd: list[dict[str, Any]] = [{"slot": "plan"}, {"document": Document("notes.txt", "a")}, {"text": "x" * 1025}]
    for more in odd:
        with pytest.raises(ValueError, match="media"):
            Message(**{"text": "Yours.", "media": kept, **more})


@pytest.mark.parametrize(("text", "document", "slot"), [("x" * 1025, "a", ""), ("x", "a", "settings"), ("x", "", "")])
def test_a_file_that_no_platform_would_take_is_refused_where_it_is_written(text: str, document: str, slot: str) -> None:
    with pytest.raises(ValueError, match="document"):
        Message(text, slot=slot, document=Document("notes.txt", document))
