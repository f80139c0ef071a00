"""The edge as a whole, over HTTP, against the sandbox's Bot API and with Ana's phone on the other side."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.chat import (
    Ambiguous,
    Attachment,
    Blocked,
    Button,
    Command,
    Contact,
    Document,
    Inbound,
    Kind,
    Location,
    Media,
    Message,
    NothingToEdit,
    Press,
    Raw,
    Refused,
    Text,
    TooFast,
    Unauthorized,
    Unblocked,
    Unreachable,
    Unreadable,
)
from bot.sandbox import Sandbox
from bot.sandbox.faults import Rule
from bot.sandbox.phone import Phone
from bot.telegram.listener import Listener
from bot.telegram.messenger import TelegramMessenger
from tests.judges import Judges
from tests.sandbox.pictures import VOICE, png

QUESTION = Message("How is it?", rows=((Button("Low", press="checkin:42:mood:low"),),))


class Edge:
    """The listener at work, and the inbounds that it brought, in order."""

    def __init__(self, messenger: TelegramMessenger) -> None:
        self.messenger = messenger
        self.broken: list[str] = []
        self._came: asyncio.Queue[Inbound] = asyncio.Queue()

    async def arrive(self, raws: list[Raw]) -> None:
        for raw in raws:
            try:
                inbound = self.messenger.read(raw)
            except Exception:  # noqa: BLE001  # as the inbox does: set aside, whatever it is
                self.broken.append(self.messenger.sender(raw))
                continue
            assert inbound
            self._came.put_nowait(inbound)

    async def next(self) -> Inbound:
        async with asyncio.timeout(10):
            return await self._came.get()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox that refuses what comes too fast, and whose every call and answer both judges have to take."""
    sandbox, judges = Sandbox(rates=True), Judges()
    sandbox.calls.listeners.append(judges.hear)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()
    assert judges.objections == []


@pytest.fixture
async def edge(sandbox: Sandbox) -> AsyncIterator[Edge]:
    messenger = TelegramMessenger(sandbox.token, sandbox.address)
    await messenger.start()
    edge = Edge(messenger)

    async def pause(how_long: timedelta) -> None:
        await asyncio.sleep(0)

    listener = Listener(sandbox.token, sandbox.address, edge.arrive, pause, retry=ConnectionError)
    task: asyncio.Task[None] = asyncio.create_task(listener.run())
    yield edge
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await messenger.stop()


@pytest.fixture
def ana(sandbox: Sandbox) -> Phone:
    return Phone(sandbox.world, sandbox.world.add_person("Ana", "en"))


def address(ana: Phone) -> str:
    return f"telegram:{ana.screen()['person']['id']}"


async def test_a_question_is_asked_answered_and_noted(edge: Edge, ana: Phone) -> None:
    ana.start("abc")
    started = await edge.next()
    assert isinstance(started, Command)
    assert (started.name, started.rest, started.language, started.address) == ("start", "abc", "en", address(ana))
    message_id = await edge.messenger.send(started.address, QUESTION)
    ana.tap("Low")
    press = await edge.next()
    assert isinstance(press, Press)
    assert (press.data, press.message_id) == ("checkin:42:mood:low", message_id)
    assert ana.screen()["waiting"] == 1
    await edge.messenger.acknowledge(press)
    assert ana.screen()["waiting"] == 0
    for _ in range(2):
        await edge.messenger.edit(press.address, press.message_id, Message("Noted."))
    assert ana.screen()["messages"][-1]["text"] == "Noted."
    assert ana.screen()["messages"][-1]["rows"] == []


async def test_a_link_leads_here_and_a_mark_stands_on_what_came(edge: Edge, ana: Phone) -> None:
    code = f"p{'0f' * 24}"
    where, _, payload = edge.messenger.link(code).partition("?start=")
    assert where == f"https://t.me/{edge.messenger.username}"
    number = ana.start(payload)
    started = await edge.next()
    assert isinstance(started, Command)
    assert (started.rest, started.message_id) == (code, str(number))
    await edge.messenger.mark(started.address, started.message_id, "✍")
    assert ana.screen()["messages"][0]["reactions"]["bot"] == ["✍"]
    with pytest.raises(Refused):
        await edge.messenger.mark(started.address, "999", "✍")


