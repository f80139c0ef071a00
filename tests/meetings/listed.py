"""Meetings as a feed would have listed them, and what scenes ask of the database about them."""

from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import delete, select

from bot.checkins.model import Schedule
from bot.meetings import advance, planning
from bot.meetings.model import Feed, Follow, ListedTag, Meeting
from bot.people import Person
from tests.phone import Someone
from tests.scenes.members import row_of
from tests.world import World, is_set

NEW_YORK = "America/New_York"
THURSDAY = 3
LINK = "https://meet.example/midnight"
SOURCE = "https://lists.example/all.json"


async def is_member(world: World, person: Someone) -> None:
    """Somebody in Lisbon who is asked nothing every day: months of check-ins would only cost time here."""
    await is_set(person)
    async with world.store.work() as session:
        await session.execute(delete(Schedule))


async def feed_of(world: World) -> int:
    """The number of the only feed, which was read just now."""
    async with world.store.work() as session:
        feed = await session.scalar(select(Feed))
        if feed is None:
            feed = Feed(source=SOURCE, program="NA", read_at=world.clock.now())
            session.add(feed)
            await session.flush()
        return feed.id


async def listed(world: World, name: str = "Midnight Hope", **fields: Any) -> int:
    """A meeting of the feed, on Thursdays at 16:00 in New York and online if nothing else is said. Its number."""
    feed = await feed_of(world)
    said = {
        "program": "NA",
        "zone": NEW_YORK,
        "at": time(16),
        "minutes": 60,
        "weekday": THURSDAY,
        "interval": 1,
        "exceptions": {},
        "venue": "online",
        "link": LINK,
        "tags": " open ",
    } | fields
    async with world.store.work() as session:
        meeting = Meeting(feed_id=feed, key=f"{name}-{said['weekday']}-{said['at']}", name=name, **said)
        meeting.seen_at = world.clock.now()
        meeting.plan(world.clock.now(), advance.EDITION)
        session.add(meeting)
        for tag in meeting.tags.split():
            await session.merge(ListedTag(tag=tag))
        await session.flush()
        return meeting.id


async def follows(world: World, person: Someone, meeting: int, leads: str = "30") -> int:
    """They follow it since now. The number of that."""
    row = await row_of(world, person)
    async with world.store.work() as session:
        found = await session.get(Meeting, meeting)
        owner = await session.get(Person, row.id)
        assert found
        assert owner
        follow = Follow(person_id=row.id, meeting_id=meeting, since=world.clock.now(), leads=leads, skips="[]")
        session.add(follow)
        planning.plan(follow, found, owner, world.clock.now())
        await session.flush()
        return follow.id


async def meeting_of(world: World, number: int) -> Meeting:
    async with world.store.look() as session:
        found = await session.get(Meeting, number)
    assert found
    return found


async def count(world: World, model: type[Any]) -> int:
    async with world.store.look() as session:
        return len((await session.scalars(select(model))).all())


def reminders(person: Someone) -> list[str]:
    """Every reminder that rang."""
    return [one.text for one in person.screen.rung if one.slot.startswith("remind:")]


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
