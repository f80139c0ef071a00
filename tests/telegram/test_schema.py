"""Each request that leaves the bot is one that the published Bot API allows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Button, Message, Press
from bot.telegram.messenger import TelegramMessenger
from tests.telegram.wire import Wire, fine, sent

PUBLISHED = Path(__file__).parents[3] / "shared" / "botapi" / "api-10.0.json"

PLAIN: dict[str, type] = {"Integer": int, "String": str, "Boolean": bool}


@pytest.fixture(scope="module")
def api() -> dict[str, Any]:
    if not PUBLISHED.exists():
        pytest.skip("the published Bot API is not beside this repository")
    loaded: dict[str, Any] = json.loads(PUBLISHED.read_text())
    return loaded


def objections(api: dict[str, Any], fields: list[dict[str, Any]], given: dict[str, Any], place: str) -> Iterator[str]:
    """What the API would not take: unknown names, missing ones, values of a wrong type."""
    known = {field["name"]: field for field in fields}
    yield from (f"{place} has no {name}" for name in given.keys() - known.keys())
    yield from (f"{place} lacks {name}" for name, field in known.items() if field["required"] and name not in given)
    for name in given.keys() & known.keys():
        if not any(fits(api, kind, given[name]) for kind in known[name]["types"]):
            yield f"{place}.{name} is none of {known[name]['types']}"


def fits(api: dict[str, Any], kind: str, value: object) -> bool:
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        return isinstance(value, list) and all(fits(api, inner, each) for each in value)
    if kind in PLAIN:
        return type(value) is PLAIN[kind]
    described = api["types"].get(kind)
    return (
        described is not None and isinstance(value, dict) and not [*objections(api, described["fields"], value, kind)]
    )


async def test_every_request_is_allowed(api: dict[str, Any], wire: Wire, messenger: TelegramMessenger) -> None:
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
        method = api["methods"][asked.method]
        assert not [*objections(api, method.get("fields", []), asked.parameters, asked.method)]
