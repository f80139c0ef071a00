"""If-then plans: one cue, one act, said back whole."""

from dataclasses import replace

from bot.chat import Button, Message
from bot.content import triggers
from bot.feature import LOST, Goto, Reply, Turn, row_number
from bot.plans import model
from bot.plans.frame import ask, ask_again, ask_to_delete, by_two, full, one_line, screen, short
from bot.plans.model import ACTS, AT_MOST, FRESH_AFTER, WORDS_MOST, IfThen

LIST = "plan:if"
NEW = "new"
"""In the place of a row's number: a plan that is not written down yet."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`plan:if` lists them, `plan:if:<id>` shows one, `…:drop` asks, `…:drop:yes` deletes."""
    match turn.words[1:]:
        case ():
            return await _list(turn)
        case (number, *rest) if row := await _theirs(turn, number):
            match rest:
                case []:
                    return Reply((page(turn, row),))
                case ["drop"]:
                    return ask_to_delete(turn, row.said(turn.t), f"{LIST}:{row.id}:drop:yes", f"{LIST}:{row.id}")
                case ["drop", "yes"]:
                    await turn.session.delete(row)
                    await turn.session.flush()
                    return await _list(turn)
    return await _gone(turn)


async def new(turn: Turn) -> Reply:
    """`plan:new:<trigger>`: asked for from elsewhere, so it comes below what stands there. A plan that there is for it
    already is looked at again."""
    trigger = triggers.get(turn.words[1]) if turn.words[1:] else None
    every = await model.ifthens(turn.session, turn.person)
    theirs = next((one for one in every if trigger and one.trigger == trigger.id and one.whole), None)
    if theirs:
        message = page(turn, theirs)
        reply = Reply((replace(message, text=f"{turn.t('plan-if-there')}\n{message.text}"),))
    elif trigger and len(every) < AT_MOST:
        reply = await _act_asked(turn, trigger.id)
    else:
        reply = await _cue_asked(turn, NEW)
    return Reply(tuple(replace(message, slot="") for message in reply.messages))


async def cue(turn: Turn) -> Reply | Goto:
    """`plan:cue:<id or new>` asks for the *if*: by group, by trigger, or in own words."""
    target = turn.words[1] if turn.words[1:] else NEW
    row = await _theirs(turn, target)
    if target != NEW and row is None:
        return await _gone(turn)
    match turn.words[2:]:
        case ("own",):
            return ask(turn, turn.t("plan-cue-own"), f"plan:cue:{target}", back=f"plan:cue:{target}")
        case ("at", name) if triggers.get(name):
            if row is None:
                return await _act_asked(turn, name)
            row.trigger, row.cue = name, None
            return _changed(turn, row)
        case (group,) if triggers.group(group):
            found = [
                Button(turn.t(f"plan-cue.{one.id}"), f"plan:cue:{target}:at:{one.id}") for one in triggers.group(group)
            ]
            text = f"{turn.t('plan-cue')}\n{turn.t(f'plan-group-said.{group}')}"
            return Reply((screen(turn.t, text, tuple((one,) for one in found), back=f"plan:cue:{target}"),))
    return await _cue_asked(turn, target)


async def act(turn: Turn) -> Reply | Goto:
    """`plan:act:<id or trigger>` asks for the *then*; `…:<act>` takes one of ours, `…:own` waits for words."""
    target = turn.words[1] if turn.words[1:] else ""
    row = await _theirs(turn, target)
    if row is None and triggers.get(target) is None:
        return await _gone(turn)
    match turn.words[2:]:
        case ("own",):
            return ask(turn, turn.t("plan-act-own"), f"plan:act:{target}", back=f"plan:act:{target}")
        case (name,) if name in ACTS:
            row = row or await _begun(turn, target, name)
            if row is None:
                return full(turn, LIST, AT_MOST)
            row.act, row.own = name, None
            return _changed(turn, row)
    return await _act_asked(turn, target)


async def typed(turn: Turn) -> Reply | Goto:
    """Own words for a cue or an act: `plan:cue:<id or new>`, `plan:act:<id or trigger>`."""
    what, target = turn.words[0], turn.words[1]
    words = _bare(turn, what)
    if not 0 < len(words) <= WORDS_MOST:
        return ask_again(turn, words, WORDS_MOST, back=f"plan:{what}:{target}")
    row = await _theirs(turn, target)
    if row is None:
        known = target if triggers.get(target) else None
        if known is None and target != NEW:
            return await _gone(turn)
        row = await _begun(turn, known)
    if row is None:
        return full(turn, LIST, AT_MOST)
    if what == "cue":
        row.trigger, row.cue = None, words
    else:
        row.act, row.own = None, words
    return _changed(turn, row) if row.whole else await _act_asked(turn, str(row.id))


