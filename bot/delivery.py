"""Lanes, tokens, pace and retries: the only place that decides *when* a message leaves.

`pump(now)` pulls what may leave at this moment, sets it flying and says when it wants to be called again. One flight
carries one message; a chat has one flight at a time, so what one person reads comes in order.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import inbox, outbox, people, screen
from bot.bucket import Bucket, Pace
from bot.chat import (
    Ambiguous,
    Button,
    DeliveryError,
    Lane,
    Message,
    Messenger,
    NothingToEdit,
    NotTaken,
    TooFast,
    Unauthorized,
    Unreachable,
)
from bot.clock import Clock
from bot.inbox import Answer, State, Update
from bot.outbox import Notification, Outcome
from bot.people import Address, Person
from bot.store import Store, Unavailable
from bot.texts import Texts

log = logging.getLogger(__name__)

LATE = timedelta(seconds=60)
"""A reply that leaves later than this after its cause comes as something that arrives by itself: neutral."""

FLYING = 32
"""Messages on their way at once: as many as the messenger has connections."""

BACKOFF_MOST = timedelta(minutes=1)
REPLY_TRIES = 2
FREE_TRIES = 5
"""How often something is sent that may have been taken: a reply once more; an edit, or what is worth a copy, often."""

PROMPT = (Lane.CRISIS, Lane.ALERT)
BACKGROUND = (Lane.REMINDER, Lane.CHECKIN, Lane.BULK)

Compose = Callable[[AsyncSession, Person, Notification, datetime], Awaitable[Message | None]]
Result = str | DeliveryError
"""The message id under which it stands, or why it does not."""


@dataclass(frozen=True, slots=True)
class Flight:
    """One message on its way. `chat` is the blind index of its address; `replaces` a message to be edited."""

    address: str
    chat: bytes
    message: Message
    lane: Lane
    settle: Callable[[AsyncSession, Result], Awaitable[None]]
    replaces: str = ""


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
        self._messenger = messenger
        self._compose = compose
        self._clock = clock
        self._wake = wake
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[bytes] = set()
        self._spoken: deque[tuple[str, Message]] = deque()
        self._unsettled: list[tuple[Flight, Result]] = []
        self._random = Random()  # noqa: S311  # spreads retries, guards nothing

    def say(self, address: str, message: Message) -> None:
        """Pass on something that stands in no database, as soon as its lane allows. Lost if the program ends."""
        self._spoken.append((address, message))
        self._wake()

    async def pump_spoken(self, now: datetime) -> datetime | None:
        """Set flying what was said from memory. Needs no database. When there is room for more, or None."""
        while self._spoken:
            if len(self._tasks) >= FLYING or not self.bucket.take(Lane.REPLY, now):
                return self.bucket.next_at(Lane.REPLY, now)
            address, message = self._spoken.popleft()
            self._start(Flight(address, b"", message, Lane.REPLY, _nothing_to_settle))
        return None

    async def pump(self, now: datetime) -> datetime | None:
        """Set flying what may leave now. When to come again, if not called before. Raises Unavailable."""
        await self._settle_rest()
        await self._reclaim(now)
        wishes = [await self.pump_spoken(now)]
        wishes.append(await self._promised(PROMPT, now))
        wishes.append(await self._replies(now))
        wishes.append(await self._promised(BACKGROUND, now))
        async with self._store.look() as session:
            wishes += [await inbox.next_at(session, State.ANSWERED, now), await outbox.next_at(session, now)]
        return min((wish for wish in wishes if wish), default=None)

    async def recover(self) -> None:
        """At the start: decide about what was on its way when the program ended."""
        now = self._clock.now()
        async with self._store.work() as session:
            await outbox.recover(session, now + outbox.LEASE, now)

    async def _reclaim(self, now: datetime) -> None:
        """The same while running, for a promise whose taking off was written though we were told that it was not."""
        async with self._store.look() as session:
            abandoned = await outbox.abandoned(session, now)
        if abandoned:
            async with self._store.work() as session:
                await outbox.recover(session, now, now)

    async def landed(self) -> None:
        """Wait until nothing is flying."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    # replies

    async def _replies(self, now: datetime) -> datetime | None:
        room = self._room(Lane.REPLY, now)
        waiting = self.pace.waiting(now)
        async with self._store.look() as session:
            found = await inbox.ready(session, State.ANSWERED, now, room + 1, self._busy | waiting.keys())
            query = select(Update).where(Update.id.in_([row_id for row_id, _, _ in found[:room]]))
            rows = {row.id: row for row in await session.scalars(query)}
            flights = [
                self._reply(rows[row_id], inbox.reply_of(session, rows[row_id]), now)
                for row_id, _, _ in found[:room]
                if row_id in rows
            ]
        for flight in flights:
            self.bucket.take(flight.lane, now)
            self.pace.take(flight.chat, now)
            self._start(flight)
        blocked = [self.bucket.next_at(Lane.REPLY, now)] if len(found) > room else []
        return min([*waiting.values(), *blocked], default=None)

    def _reply(self, row: Update, answer: Answer, now: datetime) -> Flight:
        message = answer.messages[row.gone]
        replaces = answer.message_id if screen.edits(message.slot, answer.press) else ""
        late = now - (answer.caused_at or row.received_at) > LATE
        held = late and not message.neutral and not replaces
        if held:
            message = lock(Texts(answer.language), f"late:{row.id}:open")

        async def settle(session: AsyncSession, result: Result) -> None:
            await self._settle_reply(session, row.id, answer, message, result, held=held, edited=bool(replaces))

        return Flight(answer.address, row.sender, message, Lane(row.lane), settle, replaces)

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
        row.gone += 1
        row.tries = 0
        if isinstance(result, Unreachable) or (row.gone == len(answer.messages) and not held):
            inbox.done(row)
        elif held:
            row.state, row.gone, row.next_at = State.HELD, 0, now

    # notifications

    async def _promised(self, lanes: tuple[Lane, ...], now: datetime) -> datetime | None:
        room = self._room(lanes[0], now)
        async with self._store.look() as session:
            found = await outbox.ready(session, now, lanes, room + 1)
        if not found:
            return None
        flights: dict[bytes, Flight] = {}
        if room:
            async with self._store.work() as session:
                for notification_id in found[:room]:
                    flight = await self._take_off(session, notification_id, now, flights)
                    if flight:
                        flights[flight.chat] = flight
        for flight in flights.values():
            self._start(flight)
        # what could not go yet was given a later time; more may be due at once
        return self.bucket.next_at(lanes[0], now) if len(found) > room else None

    async def _take_off(
        self, session: AsyncSession, notification_id: int, now: datetime, beside: Container[bytes]
    ) -> Flight | None:
        """Decide about one notification: it ends here, waits for its chat, or is marked as on its way."""
        row = await outbox.lock(session, notification_id)
        if row is None:
            return None
        if row.send_before is not None and now >= row.send_before:
            outbox.settle(row, Outcome.EXPIRED, now)
            return None
        found = await people.lock_by_id(session, row.person_id)
        if found is None or found[0].unreachable_since is not None:
            outbox.settle(row, Outcome.UNREACHABLE, now)
            return None
        person, address = found
        chat = people.keys(session).blind(address)
        free_at = self.pace.free_at(chat, now)
        if free_at > now or chat in self._busy or chat in beside:
            row.next_at = max(free_at, now + timedelta(seconds=1))
            return None
        message = await self._words(session, person, row, now)
        if message is None:
            return None
        outbox.take_off(row, now)
        lane = Lane(row.lane)
        self.bucket.take(lane, now)
        self.pace.take(chat, now)

        async def settle(session: AsyncSession, result: Result) -> None:
            await self._settle_notification(session, notification_id, message, result)

        return Flight(address, chat, message, lane, settle)

    async def _words(self, session: AsyncSession, person: Person, row: Notification, now: datetime) -> Message | None:
        try:
            async with session.begin_nested():
                message = await self._compose(session, person, row, now)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  # one that cannot be worded must not keep the others from leaving
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
        self, session: AsyncSession, notification_id: int, message: Message, result: Result
    ) -> None:
        now = self._clock.now()
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

    # flying

    def _room(self, lane: Lane, now: datetime) -> int:
        return min(self.bucket.room(lane, now), FLYING - len(self._tasks))

    def _start(self, flight: Flight) -> None:
        if flight.chat:
            self._busy.add(flight.chat)
        task = asyncio.create_task(self._fly(flight))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fly(self, flight: Flight) -> None:
        try:
            result = await self._pass_on(flight)
            self._heed(flight, result)
            self._unsettled.append((flight, result))
            await self._settle_rest()
        except Unavailable:
            pass  # stays unsettled, and is neither forgotten nor sent again; pump comes back to it
        finally:
            if all(flight is not other for other, _ in self._unsettled):
                self._busy.discard(flight.chat)
            self._wake()

    async def _pass_on(self, flight: Flight) -> Result:
        try:
            if flight.replaces:
                try:
                    await self._messenger.edit(flight.address, flight.replaces, flight.message)
                    return flight.replaces
                except NothingToEdit:
                    pass
            return await self._messenger.send(flight.address, flight.message, urgent=flight.lane is Lane.CRISIS)
        except DeliveryError as error:
            return error

    def _heed(self, flight: Flight, result: Result) -> None:
        """What a refusal says about more than this one message."""
        now = self._clock.now()
        if isinstance(result, TooFast):
            self.bucket.slow(now)
            self.pace.park(flight.chat, now + result.retry_after)
        elif isinstance(result, Unauthorized):
            self.fatal = result

    async def _settle_rest(self) -> None:
        """Write down how flights ended. What was sent while nothing could be written waits here."""
        while self._unsettled:
            flight, result = self._unsettled[0]
            if flight.settle is not _nothing_to_settle:
                async with self._store.work() as session:
                    await flight.settle(session, result)
            if self._unsettled and self._unsettled[0][0] is flight:
                self._unsettled.pop(0)
                self._busy.discard(flight.chat)

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


async def _nothing_to_settle(session: AsyncSession, result: Result) -> None:
    """For what stands in no database."""


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
