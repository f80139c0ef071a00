"""What the platform could not hand over for too long may have been a press, and is lost."""

from datetime import timedelta

from bot.earshot import PRESS_LIVES, Earshot
from tests.world import MONDAY

SECOND = timedelta(seconds=1)


def test_a_hiccup_loses_nothing_and_a_long_silence_may() -> None:
    earshot = Earshot()
    for at in (MONDAY, MONDAY + PRESS_LIVES):
        earshot.deaf(at)
    assert not earshot.missed(MONDAY - SECOND), "the press came again"
    earshot.heard()
    earshot.deaf(MONDAY + 2 * PRESS_LIVES)
    assert not earshot.missed(MONDAY - SECOND), "two hiccups are no long silence"
    last = MONDAY + 3 * PRESS_LIVES + SECOND
    earshot.deaf(last)
    earshot.heard()
    assert earshot.missed(last - SECOND)
    assert not earshot.missed(last), "what comes after it is whole again"