async def test_the_buttons_that_stay_send_their_words(edge: Edge, ana: Phone) -> None:
    ana.start()
    await edge.next()
    await edge.messenger.send(address(ana), Message("Here.", keyboard=(("Hard moment",), ("Check in", "Help now"))))
    ana.tap("Help now")
    said = await edge.next()
    assert isinstance(said, Text)
    assert said.text == "Help now"


async def test_a_sticker_and_an_edit_are_unreadable(edge: Edge, ana: Phone) -> None:
    ana.start()
    number = ana.say("Hello")
    ana.sticker()
    ana.edit(number, "Hello again")
    kinds = [type(await edge.next()) for _ in range(4)]
    assert kinds == [Command, Text, Unreadable, Unreadable]


async def test_whatever_a_message_can_hold_arrives(edge: Edge, ana: Phone) -> None:
    ana.start()
    await edge.next()
    where, send = address(ana), edge.messenger.send
    await send(where, Message("Where are you?", keyboard=(("My place",), ("Help now",)), locate="My place"))
    ana.tap("My place")
    assert isinstance(await edge.next(), Location)
    await send(where, Message("Who is it?", keyboard=(("Pick one",), ("Help now",)), pick="Pick one"))
    assert ana.tap("Pick one") == {"choose": 1}
    ana.choose("Pick one", [ana.screen()["person"]["id"]])
    picked = await edge.next()
    assert isinstance(picked, Contact)
    assert (picked.name, picked.who) == ("Ana", where)
    numbers = (Button("Copy 112", copy="112"),)
    await send(where, Message("Yours alone.", QUESTION.rows, menu=(("helping", "When somebody asks"),)))
    pinned = await send(where, Message("Until 19:00.", rows=(numbers,), slot="timer:7", pinned=True))
    table = await send(where, Message("Your data.", document=Document("notes.csv", "a,b"), rows=QUESTION.rows))
    bubbles = {str(bubble["id"]): bubble for bubble in ana.screen()["messages"]}
    assert (bubbles[pinned]["pinned"], bubbles[pinned]["silent"]) == (True, True)
    assert (bubbles[table]["media"]["name"], bubbles[table]["silent"]) == ("notes.csv", False)
    assert ana.tap("Copy 112") == {"copied": "112"}
    ana.tap("Low")
    assert isinstance(await edge.next(), Press)
    await edge.messenger.edit(where, pinned, Message("Until 20:00.", slot="timer:7", pinned=True))
    await edge.messenger.remove(where, [pinned, table])
    assert not {int(pinned), int(table)} & {bubble["id"] for bubble in ana.screen()["messages"]}


async def test_what_we_cannot_take_in_is_unreadable(edge: Edge, ana: Phone) -> None:
    ana.start()
    await edge.next()
    ana.document(b"x", "x.txt")
    ana.sticker()
    assert [type(await edge.next()) for _ in range(2)] == [Unreadable] * 2
    ana.contact("Ben", "+12025550199")
    card = await edge.next()
    assert isinstance(card, Contact)
    assert (card.name, card.who) == ("Ben", "")


async def test_a_picture_and_a_voice_note_come_back_as_they_were(edge: Edge, ana: Phone) -> None:
    ana.start()
    await edge.next()
    ana.photo(png(), "Look")
    ana.voice(VOICE, 3)
    where = address(ana)
    for kind, words, content in (("photo", "Look", png()), ("voice", "", VOICE)):
        got = await edge.next()
        assert isinstance(got, Attachment)
        assert (got.kind, got.caption) == (kind, words)
        number = await edge.messenger.send(where, Message("Yours.", QUESTION.rows, media=Media(got.kind, got.file)))
        bubble = ana.screen()["messages"][-1]
        assert (bubble["media"]["kind"], bubble["text"]) == (kind, "Yours.")
        assert ana.file(int(number)).content == content
        with pytest.raises(NothingToEdit):
            await edge.messenger.edit(where, number, Message("Other words."))


