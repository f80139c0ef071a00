"""What a test has reached or measured, for whoever looks on: pytest shows it at the end of a run."""

from collections.abc import Callable

import pytest

FIGURES = "figures"

Record = Callable[[str], None]
"""Says one line of figures."""


def tell(line: str) -> None:
    """Say where a test stands: a seed, a point. pytest keeps it, and shows it where the test fails."""
    print(line)  # noqa: T201


def recorded(reports: list[pytest.TestReport]) -> list[str]:
    """The figures of all tests, each with its name: from a worker of pytest-xdist, too."""
    return [
        f"{report.nodeid.rpartition('::')[2]}: {line}"
        for report in reports
        for name, line in report.user_properties
        if name == FIGURES and report.when == "call"
    ]
