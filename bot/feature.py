"""What a package offers (`Feature`) and what a handler gets (`Turn`). How an inbound finds its handler: `bot.routes`.

Everything that a person does becomes a *press*: the words on a button, `name:row:field:value`. A command, a key word
and a button that stays are other ways to press the same thing.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import Button, Inbound, Message
from bot.due import Due
from bot.hooks import (
    Asks,
    Away,
    Belongings,
    Gone,
    Hushed,
    Lines,
    Listen,
    Look,
    Moved,
    Numbers,
    Settled,
    Takes,
    Unanswered,
    Urgent,
)
from bot.outbox import Notification
from bot.people import Known, Own, Person
from bot.texts import Texts

START = "start"
"""The press that every conversation begins with."""

LOST = "lost"
"""The press for what nobody understands."""

LOCATED = "located"
"""The press for a place that was shared."""

PICKED = "picked"
"""The press for somebody who was picked, or whose card was sent."""

UNREADABLE = "unreadable"
"""The press for a sticker, an edit, and for a picture or a voice note that nobody waits for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's inbound and everything needed to answer it. `press` is what it comes down to."""

    session: AsyncSession
    person: Person
    agreed: bool
    inbound: Inbound
    press: str
    awaited: bool
    """Whether the press is what typed words answer, and not a button."""
    now: datetime
    t: Texts
    operator: str
    """Who runs this, as they want to be named; empty for nobody."""
    features: tuple["Feature", ...]
    contact: str = ""
    """How whoever runs this can be reached, as they wrote it; empty if they did not."""
    closed: bool = False
    """Whether strangers need a code to come in."""
    link: Callable[[str], str] = str
    """What somebody taps to come to us with a code."""

    @property
    def words(self) -> tuple[str, ...]:
        """What follows the name in the press: `checkin:42:mood:low` has `42`, `mood` and `low`."""
        return tuple(self.press.split(":")[1:])

    async def upcoming(self) -> list[str]:
        """What comes next for this person, from every feature that knows of something."""
        return await self._asked(feature.upcoming for feature in self.features)

    async def summary(self) -> list[str]:
        """What everything is set to for this person, in a few words each."""
        return await self._asked(feature.summary for feature in self.features)

    def leads_to(self, press: str) -> bool:
        """Whether any feature answers this press."""
        return any(head(press) in feature.presses for feature in self.features)

    async def moved(self) -> None:
        """Tell every feature that this person's clock has changed."""
        await moved(self.features, self.session, self.person, self.now)

    async def ways_out(self) -> list[Button]:
        """What every feature offers this person in a hard moment right now."""
        return [button for feature in self.features if feature.ways_out for button in await feature.ways_out(self)]

    async def numbers(self) -> dict[str, str]:
        """Whom this person can call: numbers by their names."""
        return await numbers(self.features, self.session, self.person)

    async def known(self) -> Known:
        """What an urgent answer may use of this person."""
        return await known(self.features, self.session, self.person, self.agreed, self.now)

    async def card(self) -> Message | None:
        """What stands pinned for this person, as it should read now."""
        return await card(self.features, self.session, self.person, self.now, self.t)

    async def _asked(self, hooks: Iterable["Lines | None"]) -> list[str]:
        return await _lines(hooks, self.session, self.person, self.now, self.t)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler shows, first to last. `card` says that the pinned card reads otherwise now."""

    messages: tuple[Message, ...] = ()
    card: bool = False


@dataclass(frozen=True, slots=True)
class Goto:
    """Another press, perhaps of another feature, answers instead: in the same turn and transaction."""

    press: str


Handler = Callable[[Turn], Awaitable[Reply | Goto]]

Gate = Callable[[Turn], Awaitable[str | None]]
"""Which press a stranger's comes to instead; None: let it pass. Help passes without being asked."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A promise about to be kept: to whom, about which row, and in whose language."""

    session: AsyncSession
    person: Person
    notification: Notification
    now: datetime
    t: Texts
    features: tuple["Feature", ...] = ()

    async def card(self) -> Message | None:
        """What stands pinned for this person, as it should read now."""
        return await card(self.features, self.session, self.person, self.now, self.t)

    async def numbers(self) -> dict[str, str]:
        """Whom this person can call: numbers by their names."""
        return await numbers(self.features, self.session, self.person)


Compose = Callable[[Occasion], Awaitable[Message | None]]
"""The words of a notification, found when it is sent. None: not wanted any more."""


