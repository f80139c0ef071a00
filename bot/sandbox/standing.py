"""What becomes of messages that stand: taken away, pinned, given a reaction."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field
from telegram.constants import BulkRequestLimit, ReactionEmoji

from bot.sandbox.chats import known, writable
from bot.sandbox.fields import InChat, OneMessage
from bot.sandbox.markup import Strict
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Post, World

DELETABLE = timedelta(hours=48)


class ManyMessages(InChat):
    """Parameters of deleteMessages."""

    message_ids: Annotated[
        list[int], Field(min_length=BulkRequestLimit.MIN_LIMIT, max_length=BulkRequestLimit.MAX_LIMIT)
    ]


class Pin(OneMessage):
    """Parameters of pinChatMessage."""

    disable_notification: bool = False


class Unpin(InChat):
    """Parameters of unpinChatMessage. Without a message it is the newest pinned one."""

    message_id: int | None = None


class Reaction(Strict):
    """An emoji on a message. The other kinds are not a bot's to give."""

    type: Literal["emoji"]
    emoji: str


class React(OneMessage):
    """Parameters of setMessageReaction. No reaction takes away the one that was there."""

    reaction: Annotated[list[Reaction], Field(default_factory=list)]
    is_big: bool = False


def delete_message(world: World, ask: OneMessage) -> bool:
    """Take away a message of either side, for 48 hours. A person's screen can be tidied even if they blocked us."""
    known(world, ask.chat_id)
    post = world.post(ask.chat_id, ask.message_id)
    if post is None:
        raise RefusalError(400, "message to delete not found")
    if not _deletable(world, post):
        raise RefusalError(400, "message can't be deleted")
    world.remove(post)
    return True


def delete_messages(world: World, ask: ManyMessages) -> bool:
    """The same for many: those that are gone are passed over, one that must stay keeps all of them."""
    known(world, ask.chat_id)
    standing = [post for number in set(ask.message_ids) if (post := world.post(ask.chat_id, number))]
    if not all(_deletable(world, post) for post in standing):
        raise RefusalError(400, "message can't be deleted")
    for post in standing:
        world.remove(post)
    return True


def pin(world: World, ask: Pin) -> bool:
    """Keep a message at the top of the chat."""
    writable(world, ask.chat_id)
    return _pin(world, world.post(ask.chat_id, ask.message_id), pinned=True)


def unpin(world: World, ask: Unpin) -> bool:
    """Let go of a pinned message."""
    writable(world, ask.chat_id)
    pinned = [post for post in world.posts(ask.chat_id) if post.pinned and ask.message_id in (None, post.id)]
    return _pin(world, pinned[-1] if pinned else None, pinned=False)


def react(world: World, ask: React) -> bool:
    """Put the bot's emoji on a message of either side, in place of the one before."""
    writable(world, ask.chat_id)
    post = world.post(ask.chat_id, ask.message_id)
    if post is None:
        raise RefusalError(400, "message to react not found")
    emoji = [one.emoji for one in ask.reaction]
    if len(emoji) > 1:
        raise RefusalError(400, "REACTIONS_TOO_MANY")
    if not set(emoji) <= set(ReactionEmoji):
        raise RefusalError(400, "REACTION_INVALID")
    post.reactions[world.bot_id] = emoji
    world.bell.ring()
    return True


def _deletable(world: World, post: Post) -> bool:
    foreign = post.chat in world.groups and post.author != world.bot_id
    return not foreign and world.now() - post.sent <= DELETABLE


def _pin(world: World, post: Post | None, *, pinned: bool) -> bool:
    if post is None:
        raise RefusalError(400, f"message to {'pin' if pinned else 'unpin'} not found")
    post.pinned = pinned
    world.bell.ring()
    return True
