"""What the rules hear, line by line, so that others can measure it: no database, no key, no settings, nothing kept.

Standard input has one JSON object a line, `{"text": …, "lang": …}`; standard output gets, in the same order,
`{"trigger": …, "label": …}`: a trigger's id or null, and a red flag's id or null. `lang` decides nothing, since both
languages are always listened to. A line that cannot be used still gets its answer, so that the order is kept.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

from bot.content import hearing, redflags

MOST_CHARACTERS = 4096
"""Of a text: no message of Telegram's is longer."""
MOST_BYTES = 65_536
"""Of a line: as many characters, each written as an escape, fit well."""


class BadLine(ValueError):
    """A line that says nothing we can use. Says why, and never what stood there."""


def run(lines: BinaryIO, answers: TextIO, complaints: TextIO) -> int:
    """Answer each line as it comes. Returns 1 where a line could not be used, else 0; a reader that left ends it."""
    try:
        return _run(lines, answers, complaints)
    except BrokenPipeError:
        # what is still in the buffer would be tried again at the end, and complain
        for gone in (answers, complaints):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), gone.fileno())
        return 0


def _run(lines: BinaryIO, answers: TextIO, complaints: TextIO) -> int:
    code = 0
    for number, line in enumerate(_lines(lines), start=1):
        try:
            text = _text(line)
            answer = {"trigger": hearing.trigger(text), "label": redflags.heard(text)}
        except BadLine as error:
            complaints.write(f"line {number}: {error}\n")
            complaints.flush()
            answer, code = {"trigger": None, "label": None}, 1
        answers.write(f"{json.dumps(answer)}\n")
        answers.flush()
    return code


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Each line, of one that is too long only the beginning: a file of any size needs no more memory than one line."""
    while line := stream.readline(MOST_BYTES + 1):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MOST_BYTES)
        yield line


def _text(line: bytes) -> str:
    """The words of a line. Raises BadLine."""
    if len(line) > MOST_BYTES:
        raise BadLine(f"longer than {MOST_BYTES} bytes")
    try:
        said = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadLine('not JSON: one object a line, such as {"text": "stressed at work", "lang": "en"}') from None
    if not isinstance(said, dict) or "text" not in said:
        raise BadLine('no "text": one object a line, such as {"text": "stressed at work", "lang": "en"}')
    text: Any = said["text"]
    if not isinstance(text, str):
        raise BadLine('"text" is not in quotes: it has to be a string')
    if len(text) > MOST_CHARACTERS:
        raise BadLine(f'"text" is longer than {MOST_CHARACTERS} characters, as no message is')
    return text
