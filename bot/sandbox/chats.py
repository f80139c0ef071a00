"""Chats: which the bot knows, which it may write to, and what it is told of them."""

from datetime import timedelta
from typing import Literal

from bot.sandbox import objects
from bot.sandbox.fields import InChat
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Json, World

TYPING = timedelta(seconds=5)
"""How long a chat action shows, unless a message comes before."""


class Member(InChat):
    """Parameters of getChatMember."""

    user_id: int


class Action(InChat):
    """Parameters of sendChatAction."""

    action: Literal[
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    ]  # fmt: skip


def known(world: World, chat: int) -> None:
    """Refuse a chat that the bot has not come across."""
    person = world.people.get(chat)
    if chat not in world.groups and not (person and (person.started or person.met)):
        raise RefusalError(400, "chat not found")


def writable(world: World, chat: int) -> None:
    """Refuse a chat that the bot may not write to."""
    known(world, chat)
    if chat in world.groups:
        if not world.groups[chat].joined:
            raise RefusalError(403, "bot is not a member of the group chat")
    elif not world.people[chat].started:
        raise RefusalError(403, "bot can't initiate conversation with a user")
    elif world.people[chat].blocked:
        raise RefusalError(403, "bot was blocked by the user")


def get_chat(world: World, ask: InChat) -> Json:
    """What is known of a chat."""
    known(world, ask.chat_id)
    return objects.full_chat(world, ask.chat_id)


def get_chat_member(world: World, ask: Member) -> Json:
    """The standing of the bot or a person in a chat. Whoever is not in it has left, as far as Telegram tells."""
    known(world, ask.chat_id)
    if ask.user_id not in (world.bot_id, *world.people):
        raise RefusalError(400, "user not found")
    group = world.groups.get(ask.chat_id)
    if ask.user_id == world.bot_id:
        blocked = group is None and world.people[ask.chat_id].blocked
        here = group.joined if group else world.people[ask.chat_id].started
        return objects.standing(objects.bot_user(world), "kicked" if blocked else "member" if here else "left")
    here = ask.user_id in group.members if group else ask.user_id == ask.chat_id
    return objects.standing(objects.user(world.people[ask.user_id]), "member" if here else "left")


def leave_chat(world: World, ask: InChat) -> bool:
    """Leave a group."""
    writable(world, ask.chat_id)
    if ask.chat_id not in world.groups:
        raise RefusalError(400, "chat member status can't be changed in private chats")
    world.groups[ask.chat_id].joined = False
    world.bell.ring()
    return True


def send_chat_action(world: World, ask: Action) -> bool:
    """Let the person's app say that something is being written. Which of the actions makes no difference here."""
    writable(world, ask.chat_id)
    if ask.chat_id in world.people:
        world.people[ask.chat_id].typing_until = world.now() + TYPING
    world.bell.ring()
    return True
