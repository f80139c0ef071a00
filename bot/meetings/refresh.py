"""The feeds that whoever runs this has named: one file by hand, or addresses that are asked again every few hours."""

import logging
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select

from bot import clock
from bot.meetings.feeds.source import BadFeed, Source
from bot.meetings.fetch import Fetcher, NotFetched
from bot.meetings.importing import BELIEVED, Report, Tell, take_in
from bot.meetings.model import Feed
from bot.store import Store

log = logging.getLogger(__name__)

EVERY = timedelta(hours=4)
"""How often an address is asked: the servers are others', and lists of meetings change by the day."""

AGAIN = timedelta(hours=1)
"""After a failure."""

_PROGRAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,15}")


class BadEntry(ValueError):
    """What names a feed cannot be used. One line for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One feed as it was named: where it is, whose meetings these are, and whose clock counts where it does not say."""

    source: str
    program: str = ""
    zone: str = ""
    formats: Path | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be kept. Raises BadEntry."""
        if self.program and not _PROGRAM.fullmatch(self.program):
            raise BadEntry(f"{self.program!r} is no fellowship's short name: up to 16 letters, like NA or SMART")
        if self.zone and self.zone not in clock.zone_names():
            raise BadEntry(f"{self.zone!r} is no time zone: give one like America/New_York")

    @classmethod
    def of(cls, written: str) -> Self:
        """`https://…`, with what else is to be known behind a `#`: `#program=NA&zone=America/New_York`.

        That part of an address is never sent to the server. Raises BadEntry.
        """
        address, _, beside = written.partition("#")
        if not is_address(address):
            raise BadEntry(f"{address!r} is no https address")
        said = parse_qs(beside)
        unknown = said.keys() - {"program", "zone"}
        if unknown:
            raise BadEntry(f"{min(unknown)!r} says nothing behind the #: only program and zone do")
        return cls(address, said.get("program", [""])[0], said.get("zone", [""])[0])


def entries(written: str) -> tuple[Entry, ...]:
    """Several addresses with spaces between them. Raises BadEntry."""
    return tuple(Entry.of(one) for one in written.split())


def is_address(source: str) -> bool:
    """Whether this is to be fetched and is no file."""
    try:
        return urlsplit(source).scheme == "https" and bool(urlsplit(source).hostname)
    except ValueError:
        return False


async def import_feed(
    store: Store,
    entry: Entry,
    now: datetime,
    *,
    fetcher: Fetcher,
    tell: Tell,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Report | None:
    """Take in a file or an address. None if the server says that nothing has changed.

    Raises NotFetched, BadFeed, OSError for a file that cannot be opened; then nothing has changed.
    """
    feed = await _known(store, entry)
    with TemporaryDirectory(prefix="windbreak-feed-") as folder:
        path, etag, modified = Path(entry.source), "", ""
        if is_address(entry.source):
            path = Path(folder) / "feed"
            got = await fetcher.fetch(entry.source, path, etag=feed.etag or "", modified=feed.modified or "")
            if not got.changed:
                await _was_read(store, feed, now, feed.etag or "", feed.modified or "")
                return None
            etag, modified = got.etag, got.modified
        source = Source(path, entry.program, entry.formats)
        report = await take_in(store, source, feed, now, tell=tell, progress=progress)
    if report.shrunk:
        etag = modified = ""  # read it whole each time: "unchanged" would confirm nothing
    await _was_read(store, feed, now, etag, modified, shrunk=report.shrunk)
    return report


async def refresh(store: Store, listed: Sequence[Entry], now: datetime, *, fetcher: Fetcher, tell: Tell) -> None:
    """Ask those addresses whose time has come. One that fails is asked again, and costs the others nothing."""
    for number, entry in enumerate(listed, start=1):
        feed = await _known(store, entry)
        if feed.next_at is not None and feed.next_at > now:
            continue
        try:
            report = await import_feed(store, entry, now, fetcher=fetcher, tell=tell)
            if report and report.shrunk:
                log.warning("A feed lists less than half of what it did. action=feed_shrunk number=%s", number)
        except (NotFetched, BadFeed, OSError) as error:
            reason = str(error) if isinstance(error, (NotFetched, BadFeed)) else type(error).__name__
            log.warning("A feed of meetings could not be read: %s. action=feed_failed number=%s", reason, number)
            await _comes_again(store, feed, now + AGAIN)


async def _known(store: Store, entry: Entry) -> Feed:
    """The feed's row, made at the first time, with what is said about it now."""
    async with store.work() as session:
        feed = await session.scalar(select(Feed).where(Feed.source == entry.source))
        if feed is None:
            feed = Feed(source=entry.source)
            session.add(feed)
        if (feed.program, feed.zone) != (entry.program, entry.zone or None):
            feed.etag = feed.modified = None  # the same bytes mean something else now
        feed.program, feed.zone = entry.program, entry.zone or None
        await session.flush()
        return feed


async def _was_read(store: Store, feed: Feed, now: datetime, etag: str, modified: str, *, shrunk: bool = False) -> None:
    async with store.work() as session:
        kept = await session.get(Feed, feed.id)
        if kept is not None:
            kept.read_at, kept.next_at = now, now + EVERY
            kept.shrunk_at = (kept.shrunk_at or now) if shrunk else None
            kept.etag, kept.modified = etag or None, modified or None


async def _comes_again(store: Store, feed: Feed, at: datetime) -> None:
    async with store.work() as session:
        kept = await session.get(Feed, feed.id)
        if kept is not None:
            kept.next_at = at


def said(report: Report) -> list[str]:
    """A report in lines, for whoever runs this."""
    lines = [f"read {report.read}, kept {report.kept}, skipped {report.skipped}"]
    lines.append(f"new {report.new}, changed {report.changed}, gone {report.gone}")
    if report.shrunk:
        lines.append(
            "The feed lists less than half of what it did. "
            f"What it leaves out stays, in doubt, for {BELIEVED.days} days."
        )
    for title, found in (("skipped", report.reasons), ("kept, but", report.remarks)):
        for reason, count in found.most_common():
            lines.append(f"{title} {reason}: {count}")
            width = shutil.get_terminal_size().columns
            named = ", ".join(report.named[reason])
            lines.append(f"    row {named}"[: max(width, 40)] + (" …" if count > len(report.named[reason]) else ""))
    return lines
