"""What the sandbox hands out, held against the published schema of the Bot API."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox.methods import METHODS
from tests.sandbox.conftest import Bot, Clock, Finger

SCHEMA = Path(__file__).parents[3] / "shared" / "botapi" / "api-10.0.json"
pytestmark = pytest.mark.skipif(not SCHEMA.exists(), reason="the published schema does not lie beside the repository")

VARIANTS = {
    "ChatMember": ("status", {"member": "ChatMemberMember", "left": "ChatMemberLeft", "kicked": "ChatMemberBanned"}),
    "MaybeInaccessibleMessage": ("", {"": "Message"}),
}
SIMPLE = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": float}
INLINE = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "y", "style": "success"}],
        [{"text": "Copy", "copy_text": {"text": "1"}}, {"text": "Site", "url": "https://example.org"}],
    ]
}


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def fits(schema: Any, kind: str, value: Any) -> None:
    """Fails unless a value is one of this kind, down to its last field."""
    if kind in SIMPLE:
        assert type(value) is SIMPLE[kind], (kind, value)
    elif kind.startswith("Array of "):
        assert isinstance(value, list), (kind, value)
        for one in value:
            fits(schema, kind.removeprefix("Array of "), one)
    elif kind in VARIANTS:
        key, names = VARIANTS[kind]
        fits(schema, names[value.get(key, "")], value)
    else:
        fields = {field["name"]: field for field in schema["types"][kind].get("fields", [])}
        assert set(value) <= set(fields), (kind, set(value) - set(fields))
        assert {name for name, field in fields.items() if field["required"]} <= set(value), (kind, value)
        for name, inner in value.items():
            fits(schema, fields[name]["types"][0], inner)


async def test_every_answer_is_what_its_method_returns(schema: Any, bot: Bot, ana: Finger) -> None:
    async def call(method: str, **parameters: Any) -> Any:
        result = await bot.does(method, **parameters)
        fits(schema, schema["methods"][method]["returns"][0], result)
        return result

    bold = [{"type": "bold", "offset": 0, "length": 1}]
    extras = {"protect_content": True, "link_preview_options": {"is_disabled": True}}
    sent = await call("sendMessage", chat_id=ana.id, text="One", entities=bold, reply_markup=INLINE, **extras)
    place = {"chat_id": ana.id, "message_id": sent["message_id"]}
    await call("pinChatMessage", **place)
    await call("getChat", chat_id=ana.id)
    await call("unpinChatMessage", chat_id=ana.id)
    await call("editMessageText", **place, text="Two")
    await call("editMessageReplyMarkup", **place, reply_markup=INLINE)
    await call("answerCallbackQuery", callback_query_id=(await ana.does("tap", label="Yes"))["query"])
    await call("deleteMessage", **place)
    await call("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    for method in ("getMe", "getMyCommands", "getWebhookInfo", "deleteWebhook", "getUpdates"):
        await call(method)


async def test_every_update_is_one(schema: Any, bot: Bot, ana: Finger, http: httpx.AsyncClient, clock: Clock) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="?", reply_markup=INLINE)
    await ana.does("tap", label="Yes")
    said = (await ana.does("say", text="/help"))["message_id"]
    await ana.does("edit", message_id=said, text="Help")
    for act in ("sticker", "block", "unblock"):
        await ana.does(act)
    group = (await http.post("/groups", json={"person_id": ana.id})).json()["id"]
    await http.post(f"/groups/{group}/say", json={"person_id": ana.id, "text": "Hello"})
    fits(schema, "ChatFullInfo", await bot.does("getChat", chat_id=group))
    updates = await bot.hears()
    assert len(updates) == 8
    fits(schema, "Array of Update", updates)


def test_every_parameter_we_take_is_one_of_the_published(schema: Any) -> None:
    for method, (model, _) in METHODS.items():
        published = {field["name"]: field["required"] for field in schema["methods"][method].get("fields", [])}
        assert set(model.model_fields) <= set(published), method
        required = {name for name, needed in published.items() if needed}
        assert required <= set(model.model_fields), method
