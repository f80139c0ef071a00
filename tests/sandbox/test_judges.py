"""Both judges of the Bot API hear every call in these tests. Here they show that they can say no, and to what."""

from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.methods import METHODS
from bot.sandbox.phone import Phone
from tests.judges import API, Judges, answer_objections, call_objections, models
from tests.sandbox.conftest import Bot, Finger
from tests.sandbox.pictures import VOICE, png

published = pytest.mark.skipif(API is None, reason="the published Bot API does not lie beside the repository")

HELLO = {"chat_id": "5", "text": "Hello"}
COPY = {"text": "1", "copy_text": {"text": "1" * 257}}
YES = {"text": "Yes", "callback_data": "y"}


def keys(**more: Any) -> dict[str, Any]:
    return HELLO | {"reply_markup": {"inline_keyboard": [[YES | more]]}}


def bold(**more: Any) -> dict[str, Any]:
    return HELLO | {"entities": [{"type": "bold", "offset": 0, "length": 1} | more]}


WRONG = {
    "an unknown name": ("sendMessage", HELLO | {"colour": "red"}),
    "one that is missing": ("sendMessage", {"chat_id": "5"}),
    "a wrong type": ("sendMessage", HELLO | {"disable_notification": "perhaps"}),
    "no array": ("sendMessage", HELLO | {"entities": "bold"}),
    "an unknown name deep down": ("sendMessage", keys(colour="red")),
    "a button without words": ("sendMessage", HELLO | {"reply_markup": '{"inline_keyboard": [[{"url": "x"}]]}'}),
    "a wrong type deep down": ("sendMessage", bold(offset="0")),
    "a kind that there is not": ("setMessageReaction", {"chat_id": 5, "message_id": 1, "reaction": [{"type": "joy"}]}),
    "no file": ("sendPhoto", {"chat_id": 5, "photo": 7}),
    "a scope without its chat": ("getMyCommands", {"scope": {"type": "chat"}}),
}  # fmt: skip
TOO_LONG = {
    "text": ("sendMessage", HELLO | {"text": "x" * 4097}),
    "no text": ("sendMessage", HELLO | {"text": ""}),
    "caption": ("sendPhoto", {"chat_id": 5, "photo": "id", "caption": "x" * 1025}),
    "what a button hands back": ("sendMessage", keys(callback_data="é" * 33)),
    "what a button copies": ("sendMessage", HELLO | {"reply_markup": {"inline_keyboard": [[COPY]]}}),
    "the answer to a tap": ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}),
    "a command": ("setMyCommands", {"commands": [{"command": "x" * 33, "description": "x"}]}),
    "messages to delete": ("deleteMessages", {"chat_id": 5, "message_ids": [*range(101)]}),
    "connections": ("setWebhook", {"url": "x", "max_connections": 101}),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_the_models_of_another_library_say_no(wrong: str) -> None:
    assert [*models.call(*WRONG[wrong])]


@published
@pytest.mark.parametrize("wrong", [*WRONG, *TOO_LONG])
def test_the_published_api_says_no(wrong: str) -> None:
    assert API is not None
    assert [*API.call(*(WRONG | TOO_LONG)[wrong])]


@pytest.mark.parametrize("right", [HELLO, keys(), bold(), keys(style="danger")])
def test_neither_minds_what_is_right(right: dict[str, Any]) -> None:
    assert call_objections("sendMessage", right) == []


@pytest.mark.parametrize(
    ("method", "result"),
    [
        ("sendMessage", {"message_id": 5}),
        ("getMe", {"id": 5, "is_bot": True, "first_name": "W", "mood": "good"}),
        ("getChatMember", {"status": "away", "user": {"id": 5, "is_bot": False, "first_name": "Ana"}}),
        ("getUpdates", [{"update_id": 1, "message": {"message_id": 1, "date": "yesterday", "text": "?"}}]),
        ("deleteMessage", "perhaps"),
    ],
)
def test_both_say_no_to_an_answer(method: str, result: Any) -> None:
    assert [*models.answer(method, result)]
    assert API is None or [*API.answer(method, result)]


def test_a_judge_that_objects_is_heard(judges: Judges, sandbox: Sandbox) -> None:
    call = sandbox.calls.add("sendMessage", {"chat_id": 5}, "")
    sandbox.calls.done(call, {"message_id": 5})
    assert len(judges.objections) == len(call_objections("sendMessage", {"chat_id": 5})) + len(
        answer_objections("sendMessage", {"message_id": 5})
    )
    judges.objections.clear()


