"""What a message holds besides words. Each kind knows its Telegram object and how it looks on a phone."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox import pictures

Json = dict[str, Any]
Kind = Literal["photo", "voice", "document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Bytes under an id that stays valid as long as the sandbox runs, whatever becomes of the messages with it."""

    id: str
    kind: Kind
    content: bytes
    name: str
    mime: str
    seconds: int = 0
    """How long a voice note is."""

    @property
    def path(self) -> str:
        """Where it is downloaded from."""
        return f"{self.kind}s/{self.id}"

    def to_json(self) -> Json:
        """What every Telegram object with a file begins with."""
        return {"file_id": self.id, "file_unique_id": f"unique-{self.id}", "file_size": len(self.content)}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, a voice note or a document. The words of its message are a caption."""

    file: File

    @property
    def kind(self) -> Kind:
        """Which of the three."""
        return self.file.kind

    def to_json(self) -> Json:
        """Telegram scales pictures to several sizes; here there is one, as it came."""
        known = self.file.to_json()
        if self.kind == "voice":
            return {"voice": known | {"duration": self.file.seconds, "mime_type": self.file.mime}}
        if self.kind == "document":
            return {"document": known | {"file_name": self.file.name, "mime_type": self.file.mime}}
        width, height = pictures.size(self.file.content) or (0, 0)
        return {"photo": [known | {"width": width, "height": height}]}

    def face(self) -> Json:
        """A picture and a voice note have no name on a phone."""
        seen = {"name": self.file.name if self.kind == "document" else None, "mime": self.file.mime}
        return seen | {"size": len(self.file.content), "seconds": self.file.seconds if self.kind == "voice" else None}


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone is, in degrees."""

    latitude: float
    longitude: float
    kind: Literal["location"] = "location"

    def to_json(self) -> Json:
        """A location that does not move."""
        return {"location": self.face()}

    def face(self) -> Json:
        """A point on a map."""
        return {"latitude": self.latitude, "longitude": self.longitude}


@dataclass(frozen=True, slots=True)
class Contact:
    """A card with a name and a number. `person` is whose it is, where that is known."""

    first_name: str
    phone_number: str
    person: int | None = None
    kind: Literal["contact"] = "contact"

    def to_json(self) -> Json:
        """The card."""
        return {"contact": self.face() | ({} if self.person is None else {"user_id": self.person})}

    def face(self) -> Json:
        """Name and number."""
        return {"first_name": self.first_name, "phone_number": self.phone_number}


@dataclass(frozen=True, slots=True)
class Chosen:
    """People picked by a button that asked for them, as ids and names. On a phone it is a card without a number."""

    request: int
    users: tuple[tuple[int, str], ...]
    named: bool
    """Whether the button asked for their names too."""
    kind: Literal["contact"] = "contact"

    def to_json(self) -> Json:
        """Who was picked, and for which button."""
        users = [{"user_id": number} | ({"first_name": name} if self.named else {}) for number, name in self.users]
        return {"users_shared": {"request_id": self.request, "users": users}}

    def face(self) -> Json:
        """Their names."""
        return {"first_name": ", ".join(name for _, name in self.users)}


@dataclass(frozen=True, slots=True)
class Sticker:
    """A large emoji, which stands as the message's text too."""

    number: int
    emoji: str
    kind: Literal["sticker"] = "sticker"

    def to_json(self) -> Json:
        """A sticker of no set."""
        name = f"sandbox-sticker-{self.number}"
        known = {"file_id": name, "file_unique_id": name, "type": "regular", "width": 512, "height": 512}
        return {"sticker": known | {"is_animated": False, "is_video": False, "emoji": self.emoji}}

    def face(self) -> Json:
        """The text says it all."""
        return {}


Media = Attachment | Place | Contact | Chosen | Sticker
FACE: Json = dict.fromkeys(
    ("name", "mime", "size", "seconds", "file", "latitude", "longitude", "first_name", "phone_number")
)
"""Every key that the phones page finds in a bubble's `media`, whatever kind it is."""


def face(media: Media, address: str) -> Json:
    """How it looks on a phone. `address` is where the bytes of a file are, relative to the page."""
    kept = {"file": address} if isinstance(media, Attachment) else {}
    return {"kind": media.kind} | FACE | media.face() | kept
