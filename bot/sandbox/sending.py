"""What the bot sends: words, files, cards, places, and copies of what was sent before."""

from typing import Annotated, Any

from pydantic import Field
from telegram.constants import ContactLimit, FileSizeLimit

from bot.sandbox import pictures, sounds, words
from bot.sandbox.chats import known, writable
from bot.sandbox.fields import Caption, FileGiven, Sending, Upload, Words
from bot.sandbox.markup import InlineKeyboard, ReplyKeyboard
from bot.sandbox.media import Attachment, Chosen, Contact, File, Kind, Place
from bot.sandbox.objects import message
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Json, Post, World

SIDES = 10_000
"""Pixels that the width and the height of a picture may have together."""
RATIO = 20


class SendMessage(Sending, Words):
    """Parameters of sendMessage."""


class SendPhoto(Sending, Caption):
    """Parameters of sendPhoto."""

    photo: FileGiven


class SendDocument(Sending, Caption):
    """Parameters of sendDocument."""

    document: FileGiven


class SendVoice(Sending, Caption):
    """Parameters of sendVoice. `duration` in seconds: a sandbox does not listen to find out."""

    voice: FileGiven
    duration: Annotated[int, Field(ge=0)] = 0


class SendContact(Sending):
    """Parameters of sendContact."""

    phone_number: Annotated[str, Field(min_length=1)]
    first_name: Annotated[str, Field(min_length=1)]
    last_name: str = ""
    vcard: Annotated[str, Field(max_length=ContactLimit.VCARD)] = ""


class SendLocation(Sending):
    """Parameters of sendLocation, in degrees. A place that moves is not known here."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class CopyMessage(Sending):
    """Parameters of copyMessage. A caption that is not given stays as it was; an empty one takes it away."""

    from_chat_id: int
    message_id: int
    caption: str | None = None
    caption_entities: Annotated[list[Any], Field(default_factory=list)]


def send_message(world: World, ask: SendMessage) -> Json:
    """A new message in an open chat."""
    writable(world, ask.chat_id)
    text, entities = words.text(ask)
    return message(world, _post(world, ask, text, entities=entities, options=preview(ask)))


def send_photo(world: World, ask: SendPhoto) -> Json:
    """A picture."""
    return _send_file(world, ask, "photo", ask.photo)


def send_document(world: World, ask: SendDocument) -> Json:
    """A file."""
    return _send_file(world, ask, "document", ask.document)


def send_voice(world: World, ask: SendVoice) -> Json:
    """A voice note."""
    return _send_file(world, ask, "voice", ask.voice, seconds=ask.duration)


def send_contact(world: World, ask: SendContact) -> Json:
    """A card."""
    writable(world, ask.chat_id)
    card = Contact(f"{ask.first_name} {ask.last_name}".strip(), ask.phone_number)
    return message(world, _post(world, ask, "", media=card))


def send_location(world: World, ask: SendLocation) -> Json:
    """A place."""
    writable(world, ask.chat_id)
    return message(world, _post(world, ask, "", media=Place(ask.latitude, ask.longitude)))


def copy_message(world: World, ask: CopyMessage) -> Json:
    """The same once more, of either side, without a word on where it came from."""
    writable(world, ask.chat_id)
    known(world, ask.from_chat_id)
    old = world.post(ask.from_chat_id, ask.message_id)
    if old is None:
        raise RefusalError(400, "message to copy not found")
    if isinstance(old.media, Chosen):
        raise RefusalError(400, "message can't be copied")
    text, entities = old.text, old.entities
    if ask.caption is not None and isinstance(old.media, Attachment):
        text, entities = words.caption(Caption(caption=ask.caption, caption_entities=ask.caption_entities))
    return {"message_id": _post(world, ask, text, entities=entities, media=old.media).id}


def file_given(world: World, kind: Kind, given: FileGiven, *, seconds: int = 0) -> File:
    """A new file, or one that was sent before, by its id."""
    if isinstance(given, Upload):
        return _uploaded(world, kind, given, seconds)
    file = world.files.get(given)
    if file is None:
        raise RefusalError(400, "wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise RefusalError(400, f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


def preview(ask: Words) -> Json:
    """What the message says of link previews."""
    return {"link_preview_options": ask.link_preview_options.model_dump()} if ask.link_preview_options else {}


def _send_file(
    world: World, ask: SendPhoto | SendDocument | SendVoice, kind: Kind, given: FileGiven, *, seconds: int = 0
) -> Json:
    writable(world, ask.chat_id)
    text, entities = words.caption(ask)
    file = file_given(world, kind, given, seconds=seconds)
    return message(world, _post(world, ask, text, entities=entities, media=Attachment(file)))


def _uploaded(world: World, kind: Kind, given: Upload, seconds: int) -> File:
    size = len(given.content)
    if not size:
        raise RefusalError(400, "file must be non-empty")
    if size > FileSizeLimit.FILESIZE_UPLOAD:
        raise RefusalError(413)
    if kind == "photo":
        _picture(given.content)
        return world.files.add("photo", given.content, mime=pictures.mime(given.content))
    mime = sounds.mime(given.content) if kind == "voice" else given.mime
    return world.files.add(kind, given.content, name=given.file_name, mime=mime, seconds=seconds)


def _picture(content: bytes) -> None:
    """Refuse what Telegram cannot scale."""
    if len(content) > FileSizeLimit.PHOTOSIZE_UPLOAD:
        raise RefusalError(400, "file is too big for a photo")
    size = pictures.size(content)
    if size is None:
        raise RefusalError(400, "IMAGE_PROCESS_FAILED")
    if sum(size) > SIDES or max(size) > RATIO * min(size):
        raise RefusalError(400, "PHOTO_INVALID_DIMENSIONS")


def _post(world: World, ask: Sending, text: str, *, options: Json | None = None, **more: Any) -> Post:
    inline = ask.reply_markup if isinstance(ask.reply_markup, InlineKeyboard) else None
    if isinstance(ask.reply_markup, ReplyKeyboard) and ask.chat_id in world.groups:
        _only_in_private(ask.reply_markup)
    protected: Json = {"has_protected_content": True} if ask.protect_content else {}
    return world.add_post(
        ask.chat_id,
        world.bot_id,
        text,
        inline=inline.rows() if inline else [],
        markup=ask.reply_markup.model_dump(exclude_none=True) if ask.reply_markup and not inline else None,
        silent=ask.disable_notification,
        options=protected | (options or {}),
        **more,
    )


def _only_in_private(keyboard: ReplyKeyboard) -> None:
    for button in (button for row in keyboard.keyboard for button in row):
        asked = ("phone number", button.request_contact), ("location", button.request_location)
        for what in (what for what, is_asked in (*asked, ("users", button.request_users)) if is_asked):
            raise RefusalError(400, f"{what} can be requested in private chats only")
