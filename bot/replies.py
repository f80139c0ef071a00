"""Replies on their way: read from the inbox, held back when they are late, and settled there when they have left."""

import logging
from collections.abc import Set
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import inbox, outbox, people, screen
from bot.chat import Ambiguous, Button, DeliveryError, Lane, Message, Unreachable
from bot.clock import Clock
from bot.encryption import Unopenable
from bot.flight import FREE_TRIES, Flight, Result, again, note, without_media
from bot.inbox import Answer, State, Update
from bot.people import Address
from bot.store import Store
from bot.texts import Texts

log = logging.getLogger(__name__)

LATE = timedelta(seconds=60)
"""A reply that leaves later than this after its cause comes as something that arrives by itself: neutral."""

REPLY_TRIES = 2
"""How often a reply is sent that may have been taken. An edit, or what is worth a copy, more often."""


class Replies:
    """What the inbox has to pass on."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Nothing is read yet."""
        self._store = store
        self._clock = clock
        self._broken: list[int] = []

    async def ready(self, session: AsyncSession, now: datetime, limit: int, blocked: Set[bytes]) -> list[Flight]:
        """The oldest reply of each sender who is not blocked, ready to take off."""
        rows = await inbox.ready(session, State.ANSWERED, now, limit, blocked)
        flights = [self._opened(session, row, now) for row in rows]
        return [flight for flight in flights if flight]

    async def set_broken_aside(self) -> None:
        """Write down which replies could not be read. Raises Unavailable."""
        if self._broken:
            async with self._store.work() as session:
                await inbox.set_aside(session, self._broken)
            self._broken.clear()

    def _opened(self, session: AsyncSession, row: Update, now: datetime) -> Flight | None:
        """A stored reply, ready to leave. One that cannot be read is set aside: it must not stand before the others."""
        try:
            return self._flight(row, inbox.reply_of(session, row), now)
        except (Unopenable, ValueError, IndexError) as error:
            log.error("A stored reply cannot be read: %s. action=reply_broken id=%s", error, row.id)
            self._broken.append(row.id)
            return None

    def _flight(self, row: Update, answer: Answer, now: datetime) -> Flight:
        message = answer.messages[row.gone]
        replaces = answer.message_id if screen.edits(message.slot, answer.press) else ""
        if message.pinned:
            replaces = answer.standing
        late = now - (answer.caused_at or row.received_at) > LATE and not message.neutral
        anew = lock(Texts(answer.language), f"late:{row.id}:open") if late else message
        first = message if replaces else anew

        async def settle(session: AsyncSession, result: Result) -> None:
            edited = bool(replaces) and result == replaces
            shown, held = (first, False) if edited else (anew, late)
            await self._settle(session, row.id, answer, shown, result, held=held, edited=bool(replaces))

        instead = without_media(Texts(answer.language), first)
        return Flight(answer.address, first, Lane(row.lane), row.sender, settle, replaces, anew, instead)

    async def _settle(
        self,
        session: AsyncSession,
        row_id: int,
        answer: Answer,
        message: Message,
        result: Result,
        *,
        held: bool,
        edited: bool,
    ) -> None:
        now = self._clock.now()
        row = await inbox.lock(session, row_id, State.ANSWERED)
        if row is None:
            return
        if isinstance(result, DeliveryError):
            if isinstance(result, Ambiguous):
                row.tries += 1
            later = again(result, row.tries, _most_tries(row, edited=edited), row.received_at, now)
            if later:
                row.next_at = later
                return
        person_id = await session.scalar(select(Address.person_id).where(Address.blind == row.sender))
        person, agreed = await people.lock_with_consent(session, person_id) if person_id else (None, False)
        if person:
            await note(session, person, message, result, now, agreed=agreed)
        if held and isinstance(result, str):
            row.state, row.next_at = State.HELD, now
            return
        row.gone += 1
        row.tries = 0
        if isinstance(result, Unreachable) or row.gone == len(answer.messages):
            inbox.done(row)


def line(t: Texts, key: str) -> Message:
    """One neutral line, and help below it: what is said where nothing was handled."""
    return Message(t(key), ((Button(t("help-button"), "help"),),), neutral=True)


def lock(t: Texts, press: str) -> Message:
    """What comes in the place of anything late: it says nothing to whoever sees the phone lying there."""
    rows = ((Button(t("late-lock.open"), press),), (Button(t("help-button"), "help"),))
    return Message(t("late-lock"), rows, slot=press.rpartition(":")[0], neutral=True)


def _most_tries(row: Update, *, edited: bool) -> int:
    return FREE_TRIES if edited or row.lane in outbox.REPEATED else REPLY_TRIES
