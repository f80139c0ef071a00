"""Erasing: now, tomorrow or not after all; nothing of it stays, and the receipt still arrives."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, func, select

from bot import erasures
from bot.backup import KEYS_FILE, backup, restore
from bot.chat import Message, NotTaken
from bot.encryption import PersonKey
from bot.engine import sqlite_file
from bot.house import House
from bot.inbox import Update
from bot.people import Address, Person
from bot.store import Base, Store
from tests.phone import A_MOMENT, Someone
from tests.world import World, is_set

HOUR = timedelta(hours=1)
CANARY = "Canary-Zq7"
TYPED = "typed words of a canary Xw3"


async def people(world: World) -> int:
    async with world.store.look() as session:
        return await session.scalar(select(func.count()).select_from(Person)) or 0


async def rows_of_people(world: World) -> dict[str, int]:
    """How many rows stand in each table that belongs to somebody."""
    async with world.store.look() as session:
        tables = [table for table in Base.metadata.tables.values() if "person_id" in table.columns]
        return {table.name: await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


async def lived_in(ana: Someone) -> None:
    await is_set(ana, name=CANARY)
    await ana.says("/checkin")
    await ana.presses("😕 Low")
    await ana.says(TYPED)
    await ana.says("/move")
    await ana.presses("Make a code")


async def test_erase_now_leaves_nothing_but_a_receipt(world: World, ana: Someone) -> None:
    await lived_in(ana)
    await ana.says("/forget")
    assert "This is for good" in ana.sees
    await ana.presses("Erase now")
    assert ana.sees.startswith("Done. Everything that was kept for you here is gone")
    assert ("Backups of whoever runs this" in ana.sees) == world.url.startswith("postgresql")
    assert await people(world) == 0
    assert not any((await rows_of_people(world)).values())
    async with world.store.look() as session:
        kept = (await session.execute(select(Update.sealed_raw, Update.sealed_reply))).all()
    assert {content for row in kept for content in row} == {None}


async def test_erasing_ana_touches_nobody_else(world: World, ana: Someone, ben: Someone) -> None:
    await lived_in(ana)
    await is_set(ben, name="Ben")
    await ana.says("/forget")
    await ana.presses("Erase now")
    await ben.says("/settings")
    assert ben.sees.startswith("Ben · ")


async def test_after_it_everything_begins_anew(world: World, ana: Someone) -> None:
    await lived_in(ana)
    await ana.says("/forget")
    await ana.presses("Erase now")
    await ana.says("/settings")
    assert "I am a program, not a person" in ana.sees


async def test_the_receipt_survives_a_restart(world: World, ana: Someone) -> None:
    await lived_in(ana)

    async def away(address: str, message: Message) -> None:
        raise NotTaken

    await ana.says("/forget")
    tap = ana.tapped("Erase now")
    world.phones.before = away
    await world.arrive(tap)
    assert await people(world) == 0
    assert "Done." not in ana.sees
    world.phones.before = _calm
    await world.restart()
    await world.wait(HOUR)
    assert ana.sees.startswith("Done.")


async def _calm(address: str, message: Message) -> None:
    return


async def test_tomorrow_can_be_taken_back(world: World, ana: Someone) -> None:
    await lived_in(ana)
    await ana.says("/forget")
    await ana.presses("Erase tomorrow, I may change my mind")
    assert "will be erased on 3 March, 12:00" in ana.sees
    await ana.presses("Keep it")
    assert ana.sees == "Everything stays as it is."
    await world.wait(30 * HOUR)
    assert await people(world) == 1
    assert not [text for text in ana.rung if "Something you arranged" in text]


async def test_tomorrow_reminds_once_in_neutral_words_and_then_erases(world: World, ana: Someone) -> None:
    await lived_in(ana)
    await ana.says("/forget")
    await ana.presses("Erase tomorrow, I may change my mind")
    await world.wait(21 * HOUR)
    reminders = [message for message in ana.screen.rung if "Something you arranged" in message.text]
    assert [message.neutral for message in reminders] == [True]
    await ana.presses("Open")
    assert "will be erased on" in ana.sees
    await world.wait(4 * HOUR)
    assert await people(world) == 0
    assert ana.sees.startswith("Done. Everything that was kept")
    assert ana.screen.rung[-1].neutral
    assert len([text for text in ana.rung if "Something you arranged" in text]) == 1


async def copied_while_she_is_leaving(world: World, ana: Someone, folder: Path) -> Path:
    file = sqlite_file(world.url)
    if file is None:
        pytest.skip("a PostgreSQL database is restored by its own tools")
    await lived_in(ana)
    await ana.says("/forget")
    await ana.presses("Erase tomorrow, I may change my mind")
    return backup(file, folder, "2026-03-02.sqlite3")


async def set_back(world: World, saved: Path) -> None:
    """The database is lost, and the copy takes its place."""
    file = sqlite_file(world.url)
    assert file
    await world.close()
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()
    restore(saved, saved.with_name(KEYS_FILE), file)
    world.start()


async def test_who_kept_everything_is_not_erased_by_a_restore(world: World, ana: Someone, tmp_path: Path) -> None:
    saved = await copied_while_she_is_leaving(world, ana, tmp_path / "backups")
    await ana.presses("Keep it")
    await set_back(world, saved)
    await world.sleeps(48 * HOUR)
    await world.wait(HOUR)
    assert await people(world) == 1
    assert [message.neutral for message in ana.screen.rung if "set back" in message.text] == [True]
    await world.wait(48 * HOUR)
    assert await people(world) == 1


async def test_who_still_wants_to_go_after_a_restore_is_asked_anew(world: World, ana: Someone, tmp_path: Path) -> None:
    saved = await copied_while_she_is_leaving(world, ana, tmp_path / "backups")
    await set_back(world, saved)
    await world.wait(23 * HOUR)
    assert not [text for text in ana.rung if "set back" in text or "Something you arranged" in text]
    await world.wait(HOUR)
    assert "Something you arranged is off for now" in ana.rung[-1]
    await ana.presses("Open")
    await ana.presses("Erase now")
    assert await people(world) == 0


async def test_my_data_can_come_first(world: World, ana: Someone) -> None:
    await lived_in(ana)
    await ana.says("/forget")
    await ana.presses("Send me my data first")
    await world.wait(5 * A_MOMENT)
    assert [bubble.message.document.name for bubble in ana.screen.bubbles if bubble.message.document] == [
        "notes.html",
        "notes.csv",
        "notes.json",
    ]
    assert "Erase now" in ana.buttons
    await ana.presses("Erase now")
    assert await people(world) == 0


async def test_there_is_a_pause_instead(world: World, ana: Someone) -> None:
    await lived_in(ana)
    await ana.says("/forget")
    assert "Pause instead" in ana.buttons


async def test_somebody_who_has_blocked_us_is_erased_all_the_same(world: World, ana: Someone) -> None:
    await lived_in(ana)
    await ana.says("/forget")
    await ana.presses("Erase tomorrow, I may change my mind")
    await ana.blocks()
    await world.wait(30 * HOUR)
    assert await people(world) == 0


async def secrets_of(world: World) -> list[bytes]:
    """The canaries, and everything that is sealed for the only person there is: the wrapped key too."""
    found = [CANARY.encode(), TYPED.encode()]
    async with world.store.look() as session:
        found += list(await session.scalars(select(PersonKey.wrapped)))
        for table in Base.metadata.tables.values():
            sealed = [one for one in table.columns if "person_id" in table.columns or table.name == "people"]
            for column in sealed:
                if isinstance(column.type, LargeBinary):
                    found += [value for value in await session.scalars(select(column)) if value]
    return found


@pytest.mark.parametrize("when", ["now", "tomorrow"])
async def test_no_byte_of_it_stays_in_database_log_or_backup(sqlite_url: str, tmp_path: Path, when: str) -> None:
    """Database, write-ahead log and all copies, byte by byte, before and after. The older copy loses the key too."""
    world = World(sqlite_url, tmp_path)
    ana = world.someone("ana")
    database, backups = sqlite_file(sqlite_url), tmp_path / "backups"
    assert database
    house = House(world.store, world.clock, erased=backups / erasures.LIST_FILE, database=database)
    await lived_in(ana)
    await house.back_up()
    secrets = await secrets_of(world)
    assert len(secrets) > 6
    plain = secrets[:2]
    async with world.store.look() as session:
        index = set(await session.scalars(select(Address.blind)))
        key = (await session.scalars(select(PersonKey.wrapped))).one()

    def raw() -> bytes:
        return b"".join(file.read_bytes() for file in sorted(tmp_path.glob("windbreak.sqlite3*")))

    def copied() -> bytes:
        return b"".join(file.read_bytes() for file in backups.iterdir())

    assert any(secret in raw() for secret in secrets), "or this would find nothing afterwards either"
    assert key in copied(), "or this would"
    assert not [secret for secret in plain if secret in raw() + copied()], "never in plain words"
    await ana.says("/forget")
    if when == "now":
        await ana.presses("Erase now")
    else:
        await ana.presses("Erase tomorrow, I may change my mind")
        await world.wait(25 * HOUR)
    await house.agree()  # once a minute
    left = [secret for secret in secrets if secret in raw()]
    assert set(left) <= index, "for 48 h the inbox knows which updates it had, by a keyed hash of where from"
    assert key not in copied(), "nobody can open the older copy any more"
    await world.wait(timedelta(hours=49))
    await house.tidy()
    await house.agree()
    assert not [secret for secret in secrets if secret in raw()]
    for copy in backups.glob("20*"):
        copy.unlink()  # what is sealed in the older one goes with it, after two weeks
    await house.back_up()
    assert not [secret for secret in secrets if secret in copied()]
    await world.close()


async def test_a_copy_is_made_once_a_day_from_four_on(sqlite_url: str, tmp_path: Path) -> None:
    world = World(sqlite_url, tmp_path)
    backups = tmp_path / "backups"
    house = House(world.store, world.clock, erased=backups / erasures.LIST_FILE, database=sqlite_file(sqlite_url))
    await is_set(world.someone("ana"))
    for hours in (0, 1, 14, 2, 1):  # Monday 12:00 and 13:00, Tuesday 3:00, 5:00 and 6:00
        await world.wait(hours * HOUR)
        await house.back_up()
    assert sorted(file.name for file in backups.glob("20*")) == ["2026-03-02.sqlite3", "2026-03-03.sqlite3"]
    await world.close()


async def test_a_restored_database_serves_nobody_before_its_erasures_are_applied(
    database_url: str, tmp_path: Path
) -> None:
    """The database was away when the program started: the list is applied when it opens, not minutes later."""
    world = World(database_url, tmp_path)
    ana, ben = world.someone("ana"), world.someone("ben")
    await is_set(ana, name="Ana")
    await is_set(ben, name="Ben")
    async with world.store.look() as session:
        blind = session.info["keys"].blind(ana.address)
        theirs = (await session.scalars(select(Address.person_id).where(Address.blind == blind))).one()
        made = (await session.get_one(Person, theirs)).created_at
        mark = erasures._mark(session, theirs, made)
    listed = tmp_path / "erasures.txt"
    listed.write_text(f"{mark.hex()}\n")
    await world.store.close()
    again = Store(database_url, world.master, begin=lambda session: erasures.begin(session, listed))
    async with again.look() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 1
        assert await session.get(Person, theirs) is None
    listed.write_text("no list of ours")
    await again.close()
    refusing = Store(database_url, world.master, begin=lambda session: erasures.begin(session, listed))
    with pytest.raises(erasures.BadList):
        await refusing.probe()
    await refusing.close()
