"""How strong it is: 0 to 10, or five words for those who like words better."""

from bot.chat import Button, Rows
from bot.people import Person
from bot.texts import Texts

LEAST, MOST = 0, 10
BY = 6

WORDS = {0: "none", 2: "little", 5: "some", 7: "strong", 9: "very_strong"}


def rows(press: str, person: Person, t: Texts) -> Rows:
    """A button for each answer; `press` and the number is what it does."""
    if person.scale == "words":
        buttons = [Button(t(f"moment-pull.{word}"), f"{press}:{number}") for number, word in WORDS.items()]
        return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    buttons = [Button(str(number), f"{press}:{number}") for number in range(LEAST, MOST + 1)]
    return tuple(tuple(buttons[start : start + BY]) for start in range(0, len(buttons), BY))


def said(number: int, person: Person, t: Texts) -> str:
    """A pull as it was asked for: the number, or the word below it."""
    if person.scale != "words":
        return str(number)
    return t(f"moment-pull.{next(word for least, word in reversed(WORDS.items()) if least <= number)}").lower()


def parsed(word: str) -> int | None:
    """The number on a button; None for a forged one."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) <= 2 and int(word) <= MOST else None
