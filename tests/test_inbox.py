"""Updates as they arrive: each once, each sender in order, and nothing left of them but a key."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import inbox
from bot.chat import Lane, Media, Message
from bot.encryption import Master
from bot.inbox import Answer, Arrival, State, Update
from bot.store import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BOT = "phone:1"
SECOND = timedelta(seconds=1)
REPLY = Answer("phone:ana", "en", (Message("Noted"), Message("More")), press="checkin:1", message_id="7", caused_at=NOW)


@pytest.fixture
async def store(database_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(database_url, Master.create(tmp_path / "key"))
    yield store
    await store.close()


def arrival(number: int, who: str = "phone:ana") -> Arrival:
    return Arrival(number, who, {"number": number, "text": "quixotic"})


async def arrive(store: Store, *arrivals: Arrival, now: datetime = NOW) -> None:
    async with store.work() as session:
        await inbox.write(session, BOT, arrivals, now)


async def every(session: AsyncSession) -> list[Update]:
    return list(await session.scalars(select(Update).order_by(Update.id)))


async def numbers(
    store: Store, now: datetime = NOW, state: State = State.OPEN, busy: frozenset[bytes] = frozenset()
) -> list[int]:
    """The numbers of what is ready, in order."""
    async with store.look() as session:
        return [row.number for row in await inbox.ready(session, state, now, 100, busy)]


async def test_an_update_is_kept_once_however_often_it_comes(store: Store) -> None:
    await arrive(store, arrival(1), arrival(1), arrival(2))
    await arrive(store, arrival(2), arrival(3), now=NOW + SECOND)
    async with store.look() as session:
        assert [(row.number, row.received_at) for row in await every(session)] == [
            (1, NOW),
            (2, NOW),
            (3, NOW + SECOND),
        ]


async def test_the_same_number_of_another_bot_is_another_update(store: Store) -> None:
    await arrive(store, arrival(1))
    async with store.work() as session:
        await inbox.write(session, "phone:2", [arrival(1)], NOW)
        assert len(await every(session)) == 2


async def test_an_update_was_had_only_if_it_came_before_this_arrival(store: Store) -> None:
    await arrive(store, arrival(1))
    async with store.look() as session:
        assert not await inbox.had(session, BOT, 1, NOW)
        assert await inbox.had(session, BOT, 1, NOW + SECOND)
        assert not await inbox.had(session, BOT, 2, NOW + SECOND)
        assert not await inbox.had(session, "phone:2", 1, NOW + SECOND)


async def test_each_sender_has_one_ready_the_oldest(store: Store) -> None:
    await arrive(store, arrival(5), arrival(3), arrival(4, "phone:ben"), arrival(9, ""), arrival(8, "phone:ben"))
    assert await numbers(store) == [5, 4, 9], "by when they came, whatever their numbers"


async def test_whoever_is_busy_is_passed_over(store: Store) -> None:
    await arrive(store, arrival(1), arrival(2, "phone:ben"))
    async with store.look() as session:
        ana = (await every(session))[0].sender
    assert await numbers(store, busy=frozenset({ana})) == [2]


async def test_what_waits_for_its_time_holds_back_the_same_sender_and_nobody_else(store: Store) -> None:
    await arrive(store, arrival(1), arrival(2), arrival(3, "phone:ben"))
    async with store.work() as session:
        (await every(session))[0].next_at = NOW + 5 * SECOND
    assert await numbers(store) == [3]
    async with store.look() as session:
        assert await inbox.next_at(session, State.OPEN, NOW) == NOW + 5 * SECOND
    assert await numbers(store, NOW + 5 * SECOND) == [1, 3]


async def test_a_reply_keeps_every_byte_of_what_comes_with_it(store: Store) -> None:
    whole = bytes(range(256)) * 3
    reply = Answer("phone:ana", "en", (Message("A", media=Media("photo", content=whole)),))
    await arrive(store, arrival(1))
    async with store.work() as session:
        inbox.answer(session, (await every(session))[0], reply, NOW)
    async with store.look() as session:
        assert inbox.reply_of(session, (await every(session))[0]) == reply


async def test_replies_of_the_urgent_lane_leave_first(store: Store) -> None:
    await arrive(store, arrival(1), arrival(2, "phone:ben"))
    async with store.work() as session:
        one, other = await every(session)
        inbox.answer(session, one, REPLY, NOW)
        inbox.answer(session, other, REPLY, NOW, Lane.CRISIS)
    assert await numbers(store, state=State.ANSWERED) == [2, 1]


async def test_the_content_is_sealed_and_opens_again(store: Store) -> None:
    await arrive(store, arrival(1))
    async with store.work() as session:
        [row] = await every(session)
        assert b"quixotic" not in (row.sealed_raw or b"")
        assert b"ana" not in row.sender
        assert inbox.raw(session, row) == {"number": 1, "text": "quixotic"}
        inbox.answer(session, row, REPLY, NOW)
        assert b"Noted" not in (row.sealed_reply or b"")
    async with store.look() as session:
        [row] = await every(session)
        assert inbox.reply_of(session, row) == REPLY


async def test_with_its_reply_gone_only_the_key_is_left(store: Store) -> None:
    await arrive(store, arrival(1), arrival(2), arrival(3))
    async with store.work() as session:
        one, two, three = await every(session)
        inbox.answer(session, one, None, NOW)
        inbox.answer(session, two, Answer("phone:ana", "en", ()), NOW)
        inbox.answer(session, three, REPLY, NOW)
        assert [row.state for row in (one, two, three)] == [State.DONE, State.DONE, State.ANSWERED]
        inbox.done(three)
        for row in (one, two, three):
            assert (row.state, row.sealed_raw, row.sealed_reply) == (State.DONE, None, None)


async def test_a_row_is_locked_only_in_the_state_that_one_thinks_it_is_in(store: Store) -> None:
    await arrive(store, arrival(1))
    async with store.work() as session:
        [row] = await every(session)
        assert await inbox.lock(session, row.id, State.OPEN) is row
        assert await inbox.lock(session, row.id, State.ANSWERED, State.HELD) is None
        assert await inbox.lock(session, row.id + 1, State.OPEN) is None


async def test_three_tries_at_once_after_a_second_and_after_five(store: Store) -> None:
    await arrive(store, arrival(1))
    async with store.work() as session:
        [row] = await every(session)
        assert inbox.failed(row, NOW)
        assert row.next_at == NOW + SECOND
        assert inbox.failed(row, NOW + SECOND)
        assert row.next_at == NOW + 6 * SECOND
        assert not inbox.failed(row, NOW + 6 * SECOND)
        assert inbox.exhausted(row)


async def test_after_a_start_what_is_open_is_handled_with_care(store: Store) -> None:
    await arrive(store, arrival(1), arrival(2, "phone:ben"))
    async with store.work() as session:
        one, other = await every(session)
        inbox.answer(session, other, REPLY, NOW + timedelta(minutes=1))
        other.tries = 2
    async with store.work() as session:
        await inbox.recover(session, NOW + SECOND)
    async with store.look() as session:
        one, other = await every(session)
        assert one.careful
        assert not other.careful
        assert (other.tries, other.next_at) == (0, NOW + SECOND)


async def test_more_than_twenty_of_one_sender_are_told_of_once_and_dropped(store: Store) -> None:
    await arrive(
        store, *(arrival(number) for number in range(25)), *(arrival(100 + number, "phone:ben") for number in range(3))
    )
    async with store.look() as session:
        rows = [row for row in await every(session) if row.number < 100]
        assert [row.state for row in rows] == [State.OPEN] * 21 + [State.DONE] * 4
        assert [row.crowded for row in rows].index(True) == 20
        assert sum(row.crowded for row in rows) == 1
        assert [row.sealed_raw for row in rows[21:]] == [None] * 4
        assert all(row.state == State.OPEN for row in await every(session) if row.number >= 100)
    await arrive(store, *(arrival(number) for number in range(30, 40)))
    async with store.look() as session:
        assert sum(row.crowded for row in await every(session)) == 1, "not told again while they wait"


async def test_updates_without_a_sender_are_no_crowd(store: Store) -> None:
    await arrive(store, *(arrival(number, "") for number in range(30)))
    async with store.look() as session:
        assert {row.state for row in await every(session)} == {State.OPEN}


@pytest.mark.parametrize(
    ("state", "kept"),
    [
        (State.DONE, timedelta(hours=48)),
        (State.HELD, timedelta(hours=48)),
        (State.ANSWERED, timedelta(hours=48)),
        (State.ASIDE, timedelta(days=14)),
        (State.OPEN, None),
    ],
)
async def test_how_long_a_row_is_kept(state: State, kept: timedelta | None, store: Store) -> None:
    await arrive(store, arrival(1))
    async with store.work() as session:
        (await every(session))[0].state = state
    for after, left in ((kept or timedelta(days=300), 1), ((kept or timedelta(days=300)) + SECOND, 0 if kept else 1)):
        async with store.work() as session:
            await inbox.forget(session, NOW + after, 100)
            assert len(await every(session)) == left
