"""A server on loopback whose answers a test decides, with a certificate that only the tests trust."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.meetings.fetch import Fetcher

Handler = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
BODY = b'[{"slug": "a", "name": "b"}]'
PUBLIC = "feed.example"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Of the server, and of whoever trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, PUBLIC)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(PUBLIC), x509.DNSName("other.example")]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both").write_bytes(pem + private)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "both")
    trusting = ssl.create_default_context(cadata=pem.decode())
    return serving, trusting


class Zoo:
    """One server, whose answer a test decides."""

    def __init__(self, trust: ssl.SSLContext) -> None:
        self.asked: list[bytes] = []
        self.handler: Handler = whole(BODY)
        self.port = 0
        self.looked_up: list[str] = []
        self.addresses = ["127.0.0.1"]
        # loopback stands for the open internet here, everything else is what it is
        self.fetcher = Fetcher("windbreak-test", self.resolve, lambda address: address == "127.0.0.1", trust)

    async def resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        return self.addresses

    @property
    def url(self) -> str:
        return f"https://{PUBLIC}:{self.port}/feed"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            self.asked.append(request)
            await self.handler(request, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the caller has had enough, which is what most tests here are about
        finally:
            writer.close()


def answer(status: str, *headers: str, body: bytes = b"", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def whole(body: bytes, *headers: str) -> Handler:
    async def says(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer("200 OK", *headers, body=body))
        await writer.drain()

    return says


def says(reply: bytes) -> Handler:
    async def handler(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(reply)
        await writer.drain()

    return handler


@asynccontextmanager
async def opened(serving: ssl.SSLContext, trusting: ssl.SSLContext) -> AsyncIterator[Zoo]:
    zoo = Zoo(trusting)
    server = await asyncio.start_server(zoo.serve, "127.0.0.1", 0, ssl=serving)
    zoo.port = server.sockets[0].getsockname()[1]
    yield zoo
    server.close()


@pytest.fixture
async def zoo(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> AsyncIterator[Zoo]:
    async with opened(*tls) as zoo:
        yield zoo
