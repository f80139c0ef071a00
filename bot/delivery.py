"""Lanes, tokens, pace and retries: the only place that decides *when* a message leaves.

`pump(now)` pulls what may leave at this moment, sets it flying and says when it wants to be called again. A chat has
one flight at a time, so what one person reads comes in order.
"""

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, inbox, outbox, people, screen
from bot.bucket import Bucket, Pace
from bot.chat import (
    Ambiguous,
    Button,
    DeliveryError,
    Lane,
    Message,
    Messenger,
    NotTaken,
    TooFast,
    Unauthorized,
    Unreachable,
)
from bot.clock import Clock
from bot.flight import Flight, Flights, Result
from bot.inbox import Answer, State, Update
from bot.outbox import Notification, Outcome
from bot.people import Address, Person
from bot.store import Store, unavailable
from bot.texts import Texts

log = logging.getLogger(__name__)

LATE = timedelta(seconds=60)
"""A reply that leaves later than this after its cause comes as something that arrives by itself: neutral."""

BACKOFF_MOST = timedelta(minutes=1)
REPLY_TRIES = 2
FREE_TRIES = 5
"""How often something is sent that may have been taken: a reply once more; an edit, or what is worth a copy, often."""

PROMPT = (Lane.CRISIS, Lane.ALERT)
BACKGROUND = (Lane.REMINDER, Lane.CHECKIN, Lane.BULK)

