"""What befalls a village as a whole. Each trouble is dealt before any comes a second time."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random

from tests.worlds.answers import Answers
from tests.worlds.crowd import Deed, Villager
from tests.worlds.village import Village

NIGHT = timedelta(hours=8)
STEP = timedelta(minutes=50)
OUTAGE = timedelta(minutes=4)
BLIP = timedelta(seconds=6)
"""Shorter than people are kept waiting for a database."""

ENDS_WITHIN = 25
"""Commits and messages, before and after."""

Befalls = Callable[[], Awaitable[None]]


class Troubles:
    """A deck of them."""

    def __init__(self, village: Village, villagers: list[Villager], answers: Answers, chance: Random) -> None:
        self._village = village
        self._villagers = villagers
        self._answers = answers
        self._chance = chance
        self._deck: list[Befalls] = []

    async def befall(self) -> None:
        """The next one."""
        if not self._deck:
            self._deck = [self.restart, self.asleep, self.forward, self.back, self.outage, self.blip]
            self._chance.shuffle(self._deck)
        trouble = self._deck.pop()
        self._village.sometimes(trouble.__name__)
        await trouble()

    def end_soon(self) -> None:
        """The program is to be killed at one of the next points."""
        self._village.fate.choose(self._chance.randint(1, ENDS_WITHIN))

    async def restart(self) -> None:
        await self._village.restart()
        await self._ask(3)

    async def asleep(self) -> None:
        """The machine sleeps for a night, in the middle of which some write."""
        self._village.clock.at += NIGHT / 2
        deeds = self._askers(3)
        self._village.clock.at -= NIGHT / 2
        await self._village.sleeps(NIGHT)
        await self._answers.to(deeds)

    async def forward(self) -> None:
        await self._village.sleeps(STEP)

    async def back(self) -> None:
        await self._village.clock_is_set_back(STEP)

    async def outage(self) -> None:
        """Nobody waits for the end of it: who asks for help is helped, and who notes something is told."""
        self._village.no_database = True
        await self._answers.to([*self._askers(3), *((one, one.notes()) for one in self._some(3))])
        await self._village.wait(OUTAGE)
        self._village.no_database = False
        await self._village.wait(timedelta(seconds=5))

    async def blip(self) -> None:
        """So short that whatever was not taken comes again, and is kept."""
        self._village.outage_ends_at(self._village.clock.now() + BLIP)
        await self._answers.to([*self._askers(2), *((one, one.notes()) for one in self._some(2))])

    async def _ask(self, several: int) -> None:
        await self._answers.to(self._askers(several))

    def _askers(self, several: int) -> list[tuple[Villager, Deed]]:
        """Help is asked for by whoever it is: paused, away, erased, a stranger."""
        can = [villager for villager in self._villagers if not villager.life.blocked.open]
        return [(villager, villager.asks_for_help()) for villager in self._chance.sample(can, several)]

    def _some(self, several: int) -> list[Villager]:
        return self._chance.sample([one for one in self._villagers if one.habit == "daily"], several)
