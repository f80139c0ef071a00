"""Who writes next: one at a time, first come, first served, except for those whom a person in need waits for."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AHEAD_AT_MOST = 4
"""So many go ahead in a row; then one of those who stand in line has their turn, so that nobody starves."""


class Writers:
    """A line before a database that takes one writer at a time."""

    def __init__(self) -> None:
        """Nobody writes."""
        self._writing = False
        self._ahead: deque[asyncio.Future[None]] = deque()
        self._line: deque[asyncio.Future[None]] = deque()
        self._in_a_row = 0

    @asynccontextmanager
    async def turn(self, *, ahead: bool) -> AsyncIterator[None]:
        """Wait for one's turn, and have it."""
        if self._writing:
            await self._wait(self._ahead if ahead else self._line)
        self._writing = True
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, line: deque[asyncio.Future[None]]) -> None:
        place = asyncio.get_running_loop().create_future()
        line.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # our turn came at the very moment at which we were sent away
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Hand the turn to the next, without a moment in which somebody else could slip in."""
        while self._ahead or self._line:
            jumps = self._ahead and (not self._line or self._in_a_row < AHEAD_AT_MOST)
            place = (self._ahead if jumps else self._line).popleft()
            if not place.done():  # who has gone away meanwhile is passed over
                self._in_a_row = self._in_a_row + 1 if jumps else 0
                place.set_result(None)
                return
        self._writing = False
