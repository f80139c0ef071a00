"""How updates come in: written down before they are confirmed, whatever happens on the way."""

import asyncio
import logging
import re
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from bot.chat import Raw, Unauthorized
from bot.telegram.listener import Listener
from tests.telegram.wire import SECRET, TOKEN, Answer, Wire, broken_off, closed, fine, http, refused, reset, silent

Check = Callable[[BaseException], None]


class NotWrittenError(Exception):
    """The database is away."""


class Desk:
    """Where updates arrive. It fails as often as told, and lets every pause pass at once."""

    def __init__(self) -> None:
        self.written: list[list[Raw]] = []
        self.failures: deque[Exception] = deque()
        self.pauses: list[float] = []
        self.answered: list[bool] = []
        """Of each poll, whether Telegram answered."""
        self.paused_thrice = asyncio.Event()

    async def arrive(self, raws: list[Raw]) -> None:
        if self.failures:
            raise self.failures.popleft()
        self.written.append(raws)

    async def pause(self, how_long: timedelta) -> None:
        self.pauses.append(how_long.total_seconds())
        if len(self.pauses) == 3:
            self.paused_thrice.set()
        await asyncio.sleep(0)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def listener(desk: Desk, url: str) -> Listener:
    """A listener whose polls end at once, and which waits a fifth of a second for a silent Telegram."""
    short = timedelta(seconds=0.2)
    return Listener(
        TOKEN,
        url,
        desk.arrive,
        desk.pause,
        retry=NotWrittenError,
        heard=lambda: desk.answered.append(True),
        deaf=lambda: desk.answered.append(False),
        poll=timedelta(),
        patience=short,
    )


@asynccontextmanager
async def listening(desk: Desk, url: str) -> AsyncIterator[asyncio.Task[None]]:
    task: asyncio.Task[None] = asyncio.create_task(listener(desk, url).run())
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def updates(*numbers: object) -> bytes:
    return fine([{"update_id": number, "message": {"text": "Hello"}} for number in numbers])


def offsets(wire: Wire) -> list[object]:
    return [asked.parameters.get("offset") for asked in wire.asked]


async def test_the_first_call_confirms_nothing_and_says_what_we_want(wire: Wire, desk: Desk) -> None:
    async with listening(desk, wire.url):
        await wire.has_been_asked(1)
    assert wire.asked[0].path == f"/bot{TOKEN}/getUpdates"
    assert wire.asked[0].parameters == {
        "timeout": 0,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
    }


async def test_what_is_written_is_confirmed_by_the_next_call(wire: Wire, desk: Desk) -> None:
    wire.will(updates(500, 502, 501))
    async with listening(desk, wire.url):
        await wire.has_been_asked(2)
    assert [[raw["update_id"] for raw in raws] for raws in desk.written] == [[500, 502, 501]]
    assert offsets(wire) == [None, 503]
    assert desk.pauses == []


async def test_what_is_not_written_is_asked_for_again(wire: Wire, desk: Desk) -> None:
    desk.failures.extend([NotWrittenError(), NotWrittenError()])
    wire.will(updates(500), updates(500), updates(500))
    async with listening(desk, wire.url):
        await wire.has_been_asked(4)
    assert offsets(wire) == [None, None, None, 501]
    assert len(desk.written) == 1
    assert desk.pauses == [1, 1]


async def test_an_error_of_the_desk_ends_the_listening(wire: Wire, desk: Desk) -> None:
    desk.failures.append(ZeroDivisionError())
    wire.will(updates(500))
    with pytest.raises(ZeroDivisionError):
        await listener(desk, wire.url).run()


async def test_numbers_that_begin_anew_are_heard(wire: Wire, desk: Desk) -> None:
    wire.will(updates(900_000), fine([]), updates(5))
    async with listening(desk, wire.url):
        await wire.has_been_asked(4)
    assert offsets(wire) == [None, 900_001, None, 6]
    assert len(desk.written) == 2


