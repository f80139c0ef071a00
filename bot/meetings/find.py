"""Finding a meeting: what kind, then pages of a few. One message that is edited; each result opens below it."""

from collections.abc import Sequence

from bot import clock, days
from bot.chat import Button, Location, Message, Rows
from bot.content import cities
from bot.content.place import Place
from bot.feature import LOST, Goto, Reply, Turn
from bot.meetings import search, wording
from bot.meetings.listing import Tag
from bot.meetings.search import HUNDREDTHS, NOW, UNTIMED, WEEKDAYS, Found, Wanted
from bot.texts import Texts, normalise

SLOT = "meetings"
CITIES_OFFERED = 5
TAGS = (*Tag, "lang-en", "lang-es", "lang-fr")
TAGS_AT_A_TIME = 8
PROGRAMS_AT_A_TIME = 10
BUTTON_MOST = 48
PAGES_MOST = 200
_CITY = " City"
"""New York City is the city of New York's zone, and Kansas City of no zone."""

NEAR, HERE = "meetings:near", "meetings:here"
"""What a city may be awaited as: typed, or shared by a button in the place of those that stay. Limits may follow."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`meetings` asks what for; `l:<limits>:<page>` lists; the others choose a limit."""
    if turn.person.zone is None:
        return Goto("welcome:city")
    match turn.words:
        case ():
            return Reply((await _first(turn),))
        case ("near", *code):
            return Reply((_city(turn, "meeting-city", _limits(code)),))
        case ("here", *code):
            return (_located if isinstance(turn.inbound, Location) else _share)(turn, _limits(code))
        case ("l", code, page):
            return await _listed(turn, Wanted.read(code), page)
        case (("narrow" | "days" | "programs" | "tags") as what, code, *page):
            return await _choose(turn, what, Wanted.read(code), page[0] if page else "0")
    return Goto(LOST)


async def typed(turn: Turn) -> Reply | Goto:
    """A city near which to look."""
    text = getattr(turn.inbound, "text", "").strip()
    what, *code = turn.words
    wanted = _limits(code)
    before = (_buttons_back(turn),) if what == "here" else ()
    if before and normalise(text) == normalise(turn.t("place-share-back")):
        return Reply((*before, _city(turn, "meeting-city", wanted)))
    found = [(place, at) for place in cities.find(text, CITIES_OFFERED) if (at := cities.position(place))]
    if not found:
        return Reply((*before, _city(turn, "place-unknown", wanted)))
    if len(found) > 1:
        return Reply((*before, _which(turn, found, wanted)))
    return Reply((*before, await _results(turn, wanted.around(*found[0][1]), 0)))


def leads_there(code: str, page: int = 0) -> str:
    """The press that lists what keeps to these limits."""
    return f"{SLOT}:l:{code}:{page}"


async def _first(turn: Turn) -> Message:
    t = turn.t
    turn.person.awaits(None, turn.now)
    rows: Rows = (
        (
            Button(t("meeting-find.near"), NEAR),
            Button(t("meeting-find.online"), leads_there(Wanted(online=True).code)),
        ),
        (
            Button(t("meeting-find.now"), leads_there(Wanted(when=NOW).code)),
            Button(t("meeting-find.day"), f"{SLOT}:days:"),
        ),
        (Button(t("meeting-find.mine"), "follows"), Button(t("meeting-find.own"), "own")),
        (Button(t("help-button"), "help"),),
    )
    if not await search.any_listed(turn.session):
        return Message(t("meeting-find-none"), rows[2:], slot=SLOT)
    return Message(t("meeting-find"), rows, slot=SLOT)


def _limits(code: Sequence[str]) -> Wanted:
    """What else a place is looked for with; a forged one asks for nothing more."""
    return (Wanted.read(code[0]) if len(code) == 1 else None) or Wanted()


def _with(press: str, wanted: Wanted) -> str:
    return f"{press}:{wanted.code}" if wanted.code else press


def _city(turn: Turn, key: str, wanted: Wanted) -> Message:
    t = turn.t
    turn.person.awaits(_with(NEAR, wanted), turn.now)
    back = leads_there(wanted.code) if wanted.code else SLOT
    rows = (
        (Button(t("place-share"), _with(HERE, wanted)), Button(t("meeting-back"), back)),
        (Button(t("help-button"), "help"),),
    )
    return Message(t(key), rows, slot=SLOT)


def _share(turn: Turn, wanted: Wanted) -> Reply:
    """The keyboard with the one button that phones let share a place."""
    t = turn.t
    turn.person.awaits(_with(HERE, wanted), turn.now)
    label = t("place-share-button")
    keyboard = ((label,), (t("place-share-back"), t("help-button")))
    return Reply((Message(t("meeting-share", button=label), keyboard=keyboard, locate=label),))


