"""Something of ours breaks in the middle of an alert: it is tried again soon, and nobody waits for it in vain."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.chat import Ambiguous, Message
from bot.peers import chain, status, words
from tests.peers.cast import with_people
from tests.peers.test_alert import SECONDS, arrived, asked, asks
from tests.phone import Someone
from tests.world import World

MINUTE = timedelta(minutes=1)
BROKEN = "Something of mine is broken"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On one database: nothing here is a matter of its dialect."""
    return sqlite_url


@pytest.fixture
async def both(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    """Ana has Ben and Dee."""
    await with_people(world, ana, Ben=ben, Dee=dee)


def fails(what: Callable[..., Any], times: int) -> Callable[..., Any]:
    """The same function, with a mistake of ours in it for so many calls."""
    left = iter(range(times))

    def failing(*given: Any, **more: Any) -> Any:
        if next(left, None) is not None:
            raise RuntimeError("a mistake of ours")
        return what(*given, **more)

    return failing


@pytest.mark.usefixtures("both")
async def test_a_step_that_fails_is_tried_again_within_seconds(
    world: World, ana: Someone, ben: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "ask_next", fails(chain.ask_next, 2))
    await asks(ana)
    await world.wait(SECONDS)
    assert not asked(ben)
    await world.wait(timedelta(seconds=6))
    assert asked(ben) == 1
    assert not arrived(ana, BROKEN)


@pytest.mark.usefixtures("both")
async def test_what_goes_on_failing_is_said_once_and_goes_on_when_it_can(
    world: World, ana: Someone, ben: Someone, dee: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "ask_next", fails(chain.ask_next, 8))
    await asks(ana)
    await world.wait(SECONDS + timedelta(seconds=8))
    assert arrived(ana, BROKEN) == 1
    assert "A person is awake at" in ana.sees
    assert ana.buttons[-2:] == ["All is well now", "Help now"]
    await world.restart()
    await world.wait(6 * MINUTE)
    assert arrived(ana, BROKEN) == asked(ben) == 1
    assert "Passed to Telegram at" in ana.sees, "what was broken stands there no more"
    await world.wait(5 * MINUTE)
    assert asked(dee) == 1


@pytest.mark.usefixtures("both")
async def test_a_question_that_finds_no_words_is_tried_again_within_seconds_too(
    world: World, ana: Someone, ben: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "lock", fails(words.lock, 4))
    await asks(ana)
    await world.wait(SECONDS + timedelta(seconds=30))
    assert asked(ben) == 1


@pytest.mark.usefixtures("both")
async def test_that_nobody_answered_is_told_in_other_words_if_its_own_cannot_be_found(
    world: World, ana: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asks(ana, "Only Ben")
    await world.wait(SECONDS + MINUTE)
    monkeypatch.setattr(status, "_told", fails(status._told, 100))
    await world.wait(8 * MINUTE)
    assert arrived(ana, BROKEN) == 1
    assert not arrived(ana, "Nobody has answered yet")


@pytest.mark.usefixtures("both")
async def test_a_platform_that_answers_nobody_for_a_minute_uses_up_nobody(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    """It refuses with 500, which says nothing about whether it was taken."""

    async def doubtful(address: str, message: Message) -> None:
        raise Ambiguous

    await asks(ana)
    world.phones.before = doubtful
    await world.wait(SECONDS + MINUTE)
    world.phones.before = world.phones.after
    await world.wait(MINUTE)
    assert asked(ben) == 1
    assert "Ben can't be reached" not in ana.sees
    assert not asked(dee)


@pytest.mark.usefixtures("both")
async def test_a_mistake_in_hearing_that_it_was_passed_on_ends_nothing(
    world: World, ana: Someone, ben: Someone, dee: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "passed", fails(chain.passed, 100))
    await asks(ana)
    await world.wait(SECONDS + 11 * MINUTE)
    assert asked(ben) >= 1
    assert asked(dee) >= 1
    assert arrived(ana, "Nobody has answered yet") == 1
