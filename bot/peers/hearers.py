"""Who would hear that a member has gone quiet: those of their people whom both sides want to, and who can."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.peers import ledger, reach
from bot.peers.model import Peer, people_of

NEW = timedelta(days=7)
"""How long somebody has to be one of a member's people before any such note."""


async def agreed(session: AsyncSession, link: Peer, now: datetime) -> bool:
    """Whether member and peer both want it at this moment, and nothing of it is on hold."""
    if link.peer_id is None or link.removed_at is not None or link.muted(now):
        return False
    return await ledger.holds(session, link.id, link.peer_id, ledger.QUIET, now)


async def can(session: AsyncSession, link: Peer, now: datetime) -> bool:
    """Whether it could go there: of a yes that is missing and of a door that is shut a member reads the same."""
    return await agreed(session, link, now) and not await reach.lost(session, [link])


def begins_at(link: Peer) -> datetime | None:
    """From when on one of a member's people may get it."""
    return link.confirmed_at + NEW if link.confirmed_at else None


async def of(session: AsyncSession, person_id: int, now: datetime) -> list[Peer]:
    """Whom a note would reach at this moment."""
    links = []
    for link in await people_of(session, person_id):
        begins = begins_at(link)
        if begins is not None and begins <= now and await agreed(session, link, now):
            links.append(link)
    gone = await reach.lost(session, links)
    return [link for link in links if link.id not in gone]


async def wanted(session: AsyncSession, person_id: int) -> bool:
    """Whether the member wants it for anybody."""
    query = select(ledger.Grant.id).where(
        ledger.Grant.person_id == person_id, ledger.Grant.scope == ledger.QUIET, ledger.Grant.revoked_at.is_(None)
    )
    return await session.scalar(query.limit(1)) is not None
