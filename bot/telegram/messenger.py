"""`Messenger` on Telegram: PTB's `Bot`, for sending only."""

from collections.abc import Awaitable, Sequence
from contextlib import suppress
from datetime import timedelta

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    KeyboardButtonRequestUsers,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram import Message as Sent

from bot.chat import Button, DeliveryError, Inbound, Message, NothingToEdit, NotTaken, Press, Raw, Refused
from bot.telegram import updates
from bot.telegram.transport import Transport, Unneeded, answered

# PTB's default of 256 costs seven times the CPU: httpx walks the whole pool for each request.
CONNECTIONS = 32

# A few of their own, so that what is urgent never queues behind a wave.
URGENT_CONNECTIONS = 4

PATIENCE = timedelta(seconds=10)

# How long a message may wait for a connection to become free. An urgent one has other connections to turn to.
QUEUE = timedelta(seconds=1)
URGENT_QUEUE = timedelta(seconds=0.1)

PICK = 1
"""Telegram wants each such button of a message to have a number of its own. There is only ever one."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramMessenger:
    """One bot account on Telegram. Its methods raise `DeliveryError` and nothing else."""

    def __init__(self, token: str, api_url: str, patience: timedelta = PATIENCE) -> None:
        """`api_url` comes without a slash at its end. `patience` is how long Telegram may take to answer."""
        self.bot = f"telegram:{token.partition(':')[0]}"
        self.username = ""
        self.joins_groups = False
        """Whether people may add this bot to a group. Known once started."""
        self._pools = (
            Transport(api_url, CONNECTIONS, patience),
            Transport(api_url, URGENT_CONNECTIONS, patience),
        )
        self._ordinary, self._urgent = (
            # Given our own pool for getUpdates too, which goes unused, PTB does not build one.
            Bot(token, f"{api_url}/bot", f"{api_url}/file/bot", request=pool, get_updates_request=pool)
            for pool in self._pools
        )

    async def start(self) -> str:
        """Open the connections, ask Telegram who we are and return our user name (without the @)."""
        for pool in self._pools:
            await pool.initialize()
        me = await answered(self._ordinary.get_me())
        self.bot = f"telegram:{me.id}"
        self.username = me.username or ""
        self.joins_groups = bool(me.can_join_groups)
        return self.username

    async def stop(self) -> None:
        """Close all connections. `start` opens them again."""
        for pool in self._pools:
            await pool.shutdown()

    def number(self, raw: Raw) -> int:
        """The update's number. Raises KeyError, TypeError or ValueError if it has none that we could keep."""
        return updates.number(raw)

    def sender(self, raw: Raw) -> str:
        """The address an update comes from; empty if it has none."""
        return updates.sender(raw)

    def read(self, raw: Raw) -> Inbound | None:
        """What a person did; None if it means nothing to us. Raises anything on a broken update."""
        return updates.read(raw)

    async def send(self, address: str, message: Message, *, urgent: bool = False) -> str:
        """Show something new and return its message id."""
        await self._list(address, message)
        if urgent:
            # Its few connections may all hang; then one of the many others is as good.
            with suppress(NotTaken):
                return await self._send(self._urgent, address, message, URGENT_QUEUE)
        return await self._send(self._ordinary, address, message, QUEUE)

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        """Put other words and buttons in a message's place. The keyboard that stays cannot be edited in."""
        if not message_id.isdecimal():
            raise NothingToEdit
        await self._list(address, message)
        with suppress(Unneeded):
            await answered(
                self._ordinary.edit_message_text(
                    message.text,
                    chat_id=_chat(address),
                    message_id=int(message_id),
                    reply_markup=_buttons(message),
                    link_preview_options=_NO_PREVIEW,
                )
            )

    async def mark(self, address: str, message_id: str, mark: str) -> None:
        """Put one of Telegram's reactions on a message. Raises NothingToEdit where no message of theirs is meant."""
        if not message_id.isdecimal():
            raise NothingToEdit
        await answered(self._ordinary.set_message_reaction(_chat(address), int(message_id), mark))

    async def remove(self, address: str, message_ids: Sequence[str]) -> None:
        """Take messages off the screen, for 48 h after they were sent. Gone already is success."""
        numbers = [int(message_id) for message_id in message_ids if message_id.isdecimal()]
        if numbers:
            with suppress(NothingToEdit):
                await answered(self._ordinary.delete_messages(_chat(address), numbers))

    async def acknowledge(self, press: Press) -> None:
        """Tell the person's phone that a press has arrived. One too old to be told of is no error."""
        with suppress(Unneeded):
            await answered(self._urgent.answer_callback_query(press.press_id))

    async def leave(self, address: str) -> None:
        """Leave a chat that is not one person's own."""
        await answered(self._ordinary.leave_chat(_chat(address)))

    def link(self, code: str) -> str:
        """What somebody taps to come to us with a code. Known once started."""
        return f"https://t.me/{self.username}?start={code}"

    async def commands(self, listed: list[tuple[str, str]], language: str = "") -> None:
        """Set the menu of commands: names without the slash, and what each does.

        `language` has two letters; without one it is the menu of everybody whose app speaks another language.
        """
        menu = [BotCommand(name, about) for name, about in listed]
        await answered(self._ordinary.set_my_commands(menu, language_code=language or None))

    async def _list(self, address: str, message: Message) -> None:
        """Fill the menu of one chat. Nothing depends on it: a refusal keeps no message back."""
        if message.menu is None:
            return
        scope, menu = BotCommandScopeChat(_chat(address)), [BotCommand(*one) for one in message.menu]
        with suppress(DeliveryError):
            if menu:
                await answered(self._ordinary.set_my_commands(menu, scope))
            else:
                await answered(self._ordinary.delete_my_commands(scope))

    async def _send(self, bot: Bot, address: str, message: Message, queue: timedelta) -> str:
        sent = await answered(_sending(bot, address, message, queue))
        if message.pinned:
            # it stands already: one that stays unpinned is no reason to send it again
            with suppress(DeliveryError):
                await answered(bot.pin_chat_message(_chat(address), sent.message_id, disable_notification=True))
        return str(sent.message_id)


