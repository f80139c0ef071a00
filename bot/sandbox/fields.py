"""What several methods take alike."""

from typing import Annotated

from pydantic import Field
from telegram.constants import MessageLimit

from bot.sandbox.markup import AnyMarkup, Entity, Strict

Entities = Annotated[list[Entity], Field(default_factory=list, max_length=MessageLimit.MESSAGE_ENTITIES)]
"""Telegram ignores those beyond the limit; here it is a mistake worth hearing of."""

Language = Annotated[str, Field(pattern=r"^([a-z]{2})?$")]
"""Two letters, or none for everybody whose language has no words of its own."""


class Nothing(Strict):
    """A method without parameters."""


class InChat(Strict):
    """A method about a chat."""

    chat_id: int


class OneMessage(InChat):
    """A method about a message."""

    message_id: int


class LinkPreview(Strict):
    """How links look. The phone here shows no previews, so only switching them off is known."""

    is_disabled: bool


class Words(Strict):
    """What a text message holds. `parse_mode` is left out on purpose: we send plain text."""

    text: str = ""
    entities: Entities
    link_preview_options: LinkPreview | None = None


class Caption(Strict):
    """The few words below a file."""

    caption: str = ""
    caption_entities: Entities


class Sending(InChat):
    """What every method that sends something new takes."""

    disable_notification: bool = False
    protect_content: bool = False
    allow_paid_broadcast: bool = False
    reply_markup: AnyMarkup | None = None


class Upload(Strict):
    """A file as it came in a form."""

    file_name: str
    mime: str
    content: bytes


FileGiven = Upload | str
"""A new file, or the id of one that was sent before. An address would have to be fetched: that is refused."""
