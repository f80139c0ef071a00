"""Watches every log record of every test, at the level that `LOG_LEVEL=DEBUG` gives, for anything personal.

What counts as personal is whatever the test's own people did: the words they typed, their names, numbers, addresses
and places, the buttons they pressed, and the token. Each is looked for as it is and in four wrappings, because these
are the ways in which it could come into a log: percent-encoded (an URL), base64 (a sealed or attached thing, at any of
its three offsets), JSON with escapes (a raw update), hex (a bound value, a blob).

It costs a test 0.06 ms of processor time, and one with forty updates and five lines in the log 0.6 ms.

What it does not see: the log of another process (the kill suite's), and what a test writes into the database by hand.
"""

import json
import logging
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest

from bot import logs
from bot.app import App
from bot.chat import Raw
from bot.telegram import redact
from bot.telegram.listener import Listener
from bot.telegram.messenger import TelegramMessenger

PERSONAL = frozenset(
    (
        "address",
        "caption",
        "data",
        "file",
        "file_id",
        "first_name",
        "from",
        "id",
        "last_name",
        "latitude",
        "longitude",
        "text",
        "username",
    )
)
"""Fields of a raw update that say something of somebody, on any of our platforms."""

LONG = 5
"""Letters from which on a word is looked for anywhere; a shorter one only where it stands alone."""
SHORT = 3
SURE = 12
"""A single word of so many letters is part of no other."""
EVERYDAY = frozenset(("help", "start", "hello", "again", "after", "words", "update", "nothing", "person"))
"""Typed in some scenes, and ordinary words of our own log."""


def encodings(canary: str) -> Mapping[str, tuple[str, ...]]:
    """How a canary reads in each wrapping. All but base64 are compared without case."""
    raw = canary.encode()
    # cut to what does not depend on the neighbours: three bytes are four letters
    offsets = [b64encode(b"\0" * skip + raw).decode() for skip in range(3)]
    inner = [text[(0, 2, 3)[skip] :].rstrip("=")[:-1] for skip, text in enumerate(offsets)]
    return {
        "plain": (canary,),
        "percent": (quote(canary, safe=""),),
        "base64": tuple(text for text in inner if len(text) >= LONG),
        "json": (json.dumps(canary)[1:-1],),
        "hex": (raw.hex(),),
    }


class Watch(logging.Handler):
    """Everything that was logged, and every canary that must not be among it."""

    def __init__(self) -> None:
        super().__init__()
        self.canaries: set[str] = set()
        self._finished = StringIO()
        self._raw: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what a record says before anything is taken out of it. Libraries speak from WARNING on, as in `logs`."""
        if record.levelno >= logging.WARNING or record.name.split(".")[0] == logs.OURS:
            self._raw += (record.getMessage(), record.exc_text or "")

    def configure(self) -> None:
        """Log as the program does at DEBUG: its own finished lines are kept as well."""
        root = logging.getLogger()
        others = root.handlers[:]
        logs.configure("DEBUG", redact.tokens)
        (ours,) = root.handlers
        assert isinstance(ours, logging.StreamHandler)
        ours.setStream(self._finished)
        root.handlers[:] = [*others, ours, self]

    def plant(self, raws: Sequence[Raw]) -> None:
        """Whatever these updates say of somebody."""
        for raw in raws:
            self.canaries.update(_personal(raw))

    def leaks(self) -> list[str]:
        """Which canary was logged, how it was wrapped, and where."""
        lines = [*map(_without_hour, self._finished.getvalue().splitlines()), *self._raw]
        if not lines:
            return []
        written = "\n".join(lines)
        folded = written.casefold()
        return [
            f"{canary!r} as {how}"
            for canary in sorted(self.canaries)
            for how, forms in encodings(canary).items()
            for form in forms
            if _stands(form, written if how == "base64" else folded, exact=how == "base64")
        ]

    def forget(self) -> None:
        """Nothing has been logged."""
        self._finished.truncate(0)
        self._raw.clear()


def _without_hour(line: str) -> str:
    """A finished line without the instant it begins with: who asks for 19:00 may well do it at 19:00."""
    return line.partition("Z ")[2] if line[:1].isdigit() else line


def _stands(form: str, written: str, *, exact: bool) -> bool:
    form = form if exact else form.casefold()
    if form not in written:
        return False
    # "erase" is a button, and "erased" what a log may say
    whole = not exact and (len(form) < LONG or (form.isalpha() and len(form) < SURE))
    return not whole or re.search(rf"(?<!\w){re.escape(form)}(?!\w)", written) is not None


def _personal(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _personal(inner, key)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _personal(inner, name)
    elif name in PERSONAL and not isinstance(value, bool):
        said = str(value)
        number = said.lstrip("-").isdecimal()
        # a small number is anything; a command says what the bot can do, and a word of ours what it does
        if len(said) >= (LONG + 1 if number else SHORT) and said[0] != "/" and said.casefold() not in EVERYDAY:
            yield said


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Fail a test in which anything personal of its own people was logged."""
    watch = Watch()
    root = logging.getLogger()
    handlers, hook = root.handlers[:], sys.excepthook
    levels = {one: one.level for one in map(logging.getLogger, (None, logs.OURS, *logs.TALKATIVE))}
    watch.configure()
    _see_updates(watch, monkeypatch)
    for edge in (TelegramMessenger, Listener):
        _see_token(watch, edge, monkeypatch)
    yield watch
    logging.captureWarnings(False)
    sys.excepthook = hook
    root.handlers[:] = handlers
    for logger, level in levels.items():
        logger.setLevel(level)
    leaks = watch.leaks()
    assert not leaks, f"personal, and in a log: {leaks}"


def _see_updates(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    arrive = App.arrive

    async def seen(app: App, raws: Sequence[Raw]) -> None:
        watch.plant(raws)
        await arrive(app, raws)

    monkeypatch.setattr(App, "arrive", seen)


def _see_token(watch: Watch, edge: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    begin: Callable[..., None] = edge.__init__

    def seen(one: Any, token: str, *rest: Any, **more: Any) -> None:
        watch.canaries.update((token, token.partition(":")[2]))
        begin(one, token, *rest, **more)

    monkeypatch.setattr(edge, "__init__", seen)