def _located(turn: Turn, wanted: Wanted) -> Reply | Goto:
    shared = turn.inbound
    if not isinstance(shared, Location) or not (abs(shared.latitude) <= 90 and abs(shared.longitude) <= 180):
        return Goto(LOST)
    turn.person.awaits(None, turn.now)
    # the search itself is a press: the place stands in its button and nowhere else
    press = leads_there(wanted.around(shared.latitude, shared.longitude).code)
    rows = ((Button(turn.t("meeting-here"), press), Button(turn.t("help-button"), "help")),)
    return Reply((_buttons_back(turn), Message(turn.t("meeting-here-found"), rows, slot=SLOT)))


def _buttons_back(turn: Turn) -> Message:
    """The three buttons that stay, after others stood in their place."""
    t = turn.t
    keyboard = ((t("hard-button"),), (t("checkin-button"), t("help-button")))
    return Message(t("place-share-done"), keyboard=keyboard)


def _which(turn: Turn, found: list[tuple[Place, tuple[float, float]]], wanted: Wanted) -> Message:
    t = turn.t
    turn.person.awaits(_with(NEAR, wanted), turn.now)
    rows = tuple(
        (Button(place.label(t.language), leads_there(wanted.around(*position).code)),) for place, position in found
    )
    return Message(t("place-which"), (*rows, (Button(t("help-button"), "help"),)), slot=SLOT)


async def _listed(turn: Turn, wanted: Wanted | None, page: str) -> Reply | Goto:
    if wanted is None or not page.isdecimal() or len(page) > 3 or int(page) >= PAGES_MOST:
        return Goto(LOST)
    turn.person.awaits(None, turn.now)
    return Reply((await _results(turn, wanted, int(page)),))


async def _results(turn: Turn, wanted: Wanted, page: int) -> Message:
    t, person = turn.t, turn.person
    place = clock.zone(person.zone or "UTC")
    found, more = await search.find(turn.session, wanted, place, turn.now, page)
    first = page * search.AT_A_TIME + 1
    lines = [_line(turn, one, number) for number, one in enumerate(found, first)]
    opens = tuple(
        (Button(f"{number}. {wording.name(one.meeting, BUTTON_MOST)}", f"meeting:{one.meeting.id}"),)
        for number, one in enumerate(found, first)
    )
    turning = [Button(t("meeting-list.earlier"), leads_there(wanted.code, page - 1))] if page else []
    turning += [Button(t("meeting-list.more"), leads_there(wanted.code, page + 1))] if more else []
    last = (
        (Button(t("meeting-list.narrow"), f"{SLOT}:narrow:{wanted.code}"), Button(t("meeting-list.again"), SLOT)),
        (Button(t("help-button"), "help"),),
    )
    what = _said(turn, wanted)
    head = t("meeting-list", what=wording.capital(what)) if found else t("meeting-list-none", what=what)
    rows = tuple(row for row in (*opens, tuple(turning), *last) if row)
    return Message("\n".join((head, *lines)), rows, slot=SLOT, sensitive=True)


def _line(turn: Turn, found: Found, number: int) -> str:
    """`1. Today 21:00 for you, 16:00 in New York · online · NA`: its name stands on the button."""
    t, meeting = turn.t, found.meeting
    parts = [wording.where(meeting, t, found.km), meeting.program]
    return " · ".join((f"{number}. {wording.capital(_when(turn, found))}", *(part for part in parts if part)))


def _when(turn: Turn, found: Found) -> str:
    t, start, zone = turn.t, found.meeting.next_start, found.meeting.zone
    if start is None or zone is None:
        return wording.untimed(found.meeting, t)
    minutes = round((turn.now - start).total_seconds() / 60)
    if minutes > 0:
        return t("meeting-began", minutes=str(minutes), when=wording.both(start, zone, turn.person, t))
    return wording.when(start, zone, turn.person, turn.now, t)


def _said(turn: Turn, wanted: Wanted) -> str:
    """The limits, in words."""
    t = turn.t
    parts = [_where(turn, *wanted.near)] if wanted.near else []
    parts += [t("meeting-what.online")] if wanted.online else []
    parts += [_day(turn, wanted.when)] if wanted.when else []
    parts += [wanted.program] if wanted.program else []
    parts += [words] if wanted.tag and (words := wording.tag(wanted.tag, t)) else []
    if not (wanted.near or wanted.online or wanted.when == UNTIMED):
        parts.append(t("meeting-what.reach"))
    return ", ".join(parts)


