"""A peer learns nothing but what was sent: two worlds that differ in what Ana does by herself read the same to them."""

import re
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.chat import Message
from tests.figures import Record
from tests.peers.stage import HELPS, Stage, long_arranged, stage
from tests.phone import Someone

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PAIRS = 500
NUMBER = re.compile(r"\d{6,}")

Act = Callable[[Stage], Coroutine[Any, Any, None]]


def typed(words: str) -> Act:
    async def act(on: Stage) -> None:
        await on.ana.says(words)

    return act


def pressed(*presses: str) -> Act:
    async def act(on: Stage) -> None:
        for press in presses:
            await on.world.arrive(on.ana.forged(press))

    return act


PRIVATE: tuple[Act, ...] = (
    typed("/checkin"),
    typed("/trigger"),
    typed("craving"),
    typed("I want to die"),
    typed("/slip"),
    typed("I used"),
    typed("/helpnow"),
    typed("/settings"),
    typed("/next"),
    typed("/hide"),
    typed("/mydata"),
    typed("/people"),
    typed("Zephyr"),
    pressed("people:one:1", "people:sees:1"),
    pressed("people:mute:1", "people:mute:1"),
    pressed("people:invite"),
    pressed("people:times"),
    pressed("people:gone"),
    pressed("people:remove:1", "people:one:1"),
    pressed("people:removed:3"),
    pressed("checkin:pause:week"),
    pressed("checkin:1:mood:very_low", "checkin:1:pull:9", "checkin:1:used:yes"),
    pressed("erase:tomorrow", "erase:keep"),
    pressed("settings:reader"),
    pressed("privacy:discreet"),
    pressed("sharing:open", "sharing:right"),
    pressed("data:files"),
    pressed("quiet:1", "quiet:1:days:5", "quiet:1:test"),
    pressed("quiet:stop", "quiet:what", "quiet:gone", "quiet:well"),
)
"""What Ana does by herself."""

WHEN_NOTHING_IS_SENT: tuple[Act, ...] = (
    *PRIVATE,
    pressed("people:removed:1"),
    pressed("people:removed:2"),
    pressed("people:stopped"),
    pressed("people:mute:1"),
    pressed("alert:ask:1"),
    pressed("quiet:1:off"),
    typed("/alert"),
    pressed("erase:now"),
)
"""And what would keep something from being sent: where nothing is, it must not show either."""


async def says(on: Stage, who: Someone, words: str) -> None:
    await on.world.arrive(who.typed(words))


async def nothing_is_sent(on: Stage, minute: int) -> None:
    """Ben and Dee try whatever there is to try."""
    ben, dee = on.peers["Ben"], on.peers["Dee"]
    match minute:
        case 1:
            await says(on, ben, "/helping")
            await says(on, dee, "/people")
        case 2:
            await says(on, ben, "/alert")
            await on.world.arrive(ben.forged("ask:1:here"), dee.forged("ask:2:open"))
        case 3:
            await says(on, ben, "how is Ana?")
            await on.world.arrive(ben.forged("line:end"), dee.forged("people:one:2"))
        case 4:
            await says(on, ben, "/start")
            await on.world.arrive(ben.forged("alert:1:said:open"), dee.forged("peer:settings"))
        case 5:
            await says(on, dee, "/mydata")
            await on.world.arrive(dee.forged("peer:1:yes"), ben.forged("peer:how"))
            await on.world.arrive(dee.forged("peer:quiet:set:22-7"), ben.forged("peer:most:1:1"))
            await on.world.arrive(dee.forged("peer:test"))
        case 6:
            await on.world.arrive(dee.forged("note:1:open"), ben.forged("note:1:yes"))
            await on.world.arrive(ben.forged("note:stop"))


async def somebody_answers(on: Stage, minute: int) -> None:
    """A question, an answer, a talk, and that all is well."""
    ben = on.peers["Ben"]
    match minute:
        case 1:
            await on.world.arrive(on.ana.forged("alert:ask:1"))
            await on.world.arrive(on.ana.tapped("Send to Ben"))
        case 2:
            await on.world.arrive(ben.tapped("Open"))
            await on.world.arrive(ben.tapped("I'm here"))
        case 3:
            await says(on, ben, "tell me")
        case 5:
            await says(on, on.ana, "/alert")  # she may have tidied her screen
            await on.world.arrive(on.ana.tapped("All is well now"))


async def nobody_answers(on: Stage, minute: int) -> None:
    """A question that goes from one to the next."""
    match minute:
        case 1:
            await on.world.arrive(on.ana.forged("alert:ask:1"))
            await on.world.arrive(on.ana.tapped("Send to Ben"))
        case 5:
            await on.world.arrive(on.peers["Ben"].tapped("Open"))
            await on.world.arrive(on.peers["Ben"].tapped("Can't now"))


SCRIPTS = ((nothing_is_sent, WHEN_NOTHING_IS_SENT), (somebody_answers, PRIVATE), (nobody_answers, PRIVATE))
MINUTES = 8


