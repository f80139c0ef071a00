"""Notifications on their way: decided about and worded when they are sent, and settled in the outbox."""

import logging
from collections.abc import Awaitable, Callable, Sequence, Set
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, outbox, people, screen
from bot.bucket import Pace
from bot.chat import Ambiguous, DeliveryError, Lane, Message, Unreachable
from bot.clock import Clock
from bot.flight import BACKOFF_MOST, FREE_TRIES, Flight, Result, again, note
from bot.outbox import Notification, Outcome
from bot.people import Person
from bot.store import Store, unavailable

log = logging.getLogger(__name__)

Compose = Callable[[AsyncSession, Person, Notification, datetime], Awaitable[Message | None]]


class Notifications:
    """What the outbox has to pass on."""

    def __init__(self, store: Store, compose: Compose, pace: Pace, clock: Clock) -> None:
        """`compose` finds the words, or None for what is not wanted any more."""
        self._store = store
        self._compose = compose
        self._pace = pace
        self._clock = clock

    async def claim(self, found: Sequence[int], now: datetime, busy: Set[bytes]) -> list[Flight]:
        """Decide about each; those that leave are marked as on their way when this returns. Raises Unavailable."""
        flights: dict[bytes, Flight] = {}
        async with self._store.work() as session:
            for notification_id in found:
                flight = await self._decided(session, notification_id, now, busy | flights.keys())
                if flight:
                    flights[flight.chat] = flight
        return list(flights.values())

    async def recover(self, before: datetime, now: datetime) -> None:
        """Decide about those whose lease ended before this."""
        async with self._store.work() as session:
            await outbox.recover(session, before, now)

    async def _decided(
        self, session: AsyncSession, notification_id: int, now: datetime, busy: Set[bytes]
    ) -> Flight | None:
        """One notification. What fails with it must not keep the others from leaving."""
        try:
            async with session.begin_nested():
                return await self._claimed(session, notification_id, now, busy)
        except Exception as error:
            if unavailable(error):
                raise
            log.error("A notification cannot be sent: %s. action=notification_broken id=%s", error, notification_id)
            await outbox.postpone(session, notification_id, now + BACKOFF_MOST, FREE_TRIES, now)
            return None

    async def _claimed(
        self, session: AsyncSession, notification_id: int, now: datetime, busy: Set[bytes]
    ) -> Flight | None:
        """Decide about one notification: it ends here, waits for its chat, or is marked as on its way."""
        person_id = await outbox.owner(session, notification_id)
        found = await people.lock_by_id(session, person_id) if person_id else None
        row = await outbox.lock(session, notification_id)
        if row is None:
            return None
        if found is None:
            outbox.settle(row, Outcome.UNREACHABLE, now)
            return None
        person, address = found
        ended = await self._ended(session, person, row, now)
        if ended:
            outbox.settle(row, ended, now)
            return None
        chat = people.keys(session).blind(address)
        free_at = max(self._pace.free_at(chat, now), budget.free_at(person, row, now))
        if free_at > now or chat in busy:
            # a later time of its own, or the rows of one parked chat would stand before everybody else's
            row.next_at = max(free_at, now + timedelta(seconds=1))
            return None
        message = await self._compose(session, person, row, now)
        if message is None:
            outbox.settle(row, Outcome.UNWANTED, now)
            return None
        message = await budget.with_the_rest(session, person, row, message, self._compose, now)
        outbox.take_off(row, now)

        async def settle(session: AsyncSession, result: Result) -> None:
            await self._settle(session, person.id, notification_id, message, result)

        replaces = await screen.pinned(session, person.id) if message.pinned else ""
        return Flight(address, message, Lane(row.lane), chat, settle, replaces)

    async def _ended(self, session: AsyncSession, person: Person, row: Notification, now: datetime) -> Outcome | None:
        """Why this is not to be sent at all; None if it may be."""
        if row.send_before is not None and now >= row.send_before:
            return Outcome.EXPIRED
        if person.unreachable_since is not None:
            return Outcome.UNREACHABLE
        return await budget.ended(session, person, row, now)

    async def _settle(
        self, session: AsyncSession, person_id: int, notification_id: int, message: Message, result: Result
    ) -> None:
        now = self._clock.now()
        await session.get(Person, person_id, with_for_update=True)
        row = await session.get(Notification, notification_id, with_for_update=True)
        if row is None or row.outcome != Outcome.SENDING:
            return
        if isinstance(result, DeliveryError):
            if isinstance(result, Ambiguous):
                row.tries += 1
                row.repeat = row.lane in outbox.REPEATED
            later = again(result, row.tries, FREE_TRIES if row.repeat else 1, row.due_at, now)
            if later:
                row.outcome, row.next_at = Outcome.WAITING, later
                return
        await note(session, row.person_id, message, result, now)
        outbox.settle(row, _outcome(result), now)


def _outcome(result: Result) -> Outcome:
    match result:
        case str():
            return Outcome.SENT
        case Unreachable():
            return Outcome.UNREACHABLE
        case Ambiguous():
            return Outcome.UNKNOWN
        case _:
            return Outcome.REFUSED
