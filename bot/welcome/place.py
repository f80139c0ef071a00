"""Where somebody is: a city that they name, or the time on their clock. Only the zone and the country are kept."""

from zoneinfo import ZoneInfo

from bot import clock
from bot.chat import PRESS_LIMIT, Button, Message, Rows
from bot.content import countries, places
from bot.content.places import Place
from bot.feature import Goto, Reply, Turn

OFFERED = 5
OFFERED_BY_CLOCK = 10
"""More, because several zones share a clock, and somebody who finds none of theirs would take a wrong country's."""


def ask(turn: Turn) -> Message:
    """The question."""
    turn.person.awaits("welcome:city", turn.now)
    return _question(turn, turn.t("place-ask"))


def pressed(turn: Turn) -> Reply | Goto:
    """`welcome:city` asks again, `clock` asks for the time, `is` wants one confirmed, `at` has confirmed it."""
    match turn.words:
        case ("clock",):
            turn.person.awaits("welcome:clock", turn.now)
            return Reply((_question(turn, turn.t("place-clock"), clock_too=False),))
        case ("is", country, zone, *name) if _known(country, zone):
            return Reply((_confirm(turn, country, zone, name[0] if name else ""),))
        case ("at", country, zone) if _known(country, zone):
            turn.person.country, turn.person.zone = country, zone
            turn.person.awaits(None, turn.now)
            return Goto("checkin:moved")
    return Reply((ask(turn),))


def typed(turn: Turn, text: str) -> Reply:
    """A city, or the time on their clock."""
    by_clock = turn.words[:1] == ("clock",)
    at = clock.parsed_time(text)
    found = places.at_local_time(at.hour, at.minute, turn.now) if at else [] if by_clock else places.find(text)
    if not found:
        turn.person.awaits(":".join(("welcome", *turn.words)), turn.now)
        unknown = turn.t("place-clock-unknown" if by_clock else "place-unknown")
        return Reply((_question(turn, unknown, clock_too=not by_clock),))
    turn.person.awaits("welcome:city", turn.now)  # another one may be typed instead of pressing
    if len(found) == 1:
        place = found[0]
        return Reply((_confirm(turn, place.country, place.zone, place.name),))
    return Reply((_which(turn, found[: OFFERED_BY_CLOCK if at else OFFERED]),))


def _question(turn: Turn, text: str, *, clock_too: bool = True) -> Message:
    t = turn.t
    rows: Rows = ((Button(t("place-clock-button"), "welcome:clock"),),) if clock_too else ()
    last = (Button(t("welcome-skip"), "welcome:skip:city"), Button(t("help-button"), "help"))
    return Message(text, (*rows, last), slot="welcome")


def _which(turn: Turn, found: list[Place]) -> Message:
    t = turn.t
    rows = tuple((Button(_label(turn, place), _press(place)),) for place in found)
    other = (Button(t("place-other"), "welcome:city"), Button(t("help-button"), "help"))
    return Message(t("place-which"), (*rows, other), slot="welcome")


def _label(turn: Turn, place: Place) -> str:
    return turn.t("place-time", place=place.label(turn.t.language), time=_time(turn, place.zone))


def _press(place: Place) -> str:
    press = f"welcome:is:{place.country}:{place.zone}:{place.name}"
    return press if len(press.encode()) <= PRESS_LIMIT else f"welcome:is:{place.country}:{place.zone}"


def _confirm(turn: Turn, country: str, zone: str, name: str) -> Message:
    """Always by the local time, never by an offset: people know what their clock shows."""
    t = turn.t
    text = t("place-confirm", time=_time(turn, zone), place=name or countries.name(country, t.language))
    rows = (
        (Button(t("place-yes"), f"welcome:at:{country}:{zone}"), Button(t("place-no"), "welcome:city")),
        (Button(t("help-button"), "help"),),
    )
    return Message(text, rows, slot="welcome")


def _time(turn: Turn, zone: str) -> str:
    return f"{turn.now.astimezone(ZoneInfo(zone)):%-H:%M}"


def _known(country: str, zone: str) -> bool:
    return zone in clock.zone_names() and country in countries.COUNTRIES
