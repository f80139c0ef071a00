"""What happened, in a minute: where, what came before, the thought. It ends with a plan for the next time."""

from bot.chat import Button
from bot.content import triggers
from bot.feature import LOST, Goto, Reply, Turn
from bot.slips.dialog import back
from bot.slips.model import OWN, PLACES, SKIPPED, Slip
from bot.slips.screen import choices, screen


async def begin(turn: Turn, slip: Slip) -> Reply:
    """Where it was. Words may be typed instead of a tap."""
    turn.person.awaits(f"slips:where:{slip.id}", turn.now)
    t = turn.t
    rows = choices(slip, "where", {place: t(f"slip-where.{place}") for place in PLACES})
    return Reply((screen(turn, t("slip-where"), rows, _skip(turn, slip, "where")),))


async def where(turn: Turn, slip: Slip, value: str) -> Reply | Goto:
    """One of the places, or skipped."""
    if value not in (*PLACES, SKIPPED):
        return Goto(LOST)
    slip.place, slip.where = value, None
    return _cause(turn, slip)


async def cause(turn: Turn, slip: Slip, value: str) -> Reply | Goto:
    """A group of triggers, one of them, or skipped."""
    if value in triggers.GROUPS:
        return _of_group(turn, slip, value)
    if value != SKIPPED and triggers.get(value) is None:
        return _cause(turn, slip) if value == "again" else Goto(LOST)
    slip.trigger, slip.cause = value, None
    return _thought(turn, slip)


async def thought(turn: Turn, slip: Slip, value: str) -> Reply | Goto:
    """Skipped: whoever has written it down already, changes nothing by that."""
    return _done(turn, slip) if value == SKIPPED else Goto(LOST)


async def typed(turn: Turn, slip: Slip, field: str, words: str) -> Reply | Goto:
    """Own words for any of the three."""
    match field:
        case "where":
            slip.place, slip.where = OWN, words
            return _cause(turn, slip)
        case "cause":
            slip.trigger, slip.cause = OWN, words
            return _thought(turn, slip)
        case "thought":
            slip.thought = words
            return _done(turn, slip)
    return Goto(LOST)


def _cause(turn: Turn, slip: Slip) -> Reply:
    turn.person.awaits(f"slips:cause:{slip.id}", turn.now)
    t = turn.t
    rows = choices(slip, "cause", {group: t(f"slip-cause.{group}") for group in triggers.GROUPS})
    return Reply((screen(turn, t("slip-cause"), rows, _skip(turn, slip, "cause")),))


def _of_group(turn: Turn, slip: Slip, group: str) -> Reply:
    turn.person.awaits(f"slips:cause:{slip.id}", turn.now)
    t = turn.t
    labels = {str(one.id): one.label(t.language) for one in triggers.group(group)}
    rows = (*choices(slip, "cause", labels), (Button(t("slip-cause-which.again"), f"slips:{slip.id}:cause:again"),))
    return Reply((screen(turn, t("slip-cause-which"), rows, _skip(turn, slip, "cause")),))


def _thought(turn: Turn, slip: Slip) -> Reply:
    turn.person.awaits(f"slips:thought:{slip.id}", turn.now)
    return Reply((screen(turn, turn.t("slip-thought"), (), _skip(turn, slip, "thought")),))


def _done(turn: Turn, slip: Slip) -> Reply:
    """A plan is offered where somebody makes plans: for this trigger, if it has a name."""
    t = turn.t
    named = slip.trigger not in (None, SKIPPED, OWN)
    plan = Button(t("slip-debriefed.plan"), f"plan:new:{slip.trigger}" if named else "plan")
    note = Button(t("slip-debriefed.note"), f"slips:{slip.id}:note")
    if not turn.leads_to(plan.press):
        return Reply((screen(turn, t("slip-debriefed"), ((note, back(turn, slip)),)),))
    text = "\n".join((t("slip-debriefed"), t("slip-debriefed.next")))
    return Reply((screen(turn, text, ((plan,), (note, back(turn, slip)))),))


def _skip(turn: Turn, slip: Slip, field: str) -> Button:
    return Button(turn.t("slip-skip"), f"slips:{slip.id}:{field}:{SKIPPED}")
