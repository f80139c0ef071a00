"""Lanes, tokens, pace: the only place that decides *when* a message leaves.

Each part pulls what may leave at this moment, sets it flying and says when it wants to be called again. A chat has one
flight at a time, so what one person reads comes in order.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot import inbox, outbox
from bot.agenda import Part
from bot.bucket import Bucket, Pace
from bot.chat import Lane, Message, Messenger, NotTaken, TooFast, Unauthorized
from bot.clock import Clock
from bot.flight import Flight, Flights, Result
from bot.inbox import State
from bot.notifications import Compose, Notifications, Settled
from bot.outbox import Notification
from bot.replies import Replies
from bot.store import Store

SEVERAL = timedelta(seconds=2)
"""One chat that is refused slows down nobody else. Two within this time say that the whole bot is too fast."""

SPOKEN_KEPT = timedelta(minutes=1)
SPOKEN_AGAIN = timedelta(seconds=2)
"""How long what stands in no database is tried, and how often."""

BACKGROUND = (Lane.REMINDER, Lane.CHECKIN, Lane.BULK)


async def _unheard(session: AsyncSession, notification: Notification, now: datetime) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something said from memory, when it was, and not before which moment it leaves."""

    address: str
    message: Message
    said_at: datetime
    next_at: datetime


class Delivery:
    """Passes on replies, notifications and what is said from memory."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        compose: Compose,
        clock: Clock,
        wake: Callable[[], None],
        settled: Settled = _unheard,
    ) -> None:
        """`compose` finds a notification's words; `wake` asks for the next `pump`; `settled` hears of each end."""
        self.bucket = Bucket()
        self.pace = Pace()
        self.fatal: Unauthorized | None = None
        self._store = store
        self._clock = clock
        self._wake = wake
        self._flights = Flights(store, messenger, self._heed, wake)
        self._replies = Replies(store, clock)
        self._notifications = Notifications(store, compose, settled, self.pace, clock)
        self._spoken: deque[Spoken] = deque()
        self._refused: tuple[bytes, datetime] = (b"", datetime.min.replace(tzinfo=UTC))

    def say(self, address: str, message: Message) -> None:
        """Pass on something that stands in no database, as soon as its lane allows. Lost if the program ends."""
        now = self._clock.now()
        self._spoken.append(Spoken(address, message, now, now))
        self._wake()

    def pump_spoken(self, now: datetime) -> datetime | None:
        """Set flying what was said from memory. Needs no database. When to come again, if any is left."""
        later: deque[Spoken] = deque()
        while self._spoken and self._room(Lane.REPLY, now):
            spoken = self._spoken.popleft()
            if spoken.next_at > now:
                later.append(spoken)
                continue
            self.bucket.take(Lane.REPLY, now)
            self._flights.start(Flight(spoken.address, spoken.message, Lane.REPLY, said_at=spoken.said_at))
        self._spoken.extendleft(reversed(later))
        if not self._spoken:
            return None
        room_at = self._room_at(Lane.REPLY, now)
        return max(room_at, min(spoken.next_at for spoken in self._spoken)) if room_at else None

    def parts(self) -> tuple[Part, ...]:
        """What the loop calls, the most urgent first: each sets flying what may leave now."""
        return (
            Part(outbox.abandoned(), self._abandoned),
            Part(outbox.earliest((Lane.CRISIS,)), partial(self._notify, (Lane.CRISIS,))),
            Part(outbox.earliest((Lane.ALERT,)), partial(self._notify, (Lane.ALERT,))),
            Part(inbox.earliest(State.ANSWERED), self._reply),
            Part(outbox.earliest(BACKGROUND), partial(self._notify, BACKGROUND)),
        )

    async def settle_rest(self, now: datetime) -> None:
        """Write down how flights ended whose end could not be written when it came. Raises Unavailable."""
        await self._flights.settle_rest()

    async def recover(self, now: datetime) -> None:
        """At the start: decide about what was on its way when the program ended."""
        await self._notifications.recover(now + outbox.LEASE, now)

    async def landed(self) -> None:
        """Wait until nothing is flying."""
        await self._flights.landed()

    async def _abandoned(self, now: datetime) -> datetime:
        """Decide about what was taken off though we were told that it was not."""
        await self._notifications.recover(now, now)
        return now

    async def _notify(self, lanes: Sequence[Lane], now: datetime) -> datetime | None:
        lane = lanes[0]
        room = self._room(lane, now)
        async with self._store.look() as session:
            # one more than may leave tells that something stays behind
            found = await outbox.ready(session, now, lanes, room + 1)
            later = await outbox.next_at(session, lanes, now) if not (found and room) else None
        if found and room:
            flights, later = await self._notifications.claim(lanes, found[:room], now, self._flights.busy)
            for flight in flights:
                self._take_off(flight, now)
            if len(flights) < len(found[:room]):
                self._wake()  # whoever hears that one has ended here may have promised another for this moment
        return _first(later, self._room_at(lane, now) if len(found) > room else None)

    async def _reply(self, now: datetime) -> datetime | None:
        room = self._room(Lane.REPLY, now)
        paced = self.pace.waiting(now)
        # taken before the look: what settles while we read may still read as waiting
        blocked = frozenset(self._flights.busy) | paced.keys()
        async with self._store.look() as session:
            flights = await self._replies.ready(session, now, room + 1, blocked)
            later = await inbox.next_at(session, State.ANSWERED, now)
        await self._replies.set_broken_aside()
        for flight in flights[:room]:
            if flight.chat not in self._flights.busy:
                self._take_off(flight, now)
        return _first(later, *paced.values(), self._room_at(Lane.REPLY, now) if len(flights) > room else None)

    def _room(self, lane: Lane, now: datetime) -> int:
        return max(min(self.bucket.room(lane, now), self._flights.room), 0)

    def _room_at(self, lane: Lane, now: datetime) -> datetime | None:
        """When there are tokens; None while it is connections that are missing, because a landing wakes us."""
        return self.bucket.next_at(lane, now) if self._flights.room > 0 else None

    def _take_off(self, flight: Flight, now: datetime) -> None:
        self.bucket.take(flight.lane, now)
        self.pace.take(flight.chat, now)
        self._flights.start(flight)

    def _heed(self, flight: Flight, result: Result) -> None:
        """What a refusal says about more than this one message."""
        now = self._clock.now()
        if isinstance(result, TooFast):
            chat, at = self._refused
            if chat != flight.chat and abs(now - at) < SEVERAL:
                self.bucket.slow(now)  # several chats at once: it is the bot that is too fast
            self._refused = (flight.chat, now)
            if flight.chat:
                self.pace.park(flight.chat, now + result.retry_after, now)
        elif isinstance(result, Unauthorized):
            self.fatal = result
        if flight.said_at and isinstance(result, (TooFast, NotTaken)) and now - flight.said_at < SPOKEN_KEPT:
            wait = result.retry_after if isinstance(result, TooFast) else SPOKEN_AGAIN
            self._spoken.append(Spoken(flight.address, flight.message, flight.said_at, now + wait))


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
