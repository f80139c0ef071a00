"""A member asks their people: what exactly goes, to whom first, and nothing before Send."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget
from bot.chat import Button, Message, Rows
from bot.feature import Goto, Reply, Turn, row_number
from bot.peers import alert, calling, chain, ending, reach, status, talk, talking, words
from bot.peers.alert import Alert, State
from bot.peers.model import HELPS_MOST, Peer, people_of, sharing_of
from bot.people import Person
from bot.texts import Texts

GONE_MOST = 2
"""Of the others who cannot be reached so many are named: the preview has eight lines."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`alert` and `alert:ask:<person>` show what would go; `alert:<alert>:<what>` does it."""
    match turn.words:
        case () | ("ask", _):
            return await _begun(turn)
    row = await alert.mine(turn.session, turn.person, row_number(turn.words[0]))
    what = turn.words[1] if len(turn.words) > 1 else ""
    if row is None:
        return Goto("alert")
    if row.state == State.DRAFT:
        return await _drafted(turn, row, what)
    return await _sent(turn, row, what)


async def typed(turn: Turn) -> Reply | Goto:
    """What helps, in the member's own words."""
    row = await alert.mine(turn.session, turn.person, row_number(turn.words[-1]) if turn.words else None)
    said = " ".join(getattr(turn.inbound, "text", "").split())
    if row is None or row.state != State.DRAFT:
        return Goto("alert")
    if not 0 < len(said) <= HELPS_MOST:
        return _ask_words(turn, row, "alert-words-long")
    sharing = await sharing_of(turn.session, turn.person)
    sharing.helps = said
    return Reply((await _preview(turn, row),))


async def ways_out(turn: Turn) -> list[Button]:
    """In a hard moment: the first of their people who can be reached, while nobody is being asked."""
    if await alert.standing(turn.session, turn.person.id):
        return []
    links = [one for one in await people_of(turn.session, turn.person.id) if not one.muted(turn.now)]
    gone = await reach.away(turn.session, links, turn.now)
    first = next((one for one in links if one.id not in gone), None)
    return [Button(turn.t("alert-way", name=first.name or ""), f"alert:ask:{first.id}")] if first else []


async def asks(session: AsyncSession, person: Person, now: datetime) -> str:
    """For Help now: whether there is anybody to whom something may go."""
    unmuted = Peer.muted_until.is_(None) | (Peer.muted_until <= now)
    theirs = (Peer.person_id == person.id, Peer.removed_at.is_(None), Peer.confirmed_at.is_not(None), unmuted)
    return "alert" if await session.scalar(select(Peer.id).where(*theirs).limit(1)) is not None else ""


async def _begun(turn: Turn) -> Reply | Goto:
    standing = await alert.standing(turn.session, turn.person.id)
    if standing and standing.state != State.TOLD:
        return await _met(turn, standing, await _shown(turn, standing))
    link = await _first(turn)
    if link is None:
        return Goto("people:nobody")
    return Reply((await _preview(turn, await alert.draft(turn.session, turn.person, link, turn.now)),))


async def _first(turn: Turn) -> Peer | None:
    """Whom a button names, or the first who can be reached; whom nothing is to go to is left out."""
    links = [one for one in await people_of(turn.session, turn.person.id) if not one.muted(turn.now)]
    named = row_number(turn.words[1]) if len(turn.words) > 1 else None
    gone = await reach.away(turn.session, links, turn.now)
    chosen = next((one for one in links if one.id == named), None)
    return chosen or next((one for one in links if one.id not in gone), None) or next(iter(links), None)


async def _drafted(turn: Turn, row: Alert, what: str) -> Reply | Goto:
    match what:
        case "send" | "only":
            links = await chain.order(turn.session, row, turn.now)
            if not links:
                return Goto("people")
            if links[0].id != row.first_id:
                return Reply((await _preview(turn, row),))  # whom the button names is not to be asked any more
            older = await alert.standing(turn.session, turn.person.id)
            if older:
                await talk.end_of(turn.session, older.id, turn.now)
            await chain.send(turn.session, turn.person, row, turn.now, only=what == "only")
            budget.hold(turn.person, turn.now)
            return Reply((await _shown(turn, row),))
        case "words":
            return _ask_words(turn, row, "alert-words")
        case "not":
            await turn.session.delete(row)
            rows = ((Button(turn.t("help-button"), "help"),),)
            return Reply((Message(turn.t("alert-not-now"), rows, slot=f"alert:{row.id}"),))
    return Reply((await _preview(turn, row),))


