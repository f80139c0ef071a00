"""Where somebody who helps sets their limits: quiet hours by their own clock, and how often they may be asked."""

import re
from datetime import datetime, time

from bot import clock, people
from bot.chat import Button, Message, Rows
from bot.content import cities
from bot.feature import Goto, Reply, Turn
from bot.peers.limits import NIGHTS, REST, SAY, Limits, keep, limits_of
from bot.texts import Texts

SLOT = "peer"
OFFERED = ((22, 7), (23, 8), (0, 9))
"""Quiet hours on buttons, by the local clock. Any others can be typed."""

MOSTS = ((1, 1), (2, 1), (2, 7), (4, 7))
"""How often, in how many days."""

PLACES = 5
_TIME = re.compile(r"\d{1,2}(?:\s*[:.h]\s*\d{2})?(?:\s*[ap]\.?\s*m\b\.?)?", re.IGNORECASE)
_PRESS = re.compile(r"(\d{1,2})-(\d{1,2})")


async def pressed(turn: Turn) -> Reply | Goto:
    """`peer:quiet` asks what is not known yet, or says how it is; `peer:most` is about how often."""
    if not await people.has_agreed(turn.session, turn.person, people.PEER):
        return Goto("peer:page")
    row = await limits_of(turn.session, turn.person)
    turn.person.awaits(None, turn.now)
    message = _how_often(turn, row) if turn.words[0] == "most" else _quiet(turn, row)
    await keep(turn.session, row)
    return Reply((message,))


async def typed(turn: Turn) -> Reply | Goto:
    """Hours, or a city."""
    if not await people.has_agreed(turn.session, turn.person, people.PEER):
        return Goto("peer:page")
    row, said = await limits_of(turn.session, turn.person), getattr(turn.inbound, "text", "")
    if turn.words[-1] == "city":
        return Reply((_places(turn, said),))
    times = [at for word in _TIME.findall(said) if (at := clock.parsed_time(word))]
    if len(times) != 2 or not _set(row, *times):
        return Reply((_ask_hours(turn, row, "peer-quiet-odd"),))
    await keep(turn.session, row)
    return Reply((_next(turn, row),))


def _how_often(turn: Turn, row: Limits) -> Message:
    match turn.words[1:]:
        case ("any",):
            row.most = row.days = None
        case (most, days) if (most, days) in [(str(one), str(other)) for one, other in MOSTS]:
            row.most, row.days = int(most), int(days)
    return _most(turn.t, row)


def _quiet(turn: Turn, row: Limits) -> Message:
    match turn.words[1:]:
        case ("hours",):
            return _ask_hours(turn, row)
        case ("night",):
            return _ask_night(turn.t, row)
        case ("set", hours) if found := _PRESS.fullmatch(hours):
            _set(row, *(clock.parsed_time(hour) for hour in found.groups()))
        case ("in", zone) if "/" in zone and zone in clock.zone_names():
            row.zone = zone
        case ("night", what) if what in NIGHTS:
            row.night = what
        case ("none",):
            row.quiet_from = row.quiet_to = row.night = row.zone = None
    return _next(turn, row)


def _set(row: Limits, start: time | None, end: time | None) -> bool:
    """Take hours over. Whether they are any: from eight till eight would be all day, or never."""
    if start is None or end is None or start == end:
        return False
    row.quiet_from, row.quiet_to = start, end
    return True


def _next(turn: Turn, row: Limits) -> Message:
    """The first question that is open, or how it is."""
    if row.quiet_from is None:
        return _ask_hours(turn, row)
    if _place(turn, row) is None:
        return _ask_city(turn, "peer-quiet-city")
    return _as_it_is(turn, row) if row.night else _ask_night(turn.t, row)


def _place(turn: Turn, row: Limits) -> str | None:
    return turn.person.zone or row.zone


def _ask_hours(turn: Turn, row: Limits, key: str = "peer-quiet-ask") -> Message:
    t = turn.t
    turn.person.awaits("peer:quiet:hours", turn.now)
    offered = [
        Button(t("peer-hours", start=_hour(time(start)), end=_hour(time(end))), f"peer:quiet:set:{start}-{end}")
        for start, end in OFFERED
    ]
    none = Button(t("peer-quiet-none"), "peer:quiet:none" if row.quiet_from else "peer:page")
    return Message(t(key), (tuple(offered[:2]), (offered[2], none), _last(t)), slot=SLOT)


def _ask_city(turn: Turn, key: str) -> Message:
    turn.person.awaits("peer:quiet:city", turn.now)
    return Message(turn.t(key), (_last(turn.t),), slot=SLOT)


def _places(turn: Turn, said: str) -> Message:
    """The places that they may mean, each with the time that it is there."""
    t, found = turn.t, cities.find(said, PLACES)
    if not found:
        return _ask_city(turn, "peer-quiet-city-odd")
    turn.person.awaits("peer:quiet:city", turn.now)  # another one may be typed instead of pressing
    rows = tuple((_clock(turn.now, one.label(t.language), one.zone, t),) for one in found)
    return Message(t("peer-quiet-clock"), (*rows, _last(t)), slot=SLOT)


def _clock(now: datetime, place: str, zone: str, t: Texts) -> Button:
    return Button(
        t("place-time", place=place, time=f"{now.astimezone(clock.zone(zone)):%-H:%M}"), f"peer:quiet:in:{zone}"
    )


def _ask_night(t: Texts, row: Limits) -> Message:
    rows = tuple((Button(t(f"peer-night.{what}"), f"peer:quiet:night:{what}"),) for what in NIGHTS)
    return Message(t("peer-night", hours=_hours(row, t)), (*rows, _last(t)), slot=SLOT)


def _as_it_is(turn: Turn, row: Limits) -> Message:
    """The hours, and exactly what whoever asks would read in them."""
    t = turn.t
    lines = [t("peer-quiet-now", hours=_hours(row, t)), t(f"peer-quiet-does.{row.night}")]
    if row.night in (SAY, REST) and row.quiet_to:
        name, end = turn.person.name or t("people-somebody"), _hour(row.quiet_to)
        asleep = t("people-asleep", name=name, time=end)
        lines.append(t("peer-quiet-read", words=asleep if row.night == SAY else t("people-gone", name=name)))
    rows: Rows = (
        (Button(t("peer-quiet-change"), "peer:quiet:hours"), Button(t("peer-quiet-what"), "peer:quiet:night")),
        (Button(t("peer-quiet-none"), "peer:quiet:none"),),
        _last(t),
    )
    return Message("\n".join(lines), rows, slot=SLOT)


def _most(t: Texts, row: Limits) -> Message:
    now = f"most-{row.most}-{row.days}" if row.most else "any"
    buttons = [Button(t(f"peer-most.most-{most}-{days}"), f"peer:most:{most}:{days}") for most, days in MOSTS]
    rows = (tuple(buttons[:2]), tuple(buttons[2:]), (Button(t("peer-most.any"), "peer:most:any"),), _last(t))
    return Message(t("peer-most", now=t(f"peer-most.{now}")), rows, slot=SLOT)


def _last(t: Texts) -> tuple[Button, ...]:
    return (Button(t("account-back"), "peer:page"), Button(t("help-button"), "help"))


def _hours(row: Limits, t: Texts) -> str:
    return t("peer-hours", start=_hour(row.quiet_from or time()), end=_hour(row.quiet_to or time()))


def _hour(at: time) -> str:
    return f"{at:%-H:%M}"
