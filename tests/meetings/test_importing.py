"""A feed is taken in: whole or not at all, the same twice is once, and what changes is told."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.encryption import Master
from bot.meetings import rows
from bot.meetings.feeds.source import BadFeed
from bot.meetings.fetch import Fetcher
from bot.meetings.importing import Before, Report
from bot.meetings.model import Feed, Meeting
from bot.meetings.refresh import BadEntry, Entry, entries, import_feed, said
from bot.meetings.search import GRACE
from bot.store import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
LATER = NOW + timedelta(hours=4)
SAMPLES = Path(__file__).parents[3] / "shared/data/meetings"

MORNING: dict[str, Any] = {
    "slug": "morning-light",
    "name": "Morning Light",
    "day": 1,
    "time": "07:00",
    "timezone": "America/New_York",
    "formatted_address": "1 Example St",
    "types": ["O"],
}
EVENING = MORNING | {"slug": "evening-light", "name": "Evening Light", "time": "19:00"}


class Told:
    """Whoever follows meetings, and what they were told."""

    def __init__(self) -> None:
        self.before: dict[int, Before] = {}

    async def __call__(self, session: AsyncSession, before: Mapping[int, Before], now: datetime) -> None:
        self.before |= before


@pytest.fixture
async def store(database_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(database_url, Master.create(tmp_path / "key"))
    yield store
    await store.close()


@pytest.fixture
def told() -> Told:
    return Told()


class Organiser:
    """Keeps one feed in a file."""

    def __init__(self, store: Store, path: Path, told: Told) -> None:
        self._store, self._path, self._told = store, path, told

    async def lists(self, *rows: object, now: datetime = NOW, **entry: Any) -> Report:
        self._path.write_text(json.dumps(rows))
        return await self.reads(now=now, **entry)

    async def reads(self, now: datetime = NOW, **entry: Any) -> Report:
        named = Entry(str(entry.pop("path", self._path)), **entry)
        report = await import_feed(self._store, named, now, fetcher=Fetcher("test"), tell=self._told)
        assert report is not None
        return report

    async def meetings(self) -> dict[str, Meeting]:
        async with self._store.look() as session:
            return {str(one.key): one for one in await session.scalars(select(Meeting))}


@pytest.fixture
def organiser(store: Store, tmp_path: Path, told: Told) -> Organiser:
    return Organiser(store, tmp_path / "feed.json", told)


async def test_a_meeting_is_kept_with_its_next_start(organiser: Organiser) -> None:
    report = await organiser.lists(MORNING)
    assert (report.read, report.kept, report.skipped, report.new) == (1, 1, 0, 1)
    one = (await organiser.meetings())["morning-light"]
    assert one.next_start == NOW
    assert one.tags == " open "


async def test_the_same_feed_twice_changes_nothing(organiser: Organiser, told: Told) -> None:
    await organiser.lists(MORNING, EVENING)
    again = await organiser.lists(MORNING, EVENING, now=LATER)
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert {one.seen_at for one in (await organiser.meetings()).values()} == {LATER}
    assert not told.before


async def test_while_one_can_still_join_it_stays_on_whatever_the_feed_changes(organiser: Organiser) -> None:
    for minutes, start in ((14, NOW), (15, datetime(2026, 3, 9, 11, tzinfo=UTC))):  # over a change of clocks
        await organiser.lists(MORNING | {"notes": f"{minutes}"}, now=NOW + timedelta(minutes=minutes))
        assert (await organiser.meetings())["morning-light"].next_start == start


async def test_what_changes_is_changed_and_told_with_what_it_was(organiser: Organiser, told: Told) -> None:
    await organiser.lists(MORNING, EVENING)
    report = await organiser.lists(MORNING | {"time": "07:30"}, EVENING | {"notes": "Ring twice"}, now=LATER)
    assert (report.new, report.changed, report.gone) == (0, 2, 0)
    found = await organiser.meetings()
    assert found["morning-light"].next_start == datetime(2026, 3, 9, 11, 30, tzinfo=UTC)
    assert found["evening-light"].notes == "Ring twice"
    (before,) = told.before.values()  # a note is nothing that anybody has to be told of
    assert f"{before['at']:%H:%M}" == "07:00"


async def test_what_is_not_listed_any_more_is_gone_and_comes_back_under_its_number(
    organiser: Organiser, told: Told
) -> None:
    await organiser.lists(MORNING, EVENING)
    number = (await organiser.meetings())["evening-light"].id
    report = await organiser.lists(MORNING, now=LATER)
    gone = (await organiser.meetings())["evening-light"]
    assert report.gone == 1
    assert (gone.gone_at, gone.next_start) == (LATER, None)
    assert set(told.before) == {number}
    report = await organiser.lists(MORNING, EVENING, now=LATER + timedelta(hours=4))
    back = (await organiser.meetings())["evening-light"]
    assert (report.changed, back.id, back.gone_at) == (1, number, None)
    assert back.next_start is not None


async def test_a_feed_that_shrinks_by_more_than_half_takes_nothing_away_for_two_weeks(
    organiser: Organiser, store: Store, told: Told
) -> None:
    many = [MORNING | {"slug": f"m{number}"} for number in range(9)]
    await organiser.lists(*many)
    days = [LATER + timedelta(days=number) for number in range(16)]
    for day in days[:14]:
        report = await organiser.lists(*many[:4], now=day)
        assert report.shrunk
        assert (await in_doubt(store, day)) == {f"m{number}": NOW for number in range(4, 9)}
    assert any("stays, in doubt, for 14 days" in line for line in said(report))
    assert not told.before
    assert all(one.gone_at is None for one in (await organiser.meetings()).values())
    report = await organiser.lists(*many[:4], now=days[14])
    assert (report.shrunk, report.gone, len(told.before)) == (False, 5, 5)
    assert not await in_doubt(store, days[14])


async def test_a_feed_that_recovers_leaves_no_doubt_and_may_shrink_again(organiser: Organiser, store: Store) -> None:
    many = [MORNING | {"slug": f"m{number}"} for number in range(9)]
    later = [LATER + timedelta(days=20 * number) for number in range(3)]  # nobody read it in between
    await organiser.lists(*many)
    assert (await organiser.lists(many[0], now=later[0])).shrunk
    await organiser.lists(*many, now=later[1])
    assert not await in_doubt(store, later[1])
    assert (await organiser.lists(many[0], now=later[2])).shrunk
    assert len(await in_doubt(store, later[2])) == 8


async def test_a_list_that_nobody_reads_puts_all_of_it_in_doubt(organiser: Organiser, store: Store) -> None:
    await organiser.lists(MORNING, EVENING)
    assert not await in_doubt(store, NOW + rows.SILENT - timedelta(minutes=1))
    assert set((await in_doubt(store, NOW + rows.SILENT)).values()) == {NOW}


async def in_doubt(store: Store, now: datetime) -> dict[str, datetime]:
    """Meetings that their list does not confirm, and since when."""
    async with store.look() as session:
        every = (await session.scalars(select(Meeting))).all()
        return {str(one.key): since for one in every if (since := await rows.doubted_since(session, one, now))}


@pytest.mark.parametrize("half", [b'[{"slug": "a", "name": "b"}, {"slug', b"[]", b"[1, 2]", b"{}", b"<html>"])
async def test_a_half_read_feed_changes_nothing(organiser: Organiser, tmp_path: Path, half: bytes) -> None:
    await organiser.lists(MORNING, EVENING)
    before = {key: (one.digest, one.seen_at, one.gone_at) for key, one in (await organiser.meetings()).items()}
    (tmp_path / "feed.json").write_bytes(half)
    with pytest.raises(BadFeed):
        await organiser.reads(now=LATER)
    after = {key: (one.digest, one.seen_at, one.gone_at) for key, one in (await organiser.meetings()).items()}
    assert after == before


async def test_a_key_that_stands_twice_is_kept_once(organiser: Organiser) -> None:
    report = await organiser.lists(MORNING, EVENING, MORNING)
    assert (report.kept, report.reasons) == (2, {"duplicate": 1})
    assert report.named["duplicate"] == ["3 morning-light"]


async def test_whose_clock_counts(organiser: Organiser) -> None:
    nowhere = {"timezone": "", "formatted_address": ""}
    await organiser.lists(
        MORNING | {"slug": "own", "timezone": "Europe/Kiev", "latitude": 40.7, "longitude": -74.0},
        MORNING | nowhere | {"slug": "place", "latitude": "34.05", "longitude": "-118.24"},
        MORNING | nowhere | {"slug": "town", "city": "Tupelo", "state": "MS"},
        MORNING | nowhere | {"slug": "feed"},
        zone="Europe/Lisbon",
    )
    found = {key: one.zone for key, one in (await organiser.meetings()).items()}
    assert found == {
        "own": "Europe/Kiev",
        "place": "America/Los_Angeles",
        "town": "America/Chicago",
        "feed": "Europe/Lisbon",
    }


async def test_without_any_clock_it_is_listed_and_not_remindable(organiser: Organiser) -> None:
    report = await organiser.lists(MORNING | {"timezone": "", "formatted_address": ""})
    one = (await organiser.meetings())["morning-light"]
    assert (one.zone, one.next_start) == (None, None)
    assert report.remarks == {"no-zone": 1, "not-remindable": 1}


async def test_two_feeds_do_not_meddle_with_each_other(organiser: Organiser, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps([MORNING | {"slug": "theirs"}]))
    await organiser.lists(MORNING)
    await organiser.reads(path=other)
    await organiser.lists(MORNING, now=LATER)
    assert all(one.gone_at is None for one in (await organiser.meetings()).values())


async def test_new_york_is_taken_in_with_the_zone_of_its_places(organiser: Organiser, store: Store) -> None:
    path = SAMPLES / "bmlt-gnyr-sample-getsearchresults.json"
    if not path.exists():
        pytest.skip("the sample feeds do not lie beside the repository")
    report = await organiser.reads(path=path, formats=SAMPLES / "bmlt-formats-all-languages.json")
    assert said(report)[:2] == ["read 1555, kept 1513, skipped 42", "new 1513, changed 0, gone 0"]
    assert report.reasons == {"not-published": 42}
    found = (await organiser.meetings()).values()
    # six stand on a border, nearer to a city of the other side
    assert {one.zone for one in found} == {"America/New_York"}
    assert {one.country for one in found} == {"US"}
    assert all(one.next_start and one.next_start > NOW - GRACE for one in found)
    again = await organiser.reads(path=path, formats=SAMPLES / "bmlt-formats-all-languages.json", now=LATER)
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    async with store.look() as session:
        (feed,) = (await session.scalars(select(Feed))).all()
    assert feed.read_at == LATER


TAKEN_IN: dict[str, tuple[dict[str, Any], int, dict[str, int], int, int]] = {
    # what is said beside it; rows; what is odd about how many; zones; how many have a next time
    "bmlt-yap-meeting-search-42.867970-day2.json": ({}, 53, {"zone-of-place": 53}, 1, 53),
    "c4r-pdf-fixture.json": (
        {"zone": "America/Chicago"},
        25,
        {"zone-of-place": 4, "zone-of-feed": 21},
        1,
        23,
    ),  # two are closed for now
    "oiaa-central-query-meetings.json": ({}, 160, {"no-time": 10, "no-zone": 1, "not-remindable": 1}, 22, 149),
}
NO_FEEDS = {
    "bmlt-formats-all-languages.json",
    "bmlt-yap-formats.json",
    "bmlt-yap-server-info.json",
    "bmlt-yap-service-bodies.json",
    "meeting-guide-types.json",
}


async def test_every_other_sample_is_taken_in_with_its_exact_counts(organiser: Organiser, store: Store) -> None:
    if not SAMPLES.exists():
        pytest.skip("the sample feeds do not lie beside the repository")
    for name, (beside, count, remarks, zones, timed) in TAKEN_IN.items():
        report = await organiser.reads(path=SAMPLES / name, **beside)
        assert said(report)[:2] == [f"read {count}, kept {count}, skipped 0", f"new {count}, changed 0, gone 0"]
        assert report.remarks == remarks
        async with store.look() as session:
            mine = select(Meeting).join(Feed, Feed.id == Meeting.feed_id).where(Feed.source == str(SAMPLES / name))
            found = (await session.scalars(mine)).all()
        assert len({one.zone for one in found} - {None}) == zones
        assert sum(one.next_start is not None for one in found) == timed
    for name in NO_FEEDS:
        with pytest.raises(BadFeed, match="empty"):
            await organiser.reads(path=SAMPLES / name)
    new_york = {"bmlt-gnyr-sample-getsearchresults.json"}
    assert {one.name for one in SAMPLES.glob("*.json")} == TAKEN_IN.keys() | NO_FEEDS | new_york


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("http://example.org/feed", "no https address"),
        ("/etc/passwd", "no https address"),
        ("https://example.org/feed#zone=Mars/Base", "no time zone"),
        ("https://example.org/feed#program=" + "N" * 17, "short name"),
        ("https://example.org/feed#colour=red", "only program and zone"),
    ],
)
def test_what_names_no_feed_is_refused_in_one_line(written: str, wrong: str) -> None:
    with pytest.raises(BadEntry, match=wrong):
        entries(written)


def test_feeds_are_named_with_what_else_is_to_be_known() -> None:
    assert entries("https://a.example/x#program=NA&zone=America/New_York  https://b.example/") == (
        Entry("https://a.example/x", "NA", "America/New_York"),
        Entry("https://b.example/"),
    )
