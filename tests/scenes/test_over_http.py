"""The same stories over real HTTP: the real messenger and listener, the sandbox's Bot API, a person at its phone."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from bot.app import App
from bot.clock import MovableClock, next_daily, zone
from bot.encryption import Master
from bot.inbox import NotWritten
from bot.sandbox import Sandbox
from bot.store import Store
from bot.telegram.listener import Listener
from bot.telegram.messenger import TelegramMessenger
from tests.judges import Judges, call_objections
from tests.sandbox.pictures import VOICE, png

PATIENCE = 20
"""Seconds of real time until a scene gives up on something to be seen."""

MORNING = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
"""When each scene begins: whatever the hour is here, no evening's note comes into the middle of another thing."""

AGREE = "I am 18 or over and agree"
Json = dict[str, Any]
Found = TypeVar("Found")


class Person:
    """Somebody who acts over HTTP, and can only press what is on the screen."""

    def __init__(self, number: int, http: httpx.AsyncClient) -> None:
        self.id = number
        self._http = http

    async def does(self, act: str, **what: Any) -> Json:
        await self._http.post("/clock", json={"advance": 3})  # what a person takes; and no chat is written to too fast
        answer = await self._http.post(f"/people/{self.id}/{act}", json=what)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def starts(self) -> None:
        await self.does("start")

    async def says(self, text: str) -> None:
        await self.does("say", text=text)

    async def presses(self, label: str) -> None:
        await self.does("tap", label=label)

    async def screen(self) -> Json:
        screen: Json = (await self._http.get(f"/people/{self.id}/screen")).json()
        return screen

    async def ours(self) -> list[Json]:
        """The bot's messages on the screen."""
        return [message for message in (await self.screen())["messages"] if message["from"] == "bot"]

    async def sees(self, words: str, times: int = 1) -> Json:
        """Wait until a message with these words is there. Returns the last of them."""

        async def found() -> Json | None:
            there = [message for message in await self.ours() if words in message["text"]]
            return there[-1] if len(there) >= times else None

        return await until(found, f"{words!r} to be seen")

    async def sees_button(self, label: str) -> None:
        """Wait until a button with exactly this label is there."""

        async def found() -> bool:
            return any(button["label"] == label for one in await self.ours() for row in one["rows"] for button in row)

        await until(found, f"the button {label!r} to be seen")


