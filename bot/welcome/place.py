"""Where somebody is: a city, a shared location, a country, or the time on their clock. Only zone and country are kept.

The same screens serve the set-up and a journey. Their presses begin with the name of whoever asks: `welcome:city`,
`travel:city`.
"""

from dataclasses import replace
from functools import cache
from zoneinfo import ZoneInfo

from bot import clock, days
from bot.chat import PRESS_LIMIT, Button, Location, Message, Rows
from bot.content import cities, countries
from bot.content.place import Place
from bot.feature import LOST, Goto, Reply, Turn, head
from bot.texts import ENGLISH, Texts, normalise

OFFERED = 5
OFFERED_BY_CLOCK = 10
"""More, because several zones share a clock, and somebody who finds none of theirs would take a wrong country's."""
ZONES_OFFERED = 12
PAGE = 14
NAME_MOST = 40
CODE = 3

JOURNEY = "travel"
SETUP = "welcome"
ASKED = ("city", "clock", "here")
"""What a place may be awaited as: a name, a time, a shared location."""


def ask(turn: Turn) -> Message:
    """The question."""
    _awaits(turn, "city")
    return _question(turn, turn.t("travel-ask" if _asker(turn) == JOURNEY else "place-ask"))


def pressed(turn: Turn) -> Reply | Goto | None:
    """Every press about a place but `at`, which is a confirmed one: that is for whoever asked. None: not ours."""
    match turn.words:
        case ("city",):
            return Reply((ask(turn),))
        case ("clock",):
            _awaits(turn, "clock")
            return Reply((_question(turn, turn.t("place-clock"), ways=False),))
        case ("here",):
            return _share(turn)
        case ("countries", page) if page.isdecimal() and len(page) < 4:
            return Reply((_countries(turn, int(page)),))
        case ("of", country):
            seats = [_in_words_of(turn, place) for place in cities.zones_of(country)]
            return _offered(turn, seats, ZONES_OFFERED)
        case ("is", country, zone, *name) if known(country, zone):
            return Reply((_confirm(turn, country, zone, name[0] if name else ""),))
    return None


def typed(turn: Turn, text: str) -> Reply:
    """A city, a country, or the time on their clock."""
    turn = _by_whoever_asked(turn)
    before = (buttons_back(turn),) if turn.words == ("here",) else ()
    if before and normalise(text) == normalise(turn.t("place-share-back")):
        return Reply((*before, ask(turn)))
    by_clock = turn.words[:1] == ("clock",)
    at = clock.parsed_time(text)
    found = cities.at_local_time(at.hour, at.minute, turn.now) if at else [] if by_clock else cities.find(text)
    if found:
        if len(found) == 1 and not at:
            found = [_as_typed(found[0], text)]
        named = [_in_words_of(turn, place) for place in found]
        reply = _offered(turn, named, OFFERED_BY_CLOCK if at else OFFERED)
    else:
        _awaits(turn, "clock" if by_clock else "city")
        unknown = turn.t("place-clock-unknown" if by_clock else "place-unknown")
        reply = Reply((_question(turn, unknown, ways=not by_clock),))
    return Reply((*before, *reply.messages))


async def located(turn: Turn) -> Reply | Goto:
    """A shared location: the nearest city's zone and country, and the coordinates are gone."""
    shared = turn.inbound
    if not isinstance(shared, Location):
        return Goto(LOST)
    awaited = turn.person.awaited(turn.now) or ""
    if ":here" in awaited and head(awaited) not in (SETUP, JOURNEY) and turn.leads_to(awaited):
        return Goto(awaited)  # another feature asked for it
    turn = _by_whoever_asked(turn)
    found = cities.nearest(shared.latitude, shared.longitude)
    if found is None:
        _awaits(turn, "city")
        return Reply((buttons_back(turn), _question(turn, turn.t("place-nowhere"))))
    return Reply((buttons_back(turn), *_offered(turn, [_in_words_of(turn, found)], 1).messages))


def known(country: str, zone: str) -> bool:
    """Whether a press names a place that there is. `localtime`, `Factory` and the like are no place."""
    return "/" in zone and zone in clock.zone_names() and country in cities.countries()


def now_in(turn: Turn, zone: str) -> str:
    """What the clocks of a zone show."""
    return f"{turn.now.astimezone(ZoneInfo(zone)):%-H:%M}"


def staying(turn: Turn) -> tuple[tuple[str, ...], ...]:
    """The three buttons that stay."""
    t = turn.t
    return ((t("hard-button"),), (t("checkin-button"), t("help-button")))


def buttons_back(turn: Turn) -> Message:
    """The three buttons, after others stood in their place."""
    return Message(turn.t("place-share-done"), keyboard=staying(turn))


def _asker(turn: Turn) -> str:
    return JOURNEY if head(turn.press) == JOURNEY else SETUP


def _by_whoever_asked(turn: Turn) -> Turn:
    """Typed words and shared locations belong to the question that is open."""
    awaited = turn.person.awaited(turn.now) or turn.press
    return replace(turn, press=awaited) if head(awaited) in (SETUP, JOURNEY) else replace(turn, press=SETUP)


