"""What a log may say, and what it never does."""

import asyncio
import io
import logging
import re
import sys
import warnings
from collections.abc import Callable, Iterator

import pytest

from bot import chat, logs

SECRET = "hunter2"


def redact(text: str) -> str:
    return text.replace(SECRET, "<hidden>")


class Log:
    """Logging as the program sets it up, and what it has put out."""

    def __init__(self) -> None:
        self._out = io.StringIO()

    def configure(self, level: str) -> None:
        logs.configure(level, redact)
        (handler,) = logging.getLogger().handlers
        assert isinstance(handler, logging.StreamHandler)
        assert handler.stream is sys.stderr
        handler.setStream(self._out)

    @property
    def lines(self) -> list[str]:
        return self._out.getvalue().splitlines()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """A log from INFO on; afterwards everything is as it was."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root = logging.getLogger()
    names = ["bot", "py.warnings", "somebody.new", *logs.TALKATIVE]
    levels = {logger: logger.level for logger in (root, *map(logging.getLogger, names))}
    handlers = root.handlers[:]
    log = Log()
    log.configure("INFO")
    yield log
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    for logger, level in levels.items():
        logger.setLevel(level)


ours = logging.getLogger("bot.inbox")


def broken(words: str) -> Exception:
    """An error out of our own code that carries what somebody wrote."""
    try:
        chat.Message("")
    except ValueError as error:
        error.args = (words,)
        return error
    raise AssertionError


def test_a_line_is_time_level_place_and_sentence(log: Log) -> None:
    ours.info("Two updates were written. action=inbox_written id=%s", 42)
    (line,) = log.lines
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO bot\.inbox Two updates were written\. action=inbox_written id=42", line
    )


def test_our_level_is_as_set(log: Log) -> None:
    ours.debug("Too much.")
    log.configure("DEBUG")
    ours.debug("Enough.")
    log.configure("ERROR")
    ours.warning("Too little.")
    assert [line.rpartition(" ")[2] for line in log.lines] == ["Enough."]


def test_a_level_that_does_not_exist_is_refused(log: Log) -> None:
    with pytest.raises(ValueError, match="LOUD"):
        logs.configure("LOUD", redact)


@pytest.mark.parametrize("name", [*logs.TALKATIVE, "httpcore.connection", "telegram.Bot", "somebody.new"])
def test_others_speak_from_warnings_on_whoever_lowers_what(name: str, log: Log) -> None:
    log.configure("DEBUG")
    logging.getLogger().setLevel(logging.DEBUG)
    other = logging.getLogger(name)
    before = other.level
    other.info("Ana's words")
    other.setLevel(logging.DEBUG)
    other.debug("Ana's words")
    other.warning("Not well.")
    other.setLevel(before)
    assert [line.split(" ", 1)[1] for line in log.lines] == [f"WARNING {name} Not well."]


def test_libraries_are_not_even_asked_to_format_what_they_would_say(log: Log) -> None:
    logging.getLogger().setLevel(logging.DEBUG)
    assert not any(logging.getLogger(name).isEnabledFor(logging.INFO) for name in logs.TALKATIVE)


def test_an_error_is_told_as_its_type_and_place(log: Log) -> None:
    error = broken("Ana's words")
    ours.error("A turn failed. action=turn_failed", exc_info=error)
    (line,) = log.lines
    assert re.search(r"action=turn_failed \(ValueError at bot\.chat\.message:\d+\)$", line)


@pytest.mark.parametrize(
    "say",
    [
        lambda error: ours.warning("Failed: %s", error),
        lambda error: ours.warning("Failed: %r", error),
        lambda error: ours.warning("Failed: %(why)s", {"why": error}),
        lambda error: ours.warning(error),
        lambda error: logging.getLogger("somebody.new").error(error),
        lambda error: logging.getLogger("asyncio").error("It failed\nfuture: %s", repr(error), exc_info=error),
    ],
)
def test_no_way_of_logging_an_error_shows_its_words(say: Callable[[Exception], None], log: Log) -> None:
    say(broken("Ana's words"))
    (line,) = log.lines
    assert "ValueError at bot.chat.message:" in line
    assert "Ana" not in line


def test_an_error_from_below_is_placed_where_we_called(log: Log) -> None:
    raw: dict[str, object] = {"update_id": "Ana's words"}
    from bot.telegram import updates

    with pytest.raises(TypeError) as caught:
        updates.number(raw)
    assert re.fullmatch(r"TypeError at bot\.telegram\.updates:\d+", logs.place(caught.value))


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert logs.place(ValueError("Ana's words")) == "ValueError"


def test_an_error_from_elsewhere_is_placed_where_it_arose() -> None:
    with pytest.raises(ValueError, match="Ana") as caught:
        int("Ana's words")
    assert re.fullmatch(r"ValueError at tests\.test_logs:\d+", logs.place(caught.value))


def test_a_group_is_told_as_what_it_holds() -> None:
    group = ExceptionGroup("Ana's words", [ValueError("Ana's words"), ExceptionGroup("more", [KeyError("Ana")])])
    assert logs.place(group) == "ExceptionGroup of ValueError, ExceptionGroup of KeyError"


def test_a_secret_put_together_from_arguments_is_taken_out(log: Log) -> None:
    ours.warning("Asking %s%s. action=%s", SECRET[:3], SECRET[3:], SECRET)
    assert log.lines[0].endswith("Asking <hidden>. action=<hidden>")


def test_a_record_is_one_line(log: Log) -> None:
    ours.warning("First.\n2026-01-01T00:00:00Z INFO bot.inbox %s", "A forged\r\nline.", stack_info=True)
    assert len(log.lines) == 1


def test_a_line_that_cannot_be_written_does_not_show_what_it_was_given(log: Log) -> None:
    log.configure("INFO")  # once more, without the handlers of pytest, which would raise
    ours.warning("Id %d. action=x", "Ana's words")
    (line,) = log.lines
    assert "action=log_broken" in line
    assert "TypeError" in line
    assert "Ana" not in line


def test_other_handlers_get_the_record_as_it_was(log: Log, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger().addHandler(caplog.handler)
    error = broken("Ana's words")
    ours.warning("Failed: %s", error, exc_info=error)
    assert caplog.records[0].args == (error,)
    assert caplog.records[0].exc_info


def test_warnings_are_logged(log: Log) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("old way", DeprecationWarning, stacklevel=1)
    logging.captureWarnings(False)
    (line,) = log.lines
    assert "WARNING py.warnings" in line
    assert line.endswith("DeprecationWarning: old way")


def test_a_crash_is_told_without_its_words(log: Log) -> None:
    error = broken("Ana's words")
    sys.excepthook(type(error), error, error.__traceback__)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    (line,) = log.lines
    assert re.search(r"CRITICAL .*ValueError at bot\.chat\.message:\d+\. action=crashed$", line)


async def test_an_error_in_a_task_nobody_waits_for_is_told_without_its_words(log: Log) -> None:
    loop = asyncio.get_running_loop()
    told = asyncio.Event()

    def hear(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        logs.unheard(loop, context)
        told.set()

    async def fail(words: str) -> None:
        raise broken(words)

    loop.set_exception_handler(hear)
    task = asyncio.create_task(fail("Ana's words"))
    await asyncio.wait([task])
    del task
    async with asyncio.timeout(10):
        await told.wait()
    loop.set_exception_handler(None)
    (line,) = log.lines
    assert "ERROR bot.logs" in line
    assert "ValueError at bot.chat.message:" in line
    assert "Ana" not in line


def test_a_complaint_of_the_loop_without_an_error_is_told_without_its_words(log: Log) -> None:
    loop = asyncio.new_event_loop()
    logs.unheard(loop, {"message": "Unclosed Ana's words"})
    loop.close()
    (line,) = log.lines
    assert "action=unheard" in line
    assert "Ana" not in line
