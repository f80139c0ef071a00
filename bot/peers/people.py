"""My people: who gets what, since when, in which words, and how to change or end it. Nobody is told of any of it."""

from collections.abc import Mapping

from bot import days, screen
from bot.chat import Button, Message, Rows
from bot.feature import Goto, Handler, Reply, Turn, row_number
from bot.peers import arranging, asking, calling, invite, inviting, ledger, notice, parting, picking, reach, talk, words
from bot.peers.model import MUTED, Peer, one_of, people_of, sharing_of
from bot.peers.reach import Away
from bot.texts import Texts

SLOT = "people"
WAITS = (3, 5, 10, 15)
"""Minutes before the next person is asked."""
TAKE_BACKS = (10, 30, 60)
"""Seconds in which it can be taken back."""
ELSEWHERE: Mapping[str, Handler] = {"invite": inviting.pressed, "pick": picking.pressed, "gone": notice.pressed}
"""Screens of others' making, by the word after `people`."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`people` lists them; `people:one:<row>` and the like are about one; `stop` ends everything."""
    t = turn.t
    match turn.words:
        case (what, *_) if what in ELSEWHERE:
            return await ELSEWHERE[what](turn)
        case ("withdraw",):
            await invite.withdraw(turn.session, turn.person.id)
            return Reply((await _listed(turn),))
        case ("nobody",):
            return Reply((await _nobody(turn),))
        case ("times", *rest):
            return await _times(turn, rest)
        case ("stop",):
            sure = Button(t("people-stop.yes"), "people:stopped"), Button(t("people-stop.no"), "people:show")
            return Reply((_sure(t, t("people-stop"), sure),))
        case ("stopped",):
            return await _stopped(turn)
        case (what, number, *rest) if link := await one_of(turn.session, turn.person.id, row_number(number)):
            return await _about(turn, link, what, rest)
    return Reply((await _listed(turn),))


async def remove(turn: Turn, link: Peer) -> None:
    """Nothing goes to this person from now on, but the end of what has begun."""
    session, now = turn.session, turn.now
    side = await talk.side_of(session, turn.person, now)
    if side and side.ask.link_id == link.id:
        await talk.end(session, side.talk, now)
    begun = await parting.without(session, turn.person, link, now)
    await ledger.revoke(session, link.id, now, last_word=begun)
    link.removed_at, link.peer_id = now, None


async def _about(turn: Turn, link: Peer, what: str, rest: list[str]) -> Reply | Goto:
    if link.confirmed_at is None:
        return await inviting.confirm(turn, link, rest[0] if rest else "") if what == "confirm" else Goto("people")
    t = turn.t
    match what:
        case "sees":
            return Reply((await _sees(turn, link),))
        case "mute":
            link.muted_until = None if link.muted(turn.now) else turn.now + MUTED
        case "remove":
            yes = Button(t("people-remove.yes"), f"people:removed:{link.id}")
            no = Button(t("people-remove.no"), f"people:one:{link.id}")
            return Reply((_sure(t, t("people-remove", name=link.name or ""), (yes, no)),))
        case "removed":
            await remove(turn, link)
            return Reply((await _listed(turn),))
        case "confirm":
            return Goto("people")
    return Reply((await _one(turn, link),))


async def _listed(turn: Turn) -> Message:
    session, t = turn.session, turn.t
    links = await people_of(session, turn.person.id)
    away = await reach.away(session, links, turn.now)
    lines = [await _line(turn, link, away) for link in links] or [t("people-none")]
    named = [Button(link.name or "", f"people:one:{link.id}") for link in links]
    pending = [
        Button(t("people-pending", name=link.name or ""), f"people:confirm:{link.id}")
        for link in await inviting.pending(session, turn.person.id)
    ]
    rows = [*_by_two(named), *((button,) for button in pending)]
    if links:
        rows.append((Button(t("people-ask"), "alert"), Button(t("people-times"), "people:times")))
    rows += [(button,) for button in await calling.buttons(turn)]
    if await arranging.to_tell(turn):
        rows.append((Button(t("quiet-well"), "quiet:well"),))
    rows.append((Button(t("people-invite"), "people:invite"), Button(t("people-no-one"), "people:nobody")))
    last = (Button(t("help-button"), "help"),)
    rows.append((Button(t("people-stop.button"), "people:stop"), *last) if links or pending else last)
    return Message("\n".join(lines), tuple(rows), slot=SLOT, sensitive=True)


