"""The card as a pure function: whatever is known, there is one thing to do, and never one that could harm."""

from collections.abc import Iterator
from typing import get_args

import pytest

from bot.chat import Message
from bot.content import health, strategies, triggers
from bot.content.health import Health
from bot.content.helplines import Line
from bot.cravings import offers
from bot.cravings.card import NAME, Asked, card, chosen
from bot.cravings.company import likeliest, talk
from bot.cravings.learning import Outcome
from bot.cravings.model import Look
from bot.people import Known, Own
from bot.texts import Texts

T = Texts("en", strict=True)
EVERY = ["", *(one.id for one in triggers.TRIGGERS)]
MOST_LINES, MOST_BUTTONS = 7, 6
PEERED, ALONE = Known("en", "ES", agreed=True, asks="ask"), Known("en", "ES", agreed=True)


def shown(message: Message) -> str:
    (press,) = [one.press for row in message.rows for one in row if one.press.startswith("moment:ten:")]
    return press.split(":")[2]


def one_after_another(trigger: str, look: Look | None) -> Iterator[str]:
    """What somebody sees who presses Something else thirty times, and whose moment remembers it if anything does."""
    seen: list[str] = []
    asked = Asked("for", trigger=trigger)
    for _ in range(30):
        now = None if look is None else Look(look.conditions, look.refused, look.outcomes, trigger, frozenset(seen))
        strategy = chosen(asked, trigger, now)
        yield strategy.id
        if asked.strategy:
            seen.append(asked.strategy)
        asked = Asked("after", strategy.id, trigger)


@pytest.mark.parametrize("trigger", EVERY)
def test_of_whom_nothing_is_known_gets_only_what_is_safe_for_everyone(trigger: str) -> None:
    found = list(one_after_another(trigger, None))
    assert len(set(found)) > 5
    for name in found:
        strategy = strategies.get(name)
        assert strategy
        assert strategy.about.safe_for_everyone


@pytest.mark.parametrize("trigger", EVERY)
def test_no_health_list_means_that_every_condition_counts(trigger: str) -> None:
    for name in one_after_another(trigger, Look()):
        strategy = strategies.get(name)
        assert strategy
        assert not strategy.about.not_when
        assert trigger not in strategy.about.forbidden_for


@pytest.mark.parametrize("condition", get_args(Health))
def test_what_somebody_has_told_binds(condition: Health) -> None:
    for trigger in EVERY:
        found = list(one_after_another(trigger, Look(frozenset({condition}))))
        against = {one.id for one in strategies.STRATEGIES if condition in one.about.not_when}
        assert against
        assert not against.intersection(found)


def test_in_shame_nobody_is_asked_to_play_it_forward_and_otherwise_it_comes() -> None:
    well = Look(frozenset())
    assert "tape" not in set(one_after_another("shame", well))
    assert next(one_after_another("just_once", well)) == "tape"


def test_nothing_comes_twice_before_all_have_been_seen_and_nobody_is_left_without_one() -> None:
    for trigger in EVERY:
        found = list(one_after_another(trigger, Look()))
        every = offers.order(trigger, None, frozenset())
        assert len(set(found[: len(every)])) == len(every)
        assert found[0] == every[0]


def test_somebody_who_has_left_out_everything_still_gets_the_first_card() -> None:
    all_of_them = frozenset(one.id for one in strategies.STRATEGIES)
    assert set(one_after_another("stress", Look(refused=all_of_them))) == {offers.FIRST}


def test_what_has_helped_comes_first_the_next_time() -> None:
    look = Look(outcomes=(Outcome("stress", "call", 5), Outcome("stress", "call", 4)), seed="1/1")
    assert chosen(Asked("for", trigger="stress"), "stress", look).id == "call"
    assert chosen(Asked("for", trigger="boredom"), "boredom", look).id == "call", "and elsewhere too"


@pytest.mark.parametrize("language", Texts.languages())
def test_every_card_is_short_and_has_help_in_its_last_row(language: str) -> None:
    t = Texts(language, strict=True)
    own = (Own("If I am alone at night, I call Dee. " * 9, "plan:show"),)
    for trigger in EVERY:
        for strategy in offers.order(trigger, frozenset(), frozenset()):
            for press in (f"hard:for:{trigger}", f"hard:after:{strategy}:{trigger}", f"hard:not:{strategy}:{trigger}"):
                for known in (None, Known("en", agreed=True, own=own, notes={NAME: Look(frozenset())})):
                    message = card(press, known, t)
                    buttons = [button.label for row in message.rows for button in row]
                    assert len(message.text.splitlines()) <= MOST_LINES, message.text
                    assert len(buttons) <= MOST_BUTTONS
                    assert all(len(row) <= 2 for row in message.rows)
                    assert message.rows[-1][-1].press == "help"


def test_a_press_that_makes_no_sense_brings_the_first_card() -> None:
    for press in ("hard", "hard:", "hard:open", "hard:for:nothing", "hard:after:x:y", "hard:not:", "hard::::"):
        assert shown(card(press, None, T)) == offers.FIRST


def test_a_card_that_was_late_is_the_same_card_once_it_is_opened() -> None:
    for press in ("hard:for:boredom", "hard:after:stop:boredom", "hard:after:stop:"):
        assert card(f"{press}:open", None, T) == card(press, None, T)


def test_the_list_asks_for_nothing_that_decides_about_nothing() -> None:
    used = {condition for one in strategies.STRATEGIES for condition in one.about.not_when}
    assert set(health.CONDITIONS) == used


@pytest.mark.parametrize(("strategy", "label"), [("meet", "Meetings"), ("reasons", "My own words")])
def test_a_card_that_names_another_part_of_us_leads_there_if_we_know_them(strategy: str, label: str) -> None:
    others = frozenset(one.id for one in strategies.STRATEGIES if one.id != strategy)
    for known, leads in ((Known("en", agreed=True, notes={NAME: Look(frozenset(), others)}), True), (None, False)):
        message = card("hard:after:steady:", known, T)
        labels = [button.label for row in message.rows for button in row]
        if leads:
            assert shown(message) == strategy
        assert (label in labels) == leads
        assert ("Someone to talk to" in labels) != leads
        assert len(labels) <= MOST_BUTTONS


def test_company_at_night_is_whoever_answers_at_any_hour_and_else_the_gentlest() -> None:
    def of(*hours: str) -> list[Line]:
        return [
            Line(kind="warm", dial=f"11{at}", hours=one, confidence="high", verified_on="")
            for at, one in enumerate(hours)
        ]

    assert likeliest([]) is None
    for hours, dial in (
        (("office", "always"), "111"),
        (("always", "always"), "110"),
        (("office", "09:00-21:00", "unknown"), "111"),
        (("office", "office"), "110"),
    ):
        found = likeliest(of(*hours))
        assert found
        assert found.dial == dial


def test_someone_to_talk_to_are_their_own_people_first() -> None:
    labels = [[button.label for row in talk("talk", known, T).rows for button in row] for known in (PEERED, ALONE)]
    assert labels[0] == ["My people", *labels[1]]
    assert "Help now" in labels[1]
