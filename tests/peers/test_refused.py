"""A door that is shut at any point of an alert, for whoever it is: 403 to the N-th message, for all N."""

from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import select

from bot.chat import Message, Unreachable
from bot.peers.alert import Alert, State
from tests.figures import Record
from tests.peers.stage import Stage, stage
from tests.phone import Someone

MINUTE = timedelta(minutes=1)
ASKED = "Ana asks if you are there"
TOLD = ("Nobody has answered yet", "Nothing has followed yet")


async def taps(on: Stage, who: Someone, label: str) -> None:
    """Press it, if it ever came."""
    found = (
        (bubble.id, button.press)
        for bubble in reversed(who.screen.bubbles)
        for row in bubble.message.rows
        for button in row
        if button.label == label
    )
    number, press = next(found, ("", ""))
    if press and not who.screen.blocked:
        await on.world.arrive(who.forged(press, number))


async def night(on: Stage) -> None:
    """Ben is there and writes nothing, Dee can't, Eli says nothing; and Ana is told."""
    ben, dee = on.peers["Ben"], on.peers["Dee"]
    await on.world.arrive(on.ana.forged("alert:ask:1"))
    await taps(on, on.ana, "Send to Ben")
    await on.world.wait(MINUTE)
    await taps(on, ben, "Open")
    await taps(on, ben, "I'm here")
    await on.world.wait(11 * MINUTE)
    await taps(on, dee, "Open")
    await taps(on, dee, "Can't now")
    await on.world.wait(12 * MINUTE)


def shut_at(on: Stage, at: int) -> list[Someone]:
    """Somebody shuts the door before the message that comes as number `at`. Holds them once they have."""
    met: list[Someone] = []
    numbers = count(1)
    people = {one.address: one for one in (on.ana, *on.people)}

    async def meet(address: str, message: Message) -> None:
        if not met and next(numbers) == at:
            met.append(people[address])
            people[address].screen.blocked = True
        if people[address].screen.blocked:
            raise Unreachable

    on.world.phones.before = meet
    return met


def rang(who: Someone, words: str) -> bool:
    return any(words in text for text in who.rung)


def test_a_shut_door_ends_no_alert(sqlite_url: str, tmp_path: Path, figures: Record) -> None:
    async def state(on: Stage) -> str:
        async with on.world.store.look() as session:
            return (await session.scalars(select(Alert.state).order_by(Alert.id.desc()))).first() or ""

    shut: list[str] = []
    with stage(sqlite_url, tmp_path) as on:
        for at in count(1):
            on.again()
            met = shut_at(on, at)
            on.do(night(on))
            if not met:
                break  # the night has fewer messages than that
            [gone] = met
            shut.append(gone.address.removeprefix("phone:"))
            reached = [peer for peer in on.people if peer is not gone and rang(peer, ASKED)]
            if at <= 2 and gone is on.ana:
                continue  # she had not pressed Send, or could not
            assert len(reached) + (gone in on.people) == len(on.people), f"message {at}: somebody was never asked"
            assert on.do(state(on)) == State.TOLD, f"message {at}"
            if gone is not on.ana:
                assert any(rang(on.ana, words) for words in TOLD), f"message {at}: she was never told"
    figures(f"a shut door at {len(shut)} messages: {shut}")
    assert {"ana", "ben", "dee", "eli"} <= set(shut)
