"""One small plan for tomorrow, from a list that learns what this person takes."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import Button, Rows
from bot.checkins import model
from bot.checkins.model import Checkin, Plan
from bot.checkins.questions import CHECKIN
from bot.feature import LOST, Goto, Reply, Turn, row_number
from bot.people import Person
from bot.texts import Texts

PLANS = ("walk", "write", "breakfast", "bed", "enjoy", "quiet", "busy", "tidy")
"""The list everybody begins with; the words are in `checkin-plan`."""

OFFERED = 2
NONE = "none"
OWN = "own"
WORDS_MOST = 60
"""Letters of a plan in own words: what a button still shows."""


async def rows(turn: Turn, row: Checkin) -> Rows:
    """The plans to offer, the likeliest first, and the ways out. Needs no answer."""
    t, slot = turn.t, CHECKIN.slot(row)
    best = (await _ranked(turn.session, turn.person))[:OFFERED]
    for plan in best:
        plan.offered += 1
    offers = tuple(Button(label(plan, t), f"{slot}:plan:{plan.name}") for plan in best)
    return (
        offers,
        (Button(t("checkin-plan.own"), f"{slot}:plan:{OWN}"), Button(t("checkin-plan.none"), f"{slot}:plan:{NONE}")),
    )


async def wanted(turn: Turn, row: Checkin) -> bool:
    """Whether to offer one: once a day, and not about a day that is over."""
    query = select(Checkin.id).where(
        Checkin.person_id == turn.person.id, Checkin.day == row.day, Checkin.plan.is_not(None)
    )
    return await turn.session.scalar(query) is None


async def chosen(turn: Turn, row: Checkin, name: str) -> str | None:
    """Keep what was tapped. The words to say it in; None for no plan of theirs."""
    if name == NONE:
        row.plan = NONE
        return turn.t("checkin-plan-none")
    plan = next((one for one in await _all(turn.session, turn.person) if one.name == name), None)
    if plan is None:
        return None
    if row.plan != plan.name:
        plan.taken += 1
    row.plan = plan.name
    return turn.t("checkin-plan-taken", plan=label(plan, turn.t))


async def typed(turn: Turn) -> Reply | Goto:
    """Own words for a plan; the row stands in what was awaited: `checkin:plan:<id>`."""
    row = await model.theirs(turn.session, turn.person, row_number(turn.words[-1]))
    words = " ".join(getattr(turn.inbound, "text", "").split())
    if row is None:
        return Goto(LOST)
    if not 0 < len(words) <= WORDS_MOST:
        turn.person.awaits(turn.press, turn.now)
        return Goto(f"{CHECKIN.slot(row)}:plan:long")
    every = await _all(turn.session, turn.person)
    plan = next((one for one in every if one.words == words), None)
    if plan is None:
        number = 1 + sum(one.name.startswith(OWN) for one in every)
        plan = Plan(person_id=turn.person.id, name=f"{OWN}{number}", offered=1, taken=0)
        turn.session.add(plan)
        plan.words = words
        await turn.session.flush()
    return Goto(f"{CHECKIN.slot(row)}:plan:{plan.name}")


def label(plan: Plan, t: Texts) -> str:
    """What a plan is called: own words, or ours."""
    return plan.words or t(f"checkin-plan.{plan.name}")


async def _ranked(session: AsyncSession, person: Person) -> list[Plan]:
    """By how often a plan was taken when offered. An untried one counts as half and half, so each has its turn."""
    every = await _all(session, person)
    return sorted(every, key=lambda plan: (-(plan.taken + 1) / (plan.offered + 2), plan.id))


async def _all(session: AsyncSession, person: Person) -> list[Plan]:
    found = list(await session.scalars(select(Plan).where(Plan.person_id == person.id).order_by(Plan.id)))
    missing = [name for name in PLANS if name not in {plan.name for plan in found}]
    new = [Plan(person_id=person.id, name=name, offered=0, taken=0) for name in missing]
    session.add_all(new)
    await session.flush()
    return [*found, *new]
