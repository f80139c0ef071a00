"""The container: a linter looks over the Dockerfile, and what it takes along is there and nothing else."""

import json
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()
LET_BE = "DD078"
"""A version label: the version stands in pyproject.toml, and twice would be once too often."""


def complaints(text: str, folder: Path) -> set[str]:
    """Which rules of the linter a Dockerfile breaks, down to the least of them."""
    file = folder / "Dockerfile"
    file.write_text(text)
    linter = (sys.executable, "-m", "dockerfile_doctor", "--format", "json", "--ignore", LET_BE, str(file))
    told = subprocess.run(linter, capture_output=True, text=True, cwd=folder, check=False)
    return {issue["ruleId"] for found in json.loads(told.stdout)["files"] for issue in found["issues"]}


def test_the_linter_has_nothing_to_say(tmp_path: Path) -> None:
    assert complaints(DOCKERFILE, tmp_path) == set()


@pytest.mark.parametrize(
    ("ours", "worse", "rule"),
    [
        ("USER windbreak", "USER root", "DD008"),
        ('ENTRYPOINT ["windbreak"]', "ENTRYPOINT windbreak", "DD019"),
        ("FROM python:3.13-slim\n", "FROM python:latest\n", "DD001"),
    ],
)
def test_the_linter_would_say_something(ours: str, worse: str, rule: str, tmp_path: Path) -> None:
    assert ours in DOCKERFILE
    assert rule in complaints(DOCKERFILE.replace(ours, worse), tmp_path)


def test_everything_that_is_copied_reaches_the_builder() -> None:
    copied = [words.split()[:-1] for words in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE)]
    sources = {source for line in copied for source in line}
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert sources == let_in
    assert all((ROOT / source).exists() for source in sources)


@pytest.mark.parametrize("secret", [".env", "data/windbreak.key", "data/windbreak.sqlite3", ".git/config"])
def test_no_secret_reaches_the_builder(secret: str) -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert lines[0] == "*"
    assert not any(fnmatch(secret, line[1:]) or secret.startswith(f"{line[1:]}/") for line in lines if line[0] == "!")


def test_what_is_installed_is_pinned_by_hash() -> None:
    for install in re.findall(r"pip install ([^&\n]*)", DOCKERFILE):
        assert "--require-hashes" in install or "--no-index" in install


def test_compose_takes_away_what_is_not_needed() -> None:
    bot = COMPOSE[COMPOSE.index("  windbreak:") : COMPOSE.index("  postgresql:")]
    for line in ("read_only: true", "cap_drop: [ALL]", 'security_opt: ["no-new-privileges:true"]', "- data:/data"):
        assert line in bot
    assert "ports:" not in COMPOSE, "nobody calls the bot: it asks Telegram"
