"""After the end: did you go, how is it now? Asked once, of those who said that they go. Nothing is a streak."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import budget, outbox
from bot.chat import Button, Lane, Message, Rows
from bot.due import each
from bot.feature import LOST, Goto, Occasion, Reply, Turn
from bot.meetings import planning, rows, wording
from bot.meetings.model import Meeting, Visit
from bot.outbox import Notification, Outcome
from bot.people import Person

KIND = "meeting-after"
AN_HOUR = timedelta(hours=1)
"""How long one lasts that does not say."""

AFTER = timedelta(minutes=10)
WITHIN = timedelta(hours=3)
"""How late it may still be asked: counted from the end, or from the morning after one that ended in quiet hours."""

MORNING = timedelta(minutes=30)
"""After quiet hours: whoever has a check-in as they end has that first."""

A_DAY = timedelta(days=1)

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
        night = budget.quiet_until(person, due_at)
        if night is None:
            await _ask(session, person, visit, due_at)
        elif not await _one_is_open(session, person, now):
            await _ask(session, person, visit, night + MORNING)


DUE = each(Visit.ask_at, _over)


async def _ask(session: AsyncSession, person: Person, visit: Visit, at: datetime) -> None:
    await outbox.post(
        session,
        person,
        KIND,
        str(visit.id),
        lane=Lane.CHECKIN,
        due_at=at,
        send_before=at + WITHIN,
        about=visit.id,
        unasked=True,
    )


async def _one_is_open(session: AsyncSession, person: Person, now: datetime) -> bool:
    """Whether such a question waits or stands without an answer: one that comes late is never a second one."""
    recent = Notification.outcome.in_((Outcome.SENT, Outcome.UNKNOWN)) & (Notification.settled_at > now - A_DAY)
    query = (
        select(Notification.id)
        .join(Visit, Visit.id == Notification.about)
        .where(Notification.person_id == person.id, Notification.kind == KIND, Visit.went.is_(None))
        .where(or_(Notification.outcome.in_((Outcome.WAITING, Outcome.SENDING)), recent))
    )
    return await session.scalar(query.limit(1)) is not None


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
            return Reply((await _did_you_go(turn, visit),))
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


async def _did_you_go(turn: Turn, visit: Visit) -> Message:
    """Which one it was is said: in the morning, or after two of them, that would be anybody's guess."""
    t, slot = turn.t, f"went:{visit.id}"
    answers = (Button(t("meeting-went.yes"), f"{slot}:yes"), Button(t("meeting-went.no"), f"{slot}:no"))
    lines = [await _which(turn, visit), t("meeting-went")]
    return _message(turn, "\n".join(line for line in lines if line), (answers,), slot)


async def _which(turn: Turn, visit: Visit) -> str:
    """`Midnight Hope, yesterday.` Empty where it was deleted or has no such date any more."""
    meeting = await turn.session.get(Meeting, visit.meeting_id) if visit.meeting_id else None
    coming = planning.on_day(meeting, visit.day) if meeting else None
    if meeting is None or coming is None:
        return ""
    return turn.t(
        "meeting-went-which", name=wording.name(meeting), day=wording.day(coming.start, turn.person, turn.now, turn.t)
    )


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
