"""Phones without a network: what they still show, and what waits on them until it is back."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.phone import Phone, ScreenError
from bot.sandbox.world import Json, Person, World

NO_NETWORK = "sandbox-no-network"
Send = Callable[[Phone], Any]


@dataclass(slots=True)
class Cut:
    """One phone that is cut off: its screen as it was, and what it will send, oldest first."""

    screen: Json
    waiting: list[tuple[Send, Json]] = field(default_factory=list)


class Network:
    """Which phones have a network."""

    def __init__(self, world: World) -> None:
        """All of them."""
        self._world = world
        self._cut: dict[int, Cut] = {}

    def off(self, person: Person) -> None:
        """From now on nothing reaches this phone, and nothing leaves it. Raises ScreenError if that is so already."""
        if person.id in self._cut:
            raise ScreenError(NO_NETWORK)
        self._cut[person.id] = Cut(Phone(self._world, person).screen())
        self._world.bell.ring()

    def on(self, person: Person) -> None:
        """The network is back: what waited goes out in its order. Raises ScreenError if it was never gone."""
        cut = self._cut.pop(person.id, None)
        if cut is None:
            raise ScreenError("sandbox-no-network.back")
        for send, _ in cut.waiting:
            with suppress(ScreenError):  # what no chat takes any more stays unsent, and keeps nothing else back
                send(Phone(self._world, person))
        self._world.bell.ring()

    def there(self, person: Person) -> bool:
        """Whether this phone has a network."""
        return person.id not in self._cut

    def keep(self, person: Person, send: Send, words: str) -> None:
        """Hold something back until the network is there, and show it as `words` that wait.

        Raises ScreenError where there is no chat to send it to.
        """
        cut = self._cut[person.id]
        if not cut.screen["started"] or cut.screen["blocked"]:
            raise ScreenError(NO_NETWORK)
        cut.waiting.append((send, {"text": words, "time": self._world.now().isoformat()}))
        self._world.bell.ring()

    def screen(self, person: Person) -> Json:
        """What this phone shows: `online`, and `unsent`, `[{text, time}]`, beside what Phone.screen() tells."""
        cut = self._cut.get(person.id)
        if cut is None:
            return Phone(self._world, person).screen() | {"online": True, "unsent": []}
        told = {"online": False, "unsent": [words for _, words in cut.waiting], "typing": False, "waiting": 0}
        return cut.screen | told | {"now": self._world.now().isoformat()}
