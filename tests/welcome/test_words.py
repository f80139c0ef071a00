"""Every word of the set-up and of help stands in every language, with the same fill-ins."""

import re
from pathlib import Path

import pytest

from bot.texts import ENGLISH, LOCALES, Texts

OURS = ("welcome", "cravings", "helpnow", "late", "outage")
FILLED_IN = re.compile(r"\{ \$(\w+) \}")
KEY = re.compile(r"^([a-z][\w-]*) =|^    \.(\w+) =", re.MULTILINE)


def _entries(file: Path) -> dict[str, set[str]]:
    """What each message and attribute of a file fills in."""
    found: dict[str, set[str]] = {}
    text = file.read_text(encoding="utf-8")
    marks = list(KEY.finditer(text))
    message = ""
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        message = mark[1] or message
        key = f"{message}.{mark[2]}" if mark[2] else message
        found[key] = set(FILLED_IN.findall(text[mark.end() : following.start() if following else None]))
    return found


@pytest.mark.parametrize("language", [one for one in Texts.languages() if one != ENGLISH])
@pytest.mark.parametrize("feature", OURS)
def test_nothing_is_missing_and_nothing_is_left_over(feature: str, language: str) -> None:
    assert _entries(LOCALES / language / f"{feature}.ftl") == _entries(LOCALES / ENGLISH / f"{feature}.ftl")
