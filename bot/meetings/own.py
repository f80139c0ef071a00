"""A person's own meeting: entered in four short questions, changed and deleted. Its words are sealed with their key."""

import re
from datetime import date

from sqlalchemy import delete, func, select

from bot import clock, days
from bot.chat import Button, Message
from bot.content import cities
from bot.feature import LOST, Goto, Reply, Turn
from bot.meetings import advance, following, page, planning, questions, rows, wording
from bot.meetings.listing import Venue
from bot.meetings.model import Meeting
from bot.meetings.search import WEEKDAYS
from bot.texts import normalise

NAME_MOST = 60
WHERE_MOST = 300
CITIES_OFFERED = 5
LONGEST = 366
"""Days ahead that a date may be."""

_DATE = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})(?:\s*[./-]\s*(\d{4})?)?|(\d{4})-(\d\d)-(\d\d)")


async def pressed(turn: Turn) -> Reply | Goto:
    """`own` begins one; `own:<id>:<what>` answers a question about it, now or later."""
    if turn.person.zone is None:
        return Goto("welcome:city")
    if not turn.words:
        return await _begun(turn)
    meeting = await rows.own(turn.session, turn.person, turn.words[0])
    if meeting is None:
        return Goto(LOST)
    match turn.words[1:]:
        case ("change",):
            return Reply((questions.change(turn, meeting),))
        case ("ask", what) if what in questions.QUESTIONS:
            return Reply((questions.QUESTIONS[what](turn, meeting),))
        case ("often", how) if how in questions.OFTEN:
            return Reply((questions.OFTEN[how](turn, meeting),))
        case (("delete" | "deleted") as sure,):
            return await _deleted(turn, meeting) if sure == "deleted" else Reply((questions.sure(turn, meeting),))
    return await _set(turn, meeting)


async def _set(turn: Turn, meeting: Meeting) -> Reply | Goto:
    """An answer by a button."""
    match turn.words[1:]:
        case ("nth", nth) if nth in {str(one) for one in questions.NTHS}:
            return Reply((questions.weekdays(turn, meeting, f"month:{nth}"),))
        case ("week", weekday) if weekday in WEEKDAYS:
            _takes_place(meeting, weekday=int(weekday))
        case ("month", nth, weekday) if nth in {str(one) for one in questions.NTHS} and weekday in WEEKDAYS:
            _takes_place(meeting, weekday=int(weekday), nth=int(nth))
        case (("weeks" | "once") as how, word) if (day := following.day_of(word)) and _in_reach(turn, meeting, day):
            _on(meeting, how, day)
        case ("at", hour) if at := clock.parsed_time(hour):
            meeting.at = at
        case ("nowhere",):
            _is_at(meeting, "")
        case ("zone", zone) if "/" in zone and zone in clock.zone_names():
            meeting.zone = zone
        case _:
            return Goto(LOST)
    turn.person.awaits(None, turn.now)
    return await _on_to_the_next(turn, meeting)


async def typed(turn: Turn) -> Reply | Goto:
    """`own:<what>[:<id>]` was awaited: a name, a date, a time, a place or a city."""
    words = " ".join(getattr(turn.inbound, "text", "").split())
    if turn.words == ("name",):
        return await _named(turn, words)
    what, number = turn.words[0], turn.words[-1]
    meeting = await rows.own(turn.session, turn.person, number)
    if meeting is None:
        return Goto(LOST)
    match what:
        case "name" if 0 < len(words) <= NAME_MOST:
            meeting.own_name = words
        case "time" if at := clock.parsed_time(words):
            meeting.at = at
        case "where" if 0 < len(words) <= WHERE_MOST:
            _is_at(meeting, words)
        case "weeks" | "once" if (day := read_date(words, questions.today(turn, meeting))) and _in_reach(
            turn, meeting, day
        ):
            _on(meeting, what, day)
        case "zone":
            return await _city(turn, meeting, words)
        case _:
            return Reply((questions.QUESTIONS[what](turn, meeting, f"meeting-own-{what}-again"),))
    return await _on_to_the_next(turn, meeting)


async def _begun(turn: Turn) -> Reply:
    """A new one. What was begun before and not finished goes."""
    mine = Meeting.person_id == turn.person.id
    await turn.session.execute(delete(Meeting).where(mine, Meeting.tzdata.is_(None)))
    if (await turn.session.scalar(select(func.count()).where(mine)) or 0) >= rows.FOLLOWS_MOST:
        return _said(turn, turn.t("meeting-enough"), "own")
    turn.person.awaits("own:name", turn.now)
    last = (Button(turn.t("meeting-back"), "follows"), Button(turn.t("help-button"), "help"))
    return Reply((Message(turn.t("meeting-own-name"), (last,), slot="own"),))


