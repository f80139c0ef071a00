"""What meetings somebody is looking for: a few limits that fit into a button, and the rows that keep to them."""

import math
import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.content import cities
from bot.meetings.listing import Venue
from bot.meetings.model import ListedTag, Meeting

GRACE = timedelta(minutes=15)
"""For so long after its start one can still join, and it counts as on."""

SOON = timedelta(hours=1)
AT_A_TIME = 5
REACHES = (2, 10, 50, 150)
"""Kilometres around, near first: in a big city the first is enough, and reads a few dozen rows."""

RINGS = (2, 5, 10, 20, 50, 100)
"""Kilometres. Within a ring the soonest comes first: nobody waits four days to walk a street less.

Every reach but the last is one of them, or a wider look would put others before those that were shown."""

NOW, UNTIMED = "now", "none"
WEEKDAYS = tuple("0123456")
"""As `Wanted.when`, from Monday: the next such day on the person's own calendar, or what is left of today."""

HUNDREDTHS = 100
_DEGREE = 111.2
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,15}")
_PARTS = re.compile(
    r"(?:n(?P<latitude>-?\d{1,4})_(?P<longitude>-?\d{1,5}))?(?P<online>\+o)?(?:\+w(?P<when>now|none|[0-6]))?"
    rf"(?:\+p(?P<program>{_TOKEN.pattern}))?(?:\+t(?P<tag>{_TOKEN.pattern}))?"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Limits; none: every listed meeting. `near` in hundredths of a degree: nobody keeps it but the button."""

    near: tuple[int, int] | None = None
    online: bool = False
    when: str = ""
    program: str = ""
    tag: str = ""

    @property
    def code(self) -> str:
        """As a button carries it, at most 45 letters."""
        near = f"n{self.near[0]}_{self.near[1]}" if self.near else ""
        parts = ("+o" if self.online else "", self.when and f"+w{self.when}")
        return "".join((near, *parts, self.program and f"+p{self.program}", self.tag and f"+t{self.tag}"))

    @classmethod
    def read(cls, code: str) -> Self | None:
        """What a button carried; None for one that is forged."""
        found = _PARTS.fullmatch(code)
        if found is None:
            return None
        near = (int(found["latitude"]), int(found["longitude"])) if found["latitude"] else None
        if near and not (abs(near[0]) <= 90 * HUNDREDTHS and abs(near[1]) <= 180 * HUNDREDTHS):
            return None
        return cls(near, bool(found["online"]), found["when"] or "", found["program"] or "", found["tag"] or "")

    def around(self, latitude: float, longitude: float) -> "Wanted":
        """The same near a position in degrees, no finer than a kilometre."""
        return self.but(near=(round(latitude * HUNDREDTHS), round(longitude * HUNDREDTHS)), online=False)

    def but(self, **limits: Any) -> "Wanted":
        """The same with other limits."""
        return replace(self, **limits)


@dataclass(frozen=True, slots=True)
class Found:
    """A meeting, and how far it is in whole kilometres, where that was asked."""

    meeting: Meeting
    km: int | None = None


async def find(
    session: AsyncSession, wanted: Wanted, place: ZoneInfo, now: datetime, page: int
) -> tuple[list[Found], bool]:
    """One page, and whether there is another: the soonest first, near somewhere those in the next ring."""
    if wanted.tag and await session.get(ListedTag, wanted.tag) is None:
        return [], False
    start, end = page * AT_A_TIME, (page + 1) * AT_A_TIME
    if wanted.near:
        near = await _near(session, wanted, place, now, end)
        chosen = dict(near[start:end])
        rows = await session.scalars(select(Meeting).where(Meeting.id.in_(chosen)))
        by_id = {one.id: one for one in rows}
        return [Found(by_id[number], km) for number, km in chosen.items() if number in by_id], len(near) > end
    query = _soonest(select(Meeting).where(*_limits(wanted, place, now)), wanted)
    some = (await session.scalars(query.offset(start).limit(AT_A_TIME + 1))).all()
    return [Found(one) for one in some[:AT_A_TIME]], len(some) > AT_A_TIME


async def programs(session: AsyncSession) -> Sequence[str]:
    """Every fellowship that has a meeting and fits into a button, by its name."""
    found, last = list[str](), ""
    # from one to the next by the index: to list them all at once is to read every meeting (70 ms of a hundred thousand)
    while last := await session.scalar(select(func.min(Meeting.program)).where(Meeting.program > last)) or "":
        found.append(last)
    return [one for one in found if _TOKEN.fullmatch(one)]


async def tags(session: AsyncSession) -> Collection[str]:
    """Every tag that some list has given a meeting."""
    return set(await session.scalars(select(ListedTag.tag)))


async def any_listed(session: AsyncSession) -> bool:
    """Whether there is anything to look through."""
    listed = select(Meeting.id).where(Meeting.feed_id.is_not(None), Meeting.gone_at.is_(None))
    return await session.scalar(listed.limit(1)) is not None


async def joinable(session: AsyncSession, now: datetime) -> list[Meeting]:
    """Online with a link, on or about to begin: the last that has begun, and the first that will."""
    online = select(Meeting).where(_listed(), Meeting.venue != Venue.PLACE, Meeting.link > "")
    begun = online.where(Meeting.next_start > now - GRACE, Meeting.next_start <= now)
    coming = online.where(Meeting.next_start > now, Meeting.next_start <= now + GRACE)
    last = await session.scalar(begun.order_by(Meeting.next_start.desc(), Meeting.id).limit(1))
    first = await session.scalar(coming.order_by(Meeting.next_start, Meeting.id).limit(1))
    return [one for one in (last, first) if one]


def _soonest(query: Select[Any], wanted: Wanted) -> Select[Any]:
    return query.order_by(*((Meeting.id,) if wanted.when == UNTIMED else (Meeting.next_start, Meeting.id)))


def _listed() -> ColumnElement[bool]:
    """Of a feed: nobody finds what somebody else has entered."""
    # not "nobody's own": SQLite would take the index of owners, and read every listed row
    return and_(Meeting.feed_id.is_not(None), Meeting.gone_at.is_(None), Meeting.closed.is_(False))


def _limits(wanted: Wanted, place: ZoneInfo, now: datetime) -> list[ColumnElement[bool]]:
    start, end = _window(wanted.when, place, now)
    limits = [_listed(), *_tagged(wanted)]
    limits += _without_time() if wanted.when == UNTIMED else [Meeting.next_start >= start]
    if end:
        limits.append(Meeting.next_start < end)
    if wanted.online:
        limits.append(Meeting.venue != Venue.PLACE)
    elif wanted.when != UNTIMED:
        # a room in another zone is no answer to who asks what is on; near a place finds it
        limits.append(or_(Meeting.venue != Venue.PLACE, Meeting.zone == place.key))
    if wanted.program:
        limits.append(Meeting.program == wanted.program)
    return limits


def _tagged(wanted: Wanted) -> list[ColumnElement[bool]]:
    return [Meeting.tags.contains(f" {wanted.tag} ", autoescape=True)] if wanted.tag else []


def _without_time() -> list[ColumnElement[bool]]:
    no_date = and_(Meeting.weekday.is_(None), Meeting.anchor.is_(None))
    return [Meeting.next_start.is_(None), or_(Meeting.at.is_(None), Meeting.zone.is_(None), no_date)]


def _window(when: str, place: ZoneInfo, now: datetime) -> tuple[datetime, datetime | None]:
    """From when on and before when it starts; None: any time."""
    begun = now - GRACE + timedelta.resolution
    if when == NOW:
        return begun, now + SOON
    if when not in WEEKDAYS:
        return begun, None
    today = clock.day_of(now, place)
    day = today + clock.DAY * ((int(when) - today.weekday()) % 7)
    return max(begun, clock.instant(day, time(), place)), clock.instant(day + clock.DAY, time(), place)


async def _near(
    session: AsyncSession, wanted: Wanted, place: ZoneInfo, now: datetime, enough: int
) -> list[tuple[int, int]]:
    """Ids and kilometres, the next ring first and in each the soonest: more than `enough`, or all within reach."""
    found: list[tuple[int, int]] = []
    for reach in REACHES:
        found = await _within(session, wanted, place, now, reach)
        if len(found) > enough:
            break
    return found


async def _within(
    session: AsyncSession, wanted: Wanted, place: ZoneInfo, now: datetime, reach: int
) -> list[tuple[int, int]]:
    latitude, longitude = (part / HUNDREDTHS for part in wanted.near or (0, 0))
    start, end = _window(wanted.when, place, now)
    query = select(Meeting.id, Meeting.latitude, Meeting.longitude, Meeting.next_start, Meeting.program).where(
        _listed(), _box(latitude, longitude, reach), Meeting.venue != Venue.ONLINE, *_tagged(wanted)
    )
    if wanted.when == UNTIMED:
        query = query.where(*_without_time())
    rows = [
        (int(cities.kilometres(latitude, longitude, north or 0, east or 0)), begins or now, number)
        for number, north, east, begins, program in await session.execute(query)
        # here and not in the query: without figures SQLite would rather take the index of times, and read the world
        if (wanted.when == UNTIMED or (begins and begins >= start and (end is None or begins < end)))
        and (not wanted.program or program == wanted.program)
    ]
    rows.sort(key=lambda row: (bisect_right(RINGS, row[0]), *row[1:]))
    return [(number, km) for km, _, number in rows if km < reach]


def _box(latitude: float, longitude: float, reach: int) -> ColumnElement[bool]:
    """The narrowest box of degrees that holds a circle of this many kilometres."""
    high = reach / _DEGREE
    wide = min(180.0, high / max(math.cos(math.radians(min(89.0, abs(latitude) + high))), 0.01))
    west, east = longitude - wide, longitude + wide
    beside: list[ColumnElement[bool]] = [Meeting.longitude.between(west, east)]
    # what lies over the date line goes by the other name of its longitude
    beside += [Meeting.longitude >= west + 360] if west < -180 else []
    beside += [Meeting.longitude <= east - 360] if east > 180 else []
    return and_(Meeting.latitude.between(latitude - high, latitude + high), or_(*beside))
