"""What stands behind the neutral line of a reminder, once it is tapped: which one it is, and Join, Going, Not today."""

from datetime import date

from sqlalchemy import select

from bot import clock
from bot.chat import Button, Message, Rows
from bot.feature import LOST, Goto, Reply, Turn
from bot.meetings import afterwards, following, page, planning, rows, wording
from bot.meetings.model import Follow, Meeting, Visit
from bot.meetings.recurrence import Occurrence

GOING = ("join", "going")


async def pressed(turn: Turn) -> Reply | Goto:
    """`remind:<follow>:<date>:<what>`: the date is the rule's, and names the occurrence wherever it was moved to."""
    match turn.words:
        case (number, word, what) if day := following.day_of(word):
            found = await rows.follow(turn.session, turn.person, number)
            if found is None:
                return _message(turn, turn.t("meeting-ended"), f"remind:{number}:{word}")
            return await _answered(turn, *found, day, what)
    return Goto(LOST)


async def _answered(turn: Turn, follow: Follow, meeting: Meeting, day: date, what: str) -> Reply | Goto:
    coming = planning.on_day(meeting, day)
    slot = f"remind:{follow.id}:{day:%Y%m%d}"
    if coming is None:
        return _message(turn, turn.t("meeting-not-held"), slot)
    match what:
        case "join" | "going":
            follow.skip(day, turn.now, go=True)
            planning.plan(follow, meeting, turn.person, turn.now)
            await _goes(turn, meeting, coming)
            if what == "join":
                return Reply((page.how_to_join(turn, meeting, slot, back=f"{slot}:open"),))
            return Reply((await _opened(turn, follow, meeting, coming, going=True),))
        case "not":
            follow.skip(day, turn.now)
            planning.plan(follow, meeting, turn.person, turn.now)
            await _stays_away(turn, meeting, day)
            again = Button(turn.t("meeting-not-today.again"), f"{slot}:again")
            return _message(turn, turn.t("meeting-not-today"), slot, again)
        case "again":
            follow.skip(day, turn.now, go=True)
            planning.plan(follow, meeting, turn.person, turn.now)
        case "where":
            return Reply((page.how_to_get_there(turn, meeting, slot, back=f"{slot}:open"),))
        case "open":
            pass
        case _:
            return Goto(LOST)
    return Reply((await _opened(turn, follow, meeting, coming),))


async def _opened(turn: Turn, follow: Follow, meeting: Meeting, coming: Occurrence, *, going: bool = False) -> Message:
    t, rule, slot = turn.t, meeting.rule(), f"remind:{follow.id}:{coming.day:%Y%m%d}"
    zone = meeting.zone or "UTC"
    moved = planning.shift(rule, coming.start, clock.zone(turn.person.zone or zone)) if rule else None
    lines = [
        t("meeting-going") if going else "",
        t("meeting-opened", name=wording.name(meeting), where=_where(meeting, turn)),
        t("meeting-opened-when", when=wording.capital(wording.when(coming.start, zone, turn.person, turn.now, t))),
        wording.moved(moved, t) if moved else "",
        wording.cut(meeting.notes, wording.NOTES_MOST),
        await page.doubt(turn, meeting),
    ]
    join = Button(t("meeting-page.join"), f"{slot}:join")
    where = Button(t("meeting-page.where"), f"{slot}:where")
    buttons = [
        *([join] if wording.link(meeting) or meeting.phone else []),
        *([where] if wording.place(meeting) else []),
        *([] if going else [Button(t("meeting-opened.going"), f"{slot}:going")]),
        Button(t("meeting-note.not"), f"{slot}:not"),
    ]
    by_two = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    last = (Button(t("meeting-opened.page"), f"meeting:{meeting.id}"), Button(t("help-button"), "help"))
    return Message("\n".join(line for line in lines if line), (*by_two, last), slot=slot, sensitive=True)


def _where(meeting: Meeting, turn: Turn) -> str:
    if meeting.person_id is not None:
        return wording.place(meeting) or turn.t(f"meeting-venue.{'online' if wording.link(meeting) else 'place'}")
    return wording.where(meeting, turn.t)


def _message(turn: Turn, text: str, slot: str, *buttons: Button) -> Reply:
    last: Rows = ((*buttons, Button(turn.t("help-button"), "help")),)
    return Reply((Message(text, last, slot=slot, sensitive=True),))


async def _goes(turn: Turn, meeting: Meeting, coming: Occurrence) -> None:
    """Note that they mean to go: they are asked once, after the end."""
    query = select(Visit).where(Visit.person_id == turn.person.id, Visit.meeting_id == meeting.id)
    visit = await turn.session.scalar(query.where(Visit.day == coming.day))
    if visit is None:
        visit = Visit(person_id=turn.person.id, meeting_id=meeting.id, day=coming.day)
        turn.session.add(visit)
    if visit.went is None:
        visit.ask_at = max(afterwards.end_of(meeting, coming.start), turn.now) + afterwards.AFTER


async def _stays_away(turn: Turn, meeting: Meeting, day: date) -> None:
    """Then nobody asks whether they went."""
    query = select(Visit).where(Visit.person_id == turn.person.id, Visit.meeting_id == meeting.id, Visit.day == day)
    visit = await turn.session.scalar(query)
    if visit is not None and visit.went is None:
        await turn.session.delete(visit)
        await turn.session.flush()
