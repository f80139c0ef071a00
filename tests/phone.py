"""Phones on a table: a second messenger beside Telegram's, and fingers that can only press what is on the screen."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.chat import (
    REMOVED_AT_ONCE,
    Attachment,
    Blocked,
    Command,
    Contact,
    Elsewhere,
    Inbound,
    Kind,
    Location,
    Message,
    NothingToEdit,
    Press,
    Raw,
    Refused,
    Text,
    Unblocked,
    Unreachable,
    Unreadable,
)

DELETABLE = timedelta(hours=48)
BEFORE_TIME = datetime.min.replace(tzinfo=UTC)

A_MOMENT = timedelta(seconds=2)
"""What a person takes to read and to move a finger."""


@dataclass
class Bubble:
    """One message on a screen, with everything that stood there before it was edited."""

    id: str
    message: Message
    earlier: list[Message] = field(default_factory=list)
    urgent: bool = False
    at: datetime = BEFORE_TIME


@dataclass
class Screen:
    """What one person sees. Nothing before they have pressed Start."""

    bubbles: list[Bubble] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    """The numbers of what they wrote themselves and that still stands there."""
    marks: dict[str, str] = field(default_factory=dict)
    """What the bot has put on their own messages, by the number of the message."""
    keyboard: tuple[tuple[str, ...], ...] = ()
    menu: tuple[tuple[str, str], ...] = ()
    """The commands that the app lists in this chat alone."""
    blocked: bool = False
    rung: list[Message] = field(default_factory=list)
    """Every message that made a sound, in order. Edits make none."""


Trouble = Callable[[str, Message], Awaitable[None]]
"""Looks at a message before or after it is taken, and may raise a DeliveryError."""


WORDLESS: dict[str, type[Unreadable | Blocked | Unblocked | Elsewhere]] = {
    "sticker": Unreadable,
    "block": Blocked,
    "unblock": Unblocked,
    "group": Elsewhere,
}


def _words(text: str, common: dict[str, Any]) -> Inbound:
    if not text.startswith("/"):
        return Text(text=text, **common)
    name, _, rest = text[1:].partition(" ")
    return Command(name=name.lower(), rest=rest, **common)


async def _calm(address: str, message: Message) -> None:
    return


class Phones:
    """A messenger whose platform is a table with phones on it."""

    bot = "phone:1"

    def __init__(self) -> None:
        self.screens: dict[str, Screen] = {}
        self.before: Trouble = _calm
        self.after: Trouble = _calm
        self.acknowledged: list[str] = []
        self.left: list[str] = []
        self.files: set[str] = set()
        """The names of every picture and voice note that was ever sent."""
        self._next = 0
        self.now: Callable[[], datetime] = lambda: BEFORE_TIME

    def number(self, raw: Raw) -> int:
        return int(raw["number"])

    def sender(self, raw: Raw) -> str:
        return str(raw.get("from", ""))

    def read(self, raw: Raw) -> Inbound | None:
        kind: Any = raw["kind"]
        if kind == "nothing":
            return None
        common: dict[str, Any] = {
            "address": raw["from"],
            "language": raw.get("language", "en"),
            "message_id": raw.get("message_id", ""),
        }
        if kind == "press":
            return Press(data=raw["data"], press_id=f"press-{raw['number']}", **common)
        common["at"] = datetime.fromisoformat(raw["at"]) if raw.get("at") else None
        if kind == "text":
            return _words(raw["text"], common)
        if kind == "location":
            return Location(latitude=raw["latitude"], longitude=raw["longitude"], **common)
        if kind == "contact":
            return Contact(name=raw["name"], who=raw["who"], **common)
        if kind in ("photo", "voice"):
            return Attachment(kind=kind, file=raw["file"], caption=raw["caption"], album=raw["album"], **common)
        return WORDLESS[kind](**common)

    async def send(self, address: str, message: Message, *, urgent: bool = False) -> str:
        screen = self._open(address)
        await self.before(address, message)
        if message.media and message.media.file and message.media.file not in self.files:
            raise Refused
        screen.menu = screen.menu if message.menu is None else message.menu
        self._next += 1
        bubble = Bubble(str(self._next), message, urgent=urgent, at=self.now())
        screen.bubbles.append(bubble)
        if not message.pinned:
            screen.rung.append(message)
        screen.keyboard = message.keyboard or screen.keyboard
        await self.after(address, message)
        return bubble.id

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        screen = self._open(address)
        await self.before(address, message)
        bubble = next((one for one in screen.bubbles if one.id == message_id), None)
        if bubble is None or bubble.message.keyboard or bubble.message.bulky:
            raise NothingToEdit
        screen.menu = screen.menu if message.menu is None else message.menu
        bubble.earlier.append(bubble.message)
        bubble.message = message
        await self.after(address, message)

    async def mark(self, address: str, message_id: str, mark: str) -> None:
        screen = self._open(address)
        await self.before(address, Message(mark, marks=message_id))
        if message_id not in screen.own:
            raise NothingToEdit
        screen.marks[message_id] = mark
        await self.after(address, Message(mark, marks=message_id))

    async def remove(self, address: str, message_ids: Sequence[str]) -> None:
        """As Telegram's: what is gone is passed over, and one that is too old keeps all of them."""
        assert 0 < len(message_ids) <= REMOVED_AT_ONCE
        screen = self.screens[address]
        standing = [one for one in screen.bubbles if one.id in message_ids]
        if any(self.now() - one.at > DELETABLE for one in standing):
            raise Refused
        for one in standing:
            await self.before(address, one.message)
        screen.bubbles = [one for one in screen.bubbles if one.id not in message_ids]
        screen.own = [one for one in screen.own if one not in message_ids]

    async def acknowledge(self, press: Press) -> None:
        self.acknowledged.append(press.press_id)

    async def leave(self, address: str) -> None:
        self.left.append(address)

    def link(self, code: str) -> str:
        return f"phone.example?start={code}"

    def _open(self, address: str) -> Screen:
        screen = self.screens.get(address)
        if screen is None or screen.blocked:
            raise Unreachable
        return screen


