"""What is kept of people: every column accounted for, all of it gone with them, and none of it in a log."""

import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from bot import logs
from bot.app import FEATURES
from bot.encryption import Unopenable
from bot.feature import Feature, Reply, Turn
from bot.people import Address, Person
from bot.people import lock as lock_person
from bot.store import Base
from bot.telegram import redact
from tests.phone import Someone
from tests.scenes.looking import rows
from tests.world import World, is_set

NOBODYS = {"people", "inbox", "service_keys", "erasures", "invitations", "feeds", "listed_tags", "meeting_changes"}
"""Tables without a person: the people themselves, updates (found by a blind index), our own keys, the marks of
erasures (a mark outlives the person and leads to nobody), invitations that nobody has used yet, lists of meetings that
are public, and what changed in those (it goes with its meeting)."""

LISTED = {"meetings"}
"""Tables in which a row may be somebody's own, or nobody's because it is public."""

TOKEN = "4242424242:AAmade-up-for-this-scene_0123456789xyz"
PLANTED = ("Zephyrine", "reykjavik", "Reykjavik", "quixotic", "phone:ana", TOKEN, TOKEN.partition(":")[2])


def test_every_column_says_whether_it_is_in_my_data() -> None:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if table.name == "service_keys":
                continue
            assert "export" in column.info, f"{table.name}.{column.name}"
            name = column.info["export"]
            assert name is None or (isinstance(name, str) and name.strip()), f"{table.name}.{column.name}"


def test_every_sealed_word_of_a_person_is_in_my_data() -> None:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if table.name not in NOBODYS - {"people"} and column.name.startswith("sealed_"):
                assert column.info["export"], f"{table.name}.{column.name}"


def test_every_table_of_a_person_goes_with_them() -> None:
    for table in Base.metadata.sorted_tables:
        if table.name in NOBODYS:
            assert "person_id" not in table.columns
            continue
        [key] = table.columns["person_id"].foreign_keys
        assert key.column is Person.__table__.c.id, table.name
        assert key.ondelete == "CASCADE", table.name
        assert table.columns["person_id"].nullable == (table.name in LISTED), table.name


async def count(world: World, person_id: int) -> dict[str, int]:
    """How many rows of each table belong to a person."""
    async with world.store.look() as session:
        found = {
            table.name: await session.scalar(
                select(func.count()).select_from(table).where(table.columns["person_id"] == person_id)
            )
            for table in Base.metadata.sorted_tables
            if "person_id" in table.columns
        }
    return {name: number for name, number in found.items() if number}


async def id_of(world: World, person: Someone) -> int:
    async with world.store.look() as session:
        blind = session.info["keys"].blind(person.address)
        return (await session.scalars(select(Address.person_id).where(Address.blind == blind))).one()


async def test_with_a_person_every_row_of_theirs_goes_and_nobody_elses(
    world: World, ana: Someone, ben: Someone
) -> None:
    for person in (ana, ben):
        await is_set(person, name="Somebody")
        await person.says("/checkin")
        await person.presses("🙂 All right")
        await person.presses("Help now")
    await world.wait(timedelta(days=1, hours=8))
    anas, bens = await id_of(world, ana), await id_of(world, ben)
    before = await count(world, bens)
    every = {table.name for table in Base.metadata.sorted_tables} - NOBODYS
    assert {"addresses", "person_keys", "consents", "setups", "schedules", "checkins", "outbox", "screen"} <= set(
        before
    )
    assert set(before) <= every
    async with world.store.work() as session:
        await session.execute(delete(Person).where(Person.id == anas))
    assert await count(world, anas) == {}
    assert await count(world, bens) == before
    assert (await rows(world))["people"] == 1
    await ana.says("/start")
    assert "I am 18 or over and agree" in ana.buttons, "a stranger again"
    assert await id_of(world, ana) != anas, "and never mistaken for who they were"


async def test_a_database_names_nobody(world: World, ana: Someone) -> None:
    await is_set(ana, "reykjavik", "Zephyrine")
    await ana.says("quixotic")
    async with world.store.look() as session:
        for table in Base.metadata.sorted_tables:
            for row in await session.execute(select(table)):
                told = " ".join(
                    value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    for name, value in row._mapping.items()
                    if name not in ("zone", "message_id")  # a test phone's message ids begin with its name
                )
                assert not [
                    word for word in ("Zephyrine", "reykjavik", "Reykjavik", "quixotic", "phone:ana") if word in told
                ]


async def test_ones_own_key_opens_nobody_elses_name(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Zephyrine")
    await is_set(ben, name="Ben")
    async with world.store.work() as session:
        one, _ = await lock_person(session, ana.address)
        other, _ = await lock_person(session, ben.address)
        assert one
        assert other
        assert (one.name, other.name) == ("Zephyrine", "Ben")
        other.sealed_name = one.sealed_name
        with pytest.raises(Unopenable):
            assert other.name


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Logging as the program sets it up, at its most talkative; afterwards everything is as it was."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root = logging.getLogger()
    levels = {
        logger: logger.level for logger in (root, *map(logging.getLogger, ("bot", "py.warnings", *logs.TALKATIVE)))
    }
    handlers = root.handlers[:]
    told = io.StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    logs.configure("DEBUG", redact.tokens)
    yield told
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    for logger, level in levels.items():
        logger.setLevel(level)


@pytest.fixture
async def clumsy(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A world with a feature that raises a person's words at whoever listens."""

    async def stumble(turn: Turn) -> Reply:
        raise ValueError(f"{getattr(turn.inbound, 'rest', '')} {turn.person.name} {turn.inbound!r} {TOKEN}")

    feature = Feature(name="clumsy", presses={"stumble": stumble}, commands={"stumble": "stumble"})
    world = World(database_url, tmp_path, features=(*FEATURES, feature), operator=f"Harbour {TOKEN}")
    yield world
    await world.close()


async def test_a_whole_day_at_its_most_talkative_tells_no_log_anything(clumsy: World, log: io.StringIO) -> None:
    world, ana, cai = clumsy, clumsy.someone("ana"), clumsy.someone("cai")
    await is_set(ana, "reykjavik", "Zephyrine")
    await ana.says("quixotic words")
    await ana.says("/checkin quixotic")
    await ana.presses("😞 Very low")
    await ana.says("/stumble quixotic")
    await world.arrive(cai.forged("quixotic:1:2"))
    await world.arrive(
        {**ana.typed("quixotic"), "kind": "poison"}, {"kind": "text", "from": "phone:ana", "text": "quixotic"}
    )
    await ana.says("/trigger quixotic")
    await world.wait(timedelta(hours=1))
    await ana.blocks()
    await world.wait(timedelta(hours=8))
    await ana.unblocks()
    await world.arrive(*(ana.typed("quixotic") for _ in range(25)))
    await world.restart()
    told = log.getvalue()
    assert "action=turn_failed" in told, "it did speak"
    assert "action=unreadable" in told
    assert "action=set_aside" in told
    assert "Traceback" not in told
    for word in PLANTED:
        assert word not in told, word
