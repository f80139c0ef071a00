"""Erasing: nothing of a person can be read any more, wherever it was copied, and no restore brings them back."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, select, text

from bot import erasures, inbox, people
from bot.app import FEATURES
from bot.backup import KEYS_FILE, backup, restore
from bot.chat import Message
from bot.encryption import KeyNotLoaded, Keys, Master, PersonKey, Unopenable
from bot.engine import sqlite_file
from bot.erasures import BadList, Erasure, agree, erase
from bot.feature import Feature, Reply, Turn
from bot.house import House
from bot.inbox import Arrival, State, Update
from bot.people import Address, Consent, Person
from bot.rotation import rotate
from bot.store import Base, Store
from tests.phone import Someone
from tests.world import MONDAY, StillClock, World, is_set

ANA, BEN, CAI = "phone:ana", "phone:ben", "phone:cai"
NAME, WAITING, ASIDE = "canary-in-a-name", "canary-not-yet-handled", "canary-set-aside"
CANARIES = (NAME, WAITING, ASIDE, ANA)


class Bench:
    """A database with Ana and Ben in it, and where its backups go."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.key_file = folder / "windbreak.key"
        self.copies = folder / "backups"
        self.list = self.copies / erasures.LIST_FILE
        self.store = Store(url, Master.create(self.key_file))

    @property
    def file(self) -> Path:
        """The file of an SQLite database."""
        file = sqlite_file(self.url)
        assert file is not None
        return file

    async def meet(self, address: str, name: str) -> int:
        async with self.store.work() as session:
            person = await people.meet(session, address, "en", MONDAY)
            person.name = name
            await people.agree(session, person, "1", MONDAY)
            return person.id

    async def hear(self, address: str, number: int, words: str, state: State = State.OPEN) -> None:
        async with self.store.work() as session:
            await inbox.write(session, "phone:1", [Arrival(number, address, {"text": words})], MONDAY)
            await session.flush()
            row = (await session.scalars(select(Update).where(Update.number == number))).one()
            row.state = state

    async def erase(self, person_id: int) -> bool:
        async with self.store.work() as session:
            return await erase(session, person_id)

    async def agree(self) -> int:
        return await agree(self.store, self.list, sqlite_file(self.url))

    async def backup(self, name: str) -> Path:
        await self.agree()
        return backup(self.file, self.copies, name)

    @asynccontextmanager
    async def restored(self, saved: Path, keys: Path, place: Path) -> AsyncIterator["Bench"]:
        """The bench after the database was lost and an older backup put in its place."""
        restore(saved, keys, place)
        again = object.__new__(Bench)
        again.url, again.key_file, again.copies, again.list = (
            f"sqlite:///{place}",
            self.key_file,
            self.copies,
            self.list,
        )
        again.store = Store(again.url, Master.load(self.key_file))
        try:
            yield again
        finally:
            await again.store.close()

    async def names(self) -> dict[int, str | None]:
        """Who is there, and what can be read of their name."""
        async with self.store.look() as session:
            found = {}
            for person in await session.scalars(select(Person).order_by(Person.id)):
                key = await session.get(PersonKey, person.id)
                if key:
                    people.keys(session).load(person.id, key.wrapped)
                found[person.id] = person.name if key else None
            return found

    async def count(self, table: Table, person_id: int) -> int:
        column = table.c.id if table.name == "people" else table.c.person_id
        async with self.store.look() as session:
            return await session.scalar(select(func.count()).select_from(table).where(column == person_id)) or 0


async def filled(url: str, folder: Path) -> Bench:
    """Ana and Ben have a name, an address and a consent each."""
    bench = Bench(url, folder)
    async with bench.store.work() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
    assert await bench.meet(ANA, NAME) == 1
    assert await bench.meet(BEN, "Ben") == 2
    return bench


