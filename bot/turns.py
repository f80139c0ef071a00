"""Taking an update through its turn: find the person, find the handler, and commit state, promises and reply as one."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, inbox, people, replies, screen
from bot.chat import (
    Blocked,
    Button,
    Command,
    Elsewhere,
    Inbound,
    Lane,
    Message,
    Messenger,
    Press,
    Text,
    Unblocked,
)
from bot.clock import Clock
from bot.feature import LOST, START, Goto, Reply, Routes, Turn, head
from bot.inbox import Answer, State, Update
from bot.people import Person
from bot.store import Store, Unavailable
from bot.texts import Texts
from bot.urgent import Shown, UrgentAnswers

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Turns under way at the same time. On SQLite they queue for one writer anyway."""

DETOURS = 5
"""How many times a press may lead to another before it must be a circle."""


class Turns:
    """Handles open rows of the inbox, oldest first for each sender, several senders at a time."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        routes: Routes,
        urgent: UrgentAnswers,
        clock: Clock,
        *,
        operator: str,
        contact: str = "",
        closed: bool = False,
        wake: Callable[[], None],
        lost: Callable[[Unavailable], None],
    ) -> None:
        """`wake` asks for the next `pump`; `lost` hears that the database cannot be used."""
        self._store = store
        self._messenger = messenger
        self._routes = routes
        self._urgent = urgent
        self._clock = clock
        self._operator = operator
        self._contact = contact
        self._closed = closed
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
        for row_id, sender, number in [one for one in found if not self._urgent.pending(one[2])][:room]:
            self._busy.add(sender)
            task = asyncio.create_task(self._take(row_id, sender, number))
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

    async def _take(self, row_id: int, sender: bytes, number: int) -> None:
        try:
            shown = await self._urgent.shown(number)
            try:
                await self._carefully(row_id, shown)
            except Unavailable:
                raise
            except Exception as error:  # noqa: BLE001  # whatever a handler does, the next person gets their turn
                log.error("An update could not be handled: %s. action=turn_failed id=%s", error, row_id)
                self._broken_off.discard(row_id)
                if await self._failed(row_id):
                    return  # what was shown is remembered for the next try
            self._urgent.forget(number)
        except Unavailable as error:
            self._lost(error)
        finally:
            self._busy.discard(sender)
            self._wake()

    async def _carefully(self, row_id: int, shown: Shown | None) -> None:
        """Count the try first where an earlier life of the program may have ended in this very row."""
        async with self._store.look() as session:
            row = await session.get(Update, row_id)
        if row is None or not row.careful:
            await self._unit(row_id, shown)
            return
        async with self._careful:  # one at a time, or the innocent would be counted with the guilty
            async with self._store.work() as session:
                row = await inbox.lock(session, row_id, State.OPEN)
                if row is None:
                    return
                if inbox.exhausted(row):
                    self._set_aside(session, row)
                    return
                # a try that the database broke off was not the row's fault, and was counted already
                row.tries += row_id not in self._broken_off
            self._broken_off.add(row_id)
            await self._unit(row_id, shown)
            self._broken_off.discard(row_id)

    async def _unit(self, row_id: int, shown: Shown | None) -> None:
        now = self._clock.now()
        async with self._store.work() as session:
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
                self._say(session, row, inbound, "outage-crowded")
                return
            answer = await self._answer(session, inbound, row, shown, now)
            lane = Lane.CRISIS if self._urgent_press(inbound) else Lane.REPLY
            inbox.answer(session, row, answer, now, lane)

    async def _answer(
        self, session: AsyncSession, inbound: Inbound, row: Update, shown: Shown | None, now: datetime
    ) -> Answer | None:
        person, agreed = await people.lock(session, inbound.address)
        if isinstance(inbound, (Blocked, Unblocked)):
            if person is not None:
                person.unreachable_since = now if isinstance(inbound, Blocked) else None
            return None
        urgent = self._urgent_press(inbound)
        late = now - (inbound.at or row.received_at) > replies.LATE  # then help waits behind a lock: opened, it offers
        offer = bool(urgent) and not agreed and not late and not await inbox.offered(session, row.sender)
        row.offered = offer
        if person is None and urgent:  # help for somebody we keep nothing of
            return self._unkept(inbound, urgent, shown, offer=offer, late=late)
        if person is None:
            person = await people.meet(session, inbound.address, Texts.best(inbound.language), now)
        person.unreachable_since = None
        person.heard_at = now if agreed else None
        if agreed and not isinstance(inbound, Press):
            await screen.theirs(session, person.id, inbound.message_id, now)
        press, awaited, aside = self._resolve(person, inbound, now)
        turn = Turn(
            session,
            person,
            agreed,
            inbound,
            press,
            awaited,
            now,
            Texts(person.language),
            self._operator,
            self._routes.features,
            contact=self._contact,
            closed=self._closed,
        )
        if shown is not None and shown.message_id and agreed:
            await screen.ours(session, person.id, shown.message_id, shown.message, now)
        card = _on_the_card(person)
        messages = await self._handle(turn, shown)
        messages += _asides(turn.t, messages, aside, offer=offer)
        standing = await screen.pinned(session, person.id) if agreed else ""
        if standing and card != _on_the_card(person):
            messages += _as_it_reads_now(turn, messages)
        return _rendered(turn, messages, row, standing)

    def _resolve(self, person: Person, inbound: Inbound, now: datetime) -> tuple[str, bool, str]:
        """What the inbound comes down to, whether it was awaited, and a key word that was heard in an answer."""
        awaited = person.awaited(now)
        button = self._routes.button(inbound)
        heard = self._routes.press(inbound)
        if isinstance(inbound, Text) and awaited and not button:
            return awaited, True, heard or ""
        press = button or heard or LOST
        if isinstance(inbound, (Command, Text)) and not self._routes.urgent_for(press):
            person.awaits(None, now)  # help in the middle of a question leaves it open
        return press, False, ""

    async def _handle(self, turn: Turn, shown: Shown | None) -> tuple[Message, ...]:
        for _ in range(DETOURS):
            turn = await self._gated(turn)
            reply = await self._one(turn, shown)
            if isinstance(reply, Reply):
                return reply.messages
            turn = replace(turn, press=reply.press, awaited=False)
        raise RecursionError(f"{head(turn.press)} leads in a circle")

    async def _one(self, turn: Turn, shown: Shown | None) -> Reply | Goto:
        press = turn.press
        if turn.awaited:
            turn.person.awaits(None, turn.now)
            return await self._routes.answers[head(press)](turn)
        urgent = self._routes.urgent_for(press)
        handler = self._routes.handler(press)
        reply = await handler(turn) if handler else None
        if urgent:
            if turn.agreed:
                budget.hold(turn.person, turn.now)
            if shown is not None and shown.message_id and self._routes.press(turn.inbound) == press:
                return Reply()
            known = people.Known(turn.person.language, turn.person.country, turn.agreed)
            return Reply((urgent(press, known, turn.t),))
        return reply or Goto(LOST)

    async def _gated(self, turn: Turn) -> Turn:
        """Nothing but help and the first screens is open to somebody who has not agreed."""
        if turn.agreed or self._routes.urgent_for(turn.press):
            return turn
        for gate in self._routes.gates:
            instead = await gate(turn)
            if instead is not None:
                return replace(turn, press=instead, awaited=False)
        if self._routes.opened(turn.press):
            return turn
        return replace(turn, press=START, awaited=False)

    def _urgent_press(self, inbound: Inbound) -> str:
        press = self._routes.press(inbound)
        return press if press and self._routes.urgent_for(press) else ""

    def _unkept(self, inbound: Inbound, press: str, shown: Shown | None, *, offer: bool, late: bool) -> Answer:
        t = Texts(Texts.best(inbound.language))
        urgent = self._routes.urgent_for(press)
        card = (urgent(press, None, t),) if urgent and not (shown and shown.message_id) else ()
        if card and late:  # the lock asks for help anew: of a stranger no reply is held
            card = (replies.lock(t, f"{press}:open"),)
        return Answer(inbound.address, t.language, card + _asides(t, card, "", offer=offer))

    async def _failed(self, row_id: int) -> bool:
        """Count a failed try. Whether there will be another."""
        async with self._store.work() as session:
            row = await inbox.lock(session, row_id, State.OPEN)
            if row is None:
                return False
            again = inbox.failed(row, self._clock.now())
            if not again:
                self._set_aside(session, row)
            return again

    def _set_aside(self, session: AsyncSession, row: Update) -> None:
        """Give up on a row, and tell the person so in one neutral line."""
        log.error("An update is set aside after three tries. action=set_aside id=%s", row.id)
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
        message = Message(t(key), ((Button(t("help-button"), "help"),),), neutral=True)
        inbox.answer(session, row, Answer(inbound.address, t.language, (message,)), self._clock.now())


def _rendered(turn: Turn, messages: tuple[Message, ...], row: Update, standing: str) -> Answer:
    inbound = turn.inbound
    pressed = (inbound.data, inbound.message_id) if isinstance(inbound, Press) else ("", "")
    return Answer(
        address=inbound.address,
        language=turn.person.language,
        messages=messages,
        press=pressed[0],
        message_id=pressed[1],
        caused_at=inbound.at or row.received_at,
        standing=standing,
    )


def _asides(t: Texts, messages: tuple[Message, ...], heard: str, *, offer: bool) -> tuple[Message, ...]:
    """What is asked beside the answer itself."""
    asked = (_is_this_one_now(t, heard),) if heard and messages else ()
    return (*asked, _remember(t)) if offer else asked


def _on_the_card(person: Person) -> tuple[object, ...]:
    """What the pinned card depends on."""
    return person.language, person.country, person.sealed_name


def _as_it_reads_now(turn: Turn, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The pinned card anew, unless the reply brings it already."""
    card = replace(turn, t=Texts(turn.person.language)).card()
    return () if card is None or any(message.pinned for message in messages) else (card,)


def _remember(t: Texts) -> Message:
    """After help for somebody without an account, once: shall there be one?"""
    rows = (
        (Button(t("remember-yes"), "welcome:remember"), Button(t("remember-no"), "welcome:leave")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t("remember"), rows, slot="welcome")


def _is_this_one_now(t: Texts, press: str) -> Message:
    rows = ((Button(t("lost-now.yes"), press), Button(t("help-button"), "help")),)
    return Message(t("lost-now"), rows)
