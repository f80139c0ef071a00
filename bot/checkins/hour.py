"""At which hour a person is asked."""

from datetime import datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import Button, Message
from bot.checkins.model import EVENING, Schedule
from bot.feature import Goto, Reply, Turn
from bot.people import Person

OFFERED = (time(9), time(13), time(19), time(21))


async def asked(turn: Turn) -> Reply:
    """The question, with four usual hours; any other can be typed."""
    return Reply((_question(turn, "checkin-hour"),))


async def chosen(turn: Turn, at: time | None) -> Reply | Goto:
    """Keep the hour, or ask once more for one that can be read."""
    if at is None:
        return Reply((_question(turn, "checkin-hour-unknown"),))
    await set_to(turn.session, turn.person, at, turn.now)
    return Goto("welcome:done:hour")


async def moved(turn: Turn) -> Goto:
    """The person's zone has changed: the same hour, there."""
    schedule = await turn.session.get(Schedule, turn.person.id)
    await set_to(turn.session, turn.person, schedule.at if schedule else EVENING, turn.now)
    return Goto("welcome:done:city")


async def follow(session: AsyncSession, person: Person, now: datetime) -> None:
    """The person is somewhere else for a while, or back: the same hour, there."""
    schedule = await session.get(Schedule, person.id)
    if schedule is not None:
        schedule.plan(person.zone, now)


async def set_to(session: AsyncSession, person: Person, at: time, now: datetime) -> None:
    """From now on at this local time."""
    schedule = await session.get(Schedule, person.id)
    if schedule is None:
        schedule = Schedule(person_id=person.id)
        session.add(schedule)
    schedule.at = at
    schedule.plan(person.zone, now)


def _question(turn: Turn, key: str) -> Message:
    turn.person.awaits("checkin:hour", turn.now)
    t = turn.t
    hours = tuple(Button(f"{at:%-H:%M}", f"welcome:hour:{at:%H.%M}") for at in OFFERED)
    last = (Button(t("welcome-skip"), "welcome:skip:hour"), Button(t("help-button"), "help"))
    return Message(t(key), (hours, last), slot="welcome")
