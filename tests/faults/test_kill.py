"""The bot is killed with `kill -9` again and again while people go on, and nothing is lost.

Three processes: the local Bot API, the bot (forked from a parent that has everything imported), and this one, which
is the people and the killer.
"""

import asyncio
import json
import os
import random
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import inbox, people
from bot.checkins.model import Schedule
from bot.encryption import Master
from bot.engine import sqlite_file
from bot.inbox import State, Update
from bot.outbox import Notification, Outcome
from bot.store import Store, Unavailable
from bot.texts import Texts
from tests.figures import Record, tell

pytestmark = [pytest.mark.faults, pytest.mark.slow]

Json = dict[str, Any]

KILLS, LIVES = 50, 2
"""In each of so many worlds on each database: two hundred in all. More in one world, and its last replies are so late
that they are held back, which is right and would hide what is looked for here."""
SHORTEST, LONGEST = 0.02, 0.25
"""Seconds from fork to kill, or from when it could first answer."""
ANSWERS_WITHIN = 0.6
"""Seconds that are granted to it for that at most: a busy machine takes several times as long as a quiet one."""

TALKERS, ASKED = 12, 24
"""How many people talk all the while, and how many are sent a check-in meanwhile."""

UNANSWERED = 5
PATIENCE = 30
"""Seconds until a test gives up."""

HELP = Texts("en")("help-program")
CROWDED = Texts("en")("outage-crowded")
LISBON = "Europe/Lisbon"
FINAL = {Outcome.SENT, Outcome.UNKNOWN}


@dataclass
class Phone:
    """Somebody's phone: what they did, and what the probe should have made of it."""

    id: int
    http: httpx.AsyncClient
    acts: int = 0
    words: list[str] = field(default_factory=list)
    tapped: set[str] = field(default_factory=set)
    answered: bool = False
    asked_for_help: int = 0

    async def does(self, act: str, **what: Any) -> None:
        answer = await self.http.post(f"/people/{self.id}/{act}", json=what)
        assert answer.status_code == 200, answer.text
        self.acts += 1

    async def notes(self) -> None:
        word = str(sum(not word.endswith("b") for word in self.words) + 1)
        await self.does("say", text=f"/note {word}")
        self.words.append(word)

    async def waits(self) -> bool:
        """Whether so much is unanswered that a person says no more: twenty waiting updates are taken for a flood."""
        screen: Json = (await self.http.get(f"/people/{self.id}/screen")).json()
        heard = re.findall(r"Heard (\d+)b?\.", "\n".join(message["text"] for message in screen["messages"]))
        said = sum(not word.endswith("b") for word in self.words)
        return said - max(map(int, heard), default=0) > UNANSWERED

    async def taps(self) -> bool:
        """Press the newest button of the probe that was not pressed yet."""
        screen: Json = (await self.http.get(f"/people/{self.id}/screen")).json()
        for message in reversed(screen["messages"]):
            for label in (button["label"] for row in message["rows"] for button in row):
                if label.startswith("Again ") and label not in self.tapped:
                    await self.does("tap", label=label, message_id=message["id"])
                    self.tapped.add(label)
                    self.words.append(f"{label.removeprefix('Again ')}b")
                    return True
        return False

    async def answers(self) -> None:
        """Answer the check-in, if it is on the screen."""
        screen: Json = (await self.http.get(f"/people/{self.id}/screen")).json()
        for message in screen["messages"]:
            for label in (button["label"] for row in message["rows"] for button in row):
                if label.endswith("All right") and not self.answered:
                    await self.does("tap", label=label, message_id=message["id"])
                    self.answered = True

    async def asks_for_help(self) -> None:
        await self.does("say", text="/helpnow")
        self.asked_for_help += 1


