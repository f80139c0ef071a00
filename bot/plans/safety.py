"""The safety plan: six steps in own words, each typed or skipped, each changed whenever one likes."""

from bot.chat import Button, Message
from bot.feature import Reply, Turn
from bot.plans import model
from bot.plans.contacts import numbers
from bot.plans.frame import ask, ask_again, by_two, one_line, screen
from bot.plans.model import STEP_MOST, STEPS, SafetyPlan

WHOLE = "plan:safety"


async def pressed(turn: Turn) -> Reply:
    """`plan:safety` shows it whole, `…:next` asks for the next step, `…:<step>` for one; `…:<step>:skip` skips it."""
    plan = await model.safety(turn.session, turn.person)
    match turn.words[1:]:
        case ("next",) if step := plan.next_step():
            return _ask(turn, plan, step)
        case (step,) if step in STEPS:
            return _ask(turn, plan, step)
        case (step, "skip") if step in STEPS:
            return await _filled(turn, plan, step, "")
    return Reply((await whole(turn, plan),))


async def typed(turn: Turn) -> Reply:
    """A step in own words: `plan:safety:<step>`."""
    step, words = turn.words[-1], one_line(turn)
    if not 0 < len(words) <= STEP_MOST:
        return ask_again(turn, words, STEP_MOST, back=WHOLE)
    return await _filled(turn, await model.safety(turn.session, turn.person), step, words)


async def whole(turn: Turn, plan: SafetyPlan) -> Message:
    """All six, with the people they have named and the numbers of their country."""
    t = turn.t
    ours = {
        "people": [one.said for one in await model.contacts(turn.session, turn.person)],
        "lines": [numbers(turn.person, t)],
    }
    lines = [t("plan-safety")]
    for step in STEPS:
        words = " · ".join(part for part in (plan.step(step), *ours.get(step, ())) if part)
        lines.append(t("plan-safety-line", step=t(f"plan-step.{step}"), words=words or "–"))
    buttons = [Button(t(f"plan-step.{step}"), f"{WHOLE}:{step}") for step in STEPS]
    begin = ((Button(t("plan-safety.next"), f"{WHOLE}:next"),),) if plan.next_step() else ()
    return screen(t, "\n".join(lines), (*begin, *by_two(buttons)))


def _ask(turn: Turn, plan: SafetyPlan, step: str) -> Reply:
    t = turn.t
    words = plan.step(step)
    text = t(f"plan-step-ask.{step}")
    if words:
        text = f"{text}\n{t('plan-step-now', words=words)}"
    skip = Button(t("plan-safety.clear" if words else "plan-safety.skip"), f"{WHOLE}:{step}:skip")
    return ask(turn, text, f"{WHOLE}:{step}", back=WHOLE, rows=((skip,),))


async def _filled(turn: Turn, plan: SafetyPlan, step: str, words: str) -> Reply:
    """Write a step down, and go on to the next that was not asked yet."""
    first = plan.step(step) is None
    setattr(plan, step, words)
    following = plan.next_step() if first else None
    return _ask(turn, plan, following) if following else Reply((await whole(turn, plan),))
