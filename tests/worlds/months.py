"""Days in a village: people do what they do, and one thing after the other goes wrong."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot import people
from bot.checkins import times
from bot.welcome import CONSENT
from bot.welcome.model import ANSWERED, setup_of
from tests.world import is_set
from tests.worlds.answers import Answers
from tests.worlds.chatter import EVERY, Chatter
from tests.worlds.crowd import HABITS, PLACES, Villager
from tests.worlds.ledger import Ledger
from tests.worlds.lives import DAY, Life
from tests.worlds.troubles import Troubles
from tests.worlds.village import Village

FIRST = datetime(2026, 3, 9, tzinfo=UTC)
"""Europe and New Zealand change their clocks within a month of it."""

LOOKS = (timedelta(hours=7, minutes=10), timedelta(hours=15, minutes=10), timedelta(hours=22, minutes=10))
"""When people look at their phones, in UTC: all at once, which is cheap, and at every hour of somebody's day."""

CHATTED_TO = 2

TROUBLES = (
    "lost on the way", "taken and then failing", "not taken", "429",
    "an end before a commit", "an end after a commit",
    "restart", "asleep", "forward", "back", "outage", "blip",
    "updates that had to come again", "answered from memory", "help in an outage", "a check-in that came late",
)  # fmt: skip
"""What must have happened in any week."""

REACHED = (
    *TROUBLES, "an end before a message is taken", "an end after a message was taken",
    "help late", "a day whose budget was used up",
    "travels", "pauses", "blocks", "unblocks", "erases", "comes back",
    "help when well", "help when paused", "help when away", "help when erased", "help when a stranger",
    "help when silent", "help with a question open",
)  # fmt: skip
"""What must have happened in any month."""


class Months:
    """A village and its people, for some days."""

    def __init__(self, url: str, folder: Path, seed: int) -> None:
        """Nobody is there yet."""
        self._seed = seed
        self._chance = Random(seed)
        self._chatter = Chatter()
        self.village = Village(url, folder, seed, FIRST, self._chatter.feature())
        self.sometimes = self.village.sometimes
        self.villagers = [self._somebody(number, habit) for number, habit in enumerate(HABITS)]
        self.ledger = Ledger(self.village, self.villagers)
        self.answers = Answers(self.village, self.ledger)
        self._troubles = Troubles(self.village, self.villagers, self.answers, self._chance)

    def _somebody(self, number: int, habit: str) -> Villager:
        phone = self.village.someone(f"p{number}", "es" if number % 5 == 4 else "en")
        place = PLACES[number % len(PLACES)]
        life = Life(phone.address, f"Wren{number}", place[2], FIRST, [(FIRST, place[0])])
        return Villager(phone, habit, place, life, Random(f"{self._seed}/{number}"), self.village.sometimes)

    async def live(self, days: int, passed: Callable[[int], None] = lambda day: None) -> None:
        """Day after day; `passed` hears of each. Raises AssertionError at the first wrong."""
        await self._begin()
        for day in range(days):
            when = self._chance.randrange(len(LOOKS))
            for part, at in enumerate(LOOKS):
                await self.village.go_to(FIRST + day * DAY + at + timedelta(minutes=self._chance.randrange(9)))
                self.ledger.reads()
                if part == when:
                    await self._troubles.befall()
                else:
                    self._troubles.end_soon()
                await self._looks(day, part)
            await self.village.house_is_kept()
            passed(day)
        await self._closes()

    async def _begin(self) -> None:
        """Everybody but the stranger is a member: what the set-up writes, written at once."""
        now = self.village.clock.now()
        async with self.village.store.work() as session:
            for villager in self.villagers:
                if villager.habit == "stranger":
                    continue
                person = await people.meet(session, villager.life.address, villager.phone.language, now)
                await people.agree(session, person, CONSENT, now)
                person.zone, person.country, hour = villager.place
                person.name, person.heard_at = villager.life.canary, now
                setup = await setup_of(session, person)
                setup.leave_rest()
                for step in ("city", "danger", "days"):
                    setup.close(step, ANSWERED)
                await times.set_to(session, person, hour, now)
                if villager.habit == "daily" and len(self._chatter.to) < CHATTED_TO:
                    self._chatter.to = (*self._chatter.to, person.id)
            await self._chatter.promise(session, now + EVERY)
        self.village.weather.calm = False

    async def _looks(self, day: int, part: int) -> None:
        now = self.village.clock.now()
        await self.answers.to(
            [(villager, deed) for villager in self.villagers for deed in villager.looks(day, part, now)]
        )
        gone = [one for one in self.villagers if one.life.over and now - one.life.over > 3 * DAY]
        if part == 1 and gone and self._chance.random() < 0.3:
            await self._comes_back(self._chance.choice(gone))

    async def _comes_back(self, villager: Villager) -> None:
        """Somebody who was erased goes through the set-up, as a stranger does."""
        village = self.village
        village.weather.calm = True
        village.fate.choose(0)
        villager.phone.language = "en"
        await is_set(villager.phone, name=villager.life.canary)
        now = village.clock.now()
        villager.life = Life(villager.life.address, villager.life.canary, PLACES[0][2], now, [(now, PLACES[0][0])])
        villager.life.act(now, now)
        villager.habit, villager.place = "daily", PLACES[0]
        village.weather.calm = False
        village.sometimes("comes back")
        self.ledger.begins_anew(villager)

    async def _closes(self) -> None:
        """What can only be said at the end."""
        village = self.village
        village.weather.calm = True
        village.fate.choose(0)
        await village.wait(timedelta(minutes=2))
        self.ledger.reads()
        self.ledger.knocks()
        for villager in self.villagers:
            if villager.habit != "stranger":
                self.ledger.closes(villager, village.clock.now())
        assert not self.ledger.wrong, "\n".join(self.ledger.wrong)
        assert self.answers.presses <= set(village.phones.acknowledged), "a press whose button went on spinning"
        async with village.store.work() as session:
            for villager in self.villagers:
                person, _ = await people.lock(session, villager.life.address)
                over = villager.life.over and villager.life.over <= village.clock.now()
                if villager.habit == "stranger" or over:
                    assert person is None, f"{villager.life.address} is kept"
                    continue
                assert person, f"{villager.life.address} is lost"
                heard = [
                    villager.life.canary,
                    *(one for one in villager.life.notes if one not in villager.life.unsaved),
                ]
                assert (person.name or "").split() == heard, villager.life.address
