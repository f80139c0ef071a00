"""Who could see what, and what can be done about it."""

from bot.account.settings import by_two
from bot.chat import Button, Message
from bot.feature import Reply, Turn

SLOT = "privacy"
A_DAY = 24
"""Hours after which a chat tidies itself, where that is wanted: well before the 48 h that Telegram allows."""


async def pressed(turn: Turn) -> Reply:
    """`privacy` shows it; `discreet` and `tidy` turn something on or off in the same message; `who` tells."""
    person = turn.person
    match turn.words:
        case ("who",):
            return Reply((_who(turn),))
        case ("discreet",):
            person.discreet = not person.discreet
        case ("tidy",):
            person.tidy_hours = None if person.tidy_hours else A_DAY
    return Reply((_shown(turn),))


def _shown(turn: Turn) -> Message:
    t, person = turn.t, turn.person
    lines = [
        t("privacy-discreet-said.on" if person.discreet else "privacy-discreet-said.off"),
        t("privacy-tidy-said.on" if person.tidy_hours else "privacy-tidy-said.off"),
        t("privacy-consent"),
    ]
    buttons = [
        Button(t("privacy-discreet.on" if person.discreet else "privacy-discreet.off"), "privacy:discreet"),
        Button(t("privacy-tidy.on" if person.tidy_hours else "privacy-tidy.off"), "privacy:tidy"),
        Button(t("privacy-now"), "tidy"),
        Button(t("privacy-who"), "privacy:who"),
        *([Button(t("privacy-stop"), "people:stop")] if turn.leads_to("people") else []),
        Button(t("privacy-data"), "data"),
        Button(t("privacy-move"), "move"),
        Button(t("privacy-erase"), "erase"),
        Button(t("help-button"), "help"),
    ]
    return Message("\n".join(lines), by_two(buttons), slot=SLOT)


def _who(turn: Turn) -> Message:
    t = turn.t
    runs = t("privacy-who-runs", operator=turn.operator) if turn.operator else t("privacy-who-nobody")
    last = (Button(t("account-back"), "privacy:show"), Button(t("help-button"), "help"))
    rows = ((Button(t("privacy-people"), "people"),), last) if turn.leads_to("people") else (last,)
    return Message("\n".join((t("privacy-who-others"), runs, t("privacy-who-telegram"))), rows, slot=SLOT)
