"""What the platform could not hand over for too long may have been a press, and is lost: also over a restart."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.earshot import FILE, PRESS_LIVES, Earshot
from bot.store import Unavailable
from tests.world import MONDAY, World

SECOND = timedelta(seconds=1)
BEFORE = MONDAY - SECOND


def begun(folder: Path, now: datetime = MONDAY) -> Earshot:
    """What a life of the program knows when it starts."""
    earshot = Earshot(folder)
    earshot.begin(now)
    return earshot


def lived(folder: Path, now: datetime = MONDAY) -> Earshot:
    """A life that can be reached, and had not missed anything before this."""
    earshot = begun(folder, now - timedelta(hours=1))
    earshot.heard(now)
    earshot.lasts(now)
    return earshot


def test_a_hiccup_loses_nothing_and_a_long_silence_may() -> None:
    earshot = Earshot()
    for at in (MONDAY, MONDAY + PRESS_LIVES):
        earshot.deaf(at)
    assert not earshot.missed(BEFORE), "the press came again"
    earshot.heard(MONDAY + PRESS_LIVES)
    earshot.deaf(MONDAY + 2 * PRESS_LIVES)
    assert not earshot.missed(BEFORE), "two hiccups are no long silence"
    last = MONDAY + 3 * PRESS_LIVES + SECOND
    earshot.deaf(last)
    earshot.heard(last)
    assert earshot.missed(last - SECOND)
    assert not earshot.missed(last), "what comes after it is whole again"


def test_a_question_that_failed_may_have_gone_nowhere_from_its_beginning() -> None:
    earshot = Earshot()
    earshot.heard(MONDAY)
    earshot.deaf(MONDAY + PRESS_LIVES + SECOND)
    assert earshot.missed(MONDAY)


@pytest.mark.parametrize(
    ("down", "missed"), [(PRESS_LIVES, False), (PRESS_LIVES + SECOND, True), (-PRESS_LIVES, False)]
)
def test_a_restart_is_noticed_when_a_press_could_not_outlive_it(tmp_path: Path, down: timedelta, missed: bool) -> None:
    lived(tmp_path)
    assert begun(tmp_path, MONDAY + down).missed(BEFORE) is missed


def test_a_clock_that_was_set_back_far_leaves_nothing_to_go_by(tmp_path: Path) -> None:
    lived(tmp_path)
    earlier = MONDAY - timedelta(minutes=30)
    assert begun(tmp_path, earlier).missed(earlier - SECOND)


def test_what_was_missed_before_a_restart_is_missed_after_it(tmp_path: Path) -> None:
    earlier = lived(tmp_path)
    earlier.deaf(MONDAY + 2 * PRESS_LIVES)
    earlier.heard(MONDAY + 2 * PRESS_LIVES)
    earlier.lasts(MONDAY + 2 * PRESS_LIVES)
    later = begun(tmp_path, MONDAY + 2 * PRESS_LIVES + SECOND)
    assert later.missed(MONDAY)
    assert not later.missed(MONDAY + 2 * PRESS_LIVES)


def test_an_outage_that_goes_on_over_a_restart_is_one(tmp_path: Path) -> None:
    earlier = lived(tmp_path)
    earlier.deaf(MONDAY + timedelta(minutes=1))
    earlier.lasts(MONDAY + timedelta(minutes=2))
    later = begun(tmp_path, MONDAY + timedelta(minutes=2))
    assert not later.missed(BEFORE)
    later.deaf(MONDAY + timedelta(minutes=3))
    assert later.missed(BEFORE), "three minutes in all, though neither life was deaf for as long"


@pytest.mark.parametrize("left", ["", "late\n", f"{MONDAY.isoformat()}\nlate", f"{MONDAY.replace(tzinfo=None)}\n"])
def test_a_file_that_says_nothing_counts_as_missed(tmp_path: Path, left: str) -> None:
    (tmp_path / FILE).write_text(left)
    assert begun(tmp_path).missed(BEFORE)


def test_a_disk_that_refuses_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("where a folder should be")
    lived(tmp_path / "file")
    assert begun(tmp_path / "file").missed(BEFORE)


@pytest.mark.parametrize(("slept", "missed"), [(timedelta(minutes=2), False), (timedelta(minutes=20), True)])
async def test_a_machine_that_stood_still_between_two_rounds_is_noticed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: timedelta, missed: bool
) -> None:
    earshot = lived(tmp_path)
    app = App(world.store, world.phones, world.clock, earshot=earshot)

    async def one_long_rest(woken: asyncio.Event, until: datetime) -> None:
        world.clock.at = until + slept
        app.stop()

    monkeypatch.setattr(world.clock, "wait", one_long_rest)
    await app.run()
    await app.rest()
    assert earshot.missed(BEFORE) is missed
    assert begun(tmp_path, world.clock.now()).missed(BEFORE) is (missed or slept > PRESS_LIVES)


@pytest.mark.parametrize(("seconds", "missed"), [(9, False), (11, True)])
async def test_what_was_answered_from_memory_was_written_nowhere(world: World, seconds: int, missed: bool) -> None:
    world.app.outage.failed(Unavailable("locked"), world.clock.now())
    await world.sleeps(timedelta(seconds=seconds))
    await world.settle()
    assert not world.app.outage.failing
    assert world.app.earshot.missed(BEFORE) is missed
