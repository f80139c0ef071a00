"""Notifications on their way: decided about and worded when they are sent, and settled in the outbox."""

import logging
from collections.abc import Awaitable, Callable, Sequence, Set
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, outbox, people, screen
from bot.bucket import Pace
from bot.chat import Ambiguous, DeliveryError, Lane, Message, NothingToEdit, Unreachable
from bot.clock import Clock
from bot.flight import BACKOFF_MOST, FREE_TRIES, HELP_TRIES, Flight, Result, again, note, without_media
from bot.outbox import Notification, Outcome
from bot.people import Person
from bot.store import Store, unavailable
from bot.texts import Texts

log = logging.getLogger(__name__)

Compose = Callable[[AsyncSession, Person, Notification, datetime], Awaitable[Message | None]]

Settled = Callable[[AsyncSession, Notification, datetime], Awaitable[None]]
"""Hears, in the same unit of work, how a notification has ended."""


class Notifications:
    """What the outbox has to pass on."""

    def __init__(self, store: Store, compose: Compose, settled: Settled, pace: Pace, clock: Clock) -> None:
        """`compose` finds the words, or None for what is not wanted any more; `settled` hears of every end."""
        self._store = store
        self._compose = compose
        self._settled = settled
        self._pace = pace
        self._clock = clock

    async def claim(
        self, lanes: Sequence[Lane], found: Sequence[int], now: datetime, busy: Set[bytes]
    ) -> tuple[list[Flight], datetime | None]:
        """Decide about each of those found; those that leave are marked as on their way when this returns.

        And when the next of these lanes wants to leave: asked last, for one may now wait for a later time. Raises
        Unavailable.
        """
        try:
            async with self._store.work() as session:
                flights = await self._decided(session, found, now, busy)
                return flights, await outbox.next_at(session, lanes, now)
        except Exception as error:
            if unavailable(error):
                raise
        # something is wrong with one of them, and must not keep the others from leaving
        flights = []
        async with self._store.work() as session:
            for notification_id in found:
                flights += await self._apart(session, notification_id, now, busy | {one.chat for one in flights})
            return flights, await outbox.next_at(session, lanes, now)

    async def recover(self, before: datetime, now: datetime) -> None:
        """Decide about those whose lease ended before this."""
        async with self._store.work() as session:
            await outbox.recover(session, before, now)

    async def _apart(
        self, session: AsyncSession, notification_id: int, now: datetime, busy: Set[bytes]
    ) -> list[Flight]:
        """One notification in a savepoint of its own: two statements more, and if it fails it fails alone."""
        try:
            async with session.begin_nested():
                return await self._decided(session, [notification_id], now, busy)
        except Exception as error:
            if unavailable(error):
                raise
            log.error("A notification cannot be sent: %s. action=notification_broken id=%s", error, notification_id)
            row = await session.get(Notification, notification_id, populate_existing=True)
            if row is not None and outbox.postpone(row, now + _patience(row), FREE_TRIES):
                await self._end(session, row, Outcome.REFUSED, now)
            return []

    async def _decided(
        self, session: AsyncSession, found: Sequence[int], now: datetime, busy: Set[bytes]
    ) -> list[Flight]:
        """Each of these ends here, waits for its chat, or is marked as on its way."""
        people_found = await people.lock_all(session, await outbox.owners(session, found))
        rows = await outbox.lock(session, found)
        rest = await budget.held_back(session, people_found.keys(), now)
        flights: dict[bytes, Flight] = {}
        leaving = []
        for row in rows:
            if row.person_id not in people_found:
                await self._end(session, row, Outcome.UNREACHABLE, now)
                continue
            person, address = people_found[row.person_id]
            chat = people.keys(session).blind(address)
            message = await self._worded(
                session, person, row, chat, rest.get(person.id, []), now, busy | flights.keys()
            )
            flight = await self._flight(session, person, row, address, chat, message) if message else None
            if flight:
                flights[chat] = flight
                leaving.append(row)
        for row in leaving:  # last, or the next one's reading would write each of them by itself
            outbox.take_off(row, now)
        return list(flights.values())

    async def _worded(
        self,
        session: AsyncSession,
        person: Person,
        row: Notification,
        chat: bytes,
        rest: Sequence[Notification],
        now: datetime,
        busy: Set[bytes],
    ) -> Message | None:
        """The words of a notification that leaves now. None if it ends here or waits for its chat."""
        ended = await self._ended(session, person, row, now)
        if ended:
            await self._end(session, row, ended, now)
            return None
        free_at = max(self._pace.free_at(chat, now), budget.free_at(person, row, now))
        if free_at > now or chat in busy:
            # a later time of its own, or the rows of one parked chat would stand before everybody else's
            row.next_at = max(free_at, now + timedelta(seconds=1))
            return None
        message = await self._compose(session, person, row, now)
        if message is None:
            await self._end(session, row, Outcome.UNWANTED, now)
            return None
        return await budget.with_the_rest(session, person, row, message, rest, self._compose, now)

    async def _flight(
        self, session: AsyncSession, person: Person, row: Notification, address: str, chat: bytes, message: Message
    ) -> Flight | None:
        """What takes off. None if there is nothing for it to edit: then it ends here."""
        person_id, notification_id = person.id, row.id
        replaces = await _replaced(session, person_id, message)
        if message.only_edits and not replaces:
            await self._end(session, row, Outcome.UNWANTED, self._clock.now())
            return None

        async def settle(session: AsyncSession, result: Result) -> None:
            await self._settle(session, person_id, notification_id, message, result)

        instead = without_media(Texts(person.language), message)
        return Flight(address, message, Lane(row.lane), chat, settle, replaces, instead=instead)

    async def _end(self, session: AsyncSession, row: Notification, outcome: Outcome, now: datetime) -> None:
        outbox.settle(row, outcome, now)
        await self._settled(session, row, now)

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
        person, agreed = await people.lock_with_consent(session, person_id)
        row = await session.get(Notification, notification_id, with_for_update=True)
        if person is None or row is None or row.outcome != Outcome.SENDING:
            return
        if isinstance(result, DeliveryError):
            if isinstance(result, Ambiguous):
                row.tries += 1
                row.repeat = row.lane in outbox.REPEATED
            later = again(result, row.tries, _most_tries(row), row.due_at, now)
            if later:
                row.outcome, row.next_at = Outcome.WAITING, later
                return
        if isinstance(result, NothingToEdit) and message.pinned:
            await screen.cleared(session, person_id)  # pinned anew when they next ask for the menu
        await note(session, person, message, result, now, agreed=agreed)
        await self._end(session, row, _outcome(result), now)


def _patience(row: Notification) -> timedelta:
    """How long one waits that failed in our own hands: help that is under way only for seconds at first."""
    if row.lane not in outbox.REPEATED:
        return BACKOFF_MOST
    return min(timedelta(seconds=4**row.tries), BACKOFF_MOST)


def _most_tries(row: Notification) -> int:
    """How often one is sent that may have been taken."""
    return 1 if not row.repeat else HELP_TRIES if row.lane == Lane.CRISIS else FREE_TRIES


async def _replaced(session: AsyncSession, person_id: int, message: Message) -> str:
    """Which message of ours this one takes the place of; empty if it comes anew."""
    if message.pinned:
        return await screen.pinned(session, person_id)
    return await screen.in_slot(session, person_id, message.slot) if message.only_edits else ""


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
