"""A member arranges the quiet note, tries it out, stops one that is about to go, and says later that all is well."""

from collections.abc import Sequence

from sqlalchemy import select

from bot import days, outbox
from bot.chat import Button, Lane, Message, Rows
from bot.clock import DAY
from bot.feature import Goto, Reply, Turn, row_number
from bot.peers import asking, hearers, ledger, limits, quiet, quiet_due, quiet_note, words
from bot.peers.model import Peer, one_of
from bot.peers.quiet import DAYS, QuietNote, State
from bot.people import Person

SLOT = quiet_due.SLOT
SAID_FOR = 14 * DAY
"""How long after a note it can be said that all is well."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`quiet:<person>:<what>` is about one of their people; `stop`, `what`, `gone` and `well` about what goes."""
    match turn.words:
        case ("stop" | "what" as what,):
            return Reply((await _stopped(turn, what),))
        case ("gone",):
            return Reply((await _gone(turn),))
        case ("well",):
            return Reply((await _well(turn),))
        case (number, *rest):
            link = await one_of(turn.session, turn.person.id, row_number(number))
            if link is not None and link.confirmed_at is not None:
                return Reply((await _about(turn, link, rest),))
    return Goto("people")


async def _about(turn: Turn, link: Peer, rest: Sequence[str]) -> Message:
    """The arrangement with one of them, changed if the press says so."""
    session, now = turn.session, turn.now
    above = ""
    match rest:
        case ("ask",) if not link.muted(now) and not await hearers.can(session, link, now):
            await _asked(turn, link)
            above = turn.t("quiet-asked", name=link.name or "")
        case ("off",):
            await ledger.take_back(session, link.id, ledger.QUIET, now)
        case ("days", number) if number in map(str, DAYS):
            (await quiet.begun(session, turn.person, now)).days = int(number)
        case ("test",) if await hearers.can(session, link, now):
            await _tested(turn, link)
            above = turn.t("quiet-tested", name=link.name or "")
    await session.flush()
    return await _screen(turn, link, above)


async def _asked(turn: Turn, link: Peer) -> None:
    """Have the peer asked. Nothing goes before their yes. That somebody is gone for good is not to be told by it."""
    session, now = turn.session, turn.now
    await quiet.begun(session, turn.person, now)
    grant = await ledger.wished(session, link, ledger.QUIET, now)
    peer = await session.get(Person, link.peer_id) if link.peer_id else None
    if peer is not None and grant.agreed_at is None:
        due_at = await limits.wakes_at(session, peer, now)
        await outbox.post(
            session,
            peer,
            quiet_note.OFFER,
            f"{grant.id}/{now:%Y-%m-%d}",
            lane=Lane.REMINDER,
            due_at=due_at,
            send_before=due_at + DAY,
            about=grant.id,
            unasked=True,
        )


async def _tested(turn: Turn, link: Peer) -> None:
    """Have the note go out marked TEST, once a day at most: a bell that rings for nothing is soon not heard."""
    session, now = turn.session, turn.now
    had = select(QuietNote.id).where(
        QuietNote.link_id == link.id, QuietNote.round.is_(None), QuietNote.made_at > now - DAY
    )
    peer = await session.get(Person, link.peer_id) if link.peer_id else None
    if peer is None or await session.scalar(had.limit(1)) is not None:
        return
    row = await quiet.begun(session, turn.person, now)
    note = QuietNote(person_id=turn.person.id, link_id=link.id, peer_id=peer.id, days=row.days, made_at=now)
    session.add(note)
    await session.flush()
    await quiet_due.post(session, peer, note, now)


async def line(turn: Turn, link: Peer) -> str:
    """How it stands with one of them, as a part of a line; empty if it was never asked for."""
    t = turn.t
    if not await ledger.granted(turn.session, link.id, ledger.QUIET):
        return ""
    key = "quiet-line" if await hearers.can(turn.session, link, turn.now) else "quiet-line.waiting"
    return t(key, days=str(await _days(turn)))


async def exact(turn: Turn, link: Peer) -> list[str]:
    """For *Who sees what*: when it goes and in which words; nothing if it was never asked for."""
    if not await ledger.granted(turn.session, link.id, ledger.QUIET):
        return []
    reader = await asking.reader(turn, link)
    number = await _days(turn)
    said = quiet_note.said(words.name_of(turn.person, reader), number, reader)
    key = "quiet-exact" if await hearers.can(turn.session, link, turn.now) else "quiet-exact.waiting"
    return [turn.t(key, days=str(number), words=said)]


async def names(turn: Turn, links: Sequence[Peer]) -> str:
    """Who would get it, for the review."""
    found = [link.name or "" for link in links if await hearers.agreed(turn.session, link, turn.now)]
    return ", ".join(found)


async def _days(turn: Turn) -> int:
    row = await quiet.of(turn.session, turn.person.id)
    return row.days if row else quiet.AT_FIRST


