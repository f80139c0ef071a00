"""Taking messages off people's screens: as fast as the platform allows, and never in the way of what is sent.

What is to go are rows of the screen with a time on them. Up to 48 h old they are deleted, ours and theirs, many in
one call. Older ones of ours are blanked by an edit, one at a time at the pace of their chat. A row goes when its
message has gone, so a restart goes on where it was.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import people, replies
from bot.bucket import Bucket, Pace
from bot.chat import (
    REMOVED_AT_ONCE,
    Ambiguous,
    DeliveryError,
    Lane,
    Message,
    Messenger,
    NotTaken,
    Refused,
    TooFast,
    Unauthorized,
)
from bot.clock import Clock
from bot.screen import KEPT, Shown
from bot.store import Store, Unavailable
from bot.texts import Texts

log = logging.getLogger(__name__)

CHATS_AT_ONCE = 4
MARGIN = timedelta(minutes=5)
"""Before the 48 h are quite over: a call takes its time, and one message too old would keep all the others."""

AGAIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done next in one chat: rows to delete together, or one to blank."""

    chat: bytes
    address: str
    rows: tuple[int, ...]
    message_ids: tuple[str, ...]
    blank: Message | None = None


class Sweep:
    """Does what rows of the screen ask for."""

    def __init__(
        self, store: Store, messenger: Messenger, clock: Clock, bucket: Bucket, pace: Pace, wake: Callable[[], None]
    ) -> None:
        """`bucket` and `pace` are those of delivery."""
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._bucket = bucket
        self._pace = pace
        self._wake = wake
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._singly: set[bytes] = set()

    async def pump(self, now: datetime) -> datetime | None:
        """Begin what can be begun. When to come again, if not called before. Raises Unavailable."""
        wishes: list[datetime | None] = []
        async with self._store.look() as session:
            waiting = await _waiting(session, now, CHATS_AT_ONCE + len(self._tasks))
            wishes.append(await _next_at(session, now))
        for person_id in waiting:
            if person_id in self._tasks or len(self._tasks) >= CHATS_AT_ONCE:
                continue
            if not self._bucket.room(Lane.BULK, now):
                wishes.append(self._bucket.next_at(Lane.BULK, now))
                break
            wishes.append(await self._begin(person_id, now))
        return min((wish for wish in wishes if wish), default=None)

    async def rest(self) -> None:
        """Wait until nothing is being taken away."""
        while self._tasks:
            await asyncio.wait(set(self._tasks.values()))

    async def _begin(self, person_id: int, now: datetime) -> datetime | None:
        async with self._store.work() as session:
            task = await self._next_task(session, person_id, now)
        if task is None:
            return now
        if task.blank:
            free_at = self._pace.free_at(task.chat, now, leaving=1)  # for an answer, which comes first
            if free_at > now:
                return free_at
            self._pace.take(task.chat, now)
        self._bucket.take(Lane.BULK, now)
        running = asyncio.create_task(self._do(person_id, task))
        self._tasks[person_id] = running
        running.add_done_callback(lambda _: self._landed(person_id))
        return None

    async def _next_task(self, session: AsyncSession, person_id: int, now: datetime) -> Task | None:
        """What to do next for this person. What nobody can do any more is dropped on the way."""
        found = await people.lock_by_id(session, person_id)
        mine = (Shown.person_id == person_id, Shown.tidy_at <= now)
        if found is None:
            # without a key there is no address either: left there, they would be asked for again at once, for ever
            await session.execute(delete(Shown).where(*mine))
            return None
        person, address = found
        chat = people.keys(session).blind(address)
        young = now - KEPT + MARGIN
        await session.execute(delete(Shown).where(*mine, ~Shown.ours, Shown.at <= young))
        query = select(Shown).where(*mine).order_by(Shown.at.desc())
        most = 1 if chat in self._singly else REMOVED_AT_ONCE
        rows = (await session.scalars(query.where(Shown.at > young).limit(most))).all()
        blank = None
        if not rows:
            rows = (await session.scalars(query.limit(1))).all()
            t = Texts(person.language)
            blank = replies.line(t, "tidy-blank")
        if not rows:
            return None
        return Task(chat, address, tuple(row.id for row in rows), tuple(row.message_id for row in rows), blank)

    async def _do(self, person_id: int, task: Task) -> None:
        try:
            await (self._blank(task, task.blank) if task.blank else self._remove(task))
        except Unavailable:
            log.info("A screen could not be tidied for now: no database. action=tidy_later")
        except Exception as error:  # noqa: BLE001  # one screen must not keep the others from being tidied
            log.error("A screen could not be tidied: %s. action=tidy_failed id=%s", error, person_id)
            await self._postponed(task, Ambiguous())

    async def _remove(self, task: Task) -> None:
        try:
            await self._messenger.remove(task.address, task.message_ids)
        except Refused as error:
            if len(task.rows) > 1 and not isinstance(error, Unauthorized):
                self._singly.add(task.chat)  # one of them must stay: which one shows when each is asked for alone
                return
        except DeliveryError as error:
            if await self._postponed(task, error):
                return
        await self._drop(task)

    async def _blank(self, task: Task, blank: Message) -> None:
        try:
            await self._messenger.edit(task.address, task.message_ids[0], blank)
        except DeliveryError as error:
            if await self._postponed(task, error):
                return
        await self._drop(task)

    async def _postponed(self, task: Task, error: DeliveryError) -> bool:
        """Whether it will be tried again, which does no harm: what is gone is gone."""
        if not isinstance(error, (TooFast, NotTaken, Ambiguous, Unauthorized)):
            return False
        now = self._clock.now()
        wait = error.retry_after if isinstance(error, TooFast) else AGAIN
        if isinstance(error, TooFast):
            self._bucket.slow(now)
            self._pace.park(task.chat, now + wait, now)
        async with self._store.work() as session:
            rows = await session.scalars(select(Shown).where(Shown.id.in_(task.rows)))
            for row in rows:
                row.tidy_at = now + wait
        return True

    async def _drop(self, task: Task) -> None:
        async with self._store.work() as session:
            await session.execute(delete(Shown).where(Shown.id.in_(task.rows)))

    def _landed(self, person_id: int) -> None:
        self._tasks.pop(person_id, None)
        self._wake()


async def _waiting(session: AsyncSession, now: datetime, most: int) -> list[int]:
    """Whose screens are to be tidied now, longest waiting first."""
    query = select(Shown.person_id).where(Shown.tidy_at <= now).group_by(Shown.person_id)
    return list(await session.scalars(query.order_by(func.min(Shown.tidy_at)).limit(most)))


async def _next_at(session: AsyncSession, now: datetime) -> datetime | None:
    moment: datetime | None = await session.scalar(select(func.min(Shown.tidy_at)).where(Shown.tidy_at > now))
    return moment
