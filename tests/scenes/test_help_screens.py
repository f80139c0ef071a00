"""Every screen of help, for every country: short, with a way on, its numbers whole."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.chat import PRESS_LIMIT, TEXT_LIMIT, Message
from bot.content import firstaid, helplines, strategies
from bot.cravings.card import card
from bot.cravings.company import talk
from bot.helpnow.numbers import CARDS, numbers, show
from bot.people import SUBSTANCES, Known
from bot.safety.screens import show as flagged
from bot.texts import Texts

T = Texts("en", strict=True)
BACK = "Back to where I was"
COUNTRIES = [country.code for country in helplines.countries()]
MOST_LINES = 7
MOST_BUTTONS = 6
LONG_LIST = 10


def labels(message: Message) -> list[str]:
    return [button.label for row in message.rows for button in row]


def walked(start: Message, known: Known | None) -> Iterator[Message]:
    """Every screen that can be reached from one by its buttons."""
    seen, ahead = {start.text + str(start.rows)}, [start]
    while ahead:
        message = ahead.pop()
        yield message
        for button in (button for row in message.rows for button in row if button.press):
            render = card if button.press.partition(":")[0] == "hard" else show
            following = render(button.press, known, T)
            if (key := following.text + str(following.rows)) not in seen:
                seen.add(key)
                ahead.append(following)


def test_57_countries_have_numbers() -> None:
    assert len(COUNTRIES) >= 57


@pytest.mark.parametrize("code", COUNTRIES)
def test_the_numbers_of_a_country_fit_on_one_screen(code: str) -> None:
    country = helplines.lines(code)
    message = show("help", Known("en", code, agreed=True), T)
    assert message.text == show(f"help:in:{code}", None, T).text, "known or picked, it is the same screen"
    assert len(message.text.splitlines()) <= MOST_LINES, message.text
    assert len(message.text) <= TEXT_LIMIT / 4
    assert len(labels(message)) <= MOST_BUTTONS
    assert all(len(row) <= 2 for row in message.rows)
    emergency = country.first("emergency")
    if emergency:
        assert emergency.dial in message.text
        assert T("help-copy", number=emergency.dial) in labels(message)
    copied = [button.copy for row in message.rows for button in row if button.copy]
    assert len(copied) <= 2
    assert all(any(line.dial == number for line in country.lines) for number in copied)
    assert country.name("en") in message.text
    assert "I am a program" in message.text


WORDS = {
    "poison": "Taken too much, or not sure: ",
    "drug": "Drugs or drink: ",
    "text": "By text: ",
    "violence": "Someone frightens or hurts you: ",
    "youth": "For the young: ",
    "family": "For families: ",
    "warm": "To be listened to: ",
}


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_kind_of_line_that_a_country_has_is_on_its_screen(code: str) -> None:
    country = helplines.lines(code)
    text = show(f"help:in:{code}", None, T).text
    for kind, words in WORDS.items():
        found = [line for line in country.lines if line.kind == kind]
        assert (words in text) is bool(found), f"{code}: {kind}"
        assert not found or f"{words}{found[0].dial}" in text


def test_where_two_lines_serve_one_country_both_are_shown_and_regional_ones_say_where() -> None:
    belgium, britain = (show(f"help:in:{code}", None, T).text for code in ("BE", "GB"))
    assert "1712 (In Dutch) / 0800 30 030 (In French)" in belgium
    assert "0808 2000 247 (England) · For the young: 0800 1111 (Under 19)" in britain
    assert "0800 027 1234" not in britain
    assert "116 123, day and night · By text: 85258 (Text SHOUT)" in britain


def dated(*verified: date | None) -> helplines.Country:
    """A country whose lines were checked on these days."""
    kinds = ("emergency", "crisis", "violence")
    lines = [
        helplines.Line(
            kind=kind,
            dial=f"11{number}",
            hours="always",
            confidence="high",
            verified_on=on,
            source="called it" if on else "",
        )
        for number, (kind, on) in enumerate(zip(kinds, verified, strict=True))
    ]
    return helplines.Country("GB", tuple(lines))


NOVEMBER = date(2026, 11, 21)


def test_nothing_checked_is_said_once_for_all_of_them() -> None:
    text = numbers(dated(None, None, None), NOVEMBER, T).text
    assert text.splitlines()[0] == "United Kingdom. We have not checked these numbers: some may have changed."
    assert "(" not in text


@pytest.mark.parametrize(
    ("today", "danger"),
    [
        (NOVEMBER, "110 (checked Oct 2026)"),
        (date(2027, 11, 21), "110 (check this number)"),
        (None, "110 (checked Oct 2026)"),
    ],
)
def test_each_number_says_when_it_was_checked_and_when_that_is_too_long_ago(today: date | None, danger: str) -> None:
    lines = numbers(dated(date(2026, 10, 3), NOVEMBER, None), today, T).text.splitlines()
    assert lines[0] == "United Kingdom. Behind each number: when we checked it."
    assert lines[1].endswith(danger)
    assert lines[3].endswith("112 (unchecked)")
    assert len(lines) <= MOST_LINES


def test_the_day_comes_with_what_is_known_of_a_person() -> None:
    assert show("help", Known("en", "GB", today=NOVEMBER), T) == numbers(helplines.lines("GB"), NOVEMBER, T)


@pytest.mark.parametrize("code", COUNTRIES)
@pytest.mark.parametrize("what", list(CARDS))
def test_first_aid_names_the_number_there(what: str, code: str) -> None:
    message = show(f"help:{what}:{code}", None, T)
    emergency = helplines.lines(code).first("emergency")
    wanted = emergency.dial if emergency else "112 or 911"
    assert wanted in message.text.splitlines()[0]
    assert len(message.text.splitlines()) <= MOST_LINES
    assert len(labels(message)) <= MOST_BUTTONS
    assert "Help now" in labels(message)


@pytest.mark.parametrize("known", [None, Known("en"), Known("en", "PT", agreed=True), Known("en", "XX", agreed=True)])
def test_from_help_every_screen_can_be_reached_and_none_is_a_dead_end(known: Known | None) -> None:
    screens = list(walked(show("help", known, T), known))
    assert len(screens) > len(COUNTRIES) + len(CARDS)
    for message in screens:
        assert any(button.press for row in message.rows for button in row), message.text
        assert 0 < len(message.text.splitlines()) <= MOST_LINES, message.text
        assert len(labels(message)) <= LONG_LIST, labels(message)
        assert all(len(row) <= 2 for row in message.rows)
        assert "!" not in message.text
    texts = "\n".join(message.text for message in screens)
    for country in helplines.countries():
        assert country.name("en") in texts or any(country.name("en") in labels(one) for one in screens)


def test_the_pages_of_countries_go_round_and_hold_each_once() -> None:
    seen: list[str] = []
    press = "help:list:0"
    while True:
        message = show(press, None, T)
        here = [button.label for row in message.rows for button in row if button.press.startswith("help:in:")]
        if here[0] in seen:
            break
        seen += here
        press = next(button.press for row in message.rows for button in row if button.press.startswith("help:list:"))
    assert sorted(seen) == sorted(country.name("en") for country in helplines.countries())


@pytest.mark.parametrize(
    ("code", "said"),
    [("US", "988 (Call or text. Veterans: then 1)"), ("PE", "113 (Then option 5)"), ("ID", "119 (Then extension 8)")],
)
def test_a_crisis_line_says_what_one_has_to_know_to_reach_it(code: str, said: str) -> None:
    known = Known("en", code, agreed=True)
    for message in (show("help", known, T), flagged("flag:suicidal:yes", known, T), talk("talk", known, T)):
        assert said in message.text


@pytest.mark.parametrize("known", [None, Known("en", "PT", agreed=True)], ids=["stranger", "member"])
def test_no_screen_of_help_now_loses_the_way_back(known: Known | None) -> None:
    longest = max((f"slips:on:20261231:{name}" for name in SUBSTANCES), key=len)
    seen: set[str] = set()
    open_presses = [f"help:back:{longest}"]
    while open_presses:
        press = open_presses.pop()
        message = show(press, known, T)
        assert [longest] == [button.press for row in message.rows for button in row if button.label == BACK], press
        buttons = {button.press for row in message.rows for button in row if button.press.startswith("help")}
        assert all(len(one.encode()) <= PRESS_LIMIT for one in buttons)
        open_presses += buttons - seen
        seen |= buttons
        assert show(f"{press}:open", known, T) == message, "the same when it comes late"
    assert {f"help:in:GB:{longest}", f"help:took:{known.country if known else 'INT'}:{longest}"} <= seen


@pytest.mark.parametrize("strategy", strategies.STRATEGIES, ids=lambda strategy: str(strategy.id))
def test_a_card_is_short_and_has_a_way_on(strategy: strategies.Strategy) -> None:
    message = card(f"hard:{strategy.id}", None, T)
    assert len(message.text.splitlines()) <= MOST_LINES
    assert "Help now" in labels(message)
    assert message.sensitive


def test_a_card_that_is_not_safe_for_everyone_is_never_shown_to_somebody_unknown() -> None:
    for press in ("hard", "hard:nothing", *(f"hard:{one.id}" for one in strategies.STRATEGIES)):
        shown = card(press, None, T).text
        safe = [one for one in (strategies.first(), *strategies.STRATEGIES) if one.about.safe_for_everyone]
        assert any(one.words("en").steps[0] in shown for one in safe)


def test_every_first_aid_card_is_used() -> None:
    assert set(CARDS.values()) == set(firstaid.CARDS)
