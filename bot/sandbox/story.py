"""A short story for whoever wants to see a bot that has been used: two weeks of demo people, lived through.

Nothing is written into the database. The phones are tapped, the real bot answers, and the clock moves on between.
"""

from dataclasses import dataclass
from datetime import time, timedelta

from bot.clock import RealClock, next_daily, zone
from bot.sandbox.clock import LivedClock
from bot.sandbox.phone import Phone
from bot.sandbox.server import Sandbox
from bot.texts import Texts

LENGTH = timedelta(days=14)
A_MOMENT = timedelta(seconds=4)
"""What a person takes to read and to move a finger."""
EVENING = time(19)
OPEN = timedelta(hours=1)
"""A check-in that came so lately is still unanswered, and what her last answer takes is in the past."""
LISBON = zone("Europe/Lisbon")


@dataclass(frozen=True, slots=True)
class Evening:
    """How a day went: what is tapped in the evening. `after` is how long the phone lies there first."""

    mood: str
    pull: int
    after: timedelta = timedelta(minutes=6)


DAYS = (
    Evening("low", 5),
    Evening("so_so", 3),
    Evening("low", 6, timedelta(minutes=50)),
    Evening("so_so", 4),
    None,
    Evening("all_right", 2, timedelta(hours=1)),
    Evening("all_right", 3),
    Evening("good", 1),
    Evening("low", 5),
    Evening("so_so", 4, timedelta(hours=3, minutes=20)),
    Evening("all_right", 2),
    Evening("all_right", 2),
    Evening("good", 1),
    Evening("all_right", 2, timedelta(minutes=20)),
)
"""Ana's evenings. On the fifth nobody answers, and the bot lets it be."""
HARD = 8
"""The evening with a hard moment in it."""


class Hand:
    """Somebody's finger on their phone."""

    def __init__(self, phone: Phone, clock: LivedClock, t: Texts) -> None:
        """`t` has the words on the buttons."""
        self._phone = phone
        self._clock = clock
        self._t = t

    async def starts(self) -> None:
        """Press Start."""
        self._phone.start()
        await self._clock.live(A_MOMENT)

    async def says(self, words: str) -> None:
        """Type something."""
        self._phone.say(words)
        await self._clock.live(A_MOMENT)

    async def taps(self, key: str) -> None:
        """Tap the newest button with these words, which the bot's own texts hold under this key."""
        await self.taps_words(self._t(key))

    async def taps_words(self, words: str) -> None:
        """Tap the newest button that reads so."""
        self._phone.tap(words)
        await self._clock.live(A_MOMENT)


async def tell(sandbox: Sandbox, clock: LivedClock) -> None:
    """Live through the story. Afterwards it is now again. Raises ScreenError where a screen does not offer a tap."""
    end = RealClock().now()
    t = Texts("en")
    ana, ben, _ = (Hand(Phone(sandbox.world, person), clock, t) for person in sandbox.cast.gather("en"))
    await _sets_up(ana, "Ana")
    for number, evening in enumerate(DAYS):
        due, _day = next_daily(clock.now(), EVENING, LISBON)
        if due > end - OPEN:
            break
        await clock.live(due - clock.now())
        if evening:
            await clock.live(evening.after)
            await _answers(ana, evening)
        if number == HARD:
            await _has_a_hard_moment(ana, clock)
    await clock.live(end - timedelta(minutes=20) - clock.now())
    await _sets_up(ben, "Ben")
    await clock.live(max(end - clock.now(), A_MOMENT))


async def _sets_up(hand: Hand, name: str) -> None:
    await hand.starts()
    await hand.taps("welcome-agree")
    await hand.taps("welcome-what.kratom_leaf")
    await hand.taps("welcome-next")
    await hand.taps("welcome-goal.medicine")
    await hand.says("Lisbon")
    await hand.taps("place-yes")
    await hand.taps_words("19:00")
    await hand.says(name)


async def _answers(hand: Hand, evening: Evening) -> None:
    await hand.taps(f"checkin-mood.{evening.mood}")
    await hand.taps_words(str(evening.pull))
    await hand.taps("checkin-used.no")


async def _has_a_hard_moment(hand: Hand, clock: LivedClock) -> None:
    await clock.live(timedelta(hours=2))
    await hand.says("craving")