def _where(turn: Turn, latitude: int, longitude: int) -> str:
    """`near Lisbon`: so that a wrong one is seen. By the name of the city that was asked for, where that is known."""
    position = latitude / HUNDREDTHS, longitude / HUNDREDTHS
    city = cities.at(*position) or cities.nearest(*position)
    if city is None:
        return turn.t("meeting-what.there")
    # the table's names are English; that of the zone's own city is known in every language
    its_own = days.city(city.zone, Texts("en")) == city.name.removesuffix(_CITY)
    return turn.t("meeting-what.near", city=days.city(city.zone, turn.t) if its_own else city.name)


def _day(turn: Turn, when: str) -> str:
    return wording.weekday_named(int(when), turn.t) if when in WEEKDAYS else turn.t(f"meeting-what.{when}")


async def _choose(turn: Turn, what: str, wanted: Wanted | None, page: str) -> Reply | Goto:
    if wanted is None or not page.isdecimal() or len(page) > 2:
        return Goto(LOST)
    match what:
        case "narrow":
            return Reply((_narrow(turn, wanted),))
        case "days":
            return Reply((_days(turn, wanted),))
        case "programs":
            return Reply((await _programs(turn, wanted, int(page)),))
    return Reply((await _tags(turn, wanted, int(page)),))


def _narrow(turn: Turn, wanted: Wanted) -> Message:
    t, code = turn.t, wanted.code
    online = t("meeting-narrow.anyhow" if wanted.online else "meeting-narrow.online")
    buttons = [
        Button(t("meeting-narrow.day"), f"{SLOT}:days:{code}"),
        Button(t("meeting-narrow.program"), f"{SLOT}:programs:{code}"),
        Button(t("meeting-narrow.tag"), f"{SLOT}:tags:{code}"),
    ]
    if not wanted.near:
        buttons.append(Button(online, leads_there(wanted.but(online=not wanted.online).code)))
        if not wanted.online:
            buttons.append(Button(t("meeting-narrow.place"), _with(NEAR, wanted)))
    return _choices(turn, "meeting-narrow", buttons, wanted)


def _days(turn: Turn, wanted: Wanted) -> Message:
    """The next seven days by their names, what is on, and what has no time."""
    today = clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC")).weekday()
    whens = [*(WEEKDAYS[(today + ahead) % 7] for ahead in range(7)), NOW, UNTIMED]
    buttons = [Button(wording.capital(_day(turn, when)), leads_there(wanted.but(when=when).code)) for when in whens]
    return _choices(turn, "meeting-days", buttons, wanted)


async def _programs(turn: Turn, wanted: Wanted, page: int) -> Message:
    every = await search.programs(turn.session)
    some = every[page * PROGRAMS_AT_A_TIME :][:PROGRAMS_AT_A_TIME]
    buttons = [Button(one, leads_there(wanted.but(program=one).code)) for one in some]
    buttons += _turning(turn, f"{SLOT}:programs:{wanted.code}", page, len(every) > (page + 1) * PROGRAMS_AT_A_TIME)
    buttons.append(Button(turn.t("meeting-narrow.any_program"), leads_there(wanted.but(program="").code)))
    return _choices(turn, "meeting-programs", buttons, wanted)


async def _tags(turn: Turn, wanted: Wanted, page: int) -> Message:
    listed = await search.tags(turn.session)
    every = [one for one in TAGS if one in listed]
    some = every[page * TAGS_AT_A_TIME :][:TAGS_AT_A_TIME]
    buttons = [
        Button(wording.capital(wording.tag(one, turn.t)), leads_there(wanted.but(tag=str(one)).code)) for one in some
    ]
    buttons += _turning(turn, f"{SLOT}:tags:{wanted.code}", page, len(every) > (page + 1) * TAGS_AT_A_TIME)
    buttons.append(Button(turn.t("meeting-narrow.any_tag"), leads_there(wanted.but(tag="").code)))
    return _choices(turn, "meeting-tags", buttons, wanted)


def _turning(turn: Turn, press: str, page: int, more: bool) -> list[Button]:
    t = turn.t
    earlier = [Button(t("meeting-list.earlier"), f"{press}:{page - 1}")] if page else []
    return earlier + ([Button(t("meeting-list.more"), f"{press}:{page + 1}")] if more else [])


def _choices(turn: Turn, key: str, buttons: list[Button], wanted: Wanted) -> Message:
    t = turn.t
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    last = (Button(t("meeting-back"), leads_there(wanted.code)), Button(t("help-button"), "help"))
    return Message(t(key), (*rows, last), slot=SLOT)
