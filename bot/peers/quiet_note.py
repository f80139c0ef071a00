"""What a peer reads of the quiet note, and how they agree to it or end it. Nobody is told of either.

Whatever is opened reads the same whether the member has been back since or not.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import days, outbox, people
from bot.chat import Button, Message
from bot.feature import Occasion, Reply, Turn, row_number
from bot.peers import hearers, ledger, limits, quiet, reach, words
from bot.peers.ledger import Grant
from bot.peers.model import Peer
from bot.peers.quiet import AT_FIRST, QuietNote, State
from bot.people import Person
from bot.texts import Texts

OFFER, WELL = (f"{outbox.FROM_ANOTHER}quiet-{what}" for what in ("offer", "well"))


def said(name: str, number: int, t: Texts) -> str:
    """The words of it: the same on the member's screen, in the offer, in a test and in the note itself."""
    return t("quiet-note", name=name, days=str(number))


async def pressed(turn: Turn) -> Reply:
    """`note:<row>:open` opens one, `note:<row>:ask`, `yes` and `no` are about the offer; `note:stop` ends all."""
    if turn.words == ("stop",):
        return await _stopped(turn)
    number = row_number(turn.words[0]) if turn.words else None
    what = turn.words[1] if len(turn.words) > 1 else ""
    if what == "open":
        found = await _note(turn.session, number, turn.person, turn.now)
        zone = await limits.zone_of(turn.session, turn.person)
        return Reply((_opened(*found, zone, turn.t) if found else _closed(turn.t),))
    offered = await _offered(turn.session, number, turn.person, turn.now)
    if offered is None:
        return Reply((_closed(turn.t),))
    grant, member = offered
    if what not in ("yes", "no"):
        return Reply((await _offer(turn, grant, member),))
    grant.agreed_at = turn.now if what == "yes" else None
    return Reply((_plain(turn.t(f"quiet-answer.{what}"), turn.t),))


async def offer(occasion: Occasion) -> Message | None:
    """The member asks if they may be told: a line that lies on a locked screen. None if it is settled."""
    found = await _offered(occasion.session, occasion.notification.about, occasion.person, occasion.now)
    if found is None or found[0].agreed_at is not None:
        return None
    grant, member = found
    t = occasion.t
    rows = ((Button(t("quiet-offered.open"), f"note:{grant.id}:ask"),), _help(t))
    return Message(t("quiet-offered", name=words.name_of(member, t)), rows, slot="note", neutral=True)


async def note(occasion: Occasion) -> Message | None:
    """The note as it lies on a locked screen. None unless all that it needs holds at this very moment."""
    found = await _note(occasion.session, occasion.notification.about, occasion.person, occasion.now)
    if found is None or (found[0].round is not None and not await _stands(occasion, *found)):
        return None
    row, member = found
    t = occasion.t
    line = t("quiet-arrived", name=words.name_of(member, t))
    rows = ((Button(t("quiet-arrived.open"), f"note:{row.id}:open"),), _help(t))
    return Message(line if row.round is not None else f"{t('quiet-test')} {line}", rows, slot="note", neutral=True)


async def well(occasion: Occasion) -> Message | None:
    """All is well again, said by hand, to somebody whom a note has reached."""
    row = await occasion.session.get(QuietNote, occasion.notification.about)
    person, t = occasion.person, occasion.t
    if row is None or row.peer_id != person.id or row.passed_at is None:
        return None
    if not await ledger.holds(occasion.session, row.link_id, person.id, ledger.ALL_CLEAR, occasion.now):
        return None
    member = await people.look_by_id(occasion.session, row.person_id)
    return Message(t("alert-over.well", name=words.name_of(member, t)), (_help(t),), neutral=True) if member else None


async def _stands(occasion: Occasion, row: QuietNote, member: Person) -> bool:
    """Whether the warning before a note still stands, and nothing has come from the member since."""
    session, now = occasion.session, occasion.now
    standing = await quiet.of(session, member.id)
    if standing is None or standing.state != State.GOING or standing.round != row.round:
        return False
    if standing.warned_at is None or quiet.heard(member, standing.warned_at):
        return False
    if await quiet.suspended(session, occasion.features, member, now):
        return False
    if row.link_id not in [link.id for link in await hearers.of(session, member.id, now)]:
        return False
    return not await reach.full(session, [occasion.person.id], now)


async def _note(
    session: AsyncSession, number: int | None, person: Person, now: datetime
) -> tuple[QuietNote, Person] | None:
    """A note of this person's and whom it is about, if both want it at this moment."""
    row = await session.get(QuietNote, number) if number else None
    if row is None or row.peer_id != person.id:
        return None
    link = await session.get(Peer, row.link_id)
    if link is None or link.peer_id != person.id or not await hearers.agreed(session, link, now):
        return None
    member = await people.look_by_id(session, row.person_id)
    return (row, member) if member else None


async def _offered(
    session: AsyncSession, number: int | None, person: Person, now: datetime
) -> tuple[Grant, Person] | None:
    """What this person is asked to agree to, and by whom, while it is offered."""
    grant = await session.get(Grant, number) if number else None
    if grant is None or grant.scope != ledger.QUIET or grant.revoked_at is not None:
        return None
    link = await session.get(Peer, grant.link_id)
    if link is None or link.peer_id != person.id or link.removed_at is not None or link.muted(now):
        return None
    if not await people.has_agreed(session, person, people.PEER):
        return None
    member = await people.look_by_id(session, grant.person_id)
    return (grant, member) if member else None


async def _offer(turn: Turn, grant: Grant, member: Person) -> Message:
    t, name = turn.t, words.name_of(member, turn.t)
    row = await quiet.of(turn.session, member.id)
    text = t("quiet-offer", name=name, words=said(name, row.days if row else AT_FIRST, t))
    answers = (
        Button(t("quiet-offer.yes"), f"note:{grant.id}:yes"),
        Button(t("quiet-offer.no"), f"note:{grant.id}:no"),
    )
    return Message(text, (answers, _help(t)), slot="note", sensitive=True)


async def _stopped(turn: Turn) -> Reply:
    """No such notes from anyone. It reads the same for everybody, whether there was anything to stop or not."""
    theirs = update(Grant).where(Grant.scope == ledger.QUIET)
    mine = Grant.link_id.in_(select(Peer.id).where(Peer.peer_id == turn.person.id))
    await turn.session.execute(theirs.where(mine).values(agreed_at=None))
    return Reply((_plain(turn.t("quiet-no-more"), turn.t),))


def _opened(row: QuietNote, member: Person, zone: str | None, t: Texts) -> Message:
    """By the hour at which it was written, never by the member's clock: whoever opens it later is told no more."""
    when = days.said(row.made_at.date(), t)
    if zone:
        when = f"{when}, {words.by_clock(row.made_at, zone)}"
    text = f"{when}. {said(words.name_of(member, t), row.days, t)}"
    lines = [text] if row.round is not None else [t("quiet-test-said"), text]
    return Message("\n".join(lines), (_help(t),), slot="note", sensitive=True)


def _closed(t: Texts) -> Message:
    return _plain(t("quiet-closed"), t)


def _plain(text: str, t: Texts) -> Message:
    return Message(text, (_help(t),), slot="note")


def _help(t: Texts) -> tuple[Button, ...]:
    return (Button(t("help-button"), "help"),)
