"""A clock that moves on through the time in between: the bot lives it, from due time to due time.

A clock that only jumps is a machine that slept: what was due on the way comes late, together, or not at all. Here
the bot's own loop says when it wants to come next, and that is where the clock goes.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import MovableClock

LOOK_AGAIN = timedelta(seconds=20)
"""How long the loop may wait in real time, whatever it asks for: a machine that sleeps stops the wait, not the time."""


async def _at_rest() -> None:
    return


class LivedClock(MovableClock):
    """What the sandbox and its bot share: the machine's clock, how far it was moved, and a journey under way."""

    def __init__(self, back: timedelta = timedelta()) -> None:
        """Begin so far back."""
        super().__init__()
        self.move(-back)
        self.settle: Callable[[], Awaitable[None]] = _at_rest
        """Waits until everything that is under way has landed. Set by whoever runs the bot."""
        self.looked: Callable[[], None] = lambda: None
        """Called after every round of the loop: what the bot has promised may be something else now."""
        self._until: datetime | None = None
        self._arrived = asyncio.Event()
        self._arrived.set()

    @property
    def moving(self) -> bool:
        """Whether a journey is under way."""
        return self._until is not None

    def travel(self, by: timedelta) -> None:
        """Begin to live through so much time. Asked for on the way, it comes on top."""
        self._until = (self._until or self.now()) + by
        self._arrived.clear()
        self.move(timedelta())  # which wakes the loop

    async def live(self, by: timedelta) -> None:
        """Live through so much time. Returns when everything that was due in it has happened."""
        self.travel(by)
        await self._arrived.wait()

    async def wait(self, woken: asyncio.Event, until: datetime) -> None:
        """Between two rounds of the loop: in real time, or on a journey to the next time that the loop asks for."""
        self.looked()
        if self._until is None:
            await super().wait(woken, min(until, self.now() + LOOK_AGAIN))
            return
        await self.settle()
        if woken.is_set() or until <= self.now():
            return
        if self.now() < self._until:
            self.move(min(until, self._until) - self.now())
            return
        self._until = None
        self._arrived.set()
        self.move(timedelta())
