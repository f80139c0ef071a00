"""Fetching a feed from an address that somebody else may control.

Only https, and only public addresses: a name is looked up once, every address it has must be public, and the
connection goes to one of those very addresses, so that a name which answers differently a moment later gains nothing.
Each redirect is held to the same. Size, time and compression are limited while the bytes come, not afterwards.
"""

import asyncio
import ipaddress
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpcore
from httpcore import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream

AGENT = f"windbreak/{metadata.version('windbreak')} (lists of meetings for a recovery bot)"
"""Who asks, for whoever runs the server: they can see it, and shut it out."""

BYTES_MOST = 100_000_000
"""Of a feed, unpacked: a hundred thousand meetings have about 75 million."""

SECONDS_MOST = 120
"""For all of it. A server that sends a byte now and then is given up."""

SILENT_MOST = 20
"""Seconds without a byte."""

REDIRECTS_MOST = 3

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a host."""

Headers = list[tuple[bytes | str, bytes | str]]

Permitted = Callable[[str], bool]
"""Whether an address may be connected to."""


class NotFetched(Exception):
    """A feed could not be had. Its words are a reason's slug: `not-https`, `not-public`, `too-big`, `too-slow`, …"""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: whether it has changed since the marks that were sent along, and its marks for the next time."""

    changed: bool
    etag: str = ""
    modified: str = ""


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: not of this machine, its network, or any other's inside."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inside = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if ip in _TRANSLATED:
        inside = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    elif ip.version == 6 and ip not in _GIVEN_OUT:
        return False
    if not ip.is_global or ip.is_multicast or any(ip in one for one in _NOBODYS):
        return False
    return inside is None or is_public(str(inside))


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
"""Of the newer addresses all that anybody has been given. Beside it lie old ways to write one of an inner network."""

_NOBODYS = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""For protocols and for examples; the library knows of them, or not, by its age."""


async def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host, as the machine finds them. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class _Guarded(AsyncNetworkBackend):
    """Connects to the addresses of a host only if every one of them may be connected to."""

    def __init__(self, resolve: Resolve, permitted: Permitted) -> None:
        self._inner = AnyIOBackend()
        self._resolve = resolve
        self._permitted = permitted

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # the library's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """A stream to one of the host's addresses. Raises NotFetched, or what the library raises."""
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:  # the second: no name of a host can look like that
            raise httpcore.ConnectError from error
        if not addresses or not all(self._permitted(address) for address in addresses):
            raise NotFetched("not-public")
        return await self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches feeds. The defaults are for the open internet; tests bring their own network."""

    agent: str
    """Who is asking, for whoever runs the server."""
    resolve: Resolve = resolved
    permitted: Permitted = is_public
    trust: ssl.SSLContext | None = None
    bytes_most: int = BYTES_MOST
    seconds_most: float = SECONDS_MOST
    silent_most: float = SILENT_MOST

    async def fetch(self, url: str, into: Path, *, etag: str = "", modified: str = "") -> Fetched:
        """Write what stands there into a file, unless it is what it was. Raises NotFetched; the file is half then."""
        try:
            async with asyncio.timeout(self.seconds_most):
                return await self._follow(url, into, _asked(self.agent, etag, modified))
        except TimeoutError:
            raise NotFetched("too-slow") from None
        except (
            httpcore.TimeoutException,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
        ) as error:
            raise NotFetched("too-slow" if isinstance(error, httpcore.TimeoutException) else "not-reached") from error
        except ssl.SSLError as error:
            raise NotFetched("not-reached") from error

    async def _follow(self, url: str, into: Path, headers: Headers) -> Fetched:
        backend = _Guarded(self.resolve, self.permitted)
        async with httpcore.AsyncConnectionPool(ssl_context=self.trust, network_backend=backend) as pool:
            for _ in range(REDIRECTS_MOST + 1):
                async with self._asks(pool, _checked(url), headers) as answer:
                    told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                    if answer.status in (301, 302, 303, 307, 308) and "location" in told:
                        url = urljoin(url, told["location"])
                        continue
                    if answer.status == 304:
                        return Fetched(changed=False)
                    if answer.status != 200:
                        raise NotFetched(f"status-{answer.status}")
                    await self._take(answer, told, into)
                    return Fetched(True, _mark(told.get("etag", ""), 200), _mark(told.get("last-modified", ""), 64))
        raise NotFetched("redirects")

    @asynccontextmanager
    async def _asks(
        self, pool: httpcore.AsyncConnectionPool, url: str, headers: Headers
    ) -> AsyncIterator[httpcore.Response]:
        waits = {"connect": self.silent_most, "read": self.silent_most, "write": self.silent_most, "pool": 1.0}
        async with pool.stream("GET", url, headers=headers, extensions={"timeout": waits}) as answer:
            yield answer

    async def _take(self, answer: httpcore.Response, told: dict[str, str], into: Path) -> None:
        """Write the body as it comes, unpacked, and stop where it is too much."""
        packed = told.get("content-encoding", "identity").strip().lower()
        if packed not in ("identity", "", "gzip"):
            raise NotFetched("packing")
        unpack = zlib.decompressobj(wbits=31) if packed == "gzip" else None
        size = 0
        with into.open("wb") as file:
            async for chunk in answer.aiter_stream():
                data = chunk
                while True:
                    if unpack:
                        data = _unpacked(unpack, data, self.bytes_most - size + 1)
                    size += len(data)
                    if size > self.bytes_most:
                        raise NotFetched("too-big")
                    await asyncio.to_thread(file.write, data)
                    if not (unpack and unpack.unconsumed_tail):
                        break
                    data = unpack.unconsumed_tail
            if unpack and not unpack.eof:
                raise NotFetched("half")


def _unpacked(unpack: "zlib._Decompress", data: bytes, most: int) -> bytes:
    """Never more than `most` at once, however little came: a bomb is a few bytes."""
    try:
        found = unpack.decompress(data, most)
    except zlib.error as error:
        raise NotFetched("packing") from error
    if unpack.unused_data:
        # more than one: what stands behind the first would be lost, and until its end be held in memory
        raise NotFetched("half")
    return found


def _checked(url: str) -> str:
    """An address that may be asked. Raises NotFetched."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotFetched("not-https") from None
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        raise NotFetched("not-https")
    if port == 0 or not url.isascii():
        raise NotFetched("not-https")
    return url.partition("#")[0]


def _mark(told: str, most: int) -> str:
    """What is sent along the next time; empty for one that cannot be. Half of one would never be the same again."""
    return told if told.isascii() and told.isprintable() and len(told) <= most else ""


def _asked(agent: str, etag: str, modified: str) -> Headers:
    headers: Headers = [("User-Agent", agent), ("Accept", "application/json, text/calendar, text/csv")]
    headers.append(("Accept-Encoding", "gzip"))
    if etag:
        headers.append(("If-None-Match", etag))
    if modified:
        headers.append(("If-Modified-Since", modified))
    return headers
