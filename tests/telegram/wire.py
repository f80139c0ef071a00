"""A Bot API that says byte for byte what a test has it say, and remembers what it was asked."""

import asyncio
import json
import socket
import struct
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

# Sandbox-like shape, made up: the parts differ from anything Telegram ever gave out.
TOKEN = "4242424242:AAmade-up-for-the-tests_0123456789xyz"
SECRET = TOKEN.partition(":")[2]


@dataclass(frozen=True)
class Asked:
    """One request: the path it went to, and its parameters with JSON decoded where they hold any."""

    path: str
    parameters: dict[str, Any]

    @property
    def method(self) -> str:
        return self.path.rpartition("/")[2]


Answer = bytes | Callable[[asyncio.StreamWriter], None]


def http(status: str, body: bytes, kind: str = "application/json") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def fine(result: object) -> bytes:
    return http("200 OK", json.dumps({"ok": True, "result": result}).encode())


def refused(code: int, description: str, **parameters: object) -> bytes:
    answer: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        answer["parameters"] = parameters
    return http(f"{code} No", json.dumps(answer).encode())


def sent(message_id: int = 7) -> bytes:
    chat = {"id": 11, "type": "private", "first_name": "Ana"}
    return fine({"message_id": message_id, "date": 1_790_000_000, "chat": chat, "text": "x"})


def closed(writer: asyncio.StreamWriter) -> None:
    """Close the connection without a word, the request having been read."""
    writer.close()


def reset(writer: asyncio.StreamWriter) -> None:
    """Reset the connection, the request having been read."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def silent(writer: asyncio.StreamWriter) -> None:
    """Never answer. The connection stays open until the client or the test ends."""


def broken_off(writer: asyncio.StreamWriter) -> None:
    """Promise an answer and close in the middle of it."""
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": tr')
    writer.close()


@dataclass
class Wire:
    """The server's side: `answers` are given in order, `always` once they have run out."""

    url: str = ""
    answers: deque[Answer] = field(default_factory=deque)
    always: Answer = silent
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def will(self, *answers: Answer) -> None:
        """Add to what is answered."""
        self.answers.extend(answers)

    async def has_been_asked(self, times: int) -> None:
        """Wait for so many requests. Raises TimeoutError when they do not come."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: len(self.asked) >= times)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests on one connection until either side closes it."""
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while not writer.is_closing():
                asked = await _request(reader)
                async with self._changed:
                    self.asked.append(asked)
                    self._changed.notify_all()
                answer = self.answers.popleft() if self.answers else self.always
                if isinstance(answer, bytes):
                    writer.write(answer)
                    await writer.drain()
                else:
                    answer(writer)
        writer.close()


async def _request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines if line)
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    url = urlsplit(first.split(" ")[1])
    pairs = parse_qsl(url.query) + parse_qsl(body.decode())
    return Asked(url.path, {name: _decoded(value) for name, value in pairs})


def _decoded(value: str) -> object:
    """A parameter as the Bot API takes it: JSON where it is JSON, else the words themselves."""
    try:
        return json.loads(value)
    except ValueError:
        return value
