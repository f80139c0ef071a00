"""Telegram's objects, made from the world. Only fields that the published API knows."""

from datetime import datetime

from bot.sandbox.media import Attachment
from bot.sandbox.world import Json, Person, Post, World

USERNAME = "windbreak_sandbox_bot"


def stamp(at: datetime) -> int:
    """Unix time in whole seconds."""
    return int(at.timestamp())


def bot_user(world: World) -> Json:
    """The bot, as others see it."""
    return {"id": world.bot_id, "is_bot": True, "first_name": world.profile["name", ""], "username": USERNAME}


def me(world: World) -> Json:
    """The bot, as it sees itself: a few more fields."""
    return bot_user(world) | {
        "can_join_groups": world.joins_groups,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def user(person: Person) -> Json:
    """A person. Telegram leaves out a language it does not know."""
    known = {"id": person.id, "is_bot": False, "first_name": person.name}
    return known | ({"language_code": person.language} if person.language else {})


def chat(world: World, number: int) -> Json:
    """A private chat or a group."""
    if number in world.groups:
        return {"id": number, "type": "group", "title": world.groups[number].title}
    return {"id": number, "type": "private", "first_name": world.people[number].name}


def full_chat(world: World, number: int) -> Json:
    """What getChat tells."""
    gifts = "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"
    full = chat(world, number) | {
        "accent_color_id": number % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    pinned = [post for post in world.posts(number) if post.pinned]
    return full | ({"pinned_message": message(world, pinned[-1])} if pinned else {})


def message(world: World, post: Post) -> Json:
    """A message. A reply keyboard is never part of it; its inline buttons are."""
    by_bot = post.author == world.bot_id
    made = {
        "message_id": post.id,
        "from": bot_user(world) if by_bot else user(world.people[post.author]),
        "chat": chat(world, post.chat),
        "date": stamp(post.sent),
    } | post.options
    if post.edited is not None:
        made["edit_date"] = stamp(post.edited)
    if post.media is not None:
        made |= post.media.to_json()
    if isinstance(post.media, Attachment):
        made |= {"caption": post.text} if post.text else {}
        made |= {"caption_entities": post.entities} if post.entities else {}
    elif post.media is None:
        made["text"] = post.text
        made |= {"entities": post.entities} if post.entities else {}
    if post.inline:
        made["reply_markup"] = {"inline_keyboard": post.inline}
    return made


def standing(who: Json, status: str) -> Json:
    """How somebody stands in a chat: `member`, `left` or `kicked`."""
    return {"status": status, "user": who} | ({"until_date": 0} if status == "kicked" else {})


def membership(world: World, place: int, person: Person, *, old: str, new: str) -> Json:
    """The bot's own standing in a chat changed, by a person's hand. `kicked` in a private chat: they blocked it."""
    return {
        "chat": chat(world, place),
        "from": user(person),
        "date": stamp(world.now()),
        "old_chat_member": standing(bot_user(world), old),
        "new_chat_member": standing(bot_user(world), new),
    }


def reaction(world: World, post: Post, person: Person, *, old: list[str]) -> Json:
    """A person put another emoji on a message, or took theirs away."""
    return {
        "chat": chat(world, post.chat),
        "message_id": post.id,
        "user": user(person),
        "date": stamp(world.now()),
        "old_reaction": [{"type": "emoji", "emoji": one} for one in old],
        "new_reaction": [{"type": "emoji", "emoji": one} for one in post.reactions.get(person.id, [])],
    }
