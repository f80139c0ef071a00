"""Buttons and entities as the bot hands them in, checked as strictly as Telegram does, or more so."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError
from telegram.constants import InlineKeyboardButtonLimit as Most
from telegram.constants import InlineKeyboardMarkupLimit, KeyboardButtonRequestUsersLimit, ReplyLimit

ACTIONS = "callback_data", "copy_text", "url"


def telegram(words: str) -> PydanticCustomError:
    """An error that is told in Telegram's own words."""
    return PydanticCustomError("telegram", words)


class Strict(BaseModel):
    """Nothing unknown, nothing of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _data(value: str) -> str:
    if not Most.MIN_CALLBACK_DATA <= len(value.encode()) <= Most.MAX_CALLBACK_DATA:
        raise telegram("BUTTON_DATA_INVALID")
    return value


def _copied(value: str) -> str:
    if not 1 <= len(value) <= Most.MAX_COPY_TEXT:
        raise telegram("BUTTON_COPY_TEXT_INVALID")
    return value


def _url(value: str) -> str:
    if not value.startswith(("http://", "https://", "tg://")):
        raise telegram(f"inline keyboard button URL '{value}' is invalid: Unsupported URL protocol")
    return value


def _label(value: str) -> str:
    if not value.strip():
        raise telegram("can't parse keyboard button: text must be non-empty")
    return value


Label = Annotated[str, AfterValidator(_label)]
Style = Literal["danger", "success", "primary"]


class CopyText(Strict):
    """What a copy button puts on the clipboard: 1 to 256 characters."""

    text: Annotated[str, AfterValidator(_copied)]


class InlineButton(Strict):
    """A button under a message. It does exactly one thing."""

    text: Label
    callback_data: Annotated[str, AfterValidator(_data)] | None = None
    copy_text: CopyText | None = None
    url: Annotated[str, AfterValidator(_url)] | None = None
    style: Style | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> "InlineButton":
        if sum(getattr(self, action) is not None for action in ACTIONS) != 1:
            raise telegram("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
        return self


class InlineKeyboard(Strict):
    """Rows of buttons under a message."""

    inline_keyboard: list[list[InlineButton]]

    @model_validator(mode="after")
    def _fits(self) -> "InlineKeyboard":
        if sum(map(len, self.inline_keyboard)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
            raise telegram("reply markup is too long")
        if any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in self.inline_keyboard):
            raise telegram("the sandbox was given a row of more than 8 buttons, which the apps would break up")
        return self

    def rows(self) -> list[list[dict[str, Any]]]:
        """Plain JSON, without empty rows, as Telegram keeps it."""
        return [[button.model_dump(exclude_none=True) for button in row] for row in self.inline_keyboard if row]


class RequestUsers(Strict):
    """What a button asks that has people picked: how many, and whether by name too."""

    request_id: Annotated[int, Field(ge=-(2**31), lt=2**31)]
    user_is_bot: Literal[False] | None = None
    """Only people have phones here."""
    max_quantity: Annotated[
        int, Field(ge=KeyboardButtonRequestUsersLimit.MIN_QUANTITY, le=KeyboardButtonRequestUsersLimit.MAX_QUANTITY)
    ] = 1
    request_name: bool | None = None


class KeyboardButton(Strict):
    """A button that stays below the chat and sends its words, where the phone is, whose it is, or people picked."""

    text: Label
    request_location: bool | None = None
    request_contact: bool | None = None
    request_users: RequestUsers | None = None
    style: Style | None = None

    @model_validator(mode="after")
    def _asks_one_thing(self) -> "KeyboardButton":
        if sum(bool(asked) for asked in (self.request_location, self.request_contact, self.request_users)) > 1:
            raise telegram("can't parse keyboard button: a button asks for one thing")
        return self


class ReplyKeyboard(Strict):
    """Rows of buttons that stay below the chat."""

    keyboard: Annotated[list[list[KeyboardButton]], Field(min_length=1)]
    is_persistent: bool | None = None
    resize_keyboard: bool | None = None
    one_time_keyboard: Literal[False] | None = None
    """The phone here never folds a keyboard away, so asking for it would go unnoticed."""
    input_field_placeholder: (
        Annotated[
            str,
            Field(min_length=ReplyLimit.MIN_INPUT_FIELD_PLACEHOLDER, max_length=ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER),
        ]
        | None
    ) = None
    selective: bool | None = None


class RemoveKeyboard(Strict):
    """Take away the buttons that stay."""

    remove_keyboard: Literal[True]
    selective: bool | None = None


def _which(value: Any) -> str:
    given = value if isinstance(value, dict) else {}
    return next((name for name in ("keyboard", "remove_keyboard") if name in given), "inline_keyboard")


AnyMarkup = Annotated[
    Annotated[InlineKeyboard, Tag("inline_keyboard")]
    | Annotated[ReplyKeyboard, Tag("keyboard")]
    | Annotated[RemoveKeyboard, Tag("remove_keyboard")],
    Discriminator(_which),
]


class Entity(Strict):
    """A stretch of the text that looks different. Offset and length are in UTF-16 units."""

    type: Literal[
        "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
        "text_link", "url", "email", "phone_number", "date_time", "bot_command", "mention", "hashtag", "cashtag",
    ]  # fmt: skip
    offset: Annotated[int, Field(ge=0)]
    length: Annotated[int, Field(ge=1)]
    url: str | None = None
    language: str | None = None
    unix_time: int | None = None
    date_time_format: Annotated[str, Field(pattern=r"^(r|w?[dD]?[tT]?)$")] | None = None
    """How each reader's app writes that instant: relative, or day of the week, date and time, short or long."""

    @model_validator(mode="after")
    def _holds_what_its_type_needs(self) -> "Entity":
        for kind, name in (("text_link", "url"), ("date_time", "unix_time")):
            if (self.type == kind) != (getattr(self, name) is not None):
                raise telegram(f"can't parse MessageEntity: {name} goes with {kind} and with nothing else")
        return self
