"""Erasing everything: now, tomorrow, or not after all. The receipt arrives although nobody is left to send it to."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, days, erasures, inbox, outbox, people
from bot.account import data
from bot.account.model import Leaving
from bot.backup import KEPT, RESTORED
from bot.chat import Button, Lane, Message
from bot.due import each
from bot.feature import Occasion, Reply, Turn, leaving
from bot.inbox import Answer
from bot.people import Person
from bot.texts import Texts

SLOT = "erase"
KIND = "leaving"
LATER = timedelta(days=1)
REMINDED = timedelta(hours=4)
"""So long before the end comes the one reminder."""


async def pressed(turn: Turn) -> Reply:
    """`erase` asks; `data`, `now`, `tomorrow` and `keep` are the answers."""
    match turn.words:
        case ("data",):
            # anew, below the files: an edit would be somewhere above them
            return Reply((*await data.files(turn), replace(await _asked(turn), slot="")))
        case ("now",):
            await leaving(turn.features, turn.session, turn.person, turn.now)
            await erasures.erase(turn.session, turn.person.id)
            return Reply((receipt(turn.session, turn.t, turn.now),))
        case ("tomorrow",):
            await _later(turn)
        case ("keep",):
            return await _kept(turn)
    return Reply((await _asked(turn),))


def receipt(session: AsyncSession, t: Texts, now: datetime) -> Message:
    """What is gone, and what is left where. It may arrive by itself, so it says nothing else."""
    text = t("erase-receipt", backups=_backups(session, t, now))
    return Message(text, ((Button(t("help-button"), "help"),),), neutral=True)


def _backups(session: AsyncSession, t: Texts, now: datetime) -> str:
    """What is left in copies. Those of PostgreSQL are made by whoever runs it, and we know nothing of their end."""
    if session.get_bind().dialect.name != "sqlite":
        return t("erase-backups-theirs")
    return t("erase-backups", day=days.dated((now + KEPT + clock.DAY).date(), t))


async def farewell(session: AsyncSession, person: Person, now: datetime) -> None:
    """Erase somebody who is not here to read the answer, and leave the receipt with the replies."""
    found = await people.lock_by_id(session, person.id)
    t = Texts(person.language)
    await leaving(session.info.get("features", ()), session, person, now)
    await erasures.erase(session, person.id)
    if found:
        await inbox.tell(session, Answer(found[1], t.language, (receipt(session, t, now),)), now)


async def _later(turn: Turn) -> None:
    session, person, now = turn.session, turn.person, turn.now
    if await session.get(Leaving, person.id):
        return
    leaving = Leaving(person_id=person.id, erase_at=now + LATER)
    session.add(leaving)
    await outbox.post(
        session,
        person,
        KIND,
        leaving.erase_at.isoformat(),
        lane=Lane.REMINDER,
        due_at=leaving.erase_at - REMINDED,
        send_before=leaving.erase_at,
    )


async def _kept(turn: Turn) -> Reply:
    leaving = await turn.session.get(Leaving, turn.person.id)
    if leaving:
        await turn.session.delete(leaving)
    rows = ((Button(turn.t("about-menu"), "home"), Button(turn.t("help-button"), "help")),)
    return Reply((Message(turn.t("erase-kept"), rows, slot=SLOT),))


async def _asked(turn: Turn) -> Message:
    t = turn.t
    await turn.session.flush()
    leaving = await turn.session.get(Leaving, turn.person.id)
    last = (Button(t("erase-keep"), "erase:keep"), Button(t("help-button"), "help"))
    if leaving:
        text = t("erase-set", when=_when(leaving.erase_at, turn.person, t))
        choices = ((Button(t("erase-data"), "erase:data"),), (Button(t("erase-now"), "erase:now"),))
        return Message(text, (*choices, last), slot=SLOT)
    # each on a row of its own: a thumb beside the mark must not lose everything
    rows = (
        (Button(t("erase-data"), "erase:data"),),
        (Button(t("erase-now"), "erase:now"),),
        (Button(t("erase-tomorrow"), "erase:tomorrow"),),
        (Button(t("erase-pause"), "checkin:pause"),),
        last,
    )
    return Message(t("erase-ask", backups=_backups(turn.session, t, turn.now)), rows, slot=SLOT)


def _when(moment: datetime, person: Person, t: Texts) -> str:
    """By the person's own clock; the zone is said where it is not known."""
    local = moment.astimezone(clock.zone(person.zone or "UTC"))
    said = f"{days.said(local.date(), t)}, {local:%-H:%M}"
    return said if person.zone else f"{said} UTC"


async def compose(occasion: Occasion) -> Message | None:
    """The one reminder, or the question after a restore, in words that anybody may read.

    None if they have changed their mind.
    """
    leaving, occurrence = await occasion.session.get(Leaving, occasion.person.id), occasion.notification.occurrence
    anew = leaving is None and occurrence.startswith(RESTORED)
    if not anew and (leaving is None or leaving.erase_at.isoformat() != occurrence):
        return None
    t = occasion.t
    rows = ((Button(t("erase-reminder.open"), "erase:show"),), (Button(t("help-button"), "help"),))
    return Message(t("erase-restored" if anew else "erase-reminder"), rows, slot=SLOT, neutral=True)


async def _over(session: AsyncSession, leaving: Leaving, person: Person, now: datetime) -> None:
    """Erase somebody whose day has come."""
    await farewell(session, person, now)


DUE = each(Leaving.erase_at, _over, batch=20)
