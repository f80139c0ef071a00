"""Whoever watches from outside learns whether the loop turns: the sign comes, goes stale, and never stops the loop."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import bot
from bot.app import App
from bot.heartbeat import DEAD, FILE, Heartbeat, trouble
from tests.world import MONDAY, World


def asked(folder: Path) -> tuple[int, str]:
    """What the health check of the container ends with and says."""
    environment = {"PYTHONPATH": str(Path(bot.__file__).parents[1]), "DATA_DIR": str(folder)}
    command = (sys.executable, "-m", "bot.heartbeat")
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout


async def test_each_round_of_the_loop_leaves_a_sign(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = App(world.store, world.phones, world.clock, beat=Heartbeat(tmp_path).beat)
    assert trouble(tmp_path, MONDAY), "a bot that has not begun does not live"

    async def only_one_round(woken: object, until: object) -> None:
        app.stop()

    monkeypatch.setattr(world.clock, "wait", only_one_round)
    await app.run()
    await app.rest()
    assert trouble(tmp_path, MONDAY) == ""


def test_a_sign_goes_stale_and_a_new_one_mends_it(tmp_path: Path) -> None:
    heart = Heartbeat(tmp_path / "made")
    heart.beat(MONDAY)
    later = MONDAY + DEAD + timedelta(seconds=1)
    assert "12:00:00" in trouble(tmp_path / "made", later)
    heart.beat(later)
    assert trouble(tmp_path / "made", later) == ""


def test_a_clock_that_was_set_back_makes_nobody_look_alive(tmp_path: Path) -> None:
    heart = Heartbeat(tmp_path)
    heart.beat(MONDAY)
    earlier = MONDAY - timedelta(hours=1)
    assert trouble(tmp_path, earlier)
    heart.beat(earlier)
    assert trouble(tmp_path, earlier) == ""


def test_a_disk_that_refuses_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("where a folder should be")
    Heartbeat(tmp_path / "file").beat(MONDAY)
    assert trouble(tmp_path / "file", MONDAY)


def test_the_health_check_of_a_container(tmp_path: Path) -> None:
    code, said = asked(tmp_path)
    assert (code, said) == (1, "no round of the loop has ended yet\n")
    (tmp_path / FILE).touch()
    assert asked(tmp_path) == (0, "alive\n")
    os.utime(tmp_path / FILE, (0, 0))
    code, said = asked(tmp_path)
    assert code == 1
    assert "1970" in said
