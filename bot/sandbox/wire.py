"""HTTP that can be cut off: a connection closed or reset in the middle of a request, and the guard of the door.

ASGI has no word for "hang up", so the protocol lends its transport to the app through the scope's extensions.
"""

import asyncio
import re
import socket
import struct
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

TRANSPORT = "windbreak.transport"
LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?", re.IGNORECASE)


class Line(H11Protocol):
    """A connection whose app may hang up."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its parent does
        """Lend the transport to whatever app answers on this connection."""
        super().connection_made(transport)
        answering = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope["extensions"] = {**(scope.get("extensions") or {}), TRANSPORT: transport}
            await answering(scope, receive, send)

        self.app = app


class Hangup(Response):
    """No answer at all: the connection is closed, or reset."""

    def __init__(self, *, reset: bool = False) -> None:
        """`reset` sends a TCP RST in place of an orderly end."""
        super().__init__()
        self._reset = reset

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cut the line, and return once the server has noticed: before, it would answer 500 in our place."""
        extensions: Mapping[str, Any] = scope["extensions"]
        transport: asyncio.Transport = extensions[TRANSPORT]
        if self._reset:
            # Not lingering is what makes the kernel send RST instead of FIN.
            connection: socket.socket = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class Door:
    """Lets in only what calls us by a loopback name, and no foreign web page.

    Any page in a browser can make a name of its own point at 127.0.0.1 (Host), or post a form to us (Origin).
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not LOOPBACK.fullmatch(host) or origin not in (None, f"http://{host}"):
            await PlainTextResponse("Only for this machine.", 403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