async def night(on: Stage, script: Callable[[Stage, int], Awaitable[None]], acts: dict[int, list[Act]]) -> None:
    """What is public happens at the full minute, what is private twenty seconds after it."""
    began = on.world.clock.now()
    for minute in range(MINUTES):
        await on.world.go_to(began + minute * MINUTE)
        await script(on, minute)
        await on.world.go_to(began + minute * MINUTE + timedelta(seconds=20))
        for act in acts.get(minute, []):
            await act(on)
    await on.world.go_to(began + MINUTES * MINUTE)


def transcript(on: Stage, who: Someone) -> list[object]:
    """Everything that stood on a screen since the curtain rose, down to what its buttons carry, and when it came.

    Numbers that are drawn by lot are told by the order of their first appearance.
    """
    drawn: dict[str, str] = {}

    def lot(text: str) -> str:
        return NUMBER.sub(lambda found: drawn.setdefault(found[0], f"#{len(drawn)}"), text)

    def read(message: Message, at: datetime) -> object:
        rows = [[(button.label, lot(button.press)) for button in row] for row in message.rows]
        document = message.document and message.document.text
        return message.text, rows, message.keyboard, lot(message.slot), message.hint, document, at

    fresh = who.screen.bubbles[on.rung[who.address] :]
    return [read(message, bubble.at) for bubble in fresh for message in (*bubble.earlier, bubble.message)]


@pytest.mark.slow
def test_what_ana_does_by_herself_changes_nothing_on_any_other_screen(
    sqlite_url: str, tmp_path: Path, figures: Record
) -> None:
    chance = Random(14)
    shown = 0
    with stage(sqlite_url, tmp_path) as on:
        others = (on.peers["Ben"], on.peers["Dee"], on.cai)
        calm: dict[object, list[list[object]]] = {}
        for script, _ in SCRIPTS:
            on.again()
            on.do(night(on, script, {}))
            calm[script] = [transcript(on, who) for who in others]
            shown += sum(map(len, calm[script]))
        for number in range(PAIRS):
            script, private = SCRIPTS[number % len(SCRIPTS)]
            talking = script is somebody_answers
            minutes = [chance.choice((0, 1, 3, 4, 6) if not talking else (0, 1, 2, 6)) for _ in range(3)]
            acts = {minute: chance.sample(private, 2) for minute in minutes}
            on.again()
            on.do(night(on, script, acts))
            for who, expected in zip(others, calm[script], strict=True):
                assert transcript(on, who) == expected, f"pair {number}: {script.__name__}, {who.address}"
    figures(f"non-interference: {PAIRS} pairs of nights, {shown} messages in the three calm ones")
    assert shown > 20


async def goes_quiet(on: Stage, day: Act, afterwards: Act) -> None:
    """One day of hers, then silence and a note. She may be back before Ben opens it."""
    began = on.world.clock.now()
    await day(on)
    await on.world.go_to(began + HOUR)
    await says(on, on.ana, "/next")
    await on.world.go_to(began + 4 * DAY)
    await afterwards(on)
    await on.world.go_to(began + 4 * DAY + HOUR)
    await on.world.arrive(on.peers["Ben"].tapped("Open"))
    await says(on, on.peers["Ben"], "/helping")


def answered(mood: str, pull: int, used: str, *words: str) -> Act:
    async def act(on: Stage) -> None:
        await says(on, on.ana, "/checkin")
        row = on.ana.screen.bubbles[-1].message.slot
        await pressed(*(f"{row}:{one}" for one in (f"mood:{mood}", f"pull:{pull}", f"used:{used}")))(on)
        for one in words:
            await says(on, on.ana, one)

    return act


def test_a_quiet_note_reads_the_same_whatever_lies_behind_the_silence(sqlite_url: str, tmp_path: Path) -> None:
    bad = answered("very_low", 9, "yes", "I want to die", "/slip", "/trigger")
    calm = answered("good", 0, "no")
    with stage(sqlite_url, tmp_path) as on:
        on.do(long_arranged(on))
        on.keep()
        read = []
        for day, afterwards in ((calm, pressed()), (bad, pressed()), (calm, bad)):
            on.again()
            on.do(goes_quiet(on, day, afterwards))
            read.append([transcript(on, who) for who in (*on.people, on.cai)])
    assert "Ana has not answered me for 2 days" in str(read[0][0])
    assert read[0] == read[1], "what was before it"
    assert read[0] == read[2], "and whether she is back"


def test_the_page_on_helping_is_the_same_before_and_after_and_for_a_stranger(sqlite_url: str, tmp_path: Path) -> None:
    with stage(sqlite_url, tmp_path) as on:
        read = {}
        for kind, who, first in (
            ("peer", on.peers["Ben"], ()),
            ("removed", on.peers["Ben"], ("people:removed:1",)),
            ("muted", on.peers["Ben"], ("people:mute:1",)),
            ("member gone", on.peers["Ben"], ("erase:now",)),
            ("stranger", on.cai, ()),
        ):
            on.again()
            on.do(pressed(*first)(on))
            on.do(on.world.arrive(who.typed("/helping")))
            message = who.screen.bubbles[-1].message
            read[kind] = message
        assert len({str(message) for message in read.values()}) == 1
        assert HELPS not in str(read)
