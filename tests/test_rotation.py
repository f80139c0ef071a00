"""Changing the master key: killed anywhere, everybody's words still open, and in the end the old key opens nothing."""

import asyncio
import shutil
import stat
import sys
from asyncio.subprocess import PIPE
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot import people, rotation
from bot.backup import KEYS_FILE, BackupError, restore
from bot.encryption import LABEL, KeyFileError, Keys, Master, PersonKey, ServiceKey
from bot.engine import sqlite_file
from bot.people import Person
from bot.rotation import RotationRefused, rotate
from bot.store import Store
from tests.world import MONDAY

PEOPLE = 5
BATCH = 2


class Bench:
    """A database in which a few people have a name, and the key file that belongs to it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.key_file = folder / "windbreak.key"
        self.copies = folder / "backups"
        self.said: list[str] = []
        Master.create(self.key_file)

    @asynccontextmanager
    async def store(self, url: str = "") -> AsyncIterator[Store]:
        """A program on this database, for a while."""
        store = Store(url or self.url, Master.load(self.key_file))
        try:
            yield store
        finally:
            await store.close()

    async def fill(self) -> None:
        async with self.store() as store, store.work() as session:
            for number in range(1, PEOPLE + 1):
                person = await people.meet(session, f"phone:{number}", "en", MONDAY)
                person.name = f"Ana {number}"

    async def rotate(self) -> None:
        await rotate(self.url, self.key_file, self.copies, self.said.append, batch=BATCH)

    async def everybody_opens(self, url: str = "") -> bool:
        """Whether a program that starts now reads every name, and finds everybody by their address."""
        return bool(await self.marks(url))

    async def marks(self, url: str = "") -> set[bytes]:
        """What the wrapped keys begin with, if a program that starts now reads every name; else nothing."""
        async with self.store(url) as store, store.look() as session:
            found = []
            for number in range(1, PEOPLE + 1):
                keys: Keys = session.info["keys"]
                person_id = await session.scalar(
                    select(people.Address.person_id).where(people.Address.blind == keys.blind(f"phone:{number}"))
                )
                person = await session.get_one(Person, person_id)
                keys.load(person.id, (await session.get_one(PersonKey, person.id)).wrapped)
                found.append(person.name)
            everybody = found == [f"Ana {number}" for number in range(1, PEOPLE + 1)]
            return {key[:5] for key in await _wrapped(session)} if everybody else set()

    async def wrapped(self) -> list[bytes]:
        """Every wrapped key as it stands in the database."""
        async with self.store() as store, store.look() as session:
            return await _wrapped(session)

    def lines(self) -> list[str]:
        return self.key_file.read_text().split()

    def mark(self, line: str = "") -> bytes:
        """What keys begin with that this line of the key file wraps."""
        return Master([b64decode((line or self.lines()[0]).removeprefix(LABEL))], self.key_file).mark


async def _wrapped(session: AsyncSession) -> list[bytes]:
    return [*await session.scalars(select(ServiceKey.wrapped)), *await session.scalars(select(PersonKey.wrapped))]


@pytest.fixture
async def bench(database_url: str, tmp_path: Path) -> Bench:
    bench = Bench(database_url, tmp_path)
    await bench.fill()
    return bench


@pytest.fixture
async def sqlite(sqlite_url: str, tmp_path: Path) -> Bench:
    bench = Bench(sqlite_url, tmp_path)
    await bench.fill()
    return bench


async def test_everything_opens_with_the_new_key_and_nothing_with_the_old(bench: Bench, tmp_path: Path) -> None:
    old_file = shutil.copy(bench.key_file, tmp_path / "old.key")
    (old,) = bench.lines()

    await bench.rotate()

    (new,) = bench.lines()
    assert new != old
    assert stat.S_IMODE(bench.key_file.stat().st_mode) == 0o600
    assert await bench.everybody_opens()
    assert {key[:5] for key in await bench.wrapped()} == {bench.mark(new)}
    bench.key_file = Path(old_file)
    with pytest.raises(KeyFileError, match="does not open"):
        await bench.everybody_opens()


async def test_progress_is_said_and_holds_no_key(bench: Bench) -> None:
    await bench.rotate()

    counts = [line for line in bench.said if line.startswith("person_keys")]
    assert counts == [f"person_keys: {done} under the new key." for done in (2, 4, 5)]
    assert bench.lines()[0].removeprefix(LABEL) not in "".join(bench.said)


async def test_no_byte_in_a_file_is_left_under_the_old_key(sqlite: Bench) -> None:
    old = sqlite.mark()
    file = sqlite_file(sqlite.url)
    assert file is not None
    assert old in file.read_bytes()

    await sqlite.rotate()

    for standing in [*file.parent.glob(f"{file.name}*"), *sqlite.copies.iterdir()]:
        assert old not in standing.read_bytes(), standing.name


async def test_the_backup_made_on_the_way_opens_with_the_new_key(sqlite: Bench, tmp_path: Path) -> None:
    await sqlite.rotate()

    restore(sqlite.copies / rotation.COPY, sqlite.copies / KEYS_FILE, tmp_path / "new.sqlite3")

    assert await sqlite.everybody_opens(f"sqlite:///{tmp_path / 'new.sqlite3'}")


async def test_without_a_backup_the_old_key_stays(sqlite: Bench) -> None:
    sqlite.copies.write_text("a file where a folder should be")

    with pytest.raises((BackupError, OSError)):
        await sqlite.rotate()
    assert len(sqlite.lines()) == 2
    assert await sqlite.everybody_opens()

    sqlite.copies.unlink()
    await sqlite.rotate()
    assert len(sqlite.lines()) == 1
    assert await sqlite.everybody_opens()


async def test_a_bot_that_runs_is_not_disturbed(bench: Bench) -> None:
    before = bench.key_file.read_bytes()
    async with bench.store() as running:
        await running.probe()

        with pytest.raises(RotationRefused, match="stop the bot"):
            await bench.rotate()

        assert bench.key_file.read_bytes() == before
        async with running.work() as session:
            await people.meet(session, "phone:cai", "en", MONDAY)
    await bench.rotate()
    assert await bench.everybody_opens()


async def test_who_read_the_old_key_alone_cannot_begin_any_more(bench: Bench) -> None:
    late = Store(bench.url, Master.load(bench.key_file))

    await bench.rotate()

    with pytest.raises(KeyFileError, match="does not open"):
        await late.probe()
    await late.close()


@pytest.mark.faults
@pytest.mark.slow
async def test_a_kill_at_any_line_loses_nobody_and_the_next_run_finishes(bench: Bench) -> None:
    """One line later each time, until a run gets to its end. Each time the key that was the new one is the old one."""
    halfway = taken_up = 0
    async with executioner(bench) as killed_before:
        nth = 1
        while place := await killed_before(nth):
            marks = await bench.marks()
            assert marks, place
            halfway += len(marks) == 2
            taken_up += rotation.unfinished(bench.key_file)

            await bench.rotate()

            assert len(bench.lines()) == 1, place
            assert await bench.marks() == {bench.mark()}, place
            assert not list(bench.key_file.parent.glob("*.part")), place
            nth += 1

    assert await bench.everybody_opens()
    assert halfway > 5, "some were killed with one half under the new key and the other under the old one"
    assert taken_up > halfway
    assert nth > taken_up + 5, "and some before the new key stood in the file"


async def test_a_key_under_a_line_that_is_missing_stops_the_change(bench: Bench) -> None:
    (first,) = bench.lines()
    await bench.rotate()
    (second,) = bench.lines()
    async with bench.store() as store, store.work() as session:
        lost = Master([b64decode(first.removeprefix(LABEL))], bench.key_file).wrap("person_keys.wrapped:1", b"k" * 32)
        await session.execute(text("UPDATE person_keys SET wrapped = :lost WHERE person_id = 1"), {"lost": lost})

    for _ in range(2):
        with pytest.raises(RotationRefused, match="put the line that is missing"):
            await bench.rotate()
        assert bench.lines()[1] == second

    bench.key_file.write_text("\n".join([*bench.lines(), first]))
    await bench.rotate()
    assert {key[:5] for key in await bench.wrapped()} == {bench.mark()}


async def test_the_key_file_of_another_database_is_not_touched(bench: Bench) -> None:
    bench.key_file.unlink()
    Master.create(bench.key_file)
    before = bench.key_file.read_bytes()

    with pytest.raises(KeyFileError, match="does not open this database"):
        await bench.rotate()

    assert bench.key_file.read_bytes() == before


async def test_a_place_that_cannot_be_written_is_named_and_nothing_has_changed(bench: Bench) -> None:
    before, keys = bench.key_file.read_bytes(), await bench.wrapped()
    bench.key_file.with_name("windbreak.key.part").mkdir()

    with pytest.raises(KeyFileError, match=r"windbreak\.key cannot be changed"):
        await bench.rotate()

    assert bench.key_file.read_bytes() == before
    assert await bench.wrapped() == keys


async def test_without_a_database_there_is_nothing_to_change(tmp_path: Path) -> None:
    file = tmp_path / "windbreak.sqlite3"

    with pytest.raises(RotationRefused, match="no database yet"):
        await rotate(f"sqlite:///{file}", tmp_path / "windbreak.key", tmp_path, print)

    assert not file.exists()


async def test_a_linked_key_file_stays_linked(sqlite: Bench, tmp_path: Path) -> None:
    real = sqlite.key_file.rename(tmp_path / "mounted.key")
    sqlite.key_file.symlink_to(real)

    await sqlite.rotate()

    assert sqlite.key_file.is_symlink()
    assert await sqlite.everybody_opens()


EXECUTIONER = """
import asyncio, os, signal, sys
from pathlib import Path
from bot import rotation

