"""Real clients against every method that handles more than words: python-telegram-bot, and aiogram where it differs."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiogram
import httpx
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, InputMediaDocument
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.sandbox import Sandbox
from bot.sandbox.phone import Phone
from tests.sandbox.conftest import Bot, Clock, Finger
from tests.sandbox.pictures import NOT_A_PICTURE, VOICE, jpeg, png


@pytest.fixture
async def library(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    files = f"{sandbox.address}/file/bot"
    async with telegram.Bot(sandbox.token, base_url=f"{sandbox.address}/bot", base_file_url=files) as library:
        yield library


@pytest.fixture
async def other(sandbox: Sandbox) -> AsyncIterator[aiogram.Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.address))
    async with aiogram.Bot(sandbox.token, session=session) as other:
        yield other


@pytest.fixture
def phone(sandbox: Sandbox, ana: Finger) -> Phone:
    return Phone(sandbox.world, sandbox.world.people[ana.id])


async def test_a_voice_note_is_fetched_kept_and_played_again_long_after(
    library: telegram.Bot, bot: Bot, phone: Phone, ana: Finger, clock: Clock
) -> None:
    number = phone.voice(VOICE, 12)
    update = telegram.Update.de_json((await bot.hears())[-1], library)
    assert update.message is not None
    note = update.message.voice
    assert note is not None
    assert await (await note.get_file()).download_as_bytearray() == VOICE
    clock.move(timedelta(days=400))
    phone_sees = len(phone.screen()["messages"])
    again = await library.send_voice(ana.id, note.file_id, caption="You, last year")
    assert again.voice == note
    assert phone.file(again.message_id).content == phone.file(number).content == VOICE
    assert len(phone.screen()["messages"]) == phone_sees + 1


async def test_files_arrive_byte_for_byte_and_change_places(library: telegram.Bot, phone: Phone, ana: Finger) -> None:
    sent = await library.send_photo(ana.id, jpeg(), caption="One", show_caption_above_media=None)
    assert (sent.photo[-1].width, sent.photo[-1].height) == (4, 5)
    table = telegram.InputMediaDocument(b"a,b\r\n--1\r\n", caption="Two", filename="table.csv")
    changed = await library.edit_message_media(table, ana.id, sent.message_id)
    assert isinstance(changed, telegram.Message)
    assert changed.document is not None
    kept = phone.file(sent.message_id)
    assert (kept.content, kept.name, kept.mime) == (b"a,b\r\n--1\r\n", "table.csv", "text/csv")
    with pytest.raises(BadRequest, match="not modified"):
        await library.edit_message_caption(ana.id, sent.message_id, caption="Two")
    same = telegram.InputMediaDocument(changed.document.file_id, caption="Two")
    with pytest.raises(BadRequest, match="not modified"):
        await library.edit_message_media(same, ana.id, sent.message_id)
    await library.edit_message_caption(ana.id, sent.message_id, caption="Three")
    assert phone.screen()["messages"][-1]["text"] == "Three"


async def test_the_other_client_names_its_files_elsewhere_in_the_form(
    other: aiogram.Bot, phone: Phone, ana: Finger
) -> None:
    sent = await other.send_document(ana.id, BufferedInputFile(b"attach://x", "notes.txt"), caption="One")
    assert phone.file(sent.message_id).content == b"attach://x"
    found = await other.get_file(phone.file(sent.message_id).id)
    assert found.file_path is not None
    fetched = await other.download_file(found.file_path)
    assert fetched is not None
    assert fetched.read() == b"attach://x"
    media = InputMediaDocument(media=BufferedInputFile(b"new", "new.txt"), caption="Two")
    await other.edit_message_media(media, chat_id=ana.id, message_id=sent.message_id)
    assert phone.file(sent.message_id).content == b"new"


async def test_cards_places_copies_and_reactions(library: telegram.Bot, phone: Phone, ana: Finger) -> None:
    said = phone.say("Well done")
    await library.send_chat_action(ana.id, telegram.constants.ChatAction.TYPING)
    assert phone.screen()["typing"] is True
    card = await library.send_contact(ana.id, "+12025550100", "Crisis line")
    assert phone.screen()["typing"] is False
    assert card.contact is not None
    assert (await library.send_location(ana.id, 38.72, -9.14)).location is not None
    copy = await library.copy_message(ana.id, ana.id, said, disable_notification=True)
    assert [bubble["text"] for bubble in phone.screen()["messages"]][-1] == "Well done"
    assert phone.screen()["messages"][-1]["id"] == copy.message_id
    await library.set_message_reaction(ana.id, said, "👍")
    bubbles = {bubble["id"]: bubble for bubble in phone.screen()["messages"]}
    assert bubbles[said]["reactions"] == {"me": [], "bot": ["👍"]}
    await library.set_message_reaction(ana.id, said)
    assert phone.screen()["messages"][1]["reactions"] == {"me": [], "bot": []}


async def test_typing_ends_by_itself(library: telegram.Bot, phone: Phone, ana: Finger, clock: Clock) -> None:
    await library.send_chat_action(ana.id, "upload_document")
    clock.move(timedelta(seconds=5))
    assert phone.screen()["typing"] is False


async def test_who_is_in_a_chat(
    library: telegram.Bot, ana: Finger, stranger: Finger, sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    group = (await http.post("/groups", json={"person_id": ana.id})).json()["id"]
    me = sandbox.world.bot_id
    for chat, person, status in (
        (ana.id, ana.id, "member"),
        (ana.id, stranger.id, "left"),
        (group, ana.id, "member"),
        (group, stranger.id, "left"),
        (group, me, "member"),
    ):
        assert (await library.get_chat_member(chat, person)).status == status
    await ana.does("block")
    assert (await library.get_chat_member(ana.id, me)).status == "kicked"
    assert await library.leave_chat(group)
    assert (await library.get_chat_member(group, me)).status == "left"
    with pytest.raises(BadRequest, match="User not found"):
        await library.get_chat_member(ana.id, 7)


async def test_how_the_bot_presents_itself(library: telegram.Bot, ana: Finger) -> None:
    await library.set_my_name("Abrigo", language_code="es")
    assert [(await library.get_my_name(code)).name for code in ("es", "de", None)] == [
        "Abrigo",
        "Windbreak",
        "Windbreak",
    ]
    await library.set_my_description("A calm place.")
    await library.set_my_description("Un lugar tranquilo.", language_code="es")
    assert (await library.get_my_description("es")).description == "Un lugar tranquilo."
    assert (await library.get_my_description("pt")).description == "A calm place."
    await library.set_my_short_description("Calm.")
    assert (await library.get_my_short_description()).short_description == "Calm."
    await library.set_my_commands([("help", "Help")], language_code="es")
    assert await library.delete_my_commands(language_code="es")
    assert await library.get_my_commands(language_code="es") == ()
    assert (await library.get_chat_menu_button(ana.id)).type == "commands"
    await library.set_chat_menu_button(ana.id, telegram.MenuButtonDefault())
    assert (await library.get_chat_menu_button(ana.id)).type == "default"
    for wrong in (
        library.set_my_name("x" * 65),
        library.set_my_description("x" * 513),
        library.set_my_short_description("x" * 121),
        library.set_my_name("x", language_code="spa"),
    ):
        with pytest.raises(BadRequest):
            await wrong


async def test_what_is_too_fast_says_how_long_to_wait(
    library: telegram.Bot,
    ana: Finger,
    sandbox: Sandbox,
    clock: Clock,
    http: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    assert (await http.post("/rates", json={"on": True})).json() == {"on": True}
    for number in range(5):
        await library.send_message(ana.id, str(number))
    with pytest.raises(RetryAfter) as error:
        await library.send_message(ana.id, "5")
    assert error.value.retry_after == timedelta(seconds=1)
    await library.send_chat_action(ana.id, "typing")
    clock.move(timedelta(seconds=1))
    await library.send_message(ana.id, "5")
    await http.post("/rates", json={"on": False})
    await library.send_message(ana.id, "6")


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (NOT_A_PICTURE, "Image_process_failed"),
        (b"\x89PNG", "Image_process_failed"),
        (jpeg(9_000, 1_001), "Photo_invalid_dimensions"),
        (png(21, 1), "Photo_invalid_dimensions"),
        (png() + bytes(FileSizeLimit.PHOTOSIZE_UPLOAD), "File is too big for a photo"),
    ],
    ids=["no picture", "cut off", "too large", "too long", "too big"],
)
async def test_a_picture_that_telegram_would_not_take(
    library: telegram.Bot, ana: Finger, picture: bytes, words: str
) -> None:
    with pytest.raises(BadRequest, match=words):
        await library.send_photo(ana.id, picture)


async def test_what_is_too_big_to_be_sent_or_fetched(library: telegram.Bot, sandbox: Sandbox, ana: Finger) -> None:
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await library.send_document(ana.id, bytes(FileSizeLimit.FILESIZE_UPLOAD + 1))
    await library.send_document(ana.id, bytes(FileSizeLimit.FILESIZE_DOWNLOAD + 1))
    with pytest.raises(BadRequest, match="File is too big"):
        await library.get_file("sandbox-document-1")
    async with httpx.AsyncClient(base_url=sandbox.address, trust_env=False) as http:
        path = "documents/sandbox-document-1"
        assert (await http.get(f"/file/bot{sandbox.token}/{path}")).status_code == 404
        assert (await http.get(f"/file/bot1:wrong/{path}")).status_code == 401


async def test_files_that_are_not_there_or_of_another_kind(
    library: telegram.Bot, sandbox: Sandbox, ana: Finger
) -> None:
    voice = sandbox.world.files.add("voice", VOICE, mime="audio/ogg").id
    said = await library.send_message(ana.id, "Words")
    for wrong, words in (
        (library.send_voice(ana.id, "no-such-id"), "Wrong file identifier"),
        (library.send_photo(ana.id, "https://example.org/a.png"), "Wrong file identifier"),
        (library.send_photo(ana.id, voice), "Can't use file of type voice as photo"),
        (library.send_document(ana.id, b""), "File must be non-empty"),
        (library.send_document(ana.id, b"x", caption="x" * 1025), "Message caption is too long"),
        (library.get_file("no-such-id"), "Invalid file_id"),
        (library.edit_message_caption(ana.id, said.message_id, caption="x"), "There is no caption"),
        (library.copy_message(ana.id, ana.id, 999), "Message to copy not found"),
        (library.set_message_reaction(ana.id, 999, "👍"), "Message to react not found"),
        (library.set_message_reaction(ana.id, said.message_id, telegram.ReactionTypeEmoji("🐈")), "Reaction_invalid"),
        (library.set_message_reaction(ana.id, said.message_id, ["👍", "🔥"]), "Reactions_too_many"),
    ):
        with pytest.raises(BadRequest, match=f"(?i){words}"):
            await wrong
