"""After the end: did you go, how is it now? Asked once, of those who said that they go. Nothing is a streak."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox
from bot.chat import Button, Lane, Message, Rows
from bot.due import each
from bot.feature import LOST, Goto, Occasion, Reply, Turn
from bot.meetings import planning, rows
from bot.meetings.model import Meeting, Visit
from bot.people import Person

KIND = "meeting-after"
AN_HOUR = timedelta(hours=1)
"""How long one lasts that does not say."""

AFTER = timedelta(minutes=10)
WITHIN = timedelta(hours=3)
"""How late it may still be asked. `How is it now?` is about coming home, and is no question for the next morning: what
ends in quiet hours is not asked about."""

MOODS = ("very_low", "low", "so_so", "all_right", "good")
HEAVY = ("very_low", "low")


def end_of(meeting: Meeting, start: datetime) -> datetime:
    """When it is over that begins then."""
    return start + (timedelta(minutes=meeting.minutes) if meeting.minutes else AN_HOUR)


async def _over(session: AsyncSession, visit: Visit, person: Person, now: datetime) -> None:
    due_at, visit.ask_at = visit.ask_at or now, None
    end = await _end(session, visit, person)
    if end is None or visit.went is not None:
        return
    if end + AFTER > now:
        visit.ask_at = end + AFTER  # the list has moved it since
    elif now < due_at + WITHIN:
        await outbox.post(
            session,
            person,
            KIND,
            str(visit.id),
            lane=Lane.CHECKIN,
            due_at=due_at,
            send_before=due_at + WITHIN,
            about=visit.id,
            unasked=True,
        )


DUE = each(Visit.ask_at, _over)


async def _end(session: AsyncSession, visit: Visit, person: Person) -> datetime | None:
    """When it is over as things stand. None if it was cancelled, left out or given up since they said that they go."""
    meeting = await session.get(Meeting, visit.meeting_id) if visit.meeting_id else None
    follow = await rows.follow_of(session, person, meeting) if meeting else None
    if meeting is None or follow is None or visit.day in follow.skipped():
        return None
    coming = planning.on_day(meeting, visit.day)
    return end_of(meeting, coming.start) if coming else None


async def compose(occasion: Occasion) -> Message | None:
    """The neutral line. None if it was answered already."""
    visit = await rows.visit(occasion.session, occasion.person, str(occasion.notification.about))
    if visit is None or visit.went is not None:
        return None
    t, slot = occasion.t, f"went:{visit.id}"
    last = (Button(t("meeting-note.open"), f"{slot}:open"), Button(t("help-button"), "help"))
    return Message(t("meeting-after"), (last,), slot=slot, neutral=True)


async def pressed(turn: Turn) -> Reply | Goto:
    """`went:<visit>:<what>`: an old button corrects its answer."""
    visit = await rows.visit(turn.session, turn.person, turn.words[0]) if turn.words else None
    if visit is None:
        return Goto(LOST)
    match turn.words[1:]:
        case ("open",):
            return Reply((_did_you_go(turn, visit),))
        case ("yes",):
            visit.went = True
            return Reply((_how_is_it(turn, visit),))
        case ("no",):
            visit.went, visit.mood = False, None
            return Reply((_message(turn, turn.t("meeting-went-no"), (), f"went:{visit.id}"),))
        case ("mood", mood) if mood in MOODS:
            visit.went, visit.mood = True, mood
            hard = ((Button(turn.t("hard-button"), "hard"),),) if mood in HEAVY else ()
            return Reply((_message(turn, await _counted(turn), hard, f"went:{visit.id}"),))
        case ("skip",):
            return Reply((_message(turn, await _counted(turn), (), f"went:{visit.id}"),))
    return Goto(LOST)


def _did_you_go(turn: Turn, visit: Visit) -> Message:
    t, slot = turn.t, f"went:{visit.id}"
    answers = (Button(t("meeting-went.yes"), f"{slot}:yes"), Button(t("meeting-went.no"), f"{slot}:no"))
    return _message(turn, t("meeting-went"), (answers,), slot)


def _how_is_it(turn: Turn, visit: Visit) -> Message:
    t, slot = turn.t, f"went:{visit.id}"
    moods = [Button(t(f"checkin-mood.{mood}"), f"{slot}:mood:{mood}") for mood in MOODS]
    moods.append(Button(t("meeting-went.skip"), f"{slot}:skip"))
    by_two = tuple(tuple(moods[start : start + 2]) for start in range(0, len(moods), 2))
    return _message(turn, t("meeting-went-mood"), by_two, slot)


def _message(turn: Turn, text: str, above: Rows, slot: str) -> Message:
    return Message(text, (*above, (Button(turn.t("help-button"), "help"),)), slot=slot, sensitive=True)


async def _counted(turn: Turn) -> str:
    """A plain count of all: nothing that could break."""
    await turn.session.flush()
    went = select(func.count(Visit.id)).where(Visit.person_id == turn.person.id, Visit.went.is_(True))
    return turn.t("meeting-went-yes", count=str(await turn.session.scalar(went) or 0))
