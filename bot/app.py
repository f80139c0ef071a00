"""The composition root: merges features and owns the one loop. Is handed a messenger."""

import asyncio
import gc
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import (
    account,
    checkins,
    cravings,
    helpnow,
    inbox,
    late,
    learn,
    meetings,
    peers,
    plans,
    safety,
    slips,
    welcome,
    withdrawal,
)
from bot.agenda import Agenda, Part, Pump
from bot.answers import Answers
from bot.arrivals import Arrivals
from bot.chat import Message, Messenger, Raw
from bot.clock import Clock
from bot.content import hearing, redflags
from bot.delivery import Delivery
from bot.due import Due
from bot.earshot import Earshot
from bot.feature import Feature, Occasion
from bot.inbox import State
from bot.outage import LOOK_EVERY, Outage
from bot.outbox import Notification
from bot.people import Person
from bot.routes import Routes
from bot.screen import Shown
from bot.store import Store, Unavailable
from bot.sweep import Sweep
from bot.texts import Texts
from bot.turns import Turns
from bot.urgent import UrgentAnswers

log = logging.getLogger(__name__)

FEATURES = (
    welcome.FEATURE,
    cravings.FEATURE,
    helpnow.FEATURE,
    safety.FEATURE,
    checkins.FEATURE,
    slips.FEATURE,
    meetings.FEATURE,
    withdrawal.FEATURE,
    learn.FEATURE,
    plans.FEATURE,
    peers.FEATURE,
    late.FEATURE,
    account.FEATURE,
)

LOOK_AT_LEAST_EVERY = timedelta(seconds=20)


