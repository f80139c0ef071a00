"""How much may leave when: one bucket for the bot, and a small one for each chat. Arithmetic on `now`, no timers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.chat import Lane

RATE = 28.0
"""Messages a second, a little under the 30 that Telegram documents."""

DEPTH = 28.0
RESERVE = 8.0
"""Left for people who are waiting: what nobody waits for takes a token only while more than this remain.

A reserve of depth and not of rate, so it costs no throughput.
"""

OVERDRAFT = 10.0
"""How far below nothing help may go: it never queues behind anything."""

SLOWED = 0.7
SLOWEST = 5.0
RECOVERY = timedelta(minutes=1)
"""After a refusal the rate falls by this factor, never below `SLOWEST`, and climbs by a tenth of the full rate a
minute."""

CHAT_RATE = 1.0
CHAT_DEPTH = 3.0
"""One message a second in one chat; short bursts pass."""

ANSWERS = frozenset({Lane.CRISIS, Lane.ALERT, Lane.REPLY})


@dataclass(slots=True)
class Bucket:
    """The bot's tokens. Starts full."""

    level: float = DEPTH
    rate: float = RATE
    at: datetime | None = None
    slowed_at: datetime | None = None

    def room(self, lane: Lane, now: datetime) -> int:
        """How many messages of this lane may leave now."""
        self._refill(now)
        return max(int(self.level - _floor(lane)), 0)

    def take(self, lane: Lane, now: datetime) -> bool:
        """One message leaves, if it may."""
        if self.room(lane, now) < 1:
            return False
        self.level -= 1
        return True

    def debit(self, now: datetime) -> None:
        """One message of help has left without asking."""
        self._refill(now)
        self.level = max(self.level - 1, -OVERDRAFT)

    def next_at(self, lane: Lane, now: datetime) -> datetime:
        """When a message of this lane may leave."""
        self._refill(now)
        return now + _wait(1 + _floor(lane) - self.level, self.rate)

    def slow(self, now: datetime) -> None:
        """The platform says that it is too much. Once a second counts: many refusals of one burst are one sign."""
        self._refill(now)
        if self.slowed_at is None or abs(now - self.slowed_at) > timedelta(seconds=1):
            self.rate = max(self.rate * SLOWED, SLOWEST)
            self.slowed_at = now

    def _refill(self, now: datetime) -> None:
        if self.at is None or now <= self.at:  # a clock that was set back gives nothing and takes nothing
            self.at = now if self.at is None else min(self.at, now)
            return
        passed = now - self.at
        self.level = min(self.level + passed.total_seconds() * self.rate, DEPTH)
        self.rate = min(self.rate + RATE / 10 * (passed / RECOVERY), RATE)
        self.at = now


def _wait(missing: float, rate: float) -> timedelta:
    """How long until that many tokens have come, rounded up: a moment too early would find 0.999999 of one."""
    return timedelta(microseconds=ceil(missing / rate * 1_000_000) + 1) if missing > 0 else timedelta()


def _floor(lane: Lane) -> float:
    if lane is Lane.CRISIS:
        return -OVERDRAFT
    return 0 if lane in ANSWERS else RESERVE


@dataclass(slots=True)
class Pace:
    """How fast each chat may be written to, and which chats have asked us to wait. Chats go by their blind index."""

    chats: dict[bytes, tuple[float, datetime]] = field(default_factory=dict)
    parked: dict[bytes, tuple[datetime, datetime]] = field(default_factory=dict)
    """Since when and until when."""

    def free_at(self, chat: bytes, now: datetime, leaving: float = 0) -> datetime:
        """When this chat may be written to, with so much left for others: `now` if at once."""
        return max(now + _wait(1 + leaving - self._level(chat, now), CHAT_RATE), self._parked_until(chat, now))

    def take(self, chat: bytes, now: datetime) -> None:
        """A message leaves for this chat."""
        self.chats[chat] = (self._level(chat, now) - 1, now)

    def park(self, chat: bytes, until: datetime, now: datetime) -> None:
        """This chat, and nobody else, waits."""
        self.parked[chat] = (now, until)

    def waiting(self, now: datetime) -> dict[bytes, datetime]:
        """Which chats may not be written to now, and till when. Forgets those that are at rest."""
        self.chats = {chat: kept for chat, kept in self.chats.items() if self._level(chat, now) < CHAT_DEPTH}
        self.parked = {chat: span for chat, span in self.parked.items() if self._parked_until(chat, now) > now}
        free = {chat: self.free_at(chat, now) for chat in (*self.chats, *self.parked)}
        return {chat: at for chat, at in free.items() if at > now}

    def _parked_until(self, chat: bytes, now: datetime) -> datetime:
        """`now` for a chat that need not wait."""
        since, until = self.parked.get(chat, (now, now))
        if since > now:  # the clock was set back: as long from here, not as long as the clock needs to catch up
            since, until = self.parked[chat] = (now, now + (until - since))
        return until

    def _level(self, chat: bytes, now: datetime) -> float:
        if chat not in self.chats:
            return CHAT_DEPTH
        level, at = self.chats[chat]
        if at > now:  # the clock was set back: begin to count from here
            self.chats[chat] = (level, now)
            return level
        return min(level + (now - at).total_seconds() * CHAT_RATE, CHAT_DEPTH)
