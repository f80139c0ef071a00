"""A suite that lets a mistake pass proves nothing: each of these is made, and a test that we name must fail.

The tests are run in this very process by another run of pytest, first against the code as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.figures import Record
from tests.worlds.defects import DEFECTS, Defect

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]


@dataclass(eq=False)
class Verdicts:
    """A plugin that hears how each test ended."""

    failed: dict[str, str] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.partition("[")[0]
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            self.failed.setdefault(name, f"{report.when}: {getattr(crash, 'message', report.longrepr)}")
        elif report.when == "call" and report.passed:
            self.passed.add(name)


def run(checks: Sequence[str]) -> Verdicts:
    verdicts = Verdicts()
    options = ["--rootdir", str(ROOT), "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    pytest.main([*options, *(str(ROOT / check) for check in checks)], plugins=[verdicts])
    return verdicts


@pytest.fixture(scope="module")
def sound() -> Verdicts:
    """The code as it is."""
    return run([defect.caught_by for defect in DEFECTS])


@pytest.fixture
def broken(defect: Defect) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        defect.make(patch)
        yield


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_named_defect_is_caught(defect: Defect, sound: Verdicts, broken: None, figures: Record) -> None:
    check = defect.caught_by.partition("[")[0]
    assert check in sound.passed, sound.failed
    found = run([defect.caught_by])
    assert check in found.failed, "nothing noticed"
    how = found.failed[check].splitlines()[0]
    assert how.startswith("call:"), how
    figures(f"{defect.name}: {check.rpartition('::')[2]} ({how[:90]})")
