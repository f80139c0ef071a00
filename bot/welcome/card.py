"""The card that stays pinned: what to do and whom to call when nothing here can answer."""

from collections.abc import Sequence

from bot import screen
from bot.chat import Message
from bot.content import helplines
from bot.feature import Occasion
from bot.people import Person
from bot.texts import Texts

KIND = "card"
SLOT = "card"


def message(person: Person, own: Sequence[str], t: Texts) -> Message:
    """The card as it should read now; `own` are the person's own lines, which stand last."""
    country = helplines.lines(person.country)
    emergency = country.first("emergency")
    crisis = next((line for kind in helplines.SOMEONE if (line := country.first(kind))), None)
    number = emergency.dial if emergency else t("help-emergency-anywhere")
    if crisis:
        numbers = t("card-numbers", emergency=number, crisis=crisis.dial)
    else:
        numbers = t("card-link", emergency=number, link=helplines.world().lines[0].dial)
    return Message("\n".join((t("card"), numbers, t("card-steps"), *own)), slot=SLOT, pinned=True)


async def compose(occasion: Occasion) -> Message | None:
    """The card anew, in its place. None where none stands: it is never a message that arrives."""
    if not await screen.pinned(occasion.session, occasion.person.id):
        return None
    return await occasion.card()
