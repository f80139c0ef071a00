"""What leaves the bot towards Telegram, and what its answers are taken to mean."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.chat import (
    Ambiguous,
    Button,
    DeliveryError,
    Message,
    Messenger,
    NothingToEdit,
    NotTaken,
    Press,
    Refused,
    TooFast,
    Unauthorized,
    Unreachable,
)
from bot.telegram.messenger import CONNECTIONS, URGENT_CONNECTIONS, TelegramMessenger
from tests.telegram.wire import (
    SECRET,
    TOKEN,
    Answer,
    Wire,
    broken_off,
    closed,
    fine,
    http,
    refused,
    reset,
    sent,
    silent,
)

ANA = "telegram:11"
HELLO = Message("Hello, Ana <b>&")
PRESS = Press(address=ANA, data="checkin:42:mood:low", press_id="990")

Check = Callable[[BaseException], None]


async def test_words_leave_as_they_are(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent(7))
    assert await messenger.send(ANA, HELLO) == "7"
    assert wire.asked[0].path == f"/bot{TOKEN}/sendMessage"
    assert wire.asked[0].parameters == {
        "chat_id": 11,
        "text": "Hello, Ana <b>&",
        "link_preview_options": {"is_disabled": True},
    }


async def test_buttons_hand_back_a_press_or_copy(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent())
    rows = ((Button("Low", press="checkin:42:mood:low"), Button("High", press="checkin:42:mood:high")),)
    await messenger.send(ANA, Message("How is it?", rows=(*rows, (Button("112", copy="112"),))))
    assert wire.asked[0].parameters["reply_markup"] == {
        "inline_keyboard": [
            [
                {"text": "Low", "callback_data": "checkin:42:mood:low"},
                {"text": "High", "callback_data": "checkin:42:mood:high"},
            ],
            [{"text": "112", "copy_text": {"text": "112"}}],
        ]
    }


async def test_the_keyboard_stays(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent())
    await messenger.send(ANA, Message("Here.", keyboard=(("Hard moment",), ("Check in", "Help now"))))
    assert wire.asked[0].parameters["reply_markup"] == {
        "keyboard": [[{"text": "Hard moment"}], [{"text": "Check in"}, {"text": "Help now"}]],
        "resize_keyboard": True,
        "is_persistent": True,
    }


async def test_a_hint_stands_in_the_field_below_the_keyboard(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent())
    await messenger.send(ANA, Message("What you write goes to Ben.", keyboard=(("End",),), hint="To Ben"))
    assert wire.asked[0].parameters["reply_markup"]["input_field_placeholder"] == "To Ben"


async def test_a_mark_is_a_reaction_to_what_they_sent(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(fine(True))
    await messenger.mark(ANA, "7", "✍")
    [asked] = wire.asked
    assert asked.method == "setMessageReaction"
    assert asked.parameters == {"chat_id": 11, "message_id": 7, "reaction": [{"type": "emoji", "emoji": "✍"}]}
    with pytest.raises(NothingToEdit):
        await messenger.mark(ANA, "ana/1", "✍")


async def test_one_button_of_the_keyboard_may_ask_where_the_phone_is(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent())
    keyboard = (("Send my location",), ("Help now",))
    await messenger.send(ANA, Message("Where?", keyboard=keyboard, locate="Send my location"))
    assert wire.asked[0].parameters["reply_markup"]["keyboard"] == [
        [{"text": "Send my location", "request_location": True}],
        [{"text": "Help now"}],
    ]


async def test_one_button_of_the_keyboard_may_have_somebody_picked(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent())
    await messenger.send(ANA, Message("Who?", keyboard=(("Pick the person",), ("Help now",)), pick="Pick the person"))
    asks = {"request_id": 1, "user_is_bot": False, "request_name": True}
    assert wire.asked[0].parameters["reply_markup"]["keyboard"] == [
        [{"text": "Pick the person", "request_users": asks}],
        [{"text": "Help now"}],
    ]


async def test_a_chat_may_have_a_menu_of_its_own_and_a_refusal_keeps_nothing_back(
    wire: Wire, messenger: TelegramMessenger
) -> None:
    wire.will(refused(400, "Bad Request: chat not found"), sent(), fine(True), sent())
    assert await messenger.send(ANA, Message("Thank you.", menu=(("helping", "About helping"),))) == "7"
    await messenger.edit(ANA, "7", Message("Done.", menu=()))
    asked, said, taken, edited = wire.asked
    assert (asked.method, said.method) == ("setMyCommands", "sendMessage")
    assert asked.parameters["commands"] == [{"command": "helping", "description": "About helping"}]
    assert (taken.method, edited.method) == ("deleteMyCommands", "editMessageText")
    assert asked.parameters["scope"] == taken.parameters["scope"] == {"type": "chat", "chat_id": 11}


async def test_what_stays_is_sent_without_a_sound_and_pinned(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent(7), fine(True))
    assert await messenger.send(ANA, Message("My card", slot="card", pinned=True)) == "7"
    said, pinned = wire.asked
    assert said.parameters["disable_notification"] is True
    assert (pinned.method, pinned.parameters["message_id"]) == ("pinChatMessage", 7)
    assert pinned.parameters["disable_notification"] is True


async def test_what_could_not_be_pinned_stands_all_the_same(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent(7), refused(400, "Bad Request: not enough rights"))
    assert await messenger.send(ANA, Message("My card", slot="card", pinned=True)) == "7"


async def test_an_edit_replaces_words_and_buttons(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent(7))
    await messenger.edit(ANA, "7", Message("Noted.", rows=((Button("Open", press="open:1"),),)))
    assert wire.asked[0].method == "editMessageText"
    assert wire.asked[0].parameters["message_id"] == 7
    assert wire.asked[0].parameters["reply_markup"]["inline_keyboard"][0][0]["text"] == "Open"


@pytest.mark.parametrize("message_id", ["", "x7", "-1"])
async def test_an_edit_of_no_message_asks_nobody(message_id: str, wire: Wire, messenger: TelegramMessenger) -> None:
    with pytest.raises(NothingToEdit):
        await messenger.edit(ANA, message_id, HELLO)
    assert not wire.asked


@pytest.mark.parametrize("address", ["", "telegram:", "telegram:x", "matrix:11", "11"])
async def test_an_address_of_elsewhere_is_refused(address: str, wire: Wire, messenger: TelegramMessenger) -> None:
    with pytest.raises(Refused):
        await messenger.send(address, HELLO)
    assert not wire.asked


async def test_start_learns_who_we_are(wire: Wire, messenger: TelegramMessenger) -> None:
    assert messenger.bot == "telegram:4242424242"
    wire.will(fine({"id": 4242424242, "is_bot": True, "first_name": "Windbreak", "username": "made_up_bot"}))
    assert await messenger.start() == messenger.username == "made_up_bot"
    assert messenger.bot == "telegram:4242424242"


async def test_a_messenger_may_be_started_again(wire: Wire, messenger: TelegramMessenger) -> None:
    me = fine({"id": 4242424242, "is_bot": True, "first_name": "Windbreak"})
    wire.will(me, me)
    await messenger.start()
    await messenger.stop()
    assert await messenger.start() == ""


def fits(messenger: TelegramMessenger) -> Messenger:
    """Only has to pass the type checker."""
    return messenger


RIGHTS = http("401 Unauthorized", b'{"ok":false,"error_code":401,"description":"Unauthorized"}')
NOT_FOUND = http("404 Not Found", b'{"ok":false,"error_code":404,"description":"Not Found"}')
GATEWAY = http("502 Bad Gateway", b"<html><h1>502 Bad Gateway</h1></html>", "text/html")

MEANINGS: dict[str, tuple[Answer, type[DeliveryError]]] = {
    "blocked": (refused(403, "Forbidden: bot was blocked by the user"), Unreachable),
    "deactivated": (refused(403, "Forbidden: user is deactivated"), Unreachable),
    "never started": (refused(403, "Forbidden: bot can't initiate conversation with a user"), Unreachable),
    "chat not found": (refused(400, "Bad Request: chat not found"), Unreachable),
    "peer invalid": (refused(400, "Bad Request: PEER_ID_INVALID"), Unreachable),
    "too long": (refused(400, "Bad Request: message is too long"), Refused),
    "migrated": (refused(400, "Bad Request: group upgraded", migrate_to_chat_id=-10099), Refused),
    "nothing to edit": (refused(400, "Bad Request: message to edit not found"), NothingToEdit),
    "cannot be edited": (refused(400, "Bad Request: message can't be edited"), NothingToEdit),
    "wrong token": (RIGHTS, Unauthorized),
    "no such bot": (NOT_FOUND, Unauthorized),
    "slow down": (refused(429, "Too Many Requests: retry after 7", retry_after=7), TooFast),
    "slow down, by a proxy": (http("429 Too Many Requests", b"<html/>", "text/html"), TooFast),
    "slow down, oddly": (refused(429, "Too Many Requests", retry_after="soon"), TooFast),
    "server error": (refused(500, "Internal Server Error"), Ambiguous),
    "bad gateway": (GATEWAY, Ambiguous),
    "an answer that is no JSON": (http("200 OK", b"<html>Hello, Ana</html>"), Ambiguous),
    "an answer that is a list": (http("200 OK", b"[]"), Ambiguous),
    "an answer without a result": (http("200 OK", b'{"ok":true}'), Ambiguous),
    "an answer that is no message": (fine({"odd": 1}), Ambiguous),
    "an answer nested without end": (http("200 OK", b"[" * 100_000), Ambiguous),
    "a code that does not exist": (http("799 Odd", b"{}"), Ambiguous),
    "closed": (closed, Ambiguous),
    "reset": (reset, Ambiguous),
    "broken off": (broken_off, Ambiguous),
    "silent": (silent, Ambiguous),
}


@pytest.mark.parametrize("case", MEANINGS)
async def test_every_failure_has_one_meaning(
    case: str, wire: Wire, messenger: TelegramMessenger, tells_nothing: Check, caplog: pytest.LogCaptureFixture
) -> None:
    answer, meaning = MEANINGS[case]
    wire.will(answer)
    with pytest.raises(DeliveryError) as caught:
        await messenger.send(ANA, HELLO)
    assert type(caught.value) is meaning
    assert len(wire.asked) == 1, "the messenger tries once; delivery decides about more"
    tells_nothing(caught.value)
    assert "Ana" not in caplog.text
    assert SECRET not in f"{caught.getrepr(style='short')}"


async def test_a_wait_is_as_long_as_telegram_says(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(refused(429, "Too Many Requests: retry after 35", retry_after=35))
    with pytest.raises(TooFast) as caught:
        await messenger.send(ANA, HELLO)
    assert caught.value.retry_after == timedelta(seconds=35)


async def test_where_nobody_listens_nothing_is_taken(refusing_url: str, tells_nothing: Check) -> None:
    messenger = TelegramMessenger(TOKEN, refusing_url)
    for urgent in (False, True):
        with pytest.raises(NotTaken) as caught:
            await messenger.send(ANA, HELLO, urgent=urgent)
        assert type(caught.value) is NotTaken
        tells_nothing(caught.value)
    await messenger.stop()


async def test_half_a_character_is_refused_before_it_leaves(
    wire: Wire, messenger: TelegramMessenger, tells_nothing: Check
) -> None:
    with pytest.raises(Refused) as caught:
        await messenger.send(ANA, Message("Ana \ud83d"))
    tells_nothing(caught.value)
    assert not wire.asked


async def test_a_bad_token_stops_the_start(wire: Wire, messenger: TelegramMessenger, tells_nothing: Check) -> None:
    wire.will(RIGHTS)
    with pytest.raises(Unauthorized) as caught:
        await messenger.start()
    tells_nothing(caught.value)


async def test_an_edit_that_changes_nothing_is_done(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(refused(400, "Bad Request: message is not modified: specified new message content and reply markup"))
    await messenger.edit(ANA, "7", HELLO)
    assert len(wire.asked) == 1


async def test_a_press_too_old_to_acknowledge_is_let_go(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(fine(True), refused(400, "Bad Request: query is too old and response timeout expired"))
    await messenger.acknowledge(PRESS)
    await messenger.acknowledge(PRESS)
    assert [(asked.method, asked.parameters) for asked in wire.asked] == [
        ("answerCallbackQuery", {"callback_query_id": 990})
    ] * 2


async def test_a_wave_keeps_no_urgent_message_waiting(wire: Wire) -> None:
    messenger = TelegramMessenger(TOKEN, wire.url)
    async with asyncio.timeout(20):
        wave = [asyncio.create_task(messenger.send(ANA, HELLO)) for _ in range(CONNECTIONS)]
        await wire.has_been_asked(CONNECTIONS)
        wire.will(sent(99))
        assert await messenger.send(ANA, HELLO, urgent=True) == "99"
    for task in wave:
        task.cancel()
    await asyncio.gather(*wave, return_exceptions=True)
    await messenger.stop()


async def test_hanging_acknowledgements_keep_no_urgent_message_waiting(wire: Wire) -> None:
    messenger = TelegramMessenger(TOKEN, wire.url)
    async with asyncio.timeout(20):
        hanging = [asyncio.create_task(messenger.acknowledge(PRESS)) for _ in range(URGENT_CONNECTIONS)]
        await wire.has_been_asked(URGENT_CONNECTIONS)
        wire.will(sent(99))
        assert await messenger.send(ANA, HELLO, urgent=True) == "99"
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)
    await messenger.stop()


async def test_a_connection_is_used_again(wire: Wire, messenger: TelegramMessenger) -> None:
    wire.will(sent(1), sent(2), sent(3))
    for _ in range(3):
        await messenger.send(ANA, HELLO)
    assert wire.connections == 1


async def test_a_bot_api_on_this_machine_is_reached_past_any_proxy(
    wire: Wire, refusing_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, refusing_url)
    messenger = TelegramMessenger(TOKEN, wire.url)
    wire.will(sent(7))
    assert await messenger.send(ANA, HELLO) == "7"
    await messenger.stop()