url, key_file, copies, batch = sys.argv[1:]
CHANGING = ("rotate", "_rewrap_all", "_rewrap", "_write", "_fill")

def live(nth, report):
    passed = 0

    def trace(frame, what, _):
        nonlocal passed
        if frame.f_code.co_filename != rotation.__file__ or frame.f_code.co_name not in CHANGING:
            return None
        if what == "line":
            passed += 1
            if passed == nth:
                os.write(report, f"{frame.f_code.co_name}:{frame.f_lineno}".encode())
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    asyncio.run(rotation.rotate(url, Path(key_file), Path(copies), lambda line: None, batch=int(batch)))

for line in sys.stdin:
    report, there = os.pipe()
    child = os.fork()
    if not child:
        live(int(line), there)
        os._exit(0)
    os.close(there)
    place = os.read(report, 1000).decode()
    os.close(report)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(place if status == -signal.SIGKILL else "" if status == 0 else f"failed with {status}", flush=True)
"""
"""For each number it is given: a program that begins to change the key and is killed before that line of its,
of those functions that change something or call what does."""


@asynccontextmanager
async def executioner(bench: Bench) -> AsyncIterator[Callable[[int], Awaitable[str]]]:
    """Kills a rotation before its n-th line and tells where that was; empty if it got to its end."""
    arguments = (bench.url, bench.key_file, bench.copies, str(BATCH))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", EXECUTIONER, *arguments, stdin=PIPE, stdout=PIPE
    )
    to, back = process.stdin, process.stdout
    assert to is not None
    assert back is not None

    async def killed_before(nth: int) -> str:
        to.write(f"{nth}\n".encode())
        line = await asyncio.wait_for(back.readline(), 60)
        assert line.endswith(b"\n")
        assert not line.startswith(b"failed")
        return line.decode().strip()

    yield killed_before
    to.close()
    await process.wait()
