"""Waking whoever waits for something to have changed."""

import asyncio


class Bell:
    """Rung at every change. Once stopped it never keeps anyone waiting again."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self._next = asyncio.Event()
        self.rung = 0
        """How often so far. Whoever looks at the world notes it before, to miss nothing meanwhile."""
        self.stopped = False

    def ring(self) -> None:
        """Wake all who wait now; who comes later waits for the next ring."""
        self.rung += 1
        self._next.set()
        self._next = asyncio.Event()

    def stop(self) -> None:
        """The sandbox is going down: wake everyone, for good."""
        self.stopped = True
        self.ring()

    async def wait(self, seconds: float, since: int | None = None) -> bool:
        """Wait for the next ring, at most so long in real time. False if it stayed silent.

        `since` is what `rung` was: if it has rung again by now, nobody waits.
        """
        if self.stopped or since not in (None, self.rung):
            return True
        try:
            async with asyncio.timeout(seconds):
                await self._next.wait()
        except TimeoutError:
            return False
        return True

    async def hold(self, seconds: float) -> None:
        """Let real time pass, whatever rings; a stop ends it."""
        end = asyncio.get_running_loop().time() + seconds
        while not self.stopped and await self.wait(end - asyncio.get_running_loop().time()):
            pass
