"""The daily check-in: at the person's own hour, in three taps, never twice, never long after."""

from datetime import UTC, datetime, timedelta

from tests.phone import Someone
from tests.world import World, is_set


async def test_a_calm_day_takes_three_taps(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(datetime(2026, 3, 2, 18, 59, 59, tzinfo=UTC))
    assert "note" not in ana.sees
    await world.wait(timedelta(seconds=1))
    assert ana.sees == "Your evening note.\nHow are you right now?"
    await ana.presses("🙂 All right")
    assert "How strong is the pull" in ana.sees
    await ana.presses("2")
    assert "Did you use" in ana.sees
    await ana.presses("No")
    assert ana.sees == "Noted: all right, pull 2, not used. A small thing for tomorrow?"
    assert len([text for text in ana.rung if "note" in text]) == 1, "only the note itself made a sound"
