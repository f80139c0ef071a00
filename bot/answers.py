"""Finding the answer to one inbound: who it is, what they may do, which handler, and what is shown beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, inbox, people, replies, screen
from bot.chat import Attachment, Blocked, Button, Command, Inbound, Message, Press, Text, Unblocked, Unreadable
from bot.feature import LOST, START, Goto, Reply, Turn, head, shut
from bot.inbox import Answer, Update
from bot.people import Person
from bot.routes import Routes
from bot.texts import Texts
from bot.urgent import Shown

DETOURS = 5
"""How many times a press may lead to another before it must be a circle."""


class Answers:
    """What every turn comes down to, inside its unit of work."""

    def __init__(
        self, routes: Routes, *, operator: str, contact: str, closed: bool, link: Callable[[str], str] = str
    ) -> None:
        """As for the app."""
        self._routes = routes
        self._operator = operator
        self._contact = contact
        self._closed = closed
        self._link = link

    async def find(
        self, session: AsyncSession, inbound: Inbound, row: Update, shown: Shown | None, now: datetime
    ) -> Answer | None:
        """The answer, rendered; None where nothing is to be said. `shown` is what was shown at once."""
        person, agreed = await people.lock(session, inbound.address)
        if isinstance(inbound, (Blocked, Unblocked)):
            if person is not None:
                await self._door(session, person, inbound, now)
            return None
        urgent = self._routes.urgent_press(inbound)
        late = now - (inbound.at or row.received_at) > replies.LATE  # then help waits behind a lock: opened, it offers
        offer = bool(urgent) and not agreed and not late and await _is_new(session, person, row)
        row.offered = offer
        if person is None and urgent:  # help for somebody we keep nothing of
            return self._unkept(inbound, urgent, shown, offer=offer, late=late)
        if person is None:
            person = await people.meet(session, inbound.address, Texts.best(inbound.language), now)
        person.unreachable_since = None
        person.heard_at = now if agreed else None
        if agreed and not isinstance(inbound, Press):
            await screen.theirs(session, person.id, inbound.message_id, now)
        press, awaited, aside = await self._resolve(session, person, inbound, now)
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
            link=self._link,
        )
        if shown is not None and shown.message_id and agreed:
            await screen.ours(session, person.id, shown.message_id, shown.message, now)
        card = _on_the_card(person)
        # of an album the first picture is answered for all
        reply = Reply() if await _follows(session, inbound, row) else await self._handle(turn, shown)
        said = await self._said_too(turn)
        messages = said + reply.messages + _asides(turn.t, reply.messages, aside, offer=offer)
        standing = await screen.pinned(session, person.id) if agreed else ""
        if standing and (reply.card or card != _on_the_card(person)):
            messages += await _as_it_reads_now(turn, messages)
        return _rendered(turn, messages, row, standing)

    async def _door(self, session: AsyncSession, person: Person, inbound: Blocked | Unblocked, now: datetime) -> None:
        """It was shut or opened."""
        person.unreachable_since = now if isinstance(inbound, Blocked) else None
        if isinstance(inbound, Blocked):
            await shut(self._routes.features, session, person, now)

    async def _resolve(
        self, session: AsyncSession, person: Person, inbound: Inbound, now: datetime
    ) -> tuple[str, bool, str]:
        """What the inbound comes down to, whether it was awaited, and a key word that was heard in an answer."""
        awaited = person.awaited(now)
        button = self._routes.button(inbound)
        warned = None if button else self._routes.warned(inbound)
        if warned and not await self._routes.hushed(session, person, inbound, now):
            return warned, False, ""
        heard = button or self._routes.heard(inbound)
        if awaited and self._routes.answered_by(inbound, awaited):
            return awaited, True, "" if isinstance(inbound, Attachment) else heard or ""
        if isinstance(inbound, Text) and not button and (taken := await self._routes.taken(session, person, now)):
            return taken, False, ""
        press = heard or LOST
        if isinstance(inbound, (Command, Text)) and not self._routes.urgent_for(press):
            person.awaits(None, now)  # help in the middle of a question leaves it open
        return press, False, ""

    async def _said_too(self, turn: Turn) -> tuple[Message, ...]:
        """Words of danger that were meant for somebody go to them all the same: help stands beside, not between."""
        inbound = turn.inbound
        if not isinstance(inbound, Text) or not self._routes.urgent_for(turn.press) or turn.person.awaited(turn.now):
            return ()
        if self._routes.warned(inbound) != turn.press:
            return ()
        taken = await self._routes.taken(turn.session, turn.person, turn.now)
        return (await self._handle(replace(turn, press=taken), None)).messages if taken else ()

    async def _handle(self, turn: Turn, shown: Shown | None) -> Reply:
        for _ in range(DETOURS):
            turn = await self._gated(turn)
            reply = await self._one(turn, shown)
            if isinstance(reply, Reply):
                return reply
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
            return Reply((urgent(press, await turn.known(), turn.t),))
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

    def _unkept(self, inbound: Inbound, press: str, shown: Shown | None, *, offer: bool, late: bool) -> Answer:
        t = Texts(Texts.best(inbound.language))
        urgent = self._routes.urgent_for(press)
        card = (urgent(press, None, t),) if urgent and not (shown and shown.message_id) else ()
        if card and late:  # the lock asks for help anew: of a stranger no reply is held
            card = (replies.lock(t, f"{press}:open"),)
        return Answer(inbound.address, t.language, card + _asides(t, card, "", offer=offer))


async def _is_new(session: AsyncSession, person: Person | None, row: Update) -> bool:
    """Whether somebody may be asked if they want an account: once, and not of those who help somebody here."""
    if await inbox.offered(session, row.sender):
        return False
    return person is None or not await people.has_agreed(session, person, people.PEER)


async def _follows(session: AsyncSession, inbound: Inbound, row: Update) -> bool:
    album = inbound.album if isinstance(inbound, (Attachment, Unreadable)) else ""
    return bool(album) and await inbox.follows_in_album(session, row, album)


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


async def _as_it_reads_now(turn: Turn, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The pinned card anew, unless the reply brings it already."""
    card = await replace(turn, t=Texts(turn.person.language)).card()
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
