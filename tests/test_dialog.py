"""Questions that fill a row: the next is the first without an answer, and only what was offered is one."""

from dataclasses import dataclass
from datetime import time

import pytest

from bot.chat import Button
from bot.checkins.questions import CHECKIN, part_of_day
from bot.dialog import Choice, Dialog, NotAnAnswer, Scale
from bot.texts import Texts

T = Texts("en", strict=True)
LAST = ((Button("Help now", "help"),),)


@dataclass
class Row:
    id: int = 42
    mood: str | None = None
    pull: str | None = None
    asks: str = "used"
    used: str | None = None
    planned: str | None = None


def test_the_next_question_is_the_first_without_an_answer() -> None:
    row = Row()
    asked = []
    while step := CHECKIN.next_step(row):
        asked.append(step.field)
        CHECKIN.answer(row, step.field, step.values[-1])
    assert asked == ["mood", "pull", "used"]
    assert (row.mood, row.pull, row.used) == ("good", "10", "skipped")


def test_the_last_question_is_the_one_that_the_row_asks() -> None:
    row = Row(mood="low", pull="5", asks="planned")
    assert [step.field for step in CHECKIN.asked(row)] == ["mood", "pull", "planned"]
    with pytest.raises(NotAnAnswer):
        CHECKIN.answer(row, "used", "yes")
    CHECKIN.answer(row, "planned", "partly")
    assert CHECKIN.next_step(row) is None
    assert (row.used, row.planned) == (None, "partly")


def test_an_old_button_corrects_its_answer_and_the_rest_stays() -> None:
    row = Row(mood="low", pull="5")
    CHECKIN.answer(row, "mood", "good")
    assert (row.mood, row.pull) == ("good", "5")
    step = CHECKIN.next_step(row)
    assert step
    assert step.field == "used"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mood", "happy"),
        ("mood", ""),
        ("pull", "11"),
        ("pull", "-1"),
        ("pull", "٣"),
        ("pull", "1.0"),
        ("id", "1"),
        ("", "low"),
    ],
)
def test_nothing_else_is_an_answer(field: str, value: str) -> None:
    row = Row()
    with pytest.raises(NotAnAnswer):
        CHECKIN.answer(row, field, value)
    assert row == Row()


def test_a_question_shows_every_answer_and_what_stands_below() -> None:
    step = CHECKIN.steps[0]
    message = CHECKIN.ask(Row(), step, T, last=LAST, above="Your evening note.")
    assert message.text == "Your evening note.\nHow are you right now?"
    assert [[button.press for button in row] for row in message.rows] == [
        ["checkin:42:mood:very_low", "checkin:42:mood:low"],
        ["checkin:42:mood:so_so", "checkin:42:mood:all_right"],
        ["checkin:42:mood:good"],
        ["help"],
    ]
    assert message.slot == "checkin:42"
    assert message.sensitive


def test_a_scale_shows_each_number_once_both_ends_included() -> None:
    message = CHECKIN.ask(Row(mood="low"), CHECKIN.steps[1], T, last=LAST)
    numbers = [button.label for row in message.rows[:-1] for button in row]
    assert numbers == [str(number) for number in range(11)]
    assert max(len(row) for row in message.rows) <= 6


def test_beginning_again_opens_every_question() -> None:
    row = Row(mood="low", pull="5", used="no")
    CHECKIN.begin_again(row)
    assert row == Row()


def test_every_press_of_every_dialog_fits_into_a_button() -> None:
    row = Row(id=2**63 - 1)
    for step in CHECKIN.steps:
        CHECKIN.ask(row, step, T, last=LAST)  # a button that carries too much is refused where it is made


def test_labels_are_words_for_a_choice_and_numbers_for_a_scale() -> None:
    dialog = Dialog("checkin", (Choice("mood", ("low",)), Scale("pull", 3, 5, by=2)))
    assert [step.label(value, f"checkin-{step.field}", T) for step in dialog.steps for value in step.values] == [
        "😕 Low",
        "3",
        "4",
        "5",
    ]


def test_each_hour_is_some_part_of_the_day() -> None:
    parts = [part_of_day(time(hour)) for hour in range(24)]
    assert [parts.count(part) for part in ("night", "morning", "afternoon", "evening")] == [6, 7, 5, 6]
    for part in parts:
        assert T(f"checkin-note.{part}")
