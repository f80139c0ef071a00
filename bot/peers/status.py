"""What a member sees of their alert: one message that is edited, and says only what is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import Button, Message, Rows
from bot.content import helplines
from bot.content.helplines import Line
from bot.feature import Occasion, Turn
from bot.peers import alert, calling, chain, words
from bot.peers.alert import Alert, Ask, State
from bot.peers.model import Peer
from bot.people import Person
from bot.texts import Texts

SHOWN = 4
"""People on one screen, the last who were asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked, by the name that the member has for them."""

    name: str
    ask: Ask


async def message(seen: Turn | Occasion, row: Alert, *, only_edits: bool = False) -> Message:
    """How it stands. `only_edits`: where it stands, and it rings nobody."""
    session, person, now, t = seen.session, seen.person, seen.now, seen.t
    asked = await _asked(session, row)
    match row.state:
        case State.HELD:
            text, rows = _held(person, row, t)
        case State.TOLD:
            text, rows = _told(person, row, asked, now, t)
        case State.CLOSED:
            text, rows = t(f"alert-ended.{row.ended}"), ()
        case _:
            text = "\n".join(_line(person, one, t) for one in asked[-SHOWN:])
            rows = (await _meanwhile(seen, row),)
    last = (Button(t("help-button"), "help"),)
    gone = [one.name for one in asked if one.ask.failed]
    if row.state == State.TOLD or (gone and row.state == State.ASKING):
        rows = (*rows, *((one,) for one in calling.first(await seen.numbers(), gone[-1] if gone else "", t)))
    return Message(text, (*rows, last), slot=f"alert:{row.id}", sensitive=True, only_edits=only_edits)


def lock(row: Alert, t: Texts) -> Message:
    """What arrives when somebody has answered: in a place of its own, so that nothing but a tap puts words there."""
    rows = ((Button(t("alert-news.open"), f"{_slot(row)}:open"),), (Button(t("help-button"), "help"),))
    return Message(t("alert-news"), rows, slot=_slot(row), neutral=True)


async def answer(seen: Turn, row: Alert) -> Message | None:
    """What they said, and no more than that, in the place of the neutral line. None with nothing to be read there."""
    asked, t = await _asked(seen.session, row), seen.t
    said = [one for one in asked if one.ask.answer in (alert.HERE, alert.LATER)]
    if row.state not in (State.ASKING, State.ANSWERED) or not said:
        return None
    lines = [
        t(
            f"alert-answered.{one.ask.answer}",
            name=one.name,
            time=words.at(one.ask.answered_at or seen.now, seen.person),
        )
        for one in said[-SHOWN:]
    ]
    rows = (await _meanwhile(seen, row), (Button(t("help-button"), "help"),))
    return Message("\n".join(lines), rows, slot=_slot(row), sensitive=True)


def awake(person: Person, t: Texts) -> Line | None:
    """Somebody who answers at this hour, in the member's country."""
    country = helplines.lines(person.country)
    return next((line for kind in helplines.SOMEONE if (line := country.first(kind)) and line.hours == "always"), None)


async def _asked(session: AsyncSession, row: Alert) -> list[Asked]:
    query = select(Ask, Peer).join(Peer, Peer.id == Ask.link_id).where(Ask.alert_id == row.id).order_by(Ask.turn)
    return [Asked(link.name or "", ask) for ask, link in await session.execute(query)]


def _held(person: Person, row: Alert, t: Texts) -> tuple[str, Rows]:
    when = f"{words.at(row.next_at or row.made_at, person)}:{(row.next_at or row.made_at):%S}"
    return t("alert-goes-out", time=when), ((Button(t("alert-take-back"), f"alert:{row.id}:back"),),)


async def _meanwhile(seen: Turn | Occasion, row: Alert) -> tuple[Button, ...]:
    """What can be done while it is under way."""
    well = Button(seen.t("alert-well"), f"alert:{row.id}:well")
    following = await chain.following(seen.session, row, seen.now)
    if following is None:
        return (well,)
    return well, Button(seen.t("alert-too", name=following.name or ""), f"alert:{row.id}:next:{following.id}")


def _slot(row: Alert) -> str:
    return f"alert:{row.id}:said"


def _told(person: Person, row: Alert, asked: Sequence[Asked], now: datetime, t: Texts) -> tuple[str, Rows]:
    line = awake(person, t)
    told = [_line(person, one, t) for one in asked[-SHOWN:] if one.ask.failed or one.ask.answer]
    time = words.at(now, person)
    silent = any(one.ask.answer in (alert.HERE, alert.LATER) for one in asked)
    told.append(t("alert-silence" if silent else "alert-nobody", time=time))
    told.append(awake_line(line, t))
    copies = (Button(t("help-copy", number=line.dial), copy=line.dial),) if line else ()
    rows: Rows = (
        (*copies, Button(t("alert-again"), "alert")),
        (Button(t("alert-well"), f"alert:{row.id}:well"),),
    )
    return "\n".join(told), rows


def awake_line(line: Line | None, t: Texts) -> str:
    """The line of whoever is awake, or of where one can be found."""
    return t("alert-awake", number=line.dial) if line else t("alert-awake-world", link=helplines.world().lines[0].dial)


def _line(person: Person, one: Asked, t: Texts) -> str:
    """What is known about one who was asked, and no more than that."""
    ask = one.ask
    if ask.answer and ask.answered_at:
        asked, answered = words.at(ask.passed_at or ask.asked_at, person), words.at(ask.answered_at, person)
        return t(f"alert-said.{ask.answer}", name=one.name, asked=asked, time=answered)
    if ask.failed:
        return t("people-gone", name=one.name)
    if ask.passed_at:
        return t("alert-passed", name=one.name, time=words.at(ask.passed_at, person))
    return t("alert-going", name=one.name)
