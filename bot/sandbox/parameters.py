"""What each method takes, and how it is read from a request: query string, form, multipart or JSON."""

import json
from base64 import b64encode
from email import policy
from email.parser import BytesParser
from functools import cache
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import parse_qsl

from pydantic import Field, ValidationError
from starlette.requests import Request

from bot.sandbox.markup import AnyMarkup, Entity, InlineKeyboard, Strict
from bot.sandbox.refusal import RefusalError

EMPTY = {
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "commands": "parameter \"commands\" is required",
    "callback_query_id": "callback_query_id is empty",
}  # fmt: skip


class Nothing(Strict):
    """A method without parameters."""


class InChat(Strict):
    """A method about a chat."""

    chat_id: int


class GetUpdates(Strict):
    """Parameters of getUpdates."""

    offset: int = 0
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] | None = None


class LinkPreview(Strict):
    """How links look. The phone here shows no previews, so only switching them off is known."""

    is_disabled: bool


class Words(InChat):
    """What a text message holds."""

    text: str = ""
    entities: Annotated[list[Entity], Field(default_factory=list)]
    link_preview_options: LinkPreview | None = None


class SendMessage(Words):
    """Parameters of sendMessage. `parse_mode` is left out on purpose: we send plain text."""

    disable_notification: bool = False
    protect_content: bool = False
    allow_paid_broadcast: bool = False
    reply_markup: AnyMarkup | None = None


class Upload(Strict):
    """A file as it came in a form."""

    file_name: str
    base64: str


class SendDocument(InChat):
    """Parameters of sendDocument. Only a new file, by form: we never send one again by its id."""

    document: Upload
    caption: str = ""
    disable_notification: bool = False
    protect_content: bool = False
    reply_markup: AnyMarkup | None = None


class EditMessageText(Words):
    """Parameters of editMessageText. Buttons that are not given again are taken away."""

    message_id: int
    reply_markup: InlineKeyboard | None = None


class EditMessageReplyMarkup(InChat):
    """Parameters of editMessageReplyMarkup."""

    message_id: int
    reply_markup: InlineKeyboard | None = None


class OneMessage(InChat):
    """Parameters of deleteMessage."""

    message_id: int


class ManyMessages(InChat):
    """Parameters of deleteMessages."""

    message_ids: Annotated[list[int], Field(min_length=1, max_length=100)]


class PinChatMessage(OneMessage):
    """Parameters of pinChatMessage."""

    disable_notification: bool = False


class UnpinChatMessage(InChat):
    """Parameters of unpinChatMessage. Without a message it is the newest pinned one."""

    message_id: int | None = None


class AnswerCallbackQuery(Strict):
    """Parameters of answerCallbackQuery."""

    callback_query_id: str
    text: str = ""
    show_alert: bool = False
    cache_time: int = 0


class Command(Strict):
    """One line of the bot's menu."""

    command: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
    description: Annotated[str, Field(min_length=1, max_length=256)]


class Scope(Strict):
    """Who sees a menu."""

    type: Literal["default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"] = "default"
    chat_id: int | None = None


class Menu(Strict):
    """Parameters of getMyCommands."""

    scope: Scope = Scope()
    language_code: Annotated[str, Field(pattern=r"^([a-z]{2})?$")] = ""


class SetMyCommands(Menu):
    """Parameters of setMyCommands."""

    commands: Annotated[list[Command], Field(max_length=100)]


class DeleteWebhook(Strict):
    """Parameters of deleteWebhook."""

    drop_pending_updates: bool = False


Model = TypeVar("Model", bound=Strict)


async def read(request: Request) -> dict[str, Any]:
    """The parameters as they came: text from query and forms, any JSON value from a JSON body. Raises RefusalError."""
    pairs: list[tuple[str, Any]] = list(request.query_params.multi_items())
    body = await request.body()
    if body:
        pairs += _from_body(request.headers.get("content-type", ""), body)
    given = dict(pairs)
    if len(given) != len(pairs):
        raise RefusalError(400, "the sandbox was given a parameter twice")
    return given


def _from_body(content_type: str, body: bytes) -> list[tuple[str, Any]]:
    match content_type.partition(";")[0].strip().lower():
        case "application/json":
            return _from_json(body)
        case "application/x-www-form-urlencoded":
            return list(parse_qsl(body.decode(), keep_blank_values=True))
        case "multipart/form-data":
            return _from_multipart(content_type, body)
        case other:
            raise RefusalError(400, f"the sandbox cannot read a body of type {other!r}")


def _from_json(body: bytes) -> list[tuple[str, Any]]:
    try:
        given = json.loads(body)
    except ValueError:
        raise RefusalError(400, "can't parse JSON object") from None
    if not isinstance(given, dict):
        raise RefusalError(400, "the JSON body must be an object")
    return list(given.items())


def _from_multipart(content_type: str, body: bytes) -> list[tuple[str, Any]]:
    """With the parser of the standard library: the files that we send are small."""
    mail = BytesParser(policy=policy.HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    pairs: list[tuple[str, Any]] = []
    for part in mail.iter_parts():
        name, value = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(value, bytes):
            raise RefusalError(400, "the sandbox cannot read this form")
        pairs.append((name, _uploaded(part.get_filename(), value)))
    return pairs


def _uploaded(file_name: str | None, value: bytes) -> Any:
    return value.decode() if file_name is None else {"file_name": file_name, "base64": b64encode(value).decode()}


@cache
def _textual(model: type[Strict]) -> set[str]:
    """The parameters that are words; text given for any other is JSON."""
    return {name for name, field in model.model_fields.items() if field.annotation is str}


def check(model: type[Model], given: dict[str, Any]) -> Model:
    """The parameters as a method takes them. Raises RefusalError for an unknown, missing or ill-typed one."""
    decoded = {name: _decode(model, name, value) for name, value in given.items()}
    try:
        return model.model_validate_json(json.dumps(decoded))
    except ValidationError as error:
        raise RefusalError(400, _explain(error)) from None


def _decode(model: type[Strict], name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in _textual(model):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value  # the strict check will say what is wrong with it


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    path = ".".join(str(step) for step in first["loc"])
    match first["type"]:
        case "telegram":
            return first["msg"]
        case "missing" if path in EMPTY:
            return EMPTY[path]
        case "extra_forbidden":
            return f'the sandbox does not know the parameter "{path}" here'
        case _:
            return f'the parameter "{path}" is wrong: {first["msg"]}'
