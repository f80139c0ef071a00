"""Who can be reached, as far as that is known before anything is sent. For every cause there is one answer."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Notification, Outcome
from bot.peers import words
from bot.peers.alert import Ask
from bot.peers.limits import SAY, Limits
from bot.peers.model import Peer
from bot.peers.quiet import NOTE, QuietNote
from bot.people import Person
from bot.texts import Texts

Away = dict[int, datetime | None]
"""Who cannot be reached at the moment; and until when, where that is quiet hours which their owner lets be named."""


async def away(session: AsyncSession, links: Sequence[Peer], now: datetime) -> Away:
    """Who of a member's people cannot be reached, by the number of the row, and never why."""
    found: Away = dict.fromkeys(await lost(session, links))
    quiet = await resting(session, [one.peer_id for one in links if one.peer_id and one.id not in found], now)
    return found | {one.id: quiet[one.peer_id] for one in links if one.peer_id in quiet}


async def lost(session: AsyncSession, links: Sequence[Peer]) -> set[int]:
    """Who of them cannot be written to at all: they have closed the door, stepped back, or are gone."""
    theirs = select(Person.id).where(
        Person.id.in_([one.peer_id for one in links if one.peer_id]), Person.unreachable_since.is_(None)
    )
    reached = set(await session.scalars(theirs))
    return {one.id for one in links if one.peer_id not in reached}


async def resting(session: AsyncSession, people: Collection[int], now: datetime) -> Away:
    """Who of these people wants nobody's alert at this moment, by their own numbers."""
    query = select(Limits, Person.zone).join(Person, Person.id == Limits.person_id).where(Limits.person_id.in_(people))
    found: Away = {}
    for row, zone in (await session.execute(query)).all():
        until = row.rests_until(zone, now)
        if until is not None:
            found[row.person_id] = until if row.night == SAY else None
        elif await _is_full(session, row, now):
            found[row.person_id] = None
    return found


def said(name: str, until: datetime | None, reader: Person, t: Texts) -> str:
    """The one sentence for every cause; or until when somebody is not to be woken, by the reader's clock."""
    if until is None:
        return t("people-gone", name=name)
    return t("people-asleep", name=name, time=words.at(until, reader))


async def full(session: AsyncSession, people: Collection[int], now: datetime) -> set[int]:
    """Who of these people was asked as often as they want to be, by everybody together."""
    rows = await session.scalars(select(Limits).where(Limits.person_id.in_(people)))
    return {row.person_id for row in rows if await _is_full(session, row, now)}


async def _is_full(session: AsyncSession, row: Limits, now: datetime) -> bool:
    """Whether as much has reached somebody as they want to get: alerts and quiet notes, and no TEST of one."""
    if row.most is None or row.days is None:
        return False
    since = now - timedelta(days=row.days)
    asked = select(func.count()).where(Ask.peer_id == row.person_id, Ask.passed_at > since)
    told = (
        select(func.count(Notification.id))
        .join(QuietNote, QuietNote.id == Notification.about)
        .where(
            Notification.person_id == row.person_id,
            Notification.kind == NOTE,
            QuietNote.round.is_not(None),
            Notification.outcome.in_((Outcome.SENT, Outcome.UNKNOWN)),
            Notification.settled_at > since,
        )
    )
    return (await session.scalar(asked) or 0) + (await session.scalar(told) or 0) >= row.most