async def fresh(turn: Turn) -> Reply | Goto:
    """`plan:fresh:<id>` opens what arrived: is it still right? `…:yes` says that it is."""
    row = await _theirs(turn, turn.words[1] if turn.words[1:] else "")
    if row is None:
        return await _gone(turn)
    t = turn.t
    if turn.words[2:] == ("yes",):
        row.right_at = turn.now
        return Reply((screen(t, t("plan-fresh-yes"), back=LIST),))
    rows = (
        (Button(t("plan-fresh.yes"), f"plan:fresh:{row.id}:yes"), Button(t("plan-fresh.change"), f"{LIST}:{row.id}")),
        (Button(t("plan-fresh.drop"), f"{LIST}:{row.id}:drop"),),
    )
    return Reply((screen(t, f"{t('plan-fresh')}\n{row.said(t)}", rows, back=LIST),))


def page(turn: Turn, row: IfThen) -> Message:
    """One plan, whole."""
    t = turn.t
    rows = (
        (Button(t("plan-if.cue"), f"plan:cue:{row.id}"), Button(t("plan-if.act"), f"plan:act:{row.id}")),
        (Button(t("plan-if.another"), f"plan:cue:{NEW}"), Button(t("plan-delete.button"), f"{LIST}:{row.id}:drop")),
    )
    return screen(t, row.said(t), rows, back=LIST)


async def _list(turn: Turn) -> Reply:
    t = turn.t
    found = await model.ifthens(turn.session, turn.person)
    rows = tuple((Button(short(at, row.said(t)), f"{LIST}:{row.id}"),) for at, row in enumerate(found, 1))
    return Reply((screen(t, t("plan-if"), (*rows, (Button(t("plan-if.new"), f"plan:cue:{NEW}"),))),))


async def _cue_asked(turn: Turn, target: str) -> Reply:
    if target == NEW and len(await model.ifthens(turn.session, turn.person)) >= AT_MOST:
        return full(turn, LIST, AT_MOST)
    t = turn.t
    groups = [Button(t(f"plan-group.{group}"), f"plan:cue:{target}:{group}") for group in triggers.GROUPS]
    rows = (*by_two(groups), (Button(t("plan-own"), f"plan:cue:{target}:own"),))
    return Reply((screen(t, t("plan-cue"), rows, back=LIST),))


async def _act_asked(turn: Turn, target: str) -> Reply:
    t = turn.t
    row = await _theirs(turn, target)
    said = row.cue_said(t) if row else t(f"plan-cue.{target}")
    buttons = [Button(t(f"plan-act.{name}"), f"plan:act:{target}:{name}") for name in ACTS]
    rows = (*by_two(buttons), (Button(t("plan-own"), f"plan:act:{target}:own"),))
    return Reply((screen(t, t("plan-act", cue=said), rows, back=LIST),))


async def _begun(turn: Turn, trigger: str | None, name: str | None = None) -> IfThen | None:
    """A new plan, or the one that says the very same. None if there is no room for one more."""
    every = await model.ifthens(turn.session, turn.person)
    same = next((one for one in every if name and trigger and (one.trigger, one.act) == (trigger, name)), None)
    if same or len(every) >= AT_MOST:
        return same
    row = IfThen(person_id=turn.person.id, trigger=trigger, right_at=turn.now)
    turn.session.add(row)
    await turn.session.flush()
    upkeep = await model.upkeep(turn.session, turn.person)
    upkeep.fresh_at = upkeep.fresh_at or turn.now + FRESH_AFTER
    return row


def _changed(turn: Turn, row: IfThen) -> Reply:
    row.right_at = turn.now
    message = page(turn, row)
    if not row.whole:
        return Reply((message,))
    return Reply((replace(message, text=f"{turn.t('plan-if-kept')}\n{message.text}"),))


async def _theirs(turn: Turn, number: str) -> IfThen | None:
    return await model.ifthen(turn.session, turn.person, row_number(number))


async def _gone(turn: Turn) -> Reply | Goto:
    """A row of nobody's, or of another's: their own list, or nothing for a press that is none."""
    return await _list(turn) if len(turn.words) > 1 else Goto(LOST)


def _bare(turn: Turn, what: str) -> str:
    """What was typed, without the word that our sentence has already and without its full stop."""
    words = one_line(turn).rstrip(" .,;")
    for lead in turn.t.phrases(f"plan-{what}-phrases"):
        if words.casefold().startswith(f"{lead} "):
            return words[len(lead) :].strip()
    return words
