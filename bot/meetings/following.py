"""What somebody follows: how long before they are reminded, dates left out, a pause, an end; and the list of it all."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

from babel.lists import format_list

from bot import clock, days
from bot.chat import Button, Message, Rows
from bot.feature import Goto, Reply, Turn
from bot.meetings import planning, rows, wording
from bot.meetings.model import STANDARD, Follow, Meeting
from bot.meetings.planning import LEADS

DATES = 6
"""Dates that can be left out at a time."""

WEEKS = (1, 2, 4)
"""How long a pause may be."""

AT_A_TIME = 5

_NEVER = datetime.max.replace(tzinfo=UTC)
"""Where what does not come any more stands in a list."""


async def pressed(turn: Turn, meeting: Meeting) -> Reply | None:
    """What follows `meeting:<id>:`. None: show its page as it reads now."""
    follow = await rows.follow_of(turn.session, turn.person, meeting)
    if follow is None:
        return None
    what, *rest = turn.words[1:]
    word = rest[0] if rest else ""
    _change(follow, what, word, turn.now)
    if what == "end":
        await rows.end(turn.session, follow)
        return None
    planning.plan(follow, meeting, turn.person, turn.now)
    match what:
        case "leads" | "lead":
            return Reply((_leads(turn, meeting, follow),))
        case "dates" | "date":
            return Reply((_dates(turn, meeting, follow),))
        case "pause" if not word:
            return Reply((_pause(turn, meeting),))
    return None


def _change(follow: Follow, what: str, word: str, now: datetime) -> None:
    """Set what a button sets. A forged one sets nothing."""
    if what == "lead" and word in {str(lead) for lead in LEADS}:
        _toggle(follow, int(word))
    elif what == "date" and (day := day_of(word)):
        follow.skip(day, now, go=day in follow.skipped())
    elif what == "pause" and word in {str(weeks) for weeks in WEEKS}:
        follow.paused_until = now + timedelta(weeks=int(word))
    elif what == "resume":
        follow.paused_until = None


async def mine(turn: Turn) -> Reply | Goto:
    """`follows[:<page>]`: everything they follow, the soonest first."""
    if turn.person.zone is None:
        return Goto("welcome:city")
    t = turn.t
    page = int(turn.words[0]) if turn.words and turn.words[0].isdecimal() and len(turn.words[0]) < 3 else 0
    every = sorted(await rows.follows(turn.session, turn.person), key=lambda one: _next(turn, *one) or _NEVER)
    page = min(page, max(0, len(every) - 1) // AT_A_TIME)  # something on the last may have ended since
    some = every[page * AT_A_TIME :][:AT_A_TIME]
    lines = [f"{number}. {_coming(turn, *one)}" for number, one in enumerate(some, page * AT_A_TIME + 1)]
    opens = tuple(
        (Button(f"{number}. {wording.name(meeting, 48)}", f"meeting:{meeting.id}"),)
        for number, (_, meeting) in enumerate(some, page * AT_A_TIME + 1)
    )
    turning = [Button(t("meeting-list.earlier"), f"follows:{page - 1}")] if page else []
    if len(every) > (page + 1) * AT_A_TIME:
        turning.append(Button(t("meeting-list.more"), f"follows:{page + 1}"))
    last: Rows = (
        (Button(t("meeting-mine.find"), "meetings"), Button(t("meeting-find.own"), "own")),
        *(((Button(t("meeting-mine.file"), "dates"),),) if every else ()),
        (Button(t("help-button"), "help"),),
    )
    text = "\n".join((t("meeting-mine") if some else t("meeting-mine-none"), *lines))
    buttons = tuple(row for row in (*opens, tuple(turning), *last) if row)
    return Reply((Message(text, buttons, slot="follows", sensitive=True),))


def said(follow: Follow, meeting: Meeting, turn: Turn) -> str:
    """How it is followed, on one line."""
    t = turn.t
    if follow.paused_until and follow.paused_until > turn.now:
        day = clock.day_of(follow.paused_until, clock.zone(turn.person.zone or "UTC"))
        return t("meeting-followed.paused", day=days.said(day, t))
    if follow.next_at is None:
        return t("meeting-followed.none")
    before = format_list([lead(one, turn) for one in sorted(follow.before)], locale=days.locale(t))
    return t("meeting-followed.before", before=before)


def lead(minutes: int, turn: Turn) -> str:
    """`30 minutes`."""
    return turn.t(f"meeting-lead.m{minutes}")


def buttons(turn: Turn, meeting: Meeting, follow: Follow) -> list[Button]:
    """What can be changed about following it. What takes place once has no other date."""
    rule = meeting.rule()
    t, slot = turn.t, f"meeting:{meeting.id}"
    paused = follow.paused_until is not None and follow.paused_until > turn.now
    recurs = ("dates", "resume" if paused else "pause") if rule and not rule.once else ()
    return [Button(t(f"meeting-page.{what}"), f"{slot}:{what}") for what in ("leads", *recurs, "end")]


def day_of(word: str) -> date | None:
    """The date that a button names."""
    try:
        return date.fromisoformat(word) if word.isdecimal() and len(word) == 8 else None
    except ValueError:
        return None


def _toggle(follow: Follow, minutes: int) -> None:
    """One more or one less. The last one stays: none at all is an end, and that says so."""
    chosen = follow.before ^ {minutes}
    follow.leads = " ".join(str(one) for one in sorted(chosen)) or follow.leads or STANDARD


def _leads(turn: Turn, meeting: Meeting, follow: Follow) -> Message:
    t, slot = turn.t, f"meeting:{meeting.id}"
    found = [
        Button(f"{'✓ ' if one in follow.before else ''}{wording.capital(lead(one, turn))}", f"{slot}:lead:{one}")
        for one in LEADS
    ]
    return _choices(turn, t("meeting-leads"), found, slot)


def _dates(turn: Turn, meeting: Meeting, follow: Follow) -> Message:
    t, slot = turn.t, f"meeting:{meeting.id}"
    skips = follow.skipped()
    coming = islice(planning.wanted(Follow(skips="[]"), meeting, turn.now), DATES)
    found = [
        Button(f"{'✗ ' if one.day in skips else ''}{_dated(one.start, turn)}", f"{slot}:date:{one.day:%Y%m%d}")
        for one in coming
    ]
    return _choices(turn, t("meeting-dates"), found, slot)


def _pause(turn: Turn, meeting: Meeting) -> Message:
    slot = f"meeting:{meeting.id}"
    found = [Button(turn.t(f"meeting-pause.w{weeks}"), f"{slot}:pause:{weeks}") for weeks in WEEKS]
    return _choices(turn, turn.t("meeting-pause"), found, slot)


def _choices(turn: Turn, text: str, found: list[Button], slot: str) -> Message:
    t = turn.t
    by_two = tuple(tuple(found[start : start + 2]) for start in range(0, len(found), 2))
    last = (Button(t("meeting-back"), f"{slot}:show"), Button(t("help-button"), "help"))
    return Message(text, (*by_two, last), slot=slot, sensitive=True)


def _dated(moment: datetime, turn: Turn) -> str:
    day = clock.day_of(moment, clock.zone(turn.person.zone or "UTC"))
    return wording.capital(wording.dated(day, turn.t))


def _coming(turn: Turn, follow: Follow, meeting: Meeting) -> str:
    t, start = turn.t, _next(turn, follow, meeting)
    if start is None or meeting.zone is None:
        gone = meeting.gone_at or meeting.closed
        return wording.capital(t("meeting-gone-short")) if gone else t("meeting-followed.none")
    return wording.capital(wording.when(start, meeting.zone, turn.person, turn.now, t))


def _next(turn: Turn, follow: Follow, meeting: Meeting) -> datetime | None:
    """When the next one begins that they are reminded of."""
    after = max(turn.now, follow.paused_until or turn.now)
    return next((one.start for one in planning.wanted(follow, meeting, after)), None)