def ready() -> None:
    """Read what people's words are held against, so that a fault in it shows now and nobody's message waits for it.

    Half a second, and 300,000 objects that stay: the collector need not search them, which would hold the loop for
    0.2 s each time. Raises BrokenContent.
    """
    hearing.rules()
    redflags.rules()
    gc.collect()
    gc.freeze()


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
        earshot: Earshot | None = None,
    ) -> None:
        """Nothing is opened yet. `operator` is who runs this, as they want to be named; `contact` how to reach them.

        `closed`: who is new needs a code. `beat` is called when a round of the loop has ended. `earshot` is told by
        whoever listens.

        `rest_at_most` is how long the loop may rest with nothing due. Raises Clash if two features claim the same word.
        """
        self.routes = Routes(features)
        self.outage = Outage()
        self.earshot = earshot or Earshot()
        self.woken = asyncio.Event()
        self._store = store
        self._clock = clock
        self.delivery = Delivery(store, messenger, self._compose, clock, self.woken.set, self._settled)
        self.urgent = UrgentAnswers(
            store,
            messenger,
            self.routes,
            clock,
            debit=self.delivery.bucket.debit,
            failing=lambda: self.outage.failing,
            wake=self.woken.set,
        )
        self.arrivals = Arrivals(
            store, messenger, clock, self.urgent, self.outage, say=self.delivery.say, wake=self.woken.set
        )
        self.sweep = Sweep(store, messenger, clock, self.delivery.bucket, self.delivery.pace, self.woken.set)
        self.turns = Turns(
            store,
            messenger,
            self.routes,
            self.urgent,
            Answers(self.routes, operator=operator, contact=contact, closed=closed, link=messenger.link),
            clock,
            wake=self.woken.set,
            lost=self._lost,
        )
        self._agenda = Agenda(store, self._parts())
        self._rest_at_most = rest_at_most
        self._beat = beat
        self._recovered = False
        self._stopping = False
        self._fatal: Exception | None = None
        self._probing: asyncio.Task[None] | None = None

    async def arrive(self, raws: Sequence[Raw]) -> None:
        """Take updates in. When this returns they may be confirmed. Raises NotWritten: they must come again."""
        await self.arrivals.take(raws)

    async def step(self) -> datetime:
        """Do everything that is due now, and say when to come again if nobody calls before."""
        now = self._clock.now()
        wishes = [now + self._rest_at_most, self.delivery.pump_spoken(now)]
        if self._fatal:
            raise self._fatal
        if self.outage.failing:
            if not self._probing:
                self._probing = asyncio.create_task(self._probe())
            return min(wish for wish in (*wishes, now + LOOK_EVERY) if wish)
        wishes += [await self._one(pump, now) for pump in (self._recover, self.delivery.settle_rest, self._round)]
        if self.delivery.fatal:
            raise self.delivery.fatal
        return min(wish for wish in wishes if wish)

    def stop(self) -> None:
        """End the loop after the round that it is in. To cancel it could tear a promise from its sending."""
        self._stopping = True
        self.woken.set()

    async def run(self) -> None:
        """The one loop. Ends by `stop`, or by Unauthorized."""
        while not self._stopping:
            self.woken.clear()
            until = await self.step()
            now = self._clock.now()
            self._beat(now)
            self.earshot.lasts(now)
            await self._clock.wait(self.woken, until)
            self.earshot.slept(max(until, now), self._clock.now())

    async def rest(self) -> None:
        """Wait until nothing is under way."""
        await self.urgent.rest()
        await self.turns.rest()
        await self.delivery.landed()
        await self.sweep.rest()
        await self.arrivals.rest()
        if self._probing:
            await asyncio.wait({self._probing})

    def _parts(self) -> list[Part]:
        """What a round does, in this order. What one commits for a later one is seen in the next round."""
        return [
            Part(inbox.earliest(State.OPEN), self.turns.pump),
            *(Part(due.earliest, self._claims(due), due.after) for one in self.routes.features for due in one.due),
            *self.delivery.parts(),
            Part(select(func.min(Shown.tidy_at)), self.sweep.pump),
        ]

    async def _round(self, now: datetime) -> datetime | None:
        """Ask everybody at once, and let those work for whom it is time."""
        wishes: list[datetime | None] = []
        for part, moment in await self._agenda.look():
            due = moment is not None and moment <= now
            wishes.append(await self._one(part.pump, now) if due else moment)
        return min((wish for wish in wishes if wish), default=None)

    async def _one(self, pump: Pump, now: datetime) -> datetime | None:
        """One part of a round. What fails in it costs the others nothing, and it is tried again."""
        if self.outage.failing:
            return now + LOOK_EVERY
        try:
            return await pump(now)
        except Unavailable as error:
            self._lost(error)
        except Exception as error:  # noqa: BLE001
            log.error("A part of the loop failed: %s. action=part_failed", error)
        return now + LOOK_EVERY

    async def _recover(self, now: datetime) -> None:
        """Once, before anything else: decide about what an earlier life of the program left behind."""
        if not self._recovered:
            await self.turns.recover(now)
            await self.delivery.recover(now)
            self._recovered = True

    def _claims(self, due: Due) -> Pump:
        aside: dict[int, datetime] = {}

        async def claim(now: datetime) -> datetime | None:
            """Promise what time asks for: one batch a round, so that a wave lets everybody else through."""
            async with self._store.work() as session:
                session.info.update(features=self.routes.features, aside=aside, earshot=self.earshot)
                return await due.claim(session, now)

        return claim

    async def _compose(
        self, session: AsyncSession, person: Person, notification: Notification, now: datetime
    ) -> Message | None:
        compose = self.routes.kinds[notification.kind]
        return await compose(Occasion(session, person, notification, now, Texts(person.language), self.routes.features))

    async def _settled(self, session: AsyncSession, notification: Notification, now: datetime) -> None:
        heard = self.routes.settled.get(notification.kind)
        if heard:
            await heard(session, notification, now)

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
            if self.outage.degraded(self._clock.now()):
                self.earshot.miss(self._clock.now())  # answered from memory, and written nowhere
            self.outage.worked(self._clock.now())
            self.woken.set()
        finally:
            self._probing = None

    def _lost(self, error: Unavailable) -> None:
        self.outage.failed(error, self._clock.now())
