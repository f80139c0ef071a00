"""Every method of the Bot API that there is here, but getUpdates, which has to wait.

The words of a refusal are those of the official server, as far as they are known; where they begin with "the sandbox",
Telegram would have taken it silently, or would have done something that is not modelled.
"""

from collections.abc import Callable
from typing import Any

from bot.sandbox import chats, downloads, editing, hook, presses, profile, sending, standing
from bot.sandbox.fields import InChat, Nothing, OneMessage
from bot.sandbox.markup import Strict
from bot.sandbox.world import World

METHODS: dict[str, tuple[type[Strict], Callable[[World, Any], Any]]] = {
    "sendMessage": (sending.SendMessage, sending.send_message),
    "sendPhoto": (sending.SendPhoto, sending.send_photo),
    "sendDocument": (sending.SendDocument, sending.send_document),
    "sendVoice": (sending.SendVoice, sending.send_voice),
    "sendContact": (sending.SendContact, sending.send_contact),
    "sendLocation": (sending.SendLocation, sending.send_location),
    "copyMessage": (sending.CopyMessage, sending.copy_message),
    "sendChatAction": (chats.Action, chats.send_chat_action),
    "editMessageText": (editing.EditText, editing.edit_text),
    "editMessageCaption": (editing.EditCaption, editing.edit_caption),
    "editMessageMedia": (editing.EditMedia, editing.edit_media),
    "editMessageReplyMarkup": (editing.Edit, editing.edit_reply_markup),
    "deleteMessage": (OneMessage, standing.delete_message),
    "deleteMessages": (standing.ManyMessages, standing.delete_messages),
    "pinChatMessage": (standing.Pin, standing.pin),
    "unpinChatMessage": (standing.Unpin, standing.unpin),
    "setMessageReaction": (standing.React, standing.react),
    "answerCallbackQuery": (presses.AnswerCallbackQuery, presses.answer),
    "getFile": (downloads.GetFile, downloads.get_file),
    "getChat": (InChat, chats.get_chat),
    "getChatMember": (chats.Member, chats.get_chat_member),
    "leaveChat": (InChat, chats.leave_chat),
    "getMe": (Nothing, profile.get_me),
    "setMyCommands": (profile.SetCommands, profile.set_commands),
    "getMyCommands": (profile.Menu, profile.get_commands),
    "deleteMyCommands": (profile.Menu, profile.delete_commands),
    "setMyName": (profile.SetName, profile.set_name),
    "getMyName": (profile.InLanguage, profile.get_name),
    "setMyDescription": (profile.SetDescription, profile.set_description),
    "getMyDescription": (profile.InLanguage, profile.get_description),
    "setMyShortDescription": (profile.SetShortDescription, profile.set_short_description),
    "getMyShortDescription": (profile.InLanguage, profile.get_short_description),
    "setChatMenuButton": (profile.SetMenuButton, profile.set_menu_button),
    "getChatMenuButton": (profile.OfChat, profile.get_menu_button),
    "setWebhook": (hook.SetWebhook, hook.set_webhook),
    "deleteWebhook": (hook.DeleteWebhook, hook.delete_webhook),
    "getWebhookInfo": (Nothing, hook.get_webhook_info),
}
"""Each with its parameters, and what it does in the world."""