async def _named(turn: Turn, words: str) -> Reply | Goto:
    if not 0 < len(words) <= NAME_MOST:
        turn.person.awaits("own:name", turn.now)
        return _said(turn, turn.t("meeting-own-name-again"), "own")
    # the clock of where they are now, for good: it does not travel with them
    meeting = Meeting(person_id=turn.person.id, zone=turn.person.zone, interval=1, exceptions={})
    turn.session.add(meeting)
    meeting.own_name = words
    await turn.session.flush()
    return await _on_to_the_next(turn, meeting)


async def _on_to_the_next(turn: Turn, meeting: Meeting) -> Reply | Goto:
    """The first question without an answer; after the last the page."""
    if meeting.weekday is None and meeting.anchor is None:
        return Reply((questions.often(turn, meeting),))
    if meeting.at is None:
        return Reply((questions.ask_time(turn, meeting),))
    if meeting.own_where is None:
        return Reply((questions.where(turn, meeting),))
    new = meeting.tzdata is None
    meeting.plan(turn.now - planning.GRACE, advance.EDITION)
    await turn.session.flush()
    follow = await rows.follow_of(turn.session, turn.person, meeting)
    if new and meeting.next_start:
        follow = await rows.begin(turn.session, turn.person, meeting, turn.now)
    if follow:
        planning.plan(follow, meeting, turn.person, turn.now)
    return Reply((await page.shown(turn, meeting, turn.t("meeting-own-kept")),))


def _takes_place(
    meeting: Meeting,
    *,
    weekday: int | None = None,
    nth: int | None = None,
    interval: int = 1,
    anchor: date | None = None,
) -> None:
    meeting.weekday, meeting.nth, meeting.interval, meeting.anchor = weekday, nth, interval, anchor


def _on(meeting: Meeting, how: str, day: date) -> None:
    if how == "once":
        _takes_place(meeting, anchor=day)
    else:
        _takes_place(meeting, weekday=day.weekday(), interval=2, anchor=day)


def _is_at(meeting: Meeting, where: str) -> None:
    meeting.own_where = where
    meeting.venue = Venue.ONLINE if wording.is_link(where) else Venue.PLACE


def _in_reach(turn: Turn, meeting: Meeting, day: date) -> bool:
    return 0 <= (day - questions.today(turn, meeting)).days <= LONGEST


def read_date(words: str, today: date) -> date | None:
    """`3 March`, `3.3.2026`, `3/3`, `2026-03-03`, `tomorrow` or `Friday`; what is not told in full is the next such.

    The day comes before its month.
    """
    ahead = days.ahead(words, today)
    if ahead is not None:
        return today + ahead * clock.DAY
    year, month, day = _numbers(words) or _named_month(words) or (0, 0, 0)
    for guess in [year] if year else [today.year, today.year + 1]:
        try:
            read = date(guess, month, day)
        except ValueError:
            continue
        if year or read >= today:
            return read
    return None


def _numbers(words: str) -> tuple[int, int, int] | None:
    """Year (0 where it is left out), month and day."""
    found = _DATE.fullmatch(words)
    if found is None:
        return None
    year, month, day = (int(found[group] or 0) for group in ((4, 5, 6) if found[4] else (3, 2, 1)))
    return year, month, day


def _named_month(words: str) -> tuple[int, int, int] | None:
    """The same by the name of the month, in any of our languages."""
    months = [days.months()[word] for word in normalise(words).split() if word in days.months()]
    numbers = [int(found) for found in re.findall(r"\d{1,4}", words)]
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        return None
    return max(numbers) if len(numbers) == 2 else 0, months[0], min(numbers)


async def _city(turn: Turn, meeting: Meeting, words: str) -> Reply | Goto:
    found = cities.find(words, CITIES_OFFERED)
    zones = list(dict.fromkeys(one.zone for one in found))
    if not zones:
        return Reply((questions.zone(turn, meeting, "meeting-own-zone-again"),))
    if len(zones) == 1:
        meeting.zone = zones[0]
        return await _on_to_the_next(turn, meeting)
    turn.person.awaits(f"own:zone:{meeting.id}", turn.now)
    offered = [Button(one.label(turn.t.language), f"{questions.slot(meeting)}:zone:{one.zone}") for one in found]
    unique = {button.press: button for button in reversed(offered)}  # of each zone the first
    each = tuple((one,) for one in reversed(unique.values()))
    return Reply((questions.message(turn, "place-which", each, meeting, back="zone"),))


async def _deleted(turn: Turn, meeting: Meeting) -> Reply:
    await turn.session.execute(delete(Meeting).where(Meeting.id == meeting.id))
    return _said(turn, turn.t("meeting-own-deleted"), questions.slot(meeting))


def _said(turn: Turn, text: str, where: str) -> Reply:
    last = (Button(turn.t("meeting-find.mine"), "follows"), Button(turn.t("help-button"), "help"))
    return Reply((Message(text, (last,), slot=where),))
