"""How the bot presents itself: its name, what it says of itself, its commands and its menu button."""

from typing import Annotated, Literal

from pydantic import Field
from telegram.constants import BotCommandLimit, BotDescriptionLimit, BotNameLimit

from bot.sandbox import objects
from bot.sandbox.chats import known
from bot.sandbox.fields import Language, Nothing
from bot.sandbox.markup import Strict
from bot.sandbox.refusal import RefusalError
from bot.sandbox.world import Json, World

NAME, DESCRIPTION, SHORT = "name", "description", "short_description"


class Command(Strict):
    """One line of the bot's menu."""

    command: Annotated[str, Field(pattern=rf"^[a-z0-9_]{{1,{BotCommandLimit.MAX_COMMAND:d}}}$")]
    description: Annotated[str, Field(min_length=1, max_length=BotCommandLimit.MAX_DESCRIPTION)]


class Scope(Strict):
    """Who sees a menu."""

    type: Literal["default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"] = "default"
    chat_id: int | None = None


class Menu(Strict):
    """Parameters of getMyCommands and deleteMyCommands."""

    scope: Scope = Scope()
    language_code: Language = ""


class SetCommands(Menu):
    """Parameters of setMyCommands."""

    commands: Annotated[list[Command], Field(max_length=BotCommandLimit.MAX_COMMAND_NUMBER)]


class InLanguage(Strict):
    """Parameters of what is asked for one language."""

    language_code: Language = ""


class SetName(InLanguage):
    """Parameters of setMyName. An empty one takes it away; that of everybody always stays."""

    name: Annotated[str, Field(max_length=BotNameLimit.MAX_NAME_LENGTH)] = ""


class SetDescription(InLanguage):
    """Parameters of setMyDescription: what stands in a chat before Start."""

    description: Annotated[str, Field(max_length=BotDescriptionLimit.MAX_DESCRIPTION_LENGTH)] = ""


class SetShortDescription(InLanguage):
    """Parameters of setMyShortDescription: what stands on the bot's page."""

    short_description: Annotated[str, Field(max_length=BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH)] = ""


class MenuButton(Strict):
    """What stands beside the field for words. A web app has no place here."""

    type: Literal["default", "commands"]


class OfChat(Strict):
    """Parameters of getChatMenuButton. Without a chat it is that of all."""

    chat_id: int | None = None


class SetMenuButton(OfChat):
    """Parameters of setChatMenuButton."""

    menu_button: MenuButton = MenuButton(type="default")


def get_me(world: World, _: Nothing) -> Json:
    """Who the bot is."""
    return objects.me(world)


def set_commands(world: World, ask: SetCommands) -> bool:
    """The menu, for one scope and one language. An empty one is none."""
    if ask.commands:
        world.commands[_menu(ask)] = [command.model_dump() for command in ask.commands]
        return True
    return delete_commands(world, ask)


def get_commands(world: World, ask: Menu) -> list[Json]:
    """The menu of exactly this scope and language."""
    return world.commands.get(_menu(ask), [])


def delete_commands(world: World, ask: Menu) -> bool:
    """No menu of its own for this scope and language any more."""
    world.commands.pop(_menu(ask), None)
    return True


def set_name(world: World, ask: SetName) -> bool:
    """What the bot is called."""
    if ask.name or ask.language_code:
        world.profile[NAME, ask.language_code] = ask.name
    return True


def get_name(world: World, ask: InLanguage) -> Json:
    """What people with this language read as its name."""
    return {"name": _read(world, NAME, ask)}


def set_description(world: World, ask: SetDescription) -> bool:
    """What people read before they press Start."""
    world.profile[DESCRIPTION, ask.language_code] = ask.description
    return True


def get_description(world: World, ask: InLanguage) -> Json:
    """What people with this language read before they press Start."""
    return {"description": _read(world, DESCRIPTION, ask)}


def set_short_description(world: World, ask: SetShortDescription) -> bool:
    """What people read who are sent a link to the bot."""
    world.profile[SHORT, ask.language_code] = ask.short_description
    return True


def get_short_description(world: World, ask: InLanguage) -> Json:
    """What people with this language read who are sent a link to the bot."""
    return {"short_description": _read(world, SHORT, ask)}


def set_menu_button(world: World, ask: SetMenuButton) -> bool:
    """The button beside the field for words, in one private chat or in all."""
    _private(world, ask.chat_id)
    world.menu_buttons[ask.chat_id] = ask.menu_button.model_dump()
    return True


def get_menu_button(world: World, ask: OfChat) -> Json:
    """The button of a private chat, or else of all."""
    _private(world, ask.chat_id)
    return world.menu_buttons.get(ask.chat_id) or world.menu_buttons.get(None) or {"type": "commands"}


def _private(world: World, chat: int | None) -> None:
    if chat is not None:
        known(world, chat)
        if chat in world.groups:
            raise RefusalError(400, "chat must be a private chat")


def _menu(ask: Menu) -> tuple[str, str]:
    return ask.scope.model_dump_json(), ask.language_code


def _read(world: World, what: str, ask: InLanguage) -> str:
    """The words of this language, else those for everybody."""
    return world.profile.get((what, ask.language_code)) or world.profile.get((what, "")) or ""
