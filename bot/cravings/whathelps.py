"""What has helped: plain counts, in words and drawn, and a way back for what was not for them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat import Button, Media, Message
from bot.content import strategies
from bot.content.strategies import Strategy
from bot.cravings import learning, model, picture
from bot.cravings.learning import HELPED, Outcome
from bot.cravings.model import REFUSED
from bot.feature import Goto, Reply, Turn
from bot.texts import Texts

SLOT = "whathelps"
MOST = 5
"""Things on one screen, those that helped best."""
REFUSALS = 6


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was tried, and how often it helped."""

    strategy: Strategy
    helped: int
    of: int


async def pressed(turn: Turn) -> Reply | Goto:
    """`whathelps` shows it, drawn unless the phone is read aloud; `whathelps:again:<strategy>` lets that come again."""
    match turn.words:
        case ("again", strategy_id):
            await model.take_back(turn.session, turn.person, REFUSED, strategy_id)
    look = await model.look(turn.session, turn.person, turn.now)
    draws = not turn.words and not turn.person.reader
    return Reply((await _shown(turn, counted(look.outcomes)[:MOST], sorted(look.refused), draws=draws),))


def counted(outcomes: Sequence[Outcome]) -> list[Count]:
    """What has been tried, what is believed to help best first."""
    tried = list(dict.fromkeys(one.strategy for one in outcomes))
    held = learning.beliefs(tried, "", outcomes)
    tried.sort(key=lambda one: -held[one].mean)
    found = [(strategies.get(name), _points(name, outcomes)) for name in tried]
    return [Count(one, sum(point >= HELPED for point in points), len(points)) for one, points in found if one]


def _points(name: str, outcomes: Sequence[Outcome]) -> list[int]:
    return [one.eased for one in outcomes if one.strategy == name]


def _line(count: Count, t: Texts) -> str:
    name = count.strategy.words(t.language).title
    if count.of == 1:
        return t(f"whathelps-line.{'once' if count.helped else 'never'}", name=name)
    return t("whathelps-line", name=name, helped=str(count.helped), of=str(count.of))


async def _shown(turn: Turn, counts: Sequence[Count], refused: Sequence[str], *, draws: bool) -> Message:
    t, lines = turn.t, [_line(one, turn.t) for one in counts]
    title = t("whathelps" if any(one.helped for one in counts) else "whathelps.tried")
    text = [title, *lines] if counts else [t("whathelps-none")]
    back: Mapping[str, Strategy] = {name: one for name in refused[:REFUSALS] if (one := strategies.get(name))}
    if back:
        text.append(t("whathelps-refused"))
    buttons = [
        Button(t("whathelps.again", name=one.words(t.language).title), f"{SLOT}:again:{name}")
        for name, one in back.items()
    ]
    rows = (*((one,) for one in buttons), (Button(t("talk.do"), "hard"), Button(t("help-button"), "help")))
    said = "\n".join(text)
    if not (draws and counts):
        return Message(said, rows, slot=SLOT, sensitive=True)
    # 50 ms of drawing: the loop, and everybody in it, goes on meanwhile
    drawn = await asyncio.to_thread(
        picture.drawn,
        title,
        [picture.Row(words, one.helped, one.of) for words, one in zip(lines, counts, strict=True)],
    )
    return Message(said, rows, sensitive=True, media=Media("photo", content=drawn))
