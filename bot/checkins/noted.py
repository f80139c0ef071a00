"""What is said once a check-in is answered: noted, then what fits the answers."""

from sqlalchemy import select

from bot import clock
from bot.chat import Button, Message, Rows
from bot.checkins import owndate, plan, silence
from bot.checkins.model import SKIPPED, Checkin
from bot.checkins.questions import CHECKIN, pull_said
from bot.feature import Goto, Reply, Turn
from bot.people import Substance
from bot.texts import Texts

STRONG = 7
"""A pull from here on is a hard moment."""

FELT = 4
"""From here on it may be worth asking what is in it."""

HALT = ("hungry", "angry", "lonely", "tired", "none")


async def noted(turn: Turn, row: Checkin) -> Reply:
    """The end of a check-in."""
    message = await _fitting(turn, row)
    return Reply((message, owndate.screen(turn)) if await silence.asks_date(turn, row) else (message,))


async def _fitting(turn: Turn, row: Checkin) -> Message:
    t = turn.t
    if SKIPPED in (row.mood, row.pull):
        return _screen(turn, row, t("checkin-skipped"))
    said = summary(turn, row)
    today = row.day == clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC"))
    if row.used == "yes":
        return _used(turn, row, said)
    pull = int(row.pull or 0)
    if pull >= STRONG and today:
        return _screen(turn, row, f"{said}\n{t('checkin-strong')}", ((Button(t("hard-button"), "hard"),),))
    if today and row.halt is None and (row.mood in ("very_low", "low") or pull >= FELT):
        buttons = [Button(t(f"checkin-halt.{what}"), f"{CHECKIN.slot(row)}:halt:{what}") for what in HALT]
        return _screen(turn, row, f"{said} {t('checkin-halt')}", (tuple(buttons[:2]), tuple(buttons[2:])))
    if today and row.halt not in (None, "none"):
        said = t(f"checkin-halt-step.{row.halt}")
    if today and await plan.wanted(turn, row):
        return _screen(turn, row, f"{said} {t('checkin-plan')}", await plan.rows(turn, row))
    return _screen(turn, row, said)


async def which(turn: Turn, row: Checkin) -> list[Substance]:
    """What somebody recovers from, if there are several and it is not said which one it was."""
    found = list(await turn.session.scalars(select(Substance).where(Substance.person_id == turn.person.id)))
    return found if row.which is None and len(found) > 1 else []


def plan_said(turn: Turn, row: Checkin, words: str) -> Reply:
    """A plan was taken, or none."""
    return Reply((_screen(turn, row, words),))


def summary(turn: Turn, row: Checkin) -> str:
    """The answers in one line."""
    t, person = turn.t, turn.person
    rest = [t(f"checkin-{field}-said.{value}") for field in ("used", "planned") if (value := getattr(row, field))]
    answers = [
        t(f"checkin-mood-said.{row.mood}"),
        t("checkin-pull-said", pull=pull_said(row, person, t)),
        *rest,
    ]
    return t("checkin-noted", answers=", ".join(answers))


def support(turn: Turn) -> Message:
    """Always an answer, and never a word to anybody."""
    t = turn.t
    rows = (
        (Button(t("checkin-support.something"), "hard"), Button(t("checkin-support.talk"), "talk")),
        (Button(t("checkin-support.numbers"), "help:all"), Button(t("help-button"), "help")),
    )
    return Message(t("checkin-support.asked"), rows)


async def told(turn: Turn, row: Checkin) -> Reply | Goto:
    """They are not unwell: which one it was, if there are several, and on to what helps. Nothing is asked twice."""
    t, slot = turn.t, CHECKIN.slot(row)
    several = await which(turn, row)
    if not several:
        return Goto(f"slips:on:{row.day:%Y%m%d}:{row.which or ''}")
    buttons = [Button(one.own or t(f"checkin-which.{one.name}"), f"{slot}:which:{one.name}") for one in several]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    return Reply((_screen(turn, row, t("checkin-which"), (*rows, (_skip_which(t, slot),))),))


def _used(turn: Turn, row: Checkin, said: str) -> Message:
    """What comes before everything else after a slip, and the way on."""
    t, go_on = turn.t, f"{CHECKIN.slot(row)}:told"
    rows = ((Button(t("slip.unsafe"), f"help:back:{go_on}"),), (Button(t("slip.safe"), go_on),))
    return _screen(turn, row, f"{said}\n{t('slip')}", rows)


def _skip_which(t: Texts, slot: str) -> Button:
    return Button(t("checkin-used.skipped"), f"{slot}:which:{SKIPPED}")


def _screen(turn: Turn, row: Checkin, text: str, rows: Rows = ()) -> Message:
    change = Button(turn.t("checkin-change"), f"{CHECKIN.slot(row)}:again")
    help_now = Button(turn.t("help-button"), "help")
    return Message(text, (*rows, (change, help_now)), slot=CHECKIN.slot(row), sensitive=True)
