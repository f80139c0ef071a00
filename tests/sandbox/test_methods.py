"""What the bot can do in the sandbox, and in which words it is refused."""

from typing import Any, get_args

import httpx
import pytest
from telegram.constants import ChatAction, KeyboardButtonStyle, MessageEntityType

from bot.sandbox.chats import Action
from bot.sandbox.markup import Entity, Style
from tests.sandbox.conftest import Bot, Finger

INLINE = {"inline_keyboard": [[{"text": "Yes", "callback_data": "q:1:yes"}, {"text": "No", "callback_data": "q:1:no"}]]}
STAYING = {"keyboard": [[{"text": "Hard moment"}], [{"text": "Help now"}]], "is_persistent": True}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def button(**more: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "One", **more}]]}


def rows(*lengths: int) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * length for length in lengths]}


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.does("getMe")
    assert me["is_bot"]
    assert bot.path.startswith(f"/bot{me['id']}:")


async def test_a_wrong_token_is_unauthorized(bot: Bot, http: httpx.AsyncClient) -> None:
    answer = await http.get("/bot1:wrong/getMe")
    assert (answer.status_code, answer.json()) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


async def test_a_method_that_is_not_there_is_a_loud_501(bot: Bot) -> None:
    assert await bot.is_told("sendDice", chat_id=1) == "Not Implemented: the sandbox has no method sendDice"


async def test_a_message_stands_on_the_screen(bot: Bot, ana: Finger) -> None:
    sent = await bot.does("sendMessage", chat_id=ana.id, text=" How are you? ", reply_markup=INLINE)
    assert sent["text"] == "How are you?"
    assert sent["reply_markup"] == INLINE
    shown = (await ana.sees())["messages"][-1]
    assert (shown["id"], shown["from"], shown["text"]) == (sent["message_id"], "bot", "How are you?")
    assert [face["label"] for face in shown["rows"][0]] == ["Yes", "No"]


async def test_parameters_come_by_query_form_multipart_and_json(bot: Bot, ana: Finger, http: httpx.AsyncClient) -> None:
    path = f"{bot.path}/sendMessage"
    markup = '{"inline_keyboard":[[{"text":"Sí","callback_data":"a"}]]}'
    flat = {"chat_id": str(ana.id), "text": "¿Sí?\r\n2", "reply_markup": markup}
    answers = [
        await http.get(path, params=flat),
        await http.post(path, params=flat),
        await http.post(path, data=flat),
        await http.post(path, files={name: (None, value) for name, value in flat.items()}),
        await http.post(path, json=flat),
        await http.post(path, json=flat | {"chat_id": ana.id, "reply_markup": button(callback_data="a")}),
    ]
    assert [answer.status_code for answer in answers] == [200] * 6
    assert {answer.json()["result"]["text"] for answer in answers} == {"¿Sí?\r\n2"}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  "}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "reply_markup": button(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": button(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": button(copy_text={"text": ""})}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "reply_markup": button(copy_text={"text": "1" * 257})}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "reply_markup": button()},
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "x", "parse_mode": "HTML"}, 'the sandbox does not know the parameter "parse_mode" here'),
        (
            {"text": "x", "reply_markup": button(callback_data="a", colour="red")},
            'the sandbox does not know the parameter "reply_markup.inline_keyboard.inline_keyboard.0.0.colour" here',
        ),
        ({"text": 5}, 'the parameter "text" is wrong: Input should be a valid string'),
        (
            {"text": "x", "protect_content": "perhaps"},
            'the parameter "protect_content" is wrong: Input should be a valid boolean',
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "the sandbox was given an entity that reaches beyond the text",
        ),
        ({"text": "x", "reply_markup": rows(*[8] * 13)}, "reply markup is too long"),
        (
            {"text": "x", "reply_markup": rows(9)},
            "the sandbox was given a row of more than 8 buttons, which the apps would break up",
        ),
        (
            {"text": "x", "entities": [{"type": "date_time", "offset": 0, "length": 1}]},
            "can't parse MessageEntity: unix_time goes with date_time and with nothing else",
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 1, "url": "https://example.org"}]},
            "can't parse MessageEntity: url goes with text_link and with nothing else",
        ),
        (
            {"text": "🌱", "entities": [{"type": "bold", "offset": 0, "length": 1}]},
            "entity begins or ends in the middle of a UTF-16 symbol",
        ),
    ],
)  # fmt: skip
async def test_a_message_that_telegram_would_not_take(bot: Bot, ana: Finger, parameters: Any, words: str) -> None:
    assert await bot.is_told("sendMessage", chat_id=ana.id, **parameters) == f"Bad Request: {words}"
    assert await ana.reads() == ["/start"]


async def test_limits_are_still_inside(bot: Bot, ana: Finger) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="é" * 4096, reply_markup=button(callback_data="é" * 32))
    await bot.does("sendMessage", chat_id=ana.id, text="x", reply_markup=button(copy_text={"text": "1" * 256}))
    await bot.does("sendMessage", chat_id=ana.id, text="x", reply_markup=rows(*[8] * 12, 4))
    bold = [{"type": "bold", "offset": 0, "length": 1}] * 100
    await bot.does("sendMessage", chat_id=ana.id, text="x", entities=bold)
    assert "entities" in await bot.is_told("sendMessage", chat_id=ana.id, text="x", entities=[*bold, *bold[:1]])


