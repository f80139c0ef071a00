"""The side of somebody who is there for another. Nothing here reads who that is: it is the same before and after."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import delete, update

from bot import erasures, people
from bot.chat import Button, Message, Rows
from bot.feature import START, Goto, Handler, Reply, Turn, head
from bot.peers import joining, limiting, menu, parting, sound
from bot.peers.alert import Ask
from bot.peers.limits import Limits
from bot.peers.model import Peer
from bot.texts import Texts

SLOT = "peer"
PASSES = {"data": "data", "settings": "peer:settings"}
"""What somebody who only helps may do besides: see what is kept of them. Their settings are a screen of our own."""

OURS = ("peer", "ask", "line", "note")


async def gate(turn: Turn) -> str | None:
    """Somebody who helps and is no member comes to the page on helping, wherever else they press."""
    press = head(turn.press)
    if press in OURS or turn.press.startswith(f"{START}:") or press in ("welcome", "late", "move"):
        return None
    if not await people.has_agreed(turn.session, turn.person, people.PEER):
        return None
    return turn.press if press == "data" else PASSES.get(press, "peer")


async def pressed(turn: Turn) -> Reply | Goto:
    """`peer` is the page; `peer:in` came with a link; `peer:<invitation>:<answer>` answers one."""
    match turn.words:
        case ("in",):
            return await joining.opened(turn)
        case ("in", language) if language in Texts.languages():
            turn.person.language = language
            listed = None if turn.agreed else menu.helpers(Texts(language))
            return Reply((replace(_settings(Texts(language)), menu=listed),))
        case (what, *_) if what in THEIR_OWN:
            return await THEIR_OWN[what](turn)
        case (what,) if what in SCREENS:
            return Reply((SCREENS[what](turn.t),))
        case ("back", "yes"):
            return await _back(turn)
        case (number, what):
            return await joining.pressed(turn, number, what)
    return Reply((_page(turn.t, "helping"),))


async def typed(turn: Turn) -> Reply | Goto:
    """`peer:name` is what their member shall call them; anything else is about their limits."""
    return await (joining.typed(turn) if turn.words[:1] == ("name",) else limiting.typed(turn))


async def _back(turn: Turn) -> Reply:
    """Out of everything at once, without a word to anybody. Of somebody who only helps, nothing is kept."""
    session, person, now = turn.session, turn.person, turn.now
    await parting.gone(session, person, now)
    await session.execute(update(Peer).where(Peer.peer_id == person.id).values(peer_id=None))
    await session.execute(update(Ask).where(Ask.peer_id == person.id).values(peer_id=None))
    await session.execute(delete(Limits).where(Limits.person_id == person.id))
    await people.withdraw(session, person, people.PEER, now)
    if not turn.agreed:
        await erasures.erase(session, person.id)
    rows = ((Button(turn.t("help-button"), "help"),),)
    return Reply((Message(turn.t("peer-left"), rows, slot=SLOT, menu=menu.EVERYBODYS),))


def _page(t: Texts, key: str) -> Message:
    other = Button(t("peer-how"), "peer:how") if key == "helping" else Button(t("account-back"), "peer:page")
    rows: Rows = (
        (other, Button(t("peer-options"), "peer:settings")),
        (Button(t("peer-test.button"), "peer:test"), Button(t("peer-quiet"), "peer:quiet")),
        (Button(t("peer-most.button"), "peer:most"), Button(t("quiet-no"), "note:stop")),
        (Button(t("peer-for-me"), f"{START}:me"), Button(t("peer-back"), "peer:back")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t(key), rows, slot=SLOT)


def _settings(t: Texts) -> Message:
    languages = tuple(Button(Texts(one)("account-language"), f"peer:in:{one}") for one in Texts.languages())
    rows = (
        languages,
        (Button(t("privacy-data"), "data"), Button(t("account-back"), "peer:page")),
        (Button(t("peer-back"), "peer:back"), Button(t("help-button"), "help")),
    )
    return Message(t("peer-settings"), rows, slot=SLOT)


def _sure(t: Texts) -> Message:
    rows = (
        (Button(t("peer-leave.yes"), "peer:back:yes"), Button(t("peer-leave.no"), "peer:page")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t("peer-leave"), rows, slot=SLOT)


SCREENS: Mapping[str, Callable[[Texts], Message]] = {
    "settings": _settings,
    "how": lambda t: _page(t, "peer-how-page"),
    "back": _sure,
}
"""Those that only show, by the word after `peer`."""

THEIR_OWN: Mapping[str, Handler] = {
    "test": sound.pressed,
    "quiet": limiting.pressed,
    "most": limiting.pressed,
}
"""Those of what somebody sets for themselves."""
