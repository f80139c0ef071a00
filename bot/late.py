"""A reply that came late, opened: its words take the place of the neutral line that arrived."""

from dataclasses import replace

from bot import inbox, people
from bot.chat import Button, Message
from bot.feature import LOST, Feature, Goto, Reply, Turn, row_number
from bot.inbox import State


async def opened(turn: Turn) -> Reply | Goto:
    """Show what was held back, and say how late it was."""
    row_id = row_number(turn.words[0] if turn.words else "")
    row = await inbox.lock(turn.session, row_id, State.HELD) if row_id else None
    if row is None or row.sender != people.keys(turn.session).blind(turn.inbound.address):
        return Goto(LOST)
    answer = inbox.reply_of(turn.session, row)
    minutes = round((row.next_at - (answer.caused_at or row.received_at)).total_seconds() / 60)
    inbox.done(row)
    first, *rest = answer.messages[row.gone :]
    t, slot = turn.t, f"late:{row.id}"
    said = t("late-said", minutes=str(minutes)) if minutes > 1 else t("late-said.one")
    if _comes_anew(first):
        note = Message(said, ((Button(t("help-button"), "help"),),), slot=slot, neutral=True)
        return Reply((note, first, *rest))
    return Reply((replace(first, text=f"{said}\n\n{first.text}", slot=slot), *rest))


def _comes_anew(message: Message) -> bool:
    """Whether it can take no other's place: an edit brings no lower keyboard and no file, and pins nothing."""
    return bool(message.keyboard or message.bulky or message.pinned)


FEATURE = Feature(name="late", presses={"late": opened}, before_consent=("late",))