@pytest.mark.parametrize("how", ["", "r", "t", "wDT", "d"])
async def test_an_instant_is_written_by_each_readers_app(bot: Bot, ana: Finger, how: str) -> None:
    entity = {"type": "date_time", "offset": 3, "length": 5, "unix_time": 1_790_000_000, "date_time_format": how}
    sent = await bot.does("sendMessage", chat_id=ana.id, text="At 19:00.", entities=[entity])
    assert sent["entities"] == (await ana.sees())["messages"][-1]["entities"] == [entity]
    wrong = entity | {"date_time_format": "rt"}
    assert "date_time_format" in await bot.is_told("sendMessage", chat_id=ana.id, text="At 19:00.", entities=[wrong])


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"request_contact": True}, "phone number"),
        ({"request_location": True}, "location"),
        ({"request_users": {"request_id": 1}}, "users"),
    ],
)
async def test_a_group_is_asked_for_nothing_personal(
    bot: Bot, ana: Finger, http: httpx.AsyncClient, asked: Any, what: str
) -> None:
    group = (await http.post("/groups", json={"person_id": ana.id})).json()["id"]
    keyboard = {"keyboard": [[{"text": "Give", **asked}]]}
    told = await bot.is_told("sendMessage", chat_id=group, text="?", reply_markup=keyboard)
    assert told == f"Bad Request: {what} can be requested in private chats only"
    twice = {"keyboard": [[{"text": "Give", "request_location": True, "request_contact": True}]]}
    assert "a button asks for one thing" in await bot.is_told(
        "sendMessage", chat_id=ana.id, text="?", reply_markup=twice
    )


def test_the_kinds_known_here_are_those_of_the_library() -> None:
    ours = get_args(Entity.model_fields["type"].annotation)
    assert set(MessageEntityType) - set(ours) == {"text_mention", "custom_emoji"}, "two that name people or cost money"
    assert set(get_args(Action.model_fields["action"].annotation)) == set(ChatAction)
    assert set(get_args(Style)) == set(KeyboardButtonStyle)


async def test_a_chat_must_be_there_and_be_named(bot: Bot, stranger: Finger) -> None:
    assert await bot.is_told("sendMessage", chat_id=stranger.id, text="x") == "Bad Request: chat not found"
    assert await bot.is_told("sendMessage", chat_id=7, text="x") == "Bad Request: chat not found"
    assert await bot.is_told("sendMessage", text="x") == "Bad Request: chat_id is empty"


async def test_a_body_that_cannot_be_read(bot: Bot, http: httpx.AsyncClient) -> None:
    path = f"{bot.path}/getMe"
    broken = await http.post(path, content=b"{", headers={"content-type": "application/json"})
    assert broken.json()["description"] == "Bad Request: can't parse JSON object"
    assert (await http.post(path, content=b"[]", headers={"content-type": "application/json"})).status_code == 400
    assert (await http.post(path, content=b"x", headers={"content-type": "text/plain"})).status_code == 400
    assert (await http.get(f"{path}?a=1&a=2")).status_code == 400
    assert (await http.post(path, files={"photo": ("a.jpg", b"x")})).status_code == 400


async def test_a_chat_is_described(bot: Bot, ana: Finger) -> None:
    chat = await bot.does("getChat", chat_id=ana.id)
    assert (chat["id"], chat["type"], chat["first_name"]) == (ana.id, "private", "Ana")
    assert await bot.is_told("getChat", chat_id=7) == "Bad Request: chat not found"


async def test_a_menu_is_kept_for_its_scope_and_language(bot: Bot) -> None:
    english, spanish = [{"command": "help", "description": "Help"}], [{"command": "help", "description": "Ayuda"}]
    assert await bot.does("setMyCommands", commands=english) is True
    await bot.does("setMyCommands", commands=spanish, language_code="es", scope={"type": "all_private_chats"})
    assert await bot.does("getMyCommands") == english
    assert await bot.does("getMyCommands", language_code="es") == []
    assert await bot.does("getMyCommands", language_code="es", scope={"type": "all_private_chats"}) == spanish
    assert "commands.0.command" in await bot.is_told(
        "setMyCommands", commands=[{"command": "Help", "description": "x"}]
    )
    assert "commands" in await bot.is_told("setMyCommands", commands=english * 101)


async def test_there_is_no_webhook_and_waiting_updates_can_be_dropped(bot: Bot, ana: Finger) -> None:
    await ana.does("say", text="Hello")
    info = await bot.does("getWebhookInfo")
    assert info == {"url": "", "has_custom_certificate": False, "pending_update_count": 1}
    assert await bot.does("deleteWebhook", drop_pending_updates=True) is True
    assert await bot.hears() == []


async def test_a_group_is_heard_and_left(bot: Bot, stranger: Finger, http: httpx.AsyncClient) -> None:
    group = (await http.post("/groups", json={"person_id": stranger.id, "title": "Friends"})).json()["id"]
    await http.post(f"/groups/{group}/say", json={"person_id": stranger.id, "text": "/start"})
    added, said = await bot.hears()
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert said["message"]["chat"] == {"id": group, "type": "group", "title": "Friends"}
    told = await bot.is_told("sendMessage", chat_id=stranger.id, text="x")
    assert told == "Forbidden: bot can't initiate conversation with a user"
    assert await bot.does("leaveChat", chat_id=group) is True
    assert not (await http.get(f"/groups/{group}")).json()["bot_present"]
    for method, more in (("leaveChat", {}), ("sendMessage", {"text": "x"})):
        assert await bot.is_told(method, chat_id=group, **more) == "Forbidden: bot is not a member of the group chat"
    await http.post(f"/groups/{group}/say", json={"person_id": stranger.id, "text": "Anyone?"})
    assert len(await bot.hears()) == 2
    assert (await http.get("/groups/-1")).status_code == 404


async def test_a_private_chat_cannot_be_left(bot: Bot, ana: Finger) -> None:
    told = await bot.is_told("leaveChat", chat_id=ana.id)
    assert told == "Bad Request: chat member status can't be changed in private chats"