@pytest.fixture
async def bench(database_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    bench = await filled(database_url, tmp_path)
    yield bench
    await bench.store.close()


@pytest.fixture
async def sqlite(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    bench = await filled(sqlite_url, tmp_path)
    yield bench
    await bench.store.close()


def of_a_person() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name == "people" or "person_id" in table.c]


async def test_no_table_holds_a_row_of_theirs_and_nobody_else_loses_one(bench: Bench) -> None:
    before = {table.name: await bench.count(table, 2) for table in of_a_person()}

    assert await bench.erase(1)

    assert {table.name: await bench.count(table, 1) for table in of_a_person()} == dict.fromkeys(before, 0)
    assert {table.name: await bench.count(table, 2) for table in of_a_person()} == before
    assert await bench.names() == {2: "Ben"}
    assert not await bench.erase(1)


async def test_what_they_sent_is_emptied_and_cannot_come_again(bench: Bench) -> None:
    await bench.hear(ANA, 1, WAITING)
    await bench.hear(ANA, 2, ASIDE, State.ASIDE)
    await bench.hear(BEN, 3, "A calm day")

    await bench.erase(1)

    async with bench.store.look() as session:
        rows = {row.number: row for row in await session.scalars(select(Update))}
        assert await inbox.had(session, "phone:1", 2, MONDAY + timedelta(seconds=1))
    assert [(rows[n].state, rows[n].sealed_raw, rows[n].sealed_reply) for n in (1, 2)] == [(State.DONE, None, None)] * 2
    assert rows[3].state == State.OPEN
    assert rows[3].sealed_raw


async def test_an_erasure_that_is_rolled_back_is_not_listed(bench: Bench) -> None:
    with suppress(ZeroDivisionError):
        async with bench.store.work() as session:
            await erase(session, 1)
            raise ZeroDivisionError
    await bench.agree()

    assert erasures.read(bench.list) == set()
    assert await bench.names() == {1: NAME, 2: "Ben"}


async def test_the_list_holds_nobody(bench: Bench) -> None:
    """The same person under another key file has another mark, and the order of the list is not that of leaving."""
    for number in range(10):
        await bench.meet(f"phone:{number}", "Ana")
    for person_id in range(3, 13):
        await bench.erase(person_id)
        await bench.agree()

    lines = bench.list.read_text().split()
    async with bench.store.look() as session:
        columns = {column.name for column in Erasure.__table__.columns}
        ours: Keys = session.info["keys"]
        stolen = Keys(Master([b"x" * 32], Path("stolen.key")), b"s" * 32, b"i" * 32)
        guess = f"erased:3:{MONDAY.isoformat()}"
        assert ours.blind(guess).hex() in lines
        assert stolen.blind(guess).hex() not in lines
    assert columns == {"mark"}
    assert lines == sorted(lines)
    assert all(len(line) == 64 for line in lines)
    assert bench.list.stat().st_mode & 0o777 == 0o600


async def test_the_list_is_written_once_and_then_left_alone(bench: Bench) -> None:
    await bench.erase(1)
    await bench.agree()
    before = bench.list.stat().st_ino

    assert await bench.agree() == 0

    assert bench.list.stat().st_ino == before


async def test_a_slow_folder_of_backups_keeps_nobody_waiting(bench: Bench) -> None:
    bench.copies.mkdir()
    pipe = bench.copies / "pipe"  # is read for as long as nobody writes
    os.mkfifo(pipe)
    os.link(pipe, bench.list)
    agreeing = asyncio.create_task(bench.agree())
    try:
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            assert await bench.meet(CAI, "Cai") == 3
        assert not agreeing.done()
    finally:
        bench.list.unlink()
        await asyncio.to_thread(pipe.write_bytes, b"")
    assert await agreeing == 0


async def test_the_minute_waits_for_the_day(sqlite: Bench) -> None:
    """Every ten minutes the list and the copy are due in the same instant, and both write the keys file."""
    house = House(sqlite.store, StillClock(), erased=sqlite.list, database=sqlite.file)
    await house.back_up()
    await sqlite.erase(1)
    pipe = sqlite.copies / "pipe"
    os.mkfifo(pipe)
    os.link(pipe, sqlite.list)
    copying = asyncio.create_task(house.back_up())
    with await asyncio.to_thread(pipe.open, "wb"):  # from here on it is being read, for as long as we hold it
        sqlite.list.unlink()
        agreeing = asyncio.create_task(house.agree())
        done, _ = await asyncio.wait({agreeing}, timeout=0.5)
        assert not done
    await asyncio.gather(copying, agreeing)
    assert [row["person_id"] for row in rows(sqlite.copies / KEYS_FILE, "person_keys")] == [2]
    assert len(erasures.read(sqlite.list)) == 1


async def test_a_lost_list_is_written_again_from_the_database(bench: Bench) -> None:
    await bench.erase(1)
    await bench.agree()
    before = bench.list.read_bytes()
    bench.list.unlink()

    await bench.agree()

    assert bench.list.read_bytes() == before


@pytest.mark.parametrize("content", [b"canary", b"ab" * 31, b"\xff\xfe"])
async def test_a_list_that_is_none_stops_the_start_and_is_not_overwritten(bench: Bench, content: bytes) -> None:
    bench.copies.mkdir()
    bench.list.write_bytes(content)

    with pytest.raises(BadList, match=r"erasures\.txt") as told:
        await bench.agree()

    assert "canary" not in str(told.value)
    assert bench.list.read_bytes() == content


async def test_a_dump_with_all_keys_brings_nobody_back(bench: Bench) -> None:
    """As from pg_dump: rows and keys of one moment, and only the list is newer."""
    async with bench.store.look() as session:
        row = (await session.execute(text("SELECT * FROM people WHERE id = 1"))).mappings().one()
        key = (await session.execute(text("SELECT * FROM person_keys WHERE person_id = 1"))).mappings().one()
    await bench.erase(1)
    await bench.agree()
    async with bench.store.work() as session:
        await session.execute(text("DELETE FROM erasures"))
        for table, values in (("people", row), ("person_keys", key)):
            names = ", ".join(str(name) for name in values)
            fields = ", ".join(f":{name}" for name in values)
            await session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({fields})"), dict(values))
    assert await bench.names() == {1: NAME, 2: "Ben"}

    assert await bench.agree() == 1

    assert await bench.names() == {2: "Ben"}
    assert await bench.agree() == 0


async def test_a_backup_made_before_gives_back_everybody_but_the_erased(sqlite: Bench, tmp_path: Path) -> None:
    monday = await sqlite.backup("monday.sqlite3")
    await sqlite.erase(1)
    await sqlite.backup("tuesday.sqlite3")

    async with sqlite.restored(monday, sqlite.copies / KEYS_FILE, tmp_path / "new.sqlite3") as again:
        assert await again.names() == {2: "Ben"}
        assert await again.meet(ANA, "Ana once more") > 1, "who was erased may begin anew"
        assert await again.agree() == 0
        assert len(await again.names()) == 2


async def test_with_the_keys_of_that_day_too_she_stays_erased(sqlite: Bench, tmp_path: Path) -> None:
    monday = await sqlite.backup("monday.sqlite3")
    keys = shutil.copy(sqlite.copies / KEYS_FILE, tmp_path / "keys of monday")
    await sqlite.erase(1)
    await sqlite.backup("tuesday.sqlite3")

    async with sqlite.restored(monday, Path(keys), tmp_path / "new.sqlite3") as again:
        assert await again.names() == {1: NAME, 2: "Ben"}
        assert await again.agree() == 1
        assert await again.names() == {2: "Ben"}


async def test_somebody_new_who_gets_the_number_of_the_erased_is_left_alone(sqlite: Bench, tmp_path: Path) -> None:
    monday = await sqlite.backup("monday.sqlite3")
    assert await sqlite.meet(CAI, "Cai") == 3
    await sqlite.erase(3)
    await sqlite.backup("tuesday.sqlite3")

    async with sqlite.restored(monday, sqlite.copies / KEYS_FILE, tmp_path / "new.sqlite3") as again:
        async with again.store.work() as session:
            person = await people.meet(session, "phone:dee", "en", MONDAY + timedelta(days=2))
            person.name = "Dee"
            assert person.id == 3
        assert await again.agree() == 0
        assert await again.names() == {1: NAME, 2: "Ben", 3: "Dee"}


async def test_the_list_holds_after_the_master_key_was_changed(sqlite: Bench, tmp_path: Path) -> None:
    monday = await sqlite.backup("monday.sqlite3")
    await sqlite.erase(1)
    await sqlite.backup("tuesday.sqlite3")
    await sqlite.store.close()
    await rotate(sqlite.url, sqlite.key_file, sqlite.copies, lambda line: None)
    with closing(sqlite3.connect(sqlite.copies / KEYS_FILE)) as keys:
        keys.execute("INSERT INTO person_keys VALUES (1, 'some key of hers, from an older file')")
        keys.commit()

    async with sqlite.restored(monday, sqlite.copies / KEYS_FILE, tmp_path / "new.sqlite3") as again:
        assert await again.agree() == 1
        assert await again.names() == {2: "Ben"}


async def test_no_canary_can_be_read_anywhere_with_every_key_there_is(sqlite: Bench) -> None:
    """Database, write-ahead log and every backup, first without any key and then with all that are left."""
    monday = await sqlite.backup("monday.sqlite3")
    await sqlite.hear(ANA, 1, WAITING)
    await sqlite.hear(ANA, 2, ASIDE, State.ASIDE)
    async with sqlite.store.look() as session:
        wrapped = (await session.get_one(PersonKey, 1)).wrapped
    everything = [sqlite.file, sqlite.file.with_name(sqlite.file.name + "-wal"), monday, sqlite.copies / KEYS_FILE]
    assert any(wrapped in file.read_bytes() for file in everything[:2])
    before = await readable(sqlite, sqlite.file)
    assert [canary for canary in CANARIES if canary in before] == list(CANARIES)
    assert NAME in await readable(sqlite, monday)

    await sqlite.erase(1)
    tuesday = await sqlite.backup("tuesday.sqlite3")

    for file in (*everything, tuesday, sqlite.list):
        content = file.read_bytes()
        assert wrapped not in content, f"her key is left in {file.name}"
        for canary in CANARIES:
            assert canary.encode() not in content, file.name
    for file in (sqlite.file, monday, tuesday):
        found = await readable(sqlite, file)
        assert "Ben" in found
        assert not [canary for canary in CANARIES if canary in found], file.name


async def test_her_last_answer_still_leaves_and_she_may_begin_anew(database_url: str, tmp_path: Path) -> None:
    async def leave(turn: Turn) -> Reply:
        await erase(turn.session, turn.person.id)
        return Reply((Message("All of it is gone."),))

    leaving = Feature(name="leaving", presses={"leaving": leave}, commands={"leaving": "leaving"})
    world = World(database_url, tmp_path, features=(*FEATURES, leaving))
    async with world.store.work() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
    ana = Someone(world, world.phones, ANA)
    await is_set(ana, name="Ana")

    await ana.says("/leaving")

    assert ana.sees == "All of it is gone."
    async with world.store.look() as session:
        for model in (Person, Address, Consent, PersonKey):
            assert await session.scalar(select(func.count()).select_from(model)) == 0
        assert not [row for row in await session.scalars(select(Update)) if row.sealed_raw or row.sealed_reply]
    await ana.says("/start")
    assert "I am a program, not a person" in ana.sees
    await world.close()


async def readable(bench: Bench, file: Path) -> str:
    """All that somebody reads who has this file, the newest keys file, the open database and the key file."""
    async with bench.store.look() as session:
        keys = people.keys(session).fresh()
    for source in (bench.file, bench.copies / KEYS_FILE):
        for row in rows(source, "person_keys"):
            keys.load(row["person_id"], row["wrapped"])
    found = []
    for table in ("people", "addresses", "inbox"):
        for row in rows(file, table):
            found += [opened(keys, table, row, name) for name in row if name.startswith("sealed_") and row[name]]
    return "\n".join(found)


def opened(keys: Keys, table: str, row: dict[str, Any], name: str) -> str:
    field = f"{table}.{name.removeprefix('sealed_')}"
    owner = row["id"] if table == "people" else row.get("person_id")
    try:
        if owner is None:
            return keys.open_for_us(field, f"{row['bot']}/{row['number']}", row[name]).decode()
        return keys.open(field, owner, row[name])
    except (Unopenable, KeyNotLoaded):
        return ""


def rows(file: Path, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(f"SELECT * FROM {table}")]
