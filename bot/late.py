"""A reply that came late, opened: its words take the place of the neutral line that arrived."""

from dataclasses import replace

from bot import inbox, people
from bot.chat import Message
from bot.feature import LOST, Feature, Goto, Reply, Turn, row_number
from bot.inbox import State, Update


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
    said = turn.t("late-said", minutes=str(minutes)) if minutes > 1 else turn.t("late-said.one")
    return Reply((_in_place(row, first, said), *rest))


def _in_place(row: Update, message: Message, said: str) -> Message:
    text = f"{said}\n\n{message.text}"
    # a message with the lower keyboard can take no other's place: those are edited, and edits carry no keyboard
    return replace(message, text=text, slot="" if message.keyboard else f"late:{row.id}")


FEATURE = Feature(name="late", presses={"late": opened}, before_consent=("late",))
