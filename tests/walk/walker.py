"""Somebody who presses every button there is, types whatever may be typed, and goes back to do the next thing."""

import re
import sqlite3
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, cached_property
from typing import Any

from bot.chat import Message
from tests.phone import A_MOMENT, Someone
from tests.walk.ear import Ear
from tests.walk.moment import Moment, file
from tests.walk.typed import for_question
from tests.world import World

Raw = Mapping[str, Any]
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
READING = timedelta(seconds=3)
"""Until nothing more comes: one chat bears one message a second."""

_KINDS = (
    (
        re.compile(r"^(checkin|late|unused|erase|moment|slips|meeting|own|went|change|alert|ask|peer|quiet|note):\d+"),
        r"\1:#",
    ),
    (re.compile(r"^(alert|people):([a-z]+):\d+"), r"\1:\2:#"),
    (re.compile(r"^(hard:(?:for|after|not)|moment:ten|health|whathelps:again):(?!none|done|show).*"), r"\1:#"),
    (re.compile(r"^(moment:#:(?:helped|trigger)):(?!other|unsaid|skip).*"), r"\1:#"),
    (re.compile(r"^(moment:#:(?:before|now)):[0-6]$"), r"\1:weak"),
    (re.compile(r"^(moment:#:(?:before|now)):(?:[7-9]|10)$"), r"\1:strong"),
    (re.compile(r"^remind:\d+:\d+"), "remind:#"),
    (re.compile(r"^follows:\d+"), "follows:#"),
    (re.compile(r"^meetings:l:.*:0$"), "meetings:l:#"),
    (re.compile(r"^meetings:(l|narrow|days|programs|tags|near|here):.*"), r"meetings:\1:#"),
    (re.compile(r"^((?:meeting|own):#:(?:date|lead|weeks|once|week|nth|month|zone)):.*"), r"\1:#"),
    (re.compile(r":(is|at|of|pick|unwakeable|took|awake):.*"), r":\1:#"),
    (re.compile(r":until:.*:(?:\d+|(good))$"), r":until:\1"),
    (re.compile(r":(countries|hour|day|ago):\d.*"), r":\1:#"),
    (re.compile(r":pull:(?:[0-3]$)"), ":pull:weak"),
    (re.compile(r":pull:[4-6]$"), ":pull:some"),
    (re.compile(r":pull:(?:[7-9]|10)$"), ":pull:strong"),
    (re.compile(r"^(slips:#:where):(?!skipped).*"), r"\1:#"),
    (re.compile(r"^(slips:#:cause):(?!feeling|body|place|thought|again|skipped).*"), r"\1:#"),
    (re.compile(r"^welcome:since:\d.*"), "welcome:since:#"),
    (re.compile(r"^(checkin:plan):\d+"), r"\1:#"),
    (re.compile(r"^(withdrawal:log):\d{8}"), r"\1:#"),
    # sixteen symptoms with three levels each would be forty million screens that differ in nothing
    (re.compile(r"^(withdrawal:log:#):[a-z]+:\d"), r"\1:symptom"),
    (re.compile(r"^(plan:(?:if|cue|act|do|fresh|keep|person|show|show:more|name|number|reason)):\d+"), r"\1:#"),
    (re.compile(r"^plan:act:[a-z_]+"), "plan:act:#"),
    (re.compile(r"^(plan:act:#):(?!own$)\w+"), r"\1:act"),
    (re.compile(r"^(plan:cue:(?:#|new):at):\w+"), r"\1:#"),
    (re.compile(r"^keepsake:\d+"), "keepsake:#"),
)


@cache
def kind(press: str) -> str:
    """A press without its rows, places and hours: of those that differ in nothing else one is pressed."""
    for pattern, general in _KINDS:
        press = pattern.sub(general, press)
    return press


def _where(shown: "Shown", press: str) -> object:
    """The screen that a press belongs to. One that leads elsewhere is the same from wherever it is pressed: a handler
    gets the press and the person, and never learns which screen it was on."""
    own = press.partition(":")[0] == shown.message.slot.partition(":")[0]
    return shown.identity if own else "elsewhere"


