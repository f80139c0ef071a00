"""A person's phone: what is on its screen, and what a finger can do with that. Nothing else is possible.

Every act raises ScreenError, with a sentence about it, if the screen does not offer it.
"""

import re

from telegram.constants import FileSizeLimit, MessageLimit, ReactionEmoji

from bot.sandbox import media, objects, pictures, sounds
from bot.sandbox.media import Attachment, Chosen, Contact, File, Media, Place, Sticker
from bot.sandbox.presses import ANSWERABLE
from bot.sandbox.world import Json, Person, Post, World
from bot.texts import ENGLISH, Texts

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
STICKER = "\N{THUMBS UP SIGN}"
HERE = (38.72, -9.14)
"""Where a phone is that shares its place by a button: Lisbon."""


class ScreenError(Exception):
    """The screen does not offer this."""

    def __init__(self, key: str, **values: str) -> None:
        """`key` has the sentence that tells so, and `values` what it is filled in with."""
        super().__init__(Texts(ENGLISH)(key, **values))
        self._key = key
        self._values = values

    def told(self, t: Texts) -> str:
        """The sentence in one language."""
        return t(self._key, **self._values)


class Phone:
    """One person's phone, open at the chat with the bot."""

    def __init__(self, world: World, person: Person) -> None:
        """The phone of a person of this world."""
        self._world = world
        self._person = person

    def start(self, payload: str = "") -> int:
        """Press Start, bare or through a link; for someone who blocked the bot this unblocks it, as in the apps."""
        if not PAYLOAD.fullmatch(payload):
            raise ScreenError("sandbox-no-payload")
        self._person.started = True
        if self._person.blocked:
            self.unblock()
        return self._send(f"/start {payload}".rstrip())

    def say(self, text: str) -> int:
        """Type words and send them. Returns the message id."""
        self._writing()
        return self._send(_words(text, MessageLimit.MAX_TEXT_LENGTH))

    def sticker(self) -> int:
        """Send a sticker. Returns the message id."""
        self._writing()
        return self._send(STICKER, Sticker(self._person.id, STICKER))

    def location(self, latitude: float, longitude: float) -> int:
        """Share where the phone is, once. Returns the message id."""
        self._writing()
        return self._send("", Place(latitude, longitude))

    def photo(self, content: bytes, caption: str = "") -> int:
        """Send a picture, PNG or JPEG. Returns the message id."""
        self._writing()
        if pictures.size(content) is None:
            raise ScreenError("sandbox-no-picture")
        kept = self._world.files.add("photo", _weighed(content), mime=pictures.mime(content))
        return self._send(_caption(caption), Attachment(kept))

    def voice(self, content: bytes, seconds: int) -> int:
        """Send a voice note of so many seconds. Returns the message id."""
        self._writing()
        kept = self._world.files.add("voice", _weighed(content), mime=sounds.mime(content), seconds=seconds)
        return self._send("", Attachment(kept))

    def document(self, content: bytes, name: str, caption: str = "") -> int:
        """Send a file as it is. Returns the message id."""
        self._writing()
        kept = self._world.files.add("document", _weighed(content), name=name, mime="application/octet-stream")
        return self._send(_caption(caption), Attachment(kept))

    def contact(self, first_name: str, phone_number: str) -> int:
        """Send a card of someone's. Returns the message id."""
        self._writing()
        if not first_name.strip() or not phone_number.strip():
            raise ScreenError("sandbox-no-card")
        return self._send("", Contact(first_name.strip(), phone_number.strip()))

    def choose(self, label: str, people: list[int]) -> int:
        """Pick people, by their ids, for a button that stays and asks for some. Returns the message id."""
        self._writing()
        wanted = (self._world.lower_button(self._person.id, label) or {}).get("request_users")
        if wanted is None:
            raise ScreenError("sandbox-no-button.people", label=label)
        most = wanted.get("max_quantity", 1)
        if not 1 <= len(set(people)) == len(people) <= most:
            raise ScreenError("sandbox-no-people", most=str(most))
        unknown = [number for number in people if number not in self._world.people]
        if unknown:
            raise ScreenError("sandbox-no-people.unknown", number=str(unknown[0]))
        users = tuple((number, self._world.people[number].name) for number in people)
        return self._send("", Chosen(wanted["request_id"], users, bool(wanted.get("request_name"))))

    def react(self, number: int, emoji: str) -> None:
        """Put an emoji on a message in place of the one before; an empty one takes it away."""
        self._writing()
        post = self._world.post(self._person.id, number)
        if post is None:
            raise ScreenError("sandbox-no-message", number=str(number))
        if emoji and emoji not in set(ReactionEmoji):
            raise ScreenError("sandbox-no-face")
        old = post.reactions.get(self._person.id, [])
        post.reactions[self._person.id] = [emoji] if emoji else []
        if old != post.reactions[self._person.id]:
            self._report("message_reaction", objects.reaction(self._world, post, self._person, old=old))

    def edit(self, number: int, text: str) -> None:
        """Change one's own words."""
        self._writing()
        post = self._world.post(self._person.id, number)
        if post is None or post.author != self._person.id or post.media:
            raise ScreenError("sandbox-no-message.own", number=str(number))
        post.text, post.edited = _words(text, MessageLimit.MAX_TEXT_LENGTH), self._world.now()
        post.entities = _commands(post.text)
        self._report("edited_message", objects.message(self._world, post))

    def tap(self, label: str, number: int | None = None) -> Json:
        """Tap what reads so: a button of the newest message that has one, else one of those that stay.

        `number` names the message. Returns what came of it: the id of the press (`query`), the text that was
        `copied`, the `url` to open, how many people are to `choose` (see there), or the `message_id` of what was said.
        """
        self._writing()
        for post in reversed(self._world.posts(self._person.id)):
            for button in (button for row in post.inline for button in row):
                if button["text"] == label and number in (None, post.id):
                    return self._press(post, button)
        below = self._world.lower_button(self._person.id, label) if number is None else None
        if below:
            return self._press_below(below)
        if number is None:
            raise ScreenError("sandbox-no-button", label=label)
        raise ScreenError("sandbox-no-button.under", label=label, number=str(number))

    def block(self) -> None:
        """Close the door."""
        if not self._person.started or self._person.blocked:
            raise ScreenError("sandbox-no-chat")
        self._person.blocked = True
        self._standing(old="member", new="kicked")

    def unblock(self) -> None:
        """Open the door again."""
        if not self._person.blocked:
            raise ScreenError("sandbox-no-block")
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
            "typing": self._person.typing_until is not None and now < self._person.typing_until,
            "waiting": sum(not query.answered and now - query.at <= ANSWERABLE for query in mine),
            "now": now.isoformat(),
        }

    def file(self, number: int) -> File:
        """The file in a message, of either side."""
        post = self._world.post(self._person.id, number)
        if post is None or not isinstance(post.media, Attachment):
            raise ScreenError("sandbox-no-message.file", number=str(number))
        return post.media.file

    def _bubble(self, post: Post) -> Json:
        me = self._person.id
        shown = media.face(post.media, f"people/{me}/files/{post.id}") if post.media else None
        return {
            "id": post.id,
            "from": "me" if post.author == me else "bot",
            "text": post.text,
            "first": post.first,
            "entities": post.entities,
            "media": shown,
            "sticker": isinstance(post.media, Sticker),
            "document": shown["name"] if shown and shown["kind"] == "document" else None,
            "reactions": {"me": post.reactions.get(me, []), "bot": post.reactions.get(self._world.bot_id, [])},
            "silent": post.silent,
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

    def _press_below(self, button: Json) -> Json:
        """A button that stays sends its words, unless it asks for something else."""
        if button.get("request_users"):
            return {"choose": button["request_users"].get("max_quantity", 1)}
        if button.get("request_location"):
            return {"message_id": self.location(*HERE)}
        if button.get("request_contact"):
            own = Contact(self._person.name, self._person.phone_number, self._person.id)
            return {"message_id": self._send("", own)}
        return {"message_id": self._send(button["text"])}

    def _writing(self) -> None:
        if not self._person.started:
            raise ScreenError("sandbox-no-start")
        if self._person.blocked:
            raise ScreenError("sandbox-no-unblock")

    def _send(self, text: str, holds: Media | None = None) -> int:
        entities = [] if holds else _commands(text)
        post = self._world.add_post(self._person.id, self._person.id, text, media=holds, entities=entities)
        self._report("message", objects.message(self._world, post))
        return post.id

    def _standing(self, *, old: str, new: str) -> None:
        content = objects.membership(self._world, self._person.id, self._person, old=old, new=new)
        self._report("my_chat_member", content)

    def _report(self, kind: str, content: Json) -> None:
        self._world.updates.add(kind, self._person.id, content)


def _words(text: str, most: int) -> str:
    if not 1 <= len(text.strip()) <= most:
        raise ScreenError("sandbox-no-words", most=str(most))
    return text.strip()


def _caption(text: str) -> str:
    return _words(text, MessageLimit.CAPTION_LENGTH) if text.strip() else ""


def _weighed(content: bytes) -> bytes:
    """People may send far more than a bot, but nobody keeps that in the memory of a sandbox."""
    if not 1 <= len(content) <= FileSizeLimit.FILESIZE_UPLOAD:
        raise ScreenError("sandbox-no-weight", most=str(int(FileSizeLimit.FILESIZE_UPLOAD)))
    return content


def _face(button: Json) -> Json:
    """A button as it looks: what it would hand back is not for the eye."""
    kind = "copy" if "copy_text" in button else "link" if "url" in button else "press"
    return {"label": button["text"], "kind": kind, "style": button.get("style", "")}


def _commands(text: str) -> list[Json]:
    """Telegram marks a command at the beginning of a message."""
    word = text.split(maxsplit=1)[0]
    return [{"type": "bot_command", "offset": 0, "length": len(word)}] if len(word) > 1 and word[0] == "/" else []
