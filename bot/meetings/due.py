"""When a reminder is due, and its neutral line. One scan over everything that is followed; no job a meeting."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, outbox
from bot.chat import Button, Lane, Message
from bot.due import together
from bot.feature import Occasion
from bot.meetings import planning, rows
from bot.meetings.model import Follow, Meeting
from bot.meetings.planning import A_DAY, GRACE, Reminder
from bot.outbox import Promise
from bot.people import Person

KIND = "meeting"
_NAMED = {0: "today", 1: "day"}
"""What a note of a day before says, by how many dates lie between."""


async def _claimed(session: AsyncSession, found: Sequence[tuple[Follow, Person]], now: datetime) -> None:
    """Promise reminders, and move what is followed on to its next one."""
    ids = {follow.meeting_id for follow, _ in found}
    meetings = {one.id: one for one in await session.scalars(select(Meeting).where(Meeting.id.in_(ids)))}
    promises: list[Promise] = []
    for follow, person in found:
        meeting, since = meetings[follow.meeting_id], follow.next_at or now
        if person.unreachable_since is None:
            # after a long sleep only what is still ahead
            those = planning.due(follow, meeting, person, since, now)
            promises += [_promise(follow, meeting, person, one) for one in those]
        planning.move_on(follow, meeting, person, now)
    if promises:
        await outbox.post_all(session, promises)


DUE = together(Follow.next_at, _claimed)


def _promise(follow: Follow, meeting: Meeting, person: Person, one: Reminder) -> Promise:
    """Named by date and hour on the meeting's own clock: new zone data promises nothing twice, a new hour does."""
    local = one.occurrence.start.astimezone(clock.zone(meeting.zone or "UTC"))
    return outbox.promise(
        person,
        KIND,
        f"{follow.id}/{one.occurrence.day}/{one.lead}/{local:%H%M}",
        lane=Lane.REMINDER,
        due_at=one.at,
        send_before=one.occurrence.start + GRACE,
        about=follow.id,
    )


async def compose(occasion: Occasion) -> Message | None:
    """The neutral line. None if it was ended, left out, paused or is not held any more."""
    person, t, now = occasion.person, occasion.t, occasion.now
    _, word, lead, _ = occasion.notification.occurrence.split("/")
    day = date.fromisoformat(word)
    found = await rows.follow(occasion.session, person, str(occasion.notification.about))
    if found is None or person.zone is None or person.paused(now):
        return None
    follow, meeting = found
    coming = planning.on_day(meeting, day)
    if coming is None or day in follow.skipped() or (follow.paused_until and now < follow.paused_until):
        return None
    if now >= coming.start + GRACE:
        return None
    here = clock.zone(person.zone)
    hour = f"{coming.start.astimezone(here):%-H:%M}"
    days = (clock.day_of(coming.start, here) - clock.day_of(now, here)).days
    slot = f"remind:{follow.id}:{day:%Y%m%d}"
    buttons = (
        (Button(t("meeting-note.open"), f"{slot}:open"), Button(t("meeting-note.not"), f"{slot}:not")),
        (Button(t("help-button"), "help"),),
    )
    text = _line(occasion, coming.start - now, int(lead) == A_DAY, hour, days)
    return Message(text, buttons, slot=slot, neutral=True)


def _line(occasion: Occasion, ahead: timedelta, a_day_before: bool, hour: str, days: int) -> str:
    """`In 30 minutes: your 21:00.`, by the clock when it is sent."""
    t, minutes = occasion.t, round(ahead.total_seconds() / 60)
    # one that comes late may come on the day itself; and over a change of clocks a day before may be two dates before
    if a_day_before and minutes > A_DAY // 2 and days in _NAMED:
        return t(f"meeting-note.{_NAMED[days]}", hour=hour)
    if minutes >= 120 and minutes % 60 == 0:
        return t("meeting-note.hours", number=str(minutes // 60), hour=hour)
    if minutes > 1:
        return t("meeting-note.minutes", number=str(minutes), hour=hour)
    return t("meeting-note.now", hour=hour)