def _sending(bot: Bot, address: str, message: Message, queue: timedelta) -> Awaitable[Sent]:
    """The call that shows a message, not made yet. Raises Refused for an address of another platform."""
    chat, markup, patience = _chat(address), _buttons(message) or _keyboard(message), queue.total_seconds()
    if message.document:
        file = InputFile(message.document.text.encode(), message.document.name)
        return bot.send_document(chat, file, caption=message.text, reply_markup=markup, pool_timeout=patience)
    if message.media:
        media: str | InputFile = message.media.file or InputFile(message.media.content, message.media.kind)
        show = bot.send_photo if message.media.kind == "photo" else bot.send_voice
        return show(chat, media, caption=message.text, reply_markup=markup, pool_timeout=patience)
    return bot.send_message(
        chat,
        message.text,
        reply_markup=markup,
        link_preview_options=_NO_PREVIEW,
        disable_notification=message.pinned or None,
        pool_timeout=patience,
    )


def _chat(address: str) -> int:
    """Telegram's id of the chat at an address. Raises Refused for an address of another platform."""
    platform, _, chat = address.partition(":")
    if platform != "telegram" or not chat.removeprefix("-").isdecimal():
        raise Refused
    return int(chat)


def _key(label: str, message: Message) -> KeyboardButton:
    """A button below the chat. One that picks somebody asks for their name too, as the person has it."""
    users = KeyboardButtonRequestUsers(PICK, user_is_bot=False, request_name=True) if label == message.pick else None
    return KeyboardButton(label, request_location=label == message.locate or None, request_users=users)


def _buttons(message: Message) -> InlineKeyboardMarkup | None:
    if not message.rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in message.rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.copy:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    return InlineKeyboardButton(button.label, callback_data=button.press)


def _keyboard(message: Message) -> ReplyKeyboardMarkup | None:
    if not message.keyboard:
        return None
    rows = [[_key(label, message) for label in row] for row in message.keyboard]
    return ReplyKeyboardMarkup(
        rows, resize_keyboard=True, is_persistent=True, input_field_placeholder=message.hint or None
    )
