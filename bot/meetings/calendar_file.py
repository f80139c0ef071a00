"""What somebody follows, as a calendar for their phone: rules in the meetings' own zones, not lists of hours."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile

from icalendar import Calendar, Event, vRecur

from bot import clock
from bot.chat import Button, Document, Message
from bot.feature import LOST, Goto, Reply, Turn
from bot.meetings import planning, rows, wording
from bot.meetings.afterwards import AN_HOUR
from bot.meetings.model import Follow, Meeting
from bot.meetings.recurrence import Rule, dates, is_regular, occurrences
from bot.texts import Texts

NAME = "dates.ics"
"""Says nothing, wherever it lies."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LOOKED_AT = 5
"""Occurrences among which the first date of the rule is: one that was moved may come before its turn."""

_BACK = timedelta(days=400)
"""How far back a date of the rule is looked for where the next one was added: a calendar counts from a regular one."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`dates` asks whether names may stand in it, `dates:names` and `dates:plain` send it."""
    t = turn.t
    match turn.words:
        case ():
            row = (Button(t("meeting-file.names"), "dates:names"), Button(t("meeting-file.plain"), "dates:plain"))
            last = (Button(t("meeting-back"), "follows"), Button(t("help-button"), "help"))
            return Reply((Message(t("meeting-file"), (row, last), slot="dates"),))
        case (("names" | "plain") as how,):
            followed = await rows.follows(turn.session, turn.person)
            text = calendar(followed, t, turn.now, named=how == "names")
            if text is None:
                return Goto("follows")
            return Reply((Message(t("meeting-file-sent"), document=Document(NAME, text), sensitive=True),))
    return Goto(LOST)


def calendar(followed: Iterable[tuple[Follow, Meeting]], t: Texts, now: datetime, *, named: bool) -> str | None:
    """RFC 5545. None if nothing that is followed takes place any more."""
    whole = Calendar()
    whole.add("prodid", "-//Windbreak//EN")
    whole.add("version", "2.0")
    events = [event for follow, meeting in followed for event in _events(follow, meeting, t, now, named=named)]
    for event in events:
        whole.add_component(event)
    if not events:
        return None
    whole.add_missing_timezones()
    return str(whole.to_ical().decode())


def _events(follow: Follow, meeting: Meeting, t: Texts, now: datetime, *, named: bool) -> list[Event]:
    """The rule with what was added, and each date that was moved as an event of its own in the regular one's place."""
    rule = planning.held(meeting)
    some = sorted(islice(occurrences(rule, now), _LOOKED_AT), key=lambda one: one.day) if rule else []
    if rule is None or not some:
        return []
    held = {day: to for day, to in rule.exceptions.items() if to is not None and day >= some[0].day}
    moved = {day: to for day, to in held.items() if is_regular(rule, day)}
    added = sorted(held[day] for day in held.keys() - moved.keys() - follow.skipped())
    first = _first(rule, some[0].day)
    if first is None and not added:
        return []
    begins = _at(rule, first) if first else _there(rule, added.pop(0))
    whole = _event(follow, meeting, t, now, begins, named=named)
    if first and (recurs := _recurs(rule)):
        whole.add("rrule", vRecur(recurs))
    if added:
        whole.add("rdate", [_there(rule, one) for one in added])
    gone = {day for day, to in rule.exceptions.items() if to is None} | follow.skipped()
    for day in sorted(one for one in gone if first and one >= first and is_regular(rule, one)):
        whole.add("exdate", _at(rule, day))
    return [whole, *(_override(follow, meeting, t, now, rule, day, to, named=named) for day, to in moved.items())]


def _first(rule: Rule, day: date) -> date | None:
    """The date of the rule that a calendar counts from: this one, else the last before it, else the next."""
    before = list(takewhile(lambda one: one <= day, dates(rule, day - _BACK)))
    return before[-1] if before else next(dates(rule, day), None)


def _override(
    follow: Follow, meeting: Meeting, t: Texts, now: datetime, rule: Rule, day: date, to: datetime, *, named: bool
) -> Event:
    event = _event(follow, meeting, t, now, _there(rule, to), named=named)
    event.add("recurrence-id", _at(rule, day))
    return event


def _event(follow: Follow, meeting: Meeting, t: Texts, now: datetime, start: datetime, *, named: bool) -> Event:
    event = Event()
    # for as long as it is followed, also where its list gives it another name: a calendar then replaces what it has
    event.add("uid", f"{follow.since:%Y%m%d%H%M%S}-{follow.id}@windbreak.invalid")
    event.add("dtstamp", now)
    event.add("summary", wording.name(meeting) if named else t("meeting-file.summary"))
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=meeting.minutes) if meeting.minutes else AN_HOUR)
    if named and (where := wording.place(meeting) or wording.link(meeting)):
        event.add("location", where)
    return event


def _recurs(rule: Rule) -> dict[str, object]:
    """The rule as RRULE says it; empty for what takes place once."""
    if rule.weekday is None:
        return {}
    weekday = _WEEKDAYS[rule.weekday]
    said: dict[str, object] = {"FREQ": "WEEKLY", "INTERVAL": rule.interval, "BYDAY": weekday}
    if rule.nth is not None:
        said |= {"FREQ": "MONTHLY", "BYDAY": f"{rule.nth}{weekday}"}
    if rule.until is not None:
        # UTC, and the very start of the last one: what begins on that date still takes place
        said["UNTIL"] = _at(rule, rule.until).astimezone(UTC)
    return said


def _there(rule: Rule, local: datetime) -> datetime:
    """By the clock on the wall there."""
    return local.replace(tzinfo=clock.zone(rule.zone))


def _at(rule: Rule, day: date) -> datetime:
    """The local time of the rule on a date, by the clock on the wall there: what EXDATE has to match."""
    return datetime.combine(day, rule.at, clock.zone(rule.zone))