async def _sent(turn: Turn, row: Alert, what: str) -> Reply | Goto:
    session, now = turn.session, turn.now
    match what:
        case "back" if chain.take_back(row):
            return Reply((await _preview(turn, row, above=turn.t("alert-taken-back")),))
        case "back" if row.state != State.CLOSED:
            return Reply((_late(turn, row),))
        case "next" if row.state not in (State.HELD, State.CLOSED):
            following = await chain.following(session, row, now)
            if following and following.id == row_number(turn.words[-1]):  # a second tap asks nobody else
                await chain.ask_next(session, turn.person, row, now)
        case "well" | "mistake" if row.state in (State.ASKING, State.ANSWERED, State.TOLD):
            await ending.over(session, row, alert.WELL if what == "well" else alert.MISTAKE, now)
            if await talk.end_of(session, row.id, now, but=turn.person.id):
                return Reply((await _shown(turn, row), talking.over(turn.t, member=True)))
        case "said":
            return await _met(turn, row, await status.answer(turn, row) or await _shown(turn, row))
    return Reply((await _shown(turn, row),))


async def _met(turn: Turn, row: Alert, shown: Message) -> Reply:
    """Whoever reads that somebody is there talks with them from now on, if nobody has ended it yet."""
    side = await talk.join(turn.session, turn.person, row, turn.now)
    if side is None:
        return Reply((shown,))
    name = await talking.other_name(turn.session, side, turn.t)
    return Reply((shown, talking.begun(name, turn.t)))


async def _shown(turn: Turn, row: Alert) -> Message:
    await turn.session.flush()
    return await status.message(turn, row)


def _late(turn: Turn, row: Alert) -> Message:
    t = turn.t
    rows: Rows = (
        (Button(t("alert-mistake"), f"alert:{row.id}:mistake"), Button(t("alert-well"), f"alert:{row.id}:well")),
        (Button(t("alert-leave"), f"alert:{row.id}:show"), Button(t("help-button"), "help")),
    )
    time = words.at(row.sent_at or row.made_at, turn.person)
    return Message(t("alert-late", time=time), rows, slot=f"alert:{row.id}", sensitive=True)


def _ask_words(turn: Turn, row: Alert, key: str) -> Reply:
    t = turn.t
    turn.person.awaits(f"alert:words:{row.id}", turn.now)
    rows = ((Button(t("account-back"), f"alert:{row.id}:show"), Button(t("help-button"), "help")),)
    return Reply((Message(t(key), rows, slot=f"alert:{row.id}"),))


async def _preview(turn: Turn, row: Alert, above: str = "") -> Message:
    """Everything that would go, and to whom, in the words that they will read."""
    session, t = turn.session, turn.t
    turn.person.awaits(None, turn.now)
    links = await chain.order(session, row, turn.now)
    first = links[0] if links else None
    if first is None:
        rows: Rows = ((Button(t("people-back"), "people"), Button(t("help-button"), "help")),)
        return Message(t("people-nobody-now"), rows, slot=f"alert:{row.id}")
    row.first_id = first.id
    name, sharing = first.name or "", await sharing_of(session, turn.person)
    away = await reach.away(session, links, turn.now)
    others = [one for one in links if one is not first]
    following = next((one for one in others if one.id not in away), None)
    gone = [reach.said(one.name or "", away[one.id], turn.person, t) for one in others if one.id in away]
    lines = [above, reach.said(name, away[first.id], turn.person, t) if first.id in away else ""]
    lines += [t("alert-preview", name=name), exact(turn.person, sharing.helps or "", await reader(turn, first))]
    if following:
        then = "alert-then-at-once" if first.id in away else "alert-then"
        lines.append(t(then, minutes=str(sharing.wait), name=following.name or ""))
    lines += [*gone[:GONE_MOST], t("alert-silent")]
    call = calling.first(await turn.numbers(), name, t)
    rows = _choices(row, name, following or next(iter(others), None), call, t)
    return Message("\n".join(filter(None, lines)), rows, slot=f"alert:{row.id}", sensitive=True)


def exact(member: Person, helps: str, t: Texts) -> str:
    """What an alert says, word for word, in the language of whoever reads it."""
    name = words.name_of(member, t)
    return t("alert-exact", words=f"{words.asks(name, t)} {words.pressed(name, helps, t)}")


async def reader(turn: Turn, link: Peer) -> Texts:
    """The words of one of a member's people: those that they read."""
    peer = await turn.session.get(Person, link.peer_id) if link.peer_id else None
    return Texts(peer.language) if peer else turn.t


def _choices(row: Alert, name: str, second: Peer | None, call: tuple[Button, ...], t: Texts) -> Rows:
    send: tuple[Button, ...] = (Button(t("alert-send", name=name), f"alert:{row.id}:send"),)
    if second:
        send = (*send, Button(t("alert-only", name=name), f"alert:{row.id}:only"))
    other = (Button(t("alert-other", name=second.name or ""), f"alert:ask:{second.id}"),) if second else ()
    return (
        send,
        (Button(t("alert-change"), f"alert:{row.id}:words"), *other),
        *((call,) if call else ()),
        (Button(t("alert-not"), f"alert:{row.id}:not"), Button(t("help-button"), "help")),
    )
