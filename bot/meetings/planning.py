"""When somebody is reminded of what they follow: arithmetic on a rule, its followers' wishes and two zones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot import clock
from bot.meetings.model import Follow, Meeting
from bot.meetings.recurrence import Occurrence, Rule, occurrences
from bot.people import Person

GRACE = timedelta(minutes=5)
"""A reminder comes no later than this after the start."""

A_DAY = 24 * 60
LEADS = (A_DAY, 120, 30, 10)
"""Minutes before the start that can be chosen."""

LOOKED_AT = 60
"""Occurrences: more than anybody leaves out one by one."""

_FAR = timedelta(weeks=5)
"""Two zones that change their clocks on different dates are out of step for less than this."""


@dataclass(frozen=True, slots=True, order=True)
class Reminder:
    """When it is due, of which occurrence, and how many minutes before the start it is."""

    at: datetime
    lead: int
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much an occurrence comes later on somebody's own clock; negative for earlier.

    `for_now`: than it did before and will again. Else than the last one did, and so it stays.
    """

    by: timedelta
    for_now: bool


def plan(follow: Follow, meeting: Meeting, person: Person, now: datetime) -> None:
    """Work out when the next reminder is due. One that is due at this moment and not sent yet stays due."""
    after = min(now, follow.next_at - timedelta.resolution) if follow.next_at else now
    move_on(follow, meeting, person, after)


def move_on(follow: Follow, meeting: Meeting, person: Person, after: datetime) -> None:
    """Work out when the next reminder is due, strictly later than this."""
    found = coming(follow, meeting, person, after)
    follow.next_at = found.at if found else None


def coming(follow: Follow, meeting: Meeting, person: Person, after: datetime) -> Reminder | None:
    """The next reminder that is due strictly later than this. None if there is none any more."""
    after = max(after, follow.paused_until or after)
    best: Reminder | None = None
    for occurrence in wanted(follow, meeting, after):
        if best and occurrence.start - timedelta(minutes=A_DAY) >= best.at:
            break
        found = [one for one in _of(follow, meeting, person, occurrence) if one.at > after]
        best = min([*found, *([best] if best else [])], default=None)
    return best


def due(follow: Follow, meeting: Meeting, person: Person, since: datetime, now: datetime) -> list[Reminder]:
    """What fell due from then until now and is still of use: of several for one occurrence the last."""
    found: list[Reminder] = []
    for occurrence in wanted(follow, meeting, now - GRACE):
        if occurrence.start - timedelta(minutes=A_DAY) > now:
            break
        those = [one for one in _of(follow, meeting, person, occurrence) if since <= one.at <= now]
        found += those[-1:]
    return found


def wanted(follow: Follow, meeting: Meeting, after: datetime) -> Iterator[Occurrence]:
    """What starts strictly later than this and was not left out, soonest first."""
    rule = held(meeting)
    skips = follow.skipped()
    found = islice(occurrences(rule, after), LOOKED_AT) if rule else iter(())
    return (one for one in found if one.day not in skips)


def on_day(meeting: Meeting, day: date) -> Occurrence | None:
    """The occurrence that stands for this date of the rule, wherever it was moved to. None if it is not held."""
    rule = held(meeting)
    if rule is None:
        return None
    moved = rule.exceptions.get(day)
    around = clock.instant((moved.date() if moved else day) - 2 * clock.DAY, time(), clock.zone(rule.zone))
    return next((one for one in islice(occurrences(rule, around), LOOKED_AT) if one.day == day), None)


def held(meeting: Meeting) -> Rule | None:
    """Its rule while it takes place at all."""
    return None if meeting.closed or meeting.gone_at else meeting.rule()


def shift(rule: Rule, start: datetime, place: ZoneInfo) -> Shift | None:
    """Whether a change of clocks, there or here, moves this occurrence on somebody's own clock."""
    if rule.weekday is None:
        return None
    there = clock.zone(rule.zone)
    now, before, after = (_apart(start + by, there, place) for by in (timedelta(), -_FAR, _FAR))
    if before == after != now:
        return Shift(now - before, for_now=True)
    last = _apart(start - timedelta(weeks=rule.interval * (4 if rule.nth else 1)), there, place)
    return Shift(now - last, for_now=False) if now != last else None


def _apart(moment: datetime, there: ZoneInfo, here: ZoneInfo) -> timedelta:
    """How far the clocks here are ahead of those there."""
    return (moment.astimezone(here).utcoffset() or timedelta()) - (moment.astimezone(there).utcoffset() or timedelta())


def _of(follow: Follow, meeting: Meeting, person: Person, occurrence: Occurrence) -> list[Reminder]:
    """The reminders of one occurrence in their order. One that is moved on their own clock is told a day before too."""
    leads, rule = set(follow.before), meeting.rule()
    if rule and person.zone in clock.zone_names() and shift(rule, occurrence.start, clock.zone(person.zone or "")):
        leads.add(A_DAY)
    return [
        Reminder(occurrence.start - timedelta(minutes=lead), lead, occurrence) for lead in sorted(leads, reverse=True)
    ]
