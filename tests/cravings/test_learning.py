"""The ranking: starts from the evidence, believes what people say, and finds what helps."""

from statistics import mean

from bot.cravings import learning
from bot.cravings.learning import Outcome
from tests.bench.learning import at_random, by_evidence, missed, ours
from tests.figures import Record

ORDER = [f"s{number}" for number in range(12)]
PEOPLE, SEEDS = 200, (11, 12, 13)


def test_before_anything_is_known_it_is_the_order_of_the_evidence() -> None:
    assert learning.ranked(ORDER, "stress", (), "1/0") == ORDER


def test_what_helped_rises_and_what_did_not_sinks_and_nothing_is_left_out() -> None:
    outcomes = [Outcome("stress", "s0", -1), Outcome("stress", "s7", 5), Outcome("stress", "s1", 0)]
    found = learning.ranked(ORDER, "stress", outcomes, "1/1")
    assert found[0] == "s7"
    assert set(found[-2:]) == {"s0", "s1"}
    assert sorted(found) == sorted(ORDER)


def test_doubt_shrinks_with_every_outcome_and_sooner_with_those_of_the_same_trigger() -> None:
    def doubt(*outcomes: Outcome) -> float:
        return learning.beliefs(ORDER, "stress", outcomes)["s3"].sd

    once, elsewhere = Outcome("stress", "s3", 3), Outcome("boredom", "s3", 3)
    assert doubt(once, once) < doubt(once) < doubt(elsewhere) < doubt()


def test_something_untried_comes_first_now_and_then_and_the_same_seed_says_the_same() -> None:
    outcomes = [Outcome("stress", "s7", 6)] * 5
    firsts = [learning.ranked(ORDER, "stress", outcomes, str(seed))[0] for seed in range(500)]
    assert firsts == [learning.ranked(ORDER, "stress", outcomes, str(seed))[0] for seed in range(500)]
    assert set(firsts) == {"s7", "s0"}
    assert 0.01 < firsts.count("s0") / len(firsts) < 0.1


def test_what_they_say_goes_before_the_numbers() -> None:
    assert learning.eased(8, 4, None) == 4
    assert learning.eased(4, 8, None) == -4
    assert learning.eased(8, 4, helped=False) == 0
    assert learning.eased(8, 8, helped=True) == learning.HELPED
    assert learning.eased(None, None, helped=True) == learning.SAID_HELPED
    assert learning.eased(None, 3, None) == 4, "a pull that was not told is taken for a strong one"
    assert learning.eased(8, None, None) is None


def test_the_best_is_offered_in_seven_of_the_last_ten_of_thirty_moments(figures: Record) -> None:
    found = {
        choose.__name__: 1 - mean(missed(choose, seed, PEOPLE) for seed in SEEDS)
        for choose in (ours, by_evidence, at_random)
    }
    assert found["ours"] >= 0.70
    assert found["ours"] > 4 * max(found["by_evidence"], found["at_random"])
    figures(
        f"what helps most offered first in {found['ours']:.0%} of the last ten of thirty moments "
        f"({PEOPLE} people, {len(SEEDS)} seeds); always the evidence order {found['by_evidence']:.0%}, "
        f"at random {found['at_random']:.0%}"
    )
