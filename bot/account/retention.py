"""Those who never come back, where the operator has set how long they are kept (KEEP_INACTIVE).

They read of it a month and a week before. Nobody is erased who was not told in time, so the setting may be switched
on over an old database. The house asks once an hour.
"""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, days, outbox, people
from bot.account import erase
from bot.account.model import Leaving
from bot.chat import Button, Lane, Message
from bot.feature import Occasion, Reply, Turn
from bot.outbox import Notification
from bot.people import Person

KIND = "unused"
MONTH, WEEK = timedelta(days=30), timedelta(days=7)
BATCH = 50
MORNING = time(10)

_heard = func.coalesce(Person.heard_at, Person.created_at)


async def keep_house(session: AsyncSession, keep: timedelta, now: datetime) -> None:
    """Tell and erase a batch of those who have not been heard of for so long."""
    for notice, before, after in (("month", MONTH, None), ("week", WEEK, ("month", MONTH - WEEK))):
        for person in await _silent(session, now - keep + before, notice, after, now):
            await _tell(session, person, notice, now, now + before)
    for person in await _silent(session, now - keep, "", ("week", WEEK), now):
        await erase.farewell(session, person, now)


async def pressed(turn: Turn) -> Reply:
    """*Keep it*: that they were heard of is what keeps it."""
    t = turn.t
    rows = ((Button(t("about-menu"), "home"), Button(t("help-button"), "help")),)
    return Reply((Message(t("unused-kept"), rows, slot="unused"),))


async def compose(occasion: Occasion) -> Message | None:
    """Neutral throughout. None if they have come back meanwhile."""
    notice, since, until = occasion.notification.occurrence.split(" ")
    if since != _since(occasion.person):
        return None
    t = occasion.t
    rows = ((Button(t("unused-keep"), f"unused:{notice}"), Button(t("help-button"), "help")),)
    day = days.dated(date.fromisoformat(until), t)
    return Message(t("unused-note", day=day), rows, slot="unused", neutral=True)


async def _silent(
    session: AsyncSession, since: datetime, untold: str, told: tuple[str, timedelta] | None, now: datetime
) -> list[Person]:
    """Who has been silent since then, has not had the one notice, and had the other so long ago."""
    query = select(Person).where(_heard <= since, people.is_member(), Person.id.not_in(select(Leaving.person_id)))
    if untold:
        query = query.where(Person.id.not_in(_notices(untold)))
    if told:
        query = query.where(Person.id.in_(_notices(told[0]).where(Notification.due_at <= now - told[1])))
    locked = query.order_by(_heard).limit(BATCH).with_for_update(of=Person, skip_locked=True)
    return list(await session.scalars(locked))


def _notices(which: str) -> Select[int]:
    """Whom a notice was promised to since they were last heard of."""
    return (
        select(Notification.person_id)
        .join(Person, Person.id == Notification.person_id)
        .where(Notification.kind == KIND, Notification.occurrence.startswith(f"{which} "), Notification.due_at > _heard)
    )


async def _tell(session: AsyncSession, person: Person, notice: str, now: datetime, until: datetime) -> None:
    due_at = clock.next_daily(now, MORNING, clock.zone(person.zone))[0] if person.zone else now
    occurrence = f"{notice} {_since(person)} {until.date().isoformat()}"
    await outbox.post(session, person, KIND, occurrence, lane=Lane.BULK, due_at=due_at, send_before=until)


def _since(person: Person) -> str:
    return (person.heard_at or person.created_at).date().isoformat()
