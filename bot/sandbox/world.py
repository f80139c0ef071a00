"""Everything the sandbox remembers: people, chats, messages, and what the bot has set. Nothing outlives the process.

Ids of people are above 32 bits, as real ones may be, so that a column too narrow for them fails here and not later.
Message ids are counted over all chats, as they are in a bot's real private chats.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.files import Files
from bot.sandbox.media import Media
from bot.sandbox.updates import Updates

Json = dict[str, Any]
FIRST_PERSON = 5_000_000_001
FIRST_GROUP = -4_000_000_001


@dataclass(slots=True, kw_only=True)
class Toast:
    """The short answer to a tap that the app shows over the chat."""

    query: str
    text: str
    alert: bool


@dataclass(slots=True, kw_only=True)
class Person:
    """Someone with a phone. `started`: the private chat with the bot exists. `met`: the bot saw them in a group."""

    id: int
    name: str
    language: str
    started: bool = False
    blocked: bool = False
    met: bool = False
    toast: Toast | None = None
    typing_until: datetime | None = None
    """Until when the app says that the bot is writing."""

    @property
    def phone_number(self) -> str:
        """One of the numbers that are set aside for stories."""
        return f"+1202555{100 + self.id % 100:04d}"


@dataclass(slots=True, kw_only=True)
class Group:
    """A basic group. `joined`: the bot is in it."""

    id: int
    title: str
    joined: bool = True
    members: set[int] = field(default_factory=set)
    """The people in it who have done something there."""


@dataclass(slots=True, kw_only=True)
class Post:
    """A message standing in a chat. `inline` and `markup` are Telegram's own objects, as the bot gave them."""

    id: int
    chat: int
    author: int
    text: str
    sent: datetime
    entities: list[Json] = field(default_factory=list)
    inline: list[list[Json]] = field(default_factory=list)
    markup: Json | None = None
    """A reply keyboard or its removal. Such a message cannot be edited any more."""
    options: Json = field(default_factory=dict)
    """Further fields of the message that only come back as they were given."""
    media: Media | None = None
    """What it holds besides words. Those below a file are its caption."""
    silent: bool = False
    reactions: dict[int, list[str]] = field(default_factory=dict)
    """The emoji that each side has put on it, by the id of who did."""
    first: str = ""
    """The words it came with: what a notification goes on showing, whatever they were edited into."""
    edited: datetime | None = None
    pinned: bool = False


@dataclass(slots=True, kw_only=True)
class Query:
    """A tap on a button that hands data to the bot. `answered`: the spinner on it has stopped."""

    id: str
    person: int
    post: int
    at: datetime
    answered: bool = False


@dataclass(slots=True, kw_only=True)
class Hook:
    """Where updates are sent to, by up to so many `connections` at once. `failed`: when and why it last went wrong.

    `under_way` counts those whose answer has not come.
    """

    url: str
    secret: str
    connections: int
    under_way: int = 0
    failed: tuple[datetime, str] | None = None


class World:
    """The state of the sandbox. Rules live with who acts: `methods` for the bot, `phone` for people."""

    def __init__(self, bot_id: int, now: Callable[[], datetime], first_update: int) -> None:
        """`now` gives aware UTC and may be a clock that someone moves."""
        self.bot_id = bot_id
        self.now = now
        self.joins_groups = True  # as every new bot may, until its owner tells @BotFather otherwise
        self.bell = Bell()
        self.updates = Updates(first_update, self.bell, now)
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.files = Files()
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {("name", ""): "Windbreak"}
        """What the bot is called and says of itself, by which of these and by language."""
        self.menu_buttons: dict[int | None, Json] = {}
        self.hook: Hook | None = None
        self._posts: dict[int, dict[int, Post]] = {}
        self._keyboards: dict[int, int] = {}
        self._people_ids, self._group_ids = count(FIRST_PERSON), count(FIRST_GROUP, -1)
        self._post_ids, self._query_ids = count(1), count(4_000_000_000_000_000_001)

    def add_person(self, name: str, language: str) -> Person:
        """Someone who has the app, and has not found the bot yet."""
        person = Person(id=next(self._people_ids), name=name, language=language)
        self.people[person.id] = person
        return person

    def add_group(self, title: str) -> Group:
        """A group that the bot was just added to."""
        group = Group(id=next(self._group_ids), title=title)
        self.groups[group.id] = group
        return group

    def add_post(self, chat: int, author: int, text: str, **more: Any) -> Post:
        """A new message, now. `more` are fields of `Post`."""
        number = next(self._post_ids)
        post = Post(id=number, chat=chat, author=author, text=text, first=text, sent=self.now(), **more)
        self._posts.setdefault(chat, {})[post.id] = post
        if author == self.bot_id and chat in self.people:
            self.people[chat].typing_until = None
        if post.markup is not None:
            self._keyboards[chat] = post.id
        self.bell.ring()
        return post

    def add_query(self, person: Person, post: Post) -> Query:
        """A tap that waits for its answer."""
        query = Query(id=str(next(self._query_ids)), person=person.id, post=post.id, at=self.now())
        self.queries[query.id] = query
        return query

    def posts(self, chat: int) -> list[Post]:
        """What stands in a chat, oldest first."""
        return list(self._posts.get(chat, {}).values())

    def post(self, chat: int, number: int) -> Post | None:
        """One message of a chat, unless it is gone."""
        return self._posts.get(chat, {}).get(number)

    def remove(self, post: Post) -> None:
        """Take a message off everyone's screen. A keyboard goes with the message that brought it, as in the apps."""
        del self._posts[post.chat][post.id]
        if self._keyboards.get(post.chat) == post.id:
            del self._keyboards[post.chat]
        self.bell.ring()

    def keyboard(self, chat: int) -> list[list[str]]:
        """The words on the buttons that stay below a chat, row by row."""
        return [[button["text"] for button in row] for row in self._lower(chat)]

    def lower_button(self, chat: int, label: str) -> Json | None:
        """The button that stays below a chat and reads so."""
        return next((button for row in self._lower(chat) for button in row if button["text"] == label), None)

    def _lower(self, chat: int) -> list[list[Json]]:
        bringer = self.post(chat, self._keyboards.get(chat, 0))
        rows: list[list[Json]] = bringer.markup.get("keyboard", []) if bringer and bringer.markup else []
        return rows
