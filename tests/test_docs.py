"""The pages say what is there: links lead somewhere, and every command, setting and screen that they name exists."""

import re
from pathlib import Path

import pytest

from bot.__main__ import _parser
from bot.app import FEATURES
from bot.routes import Routes
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
A_SCREEN = 75
"""Lines. What is longer is not read by somebody in a hurry."""

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`|^ {4,}(.+)$", re.MULTILINE)
NOT_OURS = {"newbot", "setjoingroups", "setprivacy", "setdescription", "setuserpic", "revoke", "mybots", "deletebot"}
"""Commands of @BotFather."""


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def code(page: Path) -> list[str]:
    """Everything that stands there to be typed."""
    return [first or second for first, second in CODE.findall(page.read_text())]


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text()):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_can_be_reached_from_the_readme() -> None:
    found, open_pages = set(), [ROOT / "README.md"]
    while open_pages:
        page = open_pages.pop()
        found.add(page)
        for link in LINK.findall(page.read_text()):
            target = (page.parent / link.partition("#")[0]).resolve()
            new = [target] if target.suffix == ".md" else sorted(target.glob("*.md")) if target.is_dir() else []
            open_pages += [one for one in new if one not in found]
    assert set(PAGES) <= found


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_of_make_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {found for line in code(page) for found in re.findall(r"\bmake ([a-z]+)", line)}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_of_windbreak_exists(page: Path) -> None:
    commands = next(action.choices for action in _parser()._actions if isinstance(action.choices, dict))
    typed = re.compile(r"(?:bin/windbreak|windbreak windbreak|^windbreak)((?: +[^\s`]+)*)")
    for line in code(page):
        for words in typed.findall(line):
            given = words.split()
            if not given or given[0] == "…":
                continue
            assert given[0] in commands, line
            options = {word.strip("[]") for word in given if word.strip("[]").startswith("--")}
            assert options <= commands[given[0]]._option_string_actions.keys(), line


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_setting_exists(page: Path) -> None:
    ours = {field.upper() for field in Settings.model_fields} | {"POSTGRES_PASSWORD"}
    named = {found for line in code(page) for found in re.findall(r"^([A-Z]+(?:_[A-Z]+)+)\b", line.strip())}
    assert named <= ours | {"ADDRESS_OF_THIS_REPOSITORY"}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_screen_that_is_named_exists(page: Path) -> None:
    commands = Routes(FEATURES).commands.keys() | NOT_OURS
    named = {found for first, _ in CODE.findall(page.read_text()) for found in re.findall(r"^/([a-z]+)$", first)}
    named -= {"data"}  # the volume of the container
    assert named <= commands


def test_the_readme_and_the_example_name_every_setting() -> None:
    readme, example = (ROOT / "README.md").read_text(), (ROOT / ".env.example").read_text()
    for field in Settings.model_fields:
        assert f"`{field.upper()}`" in readme
        assert f"\n{field.upper()}=" in example


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent != ROOT / "docs/decisions"], ids=name)
def test_a_page_is_one_screen(page: Path) -> None:
    if page.name in {"README.md", "CHANGELOG.md"}:
        return
    assert len(page.read_text().splitlines()) <= A_SCREEN


def test_every_benchmark_is_drawn_and_tabled() -> None:
    assert (ROOT / "docs" / "benchmarks.svg").exists()
    assert "benchmarks.svg" in (ROOT / "docs" / "benchmarks.md").read_text()
