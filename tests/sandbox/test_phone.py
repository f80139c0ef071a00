"""What people send besides words, and how it looks on their own screen and arrives at the bot."""

import httpx
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.media import FACE
from bot.sandbox.phone import Phone, ScreenError
from bot.sandbox.world import Json
from tests.sandbox.conftest import Bot, Finger
from tests.sandbox.pictures import NOT_A_PICTURE, VOICE, jpeg, png

ASKS = {
    "keyboard": [
        [{"text": "My number", "request_contact": True}],
        [{"text": "Choose", "request_users": {"request_id": 7, "max_quantity": 2, "request_name": True}}],
    ]
}


@pytest.fixture
def phone(sandbox: Sandbox, ana: Finger) -> Phone:
    return Phone(sandbox.world, sandbox.world.people[ana.id])


async def last(bot: Bot) -> Json:
    message: Json = (await bot.hears())[-1]["message"]
    return message


def looks(phone: Phone) -> Json:
    """What the newest bubble holds, without what it holds not."""
    held: Json = phone.screen()["messages"][-1]["media"]
    assert set(held) == {"kind", *FACE}
    return {name: value for name, value in held.items() if value is not None}


@pytest.mark.parametrize(("content", "mime", "size"), [(png(), "image/png", (3, 2)), (jpeg(), "image/jpeg", (4, 5))])
async def test_a_picture_with_a_caption(
    phone: Phone, bot: Bot, http: httpx.AsyncClient, content: bytes, mime: str, size: tuple[int, int]
) -> None:
    phone.photo(content, "Look ")
    message = await last(bot)
    [photo] = message["photo"]
    assert (photo["width"], photo["height"], photo["file_size"], message["caption"]) == (*size, len(content), "Look")
    shown = looks(phone)
    assert await get(http, shown.pop("file")) == (content, mime)
    assert shown == {"kind": "photo", "mime": mime, "size": len(content)}


async def test_a_voice_note(phone: Phone, bot: Bot, http: httpx.AsyncClient) -> None:
    phone.voice(VOICE, 12)
    assert (await last(bot))["voice"]["duration"] == 12
    shown = looks(phone)
    assert await get(http, shown.pop("file")) == (VOICE, "audio/ogg")
    assert shown == {"kind": "voice", "mime": "audio/ogg", "size": len(VOICE), "seconds": 12}


@pytest.mark.parametrize(
    ("begins", "mime"), [(b"\x1aE\xdf\xa3", "audio/webm"), (b"RIFF", "audio/wav"), (b"?", "audio/ogg")]
)
async def test_a_voice_note_is_played_as_what_it_is(
    phone: Phone, http: httpx.AsyncClient, begins: bytes, mime: str
) -> None:
    phone.voice(begins, 1)
    assert await get(http, looks(phone)["file"]) == (begins, mime)


async def test_a_document_is_never_a_page_of_ours(phone: Phone, bot: Bot, http: httpx.AsyncClient) -> None:
    phone.document(b"<script>", "a ñ.html")
    assert (await last(bot))["document"]["file_name"] == "a ñ.html"
    shown = looks(phone)
    answer = await http.get(f"/{shown.pop('file')}")
    assert (answer.content, answer.headers["content-type"]) == (b"<script>", "application/octet-stream")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''a%20%C3%B1.html"
    assert shown == {"kind": "document", "mime": "application/octet-stream", "size": 8, "name": "a ñ.html"}


async def get(http: httpx.AsyncClient, address: str) -> tuple[bytes, str]:
    answer = await http.get(f"/{address}")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-disposition" not in answer.headers
    return answer.content, answer.headers["content-type"]


async def test_cards_and_places(phone: Phone, bot: Bot) -> None:
    phone.contact("Ben", "+12025550199")
    assert (await last(bot))["contact"] == {"first_name": "Ben", "phone_number": "+12025550199"}
    assert looks(phone) == {"kind": "contact", "first_name": "Ben", "phone_number": "+12025550199"}
    phone.location(48.2, 16.4)
    assert looks(phone) == {"kind": "location", "latitude": 48.2, "longitude": 16.4}
    phone.sticker()
    assert looks(phone) == {"kind": "sticker"}
    assert phone.screen()["messages"][-1]["text"] == "👍"


async def test_a_button_shares_the_own_number(phone: Phone, bot: Bot, ana: Finger) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="Yours?", reply_markup=ASKS)
    phone.tap("My number")
    card = (await last(bot))["contact"]
    assert (card["first_name"], card["user_id"]) == ("Ana", ana.id)


async def test_people_are_picked_for_a_button_that_asks(phone: Phone, bot: Bot, ana: Finger, stranger: Finger) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="Who?", reply_markup=ASKS)
    assert phone.screen()["keyboard"] == [["My number"], ["Choose"]]
    assert phone.tap("Choose") == {"choose": 2}
    phone.choose("Choose", [stranger.id])
    shared = (await last(bot))["users_shared"]
    assert shared == {"request_id": 7, "users": [{"user_id": stranger.id, "first_name": "Cai"}]}
    assert looks(phone) == {"kind": "contact", "first_name": "Cai"}
    for label, people in (("My number", [stranger.id]), ("Choose", []), ("Choose", [stranger.id] * 2), ("Choose", [7])):
        with pytest.raises(ScreenError):
            phone.choose(label, people)


async def test_a_reaction_is_told_to_a_bot_that_asks_for_it(phone: Phone, bot: Bot, ana: Finger) -> None:
    number = (await bot.does("sendMessage", chat_id=ana.id, text="Well done"))["message_id"]
    phone.react(number, "🔥")
    assert await bot.hears(allowed_updates=["message_reaction"]) == []
    for emoji in ("👍", "👍", ""):
        phone.react(number, emoji)
    changes = [
        (one["message_reaction"]["old_reaction"], one["message_reaction"]["new_reaction"]) for one in await bot.hears()
    ]
    fire, thumb = ([{"type": "emoji", "emoji": emoji}] for emoji in "🔥👍")
    assert changes == [(fire, thumb), (thumb, [])]
    phone.react(number, "❤")
    assert phone.screen()["messages"][-1]["reactions"] == {"me": ["❤"], "bot": []}
    for wrong in ((number, "🐈"), (999, "👍")):
        with pytest.raises(ScreenError):
            phone.react(*wrong)


async def test_what_no_phone_would_send(phone: Phone) -> None:
    with pytest.raises(ScreenError, match="no picture"):
        phone.photo(NOT_A_PICTURE)
    with pytest.raises(ScreenError, match="1 to"):
        phone.voice(b"", 1)
    with pytest.raises(ScreenError, match="1024"):
        phone.document(b"x", "x", "x" * 1025)
    with pytest.raises(ScreenError, match="a name and a number"):
        phone.contact("", "1")
    assert len(phone.screen()["messages"]) == 1


async def test_what_comes_without_a_sound_is_marked(phone: Phone, bot: Bot, ana: Finger) -> None:
    await bot.does("sendMessage", chat_id=ana.id, text="Loud")
    await bot.does("sendMessage", chat_id=ana.id, text="Quiet", disable_notification=True)
    assert [bubble["silent"] for bubble in phone.screen()["messages"]] == [False, False, True]
    assert phone.screen()["typing"] is False
