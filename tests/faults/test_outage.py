"""Poison, a chat that is told to wait, and a database that is locked, full or gone: what others notice of it."""

import logging
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from sqlalchemy import Connection, Engine, event, func, select

from bot import engine, people
from bot.app import FEATURES
from bot.bucket import DEPTH, RATE
from bot.chat import Ambiguous, Button, Message, Raw, TooFast
from bot.content import strategies
from bot.engine import sqlite_file
from bot.feature import Feature, Reply, Turn
from bot.inbox import NotWritten, State, Update
from bot.outage import PATIENCE
from bot.texts import Texts
from tests.faults.probe import PROBE
from tests.figures import Record
from tests.phone import Someone
from tests.world import World, is_set

pytestmark = pytest.mark.faults

HELP = Texts("en")("help-program")
UNSAVED = Texts("en")("outage-unsaved")
WORKS = Texts("en")("outage-works")
ASIDE = Texts("en")("outage-aside")
CARD = strategies.first().words("en").steps[0]
NEXT_POLL = timedelta(seconds=1)
"""How soon the listener asks again for what could not be kept."""


PLENTY = 2**30


class Pages:
    """How many pages an SQLite database may have. Each connection has a limit of its own, so all are told."""

    most = PLENTY

    def tell(self, connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA max_page_count={self.most}")


PAGES = Pages()


@pytest.fixture(autouse=True)
def _pages() -> Iterator[None]:
    event.listen(Engine, "begin", PAGES.tell)
    yield
    event.remove(Engine, "begin", PAGES.tell)


class Broken(Exception):
    """What a handler that is broken raises."""


class Poison:
    """A handler that raises whenever `/poison` comes, and remembers when."""

    def __init__(self) -> None:
        self.at: list[float] = []

    async def pressed(self, turn: Turn) -> Reply:
        self.at.append(turn.now.timestamp())
        raise Broken

    @property
    def feature(self) -> Feature:
        return Feature(name="poison", presses={"poison": self.pressed}, commands={"poison": "poison"})


@pytest.fixture
def poison() -> Poison:
    return Poison()


@pytest.fixture
async def world(
    database_url: str, tmp_path: Path, poison: Poison, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    # a lock is real, and so is the wait for it: an hour of the world's clock would else be two of the wall's
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(engine, "COMMAND_SECONDS", 0.1)
    world = World(database_url, tmp_path, features=(*FEATURES, PROBE, poison.feature))
    yield world
    await world.close()


async def _heard(world: World, person: Someone) -> list[str]:
    async with world.store.work() as session:
        found, _ = await people.lock(session, person.address)
        assert found
        return (found.name or "").split()


async def _states(world: World) -> Counter[str]:
    async with world.store.look() as session:
        rows = await session.execute(select(Update.state, func.count()).group_by(Update.state))
        return Counter({str(state): int(number) for state, number in rows})


async def test_an_update_that_cannot_be_read_holds_up_nobody(world: World, ana: Someone, ben: Someone) -> None:
    for person in (ana, ben):
        await is_set(person)
    broken = {**ana.typed("/note 2"), "kind": "nobody knows"}
    before = await _states(world)
    await world.arrive(
        ana.typed("/note 1"), broken, {"number": world.next_number()}, ana.typed("/note 3"), ben.typed("/note 4")
    )
    assert await _heard(world, ana) == ["1", "3"]
    assert await _heard(world, ben) == ["4"]
    await ana.looks()  # the last reply waits for the pace of its chat
    assert await _states(world) - before == {State.DONE: 3, State.ASIDE: 2}
    async with world.store.look() as session:
        for row in await session.scalars(select(Update).where(Update.state == State.ASIDE)):
            assert row.sealed_raw
            assert b"nobody knows" not in row.sealed_raw
            assert row.sealed_reply is None


async def test_a_handler_that_fails_is_tried_three_times_and_help_behind_it_does_not_wait(
    world: World, ana: Someone, ben: Someone, poison: Poison
) -> None:
    for person in (ana, ben):
        await is_set(person)
    rung = len(ana.rung)
    await world.arrive(
        ana.typed("/poison"), ana.typed("/note 1"), ana.tapped("Help now"), ben.typed("/note 2"), ana.typed("/note 3")
    )
    assert len(poison.at) == 1
    assert len(ana.rung) == rung + 1
    assert HELP in ana.sees
    assert ben.sees == "Heard 2."
    await world.wait(timedelta(seconds=1))
    assert len(poison.at) == 2
    await world.wait(timedelta(seconds=10))
    assert [at - poison.at[0] for at in poison.at] == [0, 1, 6]
    assert ana.rung[rung + 1 :] == [ASIDE, "Heard 1.", "Heard 3."]
    assert ana.screen.rung[rung + 1].neutral
    assert await _heard(world, ana) == ["1", "3"]
    assert set(await _states(world)) <= {State.DONE, State.ASIDE}


async def test_help_whose_own_handler_fails_is_shown_once(database_url: str, tmp_path: Path) -> None:
    tries: list[str] = []

    async def fails(turn: Turn) -> Reply:
        tries.append(turn.press)
        raise Broken

    def card(press: str, known: Any, t: Texts) -> Message:
        return Message("Breathe.", ((Button("Home", "home"),),))

    broken = Feature(name="broken", presses={"sos2": fails}, urgent={"sos2": card}, commands={"sos2": "sos2"})
    world = World(database_url, tmp_path, features=(*FEATURES, broken))
    ana = world.someone("ana")
    await is_set(ana)
    await ana.says("/sos2")
    await world.wait(timedelta(seconds=10))
    assert len(tries) == 3
    assert ana.rung.count("Breathe.") == 1
    await world.close()


async def test_help_that_cannot_be_worded_costs_nobody_else_anything(database_url: str, tmp_path: Path) -> None:
    def card(press: str, known: Any, t: Texts) -> Message:
        raise Broken

    broken = Feature(name="broken", urgent={"sos2": card}, commands={"sos2": "sos2"})
    world = World(database_url, tmp_path, features=(*FEATURES, PROBE, broken))
    ana, ben = world.someone("ana"), world.someone("ben")
    for person in (ana, ben):
        await is_set(person)
    await world.arrive(ana.typed("/sos2"), ana.typed("/note 1"), ben.typed("/note 2"))
    assert ben.sees == "Heard 2."
    await world.wait(timedelta(seconds=10))
    assert ana.rung[-2:] == [ASIDE, "Heard 1."]
    await world.close()


async def test_a_chat_that_is_told_to_wait_holds_up_no_other(world: World, figures: Record) -> None:
    """One of fifty-one is refused with 429 and half a minute; the others get all that 28 a second allow."""
    crowd = [world.someone(f"crowd-{number}") for number in range(51)]
    for person in crowd:
        await person.starts()
    await world.wait(timedelta(seconds=30))
    slow, others = crowd[20], crowd[:20] + crowd[21:]
    taken: list[tuple[str, float]] = []
    refused: list[float] = []
    began = world.clock.now()

    async def refuse(address: str, message: Message) -> None:
        seconds = (world.clock.now() - began).total_seconds()
        if address == slow.address and seconds < 30:
            refused.append(seconds)
            raise TooFast(timedelta(seconds=30) - (world.clock.now() - began))
        taken.append((address, seconds))

    world.phones.before = refuse
    await world.arrive(*(person.typed("hello") for person in crowd))
    await world.wait(timedelta(seconds=29))
    assert refused == [0]
    assert {address for address, _ in taken} == {person.address for person in others}
    last = max(seconds for _, seconds in taken)
    allowed = (len(crowd) - DEPTH) / RATE  # the refused one has cost one token, and no more
    assert last <= allowed + 0.05, f"the last of fifty after {last:.2f} s"
    await world.wait(timedelta(seconds=2))
    address, seconds = taken[-1]
    assert address == slow.address
    assert seconds == pytest.approx(30, abs=0.05)
    figures(f"the last of fifty others after {last:.2f} s, of {allowed:.2f} s allowed")


async def test_many_messages_in_doubt_at_once_are_each_sent_once_more(world: World) -> None:
    """Each flight that lands settles itself, and no other."""
    crowd = [world.someone(f"crowd-{number}") for number in range(20)]
    doubted: set[str] = set()

    async def lose(address: str, message: Message) -> None:
        if address not in doubted:
            doubted.add(address)
            raise Ambiguous

    world.phones.before = lose
    await world.arrive(*(person.typed("/start") for person in crowd))
    await world.wait(timedelta(seconds=5))
    assert [len(person.rung) for person in crowd] == [1] * len(crowd)


# the database


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _everybody_out(name: str) -> str:
    return f"SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname = '{name}'"


async def _elsewhere(url: str, *statements: str) -> None:
    """Statements about a database, from another one of the same server."""
    connection = await asyncpg.connect(urlsplit(url)._replace(path="/postgres").geturl())
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


@asynccontextmanager
async def gone(url: str) -> AsyncIterator[None]:
    """The file is moved away; on the server there is no database of that name."""
    file = sqlite_file(url)
    if file:
        parts = [file.with_name(file.name + end) for end in ("", "-wal", "-shm")]
        there = [part for part in parts if part.exists()]
        for part in there:
            part.rename(part.with_name(f"away-{part.name}"))
        yield
        for part in there:
            part.with_name(f"away-{part.name}").rename(part)
        return
    name = _name(url)
    await _elsewhere(url, _everybody_out(name), f"ALTER DATABASE {name} RENAME TO {name}_away")
    yield
    await _elsewhere(url, f"ALTER DATABASE {name}_away RENAME TO {name}")


@asynccontextmanager
async def locked(url: str) -> AsyncIterator[None]:
    """Somebody else holds the write lock; on the server, a table that everything needs."""
    file = sqlite_file(url)
    if file:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        await connection.execute("LOCK TABLE inbox IN SHARE MODE")
        yield
    await connection.close()


@asynccontextmanager
async def full(url: str) -> AsyncIterator[None]:
    """Not a page more fits. PostgreSQL has no such switch: there it only lets itself be read, as a full one may."""
    if not sqlite_file(url):
        name = _name(url)
        await _elsewhere(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on", _everybody_out(name))
        yield
        await _elsewhere(url, f"ALTER DATABASE {name} RESET default_transaction_read_only", _everybody_out(name))
        return

    PAGES.most = 1  # which SQLite takes as: no more than there are
    yield
    PAGES.most = PLENTY


@dataclass(frozen=True)
class Trouble:
    """What befalls a database, and for how long."""

    befalls: Callable[[str], AbstractAsyncContextManager[None]]
    lasts: timedelta


TROUBLES = {
    "gone": Trouble(gone, timedelta(hours=1)),
    "locked": Trouble(locked, timedelta(seconds=2)),
    "full": Trouble(full, timedelta(minutes=5)),
}


class Platform:
    """Hands over what waits, a hundred at a time, and again whatever was not taken. Moves the clock meanwhile."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.waiting: list[Raw] = []
        self.turns: dict[int, float] = {}
        """When each update was first handed over, on the world's clock."""

    async def hands_over(self, by: timedelta = timedelta(minutes=2)) -> None:
        """Until nothing waits."""
        end = self.world.clock.now() + by
        while self.waiting:
            assert self.world.clock.now() < end, f"{len(self.waiting)} are still waiting"
            batch = self.waiting[:100]
            for raw in batch:
                self.turns.setdefault(raw["number"], self.world.clock.now().timestamp())
            with suppress(NotWritten):
                await self.world.app.arrive(batch)
                del self.waiting[: len(batch)]
                await self.world.settle()
                continue
            await self.world.wait(NEXT_POLL)


@pytest.mark.slow
@pytest.mark.parametrize("trouble", TROUBLES)
async def test_an_hour_without_a_database(
    world: World, trouble: str, caplog: pytest.LogCaptureFixture, poison: Poison, figures: Record
) -> None:
    """150 updates of thirty people wait, and the last of them is Help now."""
    crowd = [world.someone(f"crowd-{number}") for number in range(30)]
    for person in crowd:
        await person.starts()
        await person.presses("I am 18 or over and agree")
    await world.wait(timedelta(minutes=1))
    platform = Platform(world)
    platform.waiting = [crowd[number % 30].typed(f"/note {number}") for number in range(149)]
    ana = crowd[149 % 30]
    platform.waiting.append(ana.typed("/helpnow"))
    (help_number,) = (raw["number"] for raw in platform.waiting[-1:])
    before = {person.address: len(person.rung) for person in crowd}
    answered: list[tuple[str, str, float]] = []

    async def watch(address: str, message: Message) -> None:
        answered.append((address, message.text, world.clock.now().timestamp()))

    world.phones.after = watch
    caplog.set_level(logging.INFO, logger="bot")
    caplog.clear()
    started = time.monotonic()
    async with TROUBLES[trouble].befalls(world.url):
        began = world.clock.now()
        await platform.hands_over()
        took = (world.clock.now() - began).total_seconds()
        real = time.monotonic() - started
        await world.wait(timedelta(seconds=6))  # 150 at 28 a second
        (helped,) = (at for address, text, at in answered if HELP in text)
        assert helped - platform.turns[help_number] <= 2
        new = {person.address: person.rung[before[person.address] :] for person in crowd}
        assert sum(map(len, new.values())) == 150
        assert Counter(text for texts in new.values() for text in texts if HELP not in text) == {UNSAVED: 149}
        assert [WORKS in text for text in new[ana.address] if HELP in text] == [True]
        assert all(len(texts) == 5 for texts in new.values())
        await world.wait(TROUBLES[trouble].lasts)
        assert len(answered) == 150
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    await world.wait(timedelta(seconds=5))
    # it is back: what was answered from memory is not handled again, and everything goes on
    await world.app.arrive([crowd[0].typed("/note after")])
    await world.settle()
    assert crowd[0].sees == "Heard after."
    assert await _heard(world, crowd[0]) == ["after"]
    assert await _heard(world, crowd[1]) == []
    assert len(answered) == 151
    assert set(await _states(world)) == {State.DONE}
    assert len(lines) < 20, lines
    figures(
        f"150 answered {took:.0f} s after the first was handed over, help after "
        f"{helped - platform.turns[help_number]:.2f} s, {real:.1f} s on the wall, {len(lines)} log lines"
    )


async def test_help_is_answered_by_a_program_that_starts_without_its_database(world: World) -> None:
    ana = world.someone("ana")
    await is_set(ana)
    await world.close()
    async with gone(world.url):
        world.start()
        await world.settle()
        platform = Platform(world)
        platform.waiting = [ana.tapped("Help now"), ana.tapped("Hard moment"), ana.typed("/note 1")]
        began = world.clock.now()
        rung = len(ana.rung)
        await platform.hands_over()
        assert (world.clock.now() - began) <= PATIENCE + NEXT_POLL * 2
        assert sorted(WORKS in text for text in ana.rung[rung:]) == [False, True, True]
        await world.wait(timedelta(minutes=10))
    await world.wait(timedelta(seconds=5))
    await world.arrive(ana.typed("/note 2"))
    assert await _heard(world, ana) == ["2"]
    assert len(ana.rung) == rung + 4


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_hard_moment_needs_no_database(world: World, ana: Someone, trouble: str) -> None:
    """The card, the next one, and one for a trigger: the same words, safe for everyone, and no promise."""
    await is_set(ana)
    await world.wait(timedelta(seconds=5))
    saved = len(ana.rung)
    async with TROUBLES[trouble].befalls(world.url):
        platform = Platform(world)
        platform.waiting = [ana.typed("/trigger")]
        await platform.hands_over()
        assert CARD in ana.sees
        assert {"Start ten minutes", "Something else", "Someone to talk to", "Help now"} <= set(ana.buttons)
        await world.wait(timedelta(seconds=12))  # by now it is known that nothing can be saved
        for press in ("hard:after:steady:", "hard:for:shame", "hard:not:kind:shame"):
            platform.waiting = [ana.forged(press, ana.screen.bubbles[-1].id)]
            await platform.hands_over()
            assert "Start ten minutes" in ana.buttons
            # a full SQLite file still has room on its last page
            assert ana.sees.endswith(WORKS) == world.app.outage.failing
            assert world.app.outage.failing or trouble == "full"
            await world.wait(timedelta(seconds=2))
        platform.waiting = [ana.tapped("Start ten minutes")]
        await platform.hands_over()
        promised = ana.sees.startswith("Until ")
        assert promised or ana.sees == UNSAVED
        assert len(ana.rung) == saved + 2
    await world.wait(timedelta(minutes=20))
    assert ("Still here" in ana.chat) == promised, "nothing is promised that is not kept"
    await ana.says("/trigger")
    await ana.presses("Start ten minutes")
    assert ana.sees.startswith("Until ")
