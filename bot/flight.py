"""Messages on their way: one for each chat at a time, and how each of them ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.ext.asyncio import AsyncSession

from bot import screen
from bot.chat import (
    Ambiguous,
    DeliveryError,
    Lane,
    Message,
    Messenger,
    NothingToEdit,
    NotTaken,
    Refused,
    TooFast,
    Unauthorized,
    Unreachable,
)
from bot.people import Person
from bot.store import Store, Unavailable
from bot.texts import Texts

log = logging.getLogger(__name__)

AT_ONCE = 32
"""As many as the messenger has connections."""

FREE_TRIES = 5
"""How often something is sent that may have been taken, where a copy costs little: an edit, or help."""

HELP_TRIES = 8
"""The same for what must not be lost, such as a question to somebody who could be there: some four minutes in all."""

BACKOFF_MOST = timedelta(minutes=1)

_random = Random()  # noqa: S311  # spreads retries, guards nothing

Result = str | DeliveryError
"""The message id under which it stands, or why it does not."""

Settle = Callable[[AsyncSession, Result], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Flight:
    """One message on its way.

    `chat` is the blind index of its address, empty for what stands in no database; that has nothing to `settle`
    either, but was `said_at` a moment. `replaces` names a message of ours to be edited. Where that is gone `anew` is
    sent, and without one nothing: what would be an edit without a sound must not become something that arrives.
    `instead` goes where the platform will not take what comes with the words.
    """

    address: str
    message: Message
    lane: Lane
    chat: bytes = b""
    settle: Settle | None = None
    replaces: str = ""
    anew: Message | None = None
    instead: Message | None = None
    said_at: datetime | None = None


class Flights:
    """Everything that is on its way."""

    def __init__(
        self, store: Store, messenger: Messenger, heed: Callable[[Flight, Result], None], wake: Callable[[], None]
    ) -> None:
        """`heed` hears at once how each one ended; `wake` is called when there is room again."""
        self.busy: set[bytes] = set()
        self._store = store
        self._messenger = messenger
        self._heed = heed
        self._wake = wake
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsettled: list[tuple[Flight, Result]] = []

    @property
    def room(self) -> int:
        """How many more may take off."""
        return AT_ONCE - len(self._tasks)

    def start(self, flight: Flight) -> None:
        """Send it on its way. Its chat is busy until it is known, and written down, how it ended."""
        if flight.chat:
            self.busy.add(flight.chat)
        task = asyncio.create_task(self._fly(flight))
        self._tasks.add(task)
        task.add_done_callback(self._landed)

    async def settle_rest(self) -> None:
        """Write down the ends that could not be written when they came. Raises Unavailable."""
        while self._unsettled:
            flight, result = self._unsettled[0]
            await self._settle(flight, result)
            self._unsettled.pop(0)

    async def landed(self) -> None:
        """Wait until nothing is on its way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._wake()

    async def _fly(self, flight: Flight) -> None:
        result = await self._pass_on(flight)
        self._heed(flight, result)
        try:
            await self._settle(flight, result)
        except Unavailable:
            # neither forgotten nor sent again: its chat stays busy until this is written
            self._unsettled.append((flight, result))

    async def _pass_on(self, flight: Flight) -> Result:
        message = flight.message
        try:
            if message.marks:
                await self._messenger.mark(flight.address, message.marks, message.text)
                return message.marks
            if flight.replaces:
                try:
                    await self._messenger.edit(flight.address, flight.replaces, message)
                    return flight.replaces
                except NothingToEdit:
                    if flight.anew is None:
                        raise
                    message = flight.anew
            return await self._sent(flight, message)
        except DeliveryError as error:
            return error

    async def _sent(self, flight: Flight, message: Message) -> str:
        urgent = flight.lane is Lane.CRISIS
        try:
            return await self._messenger.send(flight.address, message, urgent=urgent)
        except Refused:
            if flight.instead is None:
                raise
            return await self._messenger.send(flight.address, flight.instead, urgent=urgent)

    async def _settle(self, flight: Flight, result: Result) -> None:
        if flight.settle is None:
            return
        try:
            async with self._store.work() as session:
                await flight.settle(session, result)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001
            # the chat stays busy till the next start: a mistake of ours must not send the same words again and again
            log.error("A message's end could not be written: %s. action=not_settled", error)
            return
        self.busy.discard(flight.chat)


def without_media(t: Texts, message: Message) -> Message | None:
    """The same in words, for a platform that does not give out its file any more. None for what is only words."""
    if message.media is None:
        return None
    return replace(message, text=f"{message.text}\n\n{t('outage-media')}", media=None)


def again(error: DeliveryError, doubts: int, most: int, since: datetime, now: datetime) -> datetime | None:
    """When to try once more what was wanted since then, or None if this was the last try.

    `doubts` counts the tries of which nobody knows whether they were taken, of `most` that there may be.
    """
    if isinstance(error, TooFast):
        return now + error.retry_after
    if isinstance(error, (NotTaken, Unauthorized)):
        # a quarter of its age: grows by itself, and needs no count of tries
        wait = min(max((now - since) / 4, timedelta(seconds=1)), BACKOFF_MOST)
        return now + wait * _random.uniform(0.8, 1.2)
    if isinstance(error, Ambiguous) and doubts < most:
        # each time four times as late: a platform that answers nobody for a minute must not use up all tries
        return now + min(timedelta(seconds=4 ** (doubts - 1)), BACKOFF_MOST)
    return None


async def note(
    session: AsyncSession, person: Person, message: Message, result: Result, now: datetime, *, agreed: bool
) -> None:
    """What the end of a flight says about the person: what stands on their screen, or that nothing reaches them."""
    if isinstance(result, str):
        if agreed and not message.marks:
            await screen.ours(session, person.id, result, message, now)
    elif isinstance(result, Unreachable):
        person.unreachable_since = person.unreachable_since or now
    else:
        log.warning("A message was not passed on: %s. action=not_passed_on", type(result).__name__)
