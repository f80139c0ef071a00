"""The door of a closed group: who is new needs a code. Help stands outside of it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.account.model import Admission, Invitation, hashed, new_code
from bot.chat import Button, Command, Message
from bot.feature import START, Goto, Reply, Turn, head

LENGTH = 10
OUTSIDE = ("door", "move", "late", "peer", "ask", "line")
"""What a closed door does not keep from anybody: coming in, coming back from another account, an answer of ours, and
being there for a member who asked."""


async def gate(turn: Turn) -> str | None:
    """To the door, unless it is open or they came through it."""
    press = head(turn.press.removeprefix("answer:"))
    if not turn.closed or press in OUTSIDE:
        return None
    admitted = select(Admission.person_id).where(Admission.person_id == turn.person.id)
    return None if await turn.session.scalar(admitted) else "door"


async def pressed(turn: Turn) -> Reply | Goto:
    """The door. A link brings its code along in `/start`."""
    if isinstance(turn.inbound, Command) and turn.inbound.name == START and turn.inbound.rest:
        return await _tried(turn, turn.inbound.rest)
    return _shut(turn, "door")


async def answered(turn: Turn) -> Reply | Goto:
    """A code that was typed."""
    return await _tried(turn, getattr(turn.inbound, "text", ""))


async def invite(session: AsyncSession, uses: int, days: int, now: datetime) -> str:
    """Make a code that lets in so many people for so many days. It is shown this once and kept only as a hash."""
    code = new_code(LENGTH)
    until = now + timedelta(days=days)
    session.add(Invitation(blind=hashed(session, "door", code), uses=uses, until=until))
    return code


async def forget(session: AsyncSession, now: datetime) -> None:
    """Drop codes that let nobody in any more."""
    await session.execute(delete(Invitation).where((Invitation.until <= now) | (Invitation.uses < 1)))


async def _tried(turn: Turn, code: str) -> Reply | Goto:
    blind = hashed(turn.session, "door", code)
    # one statement counts and checks: two who come at once must not both be the last
    counted = await turn.session.execute(
        update(Invitation)
        .where(Invitation.blind == blind, Invitation.until > turn.now, Invitation.uses > 0)
        .values(uses=Invitation.uses - 1)
        .returning(Invitation.id)
    )
    if counted.scalar() is None:
        return _shut(turn, "door-wrong")
    turn.session.add(Admission(person_id=turn.person.id))
    return Goto(START)


def _shut(turn: Turn, key: str) -> Reply:
    t = turn.t
    turn.person.awaits("door:code", turn.now)
    contact = t("door-contact", contact=turn.contact) if turn.contact else ""
    rows = ((Button(t("hard-button"), "hard"), Button(t("help-button"), "help")),)
    return Reply((Message("\n".join(line for line in (t(key), contact) if line), rows),))
