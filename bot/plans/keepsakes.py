"""What a person keeps for a hard moment: reasons, and a letter, a voice note or a photo to themselves."""

from collections.abc import Sequence
from dataclasses import replace

from bot import clock, days
from bot.chat import Attachment, Button, Message, Rows
from bot.feature import Goto, Reply, Turn, row_number
from bot.plans import model
from bot.plans.frame import ask, ask_again, ask_to_delete, full, one_line, screen, short
from bot.plans.model import AT_MOST, LETTER, LETTER_MOST, REASON, REASON_MOST, TO_MYSELF, Keepsake

REASONS = "plan:reasons"
MINE = "plan:self"
AWAITED = "keepsake"
"""The head of what waits for a letter, a voice note or a photo (`keepsake:<id or new>`)."""
NEW = "new"


async def reasons(turn: Turn) -> Reply:
    """`plan:reasons` lists them, `plan:reasons:add` waits for one."""
    found = await model.keepsakes(turn.session, turn.person, REASON)
    if turn.words[1:] == ("add",):
        if len(found) >= AT_MOST:
            return full(turn, REASONS, AT_MOST)
        return ask(turn, turn.t("plan-reason-ask"), f"plan:reason:{NEW}", back=REASONS)
    t = turn.t
    rows = _each(found, [t("plan-reasons.starred", words=_words(one)) if one.starred else _words(one) for one in found])
    return Reply((screen(t, t("plan-reasons"), (*rows, (Button(t("plan-reasons.add"), f"{REASONS}:add"),))),))


async def mine(turn: Turn) -> Reply:
    """`plan:self` lists by date only, `plan:self:add` waits for words, a voice note or a photo."""
    found = await model.keepsakes(turn.session, turn.person, *TO_MYSELF)
    if turn.words[1:] == ("add",):
        if len(found) >= AT_MOST:
            return full(turn, MINE, AT_MOST)
        return ask(turn, turn.t("plan-self-ask"), f"{AWAITED}:{NEW}", back=MINE)
    t = turn.t
    rows = _each(found, [called(turn, one) for one in found])
    return Reply((screen(t, t("plan-self"), (*rows, (Button(t("plan-self.add"), f"{MINE}:add"),))),))


async def pressed(turn: Turn) -> Reply | Goto:
    """`plan:keep:<id>` shows one; `star` has it on the card or not, `change` replaces it, `drop` deletes it."""
    rest = turn.words[2:]
    row = await model.keepsake(turn.session, turn.person, row_number(turn.words[1] if turn.words[1:] else ""))
    if row is None:
        return Goto("plan:menu")
    here, back = f"plan:keep:{row.id}", REASONS if row.kind == REASON else MINE
    match rest:
        case ("star",) if row.kind == REASON:
            await _star(turn, row)
            return Reply((_page(turn, row),), card=True)
        case ("change",) if row.kind == REASON:
            return ask(turn, turn.t("plan-reason-ask"), f"plan:reason:{row.id}", back=here)
        case ("change",):
            return ask(turn, turn.t("plan-self-ask"), f"{AWAITED}:{row.id}", back=here)
        case ("drop",):
            return ask_to_delete(turn, _said(turn, row), f"{here}:drop:yes", here)
        case ("drop", "yes"):
            await turn.session.delete(row)
            await turn.session.flush()
            listed = await (reasons if row.kind == REASON else mine)(replace(turn, press=back))
            return Reply(listed.messages, card=row.starred)
    return Reply((_page(turn, row),))


async def reason_typed(turn: Turn) -> Reply | Goto:
    """A reason in own words: `plan:reason:<id or new>`."""
    words = one_line(turn)
    if not 0 < len(words) <= REASON_MOST:
        return ask_again(turn, words, REASON_MOST, back=REASONS)
    row = await _kept(turn, REASON)
    if row is None:
        return full(turn, REASONS, AT_MOST)
    row.words = words
    return Reply((_page(turn, row, "plan-kept"),), card=row.starred)


async def sent(turn: Turn) -> Reply | Goto:
    """Words, a voice note or a photo to oneself: `keepsake:<id or new>`."""
    attached = turn.inbound if isinstance(turn.inbound, Attachment) else None
    words = (attached.caption if attached else getattr(turn.inbound, "text", "")).strip()
    if not attached and not 0 < len(words) <= LETTER_MOST:
        return ask_again(turn, words, LETTER_MOST, back=MINE)
    row = await _kept(turn, attached.kind if attached else LETTER)
    if row is None:
        return full(turn, MINE, AT_MOST)
    row.words, row.file, row.kept_at = words or None, attached.file if attached else None, turn.now
    return Reply((_page(turn, row, "plan-kept"),))


def called(turn: Turn, row: Keepsake) -> str:
    """`Voice note, 3 May 2026`: nothing of what is in it."""
    local = row.kept_at.astimezone(clock.zone(turn.person.zone or "UTC"))
    return turn.t(f"plan-kind.{row.kind}", day=days.dated(local.date(), turn.t))


def _page(turn: Turn, row: Keepsake, above: str = "") -> Message:
    t, here = turn.t, f"plan:keep:{row.id}"
    change, drop = Button(t("plan-keep.change"), f"{here}:change"), Button(t("plan-delete.button"), f"{here}:drop")
    if row.kind == REASON:
        card = "plan-keep.unstar" if row.starred else "plan-keep.star"
        first, back = Button(t(card), f"{here}:star"), REASONS
    else:
        first, back = Button(t("plan-keep.show"), f"plan:show:{row.id}"), MINE
    said = f"{t(above)}\n{_said(turn, row)}" if above else _said(turn, row)
    return screen(t, said, ((first,), (change, drop)), back=back)


def _each(found: Sequence[Keepsake], labels: Sequence[str]) -> Rows:
    """A button for each."""
    every = enumerate(zip(found, labels, strict=True), 1)
    return tuple((Button(short(at, label), f"plan:keep:{one.id}"),) for at, (one, label) in every)


def _words(row: Keepsake) -> str:
    return row.words or ""


def _said(turn: Turn, row: Keepsake) -> str:
    return _words(row) if row.kind == REASON else called(turn, row)


async def _kept(turn: Turn, kind: str) -> Keepsake | None:
    """The row that was asked about, or a new one. None if there is no room for it."""
    row = await model.keepsake(turn.session, turn.person, row_number(turn.words[-1]))
    if row is not None:
        row.kind = kind
        return row
    kinds = (REASON,) if kind == REASON else TO_MYSELF
    if len(await model.keepsakes(turn.session, turn.person, *kinds)) >= AT_MOST:
        return None
    row = Keepsake(person_id=turn.person.id, kind=kind, starred=False, kept_at=turn.now)
    turn.session.add(row)
    await turn.session.flush()
    return row


async def _star(turn: Turn, row: Keepsake) -> None:
    """On the card instead of whichever is there; or not any more."""
    wanted = not row.starred
    for one in await model.keepsakes(turn.session, turn.person, REASON):
        one.starred = False
    row.starred = wanted