@pytest.mark.parametrize(("kind", "content"), [("photo", png()), ("voice", VOICE)])
async def test_a_new_picture_or_voice_note_is_sent_as_bytes(edge: Edge, ana: Phone, kind: Kind, content: bytes) -> None:
    ana.start()
    number = await edge.messenger.send(address(ana), Message("New.", media=Media(kind, content=content)))
    assert ana.file(int(number)).content == content
    with pytest.raises(Refused):
        await edge.messenger.send(address(ana), Message("Old.", media=Media(kind, "nobody-ever-sent-this")))


async def test_a_closed_door_is_noticed_on_both_sides(edge: Edge, ana: Phone) -> None:
    with pytest.raises(Unreachable):
        await edge.messenger.send(address(ana), QUESTION)
    ana.start()
    ana.block()
    with pytest.raises(Unreachable):
        await edge.messenger.send(address(ana), QUESTION)
    ana.unblock()
    await edge.messenger.send(address(ana), QUESTION)
    assert [type(await edge.next()) for _ in range(3)] == [Command, Blocked, Unblocked]


async def test_a_poisoned_update_holds_up_nobody(sandbox: Sandbox, edge: Edge, ana: Phone) -> None:
    number = int(address(ana).removeprefix("telegram:"))
    ana.start()
    await edge.next()
    sandbox.faults.add(Rule(do="poison", chat=number, times=1))
    ana.say("One")
    ana.say("Two")
    assert [inbound.text for inbound in (await edge.next(), await edge.next()) if isinstance(inbound, Text)] == [
        "One",
        "Two",
    ]
    async with asyncio.timeout(10):
        while not edge.broken:
            ana.say("More")
            await edge.next()
    assert edge.broken == [address(ana)]


async def test_a_listener_outlives_whatever_telegram_does(sandbox: Sandbox, edge: Edge, ana: Phone) -> None:
    ana.start()
    await edge.next()
    for do in ("500", "502", "reset", "drop_before", "drop_after", "409", "429"):
        fault = sandbox.faults.add(Rule.model_validate({"do": do, "method": "getUpdates", "times": 1}))
        texts: list[str] = []
        while not fault.fired or not texts:
            ana.say(do)
            said = await edge.next()
            assert isinstance(said, Text)
            texts.append(said.text)
        assert set(texts) == {do}


@pytest.mark.parametrize(
    ("do", "meaning", "arrived"),
    [("drop_before", Ambiguous, 0), ("drop_after", Ambiguous, 1), ("500", Ambiguous, 0), ("429", TooFast, 0)],
)
async def test_a_spoilt_send_is_told_as_what_it_is(
    do: str, meaning: type[Exception], arrived: int, sandbox: Sandbox, edge: Edge, ana: Phone
) -> None:
    ana.start()
    sandbox.faults.add(Rule.model_validate({"do": do, "method": "sendMessage", "times": 1}))
    with pytest.raises(meaning):
        await edge.messenger.send(address(ana), QUESTION)
    assert len([message for message in ana.screen()["messages"] if message["from"] == "bot"]) == arrived


async def test_a_message_that_is_not_there_cannot_be_edited(edge: Edge, ana: Phone) -> None:
    ana.start()
    with pytest.raises(NothingToEdit):
        await edge.messenger.edit(address(ana), "999999", QUESTION)


async def test_the_menu_is_set(sandbox: Sandbox, edge: Edge) -> None:
    await edge.messenger.commands([("checkin", "A check-in now")])
    assert list(sandbox.world.commands.values()) == [[{"command": "checkin", "description": "A check-in now"}]]


async def test_a_wrong_token_is_told_at_the_start(sandbox: Sandbox) -> None:
    messenger = TelegramMessenger("4242424242:AAnot-the-one", sandbox.address)
    with pytest.raises(Unauthorized):
        await messenger.start()
    await messenger.stop()
