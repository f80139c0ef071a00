"""The program ends at any point of an alert: nobody is forgotten, and its sender is never left waiting.

An alert is cut into stretches. Each is played from a copy of what came before it, with an end at one of its points;
after it nobody does anything more, and it must come right by itself. That is what `kill -9` can do, at every point
where it makes a difference and none twice. test_kill.py strikes real processes, and shows that the two are the same.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.engine import sqlite_file
from bot.outbox import Notification, Outcome
from bot.peers.alert import HERE, OPEN, Alert, Ask, State
from tests.faults.copies import Prepared, copied, dropped, silently
from tests.faults.mortal import Fate, Mortal
from tests.figures import Record, tell
from tests.peers.cast import joins
from tests.phone import Someone
from tests.walk import inline
from tests.world import is_set

pytestmark = pytest.mark.faults

MINUTE = timedelta(minutes=1)
HELD = timedelta(seconds=11)
LONG_ENOUGH = 21 * MINUTE
"""For everybody to be asked, one after the other, for two of them to be asked once more, and for Ana to be told."""

BEFORE = "before"
"""What is struck: after one commit or message is the same world as before the next."""

EVERY = {"sqlite": 4, "postgresql": 16}
"""Of those every so manieth in one run, from a first one that is drawn by lot: there are two hundred, and a third of
a second goes into each. What is different on PostgreSQL is how it locks, and not where a program can end."""

ASKED, ANSWER, WELL = "Ana asks if you are there.", "An answer for you.", "Ana says all is well now. Thank you."
TOLD = ("Nobody has answered yet", "Nothing has followed yet", "Something of mine is broken")
AGAIN = "Again, in case the first one was lost: "


class Night:
    """A world in which Ana has three people, somewhere in the middle of an alert."""

    def __init__(self, world: Mortal) -> None:
        self.world = world
        self.ana, self.ben, self.dee, self.eli = (world.someone(name) for name in ("ana", "ben", "dee", "eli"))

    @property
    def peers(self) -> tuple[Someone, ...]:
        return self.ben, self.dee, self.eli


Stretch = Callable[[Night], Awaitable[None]]


async def she_sends(night: Night) -> None:
    await night.ana.presses("Send to Ben")
    await night.world.wait(HELD)


async def nobody_answers(night: Night) -> None:
    """Five minutes, and somebody is asked or Ana is told."""
    await night.world.wait(5 * MINUTE)


async def he_cannot(night: Night) -> None:
    await night.ben.presses("Open")
    await night.ben.presses("Can't now")


async def she_is_there(night: Night) -> None:
    await night.dee.presses("Open")
    await night.dee.presses("I'm here")


async def they_talk(night: Night) -> None:
    await night.dee.says("tell me")
    await night.ana.presses("Open")
    await night.ana.looks()
    await night.ana.says("it is hard")
    await night.dee.looks()


async def all_is_well(night: Night) -> None:
    await night.ana.presses("All is well now")
    await night.dee.looks()


async def he_steps_back(night: Night) -> None:
    await night.world.arrive(night.ben.forged("peer:back:yes"))


async def she_erases_herself(night: Night) -> None:
    await night.world.arrive(night.ana.forged("erase:now"))
    await night.ben.looks()


PATHS: dict[str, Sequence[Stretch]] = {
    "nobody": (she_sends, nobody_answers, nobody_answers, nobody_answers),
    "somebody": (she_sends, he_cannot, she_is_there, they_talk, all_is_well),
    "one leaves": (she_sends, he_steps_back),
    "she leaves": (she_sends, she_erases_herself),
}


class Theatre:
    """Makes nights out of those before them."""

    def __init__(self, folder: Path, fate: Fate) -> None:
        self._folder, self._fate = folder, fate
        self._kept: list[Prepared] = []

    @asynccontextmanager
    async def night(self, before: Prepared) -> AsyncIterator[Night]:
        """One that goes on from there, and is forgotten."""
        url = await copied(before.url, self._folder)
        world = Mortal(url, self._folder, self._fate)
        try:
            night = Night(world)
            world.go_on_from(before.past)
            yield night
        finally:
            await world.close()
            await dropped(url)

    async def keep(self, night: Night) -> Prepared:
        """What this night has come to. Nobody may do anything in it any more."""
        await night.world.close()
        folder = self._folder / f"kept-{len(self._kept)}"
        folder.mkdir()
        url = await copied(night.world.url, folder)
        self._kept.append(Prepared(url, folder, night.world.past))
        return self._kept[-1]

    async def close(self) -> None:
        for kept in self._kept:
            await dropped(kept.url)


async def beginning(theatre: Theatre, template: str, folder: Path) -> Prepared:
    """Ana has three people, and reads what would go to them."""
    night = Night(Mortal(await copied(template, folder), folder, Fate()))
    await is_set(night.ana, name="Ana")
    for name, peer in zip(("Ben", "Dee", "Eli"), night.peers, strict=True):
        await joins(night.ana, peer, name)
    await night.ana.says("/alert")
    first = await theatre.keep(night)
    await dropped(night.world.url)
    return first


async def comes_right(night: Night, path: str) -> str:
    """Nobody does anything more, and still nobody is forgotten. Returns how it stands."""
    async with night.world.store.look() as session:
        for row in await session.scalars(select(Alert).where(Alert.state.in_(OPEN))):
            assert row.next_at, f"{row.state} waits for nothing"
            assert row.next_at > night.world.clock.now(), f"{row.state} was due"
    await night.world.wait(LONG_ENOUGH)
    rung = {person: list(person.rung) for person in (night.ana, *night.peers)}
    _no_copy_but_marked(rung)
    async with night.world.store.look() as session:
        rows = list(await session.scalars(select(Alert)))
        asks = list(await session.scalars(select(Ask).order_by(Ask.turn)))
        waiting = await session.scalars(select(Notification.id).where(Notification.outcome == Outcome.SENDING))
        assert not list(waiting), "on its way for ever"
    asked = [peer for peer in night.peers if any(text.endswith(ASKED) for text in rung[peer])]
    if path == "she leaves" and not rows:
        assert all(any("This is closed now" in text for text in rung[peer]) for peer in asked)
        return "erased"
    [row] = rows
    if row.state == State.TOLD:
        assert any(words in text for text in rung[night.ana] for words in TOLD), "told, and it never rang"
        left = [night.ben] if path == "one leaves" else []
        assert {*asked, *left} == set(night.peers), "somebody was never asked"
    elif row.state == State.ANSWERED:
        assert any(one.answer == HERE for one in asks)
        assert any(text.endswith(ANSWER) for text in rung[night.ana])
    elif row.state == State.CLOSED:
        thanked = [peer for peer in asked if peer is not night.ben]  # he said that he can't
        assert all(any(text.endswith(WELL) for text in rung[peer]) for peer in thanked)
    return row.state


def _no_copy_but_marked(rung: dict[Someone, list[str]]) -> None:
    for person, texts in rung.items():
        times = Counter(
            text for text in texts if text in (ASKED, ANSWER, WELL) or text.startswith((*TOLD, "Ana: ", "Dee: "))
        )
        assert max(times.values(), default=1) == 1, f"{person.address} twice, and not marked: {times}"


@pytest.fixture
def quick(template: str) -> Iterator[None]:
    """SQLite without its threads."""
    with inline.sqlite() if sqlite_file(template) else nullcontext():
        yield


@pytest.mark.usefixtures("quick")
async def test_an_alert_outlives_an_end_at_any_point(template: str, tmp_path: Path, figures: Record) -> None:
    asyncio.get_running_loop().set_exception_handler(silently)
    every = EVERY["sqlite" if sqlite_file(template) else "postgresql"]
    ends: Counter[str] = Counter()
    stood: Counter[str] = Counter()
    lot = random.SystemRandom()
    with Fate().watching() as fate:
        theatre = Theatre(tmp_path, fate)
        first = await beginning(theatre, template, tmp_path)
        for name, path in PATHS.items():
            before = first
            for stretch in path:
                for at in count(lot.randint(1, every), every):
                    async with theatre.night(before) as night:
                        fate.choose(at, BEFORE)
                        await stretch(night)
                        if fate.at:
                            fate.choose(0)
                            before = await theatre.keep(night)
                            break  # the stretch has fewer points than that
                        tell(f"{name}, {stretch.__name__}: point {at}, {night.world.ended}")
                        ends[night.world.ended] += 1
                        stood[await comes_right(night, name)] += 1
        await theatre.close()
    figures(f"an alert: {ends.total()} ends {dict(ends)}; afterwards {dict(stood)}")
    assert len(ends) == 2
    assert stood[State.TOLD]
