"""The questions of the set-up that are about the person, and what is shown at once when an answer asks for it."""

from datetime import date, timedelta

from sqlalchemy import delete, select

from bot import clock
from bot.chat import Button, Message, Rows
from bot.content import danger, helplines
from bot.content.danger import FIRST_DAYS, PageId
from bot.feature import LOST, Goto, Reply, Turn
from bot.people import GOALS, SUBSTANCES, Substance
from bot.welcome import since
from bot.welcome.model import SCREENS, STEPS, Setup, setup_of

OTHER = "other"
NAME_MOST = 40
OWN_MOST = 60
DAYS_AGO = {"today": 0, "yesterday": 1, "few": 2}
HOURS = ("9:00", "13:00", "19:00", "21:00")


async def ask(turn: Turn, step: str) -> Message:
    """A question by its step, or the screen that is due."""
    match step:
        case "what":
            return await _what(turn)
        case "goal" | "since":
            values = GOALS if step == "goal" else (*DAYS_AGO, "earlier")
            buttons = [Button(turn.t(f"welcome-{step}.{value}"), f"welcome:{step}:{value}") for value in values]
            return framed(turn, turn.t(f"welcome-{step}"), _by_two(buttons), step)
        case "danger":
            return await _page(turn, "stopping", _danger_rows(turn))
        case "days":
            return await _page(turn, "first_days", _days_rows(turn))
        case "hour":
            turn.person.awaits("checkin:hour", turn.now)
            buttons = [Button(at, f"welcome:hour:{at.replace(':', '.').zfill(5)}") for at in HOURS]
            return framed(turn, turn.t("welcome-hour"), (tuple(buttons),), step)
    return _ask_for_words(turn, "welcome-name", "name")


def framed(turn: Turn, text: str, rows: Rows, step: str) -> Message:
    """A question with the ways past it: skip it, let the rest be done, help."""
    t = turn.t
    past = (Button(t("welcome-skip"), f"welcome:skip:{step}"), Button(t("welcome-rest"), "welcome:rest"))
    return Message(text, (*rows, past, (Button(t("help-button"), "help"),)), slot="welcome", sensitive=True)


async def applies(turn: Turn, step: str) -> bool:
    """Whether this step has anything to ask of or to show to this person."""
    if step == "since":
        return turn.person.goal == "stopped"
    if step not in SCREENS:
        return True
    names = await _chosen(turn)
    day = _day(turn)
    if step == "danger":  # what was not told counts as yes
        open_ended = turn.person.goal in (None, "cutting") or (turn.person.goal == "stopped" and day is None)
        return bool(names & danger.SUDDEN) and (open_ended or (day is not None and day <= FIRST_DAYS))
    return bool(names & danger.OPIOID) and day is not None and day <= FIRST_DAYS


async def pressed(turn: Turn) -> Reply | Goto:
    """`welcome:<step>` asks, `welcome:<step>:<value>` answers, `welcome:page:<id>` shows one of the pages."""
    match turn.words:
        case ("what", value) if value in SUBSTANCES:
            return await _toggled(turn, value)
        case ("goal", value) if value in GOALS:
            turn.person.goal = value
            if value != "stopped":
                turn.person.since = None
            return Goto("welcome:done:goal")
        case ("since", "earlier"):
            return Reply((_ask_for_words(turn, "welcome-earlier", "since"),))
        case ("since", value) if value in DAYS_AGO:
            return await _stopped(turn, DAYS_AGO[value])
        case ("since", value):
            days = since.read(value, _today(turn))
            return await _since(turn, days[0]) if days else Goto(LOST)
        case ("page", which):
            return Reply((await _days_page(turn, "doctor" if which == "doctor" else "today"),))
    step = turn.words[0]
    return Reply((await ask(turn, step),)) if turn.words == (step,) and step in STEPS else Goto(LOST)


async def typed(turn: Turn, text: str) -> Reply | Goto:
    """Words for a question that asks for some: a name, a substance of their own, a day."""
    what = turn.words[0]
    words = " ".join(text.split())
    if what == "since":
        return await _day_typed(turn, words)
    if what == OTHER:
        if not 0 < len(words) <= OWN_MOST:
            return Reply((_ask_for_words(turn, "welcome-own-long", OTHER),))
        await _own(turn, words)
        return Reply((await _what(turn),))
    if not 0 < len(words) <= NAME_MOST:
        return Reply((_ask_for_words(turn, "welcome-name-long", "name"),))
    turn.person.name = words
    return Goto("welcome:done:name")


def place_the_day(turn: Turn, setup: Setup) -> None:
    """The zone is known now, so "yesterday" becomes a date."""
    if setup.days_ago is not None and setup.told_at is not None and turn.person.zone:
        told = clock.day_of(setup.told_at, clock.zone(turn.person.zone))
        turn.person.since = told - timedelta(days=setup.days_ago)
        setup.days_ago = setup.told_at = None


