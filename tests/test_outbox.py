"""Promised notifications: never twice, the most urgent first, and each with exactly one end."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox, people
from bot.chat import Lane
from bot.encryption import Master
from bot.outbox import LEASE, Notification, Outcome
from bot.people import Person
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


async def promise(
    store: Store,
    person: Person,
    occurrence: str,
    lane: Lane = Lane.CHECKIN,
    *,
    at: datetime = NOW,
    about: int | None = None,
) -> bool:
    async with store.work() as session:
        return await outbox.post(session, person, "probe", occurrence, lane=lane, due_at=at, about=about)


async def every(session: AsyncSession) -> list[Notification]:
    return list(await session.scalars(select(Notification).order_by(Notification.id)))


async def outcomes(store: Store) -> list[str]:
    async with store.look() as session:
        return [row.outcome for row in await every(session)]


async def test_an_occurrence_is_promised_once(store: Store, ana: Person) -> None:
    assert await promise(store, ana, "2026-03-02")
    assert not await promise(store, ana, "2026-03-02")
    assert await promise(store, ana, "2026-03-03")
    async with store.work() as session:
        outbox.settle((await every(session))[0], Outcome.SENT, NOW)
    assert not await promise(store, ana, "2026-03-02"), "nor again after it was kept"
    assert await outcomes(store) == ["sent", "waiting"]


async def test_the_most_urgent_comes_first_and_of_those_the_longest_waiting(store: Store, ana: Person) -> None:
    await promise(store, ana, "late", Lane.CHECKIN, at=NOW - SECOND)
    await promise(store, ana, "soon", Lane.CHECKIN, at=NOW + SECOND)
    await promise(store, ana, "bulk", Lane.BULK, at=NOW - 9 * SECOND)
    await promise(store, ana, "crisis", Lane.CRISIS, at=NOW)
    await promise(store, ana, "later", Lane.CHECKIN, at=NOW - 2 * SECOND)
    async with store.look() as session:
        names = {row.id: row.occurrence for row in await every(session)}
        assert [names[one] for one in await outbox.ready(session, NOW, tuple(Lane), 9)] == [
            "crisis",
            "later",
            "late",
            "bulk",
        ]
        assert [names[one] for one in await outbox.ready(session, NOW, (Lane.BULK,), 9)] == ["bulk"]
        assert len(await outbox.ready(session, NOW, tuple(Lane), 2)) == 2
        assert await outbox.next_at(session, tuple(Lane), NOW) == NOW + SECOND


async def test_what_has_ended_is_never_ready_or_locked_again(store: Store, ana: Person) -> None:
    for outcome in Outcome:
        await promise(store, ana, outcome)
    async with store.work() as session:
        for row in await every(session):
            row.outcome = row.occurrence
    async with store.work() as session:
        ready = await outbox.ready(session, NOW, tuple(Lane), 99)
        locked = [row.occurrence for row in await every(session) if await outbox.lock(session, [row.id])]
        assert len(ready) == 1
        assert locked == [Outcome.WAITING]


async def test_what_was_on_its_way_when_the_program_ended_is_decided_about_by_lane(store: Store, ana: Person) -> None:
    for lane in Lane:
        await promise(store, ana, lane.name, lane)
    async with store.work() as session:
        for row in await every(session):
            outbox.take_off(row, NOW)
        assert await session.scalar(outbox.abandoned()) == NOW + LEASE
        await outbox.recover(session, NOW + LEASE - SECOND, NOW)
        assert {row.outcome for row in await every(session)} == {Outcome.SENDING}, "a lease that holds is left alone"
        await outbox.recover(session, NOW + LEASE, NOW + LEASE)
    async with store.look() as session:
        found = {row.occurrence: (row.outcome, row.repeat) for row in await every(session)}
    again, unknown = (Outcome.WAITING, True), (Outcome.UNKNOWN, False)
    assert found == {
        "CRISIS": again,
        "ALERT": again,
        "REPLY": unknown,
        "REMINDER": unknown,
        "CHECKIN": unknown,
        "BULK": unknown,
    }


@pytest.mark.parametrize(
    ("outcome", "then"),
    [
        (Outcome.UNKNOWN, Outcome.SENT),
        (Outcome.SENDING, Outcome.SENT),
        (Outcome.SENT, Outcome.SENT),
        (Outcome.EXPIRED, Outcome.EXPIRED),
        (Outcome.UNWANTED, Outcome.UNWANTED),
    ],
)
async def test_a_tap_proves_that_it_arrived(outcome: Outcome, then: Outcome, store: Store, ana: Person) -> None:
    await promise(store, ana, "one", about=42)
    await promise(store, ana, "other", about=43)
    async with store.work() as session:
        for row in await every(session):
            row.outcome = outcome
        await outbox.arrived(session, ana, "probe", 42, NOW)
        await outbox.arrived(session, ana, "another kind", 43, NOW)
    assert await outcomes(store) == [then, outcome]


async def test_a_tap_of_somebody_else_proves_nothing(store: Store, ana: Person) -> None:
    await promise(store, ana, "one", about=42)
    async with store.work() as session:
        (await every(session))[0].outcome = Outcome.UNKNOWN
        cai = await people.meet(session, "phone:cai", "en", NOW)
        await outbox.arrived(session, cai, "probe", 42, NOW)
    assert await outcomes(store) == [Outcome.UNKNOWN]
