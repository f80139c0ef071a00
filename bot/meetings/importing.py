"""Taking a feed in: all of it is read before anything changes, and what changes does so a few hundred rows at a time.

A feed is read twice. The first reading proves that it can be read to its end and holds meetings at all; only the
second one writes, in short units of work, so that nobody's turn waits for a hundred thousand meetings.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import tzdata
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.meetings.feeds.source import Source
from bot.meetings.listing import Listing, Remarked, Row, Skipped
from bot.meetings.model import Feed, ListedTag, Meeting
from bot.meetings.recurrence import following
from bot.meetings.search import GRACE
from bot.meetings.whereabouts import place_of
from bot.store import Store

AT_ONCE = 1_000
"""Rows in one unit of work."""

SHRUNK = 0.5
"""A feed that lists less than this part of what it listed before is believed in what it says, not in what it omits."""

BELIEVED = timedelta(days=14)
"""When it has listed as little for so long, it is believed in that too: accidents are mended sooner."""

NAMED_MOST = 20
"""Rows that the report names for each reason."""

Before = Mapping[str, Any]
"""What a meeting was, by column, before its feed changed it."""

Tell = Callable[[AsyncSession, Mapping[int, Before], datetime], Awaitable[None]]
"""Tells those who follow meetings that these have changed or gone, in the same unit of work."""


TOLD = (
    *("zone", "at", "weekday", "nth", "interval", "anchor", "first", "until", "exceptions"),
    *("closed", "gone_at", "link", "address"),
)
"""Columns that somebody who goes there wants to hear of."""


@dataclass(slots=True)
class Report:
    """What became of a feed's rows. `reasons` are of skipped rows, `remarks` of kept ones; both name some of them."""

    read: int = 0
    kept: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    shrunk: bool = False
    reasons: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    named: dict[str, list[str]] = field(default_factory=dict)

    @property
    def skipped(self) -> int:
        """How many rows were not kept."""
        return self.read - self.kept

    def skips(self, row: int, key: str, reason: str) -> None:
        """Note a row that is not kept."""
        self.reasons[reason] += 1
        self._name(reason, row, key)

    def remark(self, row: int, key: str, remark: str) -> None:
        """Note something odd about a row that is kept."""
        self.remarks[remark] += 1
        self._name(remark, row, key)

    def _name(self, reason: str, row: int, key: str) -> None:
        rows = self.named.setdefault(reason, [])
        if len(rows) < NAMED_MOST:
            rows.append(f"{row} {key}".strip())