class Someone:
    """A person: a screen and a finger."""

    def __init__(self, world: "Hands", phones: Phones, address: str, language: str = "en") -> None:
        self.address = address
        self.language = language
        self._world = world
        self._phones = phones
        self._sent = 0
        phones.screens[address] = Screen()

    @property
    def screen(self) -> Screen:
        return self._phones.screens[self.address]

    @property
    def sees(self) -> str:
        """The words that stand at the bottom of the screen."""
        return self.screen.bubbles[-1].message.text if self.screen.bubbles else ""

    @property
    def chat(self) -> str:
        """Every word that the bot has put on this screen and that still stands there."""
        return "\n---\n".join(bubble.message.text for bubble in self.screen.bubbles)

    @property
    def rung(self) -> list[str]:
        """The words of everything that made a sound."""
        return [message.text for message in self.screen.rung]

    @property
    def buttons(self) -> list[str]:
        """What can be pressed under the last message."""
        if not self.screen.bubbles:
            return []
        return [button.label for row in self.screen.bubbles[-1].message.rows for button in row]

    async def says(self, text: str) -> None:
        await self._world.wait(A_MOMENT)
        await self._world.arrive(self.typed(text))

    async def presses(self, label: str) -> None:
        await self._world.wait(A_MOMENT)
        await self._world.arrive(self.tapped(label))

    async def looks(self) -> None:
        """Read until nothing more comes: one chat bears one message a second."""
        await self._world.wait(5 * A_MOMENT)

    async def starts(self) -> None:
        await self.says("/start")

    async def blocks(self) -> None:
        self.screen.blocked = True
        await self._world.arrive(self._raw("block"))

    async def unblocks(self) -> None:
        self.screen.blocked = False
        await self._world.arrive(self._raw("unblock"))

    @property
    def card(self) -> str:
        """The words that stand pinned; empty if nothing does."""
        return next((bubble.message.text for bubble in reversed(self.screen.bubbles) if bubble.message.pinned), "")

    async def shares(self, latitude: float, longitude: float) -> None:
        await self._world.wait(A_MOMENT)
        await self._world.arrive(self.located(latitude, longitude))

    async def picks(self, who: str, name: str) -> None:
        """Pick somebody by the button that stays, as they are called on this phone; `who` is where they are reached."""
        assert any(bubble.message.pick for bubble in self.screen.bubbles), "no button picks anybody"
        await self._world.wait(A_MOMENT)
        await self._world.arrive(self.contact(who, name))

    async def sends_a_sticker(self) -> None:
        await self._world.arrive(self.pasted())

    async def sends(self, kind: Kind, caption: str = "") -> None:
        """A picture or a voice note of their own."""
        await self._world.wait(A_MOMENT)
        await self._world.arrive(self.attached(kind, caption))

    def typed(self, text: str) -> dict[str, Any]:
        """The update of typed words, not delivered yet."""
        return self._raw("text", text=text, message_id=self._own_id())

    def tapped(self, label: str) -> dict[str, Any]:
        """The update of a tap on whatever reads so, newest message first; or of a button that stays."""
        for bubble in reversed(self.screen.bubbles):
            for button in (button for row in bubble.message.rows for button in row):
                if button.label == label:
                    assert button.press, f"{label!r} copies, and sends nothing"
                    return self._raw("press", data=button.press, message_id=bubble.id)
        staying = [word for row in self.screen.keyboard for word in row]
        assert label in staying, f"no button {label!r} on the screen: {self.buttons} {staying}"
        return self.typed(label)

    def located(self, latitude: float, longitude: float) -> dict[str, Any]:
        """The update of a shared location, not delivered yet."""
        return self._raw("location", latitude=latitude, longitude=longitude, message_id=self._own_id())

    def contact(self, who: str, name: str) -> dict[str, Any]:
        """The update of somebody who was picked, or whose card was sent, not delivered yet."""
        return self._raw("contact", who=who, name=name, message_id=self._own_id())

    def pasted(self) -> dict[str, Any]:
        """The update of a sticker, not delivered yet."""
        return self._raw("sticker", message_id=self._own_id())

    def attached(self, kind: Kind, caption: str = "", album: str = "") -> dict[str, Any]:
        """The update of a picture or a voice note, not delivered yet."""
        own = self._own_id()
        file = f"{kind}-{own}".replace(":", "-").replace("/", "-")
        self._phones.files.add(file)
        return self._raw(kind, file=file, caption=caption, album=album, message_id=own)

    def album(self, of: int, name: str = "1") -> list[dict[str, Any]]:
        """The updates of so many pictures that were sent as one, not delivered yet."""
        return [self.attached("photo", album=name) for _ in range(of)]

    def forged(self, data: str, message_id: str = "1") -> dict[str, Any]:
        """A press that no screen of theirs offers."""
        return self._raw("press", data=data, message_id=message_id)

    def _own_id(self) -> str:
        self._sent += 1
        self.screen.own.append(f"{self.address}/{self._sent}")
        return self.screen.own[-1]

    def _raw(self, kind: str, **more: Any) -> dict[str, Any]:
        at = self._world.clock.now().isoformat()
        return {
            "number": self._world.next_number(),
            "kind": kind,
            "from": self.address,
            "language": self.language,
            "at": at,
            **more,
        }


class Hands(Protocol):
    """What a person's finger needs of the world around it."""

    clock: Any

    def next_number(self) -> int:
        """A number that no update has had."""

    async def arrive(self, *raws: Mapping[str, Any]) -> None:
        """Updates reach the bot."""

    async def wait(self, by: timedelta) -> None:
        """Time passes."""
