"""A world of meetings, and as many people who each follow one: taken in, searched, and reminded of.

Every figure is processor time, so that all three may run side by side. A few meetings begin at one odd minute: they
are what a round of the due scan has to find among all.
"""

import json
import resource
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from dateutil.rrule import rrule, rrulestr
from icalendar import Calendar
from sqlalchemy import func, insert, select

from bot import clock
from bot.meetings import due, planning
from bot.meetings.fetch import Fetcher
from bot.meetings.model import STANDARD, Follow, Meeting
from bot.meetings.refresh import Entry, import_feed
from bot.meetings.search import AT_A_TIME, GRACE, NOW, SOON, WEEKDAYS, Wanted, find
from bot.outbox import Notification
from bot.people import Person
from bot.store import Store
from tests.bench.contest import FULL, Figures, contend
from tests.bench.listings import Row, listed, rule_of, write, write_calendar
from tests.bench.population import town

MEETINGS = 100_000 if FULL else 6_000
DUE = MEETINGS // 500

AT = datetime(2026, 3, 2, 18, tzinfo=UTC)
"""A Monday evening in Europe: everything is searched at this moment."""

ODD = {"day": 2, "time": "04:47", "timezone": "Europe/Lisbon"}
REMINDED_AT = datetime(2026, 3, 3, 4, 17, tzinfo=UTC)
"""Half an hour before the odd ones."""

WEEK = timedelta(weeks=1)
YEAR = 52 * WEEK
"""For so long the organisers of the calendar have kept it."""

LISBON = clock.zone("Europe/Lisbon")
ROUNDS = 7
"""Of each search, of which the middle one counts."""

SEARCHES = {
    "on now": Wanted(when=NOW),
    "on Thursday": Wanted(when=WEEKDAYS[3]),
    "online, for women": Wanted(online=True, tag="women"),
    "near Lisbon": Wanted().around(38.73, -9.15),
    "near Berlin, now": Wanted().around(52.52, 13.41).but(when=NOW),
}


def _rows(seed: int) -> Iterator[Row]:
    return listed(MEETINGS, seed, ODD)


def _peak() -> float:
    """Of this process, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def _middle(ask: Callable[[], Awaitable[object]]) -> float:
    """Seconds of processor time."""
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        await ask()
        taken.append(time.process_time() - began)
    return median(taken)


async def ours(seed: int) -> Figures:
    """The product: a feed read from a file into tables, pages of five out of them, reminders promised in the outbox."""
    async with town(MEETINGS, AT + YEAR) as there:
        store = there.store()
        feed = there.folder / "feed"
        write(_rows(seed), feed)
        began = time.process_time()
        report = await import_feed(store, Entry(str(feed)), AT, fetcher=Fetcher("bench"), tell=_nobody)
        figures = {"import": time.process_time() - began, "peak": _peak()}
        assert report
        assert report.new == report.read == MEETINGS
        await _follow(store)
        figures |= {"search": await _searched(store), "due": await _reminded(store)}
        # who asks what is on hears of no room in another zone
        near = (row for row in _rows(seed) if "conference_url" in row or row["timezone"] == LISBON.key)
        assert await _on_now(store) == sum(_is_on(rule_of(row, AT - WEEK)) for row in near)
        await store.close()
    return figures


async def _nobody(*told: object) -> None:
    """Whom an import tells: nothing was followed yet."""


async def _follow(store: Store) -> None:
    """Everybody one meeting, as the product plans it."""
    async with store.look() as session:
        meetings = (await session.scalars(select(Meeting).order_by(Meeting.id))).all()
        people = (await session.scalars(select(Person).order_by(Person.id))).all()
    rows = []
    for meeting, person in zip(meetings, people, strict=True):
        follow = Follow(person_id=person.id, meeting_id=meeting.id, leads=STANDARD, skips="[]")
        planning.plan(follow, meeting, person, AT)
        rows.append({"person_id": person.id, "meeting_id": meeting.id, "since": AT, "next_at": follow.next_at})
    async with store.work() as session:
        await session.execute(insert(Follow), rows)


async def _searched(store: Store) -> float:
    """Of the slowest kind."""
    times = []
    for wanted in SEARCHES.values():

        async def page(wanted: Wanted = wanted) -> None:
            async with store.look() as session:
                found, _ = await find(session, wanted, LISBON, AT, 0)
            assert found, wanted

        times.append(await _middle(page))
    return max(times)


async def _on_now(store: Store) -> int:
    """Over all pages."""
    count, page, more = 0, 0, True
    while more:
        async with store.look() as session:
            found, more = await find(session, SEARCHES["on now"], LISBON, AT, page)
        count, page = count + len(found), page + 1
    return count


async def _reminded(store: Store) -> float:
    """The rounds of one minute: everybody's reminder is promised, and moved on to the next week."""
    async with store.work() as session:  # what fell due before is not what is asked
        await session.execute(
            Follow.__table__.update().where(Follow.next_at < REMINDED_AT).values(next_at=AT + YEAR)  # type: ignore[attr-defined]
        )
    began, more = time.process_time(), True
    while more:
        async with store.work() as session:
            more = await due.DUE.claim(session, REMINDED_AT) is not None
    took = time.process_time() - began
    async with store.look() as session:
        promised = await session.scalar(select(func.count()).where(Notification.kind == due.KIND))
    assert promised == DUE, promised
    return took


async def rules(seed: int) -> Figures:
    """dateutil, a rule a meeting, made at the start and held in memory; they begin this week, so none is long."""
    with TemporaryDirectory(prefix="windbreak-bench-") as name:
        feed = Path(name) / "feed"
        write(_rows(seed), feed)
        began = time.process_time()
        kept = [(row, rule_of(row, AT - WEEK)) for row in json.loads(feed.read_text())]
        return {"import": time.process_time() - began, "peak": _peak(), **await _expanded(kept)}


async def calendar(seed: int) -> Figures:
    """icalendar and dateutil: the same list as a calendar that began a year ago, its rules held in memory."""
    with TemporaryDirectory(prefix="windbreak-bench-") as name:
        feed = Path(name) / "feed"
        write_calendar(_rows(seed), feed, AT - YEAR)
        began = time.process_time()
        kept = [(event, _rule_of(event)) for event in Calendar.from_ical(feed.read_bytes()).walk("VEVENT")]
        return {"import": time.process_time() - began, "peak": _peak(), **await _expanded(kept)}


def _rule_of(event: Any) -> rrule:
    return rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt)


async def _expanded(kept: Sequence[tuple[object, rrule]]) -> Figures:
    """What users of the libraries do: ask every rule for its next time. One question is long enough to be timed."""
    assert len(kept) == MEETINGS
    began = time.process_time()
    soonest = sorted(rule.after(AT - GRACE) for _, rule in kept)[:AT_A_TIME]
    figures = {"search": time.process_time() - began}
    assert all(start < AT + SOON for start in soonest)
    minute = REMINDED_AT + timedelta(minutes=30)
    began = time.process_time()
    found = [what for what, rule in kept if rule.after(minute, inc=True) == minute]
    figures |= {"due": time.process_time() - began}
    assert len(found) == DUE, len(found)
    return figures


def _is_on(rule: rrule) -> bool:
    start = rule.after(AT - GRACE)
    return start is not None and bool(start < AT + SOON)


CONTENDERS = {"ours": ours, "rules": rules, "calendar": calendar}

if __name__ == "__main__":
    contend(CONTENDERS)
