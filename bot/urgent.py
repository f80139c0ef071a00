"""Help that waits for nothing: a hard moment and Help now are answered from memory, at once, outside every queue.

One read of at most 150 ms may find the person's language and country; without it the general words serve. The update
is then handled in its turn like any other, which records what was shown and shows nothing twice.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import feature, inbox, people, replies, screen
from bot.bucket import Pace
from bot.chat import DeliveryError, Inbound, Message, Messenger, Press, Text, TooFast
from bot.clock import Clock
from bot.people import Known
from bot.routes import Routes
from bot.store import Store
from bot.texts import Texts

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.15
LOOKS_AT_ONCE = 32
"""Reads of a hanging database pile up no further than this."""

REMEMBERED = 10_000
"""So many people's languages are remembered, in memory only: help in a language that one cannot read is none."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an urgent answer was, and under which id it stands; none if it could not be passed on."""

    message: Message
    message_id: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """An urgent inbound: its number, what it comes down to, and when it reached us."""

    number: int
    inbound: Inbound
    press: str
    at: datetime


class UrgentAnswers:
    """Answers calls, and remembers each until its turn has come."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        routes: Routes,
        clock: Clock,
        *,
        debit: Callable[[datetime], None],
        failing: Callable[[], bool],
        wake: Callable[[], None],
    ) -> None:
        """`debit` tells the bucket; `failing` says whether the database is known not to answer; `wake` is called
        when an answer has left."""
        self._store = store
        self._messenger = messenger
        self._routes = routes
        self._clock = clock
        self._debit = debit
        self._failing = failing
        self._wake = wake
        self._pace = Pace()
        self._calls: dict[int, asyncio.Task[Shown | None]] = {}
        self._tasks: set[asyncio.Task[Shown | None]] = set()
        self._looks: set[asyncio.Task[tuple[Known | None, bool]]] = set()
        self._languages: dict[str, str] = {}

    def take(self, number: int, inbound: Inbound, now: datetime) -> bool:
        """Answer an inbound if it is urgent. Whether it is. The same number is never answered twice."""
        press = self._routes.press(inbound)
        if press is None or self._routes.urgent_for(press) is None:
            return False
        if number not in self._calls and self._in_pace(inbound.address.encode(), now):
            task = asyncio.create_task(self._answer(Call(number, inbound, press, now)))
            self._calls[number] = task
            self._tasks.add(task)
            task.add_done_callback(self._sent)
        return True

    @property
    def under_way(self) -> int:
        """How many answers are being sent."""
        return len(self._tasks)

    def pending(self, number: int) -> bool:
        """Whether the answer to this update is still being sent."""
        call = self._calls.get(number)
        return call is not None and not call.done()

    async def shown(self, number: int) -> Shown | None:
        """What was shown for this update, once that is known; None if nothing was."""
        call = self._calls.get(number)
        return await asyncio.shield(call) if call else None

    def unsaved(self, inbound: Inbound) -> Message | None:
        """The answer to an urgent inbound from memory alone, for when there will be no turn. None if it is not."""
        press = self._routes.press(inbound)
        if press is None or self._routes.urgent_for(press) is None:
            return None
        return self._message(press, None, self._texts(inbound, None))

    def forget(self, number: int) -> None:
        """Its turn is over, or will never come."""
        self._calls.pop(number, None)

    async def rest(self) -> None:
        """Wait until nothing is being answered."""
        while self._tasks or self._looks:
            await asyncio.wait({*self._tasks, *self._looks})

    def _sent(self, task: asyncio.Task[Shown | None]) -> None:
        self._tasks.discard(task)
        self._wake()

    def _in_pace(self, chat: bytes, now: datetime) -> bool:
        """Whether this chat may be answered at once. One that leans on the button waits for its turns like others."""
        if chat in self._pace.waiting(now):
            return False
        self._pace.take(chat, now)
        return True

    async def _answer(self, call: Call) -> Shown | None:
        known, had = await self._look(call)
        if had or self._is_awaited(call.inbound, known):
            return None
        t = self._texts(call.inbound, known)
        try:
            message = self._message(call.press, known, t)
        except Exception as error:  # noqa: BLE001  # its turn meets the same error, counts it, and says so
            log.error("An urgent answer could not be worded: %s. action=urgent_broken", error)
            return None
        return await self._show(call, message, t)

    def _message(self, press: str, known: Known | None, t: Texts) -> Message:
        answer = self._routes.urgent_for(press)
        if answer is None:
            raise LookupError(press)
        message = answer(press, known, t)
        return replace(message, text=f"{message.text}\n\n{t('outage-works')}") if self._failing() else message

    async def _show(self, call: Call, message: Message, t: Texts) -> Shown:
        now = self._clock.now()
        edits = isinstance(call.inbound, Press) and screen.edits(message.slot, call.press)
        if call.inbound.at and now - call.inbound.at > replies.LATE and not edits:
            message = replies.lock(t, f"{call.press}:open")
        self._debit(now)
        address = call.inbound.address
        try:
            if edits:
                await self._messenger.edit(address, call.inbound.message_id, message)
                return Shown(message, call.inbound.message_id)
            return Shown(message, await self._messenger.send(address, message, urgent=True))
        except DeliveryError as error:
            if isinstance(error, TooFast):
                self._pace.park(address.encode(), now + error.retry_after, now)
            log.warning("An urgent answer was not passed on: %s. action=urgent_failed", type(error).__name__)
            return Shown(message, None)

    def _texts(self, inbound: Inbound, known: Known | None) -> Texts:
        """Their language; where they could not be looked up, the one they had at the last look, else their app's."""
        if known is None:
            return Texts(self._languages.get(inbound.address) or Texts.best(inbound.language))
        return Texts(known.language)

    def _remember(self, address: str, known: Known | None) -> None:
        self._languages.pop(address, None)
        if known:
            self._languages[address] = known.language
            if len(self._languages) > REMEMBERED:
                self._languages.pop(next(iter(self._languages)))

    def _is_awaited(self, inbound: Inbound, known: Known | None) -> bool:
        """Whether typed words are the answer to an open question. The buttons that stay never are, nor is danger."""
        if not (known and known.awaiting and isinstance(inbound, Text)):
            return False
        return not self._routes.button(inbound) and not self._routes.warned(inbound)

    async def _look(self, call: Call) -> tuple[Known | None, bool]:
        """Who this is, and whether the update came before. Nothing known if that takes too long or cannot be had."""
        if self._failing() or len(self._looks) >= LOOKS_AT_ONCE:
            return None, False
        # never cancelled: a query broken off in the middle would cost its connection
        look = asyncio.create_task(self._read(call))
        self._looks.add(look)
        look.add_done_callback(self._looks.discard)
        await asyncio.wait({look}, timeout=LOOK_SECONDS)
        return look.result() if look.done() else (None, False)

    async def _known(self, session: AsyncSession, call: Call) -> tuple[Known | None, bool]:
        """What may be used of this person, and whether these very words were asked about already."""
        found = await people.look(session, call.inbound.address)
        if found is None:
            return None, False
        person, agreed = found
        warned = call.press == self._routes.warned(call.inbound)
        hushed = warned and await self._routes.hushed(session, person, call.inbound, call.at)
        return await feature.known(self._routes.features, session, person, agreed, call.at), hushed

    async def _read(self, call: Call) -> tuple[Known | None, bool]:
        try:
            async with self._store.look() as session:
                known, asked = await self._known(session, call)
                self._remember(call.inbound.address, known)
                return known, asked or await inbox.had(session, self._messenger.bot, call.number, call.at)
        except Exception as error:  # noqa: BLE001  # whatever is wrong with the database, help comes first
            log.info("Help could not look anybody up: %s. action=urgent_blind", type(error).__name__)
            return None, False