def _awaits(turn: Turn, what: str) -> None:
    turn.person.awaits(f"{_asker(turn)}:{what}", turn.now)


def _share(turn: Turn) -> Reply:
    """The keyboard with the one button that phones let share a place. It takes the three buttons' place for now."""
    t = turn.t
    _awaits(turn, "here")
    label = t("place-share-button")
    keyboard = ((label,), (t("place-share-back"), t("help-button")))
    return Reply((Message(t("place-share-ask", button=label), keyboard=keyboard, locate=label),))


def _in_words_of(turn: Turn, place: Place) -> Place:
    """By its name in the reader's language, where it is the city that its zone is called after: Athens is Atenas."""
    return place.model_copy(update={"name": days.city(place.zone, turn.t)}) if _names_its_zone(place) else place


def _names_its_zone(place: Place) -> bool:
    return place.name == days.city(place.zone, Texts(ENGLISH))


def _as_typed(place: Place, text: str) -> Place:
    """By the name that they gave it, if it is one of its names: who writes Ginebra is not told of Geneva."""
    typed = " ".join(text.partition(",")[0].split())
    if _names_its_zone(place) or normalise(typed) == normalise(place.name) or len(typed) > NAME_MOST:
        return place
    if not cities.called(place, typed):
        return place
    # three small letters are a code (nyc), more of them a name
    tidy = typed if not typed.islower() else typed.upper() if len(typed) <= CODE else typed.title()
    return place.model_copy(update={"name": tidy})


def _offered(turn: Turn, found: list[Place], most: int) -> Reply:
    """One place is to be confirmed, of several one is to be chosen."""
    if len(found) == 1:
        place = found[0]
        _awaits(turn, "city")  # another one may be typed instead of pressing
        return Reply((_confirm(turn, place.country, place.zone, place.name),))
    return Reply((_which(turn, found[:most]) if found else ask(turn),))


def _question(turn: Turn, text: str, *, ways: bool = True) -> Message:
    t, asker = turn.t, _asker(turn)
    rows: Rows = ()
    if ways:
        rows = (
            (Button(t("place-share"), f"{asker}:here"), Button(t("place-country"), f"{asker}:countries:0")),
            (Button(t("place-clock-button"), f"{asker}:clock"),),
        )
    return Message(text, (*rows, *_past(turn)), slot=asker)


def _past(turn: Turn) -> Rows:
    """The ways past the question."""
    t = turn.t
    help_now = Button(t("help-button"), "help")
    if _asker(turn) == JOURNEY:
        return ((Button(t("travel-not-now"), "home"), help_now),)
    skip = Button(t("welcome-skip"), "welcome:skip:city")
    return ((skip, Button(t("welcome-rest"), "welcome:rest")), (help_now,))


def _which(turn: Turn, found: list[Place]) -> Message:
    t, asker = turn.t, _asker(turn)
    _awaits(turn, "city")
    rows = tuple((Button(_label(turn, place), _press(asker, place)),) for place in found)
    other = (Button(t("place-other"), f"{asker}:city"), Button(t("help-button"), "help"))
    return Message(t("place-which"), (*rows, other), slot=asker)


def _label(turn: Turn, place: Place) -> str:
    return turn.t("place-time", place=place.label(turn.t.language), time=now_in(turn, place.zone))


def _press(asker: str, place: Place) -> str:
    press = f"{asker}:is:{place.country}:{place.zone}:{place.name}"
    short = f"{asker}:is:{place.country}:{place.zone}"
    return press if len(press.encode()) <= PRESS_LIMIT and ":" not in place.name else short


def _confirm(turn: Turn, country: str, zone: str, name: str) -> Message:
    """Always by the local time, never by an offset: people know what their clock shows."""
    t, asker = turn.t, _asker(turn)
    _awaits(turn, "city")  # another city may be written while this one is to be confirmed
    text = t("place-confirm", time=now_in(turn, zone), place=name or countries.name(country, t.language))
    rows = (
        (Button(t("place-yes"), f"{asker}:at:{country}:{zone}"), Button(t("place-no"), f"{asker}:city")),
        (Button(t("help-button"), "help"),),
    )
    return Message(text, rows, slot=asker)


def _countries(turn: Turn, page: int) -> Message:
    """One page of every country, by its name."""
    t, asker = turn.t, _asker(turn)
    _awaits(turn, "city")
    every = _by_name(t.language)
    pages = -(-len(every) // PAGE)
    page = min(page, pages - 1)
    buttons = [Button(name, f"{asker}:of:{code}") for name, code in every[page * PAGE :][:PAGE]]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    turning = []
    if page:
        turning.append(Button(t("place-country-which.earlier"), f"{asker}:countries:{page - 1}"))
    if page + 1 < pages:
        turning.append(Button(t("place-country-which.more"), f"{asker}:countries:{page + 1}"))
    last = (Button(t("place-other"), f"{asker}:city"), Button(t("help-button"), "help"))
    return Message(t("place-country-which"), (*rows, tuple(turning), last), slot=asker)


@cache
def _by_name(language: str) -> tuple[tuple[str, str], ...]:
    named = ((countries.name(code, language), code) for code in cities.countries())
    return tuple(sorted(named, key=lambda one: normalise(one[0])))
