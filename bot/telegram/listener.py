"""Long polling that confirms an update only after it has been written down.

PTB's own polling confirms when it has queued them in memory, and stops for ever at one that it cannot parse.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from random import SystemRandom
from typing import NoReturn
from urllib.parse import urlencode

from bot.chat import Ambiguous, DeliveryError, Raw, TooFast, Unauthorized
from bot.telegram import updates
from bot.telegram.transport import SecondListener, Transport, answered

log = logging.getLogger(__name__)

POLL = timedelta(seconds=50)

# How long Telegram may take beyond the poll before the connection counts as dead.
PATIENCE = timedelta(seconds=10)

SHORT_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=30)

_random = SystemRandom()


class Listener:
    """Asks Telegram for updates and hands them on, raw and in order."""

    def __init__(
        self,
        token: str,
        api_url: str,
        arrive: Callable[[list[Raw]], Awaitable[None]],
        pause: Callable[[timedelta], Awaitable[None]],
        *,
        retry: type[Exception],
        heard: Callable[[], object] = lambda: None,
        deaf: Callable[[], object] = lambda: None,
        poll: timedelta = POLL,
        patience: timedelta = PATIENCE,
    ) -> None:
        """`arrive` returns when all it was given may be confirmed, or raises `retry` to be given them once more.

        `heard` is called whenever Telegram has answered, `deaf` whenever it has not.
        """
        self._url = f"{api_url}/bot{token}/getUpdates"
        self._arrive = arrive
        self._pause = pause
        self._retry = retry
        self._heard = heard
        self._deaf = deaf
        self._poll = poll
        self._request = Transport(api_url, 1, poll + patience)
        self._offset: int | None = None
        self._trouble = ""
        self._failures = 0

    async def run(self) -> NoReturn:
        """Listen until cancelled. Raises Unauthorized when Telegram does not accept the token."""
        await self._request.initialize()
        try:
            while True:
                await self._round()
        finally:
            await self._request.shutdown()

    async def _round(self) -> None:
        try:
            raws = await self._ask()
        except Unauthorized:
            raise
        except TooFast as error:
            self._say("Telegram asks the listener to wait. action=listening_slowed")
            self._deaf()
            await self._pause(error.retry_after)
        except SecondListener:
            self._say("Another program listens with this token; waiting for it to end. action=listening_conflict")
            self._deaf()
            await self._pause(self._backed_off())
        except DeliveryError:
            self._say("Telegram does not answer; asking until it does. action=listening_failed")
            self._deaf()
            await self._pause(self._backed_off())
        else:
            self._recover()
            self._heard()
            await self._hand_on(raws)

    async def _ask(self) -> list[object]:
        """One getUpdates, with the parameters in the query: PTB's request objects take no others in public."""
        query = {"timeout": int(self._poll.total_seconds()), "allowed_updates": json.dumps(updates.KINDS)}
        if self._offset is not None:
            query["offset"] = self._offset
        result: object = await answered(self._request.post(f"{self._url}?{urlencode(query)}"))
        if not isinstance(result, list):
            raise Ambiguous
        return result

    async def _hand_on(self, found: list[object]) -> None:
        numbered = {number: raw for raw in found if (number := _number(raw)) is not None and isinstance(raw, Mapping)}
        if len(numbered) < len(found):
            # They can be neither confirmed nor told from their own repeat.
            log.warning("Updates without a number of their own were left out. action=update_unnumbered")
        if numbered:
            try:
                await self._arrive(list(numbered.values()))
            except self._retry:
                await self._pause(SHORT_PAUSE)
                return
        elif found:
            await self._pause(SHORT_PAUSE)
        # The next call confirms these. Once it has, it is done: an older offset would hide updates if Telegram began
        # to count anew, as it may after a quiet week.
        self._offset = max(numbered) + 1 if numbered else None

    def _say(self, sentence: str) -> None:
        """One line when the trouble begins or becomes another, none while it lasts."""
        if sentence != self._trouble:
            log.warning(sentence)
        self._trouble = sentence

    def _recover(self) -> None:
        if self._trouble:
            log.info("Telegram answers the listener again. action=listening_recovered")
        self._trouble = ""
        self._failures = 0

    def _backed_off(self) -> timedelta:
        """1, 2, 4 … 30 s, each up to a quarter shorter, so that many bots do not come back in step."""
        step = min(LONGEST_PAUSE, SHORT_PAUSE * (1 << min(self._failures, 10)))
        self._failures += 1
        return step * _random.uniform(0.75, 1)


def _number(raw: object) -> int | None:
    try:
        return updates.number(raw) if isinstance(raw, Mapping) else None
    except (KeyError, TypeError, ValueError):
        return None
