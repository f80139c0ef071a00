"""Help now: numbers for the country and what to do until help comes. From memory, on every screen."""

from bot.content import countries
from bot.feature import Feature, Reply, Turn
from bot.helpnow.numbers import show

CHOOSE = "in"


async def chosen(turn: Turn) -> Reply:
    """Keep the country that a member has just picked. The numbers are shown already."""
    words = turn.words
    if turn.agreed and len(words) > 1 and words[0] == CHOOSE and words[1] in countries.COUNTRIES:
        turn.person.country = words[1]
    return Reply()


FEATURE = Feature(
    name="helpnow",
    presses={"help": chosen},
    urgent={"help": show},
    commands={"helpnow": "help", "panic": "help", "sos": "help", "emergency": "help", "whatnow": "help"},
    listed=("helpnow",),
    buttons={"help-button": "help"},
    phrases={"help-phrases": "help"},
)
