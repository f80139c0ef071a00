"""A few questions that fill one row: declared, not programmed. The next is the first step without an answer.

The row is the conversation: a button carries the row and the answer, so any number of dialogs may stand open, survive
a restart, and an old button corrects its answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat import Button, Message, Rows
from bot.texts import Texts


class NotAnAnswer(ValueError):
    """A button, old or forged, that is no answer to any of the questions."""


def always(row: Any) -> bool:
    """Asked of everybody."""
    return True


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words. `words` are attributes of its Fluent message; `by` how many buttons stand in a row."""

    field: str
    values: tuple[str, ...]
    by: int = 2
    when: Callable[[Any], bool] = always

    def label(self, value: str, message: str, t: Texts) -> str:
        """What its button says."""
        return t(f"{message}.{value}")


@dataclass(frozen=True, slots=True)
class Scale:
    """A whole number from `low` to `high`, both included; or a few `words` for some of them."""

    field: str
    low: int
    high: int
    by: int = 6
    words: tuple[tuple[str, str], ...] = ()
    when: Callable[[Any], bool] = always

    @property
    def values(self) -> tuple[str, ...]:
        """Every number, as its button carries it."""
        return tuple(str(value) for value in range(self.low, self.high + 1))

    def label(self, value: str, message: str, t: Texts) -> str:
        """The number itself."""
        return value


Step = Choice | Scale


@dataclass(frozen=True, slots=True)
class Dialog:
    """Questions in their order, each a field of the row. `name` begins its presses and its Fluent messages."""

    name: str
    steps: tuple[Step, ...]

    def next_step(self, row: Any) -> Step | None:
        """The first question without an answer."""
        return next((step for step in self.asked(row) if getattr(row, step.field) is None), None)

    def asked(self, row: Any) -> tuple[Step, ...]:
        """The questions that this row asks."""
        return tuple(step for step in self.steps if step.when(row))

    def ask(
        self,
        row: Any,
        step: Step,
        t: Texts,
        *,
        last: Sequence[tuple[Button, ...]],
        above: str = "",
        in_words: bool = False,
        wording: str = "",
    ) -> Message:
        """A question and its answers; `last` are the rows that stand below them, `above` a line before it.

        `in_words` gives a scale's words instead of its numbers, where it has any; `wording` is another message for
        the same question.
        """
        message = f"{self.name}-{step.field}"
        if isinstance(step, Scale) and step.words and in_words:
            labels, by = [(value, t(f"{message}.{word}")) for value, word in step.words], 2
        else:
            labels, by = [(value, step.label(value, message, t)) for value in step.values], step.by
        answers = [Button(label, f"{self.slot(row)}:{step.field}:{value}") for value, label in labels]
        rows: Rows = tuple(tuple(answers[start : start + by]) for start in range(0, len(answers), by))
        text = "\n".join(line for line in (above, t(wording or message)) if line)
        return Message(text, (*rows, *last), slot=self.slot(row), sensitive=True)

    def answer(self, row: Any, field: str, value: str) -> None:
        """Write an answer into the row. Raises NotAnAnswer."""
        for step in self.asked(row):
            if step.field == field and value in step.values:
                setattr(row, field, value)
                return
        raise NotAnAnswer

    def begin_again(self, row: Any) -> None:
        """Open all questions once more."""
        for step in self.steps:
            setattr(row, step.field, None)

    def slot(self, row: Any) -> str:
        """The place on the screen that this dialog takes."""
        return f"{self.name}:{row.id}"
