"""The clock that moves through the time in between, the promises beside it, and the story of the demo people."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.clock import RealClock, zone
from bot.sandbox.clock import LivedClock
from bot.settings import Settings
from bot.tryout import try_out
from tests.sandbox.conftest import heard

Json = dict[str, Any]
LISBON = zone("Europe/Lisbon")
FORTNIGHT_AFTER_A_FOLD = date(2026, 11, 8)

PATIENCE = 120
"""Seconds of real time until a journey of weeks counts as stuck."""


@asynccontextmanager
async def tried_out(folder: Path, *, demo: bool = False) -> AsyncIterator[httpx.AsyncClient]:
    """What `windbreak run` gives without a token, from its first line to its end."""
    open_at: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def say(line: str) -> None:
        if line.startswith("http"):
            open_at.set_result(line)

    running = asyncio.create_task(try_out(Settings(data_dir=folder), say, demo=demo))
    either: set[asyncio.Future[Any]] = {running, open_at}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
    try:
        async with httpx.AsyncClient(base_url=await open_at, trust_env=False, timeout=PATIENCE) as http:
            yield http
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def screen(http: httpx.AsyncClient, person: Json) -> Json:
    shown: Json = (await http.get(f"/people/{person['id']}/screen")).json()
    return shown


async def travel(http: httpx.AsyncClient, **body: object) -> None:
    """Move the clock, and wait until the bot has lived through it."""
    moved = await http.post("/clock", json=body)
    assert moved.status_code == 200, moved.text
    async with asyncio.timeout(PATIENCE), http.stream("GET", "/events") as events:
        async for name, told in heard(events):
            if name == "clock" and not told["moving"]:
                return


async def is_set(http: httpx.AsyncClient, person: Json) -> None:
    path = f"/people/{person['id']}"
    await http.post(f"{path}/start")
    for act, what in (
        ("tap", {"label": "I am 18 or over and agree"}),
        ("tap", {"label": "Do the rest for me"}),
        ("say", {"text": "Lisbon"}),
        ("tap", {"label": "Yes"}),
    ):
        await travel(http, advance=3)
        done = await http.post(f"{path}/{act}", json=what)
        assert done.status_code == 200, done.text
    await travel(http, advance=10)


async def test_two_days_are_lived_through_and_not_slept_through(tmp_path: Path) -> None:
    async with tried_out(tmp_path) as http:
        ana, *_ = (await http.post("/cast")).json()
        await is_set(http, ana)
        await travel(http, due=True)
        assert (await http.get("/clock")).json()["now"][14:16] == "00", "on the hour, and no earlier"
        await travel(http, advance=2 * 86400)
        arrived = [one for one in (await screen(http, ana))["messages"] if one["first"].startswith("Your evening note")]
        times = [datetime.fromisoformat(one["time"]) for one in arrived]
        assert len(times) == 3, "one an evening, where a machine that slept would have sent one in all"
        assert {(at.hour, at.minute) for at in times} == {(times[0].hour, 0)}
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert all(abs(gap - timedelta(days=1)) < timedelta(seconds=5) for gap in gaps)


async def test_promises_have_a_kind_and_a_time_and_nobodys_name(tmp_path: Path) -> None:
    async with tried_out(tmp_path) as http:
        ana, *_ = (await http.post("/cast")).json()
        assert (await http.post("/clock", json={"due": True})).status_code == 409, "nothing is promised yet"
        await is_set(http, ana)
        planned = [one for one in await promised(http) if one["open"]]
        assert {"kind": "checkins", "lane": "", "state": "planned"}.items() <= planned[0].items()
        await travel(http, due=True)
        sent = next(one for one in await promised(http) if one["kind"] == "checkin")
        assert (sent["lane"], sent["state"], sent["open"]) == ("checkin", "sent", False)
        assert sent["due"] == planned[0]["due"]
        assert set(sent) == {"kind", "lane", "due", "state", "open"}


async def promised(http: httpx.AsyncClient) -> list[Json]:
    """What the panel is told first."""
    async with asyncio.timeout(PATIENCE), http.stream("GET", "/events") as events:
        found: list[list[Json]] = [told["all"] async for name, told in first(5, heard(events)) if name == "promises"]
    return found[0]


async def first(most: int, told: AsyncIterator[tuple[str, Json]]) -> AsyncIterator[tuple[str, Json]]:
    for _ in range(most):
        yield await anext(told)


@pytest.mark.parametrize("hour", [time(12), time(19, 6), time(20, 10)], ids=str)
async def test_the_demo_ends_now_with_people_at_three_points_of_the_way(
    hour: time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while an evening's note is unanswered, and when a clock went back in these two weeks."""
    ahead = datetime.combine(FORTNIGHT_AFTER_A_FOLD, hour, LISBON) - datetime.now(UTC)
    monkeypatch.setattr(RealClock, "now", lambda _: datetime.now(UTC) + ahead)
    async with tried_out(tmp_path, demo=True) as http:
        ana, ben, cai = (await http.post("/cast")).json()
        hers = (await screen(http, ana))["messages"]
        days = {one["time"][:10] for one in hers}
        assert len(days) >= 14
        assert sum("Noted:" in one["text"] for one in hers) >= 12, "she answers nearly every evening"
        assert (await screen(http, ana))["keyboard"] == (await screen(http, ben))["keyboard"] != []
        assert len({one["time"][:10] for one in (await screen(http, ben))["messages"]}) == 1
        assert not (await screen(http, cai))["started"]
        now = datetime.fromisoformat((await http.get("/clock")).json()["now"])
        assert abs(now - RealClock().now()) < timedelta(minutes=2)


async def test_a_journey_waits_for_what_is_under_way() -> None:
    """A loop that asks for minute 5, and whose round there is only over when something slow has landed."""
    clock, woken, landed = LivedClock(), asyncio.Event(), asyncio.Event()
    began = clock.now()
    clock.follow(woken.set)
    clock.settle = landed.wait  # type: ignore[assignment]  # what it gives back is nobody's concern

    async def loop() -> None:
        while True:
            woken.clear()
            await clock.wait(woken, began + timedelta(minutes=5) * (1 + (clock.now() - began) // timedelta(minutes=5)))

    looping = asyncio.create_task(loop())
    journey = asyncio.create_task(clock.live(timedelta(minutes=12)))
    for _ in range(20):
        await asyncio.sleep(0)
    assert clock.moving
    assert clock.now() - began < timedelta(minutes=1), "nothing moves while something is under way"
    landed.set()
    await asyncio.wait_for(journey, PATIENCE)
    assert timedelta(minutes=12) <= clock.now() - began < timedelta(minutes=13)
    assert not clock.moving
    looping.cancel()
    with suppress(asyncio.CancelledError):
        await looping


def test_a_clock_can_begin_in_the_past() -> None:
    before = datetime.now(UTC) - timedelta(days=14)
    assert abs(LivedClock(timedelta(days=14)).now() - before) < timedelta(seconds=5)
