"""People on a local Bot API, and a bot that can be killed: what the tests with real processes need."""

import asyncio
import json
import os
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
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import inbox, people
from bot.checkins.model import Schedule
from bot.encryption import Master
from bot.engine import sqlite_file
from bot.inbox import State, Update
from bot.outbox import Notification, Outcome
from bot.store import Store, Unavailable

Json = dict[str, Any]

UNANSWERED = 5
PATIENCE = 30
"""Seconds until a test gives up."""

LISBON = "Europe/Lisbon"


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

    async def finds(self, label: str) -> str:
        """The newest message with this button; empty if there is none."""
        screen: Json = (await self.http.get(f"/people/{self.id}/screen")).json()
        found = [
            one["id"]
            for one in screen["messages"]
            if label in {button["label"] for row in one["rows"] for button in row}
        ]
        return str(found[-1]) if found else ""

    async def presses(self, label: str) -> None:
        """Press a button as soon as it is there."""
        await until(lambda: self._sees(label))
        await self.does("tap", label=label, message_id=int(await self.finds(label)))

    async def _sees(self, label: str) -> bool:
        return bool(await self.finds(label))

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

    async def fork(self, ahead: timedelta = timedelta()) -> None:
        """A bot begins to live, by a clock that is so far ahead of ours."""
        told = {
            "ahead": str(ahead.total_seconds()),
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
            await until(self._gone)
            await until(self._left_the_database)
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


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that other processes bring about; not for ever."""
    async with asyncio.timeout(PATIENCE):
        while not await true():  # noqa: ASYNC110  # real processes: there is no event to wait for
            await asyncio.sleep(0.01)


async def has(bench: Bench, phone: Phone, words: str) -> bool:
    """Whether the bot has written this to them."""
    screen: Json = (await bench.http.get(f"/people/{phone.id}/screen")).json()
    return any(words in message["text"] for message in screen["messages"] if message["from"] == "bot")
