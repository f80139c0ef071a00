"""What people do and what they are shown, on whichever platform. Imports nothing of ours.

A platform is a `Messenger`: it reads raw updates into `Inbound` and shows `Message`. `bot/telegram/` is one, the
phone of the tests is another.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Literal, Protocol

Raw = Mapping[str, Any]
"""One update as the platform handed it over, decoded from JSON and otherwise untouched."""

TEXT_LIMIT = 4096
PRESS_LIMIT = 64
COPY_LIMIT = 256
HINT_LIMIT = 64
CAPTION_LIMIT = 1024
DOCUMENT_LIMIT = 8_000_000
MEDIA_LIMIT = 8_000_000
FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,512}")
"""What a platform's name of a file may look like: never an address or a path, which a client would go and fetch."""
ALBUM_LIMIT = 64
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


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. It hands `press` back when tapped, or puts `copy` on the clipboard."""

    label: str
    press: str = ""
    copy: str = ""

    def __post_init__(self) -> None:
        """Refuse what no platform would take, where it is written and not where it is sent."""
        if bool(self.press) == bool(self.copy):
            raise ValueError(f"a button does one thing: {self.label!r}")
        if len(self.press.encode()) > PRESS_LIMIT or len(self.copy) > COPY_LIMIT:
            raise ValueError(f"a button that carries too much: {self.label!r}")


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A text file. Its name shows on a lock screen and stays in the phone's downloads: it says nothing."""

    name: str
    text: str

    def __post_init__(self) -> None:
        """Refuse what would weigh on the database, and on the phone, for ever."""
        if not 0 < len(self.text) <= DOCUMENT_LIMIT:
            raise ValueError(f"a document of {len(self.text)} characters")


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a voice note: one that the platform has, by its `file`, or the bytes of a new one.

    A photo is PNG or JPEG, a voice note Ogg Opus. At most `MEDIA_LIMIT` bytes: they wait in the database till they
    have left.
    """

    kind: Kind
    file: str = ""
    content: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        """Refuse what would be fetched from elsewhere, or weigh on the database."""
        if bool(self.file) == bool(self.content):
            raise ValueError("media are a file or bytes, one of the two")
        if self.file and not FILE_ID.fullmatch(self.file):
            raise ValueError("a file is named by the platform")
        if len(self.content) > MEDIA_LIMIT:
            raise ValueError(f"media of {len(self.content)} bytes")


@dataclass(frozen=True, slots=True)
class Message:
    """What the bot shows: plain text and rows of buttons, or the `keyboard` that stays below the chat.

    `slot` is the place on the person's screen that it takes: the message standing there is edited, or a new one
    sent. A slot's presses begin with its name (`checkin:42` and `checkin:42:mood:low`). `sensitive` messages are
    tidied away first. `neutral` says that every word may be read by whoever sees the phone lying there.
    `locate` is the label on the keyboard that shares where the phone is, `pick` the one that lets somebody be picked
    from those whom the phone knows. `pinned` messages come without a sound, stay
    at the top of the chat, and are edited wherever they stand. One that `only_edits` takes the place of what stands in
    its slot, and where nothing stands it does not come: it never rings. `hint` stands in the empty input field while
    the keyboard does. With it may come a `menu`: which commands the app lists in this chat from then on, each with
    what it does; an empty one is that of everybody. One that `marks` a message of theirs is put on it as a reaction,
    and rings nobody.
    """

    text: str
    rows: Rows = ()
    keyboard: tuple[tuple[str, ...], ...] = ()
    slot: str = ""
    sensitive: bool = False
    neutral: bool = False
    locate: str = ""
    pick: str = ""
    pinned: bool = False
    only_edits: bool = False
    document: Document | None = None
    """A file that comes with it; the text stands below it. Such a message is never edited."""
    hint: str = ""
    menu: tuple[tuple[str, str], ...] | None = None
    media: Media | None = None
    """A picture or a voice note that comes with it; as with a document."""
    marks: str = ""
    """The message id of what they sent."""

    def __post_init__(self) -> None:
        """Refuse what no platform would take."""
        if not 0 < len(self.text) <= TEXT_LIMIT:
            raise ValueError(f"a message of {len(self.text)} characters")
        if self.rows and self.keyboard:
            raise ValueError("a message carries buttons or the keyboard, not both")
        if self.document and self.media:
            raise ValueError("a message has a document or media, not both")
        if self.bulky and (len(self.text) > CAPTION_LIMIT or self.slot):
            raise ValueError("a message with a document or media has few words and no slot")
        self._fits_below_the_chat()
        labels = [button.label for row in self.rows for button in row]
        if len(labels) != len(set(labels)):
            raise ValueError(f"two buttons that read alike: {labels}")
        if (self.pinned or self.only_edits) and not self.slot:
            raise ValueError("what stays pinned, or takes the place of another, has a place")
        if self.marks and (self.rows or self.keyboard or self.slot or self.bulky):
            raise ValueError("a mark is a mark and nothing else")

    def _fits_below_the_chat(self) -> None:
        for asks in filter(None, (self.locate, self.pick)):
            if not any(asks in row for row in self.keyboard):
                raise ValueError("the button that asks for more than words is not on the keyboard")
        if len(self.hint) > HINT_LIMIT or (self.hint and not self.keyboard):
            raise ValueError("a hint is short, and comes with the keyboard")

    @property
    def bulky(self) -> bool:
        """Whether more than words comes with it: then it takes no other's place, and nothing takes its own."""
        return bool(self.document or self.media)


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


class DeliveryError(Exception):
    """A message was not, or may not have been, passed on. Carries no personal word."""


class NotTaken(DeliveryError):
    """It never reached the platform, and may simply be sent again."""


class TooFast(DeliveryError):
    """The platform asks this chat to wait."""

    def __init__(self, retry_after: timedelta) -> None:
        """`retry_after` is how long from now."""
        super().__init__(f"wait {retry_after.total_seconds():g} s")
        self.retry_after = retry_after


class Unreachable(DeliveryError):
    """This person cannot be written to until they write again: blocked, gone, never started."""


class Refused(DeliveryError):
    """The platform will never take this message."""


class NothingToEdit(Refused):
    """The message to edit is not there any more."""


class Ambiguous(DeliveryError):
    """It left, and nobody can say whether it was taken."""


class Unauthorized(DeliveryError):
    """Our own token is not accepted. Nothing more can be sent."""
