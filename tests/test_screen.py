"""What stands on a person's screen, for as long as anybody could tidy it away."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import people, screen
from bot.chat import Message
from bot.encryption import Master
from bot.people import Person
from bot.screen import KEPT, Shown
from bot.store import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def store(database_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(database_url, Master.create(tmp_path / "key"))
    yield store
    await store.close()


@pytest.fixture
async def ana(store: Store) -> Person:
    async with store.work() as session:
        return await people.meet(session, "phone:ana", "en", NOW)


async def every(session: AsyncSession) -> list[tuple[str, str, bool, bool]]:
    rows = await session.scalars(select(Shown).order_by(Shown.id))
    return [(row.message_id, row.slot, row.ours, row.sensitive) for row in rows]


async def test_what_we_show_takes_its_place_and_an_edit_keeps_it(store: Store, ana: Person) -> None:
    async with store.work() as session:
        await screen.ours(session, ana.id, "7", Message("How?", slot="checkin:42", sensitive=True), NOW)
        await screen.ours(session, ana.id, "8", Message("Here.", slot="help"), NOW)
        await screen.ours(session, ana.id, "7", Message("Noted.", slot="late:1"), NOW + SECOND)
        assert await every(session) == [("7", "late:1", True, False), ("8", "help", True, False)]


async def test_their_own_words_are_sensitive_and_noted_once(store: Store, ana: Person) -> None:
    async with store.work() as session:
        for _ in range(2):
            await screen.theirs(session, ana.id, "9", NOW)
        await screen.theirs(session, ana.id, "", NOW)
        assert await every(session) == [("9", "", False, True)]


async def test_the_same_number_on_two_screens_is_two_messages(store: Store, ana: Person) -> None:
    async with store.work() as session:
        cai = await people.meet(session, "phone:cai", "en", NOW)
        await screen.ours(session, ana.id, "7", Message("For Ana", slot="a"), NOW)
        await screen.ours(session, cai.id, "7", Message("For Cai", slot="c"), NOW)
        assert [slot for _, slot, _, _ in await every(session)] == ["a", "c"]


async def test_after_48_hours_it_is_forgotten(store: Store, ana: Person) -> None:
    async with store.work() as session:
        await screen.ours(session, ana.id, "7", Message("Old"), NOW)
        await screen.theirs(session, ana.id, "8", NOW + SECOND)
        await screen.forget(session, NOW + KEPT, 100)
        assert len(await every(session)) == 2
        await screen.forget(session, NOW + KEPT + SECOND, 100)
        assert [message_id for message_id, *_ in await every(session)] == ["8"]


@pytest.mark.parametrize(
    ("slot", "press", "edits"),
    [
        ("checkin:42", "checkin:42:mood:low", True),
        ("checkin:42", "checkin:42:again", True),
        ("checkin:42", "checkin:42", False),
        ("checkin:42", "checkin", False),
        ("checkin:42", "checkin:421:mood:low", False),
        ("checkin:4", "checkin:42:mood:low", False),
        ("hard", "hard:delay", True),
        ("hard", "hard", False),
        ("help", "helpful:x", False),
        ("late:7", "late:7:open", True),
        ("", "welcome:more", False),
        ("", "", False),
    ],
)
def test_an_answer_goes_where_its_button_is_and_anything_else_to_the_bottom(slot: str, press: str, edits: bool) -> None:
    assert screen.edits(slot, press) is edits