@dataclass(frozen=True)
class Shown:
    """One message as it stood on somebody's phone. `alone`: nobody had done anything, it came by itself."""

    message: Message
    bubble: str
    address: str
    language: str
    keys: frozenset[str]
    alone: bool
    trail: tuple[str, ...]

    @property
    def identity(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Which screen this is: the words it is made of, and what its buttons do."""
        return self.keys, tuple(kind(button.press) for row in self.message.rows for button in row)


@dataclass
class Atlas:
    """Every screen that was ever seen in one language, whoever saw it, and what has been tried on it."""

    language: str
    screens: dict[object, Shown] = field(default_factory=dict)
    alone: dict[object, Shown] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    tried: set[object] = field(default_factory=set)
    steps: int = 0
    look: Callable[[Shown], None] = lambda shown: None
    """Is shown every message."""

    def take(self, shown: Shown) -> None:
        """Write a screen down."""
        self.screens.setdefault(shown.identity, shown)
        if shown.alone:
            self.alone.setdefault(shown.identity, shown)
        self.keys |= shown.keys
        self.look(shown)


class Walk:
    """One person in one world. `about` is how the presses begin that are tried anew, although others have."""

    def __init__(self, atlas: Atlas, ear: Ear, world: World, name: str, about: tuple[str, ...]) -> None:
        self.world = world
        self.person: Someone = world.someone(name, atlas.language)
        self.standing: list[Shown] = []
        self._atlas = atlas
        self._ear = ear
        self._name = name
        self._about = about
        self._trail: tuple[str, ...] = (name,)
        self._paths: deque[tuple[Moment, list[Shown], str, tuple[str, ...]]] = deque()

    async def presses(self, press: str, bubble: str = "1") -> None:
        """A button, by what it does: its words are in any language."""
        await self._does(press, self.person.forged(press, bubble))

    async def taps(self, pattern: str) -> None:
        """The newest button whose press reads so."""
        for bubble in reversed(self.person.screen.bubbles):
            for button in (button for row in bubble.message.rows for button in row):
                if re.fullmatch(pattern, button.press):
                    return await self.presses(button.press, bubble.id)
        raise AssertionError(f"{self._trail}: no button {pattern}")

    async def says(self, text: str) -> None:
        """Typed words or a command."""
        await self._does(text[:40], self.person.typed(text))

    async def sends(self, what: str, *raws: Raw, patience: timedelta = READING) -> None:
        """Whatever else a phone can send, and what follows from it for so long."""
        await self._does(what, *raws, patience=patience)

    async def passes(self, by: timedelta) -> None:
        """Time goes by and nobody does anything: what comes now comes by itself."""
        before = self._stand()
        self._trail = (*self._trail, f"({by})")
        await self.world.wait(by)
        self._see(before, alone=True)

    async def explores(self, commands: tuple[str, ...] = ()) -> None:
        """Everything that can be done from here on. `commands` are typed here and nowhere further in."""
        self._remember(commands)
        while self._paths:
            moment, screens, awaited, commands = self._paths.popleft()
            for shown in screens:
                for press in self._untried(shown):
                    if self._is_new(_where(shown, press), kind(press)):
                        await self._tries(moment, shown, press)
            for text in for_question(awaited):
                if self._is_new(kind(awaited), text):
                    await self._tries(moment, None, text)
            for command in commands:
                await self._tries(moment, None, command)
            moment.close()
            commands = ()

    async def _tries(self, moment: Moment, shown: Shown | None, what: str) -> None:
        moment.bring_back(self.world)
        self._trail = shown.trail if shown else (self._name, "…")
        if shown:
            await self.presses(what, shown.bubble)
        elif what == "(a place)":
            await self.sends(what, self.person.located(38.72, -9.14))
        else:
            await self.says(what)
        self._remember(())

    def _is_new(self, where: object, what: str) -> bool:
        """Whether this has not been tried there; from now on it has."""
        tried = self._key(where, what)
        if tried in self._atlas.tried:
            return False
        self._atlas.tried.add(tried)
        return True

    def _key(self, where: object, what: str) -> object:
        return where, what, self._name if what.startswith(self._about) else ""

    def _untried(self, shown: Shown) -> list[str]:
        """The presses of a screen that are worth trying, one of a kind."""
        presses = [button.press for row in shown.message.rows for button in row if button.press]
        return [press for press in presses if self._key(_where(shown, press), kind(press)) not in self._atlas.tried]

    def _remember(self, commands: tuple[str, ...]) -> None:
        """Come back to what stands here, if there is anything new to try."""
        mine = [one for one in self.standing if one.language == self._atlas.language and self._untried(one)]
        awaited = self._awaited()
        waits = any(self._key(kind(awaited), text) not in self._atlas.tried for text in for_question(awaited))
        if mine or commands or waits:
            self._paths.append((Moment(self.world), mine, awaited, commands))

    async def _does(self, what: str, *raws: Raw, patience: timedelta = READING) -> None:
        before = self._stand()
        self._trail = (*self._trail, what)
        self._atlas.steps += 1
        self.world.clock.at += A_MOMENT
        await self.world.app.arrive(raws)
        enough = self.world.clock.now() + patience
        until = await self.world.settle()
        while until <= enough:
            self.world.clock.at = max(until, self.world.clock.at)
            until = await self.world.settle()
        self._see(before, alone=False)

    def _stand(self) -> dict[str, set[str]]:
        self._ear.forget()
        known: dict[str, set[str]] = {}
        for address, screen in self.world.phones.screens.items():
            for bubble in screen.bubbles:
                bubble.earlier.clear()
            known[address] = {bubble.id for bubble in screen.bubbles}
        return known

    def _see(self, before: dict[str, set[str]], *, alone: bool) -> None:
        self.standing = []
        for address, screen in self.world.phones.screens.items():
            language = self._language(address)
            for bubble in screen.bubbles:
                # what stood there at the beginning is the first of what was edited away
                seen = [*bubble.earlier, bubble.message][bubble.id in before.get(address, set()) :]
                for message in seen:
                    shown = Shown(
                        message,
                        bubble.id,
                        address,
                        language,
                        self._ear.found(message, language),
                        alone and bubble.id not in before.get(address, set()),
                        self._trail,
                    )
                    if language == self._atlas.language:
                        self._atlas.take(shown)
                    if message is bubble.message and address == self.person.address:
                        self.standing.append(shown)

    def _language(self, address: str) -> str:
        """What the bot speaks there: only the walker changes theirs, by the buttons for it."""
        return self._cell("language") or self._atlas.language

    def _awaited(self) -> str:
        return self._cell("awaiting")

    def _cell(self, column: str) -> str:
        """Of the only person there is, or the walker who came first."""
        with suppress(sqlite3.OperationalError):
            row = self._database.execute(
                f"SELECT {column} FROM people ORDER BY id LIMIT 1"
            ).fetchone()  # a column of ours
            return str((row and row[0]) or "")
        return ""  # no database

    @cached_property
    def _database(self) -> sqlite3.Connection:
        """To look into beside the bot. Opened once: to learn what tables there are takes longer than any look."""
        return sqlite3.connect(f"file:{file(self.world)}?mode=rw", uri=True)

    def close(self) -> None:
        """The walk is over."""
        if "_database" in vars(self):
            self._database.close()
