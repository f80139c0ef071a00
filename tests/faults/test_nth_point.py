"""The program ends at the N-th point, for all N: before and after every commit, before and after every message taken.

Each scene is played once undisturbed, then again and again with an end at the first point, the second, … until the
scene passes without reaching one. Whatever it was, nothing is lost, and nothing comes twice but what was on its way.
"""

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot import people
from bot.chat import Ambiguous, DeliveryError, Message, NotTaken, TooFast
from bot.checkins.due import NUDGE_KIND
from bot.inbox import State, Update
from bot.outbox import Notification, Outcome
from tests.faults.copies import Prepared, copied, dropped, silently
from tests.faults.mortal import Fate, Mortal
from tests.faults.probe import PROBE
from tests.figures import Record, tell
from tests.phone import Someone
from tests.world import is_set

pytestmark = pytest.mark.faults

ENOUGH = timedelta(seconds=10)
"""Longer than any wait before another try in these scenes."""

NOTE = "Your "
NUDGE = "Still here"
"""What every check-in that comes by itself begins with."""


@dataclass
class Bench:
    """A world with Ana and Ben in it, and what the probe should have heard from each."""

    world: Mortal
    ana: Someone
    ben: Someone
    heard: dict[str, list[str]] = field(default_factory=dict)

    def hears(self, person: Someone, word: str) -> None:
        self.heard.setdefault(person.address, []).append(word)

    async def note(self, person: Someone, word: str) -> None:
        self.hears(person, word)
        await person.says(f"/note {word}")

    async def again(self, person: Someone, word: str) -> None:
        self.hears(person, f"{word}b")
        await person.presses(f"Again {word}")


Scene = Callable[[Bench], Awaitable[None]]


async def somebody_is_set_up(bench: Bench) -> None:
    """Somebody new each time, as far as the place."""
    cai = bench.world.someone(f"cai-{len(bench.world.phones.screens)}")
    await cai.starts()
    await cai.presses("I am 18 or over and agree")
    await cai.presses("Skip")
    await cai.presses("Skip")
    await cai.says("Lisbon")


async def notes_are_taken(bench: Bench) -> None:
    """Three updates in one batch, from two people, and a tap."""
    ana, ben = bench.ana, bench.ben
    batch = []
    for person, word in ((ana, "1"), (ben, "2"), (ana, "3")):
        bench.hears(person, word)
        batch.append(person.typed(f"/note {word}"))
    await bench.world.arrive(*batch)
    await bench.world.wait(ENOUGH)
    await bench.again(ana, "3")


async def a_check_in_comes_and_is_answered(bench: Bench) -> None:
    """Ana answers hers in three taps if it has come; Ben only begins to: left alone, they would cease to come."""
    before = {person.address: len(person.rung) for person in (bench.ana, bench.ben)}
    await bench.world.wait(timedelta(days=1))
    if len(bench.ben.rung) > before[bench.ben.address]:
        await bench.ben.presses("🙂 All right")
    if len(bench.ana.rung) > before[bench.ana.address]:
        for label in ("🙂 All right", "2", "No"):
            await bench.ana.presses(label)


async def help_is_asked_for(bench: Bench) -> None:
    """By the button that stays, by one under a message, and by a command."""
    await bench.ana.presses("Hard moment")
    await bench.ana.presses("Something else")
    await bench.ben.says("/helpnow")
    await bench.note(bench.ana, "6")


async def the_door_is_closed_and_opened(bench: Bench) -> None:
    """Ana blocks with an answer under way, and comes back."""
    await bench.ana.blocks()
    await bench.note(bench.ben, "7")
    await bench.ana.unblocks()
    await bench.note(bench.ana, "8")


