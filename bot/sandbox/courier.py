"""Brings updates to the webhook, as the official server does.

Messages are queued by chat, taps by person: a tap can overtake the message before it, and an update that is not taken
holds up its own queue and no other. Any 2xx is taken; whatever else is tried again at once, then after 2, 4, 8 …
seconds of the sandbox's clock, or after as many as the answer's Retry-After asks for. What is too old is dropped.
A method in the answer's body, which the official server would perform, is not performed here.
"""

import asyncio
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from bot.sandbox.updates import Update
from bot.sandbox.world import Hook, World

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
PATIENCE = 60
"""Seconds of real time that an answer may take."""
LONGEST = 60, 120
"""Seconds: somewhere between these the wait stops growing."""
LONGEST_ASKED = 3600
IDLE = 15
"""Seconds between two looks when nothing rings."""


@dataclass(slots=True)
class Queue:
    """How the first update of one queue fares. `due`: not tried again before."""

    due: datetime
    delay: int = 1
    failures: int = 0
    sending: bool = False

    def failed(self, now: datetime, asked: int) -> None:
        """It was not taken, and the receiver asked to wait so many seconds, or for none."""
        wait = min(asked, LONGEST_ASKED)
        if not wait and self.failures:
            self.delay = wait = min(self.delay * 2, random.randint(*LONGEST))  # noqa: S311  no secret
        self.failures += 1
        self.due = now + timedelta(seconds=wait)


class Courier:
    """Sends updates while a webhook is set."""

    def __init__(self, world: World) -> None:
        """Nothing is under way."""
        self._world = world
        self._queues: dict[tuple[str, int], Queue] = {}
        self._sendings: set[asyncio.Task[None]] = set()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, on the running loop."""
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End, leaving what is under way. The sandbox's bell has stopped before."""
        for sending in self._sendings:
            sending.cancel()
        await asyncio.gather(*self._sendings, return_exceptions=True)
        if self._running:
            await self._running

    async def _run(self) -> None:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as http:
            while not self._world.bell.stopped:
                wait = self._launch(self._world.hook, http) if self._world.hook else IDLE
                await self._world.bell.wait(wait)

    def _launch(self, hook: Hook, http: httpx.AsyncClient) -> float:
        """Send the first update of each queue that is due. Returns in how many seconds to look again."""
        now, first = self._world.now(), self._heads()
        self._queues = {key: queue for key, queue in self._queues.items() if key in first}
        for key, update in first.items():
            queue = self._queues.setdefault(key, Queue(now))
            if not queue.sending and queue.due <= now and hook.under_way < hook.connections:
                queue.sending = True
                hook.under_way += 1
                sending = asyncio.create_task(self._send(hook, http, update, queue))
                self._sendings.add(sending)
                sending.add_done_callback(self._sendings.discard)
        waits = [(queue.due - now).total_seconds() for queue in self._queues.values() if not queue.sending]
        return min([IDLE, *(wait for wait in waits if wait > 0)])

    def _heads(self) -> dict[tuple[str, int], Update]:
        """The oldest update of each queue."""
        first: dict[tuple[str, int], Update] = {}
        for update in self._world.updates.pending():
            first.setdefault(_queue(update), update)
        return first

    async def _send(self, hook: Hook, http: httpx.AsyncClient, update: Update, queue: Queue) -> None:
        headers = {SECRET: hook.secret} if hook.secret else {}
        asked = 0
        try:
            answer = await http.post(hook.url, json=update.to_json(), headers=headers)
            refused = "" if answer.is_success else f"Wrong response from the webhook: {answer.status_code}"
            asked = _seconds(answer.headers.get("retry-after", ""))
        except httpx.HTTPError as error:
            refused = f"Webhook connection failed: {type(error).__name__}"
        now = self._world.now()
        queue.sending = False
        hook.under_way -= 1
        if not refused:
            self._queues.pop(_queue(update), None)
            self._world.updates.drop(update.number)
        else:
            queue.failed(now, asked)
            hook.failed = now, refused
        self._world.bell.ring()


def _queue(update: Update) -> tuple[str, int]:
    if update.kind == "callback_query":
        return "person", update.content["from"]["id"]
    return "chat", update.chat


def _seconds(header: str) -> int:
    return int(header) if header.isdecimal() else 0
