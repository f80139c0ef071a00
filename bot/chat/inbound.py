"""What people do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Raw = Mapping[str, Any]
"""One update as the platform handed it over, decoded from JSON and otherwise untouched."""

ALBUM_LIMIT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """What a person did.

    `address` is where the answer goes (`telegram:123`). `at` is when they did it, aware UTC, where the platform
    tells (Telegram does not for a press). `language` is what their app is set to (`pt-br`), a hint and no more.
    `message_id` names what they sent, or for a press the message of ours that carries the button.
    """

    address: str
    at: datetime | None = None
    language: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Inbound):
    """`/name rest`, the name in lower case and without the slash or the bot's own name."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Inbound):
    """A tapped button. `press_id` is what the platform wants back to stop its spinner."""

    data: str
    press_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Inbound):
    """Typed words, or one of the buttons that stay: those send their own words."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Inbound):
    """Where they are, shared once. Degrees; nobody keeps them."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Inbound):
    """Somebody whom they picked, or whose card they sent, by the name that they have for them.

    `who` is that person's address, where the platform tells one.
    """

    name: str
    who: str = ""


Kind = Literal["photo", "voice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Inbound):
    """A picture or a voice note. `file` is the platform's name of it, which stays valid; `caption` are its words.

    Of several that were sent as one each has the same `album`.
    """

    kind: Kind
    file: str
    caption: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable(Inbound):
    """Something that came from a person and that we cannot take in: a sticker, a film, an edit.

    Of several that were sent as one each has the same `album`, and they get one answer between them.
    """

    album: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Inbound):
    """They closed the door: nothing can be sent until they open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unblocked(Inbound):
    """The door is open again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere(Inbound):
    """Something in a chat that is not one person's own. We say nothing there and leave."""