SCENES: Sequence[Scene] = (
    somebody_is_set_up,
    notes_are_taken,
    a_check_in_comes_and_is_answered,
    help_is_asked_for,
    the_door_is_closed_and_opened,
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def prepared(template: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Prepared]:
    """Ana and Ben go through the set-up."""
    folder = tmp_path_factory.mktemp("prepared")
    url = await copied(template, folder)
    world = Mortal(url, folder, Fate(), PROBE)
    for name in ("ana", "ben"):
        await is_set(world.someone(name))
    await world.close()
    yield Prepared(url, folder, world.past)
    await dropped(url)


@pytest.fixture
async def bench(prepared: Prepared, tmp_path: Path) -> AsyncIterator[Bench]:
    """Ana and Ben are set, and nothing has gone wrong yet."""
    asyncio.get_running_loop().set_exception_handler(silently)
    url = await copied(prepared.url, tmp_path)
    shutil.copy(prepared.folder / "key", tmp_path)  # with its rights
    with Fate().watching() as fate:
        world = Mortal(url, tmp_path, fate, PROBE)
        bench = Bench(world, world.someone("ana"), world.someone("ben"))
        world.go_on_from(prepared.past)
        yield bench
        await world.close()
    await dropped(url)


@dataclass
class Seen:
    """What came onto people's screens during one play of a scene, by the role of who sees it."""

    shown: Counter[tuple[str, str]] = field(default_factory=Counter)
    rung: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __sub__(self, other: "Seen") -> "Seen":
        return Seen(self.shown - other.shown, self.rung - other.rung)


def _seen(world: Mortal) -> Seen:
    seen = Seen()
    for address, screen in world.phones.screens.items():
        role = address.partition("-")[0]
        for bubble in screen.bubbles:
            seen.shown.update((role, _timeless(one)) for one in (*bubble.earlier, bubble.message))
        seen.rung.update((role, _timeless(one)) for one in screen.rung)
    return seen


def _timeless(message: Message) -> str:
    """Its words, whatever the day and hour: each play of a scene is a little later than the one before.

    Which card a hard moment shows depends on those before it, so one stands for another.
    """
    return (
        "a card"
        if message.slot == "hard"
        else re.sub(r"\d+ (March|April|May)", "that day", re.sub(r"\d+:\d\d", "hh:mm", message.text))
    )


async def _play(bench: Bench, scene: Scene) -> Seen:
    before = _seen(bench.world)
    await scene(bench)
    await bench.world.wait(ENOUGH)
    return _seen(bench.world) - before


async def _handled_once(bench: Bench) -> None:
    """Every update is handled and closed, its content gone and its key kept; the probe heard all, once, in order."""
    async with bench.world.store.look() as session:
        rows = (await session.scalars(select(Update).order_by(Update.id))).all()
        assert sorted(row.number for row in rows) == sorted(bench.world.given)
        assert {row.state for row in rows} == {State.DONE}
        assert not [row.number for row in rows if row.sealed_raw or row.sealed_reply]
    async with bench.world.store.work() as session:
        for address, words in bench.heard.items():
            person, _ = await people.lock(session, address)
            assert person
            assert (person.name or "").split() == words
            person.name = None
    bench.heard.clear()


async def _outcomes(bench: Bench) -> dict[int, str]:
    """How each promised message ended, by its number. A soft word is left out: it goes with the check-in before it."""
    async with bench.world.store.look() as session:
        rows = (await session.scalars(select(Notification))).all()
    assert not [row.id for row in rows if row.outcome in (Outcome.WAITING, Outcome.SENDING)]
    assert len({(row.person_id, row.occurrence) for row in rows}) == len(rows)
    return {row.id: row.outcome for row in rows if row.kind != NUDGE_KIND}


def _roles(bench: Bench, numbers: set[int]) -> set[str]:
    """Whose updates these are."""
    return {bench.world.whose[number].partition("-")[0] for number in numbers}


def _notes(texts: Counter[tuple[str, str]]) -> int:
    return sum(count for (_, text), count in texts.items() if text.startswith(NOTE))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
async def test_the_program_may_end_at_any_point(bench: Bench, scene: Scene, figures: Record) -> None:
    world = bench.world
    undisturbed = await _play(bench, scene)
    known = await _outcomes(bench)
    await _handled_once(bench)
    ends: Counter[str] = Counter()
    copies = unknown = 0
    for at in count(1):
        # notes that were lost in a row are days of silence, and those thin out what comes by itself
        await bench.ben.says("/menu")
        world.fate.choose(at)
        world.open_numbers, world.on_their_way = set(), set()
        seen = await _play(bench, scene)
        if world.fate.at:
            break  # the scene has fewer points than that
        ends[world.ended] += 1
        tell(f"{scene.__name__}: point {at}, {world.ended}")
        await _handled_once(bench)
        outcomes = await _outcomes(bench)
        new = {key: outcome for key, outcome in outcomes.items() if key not in known}
        known = outcomes
        for key, outcome in new.items():
            assert outcome == Outcome.SENT or key in world.on_their_way, f"{outcome}, and was not on its way"
        unknown += sum(outcome == Outcome.UNKNOWN for outcome in new.values())

        lost, again = undisturbed.shown - seen.shown, seen.rung - undisturbed.rung
        # a note that was on its way may be lost, never doubled; with it goes what its buttons would have led to
        assert world.on_their_way or not lost, f"never shown: {lost}"
        assert not _notes(again)
        for (role, text), times in again.items():
            assert times == 1, text
            assert role in _roles(bench, world.open_numbers), f"again, and was not on its way: {text}"
        copies += again.total()
    figures(f"{ends.total()} ends {dict(ends)}, {copies} copies, {unknown} unknown")
    assert len(ends) == 4
    assert min(ends.values()) >= 2


TROUBLES: dict[str, tuple[DeliveryError, bool]] = {
    "lost before": (Ambiguous(), False),
    "lost after": (Ambiguous(), True),
    "not taken": (NotTaken(), False),
    "too fast": (TooFast(timedelta(seconds=1)), False),
}
"""What may come of a send, and whether the message was taken all the same."""


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("scene", SCENES[1:4], ids=lambda scene: scene.__name__)
async def test_any_message_may_meet_trouble(bench: Bench, scene: Scene, trouble: str, figures: Record) -> None:
    world = bench.world
    error, taken = TROUBLES[trouble]
    undisturbed = await _play(bench, scene)
    known = await _outcomes(bench)
    await _handled_once(bench)
    copies = 0
    for at in count(1):
        met = _disturb(world, at, error, taken=taken)
        seen = await _play(bench, scene)
        if not met:
            break  # the scene has fewer messages than that
        tell(f"{scene.__name__}: message {at}, {trouble}")
        await _handled_once(bench)
        outcomes = await _outcomes(bench)
        new = {outcome for key, outcome in outcomes.items() if key not in known}
        known = outcomes
        lost, again = undisturbed.shown - seen.shown, seen.rung - undisturbed.rung
        assert not _notes(again)
        if not _is_note(met[0]) or not isinstance(error, Ambiguous):
            assert not lost, f"never shown: {lost}"
            assert new <= {Outcome.SENT}
        assert set(again) <= ({(role, _timeless(message)) for role, message in met} if taken else set())
        assert again.total() <= 1
        copies += again.total()
    figures(f"{at - 1} times, {copies} copies")
    assert at >= 3


def _is_note(met: tuple[str, Message]) -> bool:
    """Whether it arrives by itself: one that may have been lost is not sent again."""
    return met[1].text.startswith((NOTE, NUDGE))


def _disturb(world: Mortal, at: int, error: DeliveryError, *, taken: bool) -> list[tuple[str, Message]]:
    """Let the message that comes as number `at` meet this trouble. Holds that message once it has."""
    met: list[tuple[str, Message]] = []
    numbers = count(1)

    async def meet(address: str, message: Message) -> None:
        if next(numbers) == at:
            met.append((address.partition("-")[0], message))
            raise error

    if taken:
        world.phones.after = meet
    else:
        world.phones.before = meet
    return met


async def test_a_note_that_may_be_lost_is_known_to_have_come_when_it_is_answered(bench: Bench) -> None:
    world, ana = bench.world, bench.ana
    _disturb(world, 1, Ambiguous(), taken=True)
    await world.wait(timedelta(days=1))
    assert sorted((await _outcomes(bench)).values()) == [Outcome.SENT, Outcome.UNKNOWN]
    for person in (ana, bench.ben):
        await person.presses("🙂 All right")
    assert list((await _outcomes(bench)).values()) == [Outcome.SENT, Outcome.SENT]


async def test_a_note_that_is_answered_while_it_is_sent_has_come(bench: Bench) -> None:
    """The platform has shown it, and its own answer takes so long that it counts as lost."""
    world, ana = bench.world, bench.ana
    hung = asyncio.Event()

    async def hang(address: str, message: Message) -> None:
        if message.text.startswith(NOTE):
            await hung.wait()
            raise Ambiguous

    world.phones.after = hang
    until = await world.settle()
    world.clock.at = until
    for _ in range(100):  # what one round promises leaves in a later one
        await world.app.step()
        if any(text.startswith(NOTE) for text in ana.rung):
            break
    await world.app.arrive([ana.tapped("🙂 All right")])
    await world.app.step()
    await world.app.turns.rest()
    hung.set()
    await world.wait(timedelta(hours=6))
    assert sorted((await _outcomes(bench)).values()) == [Outcome.SENT, Outcome.UNKNOWN]
