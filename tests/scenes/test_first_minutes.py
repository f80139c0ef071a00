"""The first minutes: Start, consent, a city, an hour, a name, home."""

from tests.phone import Someone
from tests.world import World


async def test_ana_is_set_in_five_taps_and_two_words(world: World, ana: Someone) -> None:
    await ana.starts()
    assert "I am a program, not a person" in ana.sees
    await ana.presses("I am 18 or over and agree")
    assert "Which city" in ana.sees
    await ana.says("lisboa")
    assert ana.sees == "It is 12:00 in Lisbon. Right?"
    await ana.presses("Yes")
    assert "When shall I ask" in ana.sees
    await ana.presses("19:00")
    assert "What shall I call you" in ana.sees
    await ana.says("Ana")
    assert "You are set, Ana." in ana.sees
    assert "Today at 19:00" in ana.sees
    assert ana.screen.keyboard == (("Hard moment",), ("Check in", "Help now"))
