"""Updates coming in: written before they are confirmed, or answered from memory while nothing can be written."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any

from bot import inbox, replies
from bot.chat import Blocked, DeliveryError, Elsewhere, Inbound, Message, Messenger, Press, Raw, Unblocked
from bot.clock import Clock
from bot.inbox import Arrival, NotWritten
from bot.outage import Outage
from bot.store import Store, Unavailable
from bot.texts import Texts
from bot.urgent import UrgentAnswers

log = logging.getLogger(__name__)

WRITE_SECONDS = 3
"""How long the write of new updates may take before it counts as an outage: more than a busy SQLite is waited for."""

NUMBER_MOST = 2**63 - 1
REMEMBERED = 10_000
"""Numbers of updates that were answered from memory: more than the platform hands over before it is told of them."""


class Arrivals:
    """The way in."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        urgent: UrgentAnswers,
        outage: Outage,
        *,
        say: Callable[[str, Message], None],
        wake: Callable[[], None],
    ) -> None:
        """`say` passes on what stands in no database; `wake` asks for a round of the loop."""
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._urgent = urgent
        self._outage = outage
        self._say = say
        self._wake = wake
        self._aside: set[asyncio.Task[Any]] = set()
        self._told: dict[int, None] = {}

    async def take(self, raws: Sequence[Raw]) -> None:
        """Take updates in. When this returns they may be confirmed. Raises NotWritten: they must come again."""
        now = self._clock.now()
        arrivals = [arrival for raw in raws if (arrival := self._arrival(raw)) and arrival.number not in self._told]
        inbounds = {arrival.number: self._greet(arrival, now) for arrival in arrivals}
        if not self._outage.degraded(now):
            try:
                taken = await self._in_time(self._write(arrivals, now))
            except Unavailable as error:
                self._outage.failed(error, self._clock.now())
                raise NotWritten from None
            self._outage.worked(now)
            for number in inbounds.keys() - taken:
                self._urgent.forget(number)
            self._wake()
            return
        for number, inbound in inbounds.items():
            self._answer_from_memory(number, inbound)

    async def rest(self) -> None:
        """Wait until nothing is under way."""
        while self._aside:
            await asyncio.wait(set(self._aside))

    async def _write(self, arrivals: Sequence[Arrival], now: datetime) -> set[int]:
        async with self._store.work(ahead=True) as session:  # the next updates are fetched when these are written
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
            self._urgent.take(arrival.number, inbound, now)
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
        shown = await self._urgent.shown(number)
        self._urgent.forget(number)
        if shown is None:
            unsaved = replies.line(Texts(Texts.best(inbound.language)), "outage-unsaved")
            self._say(inbound.address, self._urgent.unsaved(inbound) or unsaved)
        elif shown.message_id is None:
            self._say(inbound.address, shown.message)

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
