"""What comes too fast is refused, by the sandbox's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.rates import Rates
from bot.sandbox.refusal import RefusalError


class At:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def at() -> At:
    return At()


@pytest.fixture
def rates(at: At) -> Rates:
    return Rates(lambda: at.now, on=True)


def passes(rates: Rates, chat: int, method: str = "sendMessage") -> int:
    """How many calls pass in a row, and then how long the next is asked to wait is left in the refusal."""
    for number in range(1000):
        try:
            rates.take(method, chat)
        except RefusalError:
            return number
    return 1000


def wait(rates: Rates, chat: int) -> int:
    with pytest.raises(RefusalError) as error:
        rates.take("sendMessage", chat)
    assert error.value.retry_after is not None
    return error.value.retry_after


def test_a_private_chat_takes_a_short_burst_and_then_one_a_second(rates: Rates, at: At) -> None:
    assert passes(rates, 1) == 5
    assert wait(rates, 1) == 1
    at.now += timedelta(seconds=2)
    assert passes(rates, 1) == 2
    assert passes(rates, 2) == 5, "another chat is not touched"


def test_a_group_takes_twenty_a_minute(rates: Rates, at: At) -> None:
    assert passes(rates, -1) == 20
    assert wait(rates, -1) == 3
    at.now += timedelta(seconds=60)
    assert passes(rates, -1) == 20


def test_all_chats_together_take_thirty_a_second(rates: Rates, at: At) -> None:
    assert sum(passes(rates, chat) == 5 for chat in range(1, 8)) == 6
    assert wait(rates, 99) == 1
    at.now += timedelta(seconds=1)
    assert sum(min(passes(rates, chat), 1) for chat in range(100, 140)) <= 30
    assert passes(rates, 1, "answerCallbackQuery") == passes(rates, 1, "getMe") == 1000


def test_edits_count_over_all_and_not_in_their_chat(rates: Rates) -> None:
    assert passes(rates, 1, "editMessageText") == 30


def test_a_refused_call_costs_nothing_and_a_clock_that_steps_back_gives_nothing(rates: Rates, at: At) -> None:
    passes(rates, 1)
    for _ in range(10):
        wait(rates, 1)
    at.now -= timedelta(hours=1)
    assert wait(rates, 1) == 1
    at.now += timedelta(seconds=1)
    assert passes(rates, 1) == 1


def test_switched_off_everything_passes(at: At) -> None:
    assert passes(Rates(lambda: at.now, on=False), 1) == 1000
