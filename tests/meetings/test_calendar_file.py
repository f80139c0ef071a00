"""The calendar file, read back with the library and expanded by another, occurrence by occurrence over a year."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from bot import clock
from bot.meetings.calendar_file import calendar
from bot.meetings.model import Follow, Meeting
from bot.meetings.planning import wanted
from bot.meetings.recurrence import Occurrence
from bot.texts import Texts
from tests.meetings.listed import LINK, NEW_YORK, follows, listed
from tests.phone import Someone
from tests.world import World, is_set

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
A_YEAR = timedelta(days=366)

EVERY_KIND: dict[str, dict[str, Any]] = {
    "weekly over both changes of clocks": {},
    "every other week": {"interval": 2, "anchor": date(2026, 2, 26)},
    "second of the month": {"nth": 2, "weekday": 1},
    "last of every third month": {"nth": -1, "weekday": 4, "interval": 3, "anchor": date(2026, 2, 1)},
    "fifth, where there is one": {"nth": 5, "weekday": 5},
    "until a date": {"until": date(2026, 6, 18)},
    "once": {"weekday": None, "anchor": date(2026, 11, 5)},
    "at midnight on the clock of Cairo": {"zone": "Africa/Cairo", "at": time(0, 15), "weekday": 0},
    "half an hour of summer": {"zone": "Australia/Lord_Howe", "at": time(19)},
    "summer in the south": {"zone": "America/Santiago", "at": time(21), "interval": 2, "anchor": date(2026, 2, 26)},
    "cancelled and moved": {
        "exceptions": {
            "2026-03-05": None,
            "2026-03-19": "2026-03-20T11:00:00",
            "2026-11-05": "2026-11-05T08:00:00",
        }
    },
    "added before the next, and later": {
        "exceptions": {
            "2026-03-04": "2026-03-04T11:00:00",
            "2026-07-04": "2026-07-04T11:00:00",
            "2026-03-12": None,
            "2026-11-01": "2026-11-01T01:30:00",
        }
    },
    "added before every other third Thursday": {
        "nth": 3,
        "interval": 2,
        "anchor": date(2026, 2, 1),
        "exceptions": {"2026-03-03": "2026-03-03T09:00:00", "2026-03-08": "2026-03-08T06:30:00"},
    },
    "added, and the rule has not begun": {
        "first": date(2026, 5, 1),
        "exceptions": {"2026-03-04": "2026-03-04T11:00:00"},
    },
    "added, and the rule is long over": {
        "until": date(2024, 1, 1),
        "exceptions": {"2026-03-04": "2026-03-04T11:00:00", "2026-04-04": "2026-04-04T11:00:00"},
    },
    "single dates": {
        "weekday": None,
        "anchor": date(2026, 2, 5),
        "exceptions": {"2026-03-04": "2026-03-04T11:00:00", "2026-04-04": "2026-04-04T16:00:00"},
    },
}


def of(skips: str = "[]", **fields: Any) -> tuple[Follow, Meeting]:
    plain = {"zone": NEW_YORK, "at": time(16), "weekday": 3, "interval": 1, "exceptions": {}, "tags": "", "link": ""}
    meeting = Meeting(id=7, feed_id=1, name="Midnight Hope", **(plain | fields))
    meeting.venue, meeting.building, meeting.address, meeting.city = "online", "", "", ""
    return Follow(id=3, skips=skips, since=NOW), meeting


def starts(text: str) -> list[datetime]:
    """Everything that a calendar shows of this file in a year."""
    events: list[Any] = list(Calendar.from_ical(text).walk("VEVENT"))
    moved = {one["RECURRENCE-ID"].dt: one["DTSTART"].dt for one in events if "RECURRENCE-ID" in one}
    found = [start for one in events if "RECURRENCE-ID" not in one for start in expanded(one)]
    assert moved.keys() <= set(found), "each takes the place of a regular one"
    return sorted(
        start for one in found if (start := moved.get(one, one).astimezone(UTC)) > NOW and start < NOW + A_YEAR
    )


def expanded(event: Any) -> Iterator[datetime]:
    """On the wall, as RFC 5545 has it, and then on the clock of the zone."""
    first = event["DTSTART"].dt
    left_out, added = every(event, "EXDATE"), every(event, "RDATE")
    yield from sorted(added - left_out)
    if "RRULE" not in event:
        yield from [first] if first not in left_out else []
        return
    rule = event["RRULE"]
    if "UNTIL" in rule:
        rule = rule.copy()
        rule["UNTIL"] = [one.astimezone(first.tzinfo).replace(tzinfo=None) for one in rule["UNTIL"]]
    for wall in rrulestr(rule.to_ical().decode(), dtstart=first.replace(tzinfo=None)):
        start = wall.replace(tzinfo=first.tzinfo)
        if start.astimezone(UTC) > NOW + A_YEAR:
            return
        if start not in left_out:
            yield start


def every(event: Any, name: str) -> set[datetime]:
    """Every moment of a property that may stand several times."""
    found = event.get(name, [])
    return {one.dt for some in (found if isinstance(found, list) else [found]) for one in some.dts}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_calendar_shows_every_occurrence_and_no_other(kind: str) -> None:
    follow, meeting = of(**EVERY_KIND[kind])
    text = calendar([(follow, meeting)], Texts("en"), NOW, named=True)
    assert text
    ours = [one.start for one in _until(follow, meeting)]
    assert ours
    assert starts(text) == sorted(ours)
    told, ours_of = Calendar.from_ical(text).timezones[0].to_tz(lookup_tzid=False), clock.zone(meeting.zone or "")
    assert {one.astimezone(told).utcoffset() == one.astimezone(ours_of).utcoffset() for one in ours} == {True}


def test_dates_that_were_left_out_stay_out() -> None:
    follow, meeting = of(skips='["2026-03-12", "2026-11-05"]')
    text = calendar([(follow, meeting)], Texts("en"), NOW, named=True) or ""
    assert starts(text) == [one.start for one in _until(follow, meeting)]
    assert len(starts(text)) == 52 - 2


def test_an_added_date_that_was_left_out_stays_out() -> None:
    exceptions = {"2026-03-07": "2026-03-07T11:00:00", "2026-03-08": "2026-03-08T11:00:00"}
    follow, meeting = of(skips='["2026-03-07"]', exceptions=exceptions)
    text = calendar([(follow, meeting)], Texts("en"), NOW, named=True) or ""
    assert starts(text) == [one.start for one in _until(follow, meeting)]
    assert "RDATE;TZID=America/New_York:20260308T110000" in text


def _until(follow: Follow, meeting: Meeting) -> list[Occurrence]:
    return [one for one in wanted(follow, meeting, NOW) if one.start < NOW + A_YEAR]


def test_the_zone_comes_with_it_and_the_wall_clock_stays() -> None:
    text = calendar([of()], Texts("en"), NOW, named=True) or ""
    assert "BEGIN:VTIMEZONE" in text
    assert "DTSTART;TZID=America/New_York:20260305T160000" in text
    assert "RRULE:FREQ=WEEKLY" in text


def test_it_keeps_the_form_that_every_calendar_reads() -> None:
    follow, meeting = of()
    meeting.name, meeting.address = "Ünïcode; comma, back\\slash", "4 Mill Lane; " + "ñ" * 90
    text = calendar([(follow, meeting)], Texts("en"), NOW, named=True) or ""
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75, "octets, not letters"
    assert b"\n" not in b"".join(lines)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert "SUMMARY:Ünïcode\\; comma\\, back\\\\slash" in text
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (meeting.name, meeting.address)
    meeting.id = 8  # its list has given it another name
    again = calendar([(follow, meeting)], Texts("es"), NOW + A_YEAR / 2, named=False) or ""
    (later,) = Calendar.from_ical(again).walk("VEVENT")
    assert later["UID"] == event["UID"], "a second file replaces the first"


def test_without_names_it_says_nothing() -> None:
    text = calendar([of(link=LINK)], Texts("en"), NOW, named=False) or ""
    assert "SUMMARY:Appointment" in text
    assert not [word for word in ("Hope", "meet.example", "LOCATION") if word in text]


async def test_asked_for_and_sent_under_a_name_that_says_nothing(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/meetings")
    await world.arrive(ana.forged("dates:names"))
    assert not [bubble for bubble in ana.screen.bubbles if bubble.message.document]
    await follows(world, ana, await listed(world))
    await follows(world, ana, await listed(world, "Hill; top, & co", venue="place", link="", address="4 Mill Lane"))
    await world.arrive(ana.forged("follows"))
    await ana.presses("A calendar file")
    await ana.presses("With names")
    sent = [bubble.message for bubble in ana.screen.bubbles if bubble.message.document]
    assert [one.document.name for one in sent if one.document] == ["dates.ics"]
    assert sent[0].document
    events = Calendar.from_ical(sent[0].document.text).walk("VEVENT")
    assert {str(one["SUMMARY"]) for one in events} == {"Midnight Hope", "Hill; top, & co"}
    assert {str(one["LOCATION"]) for one in events} == {LINK, "4 Mill Lane"}
    await world.wait(clock.DAY)
