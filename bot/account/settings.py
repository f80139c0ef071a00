"""Everything that can be set, on one screen: a line that says how it stands, and a button for each part of it."""

from dataclasses import replace
from datetime import datetime

from bot import clock, days
from bot.chat import Button, Message, Rows
from bot.feature import Goto, Reply, Turn
from bot.people import Person
from bot.texts import Texts

SLOT = "settings"
NAME_MOST = 40


async def pressed(turn: Turn) -> Reply | Goto:
    """`settings` shows it; `settings:<what>` changes that, and shows it again in the same message."""
    person = turn.person
    match turn.words:
        case ("name",):
            person.awaits("settings:name", turn.now)
            return Reply((_ask_name(turn.t, "settings-name-ask"),))
        case ("language",):
            return Reply((_languages(turn.t),))
        case ("language", language) if language in Texts.languages():
            return await _spoken(turn, language)
        case ("noname",):
            person.name = None
        case ("scale",):
            person.scale = "words" if person.scale == "numbers" else "numbers"
        case ("reader",):
            person.reader = not person.reader
    if person.awaiting == "settings:name":
        person.awaits(None, turn.now)
    return Reply((await shown(turn),))


async def answered(turn: Turn) -> Reply:
    """A name that was typed."""
    name = " ".join(getattr(turn.inbound, "text", "").split())
    if not 0 < len(name) <= NAME_MOST:
        turn.person.awaits("settings:name", turn.now)
        return Reply((_ask_name(turn.t, "settings-name-long"),))
    turn.person.name = name
    return Reply((await shown(turn),))


async def shown(turn: Turn) -> Message:
    """The screen."""
    t, person = turn.t, turn.person
    line = [person.name or t("settings-noname"), t("account-language"), place(person, turn.now, t)]
    line += [*await turn.summary(), t("settings-discreet.on" if person.discreet else "settings-discreet.off")]
    theirs = [Button(t(key), press) for one in turn.features for key, press in one.settings.items()]
    buttons = [
        Button(t("settings-name"), "settings:name"),
        Button(t("settings-language"), "settings:language"),
        Button(t("settings-city"), "welcome:city"),
        *theirs,
        Button(t(f"settings-scale.{person.scale}"), "settings:scale"),
        Button(t("settings-reader.on" if person.reader else "settings-reader.off"), "settings:reader"),
        Button(t("settings-privacy"), "privacy"),
        Button(t("help-button"), "help"),
    ]
    return Message(" · ".join(part for part in line if part), by_two(buttons), slot=SLOT, sensitive=True)


def place(person: Person, now: datetime, t: Texts) -> str:
    """Where somebody is and what their clock shows: the city itself is not kept."""
    if person.zone is None:
        return ""
    return t("settings-place", city=days.city(person.zone, t), time=f"{now.astimezone(clock.zone(person.zone)):%-H:%M}")


def by_two(buttons: list[Button]) -> Rows:
    """Two buttons a row."""
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def keyboard(t: Texts) -> tuple[tuple[str, ...], ...]:
    """The three buttons that stay."""
    return ((t("hard-button"),), (t("checkin-button"), t("help-button")))


async def _spoken(turn: Turn, language: str) -> Reply:
    turn.person.language = language
    t = Texts(language)
    # the buttons that stay come with a message, and a message that was edited brings none
    return Reply((await shown(replace(turn, t=t)), Message(t("settings-language-set"), keyboard=keyboard(t))))


def _languages(t: Texts) -> Message:
    choices = [Button(Texts(one)("account-language"), f"settings:language:{one}") for one in Texts.languages()]
    last = (Button(t("account-back"), "settings:show"), Button(t("help-button"), "help"))
    return Message(t("settings-language-ask"), (*by_two(choices), last), slot=SLOT)


def _ask_name(t: Texts, key: str) -> Message:
    rows = (
        (Button(t("settings-name-none"), "settings:noname"), Button(t("account-back"), "settings:show")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t(key), rows, slot=SLOT)