async def take_in(
    store: Store,
    source: Source,
    feed: Feed,
    now: datetime,
    *,
    tell: Tell,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Read a feed and bring the database to what it says. Raises BadFeed, and then nothing has changed.

    `feed` has an id. `progress` hears how many of how many rows are done.
    """
    total = await asyncio.to_thread(source.count)
    progress(0, total)
    report, keys = Report(), set[str]()
    had = await _listed(store, feed)
    rows = source.rows()
    while batch := await asyncio.to_thread(_some, rows):
        kept = _kept(batch, keys, report)
        drafts = await asyncio.to_thread(_drafts, kept, feed, now, report)
        async with store.work() as session:
            await _write(session, feed, drafts, now, report, tell)
        progress(batch[-1].row, total)
    report.shrunk = report.kept < had * SHRUNK and now - (feed.shrunk_at or now) < BELIEVED
    while not report.shrunk and await _vanish(store, feed, now, report, tell):
        pass
    return report


def _some(rows: Iterator[Row]) -> list[Row]:
    return list(islice(rows, AT_ONCE))


def _drafts(rows: Sequence[Remarked], feed: Feed, now: datetime, report: Report) -> list[dict[str, Any]]:
    return [_draft(row, feed, now, report) for row in rows]


async def _listed(store: Store, feed: Feed) -> int:
    async with store.look() as session:
        mine = select(func.count()).where(Meeting.feed_id == feed.id, Meeting.gone_at.is_(None))
        return await session.scalar(mine) or 0


def _kept(rows: Sequence[Row], keys: set[str], report: Report) -> list[Remarked]:
    """Those rows that are meetings, and none of them twice."""
    kept: list[Remarked] = []
    for row in rows:
        report.read += 1
        if isinstance(row, Skipped):
            report.skips(row.row, row.key, row.reason)
        elif row.listing.key in keys:
            report.skips(row.row, row.listing.key, "duplicate")
        else:
            keys.add(row.listing.key)
            report.kept += 1
            kept.append(row)
    return kept


def _draft(row: Remarked, feed: Feed, now: datetime, report: Report) -> dict[str, Any]:
    """The columns of a meeting: its own zone, else its place's, else the feed's."""
    listing, place = row.listing, place_of(row.listing.where)
    remarks = list(row.remarks)
    if not listing.timing.zone and (place or feed.zone) and "no-zone" in remarks:
        remarks[remarks.index("no-zone")] = "zone-of-place" if place else "zone-of-feed"
    for remark in remarks:
        report.remark(row.row, listing.key, remark)
    rule = listing.timing.rule(place.zone if place else feed.zone or "")
    if rule is None and "no-time" not in remarks:
        report.remark(row.row, listing.key, "not-remindable")
    # one that has just begun can still be joined: a note that was added must not take it off what is on
    found = following(rule, now - GRACE) if rule and not listing.closed else None
    return _columns(listing) | {
        "feed_id": feed.id,
        "zone": rule.zone if rule else None,
        "country": place.country if place else None,
        "digest": _digest(listing, rule.zone if rule else ""),
        "seen_at": now,
        "gone_at": None,
        "next_start": found.start if found else None,
        "next_day": found.day if found else None,
        "tzdata": tzdata.IANA_VERSION,
    }


def _columns(listing: Listing) -> dict[str, Any]:
    timing, where = listing.timing, listing.where
    return {
        "key": listing.key,
        "name": listing.name,
        "program": listing.program,
        "at": timing.at,
        "minutes": timing.minutes,
        "weekday": timing.weekday,
        "nth": timing.nth,
        "interval": timing.interval,
        "anchor": timing.anchor,
        "first": timing.first,
        "until": timing.until,
        "exceptions": {f"{day}": to.isoformat() if to else None for day, to in timing.exceptions.items()},
        "venue": str(listing.venue),
        "building": where.building,
        "address": where.address,
        "city": where.city,
        "region": where.region,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "rough": where.rough,
        "link": listing.link,
        "link_notes": listing.link_notes,
        "phone": listing.phone,
        "notes": listing.notes,
        "page": listing.page,
        "tags": f" {' '.join(sorted(listing.tags))} "[:255] if listing.tags else "",
        "closed": listing.closed,
    }


def _digest(listing: Listing, zone: str) -> bytes:
    plain = replace(listing, tags=frozenset())
    return hashlib.sha256(repr((plain, sorted(listing.tags), zone)).encode()).digest()


async def _write(
    session: AsyncSession, feed: Feed, drafts: Sequence[dict[str, Any]], now: datetime, report: Report, tell: Tell
) -> None:
    said = {draft["key"]: draft for draft in drafts}
    # nothing has changed about most meetings: of the others alone the whole row is read
    marks = select(Meeting.id, Meeting.key, Meeting.digest, Meeting.gone_at)
    standing = (await session.execute(marks.where(Meeting.feed_id == feed.id, Meeting.key.in_(said)))).all()
    same = {one.id for one in standing if one.gone_at is None and one.digest == said[one.key or ""]["digest"]}
    await session.execute(update(Meeting).where(Meeting.id.in_(same)).values(seen_at=now))
    known = {one.key for one in standing}
    await _note_tags(session, drafts)
    new = [draft for draft in drafts if draft["key"] not in known]
    if new:
        # one statement for them all: else one for each run of rows that leave the same columns empty
        await session.execute(insert(Meeting).execution_options(render_nulls=True), new)
    others = {one.id for one in standing} - same
    if others:
        await _change(session, others, said, now, tell)
    report.new += len(new)
    report.changed += len(others)


async def _note_tags(session: AsyncSession, drafts: Sequence[dict[str, Any]]) -> None:
    """Every tag that is given here for the first time; there are a few dozen in all."""
    given = {tag for draft in drafts for tag in draft["tags"].split()}
    had = set(await session.scalars(select(ListedTag.tag).where(ListedTag.tag.in_(given))))
    session.add_all(ListedTag(tag=tag) for tag in sorted(given - had))


async def _change(
    session: AsyncSession, numbers: Collection[int], said: Mapping[str, dict[str, Any]], now: datetime, tell: Tell
) -> None:
    """Bring these to what the feed says, and tell what somebody who goes there wants to hear."""
    changed: dict[int, Before] = {}
    for one in await session.scalars(select(Meeting).where(Meeting.id.in_(numbers))):
        draft = said[one.key or ""]
        if any(getattr(one, name) != draft[name] for name in TOLD):
            changed[one.id] = {name: getattr(one, name) for name in TOLD}
        for name, value in draft.items():
            setattr(one, name, value)
    if changed:
        await session.flush()
        await tell(session, changed, now)


async def _vanish(store: Store, feed: Feed, now: datetime, report: Report, tell: Tell) -> bool:
    """Note some of those that the feed does not list any more. Whether there may be others."""
    async with store.work() as session:
        mine = (Meeting.feed_id == feed.id, Meeting.gone_at.is_(None), Meeting.seen_at < now)
        gone = list(await session.scalars(select(Meeting).where(*mine).order_by(Meeting.id).limit(AT_ONCE)))
        if not gone:
            return False
        before = {one.id: {name: getattr(one, name) for name in TOLD} for one in gone}
        ids = [one.id for one in gone]
        values = {"gone_at": now, "next_start": None, "next_day": None}
        await session.execute(update(Meeting).where(Meeting.id.in_(ids)).values(values))
        report.gone += len(gone)
        await tell(session, before, now)
    return len(gone) == AT_ONCE
