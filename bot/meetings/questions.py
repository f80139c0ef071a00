"""The questions about a meeting of one's own, each as it is asked; the answers go to `own`."""

from collections.abc import Callable
from datetime import date, time

from bot import clock, days
from bot.chat import Button, Message, Rows
from bot.feature import Turn
from bot.meetings import wording
from bot.meetings.model import Meeting
from bot.meetings.recurrence import LAST

DATES_OFFERED = 14
HOURS = ("12.00", "18.00", "19.00", "20.00")
NTHS = (1, 2, 3, 4, LAST)


def slot(meeting: Meeting) -> str:
    """The place on the screen that its questions take."""
    return f"own:{meeting.id}"


def today(turn: Turn, meeting: Meeting) -> date:
    return clock.day_of(turn.now, clock.zone(meeting.zone or "UTC"))


def often(turn: Turn, meeting: Meeting, key: str = "meeting-own-often") -> Message:
    t = turn.t
    how = [Button(t(f"meeting-own-often.{one}"), f"{slot(meeting)}:often:{one}") for one in OFTEN]
    return message(turn, key, _by(2, how), meeting, back="name")


def _week(turn: Turn, meeting: Meeting) -> Message:
    return weekdays(turn, meeting, "week")


def weekdays(turn: Turn, meeting: Meeting, press: str) -> Message:
    named = [wording.capital(wording.weekday_named(number, turn.t)) for number in range(7)]
    every = [Button(name, f"{slot(meeting)}:{press}:{number}") for number, name in enumerate(named)]
    return message(turn, "meeting-own-weekday", _by(2, every), meeting, back="often")


def _nths(turn: Turn, meeting: Meeting) -> Message:
    every = [Button(wording.capital(wording.nth(one, turn.t)), f"{slot(meeting)}:nth:{one}") for one in NTHS]
    return message(turn, "meeting-own-nth", _by(2, every), meeting, back="often")


def _weeks(turn: Turn, meeting: Meeting, key: str = "meeting-own-weeks") -> Message:
    return _dates(turn, meeting, "weeks", key)


def _once(turn: Turn, meeting: Meeting, key: str = "meeting-own-once") -> Message:
    return _dates(turn, meeting, "once", key)


def _dates(turn: Turn, meeting: Meeting, how: str, key: str) -> Message:
    t = turn.t
    turn.person.awaits(f"own:{how}:{meeting.id}", turn.now)
    first = today(turn, meeting)
    every = [first + ahead * clock.DAY for ahead in range(DATES_OFFERED)]
    offered = [Button(wording.capital(wording.dated(day, t)), f"{slot(meeting)}:{how}:{day:%Y%m%d}") for day in every]
    return message(turn, key, _by(2, offered), meeting, back="often")


def ask_time(turn: Turn, meeting: Meeting, key: str = "meeting-own-time") -> Message:
    t = turn.t
    turn.person.awaits(f"own:time:{meeting.id}", turn.now)
    hours = tuple(Button(f"{_hour(one):%-H:%M}", f"{slot(meeting)}:at:{one}") for one in HOURS)
    other = (Button(t("meeting-own-clock"), f"{slot(meeting)}:ask:zone"),)
    return message(turn, key, (hours, other), meeting, back="often", city=days.city(meeting.zone or "UTC", t))


def where(turn: Turn, meeting: Meeting, key: str = "meeting-own-where") -> Message:
    turn.person.awaits(f"own:where:{meeting.id}", turn.now)
    skip = (Button(turn.t("meeting-went.skip"), f"{slot(meeting)}:nowhere"),)
    return message(turn, key, (skip,), meeting, back="time")


def zone(turn: Turn, meeting: Meeting, key: str = "meeting-own-zone") -> Message:
    turn.person.awaits(f"own:zone:{meeting.id}", turn.now)
    return message(turn, key, (), meeting, back="time")


def _name(turn: Turn, meeting: Meeting, key: str = "meeting-own-name") -> Message:
    turn.person.awaits(f"own:name:{meeting.id}", turn.now)
    return message(turn, key, (), meeting, back="" if meeting.tzdata is None else "name")


def change(turn: Turn, meeting: Meeting) -> Message:
    t = turn.t
    every = [
        Button(t(f"meeting-own-change.{what}"), f"{slot(meeting)}:ask:{what}")
        for what in ("name", "often", "time", "where", "zone")
    ]
    every.append(Button(t("meeting-own-change.delete"), f"{slot(meeting)}:delete"))
    every.append(Button(t("meeting-back"), f"meeting:{meeting.id}"))
    return message(turn, "meeting-own-change", _by(2, every), meeting)


def sure(turn: Turn, meeting: Meeting) -> Message:
    t = turn.t
    row = (
        Button(t("meeting-own-delete.yes"), f"{slot(meeting)}:deleted"),
        Button(t("meeting-own-delete.no"), f"meeting:{meeting.id}"),
    )
    return message(turn, "meeting-own-delete", (row,), meeting, name=wording.name(meeting))


def _hour(word: str) -> time:
    return clock.parsed_time(word) or time()


def _by(number: int, buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + number]) for start in range(0, len(buttons), number))


def message(turn: Turn, key: str, above: Rows, meeting: Meeting, *, back: str = "", **values: str) -> Message:
    """One of them. `back` is what was asked before it; of a meeting that stands already all that can be changed."""
    t = turn.t
    before = f"{slot(meeting)}:ask:{back}" if meeting.tzdata is None else f"{slot(meeting)}:change"
    last = ((Button(t("meeting-back"), before),) if back else ()) + (Button(t("help-button"), "help"),)
    return Message(t(key, **values), (*above, last), slot=slot(meeting), sensitive=True)


Question = Callable[..., Message]

OFTEN: dict[str, Question] = {"week": _week, "weeks": _weeks, "month": _nths, "once": _once}
QUESTIONS: dict[str, Question] = {
    "name": _name,
    "often": often,
    "weeks": _weeks,
    "once": _once,
    "time": ask_time,
    "where": where,
    "zone": zone,
}
