"""HTTP to the Bot API: connections, and what their failures mean."""

import json
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.chat import Ambiguous, DeliveryError, NothingToEdit, NotTaken, Refused, TooFast, Unauthorized, Unreachable

# Long enough that a reply in a quiet hour does not pay for a new TLS handshake, short enough for most routers.
KEPT_OPEN = timedelta(seconds=50)

# What a 429 without a `retry_after` that can be read (from a proxy in front of Telegram) is taken to mean.
UNTOLD_WAIT = timedelta(seconds=5)

Answer = TypeVar("Answer")


class Unneeded(Refused):
    """Telegram says that there is nothing left to do: the edit changes nothing, the press is too old to answer."""


class SecondListener(NotTaken):
    """Somebody else listens with our token, or a webhook is set (409)."""


class Transport(HTTPXRequest):
    """PTB's own transport with a pool of our size, and without its habit of logging what it cannot parse."""

    def __init__(self, api_url: str, connections: int, patience: timedelta) -> None:
        """`patience` is how long an answer may take once the request has left."""
        super().__init__(
            connection_pool_size=connections,
            read_timeout=patience.total_seconds(),
            httpx_kwargs={
                "limits": httpx.Limits(max_connections=connections, keepalive_expiry=KEPT_OPEN.total_seconds()),
                # A proxy named in the environment is for Telegram, never for a Bot API on this machine.
                "trust_env": urlsplit(api_url).hostname not in {"127.0.0.1", "::1", "localhost"},
            },
        )

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Decode an answer. Raises TelegramError if it is no JSON object.

        PTB's own logs the whole answer then, and an answer repeats the words that were sent.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("not a JSON object")
        return answer


async def answered(call: Awaitable[Answer]) -> Answer:
    """What Telegram answers to a call. Raises `DeliveryError` and nothing else."""
    try:
        return await call
    except Exception as error:  # noqa: BLE001  # PTB lets TypeError, KeyError and more through on an odd answer
        trouble = meaning(error)
    # Raised out here so that nothing hangs on it: PTB's errors hold the token, and words that were sent.
    raise trouble


_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)

_PLAIN: tuple[tuple[type[Exception], type[DeliveryError]], ...] = (
    (InvalidToken, Unauthorized),
    (Forbidden, Unreachable),
    (ChatMigrated, Refused),
    (Conflict, SecondListener),
)

# Pieces of the descriptions of 400s: Telegram has no codes for them.
_REFUSALS: tuple[tuple[str, type[DeliveryError]], ...] = (
    ("message is not modified", Unneeded),
    ("query is too old", Unneeded),
    ("message to edit not found", NothingToEdit),
    ("message can't be edited", NothingToEdit),
    ("message_id_invalid", NothingToEdit),
    ("no text in the message to edit", NothingToEdit),
    ("message to delete not found", NothingToEdit),
    ("chat not found", Unreachable),
    ("user not found", Unreachable),
    ("peer_id_invalid", Unreachable),
    ("deactivated", Unreachable),
    ("can't initiate conversation", Unreachable),
)


def meaning(error: Exception) -> DeliveryError:
    """What an exception of PTB says about the message. Whatever is not known to be harmless is `Ambiguous`."""
    if isinstance(error, RetryAfter):
        return _too_fast(error)
    if isinstance(error, BadRequest):
        return _of_text(error.message)
    for kind, plain in _PLAIN:
        if isinstance(error, kind):
            return plain()
    return _of_cause(error)


def _too_fast(error: RetryAfter) -> TooFast:
    wait = error.retry_after
    # PTB hands on whatever type the JSON had.
    return TooFast(max(timedelta(), wait) if isinstance(wait, timedelta) else UNTOLD_WAIT)


def _of_text(description: str) -> DeliveryError:
    lowered = description.lower()
    return next((kind() for piece, kind in _REFUSALS if piece in lowered), Refused())


def _of_cause(error: Exception) -> DeliveryError:
    """Which of httpx's errors stands behind PTB's tells whether the request can have left."""
    if isinstance(error.__cause__, _NEVER_LEFT):
        return NotTaken()
    if isinstance(error.__cause__, UnicodeError):
        return Refused()
    if isinstance(error, NetworkError) and error.message.lower().startswith("too many requests"):
        return TooFast(UNTOLD_WAIT)
    return Ambiguous()
