"""Something of ours is broken in the middle of an alert: it is tried again soon, and its sender is told."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox
from bot.chat import Button, Lane, Message, Rows
from bot.feature import Occasion
from bot.outbox import Notification, Outcome
from bot.peers import status
from bot.peers.alert import OPEN, Alert, State
from bot.people import Person

KIND = "alert-broken"

RETRY, RETRY_MOST = timedelta(seconds=1), timedelta(minutes=1)
"""When a step is tried again that could not be done: each time four times as late, up to a minute."""

SAID_AFTER = 3
"""Failed tries of one step, some five seconds in all, after which its sender reads of it."""


async def stumbled(session: AsyncSession, alert: Alert, person: Person, now: datetime) -> None:
    """A step could not be done. It is tried again soon, for as long as it takes, and soon its sender knows."""
    alert.next_at = now + min(RETRY * 4**alert.tries, RETRY_MOST)
    alert.tries += 1
    if alert.tries == SAID_AFTER:
        await _say(session, alert, person, now)


async def settled(session: AsyncSession, notification: Notification, now: datetime) -> None:
    """That nobody has answered could not be said, or not for certain: then it is said in words that need nothing."""
    alert = await session.get(Alert, notification.about, with_for_update=True, populate_existing=True)
    person = await session.get(Person, notification.person_id)
    lost = notification.outcome in (Outcome.REFUSED, Outcome.UNKNOWN)
    if lost and alert and person and alert.state == State.TOLD:
        await _say(session, alert, person, now)


async def compose(occasion: Occasion) -> Message | None:
    """That something here does not work, and who answers without it. Needs nothing but their country."""
    alert, person, t = await occasion.session.get(Alert, occasion.notification.about), occasion.person, occasion.t
    if alert is None or alert.person_id != person.id or alert.state not in OPEN:
        return None
    line = status.awake(person, t)
    copies = ((Button(t("help-copy", number=line.dial), copy=line.dial),),) if line else ()
    last = (Button(t("alert-well"), f"alert:{alert.id}:well"), Button(t("help-button"), "help"))
    rows: Rows = (*copies, last)
    return Message(f"{t('alert-broken')}\n{status.awake_line(line, t)}", rows, slot=f"alert:{alert.id}", sensitive=True)


async def _say(session: AsyncSession, alert: Alert, person: Person, now: datetime) -> None:
    alert.news += 1
    number = f"{alert.id}:{alert.news}"
    await outbox.post(session, person, KIND, number, lane=Lane.CRISIS, due_at=now, about=alert.id)
