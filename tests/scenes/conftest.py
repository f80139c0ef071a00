"""What every scene needs."""

import pytest

from bot import urgent


@pytest.fixture(autouse=True)
def patient_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help looks a person up for 150 ms of real time. A busy machine must not decide what it shows."""
    monkeypatch.setattr(urgent, "LOOK_SECONDS", 10)
