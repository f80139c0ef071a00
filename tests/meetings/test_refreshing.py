"""Addresses that are asked every few hours: what one list does costs the others nothing, and is noticed."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.encryption import Master
from bot.meetings.model import Feed
from bot.meetings.refresh import AGAIN, EVERY, entries, refresh
from bot.store import Store
from tests.meetings.zoo import Zoo, answer
from tests.meetings.zoo import tls as tls
from tests.meetings.zoo import zoo as zoo

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Organisers:
    """Two lists on one server: what stands there, and the marks by which it was asked."""

    def __init__(self, zoo: Zoo) -> None:
        zoo.handler = self.serve
        self.fetcher = zoo.fetcher
        self.lists: dict[str, object] = {}
        self.asked: list[tuple[str, bool]] = []
        self.listed = entries(f"{zoo.url}/one {zoo.url}/other#program=NA&zone=Europe/Lisbon")

    async def serve(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        name = request.split()[1].decode().rpartition("/")[2]
        found = self.lists.get(name)
        mark = f'"{hash(json.dumps(found))}"'
        self.asked.append((name, b"If-None-Match" in request))
        if found is None:
            writer.write(answer("500 Oops"))
        elif mark.encode() in request:
            writer.write(answer("304 Not Modified"))
        else:
            writer.write(answer("200 OK", f"ETag: {mark}", body=json.dumps(found).encode()))
        await writer.drain()


@pytest.fixture
def organisers(zoo: Zoo) -> Organisers:
    return Organisers(zoo)


async def nobody(*told: Any) -> None:
    """Whom it tells."""


@pytest.fixture
async def store(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(sqlite_url, Master.create(tmp_path / "key"))
    yield store
    await store.close()


async def feed(store: Store, name: str) -> Feed:
    async with store.look() as session:
        (found,) = (await session.scalars(select(Feed).where(Feed.source.endswith(name)))).all()
    return found


def some(count: int) -> list[dict[str, object]]:
    return [{"slug": f"m{number}", "name": "Light", "day": 1, "time": "07:00"} for number in range(count)]


async def test_each_is_asked_when_its_time_has_come(
    organisers: Organisers, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    organisers.lists["other"] = some(4)
    for now in (NOW, NOW + AGAIN, NOW + EVERY):
        await refresh(store, organisers.listed, now, fetcher=organisers.fetcher, tell=nobody)
    assert organisers.asked == [("one", False), ("other", False), ("one", False), ("one", False), ("other", True)]
    assert len([one for one in caplog.messages if "status-500. action=feed_failed number=1" in one]) == 3
    found = await feed(store, "other")
    assert (found.read_at, found.next_at) == (NOW + EVERY, NOW + 2 * EVERY)
    assert (found.program, found.zone) == ("NA", "Europe/Lisbon")


async def test_a_shrunk_list_is_logged_and_read_whole_until_it_recovers(
    organisers: Organisers, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    for step, (count, marked) in enumerate([(9, False), (2, True), (2, False), (9, False), (9, True)]):
        organisers.lists["other"] = some(count)
        now = NOW + step * EVERY
        await refresh(store, organisers.listed[1:], now, fetcher=organisers.fetcher, tell=nobody)
        assert organisers.asked[-1] == ("other", marked)
        assert (await feed(store, "other")).shrunk_at == (NOW + EVERY if count == 2 else None)
    assert len([one for one in caplog.messages if "action=feed_shrunk number=1" in one]) == 2


async def test_what_is_said_anew_about_a_feed_reads_it_whole(organisers: Organisers, store: Store) -> None:
    organisers.lists["other"] = some(4)
    (other,) = organisers.listed[1:]
    for step, program in enumerate(("NA", "SMART")):
        now = NOW + step * EVERY
        await refresh(store, [replace(other, program=program)], now, fetcher=organisers.fetcher, tell=nobody)
    assert organisers.asked == [("other", False), ("other", False)]
    assert (await feed(store, "other")).program == "SMART"
