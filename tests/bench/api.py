"""A Bot API on loopback that takes every message, writes down when, and answers after a set time.

In a process of its own, so that what it costs is nobody's: `python -m tests.bench.api SECONDS` prints its port.
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus
from urllib.request import urlopen

TOKEN = "4242424242:AAmade-up-for-the-benchmarks_0123456789"
BOT = {"id": 4242424242, "is_bot": True, "first_name": "Bench", "username": "bench_bot", "can_join_groups": False}
SHOWING = {"sendMessage", "editMessageText"}

CHAT = re.compile(rb'(?:chat_id=|name="chat_id"\r\n\r\n|"chat_id": ?"?)(\d+)')
TEXT = re.compile(rb'(?:(?:^|&)text=([^&]*)|name="text"\r\n\r\n(.*?)\r\n--|"text": ?"([^"]*)")', re.DOTALL)


@dataclass(frozen=True)
class Taken:
    """A message that arrived: when (monotonic seconds, the same for every process), by which call, where, its words."""

    at: float
    method: str
    chat: int
    text: str


@dataclass(frozen=True)
class Api:
    """The server as others see it."""

    address: str

    def taken(self) -> list[Taken]:
        """Every message that arrived, first to last."""
        with urlopen(f"{self.address}/taken") as answer:
            return [Taken(*one) for one in json.load(answer)]


@contextmanager
def running(round_trip: float = 0) -> Iterator[Api]:
    """A server that answers after so many seconds."""
    command = [sys.executable, "-m", "tests.bench.api", str(round_trip)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Api(f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.kill()


class Connection(asyncio.Protocol):
    """HTTP/1.1, as little of it as Bot API clients need."""

    def __init__(self, log: list[Taken], round_trip: float) -> None:
        self._log = log
        self._round_trip = round_trip
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (request := self._request()) is not None:
            answer = json.dumps(self._answer(*request)).encode()
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(answer)
            asyncio.get_running_loop().call_later(self._round_trip, self._write, head + answer)

    def _write(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)

    def _request(self) -> tuple[str, bytes] | None:
        """The next whole request: its last word of path, and its body."""
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return None
        if b"chunked" in head.lower():
            body, closing, later = rest.partition(b"0\r\n\r\n")
            if not closing:
                return None
        else:
            told = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
            length = int(told[1]) if told else 0
            if len(rest) < length:
                return None
            body, later = rest[:length], rest[length:]
        self._buffer = later
        return head.split()[1].decode().partition("?")[0].rpartition("/")[2], body

    def _answer(self, method: str, body: bytes) -> object:
        if method == "taken":
            return [[one.at, one.method, one.chat, one.text] for one in self._log]
        if method in SHOWING:
            return {"ok": True, "result": self._take(method, body)}
        return {"ok": True, "result": BOT if method == "getMe" else True}

    def _take(self, method: str, body: bytes) -> dict[str, object]:
        chat, text = CHAT.search(body), TEXT.search(body)
        assert chat, "a message without a chat"
        assert text, "a message without words"
        words = unquote_plus(next(group for group in text.groups() if group is not None).decode())
        self._log.append(Taken(time.monotonic(), method, int(chat[1]), words))
        place = {"id": int(chat[1]), "type": "private", "first_name": "A"}
        return {"message_id": len(self._log), "date": 1_700_000_000, "chat": place, "from": BOT, "text": "as sent"}


async def main(round_trip: float) -> None:
    log: list[Taken] = []
    server = await asyncio.get_running_loop().create_server(lambda: Connection(log, round_trip), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
