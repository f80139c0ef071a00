"""How much may be sent: token buckets as Telegram describes them. The real figures are unpublished.

30 messages a second over all chats; in a private chat one a second, with short bursts; in a group twenty a minute.
Edits count towards the first only. Nothing else is counted here, though Telegram may limit any method.
"""

from collections.abc import Callable
from datetime import datetime
from math import ceil

from telegram.constants import FloodLimit

from bot.sandbox.markup import Strict
from bot.sandbox.refusal import RefusalError

MESSAGES = frozenset(
    {"sendMessage", "sendPhoto", "sendDocument", "sendVoice", "sendContact", "sendLocation", "copyMessage"}
)
EDITS = frozenset({"editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"})
BURST = 5
"""How many messages a private chat takes at once."""


class Switch(Strict):
    """Whether what comes too fast is refused."""

    on: bool


class Bucket:
    """Tokens that come back at a steady rate. Starts full."""

    def __init__(self, rate: float, depth: float, now: datetime) -> None:
        """`rate` is in tokens a second."""
        self._rate, self._depth, self._level, self._at = rate, depth, depth, now

    def missing(self, now: datetime) -> float:
        """Seconds until there is a token; 0 if there is one. A clock that was set back gives nothing."""
        passed = max((now - self._at).total_seconds(), 0)
        self._level, self._at = min(self._level + passed * self._rate, self._depth), now
        return max(1 - self._level, 0) / self._rate

    def take(self) -> None:
        """One message passes."""
        self._level -= 1


class Rates:
    """Decides which calls come too fast, while it is switched on."""

    def __init__(self, now: Callable[[], datetime], *, on: bool) -> None:
        """`now` is the sandbox's clock."""
        self.on = on
        self._now = now
        self._all = Bucket(FloodLimit.MESSAGES_PER_SECOND, FloodLimit.MESSAGES_PER_SECOND, now())
        self._chats: dict[int, Bucket] = {}

    def take(self, method: str, chat: int | None) -> None:
        """A call passes, or is refused with how many seconds to wait. Raises RefusalError."""
        if not self.on or method not in MESSAGES | EDITS:
            return
        buckets = [self._all]
        if chat is not None and method in MESSAGES:
            buckets.append(self._chats.setdefault(chat, self._of(chat)))
        wait = max(bucket.missing(self._now()) for bucket in buckets)
        if wait > 0:
            raise RefusalError.too_fast(ceil(wait))
        for bucket in buckets:
            bucket.take()

    def _of(self, chat: int) -> Bucket:
        if chat < 0:
            a_minute = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP
            return Bucket(a_minute / 60, a_minute, self._now())
        return Bucket(FloodLimit.MESSAGES_PER_SECOND_PER_CHAT, BURST, self._now())
