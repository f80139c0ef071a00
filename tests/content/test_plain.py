"""The reader that judges every card finds what no card may hold."""

import pytest

from tests.content.plain import faults


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You did it!", "en"),
        ("Are you clean today?", "en"),
        ("Take 5 mg.", "en"),
        ("Ask him if he can talk.", "en"),
        ("This is one long sentence that goes on and on and never ends.", "en"),
        ("Press {emergency}.", "en"),
        ("\n".join(["One line."] * 9), "en"),
        ("¿Estás cansado?", "es"),
        ("No te quedes muy sola.", "es"),
        ("Cuídate a ti misma.", "es"),
        ("No es un fracaso.", "es"),
        ("Para el coche.", "es"),
        ("Toma 2 pastillas.", "es"),
    ],
)
def test_what_is_not_plain_is_found(text: str, language: str) -> None:
    assert faults(text, language)


def test_what_is_plain_passes() -> None:
    assert faults("Get up.\n1 Go out. Driving? Stop first.", "en") == []
    assert faults("Levántate.\n1 Sal. Solo una vez, con el cuerpo vacío.", "es") == []
