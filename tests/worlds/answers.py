"""Several people do something at once, and everybody has an answer when a while is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.worlds.crowd import Deed, Villager
from tests.worlds.ledger import HELP, LOCK, UNSAVED, Ledger, of, shown
from tests.worlds.village import Village

A_WHILE = timedelta(seconds=75)
"""Longer than a chat is ever told to wait, and a program takes to be up again."""

SILENT = ("block", "unblock")


@dataclass(frozen=True)
class Seen:
    """What somebody has been shown so far, counted."""

    all: int
    help: int
    lock: int
    unsaved: int

    @classmethod
    def by(cls, villager: Villager) -> "Seen":
        messages = shown(villager.phone.screen)
        return cls(len(messages), of(messages, HELP), of(messages, LOCK), of(messages, UNSAVED))


class Answers:
    """Hands over what people do, and looks whether it was answered."""

    def __init__(self, village: Village, ledger: Ledger) -> None:
        self._village = village
        self._ledger = ledger
        self.presses: set[str] = set()

    async def to(self, deeds: Sequence[tuple[Villager, Deed]]) -> None:
        """All of it in one go. Raises AssertionError where an answer is missing."""
        if not deeds:
            return
        doers = list({villager.life.address: villager for villager, _ in deeds}.values())
        before = {villager.life.address: Seen.by(villager) for villager in doers}
        for villager, deed in deeds:
            self._counts(villager, deed)
        await self._village.arrive(*(deed.raw for _, deed in deeds))
        await self._village.wait(A_WHILE)
        for villager in doers:
            theirs = [deed for one, deed in deeds if one is villager and deed.raw["kind"] not in SILENT]
            self._holds(villager, theirs, before[villager.life.address])
        self._ledger.reads()

    def _counts(self, villager: Villager, deed: Deed) -> None:
        """Where help is asked for, and what was pressed."""
        if deed.raw["kind"] == "press":
            self.presses.add(f"press-{deed.raw['number']}")
        if deed.help:
            for state in villager.states(self._village.clock.now()):
                self._village.sometimes(f"help {state}")
            if self._village.no_database:
                self._village.sometimes("help in an outage")
        if deed.raw["kind"] not in SILENT:
            # of a press the platform does not say when it was
            now = self._village.clock.now()
            pressed = deed.raw["kind"] == "press"
            at = now if pressed else datetime.fromisoformat(deed.raw["at"])
            # what was written while we slept is heard when we wake: what fell due before was decided without it
            villager.life.act(at, now if self._village.hears else None)

    def _holds(self, villager: Villager, deeds: Sequence[Deed], before: Seen) -> None:
        now = Seen.by(villager)
        who = f"{villager.life.address} ({villager.habit})"
        assert now.all - before.all >= len(deeds), f"{who}: {len(deeds)} deeds, {now.all - before.all} answers"
        helped = now.help - before.help + now.lock - before.lock
        assert helped >= sum(deed.help for deed in deeds), f"{who} has asked for help, and has none"
        if now.lock > before.lock:
            self._village.sometimes("help late", sum(deed.help for deed in deeds))
        screen = {message.text for message in shown(villager.phone.screen)}
        unheard = [deed.note for deed in deeds if deed.note and f"Heard {deed.note}." not in screen]
        held = now.lock - before.lock
        unsaved = now.unsaved - before.unsaved
        assert len(unheard) <= unsaved + held, f"{who}: {unheard} came to nothing"
        if unsaved:
            villager.life.unsaved.update(unheard)
            self._village.sometimes("answered from memory", unsaved)
