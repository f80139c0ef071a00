"""An open invitation is made for one person alone: whoever is picked on the phone, by the account that they have."""

from textwrap import shorten

from bot.chat import Button, Contact, Message
from bot.feature import UNREADABLE, Goto, Reply, Turn, row_number
from bot.peers import invite
from bot.peers.model import NAME_MOST
from bot.texts import Texts

AWAITED = "people:pick"
SLOT = "people"


async def pressed(turn: Turn) -> Reply | Goto:
    """`people:pick:<invitation>`: the keyboard whose one button opens the phone's own list of people."""
    found = await invite.mine(turn.session, turn.person, _number(turn.press), turn.now)
    if found is None:
        return Goto("people:show")
    t = turn.t
    turn.person.awaits(f"{AWAITED}:{found.id}", turn.now)
    label = t("people-pick.button")
    keyboard = ((label,), (t("people-pick.back"), t("help-button")))
    return Reply((Message(t("people-pick-ask", button=label), keyboard=keyboard, pick=label),))


async def typed(turn: Turn) -> Reply:
    """Words where somebody was to be picked: the invitation stays as it was."""
    return Reply((_buttons_back(turn.t), _said(turn.t, "people-pick-not")))


async def picked(turn: Turn) -> Reply | Goto:
    """Somebody was picked, or their card was sent. With nothing waiting for it, that is nothing we can take in."""
    awaited, chosen = turn.person.awaited(turn.now) or "", turn.inbound
    if not isinstance(chosen, Contact) or not awaited.startswith(f"{AWAITED}:"):
        return Goto(UNREADABLE)
    turn.person.awaits(None, turn.now)
    found = await invite.mine(turn.session, turn.person, _number(awaited), turn.now)
    name = shorten(chosen.name, NAME_MOST, placeholder="") or chosen.name.strip()[:NAME_MOST]
    if found is None or not name or chosen.who in ("", chosen.address):
        card = Button(turn.t("people-pick-none.card"), "plan:people")
        return Reply((_buttons_back(turn.t), _said(turn.t, "people-pick-none", card)))
    await invite.bind(turn.session, found, chosen.who, name)
    return Reply((_buttons_back(turn.t), _said(turn.t, "people-picked", name=name)))


def _number(press: str) -> int | None:
    return row_number(press.rpartition(":")[2])


def _said(t: Texts, key: str, *first: Button, **values: str) -> Message:
    last = (Button(t("people-back"), "people:show"), Button(t("help-button"), "help"))
    return Message(t(key, **values), ((first,) if first else ()) + (last,), slot=SLOT, sensitive=True)


def _buttons_back(t: Texts) -> Message:
    """The three buttons that stay, after others stood in their place."""
    keyboard = ((t("hard-button"),), (t("checkin-button"), t("help-button")))
    return Message(t("place-share-done"), keyboard=keyboard)