async def _what(turn: Turn) -> Message:
    t = turn.t
    chosen = await _chosen(turn)
    labels = [(name, t(f"welcome-what.{name}")) for name in SUBSTANCES]
    buttons = [
        # a mark that is read aloud and needs no colour
        Button(t("welcome-what.chosen", what=label) if name in chosen else label, f"welcome:what:{name}")
        for name, label in labels
    ]
    rows = (*_by_two(buttons), (Button(t("welcome-next"), "welcome:done:what"),))
    return framed(turn, t("welcome-what"), rows, "what")


async def _chosen(turn: Turn) -> set[str]:
    query = select(Substance.name).where(Substance.person_id == turn.person.id)
    return set(await turn.session.scalars(query))


async def _toggled(turn: Turn, name: str) -> Reply:
    if name in await _chosen(turn):
        mine = delete(Substance).where(Substance.person_id == turn.person.id, Substance.name == name)
        await turn.session.execute(mine)
    elif name == OTHER:
        return Reply((_ask_for_words(turn, "welcome-own", OTHER),))
    else:
        turn.session.add(Substance(person_id=turn.person.id, name=name))
        await turn.session.flush()
    return Reply((await _what(turn),))


async def _own(turn: Turn, words: str) -> None:
    query = select(Substance).where(Substance.person_id == turn.person.id, Substance.name == OTHER)
    found = (await turn.session.scalars(query)).one_or_none()
    if found is None:
        found = Substance(person_id=turn.person.id, name=OTHER)
        turn.session.add(found)
    found.own = words
    await turn.session.flush()


async def _stopped(turn: Turn, days_ago: int) -> Goto:
    setup = await setup_of(turn.session, turn.person)
    setup.days_ago, setup.told_at = days_ago, turn.now
    turn.person.since = _today(turn) - timedelta(days=days_ago)
    place_the_day(turn, setup)
    return Goto("welcome:done:since")


async def _since(turn: Turn, day: date) -> Goto:
    setup = await setup_of(turn.session, turn.person)
    setup.days_ago = setup.told_at = None
    turn.person.since = day
    return Goto("welcome:done:since")


async def _day_typed(turn: Turn, words: str) -> Reply | Goto:
    days = since.read(words, _today(turn))
    if not days:
        return Reply((_ask_for_words(turn, "welcome-earlier-unknown", "since"),))
    if len(days) == 1:
        return await _since(turn, days[0])
    t = turn.t
    buttons = [Button(since.said(day, t), f"welcome:since:{day.isoformat()}") for day in days]
    other = Button(t("welcome-earlier-which.other"), "welcome:since:earlier")
    return Reply((framed(turn, t("welcome-earlier-which"), (tuple(buttons), (other,)), "since"),))


def _ask_for_words(turn: Turn, key: str, what: str) -> Message:
    """A question that waits for typed words."""
    turn.person.awaits(f"welcome:{what}", turn.now)
    if what != OTHER:
        return framed(turn, turn.t(key), (), what)
    rows = ((Button(turn.t("welcome-back"), "welcome:what"), Button(turn.t("help-button"), "help")),)
    return Message(turn.t(key), rows, slot="welcome", sensitive=True)


def _today(turn: Turn) -> date:
    """Their date, or while their zone is unknown that of UTC."""
    return clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC"))


def _day(turn: Turn) -> int | None:
    """Which day since they stopped today is, counted from 1; None if they have not, or did not tell."""
    if turn.person.goal != "stopped" or turn.person.since is None:
        return None
    return (_today(turn) - turn.person.since).days + 1


async def _page(turn: Turn, page: PageId, rows: Rows) -> Message:
    line = helplines.lines(turn.person.country).first("emergency")
    emergency = line.dial if line else turn.t("help-emergency-anywhere")
    day = (_today(turn) - turn.person.since).days + 1 if turn.person.since else 1
    names = await _chosen(turn)
    text = danger.page(page).text(turn.t.language, emergency=emergency, day=day, names=names)
    return Message(text, rows, slot="welcome", sensitive=True)


def _danger_rows(turn: Turn) -> Rows:
    t = turn.t
    return (
        (Button(t("danger-signs"), "help"), Button(t("danger-doctor"), "welcome:done:danger")),
        (Button(t("danger-well"), "welcome:done:danger"), Button(t("help-button"), "help")),
    )


async def _days_page(turn: Turn, page: PageId) -> Message:
    t = turn.t
    other, key = ("today", "danger-today") if page == "doctor" else ("doctor", "danger-see-doctor")
    rows = (
        (Button(t(key), f"welcome:page:{other}"), Button(t("danger-go-on"), "welcome:done:days")),
        (Button(t("help-button"), "help"),),
    )
    return await _page(turn, page, rows)


def _days_rows(turn: Turn) -> Rows:
    t = turn.t
    return (
        (Button(t("danger-today"), "welcome:page:today"), Button(t("danger-see-doctor"), "welcome:page:doctor")),
        (Button(t("danger-go-on"), "welcome:done:days"), Button(t("help-button"), "help")),
    )


def _by_two(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