async def test_every_method_is_judged_with_what_it_is_asked_and_answers(
    judges: Judges, bot: Bot, ana: Finger, sandbox: Sandbox
) -> None:
    """Whatever method is added has to be called here once."""
    here: dict[str, Any] = {"chat_id": ana.id}
    picture = sandbox.world.files.add("photo", png(), mime="image/png").id
    voice = sandbox.world.files.add("voice", VOICE, mime="audio/ogg", seconds=3).id
    table = sandbox.world.files.add("document", b"a,b", name="table.csv", mime="text/csv").id
    entities = [
        {"type": "bold", "offset": 0, "length": 1},
        {"type": "date_time", "offset": 0, "length": 2, "unix_time": 1_790_000_000, "date_time_format": "wDt"},
    ]
    words = {"text": "One", "entities": entities, "link_preview_options": {"is_disabled": True}}
    quiet = {"disable_notification": True, "protect_content": True, "allow_paid_broadcast": True}
    asks = {"request_id": 1, "max_quantity": 3, "request_name": True}
    keyboard = {"keyboard": [[{"text": "a", "request_users": asks}, {"text": "b", "request_contact": True}]]}

    sent = await bot.does("sendMessage", **here, **words, **quiet, reply_markup={"inline_keyboard": [[YES]]})
    one = here | {"message_id": sent["message_id"]}
    pressed = await ana.does("tap", label="Yes")
    photo = here | {
        "message_id": (await bot.does("sendPhoto", **here, photo=picture, caption="One"))["message_id"],
    }
    done = {
        "sendMessage": here | {"text": "Choose", "reply_markup": keyboard | {"input_field_placeholder": "a"}},
        "sendDocument": here | {"document": table, "caption": "One", "caption_entities": entities[:1]},
        "sendVoice": here | {"voice": voice, "duration": 3},
        "sendContact": here | {"phone_number": "+12025550100", "first_name": "Line", "last_name": "One"},
        "sendLocation": here | {"latitude": 38.72, "longitude": -9},
        "sendChatAction": here | {"action": "typing"},
        "copyMessage": one | {"from_chat_id": ana.id},
        "editMessageText": one | {"text": "Two", "reply_markup": {"inline_keyboard": [[YES | {"style": "success"}]]}},
        "editMessageReplyMarkup": one,
        "editMessageCaption": photo | {"caption": "Two"},
        "editMessageMedia": photo | {"media": {"type": "document", "media": table, "caption": "Three"}},
        "pinChatMessage": one | {"disable_notification": True},
        "getChat": here,
        "unpinChatMessage": here,
        "setMessageReaction": one | {"reaction": [{"type": "emoji", "emoji": "👍"}], "is_big": True},
        "answerCallbackQuery": {"callback_query_id": pressed["query"], "text": "Noted", "show_alert": True},
        "getFile": {"file_id": voice},
        "getChatMember": here | {"user_id": ana.id},
        "deleteMessage": one,
        "deleteMessages": here | {"message_ids": [photo["message_id"]]},
        "setMyCommands": {"commands": [{"command": "help", "description": "Help"}], "language_code": "es"},
        "getMyCommands": {"language_code": "es", "scope": {"type": "default"}},
        "deleteMyCommands": {"language_code": "es"},
        "setMyName": {"name": "Windbreak"},
        "getMyName": {"language_code": "es"},
        "setMyDescription": {"description": "A calm place."},
        "getMyDescription": {},
        "setMyShortDescription": {"short_description": "A calm place."},
        "getMyShortDescription": {},
        "setChatMenuButton": here | {"menu_button": {"type": "commands"}},
        "getChatMenuButton": here,
        "getMe": {},
        "getUpdates": {"limit": 100, "timeout": 0, "allowed_updates": ["message"]},
        "setWebhook": {"url": "http://127.0.0.1:1/x", "secret_token": "s", "max_connections": 1},
        "getWebhookInfo": {},
        "deleteWebhook": {"drop_pending_updates": True},
    }
    for method, parameters in done.items():
        await bot.does(method, **parameters)
    assert {call.method for call in sandbox.calls.all} == {*METHODS, "getUpdates"} - {"leaveChat"}
    assert judges.heard == len(sandbox.calls.all)


async def test_every_kind_of_update_is_judged(
    judges: Judges, bot: Bot, ana: Finger, sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    phone = Phone(sandbox.world, sandbox.world.people[ana.id])
    await bot.hears(
        allowed_updates=["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
    )
    asks = {
        "keyboard": [[{"text": "Who", "request_users": {"request_id": 1}}, {"text": "Me", "request_contact": True}]]
    }
    await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=asks)
    sent = await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup={"inline_keyboard": [[YES]]})
    phone.tap("Yes")
    phone.tap("Me")
    phone.choose("Who", [ana.id])
    phone.edit(phone.say("/help"), "Help")
    phone.sticker()
    phone.location(48.2, 16.4)
    phone.photo(png(), "Look")
    phone.voice(VOICE, 2)
    phone.document(b"a", "a.txt")
    phone.contact("Ben", "+12025550199")
    phone.react(sent["message_id"], "👍")
    phone.block()
    phone.unblock()
    group = (await http.post("/groups", json={"person_id": ana.id})).json()["id"]
    await http.post(f"/groups/{group}/say", json={"person_id": ana.id, "text": "Hello"})
    assert (await bot.does("getChat", chat_id=group))["type"] == "group"
    assert len(await bot.hears()) == 16
    assert await bot.does("leaveChat", chat_id=group)
    assert judges.objections == []


def test_every_parameter_we_take_is_one_of_the_published() -> None:
    if API is None:
        pytest.skip("the published Bot API does not lie beside the repository")
    for method, (model, _) in METHODS.items():
        fields = {field["name"]: field["required"] for field in API.methods[method].get("fields", [])}
        assert set(model.model_fields) <= set(fields), method
        assert {name for name, needed in fields.items() if needed} <= set(model.model_fields), method
