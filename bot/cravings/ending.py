"""Where a hard moment leads in the end: to company, or to what helped and what set it off."""

from collections.abc import Sequence

from bot.chat import Button, Message, Rows
from bot.content import strategies, triggers
from bot.content.triggers import GROUPS
from bot.cravings import company as lines
from bot.cravings import model, pull
from bot.cravings.model import Moment, Try
from bot.feature import Turn
from bot.people import Person
from bot.texts import Texts

WAYS_OUT = 2
"""So many offers of others: with a line, somebody to talk to, one more thing and Help now a screen is full."""

HELPERS = 3


async def company(turn: Turn, slot: str) -> Message:
    """It is still strong after two tries: people, what is on right now, a line of their country, one more thing."""
    t = turn.t
    ways = (await turn.ways_out())[:WAYS_OUT]
    line = lines.likeliest(lines.listening(turn.person.country))
    said = [lines.worded(line, t)] if line else []
    talk = Button(t("hard-moment.talk"), "talk")
    buttons = [*ways, *(() if any(way.press == "talk" for way in ways) else (talk,))]
    if line:
        buttons.append(Button(t("help-copy", number=line.dial), copy=line.dial))
    buttons.append(Button(t("moment-company.more"), f"{slot}:else"))
    text = "\n".join((t("moment-company"), *said))
    return Message(text, (*_by_two(buttons), (Button(t("help-button"), "help"),)), slot=slot, sensitive=True)


def what_helped(row: Try, started: Sequence[str], person: Person, t: Texts) -> Message:
    """It is easier. What helped? `started` are the things that were tried, the last first."""
    slot, after = f"moment:{row.id}", row.pull_after
    if after is None:
        text = t("moment-easier.unsaid")
    elif row.pull_before is None:
        text = t("moment-easier.now", after=pull.said(after, person, t))
    else:
        before, now = (pull.said(number, person, t) for number in (row.pull_before, after))
        text = t("moment-easier", before=before, after=now)
    helped = [
        Button(strategy.words(t.language).title, f"{slot}:helped:{strategy.id}")
        for name in started[:HELPERS]
        if (strategy := strategies.get(name))
    ]
    rows = (
        *_by_two(helped),
        (
            Button(t("moment-easier.other"), f"{slot}:helped:other"),
            Button(t("moment-easier.skip"), f"{slot}:helped:unsaid"),
        ),
        (Button(t("help-button"), "help"),),
    )
    return Message(text, rows, slot=slot, sensitive=True)


def groups(slot: str, t: Texts) -> Message:
    """What set it off, in four groups. Only if they like."""
    buttons = [Button(t(f"moment-off.{group}"), f"{slot}:group:{group}") for group in GROUPS]
    return Message(t("moment-off"), (*_by_two(buttons), _skip(slot, t)), slot=slot, sensitive=True)


def of_group(group: str, slot: str, t: Texts) -> Message:
    """What set it off, of one group."""
    buttons = [Button(one.label(t.language), f"{slot}:trigger:{one.id}") for one in triggers.group(group)]
    return Message(t("moment-off"), (*_by_two(buttons), _skip(slot, t)), slot=slot, sensitive=True)


async def noted(turn: Turn, moment: Moment, slot: str) -> Message:
    """The end: a plan for next time, and the health list once it is calm, so that more can be offered."""
    t, trigger = turn.t, triggers.get(moment.trigger or "")
    text = [t("moment-noted")]
    buttons = []
    if trigger and trigger.about.check_first:
        text.append(t("hard-check"))
        buttons.append(Button(t("hard-check.open"), f"flag:{trigger.about.check_first[0]}"))
    if trigger and turn.leads_to("plan"):
        buttons.append(Button(t("moment-noted.plan"), f"plan:new:{trigger.id}"))
    if model.conditions(await model.standings(turn.session, turn.person)) is None:
        text.append(t("moment-health"))
        buttons.append(Button(t("health-button"), "health"))
    buttons.append(Button(t("moment-noted.helps"), "whathelps"))
    return Message("\n".join(text), (*_by_two(buttons), (Button(t("help-button"), "help"),)), slot=slot, sensitive=True)


def _skip(slot: str, t: Texts) -> tuple[Button, ...]:
    return Button(t("moment-off.skip"), f"{slot}:trigger:skip"), Button(t("help-button"), "help")


def _by_two(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
