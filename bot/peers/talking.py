"""The talk on the two screens: the keyboard that is only its end and help, and lines as they arrive."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import people
from bot.chat import TEXT_LIMIT, Button, Message, Rows, Text
from bot.feature import LOST, Goto, Occasion, Reply, Turn
from bot.outbox import Notification, Outcome
from bot.peers import ledger, talk, words
from bot.peers.model import Peer
from bot.peers.talk import Line, Side
from bot.texts import Texts

LINE_MOST = TEXT_LIMIT - 200
"""Letters of one line: what stands before it, a name above all, needs some room too."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`line` takes typed words in; `line:end` ends it for both."""
    side = await talk.side_of(turn.session, turn.person, turn.now)
    if turn.words == ("end",) or side is None or side.other is None:
        if side:
            await talk.end(turn.session, side.talk, turn.now, but=turn.person.id)
        return Reply((over(turn.t, member=turn.agreed),))
    if not isinstance(turn.inbound, Text) or turn.words:
        return Goto(LOST)
    if len(turn.inbound.text) > LINE_MOST:
        return Reply((Message(turn.t("chat-long"), _help(turn.t), neutral=True),))
    await talk.say(turn.session, side, turn.inbound.text, turn.inbound.message_id, turn.now)
    return Reply()


def begun(name: str, t: Texts) -> Message:
    """What is written now goes to the other."""
    return Message(t("chat-begun", name=name), keyboard=_keyboard(t), hint=t("chat-to", name=name), sensitive=True)


def over(t: Texts, *, member: bool) -> Message:
    """It has ended, and the buttons that stay are back."""
    keyboard = ((t("hard-button"),), (t("checkin-button"), t("help-button"))) if member else ((t("help-button"),),)
    return Message(t("chat-ended"), keyboard=keyboard, neutral=True)


async def other_name(session: AsyncSession, side: Side, t: Texts) -> str:
    """What the other is called on this side: by the member as they wrote it, by the peer as the member is named."""
    if side.of_member:
        link = await session.get(Peer, side.ask.link_id)
        return (link.name if link else None) or t("people-somebody")
    member = await people.look_by_id(session, side.talk.person_id)
    return words.name_of(member, t) if member else t("people-somebody")


async def line(occasion: Occasion) -> Message | None:
    """What the other has written. None once the talk is over, or may not go there any more."""
    session, person = occasion.session, occasion.person
    row = await session.get(Line, occasion.notification.about)
    side = await talk.side_of(session, person, occasion.now) if row and row.person_id == person.id else None
    if row is None or side is None or side.talk.id != row.talk_id:
        return None
    if not side.of_member and not await ledger.holds(session, side.ask.link_id, person.id, ledger.ALERT, occasion.now):
        return None
    name = await other_name(session, side, occasion.t)
    said = occasion.t("chat-line", name=name, words=row.line)
    return Message(said, keyboard=_keyboard(occasion.t), hint=occasion.t("chat-to", name=name), sensitive=True)


async def settled(session: AsyncSession, notification: Notification, now: datetime) -> None:
    """A line was handed over, or it was not. One that reaches nobody ends the talk."""
    row = await session.get(Line, notification.about)
    if row is None:
        return
    if notification.outcome == Outcome.SENT:
        await talk.passed_on(session, row, now)
        return
    if notification.outcome == Outcome.UNREACHABLE:
        await talk.lost(session, row, now)
    await talk.not_passed_on(session, row, now)


async def mark(occasion: Occasion) -> Message | None:
    """On what they wrote: it was passed on."""
    _, _, message_id = occasion.notification.occurrence.partition(":")
    return Message(occasion.t("chat-mark"), marks=message_id) if await _talks_with_us(occasion) else None


async def unsaid(occasion: Occasion) -> Message | None:
    """Something they wrote reached nobody."""
    t = occasion.t
    return Message(t("chat-unsaid"), _help(t), neutral=True) if await _talks_with_us(occasion) else None


async def ended(occasion: Occasion) -> Message | None:
    """It is over, to whoever did not end it. Its rows may be gone. None to somebody who has stepped back, or who is
    in another talk by now: what they write goes there.
    """
    if await talk.takes(occasion.session, occasion.person, occasion.now):
        return None
    member = await people.has_agreed(occasion.session, occasion.person, people.SERVICE)
    return over(occasion.t, member=member) if await _talks_with_us(occasion) else None


async def _talks_with_us(occasion: Occasion) -> bool:
    """Whether they are a member, or have agreed to help one and not stepped back."""
    purposes = (people.SERVICE, people.PEER)
    return any([await people.has_agreed(occasion.session, occasion.person, purpose) for purpose in purposes])


def _help(t: Texts) -> Rows:
    return ((Button(t("help-button"), "help"),),)


def _keyboard(t: Texts) -> tuple[tuple[str, ...], ...]:
    return ((t("chat-end"), t("help-button")),)
