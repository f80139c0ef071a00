"""Two judges of what passes between the bot and the Bot API: the published API, and another library's models of it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bot.sandbox.api import NO_DATE, Call
from tests.judges import models
from tests.judges.published import Published

Objections = Iterable[str]

LYING_BESIDE = Path(__file__).parents[3] / "shared" / "botapi" / "api-10.0.json"
"""The published API as data. It is not part of this repository."""

API = Published.read(LYING_BESIDE) if LYING_BESIDE.exists() else None


class Judges:
    """Hear every call that the sandbox takes, and what it answers."""

    def __init__(self) -> None:
        self.objections: list[str] = []
        self.heard = 0

    def hear(self, call: Call, result: Any) -> None:
        """Both judge both sides."""
        self.heard += 1
        self.objections += call_objections(call.method, call.parameters)
        self.objections += answer_objections(call.method, _wholesome(call.method, result))


def _wholesome(method: str, result: Any) -> Any:
    """The result without the updates that a test has poisoned."""
    return (
        [one for one in result if one.get("message", {}).get("date") != NO_DATE] if method == "getUpdates" else result
    )


def call_objections(method: str, parameters: dict[str, Any]) -> list[str]:
    """What either would not take of a call."""
    return [*_each(lambda judge: judge.call(method, parameters))]


def answer_objections(method: str, result: Any) -> list[str]:
    """What either would not take of an answer."""
    return [*_each(lambda judge: judge.answer(method, result))]


def _each(ask: Callable[[Any], Objections]) -> Objections:
    if API is not None:
        yield from ask(API)
    yield from ask(models)
