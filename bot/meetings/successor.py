"""The same meeting under another name in its feed: whoever follows the old row follows the new one, and hears nothing.

Lists change the ids of their rows when they move to another server, or split a row of several days. To somebody who
goes there nothing has changed.
"""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.meetings.model import Follow, Meeting, Visit

_SAME = ("feed_id", "name", "program", "zone", "at", "weekday", "nth", "interval", "anchor", "venue", "link", "address")
"""What has to read the same. Two rows of one list that agree in all of it would be one meeting to anybody."""


async def inherited(session: AsyncSession, follows: Collection[Follow]) -> None:
    """Move what is followed from rows that their feed has just dropped to those that stand there in their place."""
    followed = {follow.meeting_id for follow in follows}
    gone = await session.scalars(select(Meeting).where(Meeting.id.in_(followed), Meeting.gone_at.is_not(None)))
    for old in gone.all():
        new = await _successor(session, old)
        if new is None:
            continue
        have = set(await session.scalars(select(Follow.person_id).where(Follow.meeting_id == new)))
        for follow in follows:
            if follow.meeting_id == old.id and follow.person_id not in have:
                follow.meeting_id = new
                theirs = (Visit.meeting_id == old.id, Visit.person_id == follow.person_id)
                await session.execute(update(Visit).where(*theirs).values(meeting_id=new))
    await session.flush()


async def _successor(session: AsyncSession, old: Meeting) -> int | None:
    """The only row that reads the same and is listed; None where it is not clear which."""
    same = (getattr(Meeting, name).is_not_distinct_from(getattr(old, name)) for name in _SAME)
    query = select(Meeting.id).where(*same, Meeting.id > old.id, Meeting.gone_at.is_(None)).limit(2)
    found = (await session.scalars(query)).all()
    return found[0] if len(found) == 1 else None
