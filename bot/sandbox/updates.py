"""The queue of updates: kept until confirmed by a higher offset, delivered again until then, forgotten when too old."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from telegram.constants import PollingLimit

from bot.sandbox.bell import Bell
from bot.sandbox.markup import Strict
from bot.sandbox.refusal import OTHER_POLL

LIFETIMES = {"callback_query": timedelta(seconds=150)}
LIFETIME = timedelta(hours=24)
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only to a bot that names them."""
LONGEST_POLL = 50
REPEATABLE = 100


class ConflictError(Exception):
    """Something else has taken this poll's place. Its words are what the poll is told."""


class GetUpdates(Strict):
    """Parameters of getUpdates. Kinds that are not given stay as they were."""

    offset: int = 0
    limit: int = PollingLimit.MAX_LIMIT
    timeout: int = 0
    allowed_updates: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """One update. `chat` is where it happened."""

    number: int
    kind: str
    chat: int
    content: dict[str, Any]
    born: datetime

    def to_json(self) -> dict[str, Any]:
        """The update as Telegram hands it over."""
        return {"update_id": self.number, self.kind: self.content}

    def stale(self, now: datetime) -> bool:
        """Telegram has stopped keeping it."""
        return now - self.born > LIFETIMES.get(self.kind, LIFETIME)


class Updates:
    """What has happened and is not confirmed yet."""

    def __init__(self, first: int, bell: Bell, now: Callable[[], datetime]) -> None:
        """`first` is the number of the first update."""
        self._next = first
        self._bell = bell
        self._now = now
        self._queue: deque[Update] = deque()
        self._confirmed: deque[Update] = deque(maxlen=REPEATABLE)
        self._repeats: list[int | None] = []
        self._swaps: list[int | None] = []
        self._delivered = first - 1
        self._polls = 0
        self._ended_by = OTHER_POLL
        self.allowed: list[str] = []

    def add(self, kind: str, chat: int, content: dict[str, Any]) -> None:
        """Something happened. Kinds that the bot has not asked for are never queued."""
        if kind in self.allowed or (not self.allowed and kind not in UNASKED):
            self._queue.append(Update(self._next, kind, chat, content, self._now()))
            self._next += 1
        self._bell.ring()

    def pending(self) -> list[Update]:
        """What is not confirmed and not too old, oldest first."""
        now = self._now()
        self._queue = deque(update for update in self._queue if not update.stale(now))
        return list(self._queue)

    def forget(self) -> None:
        """Drop everything that waits."""
        self._queue.clear()

    def drop(self, number: int) -> None:
        """One was taken at the webhook."""
        self._queue = deque(update for update in self._queue if update.number != number)

    def interrupt(self, why: str) -> None:
        """End the open poll, if there is one, with a conflict."""
        self._polls += 1
        self._ended_by = why
        self._bell.ring()

    def repeat(self, chat: int | None) -> None:
        """Deliver the last confirmed update (of a chat) once more at the next poll that can."""
        self._repeats.append(chat)

    def swap(self, chat: int | None) -> None:
        """Let the newest update (of a chat) overtake the one before, at the next poll that finds two new ones."""
        self._swaps.append(chat)

    async def poll(self, offset: int, limit: int, seconds: int) -> list[dict[str, Any]]:
        """Confirm what is below `offset`, then wait up to `seconds` of real time for something to hand over.

        Raises ConflictError if another poll begins, or a webhook is set, meanwhile.
        """
        self.interrupt(OTHER_POLL)
        mine = self._polls
        self._confirm(offset)
        self._put_back()
        end = asyncio.get_running_loop().time() + min(max(seconds, 0), LONGEST_POLL)
        while not self.pending() and not self._bell.stopped:
            if not await self._bell.wait(end - asyncio.get_running_loop().time()):
                break
            if self._polls != mine:
                raise ConflictError(self._ended_by)
        self._overtake()
        handed = self.pending()[: min(max(limit, PollingLimit.MIN_LIMIT), PollingLimit.MAX_LIMIT)]
        self._delivered = max([self._delivered, *(update.number for update in handed)])
        return [update.to_json() for update in handed]

    def _confirm(self, offset: int) -> None:
        """A negative offset counts from the end of the queue, and forgets what lies before."""
        while self._queue and (self._queue[0].number < offset or 0 < -offset < len(self._queue)):
            self._confirmed.append(self._queue.popleft())

    def _overtake(self) -> None:
        """Exchange what two updates hold. Their numbers stay, so nothing that was handed over may change."""
        unmet = []
        for chat in self._swaps:
            fresh = [one for one in self._queue if one.number > self._delivered and chat in (None, one.chat)]
            if len(fresh) < 2:
                unmet.append(chat)
                continue
            before, last = fresh[-2:]
            held = {
                before.number: replace(last, number=before.number),
                last.number: replace(before, number=last.number),
            }
            self._queue = deque(held.get(update.number, update) for update in self._queue)
        self._swaps = unmet

    def _put_back(self) -> None:
        """Queue the asked-for repeats again, under their old numbers."""
        unmet = []
        for chat in self._repeats:
            update = next((one for one in reversed(self._confirmed) if chat in (None, one.chat)), None)
            if update is None:
                unmet.append(chat)
            else:
                self._queue.appendleft(update)
        self._repeats = unmet
