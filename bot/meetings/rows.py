"""The rows that a person's press may reach: listed ones, their own, and nobody else's."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.feature import row_number
from bot.meetings.model import Feed, Follow, Meeting, Visit
from bot.people import Person

FOLLOWS_MOST = 50
"""Meetings that one person follows, own ones included."""

SILENT = timedelta(days=14)
"""A list that was not read for so long confirms nothing."""


async def meeting(session: AsyncSession, person: Person, word: str) -> Meeting | None:
    """A listed meeting or one of theirs."""
    query = select(Meeting).where(
        Meeting.id == row_number(word), or_(Meeting.person_id.is_(None), Meeting.person_id == person.id)
    )
    return await session.scalar(query)


async def own(session: AsyncSession, person: Person, word: str) -> Meeting | None:
    """One of their own."""
    return await session.scalar(select(Meeting).where(Meeting.id == row_number(word), Meeting.person_id == person.id))


async def follow_of(session: AsyncSession, person: Person, meeting: Meeting) -> Follow | None:
    """How they follow this meeting."""
    query = select(Follow).where(Follow.person_id == person.id, Follow.meeting_id == meeting.id)
    return await session.scalar(query)


async def follow(session: AsyncSession, person: Person, word: str) -> tuple[Follow, Meeting] | None:
    """Something they follow, by its number."""
    query = select(Follow, Meeting).join(Meeting, Meeting.id == Follow.meeting_id)
    row = (await session.execute(query.where(Follow.id == row_number(word), Follow.person_id == person.id))).first()
    return (row[0], row[1]) if row else None


async def follows(session: AsyncSession, person: Person) -> list[tuple[Follow, Meeting]]:
    """Everything they follow, the next reminder first."""
    query = (
        select(Follow, Meeting)
        .join(Meeting, Meeting.id == Follow.meeting_id)
        .where(Follow.person_id == person.id)
        .order_by(Follow.next_at.is_(None), Follow.next_at, Follow.id)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def begin(session: AsyncSession, person: Person, meeting: Meeting, now: datetime) -> Follow | None:
    """Follow a meeting, or find how they do. None if they follow as many as anybody may."""
    standing = await follow_of(session, person, meeting)
    if standing:
        return standing
    if (await session.scalar(select(func.count()).where(Follow.person_id == person.id)) or 0) >= FOLLOWS_MOST:
        return None
    new = Follow(person_id=person.id, meeting_id=meeting.id, since=now)
    session.add(new)
    await session.flush()
    return new


async def end(session: AsyncSession, follow: Follow) -> None:
    """Follow no more."""
    await session.execute(delete(Follow).where(Follow.id == follow.id))


async def visit(session: AsyncSession, person: Person, word: str) -> Visit | None:
    """One of their visits, by its number."""
    return await session.scalar(select(Visit).where(Visit.id == row_number(word), Visit.person_id == person.id))


async def doubted_since(session: AsyncSession, meeting: Meeting, now: datetime) -> datetime | None:
    """Since when its list has not confirmed it: silent for too long, or read without it. None: it does."""
    if meeting.feed_id is None or meeting.gone_at is not None:
        return None
    feed = await session.get(Feed, meeting.feed_id)
    read_at = feed.read_at if feed else None
    if feed and feed.shrunk_at and read_at and meeting.seen_at and meeting.seen_at < read_at:
        return meeting.seen_at
    read_at = read_at or meeting.seen_at
    return read_at if read_at and now - read_at >= SILENT else None
