"""The test bench: a database for each test, on SQLite and on PostgreSQL, and no task left behind.

A test that asks for `database_url` runs twice, once on each. Where no PostgreSQL is at hand the second is skipped.
"""

import asyncio
import os
import shutil
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from hypothesis import settings

from bot import engine, schema
from bot.app import ready
from bot.store import Base
from tests.canaries import watch as watch
from tests.compiled import sharing
from tests.figures import FIGURES, Record, recorded
from tests.phone import Someone
from tests.postgres import WHY_SKIPPED, Server, Shared
from tests.world import World

Kind = Literal["sqlite", "postgresql"]
BOTH: list[Kind] = ["sqlite", "postgresql"]

# What a developer's shell may hold and a test must never use: a real token above all.
OURS = (
    "BOT_TOKEN",
    "BOT_API_URL",
    "DATABASE_URL",
    "DATA_DIR",
    "KEY_FILE",
    "LOG_LEVEL",
    "OPERATOR_NAME",
    "OPERATOR_CONTACT",
    "ACCESS",
    "KEEP_INACTIVE",
    "MEETING_FEEDS",
)

SQLITE_THREAD = "_connection_worker_thread"
"""What the driver's threads are called, one for each connection."""

# Time is not what our properties are about, and a busy machine is slow now and then.
settings.register_profile("windbreak", deadline=None)
settings.load_profile("windbreak")


def pytest_configure() -> None:
    """Start from a shell that knows nothing about any bot."""
    for name in OURS:
        os.environ.pop(name, None)


@pytest.hookimpl(optionalhook=True)  # a run inside a test leaves the plugin out
def pytest_xdist_auto_num_workers() -> int:
    """One process more than processors: a sixth of the time is spent waiting for what was killed or locked."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, or at the end one process would be alone with it."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: each search of it for garbage would cost a fifth of a second."""
    ready()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests have measured, wherever they ran."""
    reports = [one for of_kind in terminalreporter.stats.values() for one in of_kind]
    lines = recorded([one for one in reports if isinstance(one, pytest.TestReport)])
    if lines:
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Record:
    """Says a line of figures, which stands at the end of the run's output."""
    return partial(record_property, FIGURES)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """What one test had compiled the others need not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_async_engine", sharing)
        yield


@pytest.fixture(autouse=True)
async def no_task_left_behind() -> AsyncIterator[None]:
    """Fail a test that leaves a task running. One that is just ending gets a second to do so."""
    yield
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        _, running = await asyncio.wait(others, timeout=1)
        assert not running, f"still running: {[str(task.get_coro()) for task in running]}"
    # one that could not open its file ends by itself, a moment later, and must still find our loop
    for thread in threading.enumerate():
        if SQLITE_THREAD in thread.name:
            await asyncio.to_thread(thread.join, 1)


@pytest.fixture(scope="session")
def postgres() -> Server:
    """The PostgreSQL server, or a skipped test."""
    server = Server.from_environment()
    if server is None:
        pytest.skip(WHY_SKIPPED)
    return server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the present schema. Migrated once, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    template = folder / "windbreak.sqlite3"
    await schema.upgrade(_sqlite(template), folder)
    left_over = [file.name for file in folder.iterdir() if file != template]
    assert not left_over, f"an upgrade of a new file leaves that file alone, not {left_over}"
    return template


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgresql_template(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a PostgreSQL database with the present schema. Migrated once."""
    url = await postgres.create()
    await schema.upgrade(url, tmp_path_factory.mktemp("backups"))
    yield url
    await postgres.drop(url)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgresql_shared(postgres: Server, postgresql_template: str) -> AsyncIterator[Shared]:
    """What all tests of this process use in turn."""
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    shared = Shared(postgres, postgresql_template, tables)
    yield shared
    await shared.drop()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database of this test alone, with the present schema and no rows."""
    return _sqlite(shutil.copyfile(sqlite_template, tmp_path / "windbreak.sqlite3"))


@pytest.fixture
async def postgresql_url(postgresql_shared: Shared) -> AsyncIterator[str]:
    """A PostgreSQL database of this test alone, with the present schema and no rows."""
    yield await postgresql_shared.take()
    await postgresql_shared.give_back()


@pytest.fixture
async def empty_postgresql_url(postgres: Server) -> AsyncIterator[str]:
    """A PostgreSQL database of this test alone, without a table."""
    url = await postgres.create()
    yield url
    await postgres.drop(url)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of this test alone, with the present schema and no rows: once on each kind."""
    kind: Kind = request.param
    url: str = request.getfixturevalue(f"{kind}_url")
    return url


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of this test alone, without a table (on SQLite: without a file): once on each kind."""
    kind: Kind = request.param
    if kind == "sqlite":
        return _sqlite(tmp_path / "windbreak.sqlite3")
    url: str = request.getfixturevalue("empty_postgresql_url")
    return url


def _sqlite(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """The real app on a database of this test alone, phones on a table, Monday noon."""
    world = World(database_url, tmp_path)
    yield world
    await world.close()


@pytest.fixture
def ana(world: World) -> Someone:
    """Ana is in recovery."""
    return world.someone("ana")


@pytest.fixture
def ben(world: World) -> Someone:
    """Ben is somebody Ana trusts."""
    return world.someone("ben")


@pytest.fixture
def cai(world: World) -> Someone:
    """Cai is a stranger, who must never learn anything."""
    return world.someone("cai")
