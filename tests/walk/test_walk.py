"""Every screen in every language, by a walk that presses and types whatever there is.

What is counted stands at the end of the run.
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import urgent
from bot.texts import Texts
from tests.figures import Record
from tests.walk import inline
from tests.walk.ear import Ear
from tests.walk.rules import broken
from tests.walk.starts import STARTS, Start
from tests.walk.unreached import is_excused, is_in_a_file
from tests.walk.walker import Atlas, Shown, Walk
from tests.world import World

OPERATOR = "Harbour House Recovery Community"
CONTACT = "harbour-house.example, any day"


class Findings:
    """What is wrong with the screens of a walk: once for each screen and fault."""

    def __init__(self) -> None:
        self._by_screen: dict[tuple[str, str], Shown] = {}

    def look(self, shown: Shown) -> None:
        """Hold a screen against the rules."""
        for fault in broken(shown):
            self._by_screen.setdefault((fault, shown.message.text), shown)

    def __iter__(self) -> Iterator[str]:
        for (fault, text), shown in self._by_screen.items():
            yield f"{fault} | {text!r} | {' > '.join(shown.trail)}"


@pytest.fixture
def patient_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help looks a person up for 150 ms of real time. A busy machine must not decide what it shows."""
    monkeypatch.setattr(urgent, "LOOK_SECONDS", 10)


def world_of(start: Start, template: Path, folder: Path) -> World:
    folder.mkdir()
    file = folder / "windbreak.sqlite3"
    if start.database:
        shutil.copyfile(template, file)
    else:
        file = folder / "gone" / file.name
    operator, contact = (OPERATOR, CONTACT) if start.operator else ("", "")
    return World(f"sqlite:///{file}", folder, operator=operator, contact=contact, closed=start.closed)


@pytest.mark.slow
@pytest.mark.usefixtures("patient_looks")
@pytest.mark.parametrize("language", Texts.languages())
async def test_every_screen_keeps_the_rules_and_every_word_is_seen(
    language: str, sqlite_template: Path, tmp_path: Path, figures: Record, caplog: pytest.LogCaptureFixture
) -> None:
    atlas, ear, findings = Atlas(language), Ear(), Findings()
    atlas.look = findings.look
    with ear.open(), inline.sqlite():
        for start in STARTS:
            world = world_of(start, sqlite_template, tmp_path / start.name)
            with closing(Walk(atlas, ear, world, start.name, start.about)) as walk:
                await start.walked(walk)
            await world.close()
    words = Texts(language, strict=True).keys()
    every = {key for key in words if not is_in_a_file(key)}
    excused = {key for key in every if is_excused(key)}
    figures(
        f"{len(STARTS)} people saw {len(atlas.screens)} screens in {atlas.steps} presses and words, "
        f"{len(atlas.alone)} of them by themselves; {len(atlas.keys & every)} of {len(every)} keys, "
        f"{len(excused)} excused"
    )
    errors = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    told = {
        "broken by a press": [line for line in errors if "action=database_lost" not in line],
        "against the rules": sorted(findings),
        "said nowhere, or nobody walks there": sorted(every - atlas.keys - excused),
        "excused, and seen after all": sorted(excused & atlas.keys),
    }
    assert not any(told.values()), "\n".join(f"\n{what}:\n" + "\n".join(lines) for what, lines in told.items() if lines)
