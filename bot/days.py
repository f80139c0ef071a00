"""Days, hours and places as people say them."""

from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton, get_month_names, get_timezone_location

from bot import clock
from bot.people import Person
from bot.texts import Texts, normalise

_LOCALES = {"en": "en_GB"}
"""3 March, not March 3: a day before its month reads the same everywhere."""


def locale(t: Texts) -> Locale:
    """What knows the names of days and places in a language."""
    return Locale.parse(_LOCALES.get(t.language, t.language))


def said(day: date, t: Texts) -> str:
    """`3 March`."""
    return str(format_skeleton("MMMMd", day, locale=locale(t)))


def dated(day: date, t: Texts) -> str:
    """`3 March 2026`."""
    return str(format_date(day, "long", locale=locale(t)))


def month(day: date, t: Texts) -> str:
    """`Nov 2026`."""
    return str(format_skeleton("yMMM", day, locale=locale(t)))


@cache
def months() -> dict[str, int]:
    """Every name of a month, and its short form, in any of our languages, as `normalise` leaves it: `marzo` is 3."""
    names: dict[str, int] = {}
    for language in Texts.languages():
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names.setdefault(normalise(name), number)
    return names


def ahead(words: str, today: date) -> int | None:
    """How many days on `tomorrow` or the next `Friday` is, in any of our languages; None if it is no such word."""
    found = _aheads().get(normalise(words))
    if found is None:
        return None
    kind, number = found
    return number if kind == "day" else (number - today.weekday()) % 7


@cache
def _aheads() -> dict[str, tuple[str, int]]:
    """Words for a day by what they count from: today, or the Monday of any week."""
    found: dict[str, tuple[str, int]] = {}
    for language in Texts.languages():
        t = Texts(language)
        found |= {normalise(t(f"checkin-day.{one}")): ("day", number) for number, one in enumerate(_NEAR)}
        for width in ("wide", "abbreviated"):
            names = locale(t).days["stand-alone"][width]
            found |= {normalise(name).rstrip("."): ("weekday", number) for number, name in names.items()}
    return found


_NEAR = ("today", "tomorrow")


def weekday(number: int, t: Texts) -> str:
    """`Mon`, by its ISO number from 1."""
    return str(locale(t).days["stand-alone"]["abbreviated"][number - 1])


def when(moment: datetime, person: Person, now: datetime, t: Texts) -> str:
    """`Today 19:00`, `Tomorrow 9:00`, `Thu 5 March 19:00`."""
    place = clock.zone(person.zone or "UTC")
    local = moment.astimezone(place)
    ahead = (local.date() - clock.day_of(now, place)).days
    if ahead in (0, 1):
        day = t("checkin-day.today" if ahead == 0 else "checkin-day.tomorrow")
    else:
        day = f"{weekday(local.isoweekday(), t)} {said(local.date(), t)}"
    return f"{day} {local:%-H:%M}"


def city(zone: str, t: Texts) -> str:
    """What a zone is called after, in the reader's language: `Lisbon`, `Lisboa`.

    Only the zone is kept, so it may be a neighbour's city: it says whose clock counts, not where somebody lives.
    """
    name = get_timezone_location(zone, locale=locale(t), return_city=True)
    return name.rpartition("/")[2]
