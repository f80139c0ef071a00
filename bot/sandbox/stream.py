"""What a page is told as it happens, by server-sent events: phones, clock and promises, each when it has changed."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from bot.sandbox.cast import Cast
from bot.sandbox.network import Network
from bot.sandbox.promises import Promises
from bot.sandbox.world import Json, World

BREATH = 15
"""Seconds of silence after which the stream says that it is alive, so that a dead one is noticed."""
BURST = 0.03
"""Seconds to wait after a change, because they rarely come alone: one reply is a message, a keyboard and a pin."""


class Stream:
    """Watches one world for any number of pages."""

    def __init__(
        self,
        world: World,
        cast: Cast,
        network: Network,
        clock: Callable[[], Json],
        promises: Callable[[], Promises | None],
    ) -> None:
        """`clock` tells what `GET /clock` does; `promises` gives the bot's, where there is a bot of ours."""
        self._world = world
        self._cast = cast
        self._network = network
        self._clock = clock
        self._promises = promises

    async def events(self) -> AsyncIterator[str]:
        """Events `phone-0` to `phone-2`, `clock` and `promises`: all at the beginning, then what is another one now."""
        told: dict[str, Json] = {}
        while not self._world.bell.stopped:
            since = self._world.bell.rung
            for name, content in (await self._all()).items():
                key = {part: value for part, value in content.items() if part != "now"}
                if told.get(name) != key:
                    told[name] = key
                    yield f"event: {name}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"
            if not await self._world.bell.wait(BREATH, since):
                yield ": still here\n\n"
            await self._world.bell.hold(BURST)

    async def _all(self) -> dict[str, Json]:
        told = {f"phone-{place}": self._network.screen(person) for place, person in enumerate(self._cast.people)}
        told["clock"] = self._clock() | {"moved": _offset(self._world.now())}
        promises = self._promises()
        if promises is not None:
            told["promises"] = {"all": await promises()}
        return told


def _offset(now: datetime) -> int:
    """Seconds between this and the machine's own time: a tick is no change, a move is one."""
    return round((now - datetime.now(now.tzinfo)).total_seconds())
