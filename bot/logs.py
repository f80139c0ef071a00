"""What may be said in a log, held to in one place: a sentence and a slug, never words, names or the token."""

import asyncio
import copy
import logging
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

log = logging.getLogger(__name__)

OURS = "bot"

# At DEBUG or INFO these show bound values, whole updates and addresses that hold the token.
TALKATIVE = ("aiosqlite", "alembic", "apscheduler", "asyncio", "httpcore", "httpx", "sqlalchemy", "telegram", "uvicorn")


def configure(level: str | int, redact: Callable[[str], str]) -> None:
    """Send all logging to stderr: ours from `level` on, everybody else's from WARNING on. May be called again.

    `redact` takes secrets out of each finished line. Raises ValueError if there is no such level.
    """
    logging.getLogger(OURS).setLevel(level)
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    handler = _Handler(sys.stderr)
    handler.addFilter(_may_speak)
    handler.setFormatter(_Formatter(redact))
    root.handlers[:] = [handler]
    logging.captureWarnings(True)
    sys.excepthook = _crashed


def place(error: BaseException) -> str:
    """An exception as its type and where in our code it arose (`ValueError at bot.inbox:42`), without its message.

    The message may hold a person's words. A group is shown as what it holds.
    """
    if isinstance(error, BaseExceptionGroup):
        return f"{type(error).__name__} of {', '.join(map(place, error.exceptions))}"
    where = _where(error.__traceback__)
    return f"{type(error).__name__} at {where}" if where else type(error).__name__


def unheard(loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Exception handler for an event loop. The message of the loop's own holds the `repr` of callbacks and errors."""
    error = context.get("exception")
    told = place(error) if isinstance(error, BaseException) else "no exception"
    log.error("Something failed with nobody to hear it: %s. action=unheard", told)


def _where(traceback: TracebackType | None) -> str:
    """The innermost place in our own code, or the innermost at all where none of it is ours."""
    found = ""
    ours = False
    while traceback:
        name = _module(traceback)
        mine = name.split(".")[0] == OURS
        if mine or not ours:
            found = f"{name}:{traceback.tb_lineno}"
        ours = ours or mine
        traceback = traceback.tb_next
    return found


def _module(traceback: TracebackType) -> str:
    """A frame's module by its own name, also where it was started with `python -m`."""
    scope = traceback.tb_frame.f_globals
    spec = scope.get("__spec__")
    return str(getattr(spec, "name", None) or scope.get("__name__", "?"))


def _crashed(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    """What the interpreter does with an error that nobody caught, without its message and traceback."""
    if not isinstance(error, KeyboardInterrupt):
        log.critical("Stopped by an error: %s. action=crashed", place(error))


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] == OURS


def _may_speak(record: logging.LogRecord) -> bool:
    """The level once more: a logger's own level may have been lowered by anybody."""
    floor = logging.getLogger(OURS).level if _is_ours(record) else logging.WARNING
    return record.levelno >= floor


class _Handler(logging.StreamHandler[Any]):
    """Says that a line could not be written; the usual one prints the line's arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name is logging's
        """Name the place of the broken call, and where it broke."""
        error = sys.exc_info()[1]
        why = place(error) if error else "no exception"
        told = f"A line of {record.name}:{record.lineno} could not be written: {why}. action=log_broken\n"
        with suppress(OSError, ValueError):  # stderr closed, or a log on a full disk: nothing must fail for that
            self.stream.write(told)


class _Formatter(logging.Formatter):
    """`2026-01-31T09:00:00Z INFO bot.inbox Sentence. action=slug`, one line a record."""

    converter = staticmethod(time.gmtime)

    def __init__(self, redact: Callable[[str], str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The finished line, redacted as a whole: a secret may have been put together from arguments."""
        spoken = copy.copy(record)
        spoken.msg = _told(record.msg)
        if isinstance(record.args, Mapping):
            spoken.args = {key: _told(value) for key, value in record.args.items()}
        elif record.args:
            spoken.args = tuple(map(_told, record.args))
        sentence = " ".join(_lines(spoken))
        error = record.exc_info[1] if record.exc_info else None
        spoken.msg = f"{sentence} ({place(error)})" if error else sentence
        spoken.args = spoken.exc_info = spoken.exc_text = spoken.stack_info = None
        return self._redact(super().format(spoken))


def _lines(record: logging.LogRecord) -> list[str]:
    """What a record says. Of somebody else's only the first line: details, such as an error's text, come below."""
    lines = record.getMessage().splitlines()
    return lines if _is_ours(record) else lines[:1]


def _told(value: object) -> object:
    return place(value) if isinstance(value, BaseException) else value