async def _line(turn: Turn, link: Peer, away: Away) -> str:
    """`Ben: gets what I send by hand, since 3 May. Last sent: never.`"""
    t, now = turn.t, turn.now
    place = link.confirmed_at or now
    sent = days.said(link.last_sent_at.date(), t) if link.last_sent_at else t("people-never")
    line = t("people-line", name=link.name or "", since=days.said(place.date(), t), sent=sent)
    if link.muted(now) and link.muted_until:
        return f"{line} {t('people-muted', day=days.said(link.muted_until.date(), t))}"
    said = t("people-gone-short") if link.id in away else await arranging.line(turn, link)
    return f"{line} {said}".rstrip()


async def _one(turn: Turn, link: Peer) -> Message:
    t, away = turn.t, await reach.away(turn.session, [link], turn.now)
    mute = t("people-unmute") if link.muted(turn.now) else t("people-mute")
    name = link.name or ""
    rows = (
        (Button(t("people-sees", name=name), f"people:sees:{link.id}"),),
        (Button(t("alert-way", name=name), f"alert:ask:{link.id}"),),
        (Button(t("quiet-button"), f"quiet:{link.id}"),),
        (Button(mute, f"people:mute:{link.id}"), Button(t("people-remove.button"), f"people:remove:{link.id}")),
        (Button(t("people-back"), "people:show"), Button(t("help-button"), "help")),
    )
    return Message(await _line(turn, link, away), rows, slot=SLOT, sensitive=True)


async def _sees(turn: Turn, link: Peer) -> Message:
    """Exactly the words, in the language of whoever reads them."""
    t, reader = turn.t, await asking.reader(turn, link)
    sharing = await sharing_of(turn.session, turn.person)
    lines = [
        t("people-exact", name=link.name or ""),
        asking.exact(turn.person, sharing.helps or "", reader),
        t("people-exact-over", words=reader("alert-over.well", name=words.name_of(turn.person, reader))),
        *await arranging.exact(turn, link),
        t("people-exact-else", name=link.name or ""),
    ]
    rows = ((Button(t("people-back"), f"people:one:{link.id}"), Button(t("help-button"), "help")),)
    return Message("\n".join(lines), rows, slot=SLOT, sensitive=True)


async def _times(turn: Turn, rest: list[str]) -> Reply:
    t, sharing = turn.t, await sharing_of(turn.session, turn.person)
    match rest:
        case ["wait", minutes] if minutes in map(str, WAITS):
            sharing.wait = int(minutes)
        case ["back", seconds] if seconds in map(str, TAKE_BACKS):
            sharing.take_back = int(seconds)
    waits = tuple(Button(t("people-wait", minutes=str(one)), f"people:times:wait:{one}") for one in WAITS)
    backs = tuple(Button(t("people-seconds", seconds=str(one)), f"people:times:back:{one}") for one in TAKE_BACKS)
    text = t("people-times-said", minutes=str(sharing.wait), seconds=str(sharing.take_back))
    last = (Button(t("people-back"), "people:show"), Button(t("help-button"), "help"))
    return Reply((Message(text, (waits[:2], waits[2:], backs, last), slot=SLOT),))


async def _stopped(turn: Turn) -> Reply:
    session, person, now = turn.session, turn.person, turn.now
    begun = await parting.stop(session, person, now)
    for link in (*await people_of(session, person.id), *await inviting.pending(session, person.id)):
        await ledger.revoke(session, link.id, now, last_word=begun)
        link.removed_at, link.peer_id = now, None
    await invite.withdraw(session, person.id)
    (await sharing_of(session, person)).review_at = None
    await screen.tidy(session, person.id, now, now)
    rows = ((Button(turn.t("help-button"), "help"),),)
    return Reply((Message(turn.t("people-stopped"), rows, slot="stopped", neutral=True),))


async def _nobody(turn: Turn) -> Message:
    t = turn.t
    rows: Rows = (
        *((button,) for button in await calling.buttons(turn)),
        (Button(t("people-lines"), "talk"), Button(t("people-invite"), "people:invite")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t("people-nobody"), rows, slot=SLOT)


def _sure(t: Texts, question: str, answers: tuple[Button, ...]) -> Message:
    return Message(question, (answers, (Button(t("help-button"), "help"),)), slot=SLOT)


def _by_two(buttons: list[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
