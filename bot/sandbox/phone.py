"""A person's phone: what is on its screen, and what a finger can do with that. Nothing else is possible.

Every act raises ScreenError, with a sentence for the developer, if the screen does not offer it.
"""

import re
from base64 import b64decode

from bot.sandbox import objects
from bot.sandbox.methods import ANSWERABLE
from bot.sandbox.world import Json, Person, Post, World

TEXT_LIMIT = 4096
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
STICKER = "\N{THUMBS UP SIGN}"
PIN = "\N{ROUND PUSHPIN}"
HERE = (38.72, -9.14)
"""Where a phone is that shares its place by a button: Lisbon."""


class ScreenError(Exception):
    """The screen does not offer this."""


class Phone:
    """One person's phone, open at the chat with the bot."""

    def __init__(self, world: World, person: Person) -> None:
        """The phone of a person of this world."""
        self._world = world
        self._person = person

    def start(self, payload: str = "") -> int:
        """Press Start, bare or through a link; for someone who blocked the bot this unblocks it, as in the apps."""
        if not PAYLOAD.fullmatch(payload):
            raise ScreenError("A link carries up to 64 of A-Z, a-z, 0-9, _ and -.")
        self._person.started = True
        if self._person.blocked:
            self.unblock()
        return self._send(f"/start {payload}".rstrip())

    def say(self, text: str) -> int:
        """Type words and send them. Returns the message id."""
        self._writing()
        if not 1 <= len(text.strip()) <= TEXT_LIMIT:
            raise ScreenError("A message has 1 to 4096 characters.")
        return self._send(text.strip())

    def sticker(self) -> int:
        """Send a sticker. Returns the message id."""
        self._writing()
        return self._send(STICKER, sticker=True)

    def location(self, latitude: float, longitude: float) -> int:
        """Share where the phone is, once. Returns the message id."""
        self._writing()
        post = self._world.add_post(
            self._person.id, self._person.id, PIN, location={"latitude": latitude, "longitude": longitude}
        )
        self._report("message", objects.message(self._world, post))
        return post.id

    def edit(self, number: int, text: str) -> None:
        """Change one's own words."""
        self._writing()
        post = self._world.post(self._person.id, number)
        if post is None or post.author != self._person.id or post.sticker or post.location:
            raise ScreenError(f"No message {number} of your own is on the screen.")
        if not 1 <= len(text.strip()) <= TEXT_LIMIT:
            raise ScreenError("A message has 1 to 4096 characters.")
        post.text, post.entities, post.edited = text.strip(), _commands(text.strip()), self._world.now()
        self._report("edited_message", objects.message(self._world, post))

    def tap(self, label: str, number: int | None = None) -> Json:
        """Tap what reads so: a button of the newest message that has one, else one of those that stay.

        `number` names the message. Returns what came of it: the id of the press, the copied text, the address to
        open, or the id of the message that was said.
        """
        self._writing()
        for post in reversed(self._world.posts(self._person.id)):
            for button in (button for row in post.inline for button in row):
                if button["text"] == label and number in (None, post.id):
                    return self._press(post, button)
        if number is None and any(label in row for row in self._world.keyboard(self._person.id)):
            if label in self._world.locating(self._person.id):
                return {"message_id": self.location(*HERE)}
            return {"message_id": self._send(label)}
        where = "on the screen" if number is None else f"under message {number}"
        raise ScreenError(f"No button {label!r} is {where}.")

    def block(self) -> None:
        """Close the door."""
        if not self._person.started or self._person.blocked:
            raise ScreenError("There is no open chat to block.")
        self._person.blocked = True
        self._standing(old="member", new="kicked")

    def unblock(self) -> None:
        """Open the door again."""
        if not self._person.blocked:
            raise ScreenError("The bot is not blocked.")
        self._person.blocked = False
        self._standing(old="kicked", new="member")

    def screen(self) -> Json:
        """What this person sees, top to bottom. `waiting` counts taps whose spinner still turns."""
        now, toast = self._world.now(), self._person.toast
        mine = [query for query in self._world.queries.values() if query.person == self._person.id]
        return {
            "person": {"id": self._person.id, "name": self._person.name},
            "started": self._person.started,
            "blocked": self._person.blocked,
            "messages": [self._bubble(post) for post in self._world.posts(self._person.id)],
            "keyboard": self._world.keyboard(self._person.id),
            "toast": {"id": toast.query, "text": toast.text, "alert": toast.alert} if toast else None,
            "waiting": sum(not query.answered and now - query.at <= ANSWERABLE for query in mine),
            "now": now.isoformat(),
        }

    def document(self, number: int) -> tuple[str, bytes]:
        """Save a file that came in a message: its name and what it holds."""
        post = self._world.post(self._person.id, number)
        if post is None or post.document is None:
            raise ScreenError(f"No message {number} on the screen has a file.")
        return post.document["file_name"], b64decode(post.document["base64"])

    def _bubble(self, post: Post) -> Json:
        return {
            "id": post.id,
            "from": "me" if post.author == self._person.id else "bot",
            "text": post.text,
            "entities": post.entities,
            "sticker": post.sticker,
            "document": post.document["file_name"] if post.document else None,
            "rows": [[_face(button) for button in row] for row in post.inline],
            "time": post.sent.isoformat(),
            "edited": post.edited is not None,
            "pinned": post.pinned,
        }

    def _press(self, post: Post, button: Json) -> Json:
        if "copy_text" in button:
            return {"copied": button["copy_text"]["text"]}
        if "url" in button:
            return {"url": button["url"]}
        query = self._world.add_query(self._person, post)
        content = {
            "id": query.id,
            "from": objects.user(self._person),
            "message": objects.message(self._world, post),
            "chat_instance": str(self._person.id),
            "data": button["callback_data"],
        }
        self._report("callback_query", content)
        return {"query": query.id}

    def _writing(self) -> None:
        if not self._person.started:
            raise ScreenError("Before anything else there is only Start on the screen.")
        if self._person.blocked:
            raise ScreenError("The bot is blocked: there is only Unblock on the screen.")

    def _send(self, text: str, *, sticker: bool = False) -> int:
        entities = [] if sticker else _commands(text)
        post = self._world.add_post(self._person.id, self._person.id, text, sticker=sticker, entities=entities)
        self._report("message", objects.message(self._world, post))
        return post.id

    def _standing(self, *, old: str, new: str) -> None:
        content = objects.membership(self._world, self._person.id, self._person, old=old, new=new)
        self._report("my_chat_member", content)

    def _report(self, kind: str, content: Json) -> None:
        self._world.updates.add(kind, self._person.id, content)


def _face(button: Json) -> Json:
    """A button as it looks: what it would hand back is not for the eye."""
    kind = "copy" if "copy_text" in button else "link" if "url" in button else "press"
    return {"label": button["text"], "kind": kind, "style": button.get("style", "")}


def _commands(text: str) -> list[Json]:
    """Telegram marks a command at the beginning of a message."""
    word = text.split(maxsplit=1)[0]
    return [{"type": "bot_command", "offset": 0, "length": len(word)}] if len(word) > 1 and word[0] == "/" else []
