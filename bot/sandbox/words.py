"""Text and captions as Telegram keeps them: without space around, and with entities that fit."""

from telegram.constants import MessageLimit

from bot.sandbox.fields import Caption, Words
from bot.sandbox.markup import Entity
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Json

Kept = tuple[str, list[Json]]


def text(given: Words, *, too_long: str = "message is too long") -> Kept:
    """The words of a message and its entities. `too_long` is what Telegram says to such a one."""
    if not given.text.strip():
        raise RefusalError(400, "message text is empty")
    if len(given.text) > MessageLimit.MAX_TEXT_LENGTH:
        raise RefusalError(400, too_long)
    return _kept(given.text, given.entities)


def caption(given: Caption) -> Kept:
    """The words below a file, which may have none, and their entities."""
    if len(given.caption) > MessageLimit.CAPTION_LENGTH:
        raise RefusalError(400, "message caption is too long")
    return _kept(given.caption, given.caption_entities)


def _kept(words: str, entities: list[Entity]) -> Kept:
    if entities and words != words.strip():
        raise RefusalError(400, "the sandbox takes no entities with space around the text: they would shift")
    return words.strip(), [_entity(words, entity) for entity in entities]


def _entity(words: str, entity: Entity) -> Json:
    """Telegram silently drops what does not fit; here it is a mistake worth hearing of."""
    units = words.encode("utf-16-le")
    start, end = entity.offset * 2, (entity.offset + entity.length) * 2
    try:
        units[start:end].decode("utf-16-le")
    except UnicodeDecodeError:
        raise RefusalError(400, "entity begins or ends in the middle of a UTF-16 symbol") from None
    if end > len(units):
        raise RefusalError(400, "the sandbox was given an entity that reaches beyond the text")
    return entity.model_dump(exclude_none=True)
