"""How a meeting is said: when, on whose clock, where, and what kind it is."""

from datetime import date, datetime, tzinfo

from babel.dates import format_date

from bot import clock, days
from bot.meetings.listing import Tag, Venue
from bot.meetings.model import Meeting
from bot.meetings.planning import Shift
from bot.meetings.recurrence import LAST, Rule
from bot.people import Person
from bot.texts import Texts

NAME_MOST = 60
NOTES_MOST = 240
LANGUAGE = "lang-"
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", LAST: "last"}
_NAMED = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_WEEK = 6
"""Days ahead that a weekday alone names."""


def name(meeting: Meeting, most: int = NAME_MOST) -> str:
    """What it is called, short enough for one line."""
    return cut(meeting.called, most)


def cut(words: str, most: int) -> str:
    """One line of no more than so many letters."""
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def capital(words: str) -> str:
    """As it begins a line: `Today 21:00`. Only the first letter, or LGBTQ would become a word."""
    return words[:1].upper() + words[1:]


def hour(moment: datetime, zone: str) -> str:
    """`21:00`."""
    return f"{moment.astimezone(clock.zone(zone)):%-H:%M}"


def both(moment: datetime, zone: str, person: Person, t: Texts, key: str = "meeting-both") -> str:
    """`21:00 for you, 16:00 in New York`, or as `key` has it; where the clocks agree `21:00`."""
    mine = person.zone or zone
    here, there = moment.astimezone(clock.zone(mine)), moment.astimezone(clock.zone(zone))
    if not apart(moment, here.tzinfo, there.tzinfo):
        return f"{here:%-H:%M}"
    theirs = f"{there:%-H:%M}" if here.date() == there.date() else f"{_weekday(there, t)} {there:%-H:%M}"
    return t(key, here=f"{here:%-H:%M}", there=theirs, city=days.city(zone, t))


def apart(moment: datetime, here: tzinfo | None, there: tzinfo | None) -> bool:
    """Whether two clocks read differently at that moment."""
    return moment.astimezone(here).utcoffset() != moment.astimezone(there).utcoffset()


def mine(moment: datetime, here: tzinfo, t: Texts, *, away: bool) -> str:
    """`21:00`; `away` says that this is the reader's own clock and no other's."""
    at = f"{moment.astimezone(here):%-H:%M}"
    return t("meeting-hour.here", time=at) if away else at


def when(moment: datetime, zone: str, person: Person, now: datetime, t: Texts) -> str:
    """`Thu 21:00 for you, 16:00 in New York`; with the date where it is further than the week."""
    return f"{day(moment, person, now, t)} {both(moment, zone, person, t)}"


def day(moment: datetime, person: Person, now: datetime, t: Texts) -> str:
    """`yesterday`, `today`, `Thu`, `Thu 5 March`, on their own calendar."""
    place = clock.zone(person.zone or "UTC")
    local = moment.astimezone(place)
    ahead = (local.date() - clock.day_of(now, place)).days
    if ahead in _NAMED:
        return t(f"meeting-day.{_NAMED[ahead]}")
    if 1 < ahead <= _WEEK:
        return _weekday(local, t)
    return dated(local.date(), t)


def day_named(moment: datetime, person: Person, t: Texts) -> str:
    """`Thursday`, on their own calendar."""
    return str(format_date(moment.astimezone(clock.zone(person.zone or "UTC")), "EEEE", locale=days.locale(t)))


def how_often(rule: Rule, t: Texts, *, away: bool = False) -> str:
    """`Every Thursday at 21:00`, on its own clock; `away` says whose that is."""
    at = f"{rule.at:%-H:%M}"
    if away:
        at = t("meeting-hour.there", time=at, city=days.city(rule.zone, t))
    if rule.weekday is None:
        once = rule.anchor if rule.once else None
        return t("meeting-often.once", day=days.dated(once, t), time=at) if once else t("meeting-often.dates")
    said = {"day": weekday_named(rule.weekday, t), "time": at, "number": str(rule.interval)}
    if rule.nth is not None:
        often = "month" if rule.interval == 1 else "months"
        return t(f"meeting-often.{often}", which=t(f"meeting-nth.{_NTH[rule.nth]}"), **said)
    often = {1: "week", 2: "other"}.get(rule.interval, "weeks")
    return t(f"meeting-often.{often}", **said)


def nth(number: int, t: Texts) -> str:
    """`Second`."""
    return t(f"meeting-nth.{_NTH[number]}")


def untimed(meeting: Meeting, t: Texts) -> str:
    """What is known of when it is, where it cannot be reminded of: `Thursday`, `19:00, local time`."""
    known = [weekday_named(meeting.weekday, t)] if meeting.weekday is not None else []
    known += [t("meeting-local", time=f"{meeting.at:%-H:%M}")] if meeting.at else []
    return " ".join(known) or t("meeting-untimed")


def dated(day: date, t: Texts) -> str:
    """`Thu 5 March`."""
    return f"{days.weekday(day.isoweekday(), t)} {days.said(day, t)}"


def weekday_named(number: int, t: Texts) -> str:
    """`Thursday`, by its number from Monday = 0."""
    return str(days.locale(t).days["stand-alone"]["wide"][number])


def where(meeting: Meeting, t: Texts, km: int | None = None) -> str:
    """`online`, `Lisbon, 3 km`, or the town alone."""
    if meeting.venue == Venue.ONLINE:
        return t("meeting-venue.online")
    town = meeting.city or meeting.region
    away = t("meeting-km", km=str(km)) if km else t("meeting-km.near") if km is not None else ""
    parts = [town, away, t("meeting-venue.also") if meeting.venue == Venue.BOTH else ""]
    return ", ".join(part for part in parts if part) or t("meeting-venue.place")


def tag(code: str, t: Texts) -> str:
    """What it can be looked for by, in words; empty for one that we have no word for."""
    if code.startswith(LANGUAGE):
        return str(days.locale(t).languages.get(code.removeprefix(LANGUAGE), ""))
    return t(f"meeting-tag.{code}") if code in tuple(Tag) else ""


def tags(meeting: Meeting, t: Texts) -> str:
    """All of them on one line."""
    return " · ".join(words for code in meeting.tags.split() if (words := tag(code, t)))


def moved(by: Shift, t: Texts) -> str:
    """`This week 1 hour later for you.`"""
    minutes = abs(by.by).total_seconds() // 60
    much = t("meeting-shift.hour") if minutes == 60 else t("meeting-shift.minutes", minutes=f"{minutes:.0f}")
    key = f"meeting-shift.{'now' if by.for_now else 'on'}_{'later' if by.by.total_seconds() > 0 else 'earlier'}"
    return t(key, much=much)


def place(meeting: Meeting) -> str:
    """Where one goes, on one line; empty where there is nowhere to go."""
    if meeting.person_id is not None:
        return "" if is_link(meeting.own_where or "") else meeting.own_where or ""
    town = "" if meeting.city and meeting.city in meeting.address else meeting.city
    return ", ".join(dict.fromkeys(part for part in (meeting.building, meeting.address, town) if part))


def link(meeting: Meeting) -> str:
    """What is opened to take part from anywhere; empty if there is nothing."""
    if meeting.person_id is not None:
        return meeting.own_where or "" if is_link(meeting.own_where or "") else ""
    return meeting.link


def is_link(words: str) -> bool:
    """Whether this is an address on the net."""
    return words.lower().startswith(("https://", "http://")) and " " not in words


def _weekday(local: datetime, t: Texts) -> str:
    return days.weekday(local.isoweekday(), t)
