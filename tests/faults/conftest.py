"""What the fault suites share."""

import pytest

from tests.conftest import BOTH, Kind


@pytest.fixture(scope="session", params=BOTH)
def template(request: pytest.FixtureRequest) -> str:
    """The address of a database that nobody is in."""
    kind: Kind = request.param
    found = request.getfixturevalue(f"{kind}_template")
    return f"sqlite:///{found}" if kind == "sqlite" else str(found)