async def until(found: Callable[[], Awaitable[Found | None]], what: str) -> Found:
    """Look until something is found."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not (result := await found()):  # noqa: ASYNC110  # somebody who looks at a screen has no event
                await asyncio.sleep(0.005)
    except TimeoutError:
        pytest.fail(f"waited in vain for {what}")
    return result


class Wires:
    """A bot on a sandbox, both with one clock that can be moved."""

    def __init__(self, url: str, folder: Path) -> None:
        self.clock = MovableClock()
        self.clock.move(MORNING - self.clock.now())
        self.judges = Judges()
        self.sandbox = Sandbox(clock=self.clock.now, move=self.clock.move, rates=True)
        self.sandbox.calls.listeners.append(self.judges.hear)
        self.http = httpx.AsyncClient(timeout=PATIENCE, trust_env=False)
        self._url = url
        self._master = Master.create(folder / "key")
        self.clock.follow(lambda: self.app.woken.set())

    async def open(self) -> None:
        await self.sandbox.start()
        self.http.base_url = httpx.URL(self.sandbox.address)
        await self.start()

    async def start(self) -> None:
        """The program starts."""
        self.store = Store(self._url, self._master)
        self.messenger = TelegramMessenger(self.sandbox.token, self.sandbox.address)
        self.app = App(self.store, self.messenger, self.clock, operator="Harbour House")
        await self.messenger.start()

        async def pause(how_long: timedelta) -> None:
            await asyncio.sleep(0.01)

        listener = Listener(self.sandbox.token, self.sandbox.address, self.app.arrive, pause, retry=NotWritten)
        self._listening = asyncio.create_task(listener.run())
        self._running = asyncio.create_task(self.app.run())

    async def stop(self) -> None:
        """The program ends in good order."""
        self._listening.cancel()
        with suppress(asyncio.CancelledError):
            await self._listening
        self.app.stop()
        await self._running
        await self.app.rest()
        await self.messenger.stop()
        await self.store.close()

    async def close(self) -> None:
        await self.stop()
        await self.http.aclose()
        await self.sandbox.stop()

    async def person(self, name: str, language: str = "en") -> Person:
        answer = await self.http.post("/people", json={"name": name, "language_code": language})
        return Person(answer.json()["id"], self.http)

    async def breaks(self, **rule: Any) -> None:
        """Something goes wrong by this rule from now on."""
        answer = await self.http.post("/faults", json=rule)
        assert answer.status_code == 200, answer.text

    async def struck(self) -> None:
        """Wait until every rule has been met."""

        async def all_met() -> bool:
            return all(fault.fired for fault in self.sandbox.faults.all)

        await until(all_met, "the fault to be met")

    def asked(self, method: str) -> list[Json]:
        """What the bot has asked for, of one method."""
        return [call.parameters for call in self.sandbox.calls.all if call.method == method]


@pytest.fixture
async def wires(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Wires]:
    """A running bot. Both judges have to take each of its calls, and it asks for nothing that is not there."""
    wires = Wires(sqlite_url, tmp_path)
    await wires.open()
    yield wires
    await wires.close()
    for call in wires.sandbox.calls.all:
        assert not call.error.startswith("Not Implemented"), call.method
        assert call_objections(call.method, call.parameters) == []
    assert wires.judges.heard
    assert wires.judges.objections == []


@pytest.fixture
async def ana(wires: Wires) -> Person:
    return await wires.person("Ana")


async def is_set(ana: Person) -> None:
    await ana.starts()
    await ana.sees("I am a program, not a person")
    await ana.presses(AGREE)
    await ana.sees("What are you recovering from?")
    await ana.presses("Kratom leaf")
    await ana.sees_button("✓ Kratom leaf")
    await ana.presses("Next")
    await ana.sees("Where are you with it?")
    await ana.presses("On medicine for it")
    await ana.sees("Which city")
    await ana.says("Lisbon")
    await ana.sees("in Lisbon. Right?")
    await ana.presses("Yes")
    await ana.sees("When shall I ask")
    await ana.presses("19:00")
    await ana.sees("What shall I call you")
    await ana.says("Ana")
    await ana.sees("You are set, Ana.")


async def evening(wires: Wires) -> None:
    """The clock goes on to a second after seven in the evening in Lisbon."""
    due, _ = next_daily(wires.clock.now(), time(19), zone("Europe/Lisbon"))
    wires.clock.move(due - wires.clock.now() + timedelta(seconds=1))


async def test_from_start_to_home(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    screen = await ana.screen()
    assert screen["keyboard"] == [["Hard moment"], ["Check in", "Help now"]]
    assert screen["waiting"] == 0, "no spinner turns"
    assert all("parse_mode" not in call for call in wires.asked("sendMessage"))
    assert "Harbour House runs me" not in (await ana.ours())[-1]["text"]


async def test_a_check_in_comes_at_its_hour_and_takes_three_taps(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await evening(wires)
    note = await ana.sees("Your evening note.")
    for label, follows in (
        ("🙂 All right", "How strong"),
        ("2", "Did you use"),
        ("No", "Noted: all right, pull 2, not used."),
    ):
        await ana.presses(label)
        assert (await ana.sees(follows))["id"] == note["id"], "one message, edited"
    assert len(wires.asked("answerCallbackQuery")) == 9
    assert (await ana.screen())["waiting"] == 0


async def test_help_is_sent_at_once_and_its_numbers_can_be_copied(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await ana.presses("Help now")
    message = await ana.sees("Danger, or someone can't be woken")
    assert {"label": "Copy 112", "kind": "copy", "style": ""} in [button for row in message["rows"] for button in row]
    assert await ana.does("tap", label="Copy 112") == {"copied": "112"}
    await ana.presses("Another country")
    await ana.sees("Which country are you in?")
    await ana.presses("United States")
    assert (await ana.sees("United States"))["id"] == message["id"]


async def test_a_hard_moment_goes_from_card_to_card_in_one_place(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await ana.says("craving")
    message = await ana.sees("This is a hard moment")
    await ana.presses("Something else")

    async def another() -> bool:
        return [one["text"] for one in await ana.ours() if one["id"] == message["id"]] != [message["text"]]

    await until(another, "another card in the same place")
    assert not [one for one in await ana.ours() if "This is a hard moment" in one["text"]]


async def test_ten_minutes_keep_company_in_one_message_and_ask_at_their_end(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await ana.says("/trigger")
    await ana.sees_button("Start ten minutes")
    await ana.presses("Start ten minutes")
    timer = await ana.sees("Nothing to decide before then.")
    await wires.http.post("/clock", json={"advance": 180})
    going_on = await ana.sees("minutes to go.")
    assert going_on["id"] == timer["id"]
    await wires.http.post("/clock", json={"advance": 480})
    await ana.sees("Still here. How is it now?")
    await ana.presses("3")
    await ana.sees("Now: 3. What helped?")
    await ana.presses("Ten minutes first")
    await ana.sees("What set it off?")
    await ana.says("/whathelps")
    assert (await ana.sees("tried once, and it helped"))["media"]["kind"] == "photo"


async def test_a_voice_note_and_a_photo_to_oneself_come_back(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    sent: dict[str, tuple[str, bytes, Json]] = {
        "voice": ("Voice note, ", VOICE, {"seconds": 3}),
        "photo": ("Photo, ", png(), {"caption": "The garden"}),
    }
    for kind, (title, content, more) in sent.items():
        await ana.says("/plan")
        await ana.sees_button("To myself")
        await ana.presses("To myself")
        await ana.sees_button("Add something")
        await ana.presses("Add something")
        await ana.sees("Send it now, whatever it is")
        await ana.does(kind, base64=b64encode(content).decode(), **more)
        await ana.sees(f"Kept.\n{title}")
    await ana.says("my reasons")
    for kind, button in (("voice", "My voice note"), ("photo", "My photo")):
        title, content, _ = sent[kind]
        await ana.sees_button(button)
        await ana.presses(button)
        shown = await replayed(ana, title)
        assert shown["media"]["kind"] == kind
        assert (await wires.http.get(f"/{shown['media']['file']}")).content == content
    assert [len(wires.asked(method)) for method in ("sendVoice", "sendPhoto")] == [1, 1]


async def replayed(ana: Person, title: str) -> Json:
    """Wait until something of her own comes back. Returns its message."""

    async def found() -> Json | None:
        return next((one for one in await ana.ours() if one["media"] and one["text"].startswith(title)), None)

    return await until(found, f"{title!r} to come back")


async def test_somebody_is_invited_asked_and_there_and_two_people_talk(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    ben = await wires.person("Ben")
    await ana.says("/people")
    await ana.sees("Nobody yet.")
    await ana.presses("Invite someone")
    link = (await ana.sees("Would you be one of my people?"))["text"].split()[-1]
    assert link.startswith(f"https://t.me/{wires.messenger.username}?start=p")
    await ben.does("start", payload=link.partition("?start=")[2])
    await ben.sees("Ana asks you to be a person to reach in a hard moment.")
    await ben.presses("Yes, I will")
    await ben.sees("What shall I call you here?")
    await ben.says("Ben")
    await ben.sees("You may step back whenever you like")
    await ana.sees("Somebody has answered you.")
    await ana.presses("Open")
    await ana.sees_button("Yes, that is Ben")
    await ana.presses("Yes, that is Ben")
    await ana.sees("Ben: gets what I send by hand")
    await ana.says("/alert")
    await ana.sees("This goes to Ben, word for word:")
    await ana.presses("Send to Ben")
    await ana.sees("Goes out at")
    wires.clock.move(timedelta(seconds=11))
    await ben.sees("Ana asks if you are there.")
    await ana.sees("Passed to Telegram at")
    await ben.presses("Open")
    await ben.sees("Ana pressed the button: a hard moment.")
    await ben.presses("I'm here")
    await ben.sees("What you write now goes to Ana")
    await ana.sees("An answer for you.")
    await ana.presses("Open")
    await ana.sees("What you write now goes to Ben")
    assert (await ana.screen())["keyboard"] == [["End the talk", "Help now"]]
    keyboards = " ".join(str(call.get("reply_markup")) for call in wires.asked("sendMessage")[-3:])
    assert '"input_field_placeholder": "To Ana"' in keyboards
    assert '"input_field_placeholder": "To Ben"' in keyboards
    wires.clock.move(timedelta(seconds=5))
    line = (await ana.does("say", text="It is hard."))["message_id"]
    await ben.sees("Ana: It is hard.")

    async def marked() -> bool:
        messages = (await ana.screen())["messages"]
        return any(one["id"] == line and one["reactions"]["bot"] == ["✍"] for one in messages)

    await until(marked, "the mark on her line")
    await ana.presses("All is well now")
    await ben.sees("Ana says all is well now. Thank you.")
    await ben.sees("The talk has ended.")


async def test_help_before_consent_works_in_the_first_screen(wires: Wires, ana: Person) -> None:
    await ana.starts()
    await ana.sees("Harbour House runs me")
    await ana.presses("I need help right now")
    await ana.sees("Move: another room")
    await ana.says("/helpnow")
    await ana.sees("112 or 911 works in many countries")


async def test_a_sticker_an_edit_and_nonsense_get_a_way_on(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    number = (await ana.does("say", text="hello there"))["message_id"]
    await ana.sees("I did not understand that", 1)
    await ana.does("sticker")
    await ana.sees("I can only read words", 1)
    await ana.does("edit", message_id=number, text="hello again")
    await ana.sees("I can only read words", 2)
    await ana.says("/checkin")
    await ana.sees("How are you right now?")


async def test_whoever_closes_the_door_is_left_alone_and_finds_all_again(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await ana.does("block")
    there = len(await ana.ours())
    await evening(wires)
    ben = await wires.person("Ben")
    await ben.starts()
    await ben.sees("I am a program")
    assert len(await ana.ours()) == there
    await ana.starts()
    await ana.sees("You are set, Ana.", 2)


async def test_a_group_is_left_without_a_word(wires: Wires, ana: Person) -> None:
    group = (await wires.http.post("/groups", json={"person_id": ana.id})).json()["id"]

    async def gone() -> bool:
        return not (await wires.http.get(f"/groups/{group}")).json()["bot_present"]

    await until(gone, "the bot to leave the group")
    assert wires.asked("sendMessage") == []


async def test_what_was_written_while_the_program_was_down_is_answered_neutrally(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await wires.stop()
    await ana.says("/checkin")
    await ana.says("help")
    wires.clock.move(timedelta(minutes=30))
    await wires.start()
    await ana.sees("Here. Open when you can.", 2)
    assert not [message for message in await ana.ours() if "How are you right now?" in message["text"]]
    for message in [one for one in await ana.ours() if one["text"] == "Here. Open when you can."]:
        await ana.does("tap", label="Open", message_id=message["id"])
    await ana.sees("Danger, or someone can't be woken")
    assert "30 minutes late" in (await ana.sees("How are you right now?"))["text"]


@pytest.mark.parametrize("do", ["drop_before", "drop_after", "reset", "500", "502", "429"])
async def test_a_reply_arrives_whatever_the_platform_does_once(do: str, wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await wires.breaks(do=do, method="sendMessage", chat=ana.id, times=1)
    await ana.says("/checkin")
    await wires.struck()
    for _ in range(3):
        wires.clock.move(timedelta(seconds=2))
        await asyncio.sleep(0)
    await ana.sees("How are you right now?")
    await ana.presses("🙂 All right")
    await ana.sees("How strong is the pull?")


async def test_an_update_that_comes_twice_is_handled_once(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await ana.says("/checkin")
    await ana.sees("How are you right now?")
    await wires.breaks(do="duplicate", chat=ana.id, times=1)
    await ana.says("help")
    await wires.struck()
    await ana.sees("Danger, or someone can't be woken")
    await ana.says("/start")
    await ana.sees("You are set, Ana.", 2)
    words = [message["text"] for message in await ana.ours()]
    assert sum("How are you right now?" in text for text in words) == 1
    assert sum("Danger, or someone" in text for text in words) == 1


async def test_an_update_that_nobody_can_read_holds_nobody_up(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await wires.breaks(do="poison", chat=ana.id, times=1)
    await ana.says("/checkin")
    await wires.struck()
    await ana.says("help")
    await ana.sees("How are you right now?")
    await ana.sees("Danger, or someone can't be woken")


async def test_a_flood_is_told_once_over_the_wire_too(wires: Wires, ana: Person) -> None:
    await is_set(ana)
    await wires.stop()
    for number in range(25):
        await wires.http.post(f"/people/{ana.id}/say", json={"text": f"nonsense {number}"})
    await wires.http.post(f"/people/{ana.id}/say", json={"text": "help"})
    await wires.start()
    await ana.sees("Danger, or someone can't be woken")

    async def told() -> bool:
        wires.clock.move(timedelta(seconds=1))
        return bool([message for message in await ana.ours() if "That was a lot at once" in message["text"]])

    await until(told, "the neutral line")
    words = [message["text"] for message in await ana.ours()]
    assert sum("That was a lot at once" in text for text in words) == 1


async def test_the_program_starts_again_where_it_was(wires: Wires, ana: Person) -> None:
    await ana.starts()
    await ana.sees("I am a program")
    await ana.presses(AGREE)
    await ana.sees("What are you recovering from?")
    await ana.presses("Skip")
    await ana.sees("Where are you with it?")
    await ana.presses("Skip")
    await ana.sees("Which city")
    await wires.stop()
    await wires.start()
    await ana.says("Lisbon")
    await ana.sees("in Lisbon. Right?")
