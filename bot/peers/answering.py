"""Somebody who was asked answers. Every press is held against its row and its person; all else reads "closed"."""

from bot import outbox, people
from bot.chat import Message
from bot.feature import Reply, Turn, row_number
from bot.peers import alert, chain, ledger, limits, talk, talking, words
from bot.peers.alert import OPEN, Alert, Ask
from bot.peers.model import Peer
from bot.people import Person


async def pressed(turn: Turn) -> Reply:
    """`ask:<row>:open` shows the question; `here`, `later` and `cant` answer it, and `write` begins to talk.

    `well` and `much` come after it.
    """
    number = row_number(turn.words[0]) if turn.words else None
    what = turn.words[1] if len(turn.words) > 1 else ""
    if what in ("well", "much"):
        return Reply((words.after(what, number or 0, turn.t),))
    found = await _open(turn, number)
    if found is None:
        return Reply((words.closed(number or 0, turn.t),))
    ask, row, member = found
    await outbox.arrived(turn.session, turn.person, alert.ASK, ask.id, turn.now)
    if ask.passed_at is None:
        await chain.passed(turn.session, ask, turn.now)
    # "in 10 minutes" counts once: said again and again it would keep the next one from ever being asked
    if what in alert.ANSWERS and ask.answer not in (alert.HERE, alert.CANT, what):
        return await _answered(turn, ask, row, member, what)
    if what == "write" and ask.answer == alert.HERE:
        return await _there(turn, ask, row, member, again=True)
    return Reply((await _question(turn, ask, row, member),))


async def _open(turn: Turn, number: int | None) -> tuple[Ask, Alert, Person] | None:
    """What a button is about, if this person was asked, it is not over, and they may be asked at this moment."""
    session, person = turn.session, turn.person
    ask = await session.get(Ask, number) if number else None
    if ask is None or ask.peer_id != person.id:
        return None
    row = await session.get(Alert, ask.alert_id, with_for_update=True, populate_existing=True)
    link = await session.get(Peer, ask.link_id)
    if row is None or row.state not in OPEN or link is None or link.peer_id != person.id:
        return None
    if not await ledger.holds(session, link.id, person.id, ledger.ALERT, turn.now):
        return None
    member = await people.look_by_id(session, ask.person_id)
    return (ask, row, member) if member else None


async def _question(turn: Turn, ask: Ask, row: Alert, member: Person) -> Message:
    if ask.answer in (alert.HERE, alert.CANT):
        return words.thanks(member, ask.answer, ask, turn.t)
    zone = await limits.zone_of(turn.session, turn.person)
    return words.question(member, row, ask, zone, turn.now, turn.t)


async def _answered(turn: Turn, ask: Ask, row: Alert, member: Person, answer: str) -> Reply:
    await chain.answered(turn.session, member, row, ask, answer, turn.now)
    if answer == alert.HERE:
        return await _there(turn, ask, row, member)
    return Reply((await _question(turn, ask, row, member),))


async def _there(turn: Turn, ask: Ask, row: Alert, member: Person, *, again: bool = False) -> Reply:
    """What they write goes to the member from now on, unless somebody else has their words, or the member's.

    `again`: the member was told before, and is told that there is something to open.
    """
    session, t, now = turn.session, turn.t, turn.now
    said = words.thanks(member, alert.HERE, ask, t)
    side = await talk.side_of(session, turn.person, now)
    if side and side.ask.id != ask.id and (not side.of_member or side.talk.joined_at):
        return Reply((words.busy(member, await talking.other_name(session, side, t), ask, t),))
    if await talk.begin(session, row, ask, now) is None:
        return Reply((said,))
    turn.person.awaits(None, now)  # an open question would take their first words
    if again:
        await chain.tell(session, member, row, now, alert.ANSWER)
    return Reply((said, talking.begun(words.name_of(member, t), t)))
