"""Taking updates through their turns: one transaction each, so that state, promises and reply stand or fall as one."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import inbox, people, replies
from bot.answers import Answers
from bot.chat import Elsewhere, Inbound, Lane, Messenger
from bot.clock import Clock
from bot.inbox import Answer, State, Update
from bot.routes import Routes
from bot.store import Store, Unavailable
from bot.texts import Texts
from bot.urgent import Shown, UrgentAnswers

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Turns under way at the same time. On SQLite they queue for one writer anyway."""


class Turns:
    """Handles open rows of the inbox, oldest first for each sender, several senders at a time."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        routes: Routes,
        urgent: UrgentAnswers,
        answers: Answers,
        clock: Clock,
        *,
        wake: Callable[[], None],
        lost: Callable[[Unavailable], None],
    ) -> None:
        """`wake` asks for the next `pump`; `lost` hears that the database cannot be used."""
        self._store = store
        self._messenger = messenger
        self._routes = routes
        self._urgent = urgent
        self._answers = answers
        self._clock = clock
        self._wake = wake
        self._lost = lost
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[bytes] = set()
        self._careful = asyncio.Lock()
        self._broken_off: set[int] = set()

    async def pump(self, now: datetime) -> datetime | None:
        """Begin the turns that can be begun. When to come again, if not called before. Raises Unavailable."""
        async with self._store.look() as session:
            room = AT_ONCE - len(self._tasks)
            limit = room + self._urgent.under_way if room > 0 else 0
            found = await inbox.ready(session, State.OPEN, now, limit, self._busy)
            later = await inbox.next_at(session, State.OPEN, now)
        # one whose help is still being sent takes no turn from the others; the end of its sending wakes us
        for row in [row for row in found if not self._urgent.pending(row.number)][:room]:
            self._busy.add(row.sender)
            task = asyncio.create_task(self._take(row))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return later

    async def recover(self, now: datetime) -> None:
        """At the start: what was left open is handled with care."""
        async with self._store.work() as session:
            await inbox.recover(session, now)

    async def rest(self) -> None:
        """Wait until no turn is under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _take(self, row: Update) -> None:
        """Handle a row as it was read: in its unit of work it is read anew, and locked."""
        try:
            shown = await self._urgent.shown(row.number)
            try:
                await (self._carefully(row.id, shown) if row.careful else self._unit(row.id, shown))
            except Unavailable:
                raise
            except Exception as error:  # noqa: BLE001  # whatever a handler does, the next person gets their turn
                log.error("An update could not be handled: %s. action=turn_failed id=%s", error, row.id)
                self._broken_off.discard(row.id)
                if await self._failed(row.id):
                    return  # what was shown is remembered for the next try
            self._urgent.forget(row.number)
        except Unavailable as error:
            self._lost(error)
        finally:
            self._busy.discard(row.sender)
            self._wake()

    async def _carefully(self, row_id: int, shown: Shown | None) -> None:
        """Count the try first where an earlier life of the program may have ended in this very row."""
        async with self._careful:  # one at a time, or the innocent would be counted with the guilty
            async with self._store.work() as session:
                row = await inbox.lock(session, row_id, State.OPEN)
                if row is None:
                    return
                if inbox.exhausted(row):
                    await self._set_aside(session, row)
                    return
                # a try that the database broke off was not the row's fault, and was counted already
                row.tries += row_id not in self._broken_off
            self._broken_off.add(row_id)
            await self._unit(row_id, shown)
            self._broken_off.discard(row_id)

    async def _unit(self, row_id: int, shown: Shown | None) -> None:
        now = self._clock.now()
        async with self._store.work(ahead=shown is not None) as session:
            row = await inbox.lock(session, row_id, State.OPEN)
            if row is None:
                return
            try:
                inbound = self._messenger.read(inbox.raw(session, row))
            except Exception as error:  # noqa: BLE001  # a broken update may break its reader in any way
                row.state = State.ASIDE
                log.warning("An update could not be read and is kept aside: %s. action=unreadable id=%s", error, row_id)
                return
            if inbound is None or isinstance(inbound, Elsewhere):
                inbox.done(row)
                return
            if row.crowded:
                await people.heard(session, row.sender, now)
                self._say(session, row, inbound, "outage-crowded")
                return
            answer = await self._answers.find(session, inbound, row, shown, now)
            lane = Lane.CRISIS if self._routes.urgent_press(inbound) else Lane.REPLY
            inbox.answer(session, row, answer, now, lane)

    async def _failed(self, row_id: int) -> bool:
        """Count a failed try. Whether there will be another."""
        async with self._store.work() as session:
            row = await inbox.lock(session, row_id, State.OPEN)
            if row is None:
                return False
            again = inbox.failed(row, self._clock.now())
            if not again:
                await self._set_aside(session, row)
            return again

    async def _set_aside(self, session: AsyncSession, row: Update) -> None:
        """Give up on a row, and tell the person so in one neutral line. It was a sign of theirs all the same."""
        log.error("An update is set aside after three tries. action=set_aside id=%s", row.id)
        await people.heard(session, row.sender, self._clock.now())
        try:
            inbound = self._messenger.read(inbox.raw(session, row))
        except Exception:  # noqa: BLE001
            inbound = None
        if inbound is None:
            row.state = State.ASIDE
            return
        row.kept = True
        self._say(session, row, inbound, "outage-aside")

    def _say(self, session: AsyncSession, row: Update, inbound: Inbound, key: str) -> None:
        """Answer with one neutral line instead of handling."""
        t = Texts(Texts.best(inbound.language))
        answer = Answer(inbound.address, t.language, (replies.line(t, key),))
        inbox.answer(session, row, answer, self._clock.now())
