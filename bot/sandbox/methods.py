"""The methods of the Bot API: what the bot can do in the world, and the words it is refused with.

The words are those of the official server. Where it is not known how that one decides (an edit in a chat of someone
who blocked the bot), this one refuses.
"""

from base64 import b64decode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.sandbox import objects
from bot.sandbox import parameters as p
from bot.sandbox.markup import Entity, InlineKeyboard, Strict
from bot.sandbox.media import Attachment
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Json, Post, Toast, World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
DELETABLE = timedelta(hours=48)
ANSWERABLE = timedelta(seconds=150)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def get_me(world: World, _: p.Nothing) -> Json:
    """Who the bot is."""
    return objects.me(world)


def send_message(world: World, ask: p.SendMessage) -> Json:
    """A new message in an open chat."""
    _open(world, ask.chat_id)
    text, entities = _words(ask, too_long="message is too long")
    inline = ask.reply_markup if isinstance(ask.reply_markup, InlineKeyboard) else None
    lower = ask.reply_markup.model_dump(exclude_none=True) if ask.reply_markup and not inline else None
    options: Json = {"has_protected_content": True} if ask.protect_content else {}
    post = world.add_post(
        ask.chat_id,
        world.bot_id,
        text,
        entities=entities,
        inline=inline.rows() if inline else [],
        markup=lower,
        silent=ask.disable_notification,
        options=options | _preview(ask),
    )
    return objects.message(world, post)


def send_document(world: World, ask: p.SendDocument) -> Json:
    """A file in an open chat, with a few words below it."""
    _open(world, ask.chat_id)
    if len(ask.caption) > CAPTION_LIMIT:
        raise RefusalError(400, "message caption is too long")
    if not ask.document.base64:
        raise RefusalError(400, "file must be non-empty")
    inline = ask.reply_markup if isinstance(ask.reply_markup, InlineKeyboard) else None
    lower = ask.reply_markup.model_dump(exclude_none=True) if ask.reply_markup and not inline else None
    content = b64decode(ask.document.base64)
    document = world.files.add("document", content, name=ask.document.file_name, mime="application/octet-stream")
    post = world.add_post(
        ask.chat_id,
        world.bot_id,
        ask.caption.strip(),
        inline=inline.rows() if inline else [],
        markup=lower,
        media=Attachment(document),
        silent=ask.disable_notification,
        options={"has_protected_content": True} if ask.protect_content else {},
    )
    return objects.message(world, post)


def edit_message_text(world: World, ask: p.EditMessageText) -> Json:
    """Other words, and other buttons or none, in a message's place."""
    post = _editable(world, ask.chat_id, ask.message_id)
    if post.media:
        raise RefusalError(400, "there is no text in the message to edit")
    text, entities = _words(ask, too_long="MESSAGE_TOO_LONG")
    rows = ask.reply_markup.rows() if ask.reply_markup else []
    if (post.text, post.entities, post.inline) == (text, entities, rows):
        raise RefusalError(400, NOT_MODIFIED)
    post.text, post.entities, post.inline = text, entities, rows
    post.options |= _preview(ask)
    return _edited(world, post)


def edit_message_reply_markup(world: World, ask: p.EditMessageReplyMarkup) -> Json:
    """Other buttons, or none, under a message."""
    post = _editable(world, ask.chat_id, ask.message_id)
    rows = ask.reply_markup.rows() if ask.reply_markup else []
    if post.inline == rows:
        raise RefusalError(400, NOT_MODIFIED)
    post.inline = rows
    return _edited(world, post)


def delete_message(world: World, ask: p.OneMessage) -> bool:
    """Take away a message of either side, for 48 hours. A person's screen can be tidied even if they blocked us."""
    _known(world, ask.chat_id)
    post = world.post(ask.chat_id, ask.message_id)
    if post is None:
        raise RefusalError(400, "message to delete not found")
    if not _deletable(world, post):
        raise RefusalError(400, "message can't be deleted")
    world.remove(post)
    return True


def delete_messages(world: World, ask: p.ManyMessages) -> bool:
    """The same for many: those that are gone are passed over, one that must stay keeps all of them."""
    _known(world, ask.chat_id)
    standing = [post for number in ask.message_ids if (post := world.post(ask.chat_id, number))]
    if not all(_deletable(world, post) for post in standing):
        raise RefusalError(400, "message can't be deleted")
    for post in standing:
        world.remove(post)
    return True


def answer_callback_query(world: World, ask: p.AnswerCallbackQuery) -> bool:
    """Stop the spinner on a tapped button, with a short word if there is one."""
    query = world.queries.get(ask.callback_query_id)
    if query is None or world.now() - query.at > ANSWERABLE:
        raise RefusalError(400, TOO_OLD)
    if len(ask.text) > TOAST_LIMIT:
        raise RefusalError(400, "MESSAGE_TOO_LONG")
    query.answered = True
    if ask.text:
        world.people[query.person].toast = Toast(query=query.id, text=ask.text, alert=ask.show_alert)
    world.bell.ring()
    return True


def pin_chat_message(world: World, ask: p.PinChatMessage) -> bool:
    """Keep a message at the top of the chat."""
    _open(world, ask.chat_id)
    return _pin(world, world.post(ask.chat_id, ask.message_id), pinned=True)


def unpin_chat_message(world: World, ask: p.UnpinChatMessage) -> bool:
    """Let go of a pinned message."""
    _open(world, ask.chat_id)
    standing = [post for post in world.posts(ask.chat_id) if post.pinned and ask.message_id in (None, post.id)]
    return _pin(world, standing[-1] if standing else None, pinned=False)


