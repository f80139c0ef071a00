"""From the first tap to a member who is set: what this is, consent, city, hour and name."""

from dataclasses import replace

from bot import people
from bot.chat import Button, Message
from bot.feature import LOST, START, Feature, Goto, Reply, Turn
from bot.welcome import place
from bot.welcome.model import Setup

CONSENT = "1"
"""The version of the words of the first screen that a consent refers to."""

NAME_MOST = 40


async def start(turn: Turn) -> Reply | Goto:
    """The first screen, the next question of the set-up, or home."""
    if not turn.agreed:
        return Reply((_first_screen(turn),))
    setup = await _setup(turn)
    match setup.next_step():
        case "city":
            return Reply((place.ask(turn),))
        case "hour":
            return Goto("checkin:hour")
        case "name":
            turn.person.awaits("welcome:name", turn.now)
            return Reply((_question(turn, "welcome-name", "name"),))
    return Goto("home")


async def pressed(turn: Turn) -> Reply | Goto:
    """The buttons of the set-up."""
    what, *rest = (*turn.words, "")
    if what == "agree":
        await people.agree(turn.session, turn.person, CONSENT, turn.now)
        return await start(replace(turn, agreed=True))
    if what == "more":
        return Reply((_read_more(turn),))
    if not turn.agreed:
        return Goto(START)
    if what == "skip":
        return await _closed(turn, rest[0], "skipped")
    if what == "done":
        return await _closed(turn, rest[0], "answered")
    if what == "next":
        return await start(turn)
    if what == "hour":
        return Goto(f"checkin:at:{rest[0]}")
    return place.pressed(turn)


async def answered(turn: Turn) -> Reply | Goto:
    """Typed words for the question that is open."""
    text = getattr(turn.inbound, "text", "").strip()
    if turn.words[:1] != ("name",):
        return place.typed(turn, text)
    name = " ".join(text.split())
    if not 0 < len(name) <= NAME_MOST:
        turn.person.awaits("welcome:name", turn.now)
        return Reply((_question(turn, "welcome-name-long", "name"),))
    turn.person.name = name
    return await _closed(turn, "name", "answered")


async def home(turn: Turn) -> Reply | Goto:
    """What comes next, and the buttons that stay. Before that, whatever the set-up still has to ask."""
    if (await _setup(turn)).next_step():
        return await start(turn)
    t = turn.t
    coming = await turn.upcoming()
    name = turn.person.name
    lines = [t("home-named", name=name) if name else t("home")]
    lines.append(coming[0] if coming else t("home-no-time"))
    lines.append(t("home-buttons"))
    keyboard = ((t("hard-button"),), (t("checkin-button"), t("help-button")))
    return Reply((Message("\n".join(lines), keyboard=keyboard),))


async def lost(turn: Turn) -> Reply:
    """What nobody understands gets a way on."""
    t = turn.t
    rows = (
        (Button(t("hard-button"), "hard"), Button(t("checkin-button"), "checkin")),
        (Button(t("lost.menu"), "home"), Button(t("help-button"), "help")),
    )
    return Reply((Message(t("lost"), rows),))


async def _closed(turn: Turn, step: str, how: str) -> Goto:
    setup = await _setup(turn)
    setup.close(step, how)
    turn.person.awaits(None, turn.now)
    return Goto("welcome:next")


async def _setup(turn: Turn) -> Setup:
    setup = await turn.session.get(Setup, turn.person.id)
    if setup is None:
        setup = Setup(person_id=turn.person.id)
        turn.session.add(setup)
    return setup


def _first_screen(turn: Turn) -> Message:
    t = turn.t
    runs = t("welcome-runs", operator=turn.operator) if turn.operator else t("welcome-runs-nobody")
    reads = t("welcome-reads", operator=turn.operator) if turn.operator else t("welcome-reads-nobody")
    text = "\n".join((runs, t("welcome-does"), t("welcome-keeps"), reads, t("welcome-erase")))
    rows = (
        (Button(t("welcome-agree"), "welcome:agree"),),
        (Button(t("welcome-help"), "hard"),),
        (Button(t("welcome-more"), "welcome:more"), Button(t("help-button"), "help")),
    )
    return Message(text, rows, slot="welcome")


def _read_more(turn: Turn) -> Message:
    t = turn.t
    rows = (
        (Button(t("welcome-agree"), "welcome:agree"),),
        (Button(t("welcome-help"), "hard"), Button(t("help-button"), "help")),
    )
    return Message(t("welcome-about"), rows, slot="welcome")


def _question(turn: Turn, key: str, step: str) -> Message:
    rows = ((Button(turn.t("welcome-skip"), f"welcome:skip:{step}"), Button(turn.t("help-button"), "help")),)
    return Message(turn.t(key), rows, slot="welcome")


FEATURE = Feature(
    name="welcome",
    presses={START: start, "welcome": pressed, "home": home, LOST: lost},
    commands={"start": START, "menu": "home", "timezone": "welcome:city"},
    phrases={"home-phrases": "home"},
    answers={"welcome": answered},
    before_consent=(START, "welcome"),
)
