"""Fifty people of different habits, and what they do when they look at their phones."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from tests.phone import Someone
from tests.worlds.lives import DAY, Life
from tests.worlds.sometimes import Sometimes

PLACES = (
    ("Europe/Lisbon", "PT", time(19)),
    ("Europe/Berlin", "DE", time(20)),
    ("Europe/Berlin", "DE", time(2, 30)),  # an hour that is missing once a year, and comes twice once a year
    ("America/New_York", "US", time(14)),
    ("Asia/Tokyo", "JP", time(19)),
    ("Pacific/Auckland", "NZ", time(2, 30)),
    ("Pacific/Auckland", "NZ", time(20)),
    ("Asia/Kolkata", "IN", time(9, 30)),
)
AWAY = (("US", "America/New_York"), ("JP", "Asia/Tokyo"), ("NZ", "Pacific/Auckland"), ("DE", "Europe/Berlin"))

HABITS = (
    *("daily",) * 22, *("silent",) * 6, *("traveller",) * 5, *("pauser",) * 4, *("blocker",) * 4, *("leaver",) * 3,
    *("tomorrow",) * 2, *("asker",) * 3, "stranger",
)  # fmt: skip

SNOOZE = timedelta(minutes=30)
REST = timedelta(days=4)
"""For so long nothing is heard of somebody who has paused, unless they need help."""

Raw = dict[str, Any]


@dataclass
class Deed:
    """Something that a person does, and what it should lead to."""

    raw: Raw
    help: bool = False
    note: str = ""


@dataclass
class Villager:
    """A phone, a habit, and the life that goes with it."""

    phone: Someone
    habit: str
    place: tuple[str, str, time]
    life: Life
    chance: Random
    sometimes: Sometimes
    done: set[str] = field(default_factory=set)

    @property
    def here(self) -> bool:
        """Whether they are a member who can be reached."""
        return self.habit != "stranger" and self.life.over is None and not self.life.blocked.open

    def states(self, now: datetime) -> list[str]:
        """What is the matter with them: help must answer in each of these."""
        life = self.life
        states = {
            "when a stranger": self.habit == "stranger",
            "when silent": self.habit == "silent",
            "when erased": life.over is not None and life.over <= now,
            "when paused": life.paused.touch(now, now),
            "when away": life.zone_at(now).key != self.place[0],
            "with a question open": self._button(":mood:all_right") is not None,
        }
        return [state for state, holds in states.items() if holds] or ["when well"]

    def looks(self, day: int, part: int, now: datetime) -> list[Deed]:
        """What they do with whatever stands on their screen, at one of the three times of a day."""
        special = getattr(self, f"_{self.habit}", None)
        deeds: list[Deed] = special(day, part, now) if special else []
        if self.life.over and self.life.over <= now:
            return deeds or ([self.asks_for_help()] if self.chance.random() < 0.15 else [])
        if deeds or self.habit in ("silent", "stranger") or not self.here:
            return deeds
        if self.life.paused.touch(now, now) and self.life.silent_since(now) < REST:
            return [self.asks_for_help()] if self.chance.random() < 0.05 else []
        return self._usual(now)

    def asks_for_help(self) -> Deed:
        """By the command, or by a button on the screen if there is one."""
        button = self._button("help")
        if button and self.chance.random() < 0.5:
            return Deed(button, help=True)
        return Deed(self.phone.typed("/helpnow"), help=True)

    def notes(self) -> Deed:
        """Something the probe counts."""
        word = str(len(self.life.notes) + 1)
        self.life.notes.append(word)
        return Deed(self.phone.typed(f"/note {word}"), note=word)

    def _usual(self, now: datetime) -> list[Deed]:
        draw = self.chance.random()
        open_question = self._button(":mood:all_right")
        if open_question and draw < 0.25:
            return [Deed(open_question)]
        later = self._button(":later")
        if open_question and later and draw < 0.27:
            self.life.snoozed.append(now + SNOOZE)
            return [Deed({**later, "data": f"{later['data']}:30"})]
        if draw < 0.30:
            return [self.notes()]
        if draw < 0.31:
            return [Deed(self.phone.typed("/menu"))]
        if draw < 0.318:
            return [self.asks_for_help()]
        if draw < 0.323:
            return [self.notes(), self.notes(), self.asks_for_help()]
        return []

    def _button(self, ending: str) -> Raw | None:
        """The newest button that presses this, if it is on one of the last screens."""
        for bubble in reversed(self.phone.screen.bubbles[-3:]):
            for button in (button for row in bubble.message.rows for button in row):
                if button.press == ending or (ending[0] == ":" and button.press.endswith(ending)):
                    return self.phone.forged(button.press, bubble.id)
        return None

    def _first(self, what: str, day: int, week_day: int) -> bool:
        """Whether it is the day for something that is done once a fortnight."""
        key = f"{what} {day // 14}"
        if day % 14 < week_day or key in self.done:
            return False
        self.done.add(key)
        return True

    def _traveller(self, day: int, part: int, now: datetime) -> list[Deed]:
        if part != 1 or not self._first("travels", day, self.chance.randrange(2, 5)):
            return []
        country, zone = self.chance.choice([one for one in AWAY if one[1] != self.place[0]])
        self.sometimes("travels")
        self.life.moves(now, zone)
        last = self.life.day_at(now) + self.chance.randrange(3, 7) * DAY
        self.life.returns(last, self.place[0])
        return [Deed(self.phone.forged(f"travel:until:{country}:{zone}:{last:%Y%m%d}"))]

    def _pauser(self, day: int, part: int, now: datetime) -> list[Deed]:
        if part == 1 and self._first("pauses", day, 3):
            how = self.chance.choice(("day", "week", "write"))
            self.sometimes("pauses")
            self.life.pauses(now, how)
            return [Deed(self.phone.forged(f"checkin:pause:{how}"))]
        return []

    def _blocker(self, day: int, part: int, now: datetime) -> list[Deed]:
        if not self.life.blocked.open and part == 1 and self._first("blocks", day, 4):
            self.sometimes("blocks")
            self.phone.screen.blocked = True
            self.life.blocked.begin(now)
            if self.chance.random() < 0.5:
                return []  # and the platform says nothing of it until we write
            return [Deed(self.phone._raw("block"))]
        if self.life.blocked.open and part == 2 and now - self.life.blocked.found[-1][0] > timedelta(days=2):
            self.sometimes("unblocks")
            self.phone.screen.blocked = False
            self.life.blocked.end(now)
            return [Deed(self.phone._raw("unblock"))]
        return []

    def _leaver(self, day: int, part: int, now: datetime) -> list[Deed]:
        if day < 8 or part != 2 or self.life.over or self.chance.random() > 0.2:
            return []
        self.sometimes("erases")
        self.life.over = now
        return [Deed(self.phone.forged("erase:now"))]

    def _tomorrow(self, day: int, part: int, now: datetime) -> list[Deed]:
        if day < 10 or part != 0 or self.life.over or self.chance.random() > 0.2:
            return []
        self.sometimes("erases")
        self.life.over = now + DAY
        return [Deed(self.phone.forged("erase:tomorrow"))]

    def _asker(self, day: int, part: int, now: datetime) -> list[Deed]:
        return [self.asks_for_help()] if self.chance.random() < 0.15 else []

    def _stranger(self, day: int, part: int, now: datetime) -> list[Deed]:
        return [self.asks_for_help()] if self.chance.random() < 0.1 else []
