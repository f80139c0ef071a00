"""What a check-in asks. The last question fits the goal; somebody on a calm day needs three taps."""

from datetime import date, time

from bot import days
from bot.chat import Button, Message, Rows
from bot.checkins.model import SKIPPED, Checkin
from bot.dialog import Choice, Dialog, Scale, Step
from bot.people import Person
from bot.texts import Texts

KIND = "checkin"

CHECKIN = Dialog(
    "checkin",
    steps=(
        Choice("mood", ("very_low", "low", "so_so", "all_right", "good")),
        Scale(
            "pull", 0, 10, words=(("0", "none"), ("2", "little"), ("5", "some"), ("7", "strong"), ("9", "very_strong"))
        ),
        Choice("used", ("no", "yes", SKIPPED), when=lambda row: row.asks == "used"),
        Choice("planned", ("yes", "partly", "no", SKIPPED), when=lambda row: row.asks == "planned"),
    ),
)


def shown(
    row: Checkin,
    step: Step,
    person: Person,
    t: Texts,
    *,
    above: str = "",
    words: bool | None = None,
    then: bool = False,
) -> Message:
    """One question. `words` asks for the pull in words or in numbers, else as the person likes it; `then` of a day
    that is over."""
    slot = CHECKIN.slot(row)
    support = Button(t("checkin-support"), f"{slot}:support")
    help_now = Button(t("help-button"), "help")
    in_words = person.scale == "words" if words is None else words
    last: Rows = ((support, help_now),)
    if step.field == "mood" and not then:  # a day that is over cannot be put off
        last = ((support,), (Button(t("checkin-later"), f"{slot}:later"), help_now))
    elif step.field == "pull":
        other = Button(
            t("checkin-numbers" if in_words else "checkin-words"), f"{slot}:scale:{'n' if in_words else 'w'}"
        )
        last = ((other, support), (help_now,))
    wording = f"checkin-{step.field}-then" if then else ""
    return CHECKIN.ask(row, step, t, last=last, above=above, in_words=in_words, wording=wording)


def for_day(row: Checkin, today: date, t: Texts) -> str:
    """A line above the questions about a day that is over."""
    return t("checkin-then", day=days.said(row.day, t)) if row.day < today else ""


def pull_said(row: Checkin, person: Person, t: Texts) -> str:
    """The pull as it was asked for: the number, or the nearest word."""
    if person.scale != "words" or row.pull is None or not row.pull.isdecimal():
        return str(row.pull)
    scale = next(step for step in CHECKIN.steps if isinstance(step, Scale))
    word = next(word for value, word in reversed(scale.words) if int(value) <= int(row.pull))
    return t(f"checkin-pull.{word}").lower()


def part_of_day(at: time) -> str:
    """Which word a note of that hour goes by."""
    hours = (("morning", 5, 12), ("afternoon", 12, 17), ("evening", 17, 23))
    return next((word for word, first, end in hours if first <= at.hour < end), "night")
