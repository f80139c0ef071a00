"""The three people whose phones lie on the page. They are made when somebody looks."""

from bot.sandbox.phone import Phone
from bot.sandbox.world import Person, World
from bot.texts import ENGLISH

NAMES = "Ana", "Ben", "Cai"
"""As everywhere in this project: Ana is in recovery, Ben is somebody she trusts, Cai is a stranger."""


class Cast:
    """Who is on the page, left to right."""

    def __init__(self, world: World) -> None:
        """Nobody yet: an empty world stays empty for whoever only wants the Bot API."""
        self._world = world
        self.people: list[Person] = []

    def gather(self, language: str = "") -> list[Person]:
        """All three, made at the first call. Their apps are set to this language; without one they stay as they are."""
        if not self.people:
            self.people = [self._world.add_person(name, ENGLISH) for name in NAMES]
        for person in self.people:
            person.language = language or person.language
        return self.people

    def replace(self, number: int, language: str = "") -> Person:
        """A new phone in the place of this person's: the same name, and nobody the bot knows. Raises KeyError.

        The old one blocks the bot, or what was promised to it would go on beside the new one for ever.
        """
        for place, person in enumerate(self.people):
            if person.id == number:
                if person.started and not person.blocked:
                    Phone(self._world, person).block()
                self.people[place] = self._world.add_person(person.name, language or person.language)
                self._world.bell.ring()
                return self.people[place]
        raise KeyError(number)
