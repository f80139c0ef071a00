"""My plan and reasons: made in a calm hour, and there in a hard one."""

from collections.abc import Mapping

from bot.chat import Button, Message
from bot.feature import LOST, Feature, Goto, Handler, Reply, Turn
from bot.plans import contacts, due, ifthen, keepsakes, model, own, safety
from bot.plans.frame import SLOT, by_two


async def pressed(turn: Turn) -> Reply | Goto:
    """`plan` and `plan:menu` are the way in; the word after `plan` says which part. An open question of ours closes."""
    if (turn.person.awaiting or "").partition(":")[0] in (SLOT, keepsakes.AWAITED):
        turn.person.awaits(None, turn.now)
    part = PARTS.get(turn.words[0]) if turn.words else menu
    return await part(turn) if part else Goto(LOST)


async def menu(turn: Turn) -> Reply:
    """What there is, and how much of each."""
    t, session, person = turn.t, turn.session, turn.person
    kept = await model.keepsakes(session, person)
    people = await model.contacts(session, person)
    plan = await model.safety(session, person)
    if not people:
        await due.begin(turn)
    counts = t(
        "plan-menu-counts",
        plans=str(len(await model.ifthens(session, person))),
        reasons=str(sum(one.kind == model.REASON for one in kept)),
        mine=str(sum(one.kind != model.REASON for one in kept)),
        people=str(len(people)),
        steps=str(sum(bool(plan.step(step)) for step in model.STEPS)),
    )
    buttons = [
        Button(t("plan-menu.ifs"), ifthen.LIST),
        Button(t("plan-menu.reasons"), keepsakes.REASONS),
        Button(t("plan-menu.mine"), keepsakes.MINE),
        Button(t("plan-menu.people"), contacts.LIST),
        Button(t("plan-menu.safety"), safety.WHOLE),
        Button(t("help-button"), "help"),
    ]
    return Reply((Message(f"{t('plan-menu')}\n{counts}", by_two(buttons), slot=SLOT, sensitive=True),))


async def typed(turn: Turn) -> Reply | Goto:
    """Own words, for whatever was asked last."""
    answer = TYPED.get(turn.words[0]) if turn.words else None
    return await answer(turn) if answer else Goto(LOST)


PARTS: Mapping[str, Handler] = {
    "menu": menu,
    "if": ifthen.pressed,
    "new": ifthen.new,
    "cue": ifthen.cue,
    "act": ifthen.act,
    "fresh": ifthen.fresh,
    "reasons": keepsakes.reasons,
    "self": keepsakes.mine,
    "keep": keepsakes.pressed,
    "people": contacts.pressed,
    "person": contacts.one,
    "nobody": contacts.nobody,
    "safety": safety.pressed,
    "show": own.show,
    "do": own.do,
}

TYPED: Mapping[str, Handler] = {
    "cue": ifthen.typed,
    "act": ifthen.typed,
    "reason": keepsakes.reason_typed,
    "name": contacts.name_typed,
    "number": contacts.number_typed,
    "safety": safety.typed,
}

FEATURE = Feature(
    name="plans",
    presses={"plan": pressed},
    commands={"plan": "plan", "reasons": "plan:reasons"},
    listed=("plan",),
    phrases={"plan-phrases": "plan", "plan-reason-phrases": "plan:show"},
    answers={"plan": typed, keepsakes.AWAITED: keepsakes.sent},
    attachments=(keepsakes.AWAITED,),
    due=due.DUE,
    kinds={due.FRESH_KIND: due.fresh, due.ASK_KIND: due.ask},
    on_card=own.on_card,
    own=own.belongings,
    numbers=own.numbers,
)