def get_chat(world: World, ask: p.InChat) -> Json:
    """What is known of a chat."""
    _known(world, ask.chat_id)
    return objects.full_chat(world, ask.chat_id)


def leave_chat(world: World, ask: p.InChat) -> bool:
    """Leave a group."""
    _open(world, ask.chat_id)
    if ask.chat_id not in world.groups:
        raise RefusalError(400, "chat member status can't be changed in private chats")
    world.groups[ask.chat_id].joined = False
    world.bell.ring()
    return True


def set_my_commands(world: World, ask: p.SetMyCommands) -> bool:
    """The menu, for one scope and one language."""
    world.commands[_menu(ask)] = [command.model_dump() for command in ask.commands]
    return True


def get_my_commands(world: World, ask: p.Menu) -> list[Json]:
    """The menu of exactly this scope and language."""
    return world.commands.get(_menu(ask), [])


def delete_webhook(world: World, ask: p.DeleteWebhook) -> bool:
    """There never is a webhook; what waits may be dropped all the same."""
    if ask.drop_pending_updates:
        world.updates.forget()
    return True


def get_webhook_info(world: World, _: p.Nothing) -> Json:
    """No webhook, and how many updates wait."""
    waiting = len(world.updates.pending())
    known = {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}
    return known | ({"allowed_updates": world.updates.allowed} if world.updates.allowed else {})


def _known(world: World, chat: int) -> None:
    """A chat that the bot has come across."""
    person = world.people.get(chat)
    if chat not in world.groups and not (person and (person.started or person.met)):
        raise RefusalError(400, "chat not found")


def _open(world: World, chat: int) -> None:
    """A chat that the bot may write to."""
    _known(world, chat)
    if chat in world.groups:
        if not world.groups[chat].joined:
            raise RefusalError(403, "bot is not a member of the group chat")
    elif not world.people[chat].started:
        raise RefusalError(403, "bot can't initiate conversation with a user")
    elif world.people[chat].blocked:
        raise RefusalError(403, "bot was blocked by the user")


def _editable(world: World, chat: int, number: int) -> Post:
    _open(world, chat)
    post = world.post(chat, number)
    if post is None:
        raise RefusalError(400, "message to edit not found")
    if post.author != world.bot_id or post.markup is not None:
        raise RefusalError(400, "message can't be edited")
    return post


def _deletable(world: World, post: Post) -> bool:
    foreign = post.chat in world.groups and post.author != world.bot_id
    return not foreign and world.now() - post.sent <= DELETABLE


def _edited(world: World, post: Post) -> Json:
    post.edited = world.now()
    world.bell.ring()
    return objects.message(world, post)


def _pin(world: World, post: Post | None, *, pinned: bool) -> bool:
    if post is None:
        raise RefusalError(400, f"message to {'pin' if pinned else 'unpin'} not found")
    post.pinned = pinned
    world.bell.ring()
    return True


def _menu(ask: p.Menu) -> tuple[str, str]:
    return ask.scope.model_dump_json(), ask.language_code


def _preview(ask: p.Words) -> Json:
    return {"link_preview_options": ask.link_preview_options.model_dump()} if ask.link_preview_options else {}


def _words(ask: p.Words, *, too_long: str) -> tuple[str, list[Json]]:
    """The text as Telegram keeps it, without space around it, and its entities."""
    if not ask.text.strip():
        raise RefusalError(400, "message text is empty")
    if len(ask.text) > TEXT_LIMIT:
        raise RefusalError(400, too_long)
    if ask.entities and ask.text != ask.text.strip():
        raise RefusalError(400, "the sandbox takes no entities with space around the text: they would shift")
    return ask.text.strip(), [_entity(ask.text, entity) for entity in ask.entities]


def _entity(text: str, entity: Entity) -> Json:
    """Telegram silently drops what does not fit; here it is a mistake worth hearing of."""
    units = text.encode("utf-16-le")
    start, end = entity.offset * 2, (entity.offset + entity.length) * 2
    try:
        units[start:end].decode("utf-16-le")
    except UnicodeDecodeError:
        raise RefusalError(400, "entity begins or ends in the middle of a UTF-16 symbol") from None
    if end > len(units):
        raise RefusalError(400, "the sandbox was given an entity that reaches beyond the text")
    return entity.model_dump(exclude_none=True)


METHODS: dict[str, tuple[type[Strict], Callable[[World, Any], Any]]] = {
    "getMe": (p.Nothing, get_me),
    "sendMessage": (p.SendMessage, send_message),
    "sendDocument": (p.SendDocument, send_document),
    "editMessageText": (p.EditMessageText, edit_message_text),
    "editMessageReplyMarkup": (p.EditMessageReplyMarkup, edit_message_reply_markup),
    "deleteMessage": (p.OneMessage, delete_message),
    "deleteMessages": (p.ManyMessages, delete_messages),
    "answerCallbackQuery": (p.AnswerCallbackQuery, answer_callback_query),
    "pinChatMessage": (p.PinChatMessage, pin_chat_message),
    "unpinChatMessage": (p.UnpinChatMessage, unpin_chat_message),
    "getChat": (p.InChat, get_chat),
    "leaveChat": (p.InChat, leave_chat),
    "setMyCommands": (p.SetMyCommands, set_my_commands),
    "getMyCommands": (p.Menu, get_my_commands),
    "deleteWebhook": (p.DeleteWebhook, delete_webhook),
    "getWebhookInfo": (p.Nothing, get_webhook_info),
}
"""Every method but getUpdates, which has to wait."""
