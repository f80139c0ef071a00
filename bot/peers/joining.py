"""Somebody opens a link: what they would get, in exact words, and yes or no. A dead link says the same to everybody."""

from bot import outbox, people
from bot.chat import Button, Command, Lane, Message, Rows
from bot.feature import START, Goto, Reply, Turn, row_number
from bot.peers import invite, inviting, menu, words
from bot.peers.invite import Invite, is_token
from bot.peers.model import NAME_MOST, cleaned

CONSENT = "1"
"""The version of the words of an invitation that a consent refers to."""

OPENED = "peer:in"


def heard(rest: str) -> str | None:
    """Behind `/start`: a token of ours. A leaflet's code is an ordinary start."""
    return OPENED if is_token(rest) else None


async def opened(turn: Turn) -> Reply:
    """The invitation, or the one answer to every link that leads nowhere."""
    token = turn.inbound.rest if isinstance(turn.inbound, Command) and turn.inbound.name == START else ""
    found = await invite.open_with(turn.session, turn.person, turn.inbound.address, token, turn.now)
    return Reply((await _offer(turn, found) if found else _dead(turn),))


async def pressed(turn: Turn, number: str, what: str) -> Reply | Goto:
    """Yes, no, or more about it; only for whoever opened it, and only until tomorrow."""
    found = await invite.theirs(turn.session, turn.person, row_number(number), turn.now)
    if found is None:
        return Reply((_dead(turn),))
    match what:
        case "no":
            return await _declined(turn, found)
        case "yes":
            return await _agreed(turn, found)
        case "more":
            return Reply((await _offer(turn, found, key="peer-more"),))
    return Reply((await _offer(turn, found),))


async def typed(turn: Turn) -> Reply | Goto:
    """What their member shall call them."""
    number = turn.words[-1] if turn.words else ""
    found = await invite.theirs(turn.session, turn.person, row_number(number), turn.now)
    if found is None:
        return Goto("peer")
    name = cleaned(getattr(turn.inbound, "text", ""))
    if not 0 < len(name) <= NAME_MOST:
        return _ask_name(turn, found, "peer-name-long")
    return await _joined(turn, found, name)


async def _offer(turn: Turn, found: Invite, key: str = "peer-offer") -> Message:
    t = turn.t
    member = await people.look_by_id(turn.session, found.person_id)
    name = words.name_of(member, t) if member else t("people-somebody")
    runs = t("peer-runs", operator=turn.operator) if turn.operator else t("peer-runs-nobody")
    press = f"peer:{found.id}"
    rows: Rows = (
        (Button(t("peer-offer.yes"), f"{press}:yes"), Button(t("peer-offer.no"), f"{press}:no")),
        (
            Button(t("peer-offer.more"), f"{press}:more")
            if key == "peer-offer"
            else Button(t("account-back"), f"{press}:offer"),
            Button(t("help-button"), "help"),
        ),
    )
    return Message(t(key, name=name, runs=runs), rows, slot=press)


def _dead(turn: Turn) -> Message:
    return Message(turn.t("peer-dead"), ((Button(turn.t("help-button"), "help"),),))


async def _declined(turn: Turn, found: Invite) -> Reply:
    """A fine answer. Of somebody who was only asked this, nothing is kept."""
    invite.answer(found, turn.now)
    message = Message(turn.t("peer-declined"), ((Button(turn.t("help-button"), "help"),),), slot=f"peer:{found.id}")
    if not turn.agreed and not await people.has_agreed(turn.session, turn.person, people.PEER):
        await turn.session.flush()
        await turn.session.delete(found)
        await turn.session.flush()
        await people.forget(turn.session, turn.person)
    return Reply((message,))


async def _agreed(turn: Turn, found: Invite) -> Reply:
    """The consent for this one purpose; then a name, unless they have one here."""
    await people.agree(turn.session, turn.person, CONSENT, turn.now, people.PEER)
    # the member's own name for them is at hand only with the member's key
    member = await people.look_by_id(turn.session, found.person_id) if found.sealed_name else None
    name = cleaned((found.name if member else turn.person.name) or "")
    return await _joined(turn, found, name) if 0 < len(name) <= NAME_MOST else _ask_name(turn, found, "peer-name")


async def _joined(turn: Turn, found: Invite, name: str) -> Reply:
    session, person, t, now = turn.session, turn.person, turn.t, turn.now
    member = await people.look_by_id(session, found.person_id)
    if member is None:
        return Reply((_dead(turn),))
    picked = found.bound is not None
    invite.answer(found, now)
    link = await inviting.accept(session, member.id, person.id, name, now, picked=picked)
    if person.name is None and not picked:  # what somebody is called in another's phone is that other's
        person.name = name
    await outbox.post(
        session, member, inviting.KIND, f"{link.id}:{found.id}", lane=Lane.REMINDER, due_at=now, about=link.id
    )
    rows = (
        (Button(t("peer-test.button"), "peer:test"), Button(t("peer-quiet"), "peer:quiet")),
        (Button(t("peer-how"), "peer:how"), Button(t("peer-back"), "peer:back")),
        (Button(t("help-button"), "help"),),
    )
    listed = None if turn.agreed else menu.helpers(t)
    return Reply((Message(t("peer-thanks"), rows, slot=f"peer:{found.id}", menu=listed),))


def _ask_name(turn: Turn, found: Invite, key: str) -> Reply:
    turn.person.awaits(f"peer:name:{found.id}", turn.now)
    return Reply((Message(turn.t(key), ((Button(turn.t("help-button"), "help"),),), slot=f"peer:{found.id}"),))
