"""What the fault suites share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import BOTH, Kind
from tests.faults.killing import Bench


@pytest.fixture(scope="session", params=BOTH)
def template(request: pytest.FixtureRequest) -> str:
    """The address of a database that nobody is in."""
    kind: Kind = request.param
    found = request.getfixturevalue(f"{kind}_template")
    return f"sqlite:///{found}" if kind == "sqlite" else str(found)


@pytest.fixture
async def bench(database_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    """People on a local Bot API, and a bot that can be killed."""
    bench = Bench(database_url, tmp_path)
    await bench.open()
    yield bench
    await bench.close()
