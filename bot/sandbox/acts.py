"""What a person can do with a phone: what each act takes, what it does, and what of it waits without a network."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from bot.sandbox.markup import Strict
from bot.sandbox.phone import Phone
from bot.sandbox.world import Json
from bot.texts import Texts


class Nothing(Strict):
    """An act that needs no more."""


class Start(Strict):
    """The Start button, perhaps behind a link."""

    payload: str = ""


class Say(Strict):
    """Typed words."""

    text: str


class Tap(Strict):
    """A tapped button, by its words; `message_id` when several messages have one that reads so."""

    label: str
    message_id: int | None = None


class Choose(Strict):
    """People picked for a button that stays and asks for some."""

    label: str
    people: list[int]


class Position(Strict):
    """Where a phone is, in degrees."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class Card(Strict):
    """Somebody's name and number."""

    first_name: str
    phone_number: str


class Edit(Strict):
    """Other words in place of one's own."""

    message_id: int
    text: str


class React(Strict):
    """An emoji on a message; empty for none."""

    message_id: int
    emoji: str


def _decodable(value: str) -> str:
    b64decode(value, validate=True)
    return value


class Bytes(Strict):
    """Whatever a file holds, in base64."""

    base64: Annotated[str, AfterValidator(_decodable)]

    @property
    def content(self) -> bytes:
        """What it holds."""
        return b64decode(self.base64)


class Picture(Bytes):
    """A PNG or a JPEG."""

    caption: str = ""


class Voice(Bytes):
    """A voice note."""

    seconds: Annotated[int, Field(ge=1, le=3600)]


class File(Bytes):
    """A file as it is."""

    name: Annotated[str, Field(min_length=1, max_length=255)]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """`do` takes the phone and what was asked. `unsent` says how it looks while it waits; None: it cannot wait.

    It is said with the words of the phone's language.
    """

    model: type[Strict]
    do: Callable[[Phone, Any], Json | None]
    unsent: Callable[[Any, Texts], str] | None = None


def _sent(number: int) -> Json:
    return {"message_id": number}


ACTS: dict[str, Act] = {
    "start": Act(Start, lambda phone, ask: _sent(phone.start(ask.payload))),
    "say": Act(Say, lambda phone, ask: _sent(phone.say(ask.text)), lambda ask, _: str(ask.text)),
    "tap": Act(Tap, lambda phone, ask: phone.tap(ask.label, ask.message_id)),
    "choose": Act(Choose, lambda phone, ask: _sent(phone.choose(ask.label, ask.people))),
    "sticker": Act(Nothing, lambda phone, _: _sent(phone.sticker()), lambda _, t: t("sandbox-sticker")),
    "location": Act(
        Position,
        lambda phone, ask: _sent(phone.location(ask.latitude, ask.longitude)),
        lambda _, t: t("sandbox-place.unsent"),
    ),
    "contact": Act(
        Card,
        lambda phone, ask: _sent(phone.contact(ask.first_name, ask.phone_number)),
        lambda ask, _: f"{ask.first_name}, {ask.phone_number}",
    ),
    "photo": Act(
        Picture, lambda phone, ask: _sent(phone.photo(ask.content, ask.caption)), lambda _, t: t("sandbox-picture")
    ),
    "voice": Act(
        Voice, lambda phone, ask: _sent(phone.voice(ask.content, ask.seconds)), lambda _, t: t("sandbox-voice")
    ),
    "document": Act(
        File, lambda phone, ask: _sent(phone.document(ask.content, ask.name, ask.caption)), lambda ask, _: str(ask.name)
    ),
    "edit": Act(Edit, lambda phone, ask: phone.edit(ask.message_id, ask.text)),
    "react": Act(React, lambda phone, ask: phone.react(ask.message_id, ask.emoji)),
    "block": Act(Nothing, lambda phone, _: phone.block()),
    "unblock": Act(Nothing, lambda phone, _: phone.unblock()),
}
"""By the last part of `POST /people/{id}/<act>`, whose body is the model as JSON."""
