"""The health list of a calm hour: a few boxes to tick, so that cold water or hard exercise may be offered at all."""

from bot.chat import Button, Message
from bot.content import health
from bot.cravings import model
from bot.cravings.model import HEALTH, TOLD
from bot.feature import Goto, Reply, Turn

SLOT = "health"
NONE = "none"
DONE = "done"


async def pressed(turn: Turn) -> Reply | Goto:
    """`health` shows the list, `health:<condition>` ticks or unticks, `health:none` and `health:done` end it."""
    what = turn.words[0] if turn.words else ""
    ticked = {name for kind, name in await model.standings(turn.session, turn.person) if kind == HEALTH}
    if what in (NONE, DONE):
        if what == NONE:
            await model.take_back(turn.session, turn.person, HEALTH)
        await model.stand(turn.session, turn.person, HEALTH, TOLD)
        return Reply((_thanks(turn),))
    if what in health.CONDITIONS:
        await _tick(turn, what, ticked)
        ticked ^= {what}
    return Reply((_list(turn, ticked),))


async def _tick(turn: Turn, condition: str, ticked: set[str]) -> None:
    if condition in ticked:
        await model.take_back(turn.session, turn.person, HEALTH, condition)
    else:
        await model.stand(turn.session, turn.person, HEALTH, condition)


def _list(turn: Turn, ticked: set[str]) -> Message:
    t = turn.t
    rows = []
    for condition in health.CONDITIONS:
        label = health.label(condition, t.language)
        words = t("health-ticked", label=label) if condition in ticked else label
        rows.append((Button(words, f"{SLOT}:{condition}"),))
    last = (
        (Button(t("health.none"), f"{SLOT}:{NONE}"), Button(t("health.done"), f"{SLOT}:{DONE}")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t("health"), (*rows, *last), slot=SLOT, sensitive=True)


def _thanks(turn: Turn) -> Message:
    t = turn.t
    rows = ((Button(t("health-thanks.change"), f"{SLOT}:show"), Button(t("help-button"), "help")),)
    return Message(t("health-thanks"), rows, slot=SLOT, sensitive=True)
