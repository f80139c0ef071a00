"""What people do and what they are shown, on whichever platform. Imports nothing of ours.

A platform is a `Messenger`: it reads raw updates into `Inbound` and shows `Message`. `bot/telegram/` is one, the
phone of the tests is another.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import Protocol

from bot.chat.errors import (
    Ambiguous,
    DeliveryError,
    NothingToEdit,
    NotTaken,
    Refused,
    TooFast,
    Unauthorized,
    Unreachable,
)
from bot.chat.inbound import (
    ALBUM_LIMIT,
    Attachment,
    Blocked,
    Command,
    Contact,
    Elsewhere,
    Inbound,
    Kind,
    Location,
    Press,
    Raw,
    Text,
    Unblocked,
    Unreadable,
)
from bot.chat.message import (
    CAPTION_LIMIT,
    COPY_LIMIT,
    DOCUMENT_LIMIT,
    FILE_ID,
    HINT_LIMIT,
    MEDIA_LIMIT,
    PRESS_LIMIT,
    TEXT_LIMIT,
    Button,
    Document,
    Media,
    Message,
    Rows,
)

__all__ = [
    "ALBUM_LIMIT",
    "CAPTION_LIMIT",
    "COPY_LIMIT",
    "DOCUMENT_LIMIT",
    "FILE_ID",
    "HINT_LIMIT",
    "MEDIA_LIMIT",
    "PRESS_LIMIT",
    "REMOVED_AT_ONCE",
    "TEXT_LIMIT",
    "Ambiguous",
    "Attachment",
    "Blocked",
    "Button",
    "Command",
    "Contact",
    "DeliveryError",
    "Document",
    "Elsewhere",
    "Inbound",
    "Kind",
    "Lane",
    "Location",
    "Media",
    "Message",
    "Messenger",
    "NotTaken",
    "NothingToEdit",
    "Press",
    "Raw",
    "Refused",
    "Rows",
    "Text",
    "TooFast",
    "Unauthorized",
    "Unblocked",
    "Unreachable",
    "Unreadable",
]

REMOVED_AT_ONCE = 100
"""As many messages as one call may take off a screen."""


class Lane(IntEnum):
    """Priority of what leaves. Counted from 1, because a 0 is too easily taken for "none given"."""

    CRISIS = 1
    ALERT = 2
    REPLY = 3
    REMINDER = 4
    CHECKIN = 5
    BULK = 6


class Messenger(Protocol):
    """One messaging platform. Every method that sends raises `DeliveryError` and nothing else."""

    bot: str
    """Which account of ours this is (`telegram:4242`): the first half of an update's key."""

    def number(self, raw: Raw) -> int:
        """The platform's own number of an update. Raises KeyError, TypeError or ValueError if there is none."""

    def sender(self, raw: Raw) -> str:
        """The address an update comes from, read without understanding the rest; empty if it has none."""

    def read(self, raw: Raw) -> Inbound | None:
        """What a person did, or None for an update that means nothing to us. Raises anything on a broken one."""

    async def send(self, address: str, message: Message, *, urgent: bool = False) -> str:
        """Show something new and return its message id. `urgent` goes over connections kept free for it."""

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Put other words and buttons in a message's place. Already the same is success."""

    async def mark(self, address: str, message_id: str, mark: str) -> None:
        """Put a mark, one emoji, on a message of theirs, in the place of one before. Rings nobody."""

    async def remove(self, address: str, message_ids: Sequence[str]) -> None:
        """Take up to `REMOVED_AT_ONCE` messages, ours or theirs, off the screen. Gone already is success."""

    async def acknowledge(self, press: Press) -> None:
        """Tell the person's phone that a press has arrived."""

    async def leave(self, address: str) -> None:
        """Leave a chat that is not one person's own."""

    def link(self, code: str) -> str:
        """What somebody taps to come to us with a code, which then stands behind `/start`."""
