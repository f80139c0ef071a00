"""Ten minutes that keep company: promised when they begin, so that a restart changes nothing.

One message is edited as the minutes pass. Each edit is a promise of its own that can do nothing but edit, and is
dropped when it is late. The question at the end is help: it goes in the lane of help, which never drops or waits
behind a wave, is sent again where nobody knows whether it arrived, and says the original time when it is late.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, outbox
from bot.chat import Button, Lane, Message, Rows
from bot.content import strategies
from bot.content.strategies import Breathing
from bot.cravings import pull
from bot.cravings.model import TEN_MINUTES, Try
from bot.feature import Occasion
from bot.outbox import Promise
from bot.people import Person
from bot.texts import Texts

STILL_KIND = "still-here"
TICK_KIND = "company"

TICK_WITHIN = timedelta(seconds=40)
BREATH_WITHIN = timedelta(seconds=3)
"""How late an edit may come: after that the next one says it better."""

LATE = timedelta(minutes=2)

BEGINNING = 120
"""Seconds in which "how strong is it" still asks about the beginning. Later its scale is taken for the last one."""

COUNTED_LINES = 5
"""Breaths written out for somebody whose phone reads the screen aloud."""


async def promise(session: AsyncSession, person: Person, row: Try) -> None:
    """Promise the question at the end, and the edits until then unless this person's phone is read aloud."""
    began = _began(row)
    still = outbox.promise(person, STILL_KIND, str(row.id), lane=Lane.CRISIS, due_at=began + TEN_MINUTES, about=row.id)
    ticks = [] if person.reader else [_tick(person, row, began, after) for after in _seconds(row)]
    await outbox.post_all(session, [still, *ticks])


def _tick(person: Person, row: Try, began: datetime, after: int) -> Promise:
    due = began + timedelta(seconds=after)
    return outbox.promise(
        person,
        TICK_KIND,
        f"{row.id}/{after}",
        lane=Lane.REMINDER,
        due_at=due,
        send_before=due + (BREATH_WITHIN if _breathes_at(row, after) else TICK_WITHIN),
        about=row.id,
    )


def _seconds(row: Try) -> Iterator[int]:
    """After how many seconds the message is edited: at each turn of the breath, then every minute."""
    breathing = _breathing(row)
    if breathing:
        # the first breath in stands there from the beginning
        for begin in range(0, breathing.seconds, breathing.inward + breathing.outward):
            yield from (begin, begin + breathing.inward) if begin else (breathing.inward,)
    first = breathing.seconds if breathing else 60
    yield from range(first, int(TEN_MINUTES.total_seconds()), 60)


def _breathing(row: Try) -> Breathing | None:
    strategy = strategies.get(row.strategy)
    return strategy.about.breathing if strategy else None


def _breathes_at(row: Try, after: int) -> bool:
    breathing = _breathing(row)
    return breathing is not None and after < breathing.seconds


async def still_here(occasion: Occasion) -> Message | None:
    """How is it now? None if they have said so meanwhile, or gone on to something else."""
    row = await occasion.session.get(Try, occasion.notification.about)
    if row is None:
        return None
    await outbox.forget_edits(occasion.session, occasion.person, TICK_KIND, row.id)
    if row.ended_at is not None:
        return None
    t, person, due = occasion.t, occasion.person, occasion.notification.due_at
    said = t("moment-still")
    if occasion.now - due > LATE:
        said = t("moment-still-late", time=_local(due, person)) if person.zone else t("moment-still-late.nozone")
    return how(row, person, t, f"{said} {t('moment-still.repeat')}" if occasion.notification.repeat else said)


def how(row: Try, person: Person, t: Texts, text: str) -> Message:
    """The question how it is now. Its words are neutral: it may be read by whoever sees the phone."""
    slot = f"moment:{row.id}"
    return Message(
        text,
        (*pull.rows(f"{slot}:now", person, t), (Button(t("help-button"), "help"),)),
        slot=slot,
        sensitive=True,
        neutral=True,
    )


async def tick(occasion: Occasion) -> Message | None:
    """The same message some time later. None when the ten minutes are over, one way or the other."""
    row = await occasion.session.get(Try, occasion.notification.about)
    if row is None or not row.running(occasion.now) or occasion.person.reader:
        return None
    after = int(occasion.notification.occurrence.rpartition("/")[2])
    return timer(row, occasion.person, occasion.now, occasion.t, after=after, only_edits=True)


def timer(
    row: Try, person: Person, now: datetime, t: Texts, *, after: int | None = None, only_edits: bool = False
) -> Message:
    """Until when there is nothing to decide. Asks how strong it is at the beginning, as long as that is not said.

    `after` are the seconds since it began; None: as many as the clock says.
    """
    began, slot = _began(row), f"moment:{row.id}"
    if after is None:
        after = int((now - began).total_seconds())
    until = _local(began + TEN_MINUTES, person)
    lines = [t("moment-until", time=until) if person.zone else t("moment-until.nozone")]
    lines += _going_on(row, person, after, t)
    asks: Rows = ()
    if row.pull_before is None and after < BEGINNING:
        lines.append(t("moment-before"))
        asks = pull.rows(f"{slot}:before", person, t)
    rows = (
        *asks,
        (Button(t("moment-until.easier"), f"{slot}:easier"), Button(t("moment-until.other"), f"{slot}:else")),
        (Button(t("help-button"), "help"),),
    )
    return Message("\n".join(lines), rows, slot=slot, sensitive=True, only_edits=only_edits)


def _going_on(row: Try, person: Person, after: int, t: Texts) -> list[str]:
    """What changes while the time passes: the breath, then the minutes. Read aloud, breaths are lines to follow."""
    breathing = _breathing(row)
    if breathing and person.reader:
        inward, outward = (" ".join(map(str, range(1, count + 1))) for count in (breathing.inward, breathing.outward))
        return [t("moment-breathe-counted", inward=inward, outward=outward)] * COUNTED_LINES
    if breathing and after < breathing.seconds:
        into = after % (breathing.inward + breathing.outward)
        way, count = ("in", breathing.inward) if into < breathing.inward else ("out", breathing.outward)
        return [t(f"moment-breathe.{way}", count=str(count))]
    if after < 60:
        return []
    minutes = ceil((TEN_MINUTES.total_seconds() - after) / 60)
    return [t("moment-left", minutes=str(minutes)) if minutes > 1 else t("moment-left.one")]


def alone(t: Texts) -> Message:
    """Ten minutes for somebody of whom nothing is kept: their own clock keeps them."""
    rows = (
        (Button(t("talk.do"), "hard"), Button(t("hard-moment.talk"), "talk")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t("moment-alone"), rows, sensitive=True)


def _began(row: Try) -> datetime:
    if row.started_at is None:
        raise ValueError("ten minutes that have not begun")
    return row.started_at


def _local(moment: datetime, person: Person) -> str:
    return f"{moment.astimezone(clock.zone(person.zone or 'UTC')):%-H:%M}"
