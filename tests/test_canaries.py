"""The watch over every test's log can fail: whatever is personal is caught, however it is wrapped."""

import json
import logging
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from tests.canaries import Watch
from tests.phone import Someone
from tests.world import World, is_set

WORDS = "el café del puerto, a las 9"
NAME = "Ana"

WRAPPED: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent": lambda words: quote(f"https://x.example/?q={words}"),
    "base64": lambda words: b64encode(words.encode()).decode(),
    "base64 further in": lambda words: b64encode(b'{"text": ' + words.encode() + b"}").decode(),
    "base64 one byte on": lambda words: b64encode(b"'" + words.encode() + b"'").decode(),
    "json": lambda words: json.dumps({"text": words}),
    "hex": lambda words: f"X'{words.encode().hex().upper()}'",
}


@pytest.fixture
async def talk(world: World, ana: Someone, watch: Watch) -> Watch:
    """Ana is set, and has written something."""
    await is_set(ana, name=NAME)
    await ana.says(WORDS)
    return watch


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("how", WRAPPED)
def test_typed_words_are_caught_however_they_are_wrapped(how: str, talk: Watch) -> None:
    assert talk.leaks() == []
    logging.getLogger("bot.inbox").debug("An update was written: %s. action=written", WRAPPED[how](WORDS))
    assert any(repr(WORDS) in leak for leak in talk.leaks())
    talk.forget()
    assert talk.leaks() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("personal", [NAME, "Lisbon", "phone:ana", "welcome:at:PT:Europe/Lisbon"])
def test_names_places_addresses_and_buttons_are_caught(personal: str, talk: Watch) -> None:
    logging.getLogger("bot.inbox").info("Something of %s is here. action=here", personal)
    assert any(repr(personal) in leak for leak in talk.leaks())
    talk.forget()


def test_the_token_is_caught_although_a_finished_line_hides_it(watch: Watch) -> None:
    token = "4242:AAHfGkq0zZ_made-up_for_a_test"
    watch.canaries.add(token)
    logging.getLogger("bot.telegram").debug("POST https://api.example/bot%s/getMe", token)
    assert watch.leaks() == [f"{token!r} as plain", f"{token!r} as json"]
    watch.forget()


def test_libraries_are_heard_from_warnings_on_as_the_program_hears_them(watch: Watch) -> None:
    watch.canaries.add(WORDS)
    for name in ("aiosqlite", "httpx", "telegram.Bot"):
        logging.getLogger(name).debug(WORDS)
        logging.getLogger(name).info(WORDS)
    assert watch.leaks() == []
    logging.getLogger("httpx").warning(WORDS)
    assert watch.leaks() != []
    watch.forget()


def test_the_hour_that_a_line_was_written_at_is_nobodys_word(watch: Watch) -> None:
    seven = datetime(2026, 11, 21, 19, tzinfo=UTC).timestamp()
    watch.canaries.add("19:00")
    line = {
        "name": "bot.loop",
        "levelno": logging.INFO,
        "levelname": "INFO",
        "msg": "Here. action=here",
        "created": seven,
    }
    logging.getLogger("bot.loop").handle(logging.makeLogRecord(line))
    assert watch.leaks() == []
    logging.getLogger("bot.loop").handle(logging.makeLogRecord({**line, "msg": "It is 19:00. action=here"}))
    assert watch.leaks() != []
    watch.forget()
