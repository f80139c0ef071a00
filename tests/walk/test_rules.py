"""The rules of the walk can fail: each is broken once, on a screen made for it."""

import pytest

from bot.chat import Button, Message
from bot.texts import Texts
from tests.walk.rules import broken
from tests.walk.walker import Shown

HELP = {language: Button(Texts(language)("help-button"), "help") for language in Texts.languages()}


def screen(text: str, *buttons: Button, language: str = "en", alone: bool = False, slot: str = "") -> Shown:
    """A screen with help in its last row, two buttons in each of the others."""
    rows = tuple(buttons[start : start + 2] for start in range(0, len(buttons), 2))
    message = Message(text, (*rows, (HELP[language],)), slot=slot)
    return Shown(message, "1", "phone:ana", language, frozenset(), alone, ("somebody",))


def test_a_good_screen_breaks_none() -> None:
    assert [*broken(screen("How are you right now?", Button("😕 Low", "checkin:1:mood:low")))] == []
    assert [*broken(screen("¿Qué tal ahora mismo?", Button("😕 Mal", "checkin:1:mood:low"), language="es"))] == []


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        (screen("\n".join("abcdefghi")), "9 lines"),
        (screen("\n".join("abcdefgh"), slot="help"), "8 lines"),
        (screen(" ".join(["word"] * 23)), "a sentence of 23 words"),
        (screen("So?", Button("😕", "a:1")), "only a picture"),
        (screen("So?", Button("Yes", "a:1"), Button("Yes?", "a:2")), "sound alike"),
        (screen("So?", Button("x" * 65, "a:1")), "65 letters"),
        (screen("So?", *(Button(f"Number {n}", f"a:{n}") for n in range(6)), slot="hard"), "7 buttons in a crisis"),
        (screen("Well done!"), "never said: !"),
        (screen("You are clean for 3 days."), "never said: clean"),
        (screen("Es anónimo.", language="es"), "never said: anónimo"),
        (screen("{ $name } is here."), "nobody filled in"),
        (screen("checkin-mood.low"), "the name of a key: checkin-mood.low"),
        (screen("Are you there?", language="es"), "another language"),
        (screen("¿Todo bien?"), "another language"),
        (screen("Your mood today?", alone=True), "arrives by itself and tells: mood"),
        (screen("Tus ganas de hoy.", language="es", alone=True), "arrives by itself and tells: ganas"),
    ],
)
def test_each_rule_can_be_broken(shown: Shown, fault: str) -> None:
    assert any(fault in said for said in broken(shown)), [*broken(shown)]


def test_a_screen_without_help_is_found() -> None:
    message = Message("So?", ((Button("Yes", "a:1"),),))
    shown = Shown(message, "1", "phone:ana", "en", frozenset(), alone=False, trail=("somebody",))
    assert any("no help" in said for said in broken(shown))
