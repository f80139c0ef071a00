"""What every scene with people needs: help that is not in a hurry, and Dee, whom Ana trusts too."""

import pytest

from bot import urgent
from tests.phone import Someone
from tests.world import World


@pytest.fixture(autouse=True)
def patient_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help looks a person up for 150 ms of real time. A busy machine must not decide what it shows."""
    monkeypatch.setattr(urgent, "LOOK_SECONDS", 10)


@pytest.fixture
def dee(world: World) -> Someone:
    """Dee is somebody Ana trusts, and is asked after Ben."""
    return world.someone("dee")
