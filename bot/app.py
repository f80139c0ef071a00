"""The composition root: merges features, takes updates in, and owns the one loop. Is handed a messenger."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import account, checkins, cravings, helpnow, inbox, late, welcome
from bot.chat import (
    Blocked,
    Button,
    DeliveryError,
    Elsewhere,
    Inbound,
    Message,
    Messenger,
    Press,
    Raw,
    Unblocked,
)
from bot.clock import Clock
from bot.delivery import Delivery
from bot.feature import Due, Feature, Occasion, Routes
from bot.inbox import Arrival, NotWritten
from bot.outage import LOOK_EVERY, Outage
from bot.outbox import Notification
from bot.people import Person
from bot.store import Store, Unavailable
from bot.sweep import Sweep
from bot.texts import Texts
from bot.turns import Turns
from bot.urgent import UrgentAnswers

log = logging.getLogger(__name__)

FEATURES = (welcome.FEATURE, cravings.FEATURE, helpnow.FEATURE, checkins.FEATURE, late.FEATURE, account.FEATURE)

LOOK_AT_LEAST_EVERY = timedelta(seconds=20)
WRITE_SECONDS = 3
"""How long the write of new updates may take before it counts as an outage: more than a busy SQLite is waited for."""

NUMBER_MOST = 2**63 - 1
REMEMBERED = 10_000
"""Numbers of updates that were answered from memory: more than the platform hands over before it is told of them."""


class App:
    """Everything between a messenger and a database."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        *,
        operator: str = "",
        contact: str = "",
        closed: bool = False,
        features: Iterable[Feature] = FEATURES,
        rest_at_most: timedelta = LOOK_AT_LEAST_EVERY,
        beat: Callable[[datetime], None] = lambda now: None,
    ) -> None:
        """Nothing is opened yet. `operator` is who runs this, as they want to be named; `contact` how to reach them.

        `closed`: who is new needs a code. `beat` is called when a round of the loop has ended.

        `rest_at_most` is how long the loop may rest with nothing due. Raises Clash if two features claim the same word.
        """
        self.routes = Routes(features)
        self.outage = Outage()
        self.woken = asyncio.Event()
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self.delivery = Delivery(store, messenger, self._compose, clock, self.woken.set)
        self.urgent = UrgentAnswers(
            store,
            messenger,
            self.routes,
            clock,
            debit=self.delivery.bucket.debit,
            failing=lambda: self.outage.failing,
            wake=self.woken.set,
        )
        self.sweep = Sweep(store, messenger, clock, self.delivery.bucket, self.delivery.pace, self.woken.set)
        self.turns = Turns(
            store,
            messenger,
            self.routes,
            self.urgent,
            clock,
            operator=operator,
            contact=contact,
            closed=closed,
            wake=self.woken.set,
            lost=self._lost,
        )
        self._rest_at_most = rest_at_most
        self._beat = beat
        self._recovered = False
        self._stopping = False
        self._fatal: Exception | None = None
        self._aside: set[asyncio.Task[Any]] = set()
        self._probing = False
        self._told: dict[int, None] = {}

    async def arrive(self, raws: Sequence[Raw]) -> None:
        """Take updates in. When this returns they may be confirmed. Raises NotWritten: they must come again."""
        now = self._clock.now()
        arrivals = [arrival for raw in raws if (arrival := self._arrival(raw)) and arrival.number not in self._told]
        inbounds = {arrival.number: self._greet(arrival, now) for arrival in arrivals}
        if not self.outage.degraded(now):
            try:
                taken = await self._in_time(self._write(arrivals, now))
            except Unavailable as error:
                self._lost(error)
                raise NotWritten from None
            self.outage.worked(now)
            for number in inbounds.keys() - taken:
                self.urgent.forget(number)
            self.woken.set()
            return
        for number, inbound in inbounds.items():
            self._answer_from_memory(number, inbound)

    async def step(self) -> datetime:
        """Do everything that is due now, and say when to come again if nobody calls before."""
        now = self._clock.now()
        wishes = [now + self._rest_at_most, self.delivery.pump_spoken(now)]
        if self._fatal:
            raise self._fatal
        if self.outage.failing:
            if not self._probing:
                self._probing = True
                self._run_aside(self._probe())
            return min(wish for wish in (*wishes, now + LOOK_EVERY) if wish)
        parts = (self._recover, self.turns.pump, self._tick, self.delivery.pump, self.sweep.pump)
        wishes += [await self._one(part, now) for part in parts]
        if self.delivery.fatal:
            raise self.delivery.fatal
        return min(wish for wish in wishes if wish)

    async def _one(self, part: Callable[[datetime], Awaitable[datetime | None]], now: datetime) -> datetime | None:
        """One part of a round. What fails in it costs the others nothing, and it is tried again."""
        if self.outage.failing:
            return now + LOOK_EVERY
        try:
            return await part(now)
        except Unavailable as error:
            self._lost(error)
        except Exception as error:  # noqa: BLE001
            log.error("A part of the loop failed: %s. action=part_failed", error)
        return now + LOOK_EVERY

    def stop(self) -> None:
        """End the loop after the round that it is in. To cancel it could tear a promise from its sending."""
        self._stopping = True
        self.woken.set()

    async def run(self) -> None:
        """The one loop. Ends by `stop`, or by Unauthorized."""
        while not self._stopping:
            self.woken.clear()
            until = await self.step()
            self._beat(self._clock.now())
            await self._clock.wait(self.woken, until)

    async def rest(self) -> None:
        """Wait until nothing is under way."""
        await self.urgent.rest()
        await self.turns.rest()
        await self.delivery.landed()
        await self.sweep.rest()
        while self._aside:
            await asyncio.wait(set(self._aside))

    async def _write(self, arrivals: Sequence[Arrival], now: datetime) -> set[int]:
        async with self._store.work() as session:
            return await inbox.write(session, self._messenger.bot, arrivals, now)

    async def _in_time(self, write: Coroutine[Any, Any, set[int]]) -> set[int]:
        """The outcome of a write, or Unavailable if it hangs: while we wait, nobody's next press is fetched.

        One that lands after all has done no harm. The same updates come again, and are known by their keys.
        """
        task = asyncio.create_task(write)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
        await asyncio.wait({task}, timeout=WRITE_SECONDS)
        if not task.done():
            task.add_done_callback(_heard)
            raise Unavailable("hanging")
        return task.result()

    def _arrival(self, raw: Raw) -> Arrival | None:
        try:
            number = self._messenger.number(raw)
        except (KeyError, TypeError, ValueError):
            number = -1
        if not 0 <= number <= NUMBER_MOST:
            log.warning("An update without a number cannot be kept. action=no_number")
            return None
        return Arrival(number, self._messenger.sender(raw), raw)

    def _greet(self, arrival: Arrival, now: datetime) -> Inbound | None:
        """What cannot wait: help, the spinner on a pressed button, and leaving a group."""
        try:
            inbound = self._messenger.read(arrival.raw)
        except Exception:  # noqa: BLE001  # its turn will find the same, and keep it aside
            return None
        if isinstance(inbound, Press):
            self._run_aside(self._messenger.acknowledge(inbound))
        elif isinstance(inbound, Elsewhere):
            self._run_aside(self._messenger.leave(inbound.address))
        if inbound is not None:
            self.urgent.take(arrival.number, inbound, now)
        return inbound

    def _answer_from_memory(self, number: int, inbound: Inbound | None) -> None:
        """The database is gone: each update is answered once, and can then be confirmed."""
        self._told[number] = None
        while len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]
        if inbound is None or isinstance(inbound, (Blocked, Unblocked, Elsewhere)):
            return
        self._run_aside(self._say_unsaved(number, inbound))

    async def _say_unsaved(self, number: int, inbound: Inbound) -> None:
        shown = await self.urgent.shown(number)
        self.urgent.forget(number)
        t = Texts(Texts.best(inbound.language))
        if shown is None:
            rows = ((Button(t("help-button"), "help"),),)
            unsaved = Message(t("outage-unsaved"), rows, neutral=True)
            self.delivery.say(inbound.address, self.urgent.unsaved(inbound) or unsaved)
        elif shown.message_id is None:
            self.delivery.say(inbound.address, shown.message)

    async def _recover(self, now: datetime) -> None:
        """Once, before anything else: decide about what an earlier life of the program left behind."""
        if not self._recovered:
            await self.turns.recover(now)
            await self.delivery.recover(now)
            self._recovered = True

    async def _tick(self, now: datetime) -> datetime | None:
        """Promise what time asks for: a batch of each kind a round, so that a wave lets everybody else through."""
        wishes: list[datetime | None] = []
        for due in (due for feature in self.routes.features for due in feature.due):
            next_at = await self._next(due)
            if next_at is not None and next_at <= now:
                async with self._store.work() as session:
                    session.info["features"] = self.routes.features
                    claimed = await due.claim(session, now)
                next_at = max(await self._next(due) or now, now) if claimed else None
            wishes.append(next_at)
        return min((wish for wish in wishes if wish), default=None)

    async def _next(self, due: Due) -> datetime | None:
        async with self._store.look() as session:
            return await due.next_at(session)

    async def _compose(
        self, session: AsyncSession, person: Person, notification: Notification, now: datetime
    ) -> Message | None:
        compose = self.routes.kinds[notification.kind]
        return await compose(Occasion(session, person, notification, now, Texts(person.language)))

    async def _probe(self) -> None:
        try:
            await self._store.probe()
            async with self._store.work() as session:
                await inbox.probe(session, self._clock.now())
        except Unavailable as error:
            self._lost(error)
        except Exception as error:  # noqa: BLE001  # another's key, a newer schema: no waiting will mend it
            self._fatal = error
            self.woken.set()
        else:
            self.outage.worked(self._clock.now())
            self.woken.set()
        finally:
            self._probing = False

    def _lost(self, error: Unavailable) -> None:
        self.outage.failed(error, self._clock.now())

    def _run_aside(self, work: Awaitable[None]) -> None:
        """Begin something that nobody waits for."""
        task = asyncio.ensure_future(_quietly(work))
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except DeliveryError as error:
        log.info("Something small was not passed on: %s. action=aside_failed", type(error).__name__)
    except Exception as error:  # noqa: BLE001  # nobody waits for it, so nobody else would hear
        log.error("Something aside failed: %s. action=aside_broken", error)


def _heard(task: asyncio.Task[Any]) -> None:
    """Look at an end that nobody waits for any more, so that nobody warns of it."""
    if not task.cancelled():
        task.exception()
