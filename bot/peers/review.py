"""Is this still right? Asked on days 3 and 14 and then every 90 days, by a neutral line like any other."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import outbox
from bot.chat import Button, Lane, Message
from bot.due import each
from bot.feature import Occasion, Reply, Turn
from bot.peers import arranging
from bot.peers.model import Sharing, people_of, sharing_of
from bot.people import Person

KIND = "people-review"
SLOT = "sharing"
AFTER = (timedelta(days=3), timedelta(days=11), timedelta(days=90))
"""After somebody new, and after each review."""


async def begin(session: AsyncSession, person: Person, now: datetime) -> None:
    """Somebody new gets something: the reviews begin, or begin again.

    Whoever had the member's phone in hand for a minute may have added themselves: that is not left for 90 days.
    """
    sharing = await sharing_of(session, person)
    sharing.reviews, sharing.review_at = 0, now + AFTER[0]


async def pressed(turn: Turn) -> Reply:
    """`sharing` asks; `sharing:right` is the one answer that is not a screen of its own."""
    t = turn.t
    last = (Button(t("help-button"), "help"),)
    if turn.words == ("right",):
        return Reply((Message(t("people-reviewed"), (last,), slot=SLOT),))
    links = await people_of(turn.session, turn.person.id)
    names = ", ".join(link.name or "" for link in links)
    if not names:
        return Reply((Message(t("people-none"), (last,), slot=SLOT),))
    rows = (
        (Button(t("people-review.yes"), "sharing:right"), Button(t("people-review.change"), "people")),
        (Button(t("people-stop.button"), "people:stop"), *last),
    )
    hear = await arranging.names(turn, links)
    said = t("people-review-quiet", names=names, hear=hear) if hear else t("people-review", names=names)
    return Reply((Message(said, rows, slot=SLOT, sensitive=True),))


async def _review(session: AsyncSession, row: Sharing, person: Person, now: datetime) -> None:
    row.reviews += 1
    row.review_at = now + AFTER[min(row.reviews, len(AFTER) - 1)]
    if not await people_of(session, person.id):
        row.review_at = None
        return
    await outbox.post(session, person, KIND, f"{now:%Y-%m-%d}", lane=Lane.BULK, due_at=now, unasked=True)


DUE = each(Sharing.review_at, _review)


async def compose(occasion: Occasion) -> Message | None:
    """The neutral line. None with nobody left to ask about."""
    if not await people_of(occasion.session, occasion.person.id):
        return None
    t = occasion.t
    rows = ((Button(t("people-question.open"), "sharing:open"),), (Button(t("help-button"), "help"),))
    return Message(t("people-question"), rows, slot=SLOT, neutral=True)