class Bench:
    """A local Bot API in its own process, a nursery of bots, a database and people."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.master = Master.create(folder / "key")
        self.flying: Counter[int] = Counter()
        """At how many kills a notification was marked as on its way, by its number."""
        self.standing: Counter[tuple[str, str]] = Counter()
        """At how many kills a reply, by address and words, had not been written off as passed on."""
        self.struck_twice: set[int] = set()
        """Updates during whose turn the last two lives ended. One more, and it would rightly be set aside."""
        self.pid = 0

    async def open(self) -> None:
        self.api = await _spawn("bot", "sandbox", "--no-bot", cwd=self.folder)
        await _line(self.api)
        self.address, self.token = await _line(self.api), await _line(self.api)
        self.nursery = await _spawn("tests.faults.nursery")
        self.http = httpx.AsyncClient(base_url=self.address, timeout=PATIENCE, trust_env=False)

    async def close(self) -> None:
        await self.http.aclose()
        await self.kill()
        for process in (self.nursery, self.api):
            process.kill()
            await process.wait()
            process._transport.close()  # type: ignore[attr-defined]  # the pipes' own garbage warns otherwise

    @asynccontextmanager
    async def work(self) -> AsyncIterator[AsyncSession]:
        """To set something up. Nobody of ours stays in the database: what a kill leaves there is the next bot's."""
        store = Store(self.url, self.master)
        try:
            async with store.work() as session:
                yield session
        finally:
            await store.close()

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[AsyncSession]:
        """To look what stands there."""
        store = Store(self.url, self.master)
        try:
            async with store.look() as session:
                yield session
        finally:
            await store.close()

    async def somebody(self) -> Phone:
        """Someone who is a member already, and presses Start once the bot is there."""
        told: Json = (await self.http.post("/people", json={"name": "Ana"})).json()
        phone = Phone(told["id"], self.http)
        async with self.work() as session:
            now = datetime.now(UTC)
            person = await people.meet(session, self.address_of(phone), "en", now)
            await people.agree(session, person, "1", now)
            person.zone = LISBON
        await phone.does("start")
        return phone

    async def asked_at(self, phone: Phone, at: datetime) -> None:
        """Let somebody's own hour be this very instant: no hour that people can name is as near."""
        async with self.work() as session:
            person, _ = await people.lock(session, self.address_of(phone))
            assert person
            local = at.astimezone(ZoneInfo(LISBON))
            day = _day(local)
            session.add(Schedule(person_id=person.id, at=local.time(), zone=LISBON, next_at=at, next_day=day))

    def address_of(self, phone: Phone) -> str:
        return f"telegram:{phone.id}"

    async def fork(self) -> None:
        """A bot begins to live."""
        told = {
            "log": str(self.folder / "log"),
            "folder": str(self.folder),
            "key": str(self.folder / "key"),
            "token": self.token,
            "api": self.address,
            "database": self.url,
        }
        assert self.nursery.stdin
        self.nursery.stdin.write(f"{json.dumps(told)}\n".encode())
        self.pid = int(await _line(self.nursery))

    async def kill(self) -> None:
        """It is no more, in the middle of whatever it did; the database has seen the last of it, too."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            await _until(self._gone)
            await _until(self._left_the_database)
        self.pid = 0

    async def look(self) -> None:
        """Take down what was under way."""
        async with self.looking() as session:
            sending = select(Notification.id).where(Notification.outcome == Outcome.SENDING)
            self.flying.update(await session.scalars(sending))
            struck = select(Update.id).where(Update.state == State.OPEN, Update.tries >= len(inbox.WAITS))
            self.struck_twice = set(await session.scalars(struck))
            for row in await session.scalars(select(Update).where(Update.state == State.ANSWERED)):
                reply = inbox.reply_of(session, row)
                self.standing.update({(reply.address, message.text) for message in reply.messages})

    async def spared(self) -> bool:
        """Whether the turns that two lives have ended in are over."""
        if self.struck_twice:
            with suppress(Unavailable):
                async with self.looking() as session:
                    still = select(Update.id).where(Update.state == State.OPEN, Update.id.in_(self.struck_twice))
                    return await session.scalar(still.limit(1)) is None
            return False
        return True

    async def quiet(self) -> bool:
        """Whether everything is confirmed and settled.

        A life that has only just begun has fetched nothing yet, and its database looks as if nothing were to do.
        """
        return await self._pending() == 0 and await self.settled()

    async def settled(self) -> bool:
        """Whether all that was fetched is handled and passed on. A bot that writes may keep us out for a while."""
        with suppress(Unavailable):
            return await self._is_settled()
        return False

    async def _pending(self) -> int:
        """How many updates the platform has not been told of."""
        info: Json = (await self.http.get(f"/bot{self.token}/getWebhookInfo")).json()
        pending: int = info["result"]["pending_update_count"]
        return pending

    async def _is_settled(self) -> bool:
        async with self.looking() as session:
            busy = select(Update.id).where(Update.state.in_((State.OPEN, State.ANSWERED)))
            soon = datetime.now(UTC) + timedelta(minutes=1)  # a nudge is promised too, hours ahead
            promised = select(Notification.id).where(
                Notification.outcome.in_((Outcome.WAITING, Outcome.SENDING)), Notification.next_at <= soon
            )
            due = select(Schedule.person_id).where(Schedule.next_at <= datetime.now(UTC))
            return [await session.scalar(query.limit(1)) for query in (busy, promised, due)] == [None] * 3

    async def calls(self, method: str) -> list[Json]:
        calls: list[Json] = (await self.http.get("/calls", params={"method": method})).json()
        return calls

    async def said(self) -> Counter[tuple[str, str]]:
        """What was sent anew, by address and words, with how often it came onto the screen."""
        return Counter(
            (f"telegram:{call['parameters']['chat_id']}", call["parameters"]["text"])
            for call in await self.calls("sendMessage")
            if call["effect"]
        )

    async def _gone(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        return False

    async def _left_the_database(self) -> bool:
        """PostgreSQL may still be busy with the last thing that it was asked."""
        if sqlite_file(self.url):
            return True
        connection = await asyncpg.connect(self.url)
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        others: int = await connection.fetchval(query)
        await connection.close()
        return others == 0


def _day(local: datetime) -> date:
    return local.date()


async def _spawn(*module: str, cwd: Path | None = None) -> Process:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module, stdin=PIPE, stdout=PIPE, cwd=cwd or root, env=environment
    )


async def _line(process: Process) -> str:
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        return (await process.stdout.readline()).decode().strip()


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await true():  # noqa: ASYNC110  # real processes: there is no event to wait for
            await asyncio.sleep(0.01)


@pytest.fixture
async def bench(database_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(database_url, tmp_path)
    await bench.open()
    yield bench
    await bench.close()


async def _talk(phone: Phone, chance: random.Random, enough: asyncio.Event) -> None:
    """Go on saying and pressing things until it is enough."""
    while not enough.is_set():
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        if await phone.waits():
            continue
        dice = chance.random()
        if dice < 0.1:
            await phone.asks_for_help()
        elif dice < 0.7 or not await phone.taps():
            await phone.notes()


@pytest.mark.parametrize("life", range(1, LIVES + 1))
async def test_a_bot_that_is_killed_loses_nothing(bench: Bench, figures: Record, life: int) -> None:
    seed = random.SystemRandom().randrange(10**6)
    tell(f"seed {seed}")
    chance = random.Random(seed)
    talkers = [await bench.somebody() for _ in range(TALKERS)]
    asked = [await bench.somebody() for _ in range(ASKED)]
    # one life in peace tells how long a bot takes here until it answers: half of the others are given that time
    born = datetime.now(UTC)
    await bench.fork()
    await _until(lambda: _has(bench, talkers[0], "recovering from"))
    start = min((datetime.now(UTC) - born).total_seconds(), ANSWERS_WITHIN)
    await bench.kill()
    began = datetime.now(UTC)
    for phone in asked:
        await bench.asked_at(phone, began + timedelta(seconds=chance.uniform(1, KILLS * 0.3)))
    enough = asyncio.Event()
    talking = [asyncio.create_task(_talk(phone, random.Random(seed + phone.id), enough)) for phone in talkers]
    for _ in range(KILLS):
        await bench.fork()
        await _until(bench.spared)
        await asyncio.sleep(chance.uniform(SHORTEST, LONGEST) + chance.choice((0, start)))
        await bench.kill()
        await bench.look()
        for phone in asked[: ASKED // 2]:
            if chance.random() < 0.1:
                await phone.answers()
    took = (datetime.now(UTC) - began).total_seconds()
    enough.set()
    await asyncio.gather(*talking)
    await bench.fork()
    await _until(bench.quiet)
    for phone in asked[: ASKED // 2]:
        await phone.answers()
    await _until(bench.quiet)
    await bench.kill()

    said = await bench.said()
    edited = {
        (f"telegram:{call['parameters']['chat_id']}", call["parameters"]["text"])
        for call in await bench.calls("editMessageText")
        if call["effect"]
    }
    phones = [*talkers, *asked]
    assert not [text for _, text in said if text == CROWDED], "the people were too fast for this machine"
    copies = await _every_update_was_handled_once(bench, phones, said, edited)
    outcomes = await _every_promise_has_one_end(bench, asked, said)
    reached = {
        "kills": KILLS,
        "seconds": round(took),
        "updates": sum(phone.acts for phone in phones),
        "messages": said.total(),
        "copies": copies,
        "check-ins": sum(outcomes.values()),
        **{str(outcome): number for outcome, number in outcomes.items()},
    }
    figures(f"{reached}")
    log = (bench.folder / "log").read_text()
    assert "action=turn_failed" not in log
    assert "Traceback" not in log


async def _every_update_was_handled_once(
    bench: Bench, phones: list[Phone], said: Counter[tuple[str, str]], edited: set[tuple[str, str]]
) -> int:
    """Returns how many replies came more than once."""
    async with bench.looking() as session:
        rows = (await session.scalars(select(Update))).all()
        assert len(rows) == sum(phone.acts for phone in phones)
        assert {row.state for row in rows} == {State.DONE}
        assert not [row.number for row in rows if row.sealed_raw or row.sealed_reply]
    async with bench.work() as session:
        for phone in phones:
            person, _ = await people.lock(session, bench.address_of(phone))
            assert person
            assert (person.name or "").split() == phone.words, f"{phone.id}"
    copies = 0
    for phone in phones:
        address = bench.address_of(phone)
        for word in phone.words:
            key = (address, f"Heard {word}.")
            if word.endswith("b"):
                assert key in edited or said[key], key
                continue
            assert said[key] >= 1, key
            assert said[key] <= 1 + bench.standing[key], f"{key} again, and was not on its way"
            copies += said[key] - 1
        helped = sum(times for (where, text), times in said.items() if where == address and HELP in text)
        assert helped >= phone.asked_for_help
    return copies


async def _every_promise_has_one_end(bench: Bench, asked: list[Phone], said: Counter[tuple[str, str]]) -> Counter[str]:
    """Returns how the check-ins ended."""
    outcomes: Counter[str] = Counter()
    async with bench.work() as session:
        for phone in asked:
            address = bench.address_of(phone)
            person, _ = await people.lock(session, address)
            assert person
            theirs = select(Notification).where(Notification.person_id == person.id, Notification.kind == "checkin")
            (row,) = await session.scalars(theirs)
            came = sum(times for (where, text), times in said.items() if where == address and text.startswith("Your "))
            outcomes[row.outcome] += 1
            assert row.outcome in FINAL
            assert came <= 1
            if row.outcome == Outcome.SENT:
                assert came == 1
            else:
                assert bench.flying[row.id], "nobody can say, and yet it was not on its way"
                assert not phone.answered
    return outcomes


async def test_a_kill_between_reply_sent_and_update_confirmed_handles_nothing_twice(bench: Bench) -> None:
    ana = await bench.somebody()
    await bench.fork()
    await _until(lambda: _has(bench, ana, "recovering from"))
    # the poll that would confirm the note is held for as long as the bot lives
    rule = {"do": "hang", "method": "getUpdates", "effect": "none", "seconds": PATIENCE, "nth": 1}
    await bench.http.post("/faults", json=rule)
    await ana.notes()
    await _until(lambda: _has(bench, ana, "Heard 1."))
    await _until(bench.settled)
    await bench.kill()
    await bench.http.delete("/faults")
    before = len(await bench.calls("getUpdates"))
    await bench.fork()
    await _until(lambda: _confirmed_since(bench, before))
    await ana.notes()
    await _until(lambda: _has(bench, ana, "Heard 2."))
    await _until(bench.quiet)
    await bench.kill()
    said = await bench.said()
    assert said[bench.address_of(ana), "Heard 1."] == 1
    await _every_update_was_handled_once(bench, [ana], said, set())


async def _has(bench: Bench, phone: Phone, words: str) -> bool:
    screen: Json = (await bench.http.get(f"/people/{phone.id}/screen")).json()
    return any(words in message["text"] for message in screen["messages"] if message["from"] == "bot")


async def _confirmed_since(bench: Bench, before: int) -> bool:
    """Whether a later life was handed something again, and has confirmed it."""
    return any("offset" in call["parameters"] for call in (await bench.calls("getUpdates"))[before:])
