"""What the screens of the plan share: the ways back and to help, a question that waits for words, and a last look
before something is deleted."""

from collections.abc import Sequence

from bot.chat import Button, Message, Rows
from bot.feature import Reply, Turn
from bot.texts import Texts

SLOT = "plan"
MENU = "plan:menu"

LABEL_MOST = 48
"""Letters of somebody's own words on a button that has a row to itself."""


def screen(t: Texts, text: str, rows: Rows = (), *, back: str = MENU) -> Message:
    """A screen of the plan, in the place of the one before."""
    last = (Button(t("plan-back"), back), Button(t("help-button"), "help"))
    return Message(text, (*rows, last), slot=SLOT, sensitive=True)


def for_hard_moment(t: Texts, rows: Rows = ()) -> Rows:
    """What stands below something of one's own in a hard moment."""
    ways = (Button(t("plan-do"), "hard"), Button(t("plan-talk"), "talk"))
    return (*rows, ways, (Button(t("help-button"), "help"),))


def by_two(buttons: Sequence[Button]) -> Rows:
    """Two buttons a row."""
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def short(number: int, words: str) -> str:
    """Own words as a button shows them, behind a number that makes each different."""
    label = f"{number} · {words}"
    return label if len(label) <= LABEL_MOST else f"{label[: LABEL_MOST - 1].rstrip()}…"


def ask(turn: Turn, text: str, awaited: str, *, back: str, rows: Rows = ()) -> Reply:
    """A question whose answer is typed, or sent."""
    turn.person.awaits(awaited, turn.now)
    return Reply((screen(turn.t, text, rows, back=back),))


def ask_again(turn: Turn, words: str, most: int, *, back: str) -> Reply:
    """The same once more: what came had too many letters, or none."""
    key = "plan-long" if words else "plan-empty"
    text = turn.t(key, count=str(len(words)), most=str(most))
    return ask(turn, text, turn.press, back=back)


def ask_to_delete(turn: Turn, what: str, yes: str, back: str) -> Reply:
    """A last look at what is to be deleted."""
    t = turn.t
    rows = ((Button(t("plan-delete.yes"), yes), Button(t("plan-delete.no"), back)),)
    text = f"{t('plan-delete')}\n{what}"
    return Reply((Message(text, (*rows, (Button(t("help-button"), "help"),)), slot=SLOT, sensitive=True),))


def full(turn: Turn, back: str, most: int) -> Reply:
    """There is room for so many."""
    return Reply((screen(turn.t, turn.t("plan-full", most=str(most)), back=back),))


def one_line(turn: Turn) -> str:
    """What was typed, on one line."""
    return " ".join(getattr(turn.inbound, "text", "").split())
