"""Other words, files or buttons in the place of what the bot sent. There is no limit to a message's age.

Where it is not known how the official server decides (an edit in a chat of someone who blocked the bot), this one
refuses.
"""

from typing import Literal

from bot.sandbox import words
from bot.sandbox.chats import writable
from bot.sandbox.fields import Caption, FileGiven, OneMessage, Words
from bot.sandbox.markup import InlineKeyboard
from bot.sandbox.media import Attachment, Media
from bot.sandbox.objects import message
from bot.sandbox.refusal import RefusalError
from bot.sandbox.sending import file_given, preview
from bot.sandbox.world import Json, Post, World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
Content = tuple[str, list[Json], Media | None]


class Edit(OneMessage):
    """What every edit takes. Buttons that are not given again are taken away."""

    reply_markup: InlineKeyboard | None = None


class EditText(Edit, Words):
    """Parameters of editMessageText."""


class EditCaption(Edit, Caption):
    """Parameters of editMessageCaption."""


class NewMedia(Caption):
    """A picture or a document that takes the place of another, or of words."""

    type: Literal["photo", "document"]
    media: FileGiven


class EditMedia(Edit):
    """Parameters of editMessageMedia."""

    media: NewMedia


def edit_text(world: World, ask: EditText) -> Json:
    """Other words in a message's place."""
    post = _editable(world, ask)
    if post.media:
        raise RefusalError(400, "there is no text in the message to edit")
    text, entities = words.text(ask, too_long="MESSAGE_TOO_LONG")
    return _edited(world, ask, post, (text, entities, None), preview(ask))


def edit_caption(world: World, ask: EditCaption) -> Json:
    """Other words below a file, or none."""
    post = _editable(world, ask)
    if not isinstance(post.media, Attachment):
        raise RefusalError(400, "there is no caption in the message to edit")
    return _edited(world, ask, post, (*words.caption(ask), post.media))


def edit_media(world: World, ask: EditMedia) -> Json:
    """Another file, with its own words, in the place of one or of a text."""
    post = _editable(world, ask)
    replaceable = post.media is None or (isinstance(post.media, Attachment) and post.media.kind != "voice")
    if not replaceable:
        raise RefusalError(400, "message can't be edited")
    text, entities = words.caption(ask.media)
    file = file_given(world, ask.media.type, ask.media.media)
    return _edited(world, ask, post, (text, entities, Attachment(file)))


def edit_reply_markup(world: World, ask: Edit) -> Json:
    """Other buttons, or none, under a message."""
    post = _editable(world, ask)
    return _edited(world, ask, post, (post.text, post.entities, post.media))


def _editable(world: World, ask: Edit) -> Post:
    writable(world, ask.chat_id)
    post = world.post(ask.chat_id, ask.message_id)
    if post is None:
        raise RefusalError(400, "message to edit not found")
    if post.author != world.bot_id or post.markup is not None:
        raise RefusalError(400, "message can't be edited")
    return post


def _edited(world: World, ask: Edit, post: Post, content: Content, options: Json | None = None) -> Json:
    """Put the new content in place. One that changes nothing is refused."""
    rows = ask.reply_markup.rows() if ask.reply_markup else []
    if (post.text, post.entities, post.media, post.inline) == (*content, rows):
        raise RefusalError(400, NOT_MODIFIED)
    post.text, post.entities, post.media = content
    post.inline, post.edited = rows, world.now()
    post.options |= options or {}
    world.bell.ring()
    return message(world, post)
