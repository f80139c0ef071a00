"""Hears which words are asked for while a step is taken, and finds them again on what is shown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from typing import Any

import pytest

from bot.chat import Message
from bot.texts import Texts

LETTER = r"[^\W_]"


class Ear:
    """Every answer that `Texts` gave since `forget`: key and words, by language."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], set[str]] = {}

    @contextmanager
    def open(self) -> Iterator[None]:
        """Listen. Nothing that is said changes."""
        says = Texts.__call__

        def heard(t: Texts, key: str, /, **values: str) -> str:
            words = says(t, key, **values)
            self._said.setdefault((t.language, key), set()).add(words)
            return words

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Texts, "__call__", heard)
            yield

    def forget(self) -> None:
        """A new step begins."""
        self._said.clear()

    def found(self, message: Message, language: str) -> frozenset[str]:
        """The keys whose words stand on this message, whole."""
        written = everything(message)
        return frozenset(
            key
            for (spoken, key), every in self._said.items()
            if spoken == language and any(_stands(words, written) for words in every)
        )


def everything(message: Message) -> str:
    """Every word of a message: text, labels, the buttons that stay, the hint in the input, a file, the commands."""
    labels = [button.label for row in message.rows for button in row]
    labels += [label for row in message.keyboard for label in row]
    labels += [about for _, about in message.menu or ()]
    file = unescape(message.document.text) if message.document else ""
    return "\n".join((message.text, *labels, message.hint, file)).casefold()


def _stands(words: str, written: str) -> bool:
    return bool(words) and _whole(words.casefold()).search(written) is not None


@cache
def _whole(words: str) -> Any:
    return re.compile(f"(?<!{LETTER}){re.escape(words)}(?!{LETTER})")
