"""What meetings add to the screens of others: what comes next, a way out of a hard moment, a word in the settings."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import days
from bot.chat import Button
from bot.feature import Turn
from bot.meetings import planning, rows, search, wording
from bot.meetings.model import Follow, Meeting
from bot.people import Person
from bot.texts import Texts

LINES = 2
"""On the one screen of everything that comes."""


async def upcoming(session: AsyncSession, person: Person, now: datetime, t: Texts) -> Sequence[str]:
    """The next reminders, each with the hour that it is for."""
    if person.zone is None or person.paused(now):
        return ()
    lines = []
    for follow, meeting in (await rows.follows(session, person))[:LINES]:
        found = planning.coming(follow, meeting, person, now)
        if found and meeting.zone:
            hour = wording.both(found.occurrence.start, meeting.zone, person, t, "meeting-upcoming.abroad")
            before = t(f"meeting-lead.m{found.lead}")
            when = wording.capital(days.when(found.at, person, now, t))
            lines.append(t("meeting-upcoming", when=when, before=before, hour=hour))
    return lines


async def summary(session: AsyncSession, person: Person, now: datetime, t: Texts) -> Sequence[str]:
    """How many there are."""
    count = await session.scalar(select(func.count()).where(Follow.person_id == person.id, Follow.next_at.is_not(None)))
    if not count:
        return ()
    return (t("meeting-summary.one") if count == 1 else t("meeting-summary", count=str(count)),)


async def moved(session: AsyncSession, person: Person, now: datetime) -> None:
    """Meetings keep their own hour; which of them a change of clocks moves on this person's own is new."""
    for follow, meeting in await rows.follows(session, person):
        planning.plan(follow, meeting, person, now)


async def ways_out(turn: Turn) -> Sequence[Button]:
    """One that is on and can be joined from anywhere, if there is one: rather one that they know."""
    known = [
        one for _, one in await rows.follows(turn.session, turn.person) if _open(one, turn.now) and wording.link(one)
    ]
    found = known or await search.joinable(turn.session, turn.now)
    nearest = min(found, key=lambda one: abs((one.next_start or turn.now) - turn.now), default=None)
    if nearest is None:
        return ()
    return (Button(_offer(nearest, turn.now, turn.t), f"meeting:{nearest.id}:join"),)


def _open(meeting: Meeting, now: datetime) -> bool:
    return meeting.next_start is not None and abs(meeting.next_start - now) < search.GRACE


def _offer(meeting: Meeting, now: datetime, t: Texts) -> str:
    minutes = round(((meeting.next_start or now) - now).total_seconds() / 60)
    if minutes > 0:
        return t("meeting-offer.soon", minutes=str(minutes))
    return t("meeting-offer.on", minutes=str(-minutes)) if minutes else t("meeting-offer.now")
