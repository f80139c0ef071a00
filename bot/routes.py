"""How what somebody does finds its handler: all features as one, and which of them a press, a word or a text is for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import Attachment, Command, Contact, Inbound, Location, Press, Text, Unreadable
from bot.feature import LOCATED, PICKED, UNREADABLE, Feature, Handler, head, taken
from bot.hooks import Listen, Urgent
from bot.people import Person
from bot.texts import Texts, normalise

V = TypeVar("V")


class Clash(ValueError):
    """Two features claim the same word."""


class Routes:
    """All features as one. Raises Clash where two claim the same press, command, key word or kind."""

    def __init__(self, features: Iterable[Feature]) -> None:
        """In the order in which the menu lists them."""
        self.features = tuple(features)
        self.presses = _merged("press", (one.presses for one in self.features))
        self.urgent = _merged("urgent press", (one.urgent for one in self.features))
        self.commands = _merged("command", (one.commands for one in self.features))
        self.answers = _merged("answer", (one.answers for one in self.features))
        self.kinds = _merged("kind", (one.kinds for one in self.features))
        self.settled = _merged("kind that is heard of", (one.settled for one in self.features))
        self.open = frozenset(name for one in self.features for name in one.before_consent)
        self._attachments = frozenset(name for one in self.features for name in one.attachments)
        self.gates = tuple(one.gate for one in self.features if one.gate)
        self._rests = _merged("words after a command", (one.rests for one in self.features))
        self._warns = tuple(one.warns for one in self.features if one.warns)
        self._listens = tuple(one.listens for one in self.features if one.listens)
        self._buttons = _merged("button", (_heard(one.buttons) for one in self.features))
        self._phrases = _merged("key word", (_heard(one.phrases) for one in self.features))

    def press(self, inbound: Inbound) -> str | None:
        """What an inbound comes down to when nothing is awaited; None for words that we do not know."""
        return self.button(inbound) or self.warned(inbound) or self.heard(inbound)

    def button(self, inbound: Inbound) -> str | None:
        """What an inbound comes down to whatever may be awaited or feared: anything but free words."""
        match inbound:
            case Press(data=data):
                return data
            case Command(rest=""):
                return self.heard(inbound)
            case Location():
                return LOCATED
            case Contact():
                return PICKED
            case Unreadable() | Attachment(caption="") if UNREADABLE in self.presses:
                return UNREADABLE
            case Text(text=text):
                return self._buttons.get(normalise(text))
        return None

    def warned(self, inbound: Inbound) -> str | None:
        """What comes before everything else, if the free words in this speak of danger."""
        return _first(self._warns, free_words(inbound))

    def heard(self, inbound: Inbound) -> str | None:
        """What the words of an inbound come down to, danger aside."""
        match inbound:
            case Command(name=name, rest=rest):
                listen = self._rests.get(name)
                return (listen(rest) if listen and rest else None) or self.commands.get(name)
            case Text(text=text):
                return self._phrases.get(normalise(text)) or _first(self._listens, text)
            case Attachment() if UNREADABLE in self.presses:
                return UNREADABLE
        return None

    def answered_by(self, inbound: Inbound, awaiting: str) -> bool:
        """Whether this can be the answer to what is awaited: words always, a picture or a voice note seldom."""
        match inbound:
            case Text():
                return self.button(inbound) is None
            case Attachment():
                return head(awaiting) in self._attachments
        return False

    async def hushed(self, session: AsyncSession, person: Person, inbound: Inbound, now: datetime) -> bool:
        """Whether words of danger were asked about already."""
        words = free_words(inbound)
        return any([await one.hushed(session, person, words, now) for one in self.features if one.hushed])

    async def taken(self, session: AsyncSession, person: Person, now: datetime) -> str | None:
        """Where typed words go at this moment, with no question open."""
        return await taken(self.features, session, person, now)

    def urgent_for(self, press: str | None) -> Urgent | None:
        """Who answers this press at once, if it is one that cannot wait."""
        return self.urgent.get(head(press)) if press else None

    def urgent_press(self, inbound: Inbound) -> str:
        """The press of an inbound that cannot wait; empty for any other."""
        press = self.press(inbound)
        return press if press and self.urgent_for(press) else ""

    def handler(self, press: str) -> Handler | None:
        """Who answers this press in its turn."""
        return self.presses.get(head(press))

    def opened(self, press: str) -> bool:
        """Whether this press is answered without consent."""
        return head(press) in self.open


def free_words(inbound: Inbound) -> str:
    """What a person typed in their own words; empty for anything else."""
    match inbound:
        case Text(text=text):
            return text
        case Command(rest=rest):
            return rest
        case Attachment(caption=caption):
            return caption
    return ""


def _first(listens: Iterable[Listen], words: str) -> str | None:
    return next((press for listen in listens if words and (press := listen(words))), None)


def _heard(messages: Mapping[str, str]) -> dict[str, str]:
    """Normalised words, in every language at once: people type the one they think in."""
    return {
        phrase: press
        for key, press in messages.items()
        for language in Texts.languages()
        for phrase in Texts(language).phrases(key)
    }


def _merged(what: str, parts: Iterable[Mapping[str, V]]) -> dict[str, V]:
    whole: dict[str, V] = {}
    for part in parts:
        for word, value in part.items():
            if word in whole:
                raise Clash(f"two features claim the {what} {word!r}")
            whole[word] = value
    return whole