WaysOut = Callable[[Turn], Awaitable[Sequence[Button]]]
"""What can be offered to a person in a hard moment right now, the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A package that owns one promise to people."""

    name: str
    presses: Mapping[str, Handler] = field(default_factory=dict)
    """By the first word of a press."""
    urgent: Mapping[str, Urgent] = field(default_factory=dict)
    """By the first word of a press. May have a handler beside it, which records what was shown and shows nothing."""
    commands: Mapping[str, str] = field(default_factory=dict)
    """Which press a command stands for."""
    listed: tuple[str, ...] = ()
    """The commands that the platform's menu lists, worded by `command-<name>`."""
    buttons: Mapping[str, str] = field(default_factory=dict)
    """Buttons that stay: the Fluent message with their label, and which press it stands for."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    """The Fluent message that lists key words, and which press they stand for."""
    answers: Mapping[str, Handler] = field(default_factory=dict)
    """Who takes typed words that were awaited, by the first word of `Person.awaiting`."""
    attachments: tuple[str, ...] = ()
    """Which of its `answers` take a picture or a voice note too."""
    due: tuple[Due, ...] = ()
    kinds: Mapping[str, Compose] = field(default_factory=dict)
    """Who finds the words of a kind of notification."""
    settled: Mapping[str, Settled] = field(default_factory=dict)
    """Who hears how a kind of notification has ended."""
    takes: Takes | None = None
    """Who takes typed words for as long as it says, with no question open. Its press is answered like any other."""
    upcoming: Lines | None = None
    """What comes next for a person."""
    summary: Lines | None = None
    """What it is set to for a person, in a few words each, for the one settings screen."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Its buttons on the settings screen: the Fluent message with the label, and the press."""
    before_consent: tuple[str, ...] = ()
    """Which of its presses are open to somebody who has not agreed to anything yet."""
    unanswered: Unanswered | None = None
    away: Away | None = None
    moved: Moved | None = None
    """Who hears that a person's time zone has changed."""
    shuts: Gone | None = None
    """Who hears that a person has shut the door: nothing reaches them until they open it."""
    leaves: Gone | None = None
    """Who hears that a person is about to be erased, while their rows still stand."""
    card: Callable[[Person, Sequence[str], Texts], Message] | None = None
    """Who words the card that stays pinned, with the lines of the others. One feature at most."""
    on_card: Lines | None = None
    """What stands on the pinned card of a person's own."""
    warns: Listen | None = None
    """Who notices danger in free words. Comes before everything, an open question too; its press is an urgent one."""
    hushed: Hushed | None = None
    """Who remembers which words they have asked about today."""
    listens: Listen | None = None
    """Who makes something of free words that are no key words."""
    rests: Mapping[str, Listen] = field(default_factory=dict)
    """Who makes something of what follows a command, by the command's name."""
    known: Look | None = None
    """What is looked up for its urgent answers: `Known.notes`, under the feature's name."""
    own: Belongings | None = None
    asks: Asks | None = None
    """Who says, for help that is shown at once, whether there is anybody to be asked."""
    numbers: Numbers | None = None
    """Who knows whom a person can call."""
    ways_out: WaysOut | None = None
    gate: "Gate | None" = None
    """Where somebody is sent who has not agreed, before anything else of theirs is looked at."""


async def taken(features: Iterable[Feature], session: AsyncSession, person: Person, now: datetime) -> str | None:
    """Which press typed words come down to while something lasts that they belong to."""
    for feature in features:
        if feature.takes and (press := await feature.takes(session, person, now)):
            return press
    return None


async def moved(features: Iterable[Feature], session: AsyncSession, person: Person, now: datetime) -> None:
    """Tell every feature that this person's clock has changed."""
    for feature in features:
        if feature.moved:
            await feature.moved(session, person, now)


async def shut(features: Iterable[Feature], session: AsyncSession, person: Person, now: datetime) -> None:
    """Tell every feature that this person has shut the door."""
    for feature in features:
        if feature.shuts:
            await feature.shuts(session, person, now)


async def leaving(features: Iterable[Feature], session: AsyncSession, person: Person, now: datetime) -> None:
    """Tell every feature that this person is about to be erased."""
    for feature in features:
        if feature.leaves:
            await feature.leaves(session, person, now)


async def numbers(features: Iterable[Feature], session: AsyncSession, person: Person) -> dict[str, str]:
    """Whom a person can call: numbers by their names."""
    found = [await feature.numbers(session, person) for feature in features if feature.numbers]
    return dict(one for several in found for one in several)


async def known(
    features: Iterable[Feature], session: AsyncSession, person: Person, agreed: bool, now: datetime
) -> Known:
    """What an urgent answer may use of a person: of somebody who has not agreed, no more than where they are."""
    waited = person.awaited(now) is not None or await taken(features, session, person, now) is not None
    told = Known(person.language, person.country, agreed, waited, today=now.date())
    if not agreed:
        return told
    own: list[Own] = []
    notes: dict[str, Any] = {}
    asks = ""
    for feature in features:
        if feature.asks:
            asks = asks or await feature.asks(session, person, now)
        if feature.own:
            own += await feature.own(session, person, now, Texts(person.language))
        if feature.known:
            notes[feature.name] = await feature.known(session, person, now)
    return replace(told, own=tuple(own), notes=notes, asks=asks)


async def card(
    features: Iterable[Feature], session: AsyncSession, person: Person, now: datetime, t: Texts
) -> Message | None:
    """The card that stays pinned, as it should read now. None if no feature words one."""
    every = tuple(features)
    words = next((feature.card for feature in every if feature.card), None)
    return words(person, await _lines((one.on_card for one in every), session, person, now, t), t) if words else None


async def _lines(
    hooks: Iterable["Lines | None"], session: AsyncSession, person: Person, now: datetime, t: Texts
) -> list[str]:
    lines: list[str] = []
    for hook in hooks:
        if hook:
            lines += await hook(session, person, now, t)
    return lines


def head(press: str) -> str:
    """The first word of a press, which says whose it is."""
    return press.partition(":")[0]


def row_number(word: str) -> int | None:
    """The row that a press names, or None: a forged one may hold anything, and a database no more than 63 bits."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) <= 18 else None
