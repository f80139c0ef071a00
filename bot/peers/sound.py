"""The test of the sound: one message that arrives as an alert does, a minute later, so that the phone can be locked."""

from datetime import timedelta

from bot import outbox, people
from bot.chat import Button, Lane, Message
from bot.feature import Goto, Occasion, Reply, Turn
from bot.texts import Texts

KIND = "peer-test"
SLOT = "peer:test"
AFTER = timedelta(minutes=1)
USELESS_AFTER = timedelta(minutes=10)
"""Nobody waits for it any more."""


async def pressed(turn: Turn) -> Reply | Goto:
    """`peer:test` promises one; `heard` and `not` say whether it was."""
    t = turn.t
    if not await people.has_agreed(turn.session, turn.person, people.PEER):
        return Goto("peer:page")
    match turn.words[1:]:
        case ("heard",):
            return Reply((_page(t, "peer-test-heard", SLOT),))
        case ("not",):
            return Reply((_page(t, "peer-test-not", SLOT, Button(t("peer-test.button"), "peer:test")),))
    due_at = turn.now + AFTER
    await outbox.post(
        turn.session,
        turn.person,
        KIND,
        f"{due_at:%Y-%m-%dT%H:%M}",
        lane=Lane.REMINDER,
        due_at=due_at,
        send_before=due_at + USELESS_AFTER,
    )
    return Reply((_page(t, "peer-test", "peer"),))


async def compose(occasion: Occasion) -> Message | None:
    """What arrives. It says that it is a test, and nothing about what is tested."""
    t = occasion.t
    if not await people.has_agreed(occasion.session, occasion.person, people.PEER):
        return None
    rows = (
        (Button(t("peer-test-lock.heard"), f"{SLOT}:heard"), Button(t("peer-test-lock.not"), f"{SLOT}:not")),
        (Button(t("help-button"), "help"),),
    )
    return Message(t("peer-test-lock"), rows, slot=SLOT, neutral=True)


def _page(t: Texts, key: str, slot: str, *first: Button) -> Message:
    last = (Button(t("account-back"), "peer:page"), Button(t("help-button"), "help"))
    return Message(t(key), ((first,) if first else ()) + (last,), slot=slot)