Compose = Callable[[AsyncSession, Person, Notification, datetime], Awaitable[Message | None]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What wants to leave, read in one look: the ids of notifications, replies as flights, and the next due time."""

    prompt: Sequence[int]
    replies: Sequence[Flight]
    background: Sequence[int]
    next_at: datetime | None


class Delivery:
    """Passes on replies, notifications and what is said from memory."""

    def __init__(
        self, store: Store, messenger: Messenger, compose: Compose, clock: Clock, wake: Callable[[], None]
    ) -> None:
        """`compose` finds a notification's words; `wake` asks for the next `pump`."""
        self.bucket = Bucket()
        self.pace = Pace()
        self.fatal: Unauthorized | None = None
        self._store = store
        self._compose = compose
        self._clock = clock
        self._wake = wake
        self._flights = Flights(store, messenger, self._heed, wake)
        self._spoken: deque[tuple[str, Message]] = deque()
        self._random = Random()  # noqa: S311  # spreads retries, guards nothing

    def say(self, address: str, message: Message) -> None:
        """Pass on something that stands in no database, as soon as its lane allows. Lost if the program ends."""
        self._spoken.append((address, message))
        self._wake()

    def pump_spoken(self, now: datetime) -> datetime | None:
        """Set flying what was said from memory. Needs no database. When there is room for more, if any is left."""
        while self._spoken and self._room(Lane.REPLY, now):
            self.bucket.take(Lane.REPLY, now)
            address, message = self._spoken.popleft()
            self._flights.start(Flight(address, message, Lane.REPLY))
        return self._room_at(Lane.REPLY, now) if self._spoken else None

    async def pump(self, now: datetime) -> datetime | None:
        """Set flying what may leave now. When to come again, if not called before. Raises Unavailable."""
        await self._flights.settle_rest()
        blocked = self.pace.waiting(now)
        waiting = await self._look(now, blocked.keys())
        wishes = [
            waiting.next_at,
            *blocked.values(),
            await self._notify(waiting.prompt, Lane.ALERT, now),
            self._reply(waiting.replies, now),
            await self._notify(waiting.background, Lane.CHECKIN, now),
        ]
        return min((wish for wish in wishes if wish), default=None)

    async def recover(self, now: datetime) -> None:
        """At the start: decide about what was on its way when the program ended."""
        async with self._store.work() as session:
            await outbox.recover(session, now + outbox.LEASE, now)

    async def landed(self) -> None:
        """Wait until nothing is flying."""
        await self._flights.landed()

    async def _look(self, now: datetime, blocked: Set[bytes]) -> Waiting:
        room = max(self._flights.room, 0) + 1  # one more than may leave tells that something stays behind
        async with self._store.look() as session:
            if await outbox.abandoned(session, now):
                async with self._store.work() as writing:
                    await outbox.recover(writing, now, now)
            next_ats = [await inbox.next_at(session, State.ANSWERED, now), await outbox.next_at(session, now)]
            return Waiting(
                prompt=await outbox.ready(session, now, PROMPT, room),
                replies=await self._replies(session, now, room, blocked),
                background=await outbox.ready(session, now, BACKGROUND, room),
                next_at=min((at for at in next_ats if at), default=None),
            )

    def _room(self, lane: Lane, now: datetime) -> int:
        return min(self.bucket.room(lane, now), self._flights.room)

    def _room_at(self, lane: Lane, now: datetime) -> datetime | None:
        """When there are tokens; None while it is connections that are missing, because a landing wakes us."""
        return self.bucket.next_at(lane, now) if self._flights.room > 0 else None

    # replies

    async def _replies(self, session: AsyncSession, now: datetime, limit: int, blocked: Set[bytes]) -> list[Flight]:
        found = await inbox.ready(session, State.ANSWERED, now, limit, self._flights.busy | blocked)
        query = select(Update).where(Update.id.in_([row_id for row_id, _, _ in found]))
        rows = {row.id: row for row in await session.scalars(query)}
        return [
            self._flight(rows[row_id], inbox.reply_of(session, rows[row_id]), now)
            for row_id, _, _ in found
            if row_id in rows
        ]

    def _reply(self, flights: Sequence[Flight], now: datetime) -> datetime | None:
        for flight in flights:
            if not self._room(Lane.REPLY, now):
                return self._room_at(Lane.REPLY, now)
            if flight.chat not in self._flights.busy:
                self._take_off(flight, now)
        return None

    def _flight(self, row: Update, answer: Answer, now: datetime) -> Flight:
        message = answer.messages[row.gone]
        replaces = answer.message_id if screen.edits(message.slot, answer.press) else ""
        late = now - (answer.caused_at or row.received_at) > LATE
        held = late and not message.neutral and not replaces
        if held:
            message = lock(Texts(answer.language), f"late:{row.id}:open")

        async def settle(session: AsyncSession, result: Result) -> None:
            await self._settle_reply(session, row.id, answer, message, result, held=held, edited=bool(replaces))

        return Flight(answer.address, message, Lane(row.lane), row.sender, settle, replaces)

    async def _settle_reply(
        self,
        session: AsyncSession,
        row_id: int,
        answer: Answer,
        message: Message,
        result: Result,
        *,
        held: bool,
        edited: bool,
    ) -> None:
        now = self._clock.now()
        row = await inbox.lock(session, row_id, State.ANSWERED)
        if row is None:
            return
        if isinstance(result, DeliveryError):
            if isinstance(result, Ambiguous):
                row.tries += 1
            again = self._again(result, row.tries, _reply_tries(row, edited=edited), row.received_at, now)
            if again:
                row.next_at = again
                return
        person_id = await session.scalar(select(Address.person_id).where(Address.blind == row.sender))
        if person_id is not None:
            await _note(session, person_id, message, result, now)
        if held and isinstance(result, str):
            row.state, row.next_at = State.HELD, now
            return
        row.gone += 1
        row.tries = 0
        if isinstance(result, Unreachable) or row.gone == len(answer.messages):
            inbox.done(row)

    # notifications

    async def _notify(self, found: Sequence[int], lane: Lane, now: datetime) -> datetime | None:
        room = self._room(lane, now)
        if not found or not room:
            return self._room_at(lane, now) if found else None
        flights: dict[bytes, Flight] = {}
        async with self._store.work() as session:
            for notification_id in found[:room]:
                flight = await self._claimed(session, notification_id, now, self._flights.busy | flights.keys())
                if flight:
                    flights[flight.chat] = flight
        for flight in flights.values():
            self._take_off(flight, now)
        return self._room_at(lane, now) if len(found) > room else None

    async def _claimed(
        self, session: AsyncSession, notification_id: int, now: datetime, busy: Set[bytes]
    ) -> Flight | None:
        """Decide about one notification: it ends here, waits for its chat, or is marked as on its way."""
        person_id = await outbox.owner(session, notification_id)
        found = await people.lock_by_id(session, person_id) if person_id else None
        row = await outbox.lock(session, notification_id)
        if found is None or row is None:
            return None
        person, address = found
        if row.send_before is not None and now >= row.send_before:
            outbox.settle(row, Outcome.EXPIRED, now)
            return None
        if person.unreachable_since is not None:
            outbox.settle(row, Outcome.UNREACHABLE, now)
            return None
        if ended := await budget.ended(session, person, row, now):
            outbox.settle(row, ended, now)
            return None
        chat = people.keys(session).blind(address)
        free_at = max(self.pace.free_at(chat, now), budget.free_at(person, row, now))
        if free_at > now or chat in busy:
            # a later time of its own, or the rows of one parked chat would stand before everybody else's
            row.next_at = max(free_at, now + timedelta(seconds=1))
            return None
        message = await self._words(session, person, row, now)
        if message is None:
            return None
        outbox.take_off(row, now)

        async def settle(session: AsyncSession, result: Result) -> None:
            await self._settle_notification(session, person.id, notification_id, message, result)

        return Flight(address, message, Lane(row.lane), chat, settle)

    async def _words(self, session: AsyncSession, person: Person, row: Notification, now: datetime) -> Message | None:
        try:
            async with session.begin_nested():
                message = await self._compose(session, person, row, now)
                if message is not None:
                    message = await budget.with_the_rest(session, person, row, message, self._compose, now)
        except Exception as error:
            if unavailable(error):
                raise
            # one that cannot be worded must not keep the others from leaving
            log.error("A notification could not be worded: %s. action=not_worded id=%s", error, row.id)
            row.tries += 1
            row.next_at = now + BACKOFF_MOST
            if row.tries >= FREE_TRIES:
                outbox.settle(row, Outcome.REFUSED, now)
            return None
        if message is None:
            outbox.settle(row, Outcome.UNWANTED, now)
        return message

    async def _settle_notification(
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
            again = self._again(result, row.tries, FREE_TRIES if row.repeat else 1, row.due_at, now)
            if again:
                row.outcome, row.next_at = Outcome.WAITING, again
                return
        await _note(session, row.person_id, message, result, now)
        outbox.settle(row, _outcome(result), now)

    # all of them

    def _take_off(self, flight: Flight, now: datetime) -> None:
        self.bucket.take(flight.lane, now)
        self.pace.take(flight.chat, now)
        self._flights.start(flight)

    def _heed(self, flight: Flight, result: Result) -> None:
        """What a refusal says about more than this one message."""
        now = self._clock.now()
        if isinstance(result, TooFast):
            self.bucket.slow(now)
            self.pace.park(flight.chat, now + result.retry_after)
        elif isinstance(result, Unauthorized):
            self.fatal = result

    def _again(self, error: DeliveryError, doubts: int, most: int, since: datetime, now: datetime) -> datetime | None:
        """When to try once more, or None if this was the last try."""
        if isinstance(error, TooFast):
            return now + error.retry_after
        if isinstance(error, (NotTaken, Unauthorized)):
            # a quarter of its age: grows by itself, and needs no count of tries
            wait = min(max((now - since) / 4, timedelta(seconds=1)), BACKOFF_MOST)
            return now + wait * self._random.uniform(0.8, 1.2)
        if isinstance(error, Ambiguous) and doubts < most:
            return now + timedelta(seconds=1)
        return None


def lock(t: Texts, press: str) -> Message:
    """What comes in the place of anything late: it says nothing to whoever sees the phone lying there."""
    rows = ((Button(t("late-lock.open"), press),), (Button(t("help-button"), "help"),))
    return Message(t("late-lock"), rows, slot=press.rpartition(":")[0], neutral=True)


def _reply_tries(row: Update, *, edited: bool) -> int:
    return FREE_TRIES if edited or row.lane in outbox.REPEATED else REPLY_TRIES


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


async def _note(session: AsyncSession, person_id: int, message: Message, result: Result, now: datetime) -> None:
    """What the end of a flight says about the person: what stands on their screen, or that nothing reaches them."""
    if isinstance(result, str):
        await screen.ours(session, person_id, result, message, now)
    elif isinstance(result, Unreachable):
        person = await session.get(Person, person_id, with_for_update=True)
        if person is not None:
            person.unreachable_since = person.unreachable_since or now
    else:
        log.warning("A message was not passed on: %s. action=not_passed_on", type(result).__name__)
