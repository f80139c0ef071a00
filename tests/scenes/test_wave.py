"""Thirty people press at once while five thousand check-ins wait: help goes before all of them."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.app import App
from bot.chat import Message, Raw
from bot.content import strategies
from tests.bench.contest import percentile
from tests.bench.population import CHATS, Town, phones, rung, town
from tests.figures import Record
from tests.phone import Phones
from tests.world import MONDAY, StillClock

WAVE, PRESSING = 5000, 30
FIRST = strategies.first().words("en").steps[0]
CHECKIN = "How are you right now?"
OURSELVES = 0.3
"""Seconds of our own time that the first reply may take, the database at hand."""


@pytest.fixture
async def full_house() -> AsyncIterator[Town]:
    """So many members, all asked at this very minute."""
    async with town(WAVE, MONDAY) as found:
        yield found


async def _some_rounds(app: App, clock: StillClock, by: timedelta) -> None:
    """The loop goes on for so long, from one time that it asks for to the next."""
    end = clock.at + by
    while clock.at < end:
        until = await app.step()
        await app.rest()
        clock.at = min(max(until, clock.at + timedelta(milliseconds=20)), end)


def _typed(table: Phones, clock: StillClock, member: int, number: int) -> Raw:
    address = f"telegram:{CHATS + member}"
    return {
        "number": number,
        "kind": "text",
        "from": address,
        "text": "Hard moment",
        "at": clock.now().isoformat(),
        "message_id": f"own-{number}",
    }


@pytest.mark.slow
async def test_thirty_hard_moments_go_before_five_thousand_check_ins(full_house: Town, figures: Record) -> None:
    clock = StillClock(MONDAY)
    table = phones(clock, WAVE)
    async with full_house.served(table, clock) as app:
        await _some_rounds(app, clock, timedelta(seconds=1.5))
        before = rung(table)
        assert 28 < before < WAVE / 10, "the wave is under way"
        order: list[tuple[str, str]] = []
        took: list[float] = []
        began = time.perf_counter()

        async def watch(address: str, message: Message) -> None:
            order.append((address, message.text))
            took.append(time.perf_counter() - began)

        table.after = watch
        # from the far end of the queue: their own check-ins are among the last
        pressing = range(WAVE - PRESSING + 1, WAVE + 1)
        await app.arrive([_typed(table, clock, member, 9000 + member) for member in pressing])
        await app.urgent.rest()
        helped, when = order[:PRESSING], sorted(took[:PRESSING])
        await _some_rounds(app, clock, timedelta(seconds=2))
        assert {address for address, text in helped if FIRST in text} == {f"telegram:{CHATS + one}" for one in pressing}
        assert any(CHECKIN in text for _, text in order[PRESSING:]), "and then the wave goes on"
        assert sum(FIRST in text for _, text in order) == PRESSING, "once each"
        figures(
            f"{PRESSING} at once in a wave of {WAVE:,}: the last was helped {when[-1] * 1000:.0f} ms after all had "
            f"pressed, {before} check-ins had left"
        )


async def test_the_first_reply_takes_us_less_than_300_ms(full_house: Town, figures: Record) -> None:
    clock = StillClock(MONDAY - timedelta(hours=1))
    table = phones(clock, WAVE)
    took: list[float] = []
    async with full_house.served(table, clock) as app:
        for member in range(1, 22):
            began = time.perf_counter()
            await app.arrive([_typed(table, clock, member, 9000 + member)])
            await app.urgent.rest()
            took.append(time.perf_counter() - began)
            assert FIRST in table.screens[f"telegram:{CHATS + member}"].bubbles[-1].message.text
            await _some_rounds(app, clock, timedelta(seconds=1))
    middle, worst = percentile(took, 0.5), percentile(took, 0.95)
    assert worst < OURSELVES
    figures(
        f"a hard moment, from the press to the card handed over: p50 {middle * 1000:.1f} ms, p95 {worst * 1000:.1f} ms"
    )
