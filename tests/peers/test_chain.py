"""Whatever happens, in whatever order: an alert is answered, or goes on, or its sender has been told."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.chat import Message, NotTaken, Unreachable
from bot.peers import chain
from bot.peers.alert import HERE, OPEN, QUIETLY, Alert, Ask, State
from tests.figures import Record
from tests.peers.stage import Stage, stage
from tests.phone import Someone

MINUTE = timedelta(minutes=1)
TOLD = ("Nobody has answered yet", "Nothing has followed yet")
THANKED = "is told that you are there"
PARTS, NIGHTS, STEPS = 4, 143, 40
"""Twenty thousand steps in all, in parts that two processes can share."""
DEFECTIVE = 30
"""Nights after which a mistake in the chain must have shown."""

names = st.sampled_from(("Ben", "Dee", "Eli"))


class Chain(RuleBasedStateMachine):
    """A member, three peers, a clock, and everything that can go wrong between them."""

    on: ClassVar[Stage]
    seen: ClassVar[Counter[str]] = Counter()

    @initialize(how=st.sampled_from(("send", "send", "only")), pause=st.sampled_from((0, 0.2, 0.2, 6)))
    def begins(self, how: str, pause: float) -> None:
        self.on.again()
        self.down = self.sent = self.fewer = False
        self.silenced: set[int] = set()
        self.read: tuple[int, list[Alert], list[Ask]] | None = None
        self.ana_asks(how)
        self.time_passes(pause)

    def step(self, what: str) -> None:
        self.seen[what] += 1

    @rule(how=st.sampled_from(("send", "only")))
    def ana_asks(self, how: str) -> None:
        if self.tap(self.on.ana, "Ask again", "") or self.type("/alert"):
            sent = self.tap(self.on.ana, "Send to" if how == "send" else "Only", how)
            self.sent = self.sent or sent

    @rule(
        label=st.sampled_from(("Take it back", "All is well now", "It was by mistake", "Ask ", "Open", "End the talk"))
    )
    def ana_presses(self, label: str) -> None:
        self.tap(self.on.ana, label, label)

    @rule(name=names)
    def somebody_is_there(self, name: str) -> None:
        self.somebody_answers(name, "I'm here")

    @rule(name=names, label=st.sampled_from(("I'm here", "In 10 minutes", "Can't now")))
    def somebody_answers(self, name: str, label: str) -> None:
        self.tap(self.on.peers[name], "Open", "Open")
        self.tap(self.on.peers[name], label, label)

    @rule(name=names, words=st.sampled_from(("hello", "/helping", "/start")))
    def somebody_writes(self, name: str, words: str) -> None:
        self.step("writes")
        self.on.do(self.on.peers[name].says(words))

    @rule(name=names)
    def somebody_blocks(self, name: str) -> None:
        self.step("blocks")
        self.on.peers[name].screen.blocked = True

    @rule(name=names)
    def somebody_unblocks(self, name: str) -> None:
        self.on.do(self.on.peers[name].unblocks())

    @precondition(lambda self: not self.fewer)
    @rule(name=names)
    def somebody_steps_back(self, name: str) -> None:
        self.fewer = True  # one a night leaves for good, or soon nobody would be left to answer
        self.step("steps back")
        self.on.do(self.on.world.arrive(self.on.peers[name].forged("peer:back:yes")))

    @precondition(lambda self: not self.fewer)
    @rule(name=names, what=st.sampled_from(("mute", "removed")))
    def ana_changes_it(self, name: str, what: str) -> None:
        self.fewer = True
        self.step(what)
        link = {"Ben": 1, "Dee": 2, "Eli": 3}[name]
        self.silenced.add(link)
        self.on.do(self.on.world.arrive(self.on.ana.forged(f"people:{what}:{link}")))

    @rule(minutes=st.sampled_from((0.2, 1, 5, 11, 30)))
    def time_passes(self, minutes: float) -> None:
        # hundreds of tries in vain cost a second and show nothing that three do not; a long silence is a sleep
        minutes = min(minutes, 1) if self.down else minutes
        self.on.do(self.on.world.wait(minutes * MINUTE))

    @rule(hours=st.sampled_from((1, 8)))
    def the_machine_sleeps(self, hours: int) -> None:
        self.step("sleeps")
        self.on.do(self.on.world.sleeps(hours * 60 * MINUTE))

    @rule()
    def the_program_is_killed(self) -> None:
        self.step("killed")
        self.on.world.begin()

    @rule()
    def the_platform_goes_down(self) -> None:
        async def down(address: str, message: Message) -> None:
            if self.on.world.phones.screens[address].blocked:
                raise Unreachable
            raise NotTaken

        self.step("down")
        self.down, self.on.world.phones.before = True, down

    @precondition(lambda self: self.down)
    @rule()
    def the_platform_comes_back(self) -> None:
        self.down, self.on.world.phones.before = False, self.on.world.phones.after
        self.on.do(self.on.world.wait(2 * MINUTE))

    @invariant()
    def nothing_ends_silently(self) -> None:
        self.seen["steps"] += 1
        if getattr(self, "sent", False):
            self.on.do(self._holds())

    async def _holds(self) -> None:
        await self.on.world.rests()
        rows, asks = await self._written()
        assert sum(row.state in OPEN for row in rows) <= 1, "of two at once nobody would know which is answered"
        for row in rows:
            answered = any(one.answer == HERE for one in asks if one.alert_id == row.id)
            if row.state in OPEN:
                await self._goes_on(row, answered=answered)
            elif row.ended == QUIETLY:
                assert answered or self._told(), "it ended by itself, and nobody knows"
                self.seen["ended by itself"] += 1
        for ask in asks:
            # whoever was muted or removed is not to notice: they are thanked, and nothing comes of it; and of whoever
            # was there and has shut the door since, nothing more can come
            lost = ask.answer != HERE and not ask.failed and ask.link_id not in self.silenced
            assert not (lost and ask.id in self._thanked()), "somebody was thanked, and the answer is lost"

    async def _written(self) -> tuple[list[Alert], list[Ask]]:
        """Every alert and whoever was asked. Read anew only if anybody has written since: half of all steps do not."""
        units = self.on.world.store.units
        if self.read is None or self.read[0] != units:
            async with self.on.world.store.look() as session:
                rows = list(await session.scalars(select(Alert).where(Alert.state != State.DRAFT)))
                self.read = units, rows, list(await session.scalars(select(Ask)))
        return self.read[1:]

    async def _goes_on(self, row: Alert, *, answered: bool) -> None:
        now = self.on.world.clock.now()
        assert row.next_at, f"{row.state} waits for nothing"
        assert row.next_at > now, f"{row.state} was due {now - row.next_at} ago"
        if row.state == State.ANSWERED:
            assert answered
        if row.state == State.TOLD and not self.down:
            await self.on.ana.looks()
            assert self._told(), "told, and it never rang"
        self.seen[row.state] += 1

    def _told(self) -> bool:
        return any(words in text for text in self.on.ana.rung for words in TOLD)

    def _thanked(self) -> set[int]:
        """The numbers of the questions whose answer somebody was thanked for."""
        read = [bubble.message for one in self.on.people for bubble in one.screen.bubbles]
        return {int(message.slot.rpartition(":")[2]) for message in read if THANKED in message.text}

    def type(self, words: str) -> bool:
        self.on.do(self.on.ana.says(words))
        return True

    def tap(self, person: Someone, label: str, what: str) -> bool:
        """The newest button that begins so, if there is one."""
        for bubble in reversed(person.screen.bubbles):
            for button in (button for row in bubble.message.rows for button in row):
                if button.label.startswith(label) and button.press:
                    self.step(what)
                    self.on.do(self.on.world.arrive(person.forged(button.press, bubble.id)))
                    return True
        return False


def nights(of: int, part: int = 0) -> None:
    """So many nights, each with its own course of things; the same ones of a part in every run."""
    run_state_machine_as_test(
        seed(part)(Chain),
        settings=settings(
            max_examples=of,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
            report_multiple_bugs=False,
            database=None,
        ),
    )


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_an_alert_is_answered_or_goes_on_or_its_sender_is_told(
    sqlite_url: str, tmp_path: Path, figures: Record, part: int
) -> None:
    with stage(sqlite_url, tmp_path) as Chain.on:
        Chain.seen.clear()
        nights(NIGHTS, part)
    figures(f"alerts: {Chain.seen['steps']} steps in {NIGHTS} nights: {dict(Chain.seen)}")
    for what in ("asking", "answered", "told", "ended by itself", "I'm here", "blocks", "killed", "down", "sleeps"):
        assert Chain.seen[what], f"{what} never happened: it was not tested"


def forgets_its_time(patch: pytest.MonkeyPatch) -> None:
    """Somebody is asked, and nothing says when to go on."""
    ask_next = chain.ask_next

    async def asked(session: Any, person: Any, row: Alert, now: datetime) -> None:
        await ask_next(session, person, row, now)
        row.next_at = None if row.state == State.ASKING else row.next_at

    patch.setattr(chain, "ask_next", asked)


def loses_an_answer(patch: pytest.MonkeyPatch) -> None:
    """Who says that they are there is thanked, and that is all."""

    async def answered(*_: object) -> None:
        return

    patch.setattr(chain, "answered", answered)


def tells_nobody(patch: pytest.MonkeyPatch) -> None:
    """That nobody has answered is written down, and its sender is not told."""

    async def told(session: Any, person: Any, row: Alert, now: datetime) -> None:
        row.state, row.next_at = State.TOLD, now + chain.CLOSES

    patch.setattr(chain, "tell_nobody", told)


@pytest.mark.parametrize(
    ("defect", "found"),
    [
        (forgets_its_time, "waits for nothing"),
        (loses_an_answer, "the answer is lost"),
        (tells_nobody, "told, and it never rang"),
    ],
)
def test_a_mistake_in_the_chain_is_found(
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    defect: Callable[[pytest.MonkeyPatch], None],
    found: str,
) -> None:
    with stage(sqlite_url, tmp_path) as Chain.on:
        defect(monkeypatch)
        with pytest.raises(AssertionError, match=found):
            nights(DEFECTIVE)
