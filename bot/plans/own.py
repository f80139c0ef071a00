"""A person's own things when they are needed: in a hard moment, and on the card."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import CAPTION_LIMIT, TEXT_LIMIT, Button, Kind, Media, Message
from bot.feature import Goto, Reply, Turn, row_number
from bot.people import Own, Person
from bot.plans import model
from bot.plans.frame import by_two, for_hard_moment
from bot.plans.keepsakes import called
from bot.plans.model import COMPANY, LETTER, REASON, TO_MYSELF, Keepsake
from bot.texts import Texts

ON_CARD = 3
"""People on the card."""
SHOWN = 5
"""Reasons on one screen."""
HEARD_FIRST = ("voice", "photo", LETTER)
"""Of what somebody keeps for themselves, what asks the least of them in a hard moment comes first."""


async def belongings(session: AsyncSession, person: Person, now: datetime, t: Texts) -> Sequence[Own]:
    """Their plans, each with its trigger; one reason, that of the card before others; their voice note, or else what
    they keep for themselves."""
    plans = [one for one in await model.ifthens(session, person) if one.whole]
    found = [Own(one.said(t), f"plan:do:{one.id}", one.trigger or "") for one in plans]
    kept = await model.keepsakes(session, person)
    reason = next((one for one in kept if one.kind == REASON), None)
    mine = min(
        (one for one in kept if one.kind in HEARD_FIRST), key=lambda one: HEARD_FIRST.index(one.kind), default=None
    )
    if reason:
        found.append(Own(reason.words or "", "plan:show", kind="reason"))
    if mine:
        found.append(Own(t(f"plan-mine.{mine.kind}"), f"plan:show:{mine.id}", kind="kept"))
    return found


async def on_card(session: AsyncSession, person: Person, now: datetime, t: Texts) -> Sequence[str]:
    """Their people and their reason."""
    people = [one.said for one in await model.contacts(session, person)][:ON_CARD]
    reason = next((one for one in await model.keepsakes(session, person, REASON) if one.starred), None)
    lines = [t("plan-card.people", people=" · ".join(people))] if people else []
    return [*lines, *([t("plan-card.reason", reason=reason.words or "")] if reason else [])]


async def numbers(session: AsyncSession, person: Person) -> Sequence[tuple[str, str]]:
    """Those on the card whom they can call."""
    return [(one.name or "", one.number) for one in await model.contacts(session, person) if one.number]


async def show(turn: Turn) -> Reply | Goto:
    """`plan:show`: their reasons, and a way to what they keep for themselves; `plan:show:<id>` is one of these."""
    kept = await model.keepsakes(turn.session, turn.person)
    match turn.words[1:]:
        case ("more", page):
            return Reply((_reasons(turn, kept, int(page) if page.isdecimal() and len(page) < 3 else 0),))
        case (number,) if row := next((one for one in kept if one.id == row_number(number)), None):
            return Reply(tuple(_replayed(turn, row)))
    if not kept:
        rows = ((Button(turn.t("plan-none.make"), "plan:menu"),),)
        return Reply((Message(turn.t("plan-none"), for_hard_moment(turn.t, rows), sensitive=True),))
    return Reply((_reasons(turn, kept, 0),))


async def do(turn: Turn) -> Reply | Goto:
    """`plan:do:<id>`: one plan, now. Where it is to call somebody, their number is there."""
    t = turn.t
    row = await model.ifthen(turn.session, turn.person, row_number(turn.words[1] if turn.words[1:] else ""))
    if row is None:
        return Goto("plan:show")
    lines, copies = [t("plan-now"), row.said(t)], []
    if row.act in COMPANY or row.own:
        people = (await model.contacts(turn.session, turn.person))[:ON_CARD]
        lines += [one.said for one in people]
        numbers = dict.fromkeys(one.number for one in people if one.number)
        copies = [Button(t("help-copy", number=number), copy=number) for number in numbers]
    rows = by_two([*copies, Button(t("plan-mine"), "plan:show")])
    return Reply((Message("\n".join(lines), for_hard_moment(t, rows), sensitive=True),))


def _reasons(turn: Turn, kept: Sequence[Keepsake], page: int) -> Message:
    t = turn.t
    reasons = [one.words or "" for one in kept if one.kind == REASON]
    pages = max(1, -(-len(reasons) // SHOWN))
    here = reasons[page % pages * SHOWN :][:SHOWN]
    newest = [next((one for one in kept if one.kind == kind), None) for kind in TO_MYSELF]
    buttons = [Button(t(f"plan-mine.{one.kind}"), f"plan:show:{one.id}") for one in newest if one]
    if pages > 1:
        buttons.append(Button(t("plan-mine.more"), f"plan:show:more:{(page + 1) % pages}"))
    lines = [t("plan-mine-reasons" if reasons else "plan-mine-kept"), *here]
    return Message("\n".join(lines), for_hard_moment(t, by_two(buttons)), sensitive=True)


def _replayed(turn: Turn, row: Keepsake) -> list[Message]:
    """A letter, a voice note or a photo as it was kept. Words that are too many for one message come in a second."""
    t = turn.t
    title, words, media = called(turn, row), row.words or "", None
    if row.file:
        kind: Kind = "photo" if row.kind == "photo" else "voice"
        media = Media(kind, row.file)
    text = f"{title}\n\n{words}" if words else title
    rows = for_hard_moment(t)
    if len(text) <= (CAPTION_LIMIT if media else TEXT_LIMIT):
        return [Message(text, rows, sensitive=True, media=media)]
    return [Message(title, rows, sensitive=True, media=media), Message(words, rows, sensitive=True)]
