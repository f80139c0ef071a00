"""What people are shown."""

import re
from dataclasses import dataclass, field

from bot.chat.inbound import Kind

TEXT_LIMIT = 4096
PRESS_LIMIT = 64
COPY_LIMIT = 256
HINT_LIMIT = 64
CAPTION_LIMIT = 1024
DOCUMENT_LIMIT = 8_000_000
MEDIA_LIMIT = 8_000_000
FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,512}")
"""What a platform's name of a file may look like: never an address or a path, which a client would go and fetch."""


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