@pytest.mark.parametrize("number", [None, "500", 1.5, True, -1, 10**30, [1]])
async def test_an_update_without_a_number_holds_up_nobody(number: object, wire: Wire, desk: Desk) -> None:
    wire.will(updates(number, 500), updates(number), fine([5, None, "x", [], {}]))
    async with listening(desk, wire.url):
        await wire.has_been_asked(4)
    assert [[raw["update_id"] for raw in raws] for raws in desk.written] == [[500]]
    assert offsets(wire) == [None, 501, None, None]
    assert desk.pauses == [1, 1], "only where nothing else came: else the same answer would come without end"


TROUBLE: dict[str, Answer] = {
    "server error": refused(500, "Internal Server Error"),
    "bad gateway": http("502 Bad Gateway", b"<html>502</html>", "text/html"),
    "no JSON": http("200 OK", b"<html>"),
    "no list": fine({"update_id": 5}),
    "bad request": refused(400, "Bad Request"),
    "forbidden": refused(403, "Forbidden"),
    "closed": closed,
    "reset": reset,
    "broken off": broken_off,
    "silent": silent,
    "nested without end": http("200 OK", b"[" * 100_000),
}


@pytest.mark.parametrize("trouble", TROUBLE)
async def test_trouble_passes_and_nothing_is_lost(
    trouble: str, wire: Wire, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    wire.will(updates(500), TROUBLE[trouble], updates(501))
    async with listening(desk, wire.url):
        await wire.has_been_asked(4)
    assert offsets(wire) == [None, 501, 501, 502]
    assert len(desk.pauses) == 1
    assert slugs(caplog) == ["listening_failed", "listening_recovered"]


async def test_back_off_grows_to_half_a_minute_and_begins_anew(wire: Wire, desk: Desk) -> None:
    wire.will(*[closed] * 8, updates(500), closed)
    async with listening(desk, wire.url):
        await wire.has_been_asked(11)
    steps = [1, 2, 4, 8, 16, 30, 30, 30, 1]
    assert all(0.75 * step <= pause <= step for step, pause in zip(steps, desk.pauses, strict=True))


async def test_a_long_outage_says_one_line_and_one_at_its_end(
    wire: Wire, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    trouble: list[Answer] = [closed, refused(500, "Internal Server Error")]
    wire.will(*trouble * 10, fine([]))
    async with listening(desk, wire.url):
        await wire.has_been_asked(22)
    assert slugs(caplog) == ["listening_failed", "listening_recovered"]
    assert desk.answered[:21] == [*[False] * 20, True]
    assert SECRET not in caplog.text


async def test_nobody_at_the_address_is_waited_out(
    refusing_url: str, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(desk, refusing_url), asyncio.timeout(10):
        await desk.paused_thrice.wait()
    assert slugs(caplog) == ["listening_failed"]


async def test_a_second_listener_waits_and_says_so_once(
    wire: Wire, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    conflict = refused(409, "Conflict: terminated by other getUpdates request")
    wire.will(conflict, conflict, conflict, updates(500))
    async with listening(desk, wire.url):
        await wire.has_been_asked(5)
    assert slugs(caplog) == ["listening_conflict", "listening_recovered"]
    assert len(desk.pauses) == 3
    assert len(desk.written) == 1


async def test_a_wait_is_as_long_as_telegram_says(wire: Wire, desk: Desk) -> None:
    wire.will(refused(429, "Too Many Requests: retry after 35", retry_after=35), updates(500))
    async with listening(desk, wire.url):
        await wire.has_been_asked(3)
    assert desk.pauses == [35]


@pytest.mark.parametrize("code", [401, 404])
async def test_a_bad_token_ends_the_listening(code: int, wire: Wire, desk: Desk, tells_nothing: Check) -> None:
    wire.will(refused(code, f"no such bot: {TOKEN}"))
    with pytest.raises(Unauthorized) as caught:
        await listener(desk, wire.url).run()
    tells_nothing(caught.value)
    assert SECRET not in f"{caught.getrepr(style='short')}"
    assert desk.pauses == []


async def test_a_listener_that_is_stopped_closes_its_connection(wire: Wire, desk: Desk) -> None:
    running = listener(desk, wire.url)
    for times in (1, 2):
        task: asyncio.Task[None] = asyncio.create_task(running.run())
        await wire.has_been_asked(times)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert wire.connections == 2


def slugs(caplog: pytest.LogCaptureFixture) -> list[str]:
    return re.findall(r"action=(\w+)", caplog.text)
