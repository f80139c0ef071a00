"""From the first tap to a member who is set: what this is, consent, five questions, home; and journeys."""

from dataclasses import replace

from bot import people, screen
from bot.chat import Button, Message
from bot.feature import LOCATED, LOST, START, Feature, Goto, Reply, Turn
from bot.welcome import card, doors, place, questions, travel
from bot.welcome.model import ANSWERED, SKIPPED, setup_of

CONSENT = "1"
"""The version of the words of the first screen that a consent refers to."""

MENU = (
    ("home-plan", "plan"),
    ("home-people", "people"),
    ("home-meetings", "meetings"),
    ("home-next", "next"),
    ("home-settings", "settings"),
)
"""What home leads to, where another feature offers it: the words and the press."""


async def start(turn: Turn) -> Reply | Goto:
    """The first screen, the next question of the set-up, or home."""
    if not turn.agreed:
        return Reply((doors.first_screen(turn),))
    setup = await setup_of(turn.session, turn.person)
    while (step := setup.next_step()) and not await questions.applies(turn, step):
        setup.close(step, SKIPPED)
    if step is None:
        return Goto("home")
    return Reply((place.ask(turn) if step == "city" else await questions.ask(turn, step),))


def _with_every_command(reply: Reply | Goto) -> Reply | Goto:
    """Whoever has helped somebody till now had a short menu, and nobody knows that any more of one who came back."""
    if isinstance(reply, Goto):
        return reply
    first, *others = reply.messages
    return replace(reply, messages=(replace(first, menu=()), *others))


async def pressed(turn: Turn) -> Reply | Goto:
    """The doors of the first screen; behind consent the buttons of the set-up."""
    match turn.words:
        case ("agree",):
            await people.agree(turn.session, turn.person, CONSENT, turn.now)
            return _with_every_command(await start(replace(turn, agreed=True)))
        case ("more",):
            return Reply((doors.read_more(turn),))
        case ("family",):
            return Reply((doors.family(turn),))
        case ("in", language):
            return await start(doors.speaks(turn, language))
    if turn.agreed:
        return await _asked(turn)
    match turn.words:
        case ("minor",):
            return await doors.minor(turn)
        case ("leave",):
            return await doors.leave(turn)
    return Goto(START)


async def _asked(turn: Turn) -> Reply | Goto:
    match turn.words:
        case ("skip" | "done" as how, step):
            return await _closed(turn, step, ANSWERED if how == "done" else SKIPPED)
        case ("rest",):
            (await setup_of(turn.session, turn.person)).leave_rest()
            turn.person.awaits(None, turn.now)
            return await start(turn)
        case ("hour", at):
            return Goto(f"checkin:at:{at}")
        case ("at", country, zone) if place.known(country, zone):
            return await _at_home(turn, country, zone)
        case ("what" | "goal" | "since" | "page", *_):
            return await questions.pressed(turn)
        case () | ("next" | "first" | "remember",):
            return await start(turn)
    return place.pressed(turn) or Goto(START)


async def answered(turn: Turn) -> Reply | Goto:
    """Typed words for the question that is open."""
    text = getattr(turn.inbound, "text", "").strip()
    if turn.words[:1] and turn.words[0] in place.ASKED:
        return place.typed(turn, text)
    return await questions.typed(turn, text)


async def home(turn: Turn) -> Reply | Goto:
    """What comes next, and the buttons that stay. Before that, whatever the set-up still has to ask."""
    setup = await setup_of(turn.session, turn.person)
    if setup.next_step():
        return await start(turn)
    t = turn.t
    name = turn.person.name
    coming = await turn.upcoming()
    lines = [t("home-named", name=name) if name else t("home")]
    lines += [coming[0], t("home-more")] if coming else [t("home-no-time")]
    buttons = [Button(t(key), press) for key, press in MENU if turn.leads_to(press)]
    pairs = (tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    rows = (*pairs, (Button(t("help-button"), "help"),))
    messages = (Message(t("home-buttons"), keyboard=place.staying(turn)), Message("\n".join(lines), rows))
    pinned = None if await screen.pinned(turn.session, turn.person.id) else await turn.card()
    return Reply((pinned, *messages) if pinned else messages)


async def lost(turn: Turn) -> Reply:
    """What nobody understands gets a way on."""
    t = turn.t
    rows = (
        (Button(t("hard-button"), "hard"), Button(t("checkin-button"), "checkin")),
        (Button(t("lost.menu"), "home"), Button(t("help-button"), "help")),
    )
    return Reply((Message(t("lost"), rows),))


async def _at_home(turn: Turn, country: str, zone: str) -> Goto:
    person = turn.person
    person.country, person.zone = country, zone
    person.awaits(None, turn.now)
    await travel.forget(turn.session, person)
    questions.place_the_day(turn, await setup_of(turn.session, person))
    return Goto("checkin:moved")


async def _closed(turn: Turn, step: str, how: str) -> Goto:
    (await setup_of(turn.session, turn.person)).close(step, how)
    turn.person.awaits(None, turn.now)
    return Goto("welcome:next")


FEATURE = Feature(
    name="welcome",
    presses={
        START: start,
        "welcome": pressed,
        "home": home,
        LOST: lost,
        LOCATED: place.located,
        "travel": travel.pressed,
    },
    commands={"start": START, "menu": "home", "timezone": "welcome:city", "travel": "travel"},
    phrases={"home-phrases": "home"},
    answers={"welcome": answered, "travel": travel.answered},
    due=(travel.DUE,),
    away=travel.away,
    kinds={card.KIND: card.compose},
    settings={"welcome-what.button": "welcome:what"},
    before_consent=(START, "welcome"),
    card=card.message,
)
