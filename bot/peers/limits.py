"""What somebody who helps has set for themselves: when they are not to be woken, and how often they may be asked.

It holds over everybody who may ask them. Whoever asks learns of it only what the person lets be said.
"""

from datetime import datetime, time

from sqlalchemy import ForeignKey, String, Time
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.people import Person
from bot.store import Base

WAKE, SAY, REST = "wake", "say", "rest"
"""What an alert does in quiet hours: it comes; or somebody else is asked, and until when may be said, or may not."""

NIGHTS = (WAKE, SAY, REST)


class Limits(Base):
    """One row for somebody who helps, from their first choice on."""

    __tablename__ = "peer_limits"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    zone: Mapped[str | None] = mapped_column(String(64), info={"export": "time zone"})
    """By which clock, where the person has told no zone of their own: whoever only helps is asked nothing else."""
    quiet_from: Mapped[time | None] = mapped_column(Time, info={"export": "not to be woken from"})
    quiet_to: Mapped[time | None] = mapped_column(Time, info={"export": "not to be woken until"})
    night: Mapped[str | None] = mapped_column(String(8), info={"export": "in those hours"})
    """One of `NIGHTS`; NULL while that is unasked, and then everything comes."""
    most: Mapped[int | None] = mapped_column(info={"export": "asked at most"})
    days: Mapped[int | None] = mapped_column(info={"export": "in so many days"})

    def rests_until(self, zone: str | None, now: datetime) -> datetime | None:
        """The end of the quiet hours that this moment lies in, if nothing is to come in them.

        `zone` is the person's own, where they have one.
        """
        place = zone or self.zone
        if self.night not in (SAY, REST) or place is None or self.quiet_from is None or self.quiet_to is None:
            return None
        return clock.end_of_hours(now, self.quiet_from, self.quiet_to, clock.zone(place))


async def limits_of(session: AsyncSession, person: Person) -> Limits:
    """What somebody has set. Where that is nothing yet, a row that is not kept before there is something in it."""
    return await session.get(Limits, person.id) or Limits(person_id=person.id)


async def keep(session: AsyncSession, row: Limits) -> None:
    """Keep what somebody has set. Of whoever has set nothing, or nothing any more, there is no row."""
    if any(one is not None for one in (row.zone, row.quiet_from, row.night, row.most)):
        session.add(row)
    elif row in session:
        await session.delete(row)


async def zone_of(session: AsyncSession, person: Person) -> str | None:
    """By whose clock somebody may be told an hour: their own, where they have named a place for anything."""
    if person.zone:
        return person.zone
    row = await session.get(Limits, person.id)
    return row.zone if row else None


async def wakes_at(session: AsyncSession, person: Person, now: datetime) -> datetime:
    """When something that can wait may reach somebody; `now` if at once."""
    row = await session.get(Limits, person.id)
    return (row and row.rests_until(person.zone, now)) or now
