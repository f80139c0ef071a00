"""The requirements files say what pyproject.toml asks for, and nothing about where they were made."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUN = PROJECT["project"]["dependencies"]
DEV = PROJECT["project"]["optional-dependencies"]["dev"]
BUILD = PROJECT["build-system"]["requires"]
ASKED = {"run.txt": RUN, "dev.txt": RUN + DEV, "build.txt": BUILD}

HOW_TO_MEND = "requirements/ and pyproject.toml disagree; `make requirements` mends it"
# Comments at the margin, options such as an index's address, and paths would all begin a line of their own.
PIN = re.compile(r"(?P<name>[\w.-]+)(?P<extras>\[[\w,-]+\])?==(?P<version>\S+)(?P<marker> ; [^\\]+)? \\")


def lines(file: str) -> list[str]:
    return (ROOT / "requirements" / file).read_text().splitlines()


def pins(file: str) -> dict[str, str]:
    """The version of each package that `file` pins."""
    found = (PIN.fullmatch(line) for line in lines(file))
    return {canonicalize_name(pin["name"]): pin["version"] for pin in found if pin}


def asked_for_by_us(file: str) -> set[str]:
    """The packages of which `file` says that pyproject.toml itself asks for them."""
    ours, name = set(), ""
    for line in lines(file):
        if pin := PIN.fullmatch(line):
            name = canonicalize_name(pin["name"])
        elif line.endswith("windbreak (pyproject.toml)"):
            ours.add(name)
    return ours


@pytest.mark.parametrize("file", ASKED)
def test_what_we_ask_for_is_pinned_to_a_version_we_accept(file: str) -> None:
    pinned = pins(file)
    for text in ASKED[file]:
        asked = Requirement(text)
        name = canonicalize_name(asked.name)
        assert name in pinned, HOW_TO_MEND
        assert asked.specifier.contains(pinned[name], prereleases=True), f"{name}: {HOW_TO_MEND}"


@pytest.mark.parametrize("file", ["run.txt", "dev.txt"])
def test_what_we_no_longer_ask_for_is_gone(file: str) -> None:
    assert asked_for_by_us(file) == {canonicalize_name(Requirement(text).name) for text in ASKED[file]}, HOW_TO_MEND


@pytest.mark.parametrize("file", ASKED)
def test_every_pin_carries_hashes(file: str) -> None:
    text = "\n".join(lines(file))
    pinned = re.findall(r"^\S[^\n]*\n    --hash=sha256:[0-9a-f]{64}", text, flags=re.MULTILINE)
    assert len(pinned) == len(pins(file)) > 0


@pytest.mark.parametrize("file", ASKED)
def test_a_file_holds_pins_hashes_and_reasons_and_no_address(file: str) -> None:
    expected = re.compile(
        rf"{PIN.pattern}|    --hash=sha256:[0-9a-f]{{64}}( \\)?|    # +(via.*|-c requirements/run\.txt|-r -|[^/]+)"
    )
    strange = [line for line in lines(file) if not expected.fullmatch(line)]
    assert not strange


def test_developers_run_the_very_versions_that_members_meet() -> None:
    assert pins("run.txt").items() <= pins("dev.txt").items()
