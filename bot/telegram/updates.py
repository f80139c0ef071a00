"""Raw Bot API updates into `Inbound`. Whatever they hold was written by strangers and is checked here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.chat import (
    ALBUM_LIMIT,
    FILE_ID,
    Attachment,
    Blocked,
    Command,
    Contact,
    Elsewhere,
    Inbound,
    Kind,
    Location,
    Press,
    Raw,
    Text,
    Unblocked,
    Unreadable,
)

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update we ask for. Another kind is somebody else's."""

# Ids have at most 52 bits by Telegram's word; this is what a database column takes.
_ID_LIMIT = 2**63

# Notes that Telegram writes into a chat by itself. Nobody said anything, so nobody waits for an answer.
_NOTES = ("pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set")


def number(raw: Raw) -> int:
    """The update's number. Raises KeyError, TypeError or ValueError if it has none that we could keep."""
    found = raw["update_id"]
    if type(found) is not int:
        raise TypeError("an update's number is no number")
    if not 0 <= found < _ID_LIMIT:
        raise ValueError("an update's number is out of range")
    return found


def sender(raw: Raw) -> str:
    """The address of whoever did it (`telegram:123`), from the raw JSON alone; empty if there is nobody."""
    for kind in KINDS:
        body = raw.get(kind)
        author = body.get("from") if isinstance(body, Mapping) else None
        found = author.get("id") if isinstance(author, Mapping) else None
        if type(found) is int and 0 < found < _ID_LIMIT:
            return f"telegram:{found}"
    return ""


def read(raw: Raw) -> Inbound | None:
    """What a person did; None if it means nothing to us. Raises anything on a broken update."""
    update = Update.de_json({key: raw[key] for key in ("update_id", *KINDS) if key in raw})
    if update.callback_query:
        return _press(sender(raw), update.callback_query)
    if update.my_chat_member:
        return _membership(sender(raw), update.my_chat_member)
    if update.message:
        return _message(sender(raw), update.message)
    if update.edited_message:
        return _edit(sender(raw), update.edited_message)
    return None


def _press(address: str, query: CallbackQuery) -> Inbound | None:
    message = query.message
    if message is None or query.data is None:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return _elsewhere(message.chat.id)
    return Press(
        **_who(address, query.from_user, message.message_id),
        data=_words(query.data),
        press_id=_words(query.id),
    )


def _membership(address: str, change: ChatMemberUpdated) -> Inbound | None:
    status = change.new_chat_member.status
    if change.chat.type != ChatType.PRIVATE:
        # There is nothing to leave any more once we have been sent away.
        gone = status in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
        return None if gone else _elsewhere(change.chat.id)
    about = _who(address, change.from_user, None, change.date)
    if status == ChatMemberStatus.BANNED:
        return Blocked(**about)
    if status == ChatMemberStatus.MEMBER:
        return Unblocked(**about)
    return None


def _message(address: str, message: Message) -> Inbound | None:
    if message.chat.type != ChatType.PRIVATE:
        return _elsewhere(message.chat.id)
    if message.from_user is None or message.from_user.is_bot or any(getattr(message, note) for note in _NOTES):
        return None
    about = _who(address, message.from_user, message.message_id, message.date)
    if message.location:
        place = message.location
        return Location(**about, latitude=_degrees(place.latitude), longitude=_degrees(place.longitude))
    if message.users_shared or message.contact:
        return _contact(about, message)
    if not message.text:
        return _attachment(about, message)
    text = _words(message.text)
    length = _command_length(message)
    name = text[1:length].partition("@")[0].lower()
    if name:
        return Command(**about, name=name, rest=text[length:].strip())
    return Text(**about, text=text)


def _contact(about: dict[str, Any], message: Message) -> Inbound:
    """Somebody who was picked, the first if there are several; or whose card was sent, who may have no account."""
    one = message.users_shared.users[0] if message.users_shared else message.contact
    if one is None:
        return Unreadable(**about)
    name = " ".join(_words(part) for part in (one.first_name, one.last_name) if part)
    return Contact(**about, name=name, who=f"telegram:{_id(one.user_id)}" if one.user_id else "")


def _attachment(about: dict[str, Any], message: Message) -> Inbound:
    """A picture in its largest size, or a voice note. Whatever else it is, we cannot take it in."""
    album = _words(message.media_group_id or "")[:ALBUM_LIMIT]
    kind: Kind
    if message.photo:
        kind, file = "photo", max(message.photo, key=lambda size: size.width * size.height).file_id
    elif message.voice:
        kind, file = "voice", message.voice.file_id
    else:
        return Unreadable(**about, album=album)
    return Attachment(**about, kind=kind, file=_file(file), caption=_words(message.caption or ""), album=album)


def _edit(address: str, message: Message) -> Inbound | None:
    if message.chat.type != ChatType.PRIVATE:
        return _elsewhere(message.chat.id)
    if message.from_user is None or message.from_user.is_bot:
        return None
    return Unreadable(**_who(address, message.from_user, message.message_id, message.edit_date or message.date))


def _command_length(message: Message) -> int:
    """How many characters the command at the very beginning has; 0 if there is none.

    Entities are counted in UTF-16 units, and a command is ASCII: the same number.
    """
    for entity in message.entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            return entity.length
    return 0


def _elsewhere(chat_id: object) -> Elsewhere:
    return Elsewhere(address=f"telegram:{_id(chat_id)}")


def _who(address: str, person: User, message_id: object, at: datetime | None = None) -> dict[str, Any]:
    """The fields that every Inbound has."""
    if not address:
        raise ValueError("an update from nobody")
    return {
        "address": address,
        "at": at,
        "language": _words(person.language_code or "").lower(),
        "message_id": "" if message_id is None else str(_id(message_id)),
    }


def _id(found: object) -> int:
    """An id as it is, groups' being negative. PTB hands on whatever type the JSON had."""
    if type(found) is not int or abs(found) >= _ID_LIMIT:
        raise TypeError("an id is no number")
    return found


def _file(found: object) -> str:
    """A file's name as Telegram gives them. Anything else would be a path or an address to PTB and to Telegram."""
    if not isinstance(found, str) or not FILE_ID.fullmatch(found):
        raise ValueError("a file is named oddly")
    return found


def _degrees(found: object) -> float:
    if type(found) not in (int, float):
        raise TypeError("a degree is no number")
    return float(found)  # type: ignore[arg-type]


def _words(found: object) -> str:
    """A text that can be stored: half a surrogate pair, legal in JSON, cannot be encoded."""
    if not isinstance(found, str):
        raise TypeError("a text is no text")
    return found.encode("utf-8", "replace").decode()
