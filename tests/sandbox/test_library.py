"""python-telegram-bot's own `Bot`, pointed at the sandbox."""

from collections.abc import AsyncIterator

import httpx
import pytest
import telegram
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Finger

QUESTION = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Yes", callback_data="q:yes"), InlineKeyboardButton("No", callback_data="q:no")],
        [InlineKeyboardButton("Copy 116 123", copy_text=CopyTextButton("116 123"))],
    ]
)
STAYING = ReplyKeyboardMarkup([[KeyboardButton("Hard moment")], [KeyboardButton("Help now")]], is_persistent=True)


@pytest.fixture
async def library(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(sandbox.token, base_url=f"{sandbox.address}/bot") as library:
        yield library


async def test_it_sends_edits_pins_and_deletes(library: telegram.Bot, ana: Finger) -> None:
    sent = await library.send_message(
        ana.id, "How are you?", reply_markup=QUESTION, entities=[telegram.MessageEntity("bold", 0, 3)]
    )
    assert sent.reply_markup == QUESTION
    assert sent.chat.id == ana.id
    await library.send_message(ana.id, "Here.", reply_markup=STAYING, protect_content=True)
    assert (await ana.sees())["keyboard"] == [["Hard moment"], ["Help now"]]
    edited = await library.edit_message_text("Noted.", ana.id, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    await library.edit_message_reply_markup(ana.id, sent.message_id, reply_markup=QUESTION)
    assert await library.pin_chat_message(ana.id, sent.message_id, disable_notification=True)
    pinned = (await library.get_chat(ana.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    assert await library.unpin_chat_message(ana.id)
    assert await library.delete_message(ana.id, sent.message_id)


async def test_it_knows_itself_its_menu_and_that_there_is_no_webhook(library: telegram.Bot) -> None:
    assert (await library.get_me()).is_bot
    await library.set_my_commands([("help", "Help")], scope=telegram.BotCommandScopeAllPrivateChats())
    [command] = await library.get_my_commands(scope=telegram.BotCommandScopeAllPrivateChats())
    assert command.description == "Help"
    assert await library.delete_webhook()
    assert (await library.get_webhook_info()).url == ""


async def test_it_understands_every_kind_of_update(
    library: telegram.Bot, bot: Bot, ana: Finger, http: httpx.AsyncClient
) -> None:
    await library.send_message(ana.id, "?", reply_markup=QUESTION)
    said = (await ana.does("say", text="Hello"))["message_id"]
    await ana.does("sticker")
    await ana.does("edit", message_id=said, text="Hello!")
    await ana.does("tap", label="No")
    await ana.does("block")
    await ana.does("unblock")
    await http.post("/groups", json={"person_id": ana.id})
    updates = [telegram.Update.de_json(raw, library) for raw in await bot.hears()]
    assert [update.effective_user.id for update in updates if update.effective_user] == [ana.id] * 7
    [press] = [update.callback_query for update in updates if update.callback_query]
    assert press.data == "q:no"
    assert await press.answer("Noted")
    kinds = [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member]
    assert kinds == ["kicked", "member", "member"]


async def test_it_raises_what_it_raises_at_the_real_one(
    library: telegram.Bot,
    sandbox: Sandbox,
    ana: Finger,
    http: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    with pytest.raises(BadRequest, match="Chat not found"):
        await library.send_message(7, "x")
    for rule, error in (
        ({"do": "429", "retry_after": 3}, RetryAfter),
        ({"do": "500"}, NetworkError),
        ({"do": "502"}, NetworkError),
        ({"do": "409"}, Conflict),
        ({"do": "reset"}, NetworkError),
        ({"do": "drop_after"}, NetworkError),
    ):
        await http.post("/faults", json=rule | {"times": 1, "method": "sendMessage"})
        with pytest.raises(error):
            await library.send_message(ana.id, "x")
    await ana.does("block")
    with pytest.raises(Forbidden, match="blocked by the user"):
        await library.send_message(ana.id, "x")
    stranger = telegram.Bot("1:wrong", base_url=f"{sandbox.address}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
