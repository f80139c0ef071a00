"""Meetings whose time has passed, and those worked out with older zone data: planned again, many at a time."""

import logging
from collections.abc import Collection
from datetime import UTC, datetime

import tzdata
from sqlalchemy import case, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from bot import clock
from bot.due import Due
from bot.meetings import planning
from bot.meetings.model import Follow, Meeting
from bot.meetings.search import GRACE
from bot.people import Person
from bot.store import UtcDateTime

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Sixteen milliseconds. On Mondays at seven in the evening one meeting in twenty begins."""

EDITION: str = tzdata.IANA_VERSION
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

_RULE = load_only(
    Meeting.zone,
    Meeting.at,
    Meeting.weekday,
    Meeting.nth,
    Meeting.interval,
    Meeting.anchor,
    Meeting.first,
    Meeting.until,
    Meeting.exceptions,
    Meeting.closed,
    Meeting.gone_at,
    Meeting.next_start,
)


async def _begun(session: AsyncSession, now: datetime) -> datetime | None:
    """Plan those anew that nobody can join any more. Until then they are what is on."""
    query = select(Meeting).options(_RULE).where(Meeting.next_start <= now - GRACE).order_by(Meeting.next_start)
    found = (await session.scalars(query.limit(AT_ONCE).with_for_update(skip_locked=True, key_share=True))).all()
    for meeting in found:
        _plan(meeting, now)
    return now if found else None


DUE = Due(select(func.min(Meeting.next_start)), _begun, after=GRACE)


async def _outdated(session: AsyncSession, now: datetime) -> datetime | None:
    """Plan anew what other zone data planned, and whoever follows it. People are locked first, as in a turn."""
    outdated = or_(Meeting.tzdata < EDITION, Meeting.tzdata > EDITION)
    ids = (await session.scalars(select(Meeting.id).where(outdated).order_by(Meeting.tzdata).limit(AT_ONCE))).all()
    followed = await lock_follows(session, ids)
    query = select(Meeting).options(_RULE).where(Meeting.id.in_(ids), outdated).order_by(Meeting.id)
    meetings = {one.id: one for one in await session.scalars(query.with_for_update(key_share=True))}
    for meeting in meetings.values():
        _plan(meeting, now)
    for follow, person in followed:
        if follow.meeting_id in meetings:
            planning.plan(follow, meetings[follow.meeting_id], person, now)
    return now if ids else None


def _oldest_edition() -> Due:
    # the two ends of an index: whether any differs is asked in every round
    ends = [select(end(Meeting.tzdata)).scalar_subquery() for end in (func.min, func.max)]
    differs = or_(*(end != EDITION for end in ends))
    return Due(select(case((differs, literal(LONG_AGO, UtcDateTime)))), _outdated)


NEW_ZONES = _oldest_edition()


async def lock_follows(session: AsyncSession, meetings: Collection[int]) -> list[tuple[Follow, Person]]:
    """Who follows these, locked person by person, so that two who do this never wait for each other."""
    query = (
        select(Follow, Person)
        .join(Person, Person.id == Follow.person_id)
        .where(Follow.meeting_id.in_(meetings))
        .order_by(Person.id, Follow.id)
        .with_for_update(of=(Person, Follow))
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


def _plan(meeting: Meeting, now: datetime) -> None:
    try:
        meeting.plan(now - GRACE, EDITION)
    except clock.UnknownZone:
        # renamed or gone from the list: this one stops, and must not stop everybody
        log.error("A meeting names an unknown zone and stops. action=unknown_zone id=%s", meeting.id)
        meeting.next_start = meeting.next_day = None
        meeting.tzdata = EDITION
