"""A member invites somebody: a link to send on, and the question whether whoever accepted is the one they meant."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import Button, Message
from bot.feature import Goto, Occasion, Reply, Turn
from bot.peers import invite, ledger, notice, picking, review
from bot.peers.model import Peer, count, people_of, told_apart
from bot.texts import Texts

KIND = "people-accepted"
SLOT = "people"
MOST = 6
"""People of one member: as many as stand on a screen, each with what they get."""


async def pressed(turn: Turn) -> Reply | Goto:
    """A link, in a message of its own that can be sent on as it is."""
    t, person = turn.t, turn.person
    last = (Button(t("people-back"), "people:show"), Button(t("help-button"), "help"))
    if person.name is None:
        rows = ((Button(t("people-name.set"), "settings:name"),), last)
        return Reply((Message(t("people-name"), rows, slot=SLOT),))
    if await count(turn.session, person.id) >= MOST:
        return Reply((Message(t("people-most"), (last,), slot=SLOT),))
    made = await invite.invite(turn.session, person, turn.now)
    if made is None:
        rows = ((Button(t("people-open.withdraw"), "people:withdraw"),), last)
        return Reply((Message(t("people-open"), rows, slot=SLOT),))
    row, token = made
    link = Message(t("people-send-on", link=turn.link(token)), (last,), sensitive=True)
    pick = (Button(t("people-pick"), f"{picking.AWAITED}:{row.id}"),)
    return Reply((Message(t("people-how"), (pick, last), slot=SLOT), link))


async def confirm(turn: Turn, link: Peer, answer: str) -> Reply | Goto:
    """Is this the person you meant? Until then nothing goes to anyone."""
    t, name = turn.t, link.name or ""
    if answer == "no":
        link.removed_at, link.peer_id = turn.now, None
        return Goto("people")
    if answer == "yes":
        link.confirmed_at = turn.now
        for scope in ledger.BY_HAND:
            await ledger.grant(turn.session, link, scope, turn.now)
        await review.begin(turn.session, turn.person, turn.now)
        await notice.begin(turn.session, turn.person, turn.now)
        return Goto("people")
    rows = (
        (Button(t("people-confirm.yes", name=name), f"people:confirm:{link.id}:yes"),),
        (Button(t("people-confirm.no"), f"people:confirm:{link.id}:no"), Button(t("help-button"), "help")),
    )
    asked = t("people-confirm-picked" if link.picked else "people-confirm", name=name)
    return Reply((Message(asked, rows, slot=SLOT, sensitive=True),))


async def pending(session: AsyncSession, person_id: int) -> list[Peer]:
    """Who has accepted and waits for the member's word."""
    query = select(Peer).where(Peer.person_id == person_id, Peer.removed_at.is_(None), Peer.confirmed_at.is_(None))
    return list(await session.scalars(query.order_by(Peer.id)))


async def accepted(occasion: Occasion) -> Message | None:
    """Somebody has said yes: a neutral line. None if that is settled already."""
    t, link = occasion.t, await occasion.session.get(Peer, occasion.notification.about)
    if link is None or link.person_id != occasion.person.id or link.confirmed_at or link.removed_at:
        return None
    rows = ((Button(t("people-accepted.open"), f"people:confirm:{link.id}"),), (Button(t("help-button"), "help"),))
    return Message(t("people-accepted"), rows, slot=SLOT, neutral=True)


def _labels() -> list[str]:
    """What else is to be pressed where people are, in every language: a name that reads so would hide it."""
    keys = ("people-ask", "people-times", "quiet-well", "people-invite", "people-no-one", "people-stop.button")
    return [Texts(language)(key) for language in Texts.languages() for key in (*keys, "help-button")]


async def accept(
    session: AsyncSession, member_id: int, peer_id: int, name: str, now: datetime, *, picked: bool
) -> Peer:
    """Somebody has said yes. The member's key is at hand: the name is kept with it."""
    query = select(Peer).where(Peer.person_id == member_id, Peer.peer_id == peer_id)
    link = (await session.scalars(query)).one_or_none()
    if link is None:
        others = [one.name or "" for one in (*await people_of(session, member_id), *await pending(session, member_id))]
        link = Peer(person_id=member_id, peer_id=peer_id, accepted_at=now, picked=picked)
        session.add(link)
        link.name = told_apart(name, (*others, *_labels()))
        await session.flush()
    return link