async def _screen(turn: Turn, link: Peer, above: str) -> Message:
    t, name, number = turn.t, link.name or "", await _days(turn)
    reader = await asking.reader(turn, link)
    said = quiet_note.said(words.name_of(turn.person, reader), number, reader)
    text = t("quiet-arrange", name=name, days=str(number), words=said)
    lines = [above, text, await _state(turn, link)]
    press = f"quiet:{link.id}"
    choices = tuple(Button(t("quiet-days", days=str(one)), f"{press}:days:{one}") for one in DAYS)
    last = (Button(t("people-back"), "people:show"), Button(t("help-button"), "help"))
    rows: Rows = (choices, await _changes(turn, link, press), last)
    return Message("\n".join(filter(None, lines)), rows, slot=SLOT, sensitive=True)


async def _state(turn: Turn, link: Peer) -> str:
    t, name = turn.t, link.name or ""
    if link.muted(turn.now) and link.muted_until:
        return t("people-muted", day=days.said(link.muted_until.date(), t))
    if not await ledger.granted(turn.session, link.id, ledger.QUIET):
        return t("quiet-state.off", name=name)
    if not await hearers.can(turn.session, link, turn.now):
        return t("quiet-state.waiting", name=name)
    begins = hearers.begins_at(link)
    if begins is not None and begins > turn.now:
        return t("quiet-state.soon", name=name, day=days.said(begins.date(), t))
    return t("quiet-state.on", name=name)


async def _changes(turn: Turn, link: Peer, press: str) -> tuple[Button, ...]:
    t, name = turn.t, link.name or ""
    first, stop = Button(t("quiet-ask", name=name), f"{press}:ask"), Button(t("quiet-off"), f"{press}:off")
    granted = await ledger.granted(turn.session, link.id, ledger.QUIET)
    if link.muted(turn.now):
        first = Button(t("people-unmute"), f"people:mute:{link.id}")
    elif granted and await hearers.can(turn.session, link, turn.now):
        first = Button(t("quiet-try", name=name), f"{press}:test")
    return (first, stop) if granted else (first,)


async def _stopped(turn: Turn, what: str) -> Message:
    """Nothing goes. Any word would have done; this one also says what it was about."""
    t, row = turn.t, await quiet.of(turn.session, turn.person.id)
    key = "quiet-what" if what == "what" else "quiet-stopped"
    if row is not None and row.state == State.GOING:
        if await quiet_due.ends(turn.session, row, turn.person, turn.now):
            key = "quiet-leaving"
    elif row is not None and row.state != State.GONE:
        quiet.anew(row, turn.now + quiet.EVERY)
    if row is not None and row.state == State.GONE:
        return await _gone(turn)
    rows = ((Button(t("people-back"), "people:show"), Button(t("help-button"), "help")),)
    return Message(t(key, days=str(await _days(turn))), rows, slot=SLOT, sensitive=True)


async def _gone(turn: Turn) -> Message:
    """What went to whom and when; and to say that all is well, only if they like."""
    t = turn.t
    last = (Button(t("people-back"), "people:show"), Button(t("help-button"), "help"))
    notes = await _lately(turn)
    if not notes:
        return Message(t("quiet-nothing"), (last,), slot=SLOT)
    lines = []
    for note, link in notes:
        at = note.passed_at or note.made_at
        when = f"{days.said(at.date(), t)}, {words.at(at, turn.person)}"
        key = "quiet-went.unsure" if note.unsure or note.passed_at is None else "quiet-went"
        lines.append(t(key, name=link.name or "", when=when))
    note, link = notes[-1]
    reader = await asking.reader(turn, link)
    said = quiet_note.said(words.name_of(turn.person, reader), note.days, reader)
    lines.append(t("quiet-went-words", words=said))
    well = any(one.well_at is None for one, _ in notes)
    rows: Rows = ((Button(t("quiet-well"), "quiet:well"),), last) if well else (last,)
    return Message("\n".join(lines), rows, slot=SLOT, sensitive=True)


async def _well(turn: Turn) -> Message:
    """All is well, to everybody whom a note has reached and who has not heard so yet."""
    session, t, now = turn.session, turn.t, turn.now
    for note, _ in await _lately(turn):
        peer = await session.get(Person, note.peer_id) if note.peer_id else None
        if note.well_at is None and peer is not None:
            note.well_at = now
            due_at = await limits.wakes_at(session, peer, now)
            await outbox.post(
                session, peer, quiet_note.WELL, str(note.id), lane=Lane.ALERT, due_at=due_at, about=note.id
            )
    rows = ((Button(t("people-back"), "people:show"), Button(t("help-button"), "help")),)
    return Message(t("quiet-well-said"), rows, slot=SLOT)


async def to_tell(turn: Turn) -> bool:
    """Whether somebody had a note of late and has not heard that all is well."""
    return any(note.well_at is None for note, _ in await _lately(turn))


async def _lately(turn: Turn) -> list[tuple[QuietNote, Peer]]:
    """The notes of the last warning that have left, and to whom."""
    row = await quiet.of(turn.session, turn.person.id)
    query = (
        select(QuietNote, Peer)
        .join(Peer, Peer.id == QuietNote.link_id)
        .where(
            QuietNote.person_id == turn.person.id,
            QuietNote.round == (row.round if row else None),
            QuietNote.made_at > turn.now - SAID_FOR,
            QuietNote.passed_at.is_not(None),
        )
    )
    return [(note, link) for note, link in await turn.session.execute(query.order_by(QuietNote.made_at))]
