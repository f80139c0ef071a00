"""When a message leaves, and what becomes of one that does not arrive."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot import outbox, people
from bot.app import FEATURES
from bot.chat import (
    Ambiguous,
    Button,
    DeliveryError,
    Lane,
    Media,
    Message,
    NotTaken,
    Refused,
    TooFast,
    Unauthorized,
    Unreachable,
)
from bot.feature import Feature, Occasion, Reply, Turn
from tests.phone import Someone
from tests.scenes.looking import the_outcomes
from tests.world import World

MINUTE = timedelta(minutes=1)
Trouble = Callable[[str, Message], Awaitable[None]]


class Bench:
    """A world with a feature that promises and answers whatever a test wants."""

    def __init__(self, url: str, folder: Path) -> None:
        self.unwanted: set[str] = set()
        self.broken: set[str] = set()
        feature = Feature(
            name="probe",
            kinds={"probe": self._compose},
            presses={"twice": self._twice, "old": self._old},
            commands={"twice": "twice", "old": "old"},
            before_consent=("twice", "old"),
        )
        self.world = World(url, folder, features=(*FEATURES, feature))

    async def someone(self, name: str) -> Someone:
        person = self.world.someone(name)
        await person.starts()
        return person

    async def promise(
        self, person: Someone, words: str, lane: Lane = Lane.REMINDER, *, until: timedelta | None = None
    ) -> None:
        """Promise a notification that is due now. Nothing happens yet."""
        now = self.world.clock.now()
        async with self.world.store.work() as session:
            row, _ = await people.lock(session, person.address)
            assert row
            before = now + until if until else None
            assert await outbox.post(session, row, "probe", words, lane=lane, due_at=now, send_before=before)

    async def _compose(self, occasion: Occasion) -> Message | None:
        words = occasion.notification.occurrence
        if words in self.broken:
            raise RuntimeError(words)
        media = Media("voice", "nobody-has-this") if words == "voice" else None
        return None if words in self.unwanted else Message(words, neutral=True, media=media)

    async def _twice(self, turn: Turn) -> Reply:
        return Reply((Message("one"), Message("two", ((Button("Again", "twice"),),))))

    async def _old(self, turn: Turn) -> Reply:
        kept = Media("photo", "nobody-has-this")
        return Reply((Message("old", ((Button("Again", "old"),),), media=kept), Message("next")))


@pytest.fixture
async def bench(database_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(database_url, tmp_path)
    yield bench
    await bench.world.close()


def fails(error: DeliveryError, times: int = 1, of: str = "") -> Trouble:
    """The platform says this so many times, of messages with these words."""
    left = times

    async def trouble(address: str, message: Message) -> None:
        nonlocal left
        if left and of in message.text:
            left -= 1
            raise error

    return trouble


async def test_the_most_urgent_lane_leaves_first(bench: Bench) -> None:
    order: list[str] = []

    async def noted(address: str, message: Message) -> None:
        order.append(message.text)

    everyone = {lane: await bench.someone(lane.name) for lane in reversed(Lane)}
    await bench.world.wait(MINUTE)
    bench.world.phones.after = noted
    for lane, person in everyone.items():
        await bench.promise(person, lane.name, lane)
    await bench.world.settle()
    # replies do not come from the outbox
    assert [name for name in order if name != "REPLY"] == ["CRISIS", "ALERT", "REMINDER", "CHECKIN", "BULK"]


async def test_with_few_tokens_left_background_waits_and_nobody_else(bench: Bench) -> None:
    ana, ben, cai = [await bench.someone(name) for name in ("ana", "ben", "cai")]
    for _ in range(20):
        bench.world.app.delivery.bucket.debit(bench.world.clock.now())
    await bench.promise(ana, "bulk", Lane.BULK)
    await bench.promise(ben, "alert", Lane.ALERT)
    await bench.world.settle()
    assert (ana.sees == "bulk", ben.sees) == (False, "alert")
    await bench.world.arrive(cai.typed("/twice"))
    assert cai.sees == "two"
    await bench.world.wait(timedelta(seconds=1))
    assert ana.sees == "bulk"


async def test_a_parked_chat_waits_and_fifty_others_flow(bench: Bench) -> None:
    ana = await bench.someone("ana")
    others = [await bench.someone(f"other{number}") for number in range(8)]
    bench.world.phones.before = fails(TooFast(MINUTE), of="for ana")
    await bench.promise(ana, "for ana")
    for other in others:
        await bench.promise(other, "for another")
    await bench.world.settle()
    assert all(other.sees == "for another" for other in others)
    assert bench.world.app.delivery.bucket.rate == 28, "one chat that is too fast slows nobody else down"
    await bench.promise(others[0], "for another, after the refusal")
    await bench.world.settle()
    assert others[0].sees == "for another, after the refusal"
    await bench.world.wait(MINUTE - timedelta(seconds=1))
    assert "for ana" not in ana.chat
    await bench.world.wait(timedelta(seconds=2))
    assert ana.sees == "for ana"


@pytest.mark.parametrize(
    ("error", "lane", "outcome", "copies"),
    [
        (NotTaken(), Lane.REMINDER, "sent", 1),
        (NotTaken(), Lane.CRISIS, "sent", 1),
        (TooFast(MINUTE), Lane.BULK, "sent", 1),
        (Refused(), Lane.REMINDER, "refused", 0),
        (Unreachable(), Lane.ALERT, "unreachable", 0),
        (Ambiguous(), Lane.REMINDER, "unknown", 0),
        (Ambiguous(), Lane.CHECKIN, "unknown", 0),
        (Ambiguous(), Lane.BULK, "unknown", 0),
        (Ambiguous(), Lane.ALERT, "sent", 1),
        (Ambiguous(), Lane.CRISIS, "sent", 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, DeliveryError) else str(value),
)
async def test_what_becomes_of_a_notification_that_was_not_taken(
    error: DeliveryError, lane: Lane, outcome: str, copies: int, bench: Bench
) -> None:
    ana = await bench.someone("ana")
    bench.world.phones.before = fails(error, of="probe")
    await bench.promise(ana, "probe", lane)
    await bench.world.wait(10 * MINUTE)
    assert await the_outcomes(bench.world) == [outcome]
    assert ana.rung.count("probe") == copies


@pytest.mark.parametrize(("lane", "copies"), [(Lane.CHECKIN, 1), (Lane.REMINDER, 1), (Lane.ALERT, 2), (Lane.CRISIS, 2)])
async def test_what_was_taken_without_our_hearing_it_is_sent_again_only_where_a_copy_is_worth_it(
    lane: Lane, copies: int, bench: Bench
) -> None:
    ana = await bench.someone("ana")
    bench.world.phones.after = fails(Ambiguous(), of="probe")
    await bench.promise(ana, "probe", lane)
    await bench.world.wait(10 * MINUTE)
    assert ana.rung.count("probe") == copies


async def test_what_came_too_late_to_be_of_use_does_not_come(bench: Bench) -> None:
    ana = await bench.someone("ana")
    bench.world.phones.before = fails(NotTaken(), times=1000, of="probe")
    await bench.promise(ana, "probe", until=30 * MINUTE)
    await bench.world.wait(29 * MINUTE)
    assert await the_outcomes(bench.world) == ["waiting"]
    bench.world.phones.before = fails(NotTaken(), times=0)
    await bench.world.wait(3 * MINUTE)
    assert await the_outcomes(bench.world) in (["sent"], ["expired"])
    await bench.promise(ana, "another", until=30 * MINUTE)
    await bench.world.sleeps(30 * MINUTE)
    assert (await the_outcomes(bench.world))[-1] == "expired"
    assert "another" not in ana.rung


async def test_what_nobody_wants_any_more_is_not_sent(bench: Bench) -> None:
    ana = await bench.someone("ana")
    await bench.promise(ana, "probe")
    bench.unwanted.add("probe")
    await bench.world.settle()
    assert await the_outcomes(bench.world) == ["unwanted"]
    assert "probe" not in ana.rung


async def test_one_that_cannot_be_worded_keeps_no_other_from_leaving(bench: Bench) -> None:
    ana, ben = await bench.someone("ana"), await bench.someone("ben")
    bench.broken.add("broken")
    await bench.promise(ana, "broken")
    await bench.promise(ben, "good")
    await bench.world.settle()
    assert ben.sees == "good"
    assert await the_outcomes(bench.world) == ["waiting", "sent"]
    await bench.world.wait(10 * MINUTE)
    assert await the_outcomes(bench.world) == ["refused", "sent"]


async def test_one_that_can_be_worded_at_last_leaves(bench: Bench) -> None:
    ana = await bench.someone("ana")
    bench.broken.add("probe")
    await bench.promise(ana, "probe")
    await bench.world.wait(MINUTE / 2)
    bench.broken.clear()
    await bench.world.wait(2 * MINUTE)
    assert ana.rung.count("probe") == 1


async def test_a_reply_of_two_messages_comes_in_order_whatever_happens(bench: Bench) -> None:
    ana = await bench.someone("ana")
    bench.world.phones.before = fails(NotTaken(), times=3, of="one")
    await bench.world.arrive(ana.typed("/twice"))
    await bench.world.wait(MINUTE / 2)
    bench.world.phones.before = fails(NotTaken(), times=0)
    await bench.world.wait(2 * MINUTE)
    assert ana.rung[-2:] == ["one", "two"]


async def test_words_come_by_themselves_when_the_platform_lost_what_belongs_to_them(bench: Bench) -> None:
    ana = await bench.someone("ana")
    await bench.world.arrive(ana.typed("/old"))
    await bench.promise(ana, "voice")
    await bench.world.wait(MINUTE)
    lost = "The picture or the sound that belongs here did not come through this time."
    assert {f"old\n\n{lost}", "next", f"voice\n\n{lost}"} <= set(ana.rung)
    assert not [message for message in ana.screen.rung if message.media]
    await ana.presses("Again")
    assert [words.partition("\n")[0] for words in ana.rung].count("old") == 2


@pytest.mark.parametrize(("times", "copies"), [(1, 2), (2, 2), (9, 2)])
async def test_a_reply_that_may_have_been_taken_is_sent_once_more(times: int, copies: int, bench: Bench) -> None:
    ana = await bench.someone("ana")
    bench.world.phones.after = fails(Ambiguous(), times=times, of="one")
    await bench.world.arrive(ana.typed("/twice"))
    await bench.world.wait(MINUTE)
    assert ana.rung.count("one") == copies
    assert ana.rung[-1] == "two", "and then it goes on"


async def test_several_flights_that_end_together_are_each_settled_once(bench: Bench) -> None:
    everyone = [await bench.someone(f"person{number}") for number in range(10)]
    await bench.world.arrive(*(person.typed("/twice") for person in everyone))
    await bench.world.wait(MINUTE)
    for person in everyone:
        assert person.rung[-2:] == ["one", "two"]


async def test_what_is_said_from_memory_needs_no_row_and_is_tried_for_a_minute(bench: Bench) -> None:
    ana = await bench.someone("ana")
    bench.world.phones.before = fails(NotTaken(), times=2, of="said")
    bench.world.app.delivery.say(ana.address, Message("said"))
    await bench.world.wait(MINUTE)
    assert ana.rung.count("said") == 1
    bench.world.phones.before = fails(NotTaken(), times=10_000, of="lost")
    bench.world.app.delivery.say(ana.address, Message("lost"))
    await bench.world.wait(2 * MINUTE)
    bench.world.phones.before = fails(NotTaken(), times=0)
    await bench.world.wait(MINUTE)
    assert "lost" not in ana.rung


async def test_a_token_that_is_not_accepted_any_more_ends_the_loop(bench: Bench) -> None:
    ana = await bench.someone("ana")
    bench.world.phones.before = fails(Unauthorized(), of="probe")
    await bench.promise(ana, "probe")
    with pytest.raises(Unauthorized):
        await bench.world.settle()


async def test_in_one_chat_a_burst_of_three_and_then_one_a_second(bench: Bench) -> None:
    ana = await bench.someone("ana")
    await bench.world.wait(MINUTE)
    for number in range(6):
        await bench.promise(ana, f"probe {number}", Lane.ALERT)
    before = len(ana.rung)
    await bench.world.settle()
    at_once = len(ana.rung) - before
    assert at_once <= 3
    await bench.world.wait(timedelta(seconds=2))
    assert len(ana.rung) - before <= at_once + 2
    await bench.world.wait(timedelta(seconds=8))
    assert len(ana.rung) - before == 6
