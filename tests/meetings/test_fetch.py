"""A zoo of feeds on loopback: what a hostile server may try, and what it gets."""

import asyncio
import gzip
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.meetings.fetch import Fetcher, NotFetched, is_public, resolved
from tests.meetings.zoo import BODY, PUBLIC, Zoo, answer, says, whole
from tests.meetings.zoo import tls as tls
from tests.meetings.zoo import zoo as zoo


async def refused(fetcher: Fetcher, url: str, folder: Path) -> str:
    with pytest.raises(NotFetched) as error:
        await fetcher.fetch(url, folder / "feed")
    return str(error.value)


async def test_a_feed_is_fetched_with_its_marks_and_asked_for_by_them(zoo: Zoo, tmp_path: Path) -> None:
    zoo.handler = whole(BODY, 'ETag: "one"', "Last-Modified: Mon, 02 Mar 2026 12:00:00 GMT")
    got = await zoo.fetcher.fetch(zoo.url, tmp_path / "feed")
    assert (tmp_path / "feed").read_bytes() == BODY
    assert (got.changed, got.etag) == (True, '"one"')
    assert b"User-Agent: windbreak-test" in zoo.asked[0]
    zoo.handler = says(answer("304 Not Modified"))
    again = await zoo.fetcher.fetch(zoo.url, tmp_path / "feed", etag=got.etag, modified=got.modified)
    assert not again.changed
    assert b'If-None-Match: "one"' in zoo.asked[1]
    assert b"If-Modified-Since: Mon, 02 Mar" in zoo.asked[1]


async def test_what_stands_behind_the_hash_is_not_sent(zoo: Zoo, tmp_path: Path) -> None:
    await zoo.fetcher.fetch(zoo.url + "#program=NA", tmp_path / "feed")
    assert b"program" not in zoo.asked[0]


async def test_a_packed_feed_is_unpacked(zoo: Zoo, tmp_path: Path) -> None:
    zoo.handler = whole(gzip.compress(BODY * 50_000), "Content-Encoding: gzip")
    await zoo.fetcher.fetch(zoo.url, tmp_path / "feed")
    assert (tmp_path / "feed").read_bytes() == BODY * 50_000


async def test_a_bomb_is_refused_while_it_unpacks(zoo: Zoo, tmp_path: Path) -> None:
    zoo.handler = whole(gzip.compress(b"0" * 20_000_000), "Content-Encoding: gzip")
    assert await refused(replace(zoo.fetcher, bytes_most=1_000_000), zoo.url, tmp_path) == "too-big"
    assert (tmp_path / "feed").stat().st_size <= 1_000_000


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (gzip.compress(BODY)[:-10], ("Content-Encoding: gzip",), "half"),
        (b"not packed", ("Content-Encoding: gzip",), "packing"),
        (BODY, ("Content-Encoding: br",), "packing"),
        (BODY, ("Content-Encoding: zstd",), "packing"),
        (gzip.compress(gzip.compress(BODY)), ("Content-Encoding: gzip, gzip",), "packing"),
        (zlib.compress(BODY), ("Content-Encoding: deflate",), "packing"),
        # the second part would be lost, and the feed be half of what it was
        (gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]), ("Content-Encoding: gzip",), "half"),
    ],
    # gzip writes down the time: without names, two processes would know these by different ones
    ids=["cut short", "not packed", "br", "zstd", "packed twice", "deflate", "two parts"],
)
async def test_what_cannot_be_unpacked_is_refused(
    zoo: Zoo, tmp_path: Path, body: bytes, headers: tuple[str, ...], reason: str
) -> None:
    zoo.handler = whole(body, *headers)
    assert await refused(zoo.fetcher, zoo.url, tmp_path) == reason


async def test_one_that_ends_in_the_middle_is_refused(zoo: Zoo, tmp_path: Path) -> None:
    zoo.handler = says(answer("200 OK", body=BODY, length=1000))
    assert await refused(zoo.fetcher, zoo.url, tmp_path) == "not-reached"


async def test_one_without_an_end_is_refused(zoo: Zoo, tmp_path: Path) -> None:
    async def endless(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + b"[" * 0x10000 + b"\r\n")
            await writer.drain()

    zoo.handler = endless
    assert await refused(replace(zoo.fetcher, bytes_most=1_000_000), zoo.url, tmp_path) == "too-big"


async def test_what_comes_without_an_end_behind_a_packed_feed_is_refused_at_once(zoo: Zoo, tmp_path: Path) -> None:
    sent = 0

    async def endless(request: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        packed = gzip.compress(BODY)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
        writer.write(b"%x\r\n%s\r\n" % (len(packed), packed))
        while sent < 50_000_000:
            writer.write(b"10000\r\n" + b"[" * 0x10000 + b"\r\n")
            sent += 0x10000
            await writer.drain()
        writer.write(b"0\r\n\r\n")

    zoo.handler = endless
    assert await refused(zoo.fetcher, zoo.url, tmp_path) == "half"
    assert sent < 10_000_000, "the library keeps it all in memory"


async def test_headers_without_an_end_are_refused(zoo: Zoo, tmp_path: Path) -> None:
    async def endless(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not writer.is_closing():
            writer.write(b"X-More: " + b"x" * 10_000 + b"\r\n")
            await writer.drain()

    zoo.handler = endless
    assert await refused(zoo.fetcher, zoo.url, tmp_path) == "not-reached"


@pytest.mark.parametrize(
    "reply",
    [
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 28\r\n\r\n" + BODY,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffffff\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1c\r\n" + BODY,
        b"",
    ],
    ids=["no-http", "no-length", "two-lengths", "huge-chunk", "half-chunk", "nothing"],
)
async def test_an_answer_that_is_none_is_refused(zoo: Zoo, tmp_path: Path, reply: bytes) -> None:
    zoo.handler = says(reply)
    assert await refused(zoo.fetcher, zoo.url, tmp_path) == "not-reached"


async def test_what_comes_behind_the_length_that_was_told_is_not_read(zoo: Zoo, tmp_path: Path) -> None:
    zoo.handler = says(answer("200 OK", body=BODY + b"<script>", length=len(BODY)))
    await zoo.fetcher.fetch(zoo.url, tmp_path / "feed")
    assert (tmp_path / "feed").read_bytes() == BODY


async def test_one_that_sends_nothing_is_given_up(zoo: Zoo, tmp_path: Path) -> None:
    gone = asyncio.Event()

    async def silent(request: bytes, writer: asyncio.StreamWriter) -> None:
        await gone.wait()

    zoo.handler = silent
    assert await refused(replace(zoo.fetcher, silent_most=0.05), zoo.url, tmp_path) == "too-slow"
    gone.set()


async def test_one_that_sends_a_byte_now_and_then_is_given_up(zoo: Zoo, tmp_path: Path) -> None:
    async def trickling(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"[")
            await writer.drain()
            await asyncio.sleep(0.01)

    zoo.handler = trickling
    slow = replace(zoo.fetcher, seconds_most=0.2, silent_most=5)
    assert await refused(slow, zoo.url, tmp_path) == "too-slow"


async def test_a_redirect_is_followed_and_held_to_the_same(zoo: Zoo, tmp_path: Path) -> None:
    async def elsewhere(request: bytes, writer: asyncio.StreamWriter) -> None:
        moved = answer("302 Found", f"Location: https://other.example:{zoo.port}/there")
        writer.write(moved if b"/feed" in request else answer("200 OK", body=BODY))
        await writer.drain()

    zoo.handler = elsewhere
    await zoo.fetcher.fetch(zoo.url, tmp_path / "feed")
    assert zoo.looked_up == [PUBLIC, "other.example"]
    assert (tmp_path / "feed").read_bytes() == BODY


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://feed.example/", "not-https"),
        ("file:///etc/passwd", "not-https"),
        ("https://user:word@feed.example/", "not-https"),
        ("/feed", "redirects"),
        ("https://exämple.org/", "not-https"),
    ],
)
async def test_a_redirect_to_where_nobody_may_go(zoo: Zoo, tmp_path: Path, location: str, reason: str) -> None:
    zoo.handler = says(answer("301 Moved", f"Location: {location}"))
    assert await refused(zoo.fetcher, zoo.url, tmp_path) == reason


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "a..b", ".example", "2130706433"])
async def test_a_redirect_to_what_is_no_name_of_a_host(zoo: Zoo, tmp_path: Path, host: str) -> None:
    """As the program itself would look it up: it must end in a reason, or no other feed is asked any more."""
    zoo.handler = says(answer("302 Found", f"Location: https://{host}/"))

    async def resolve(asked: str, port: int) -> list[str]:
        return ["127.0.0.1"] if asked == PUBLIC else await resolved(asked, port)

    assert await refused(replace(zoo.fetcher, resolve=resolve), zoo.url, tmp_path) in ("not-reached", "not-public")


@pytest.mark.parametrize("mark", ['"é"', '"\x7f"', f'"{"a" * 300}"'])
async def test_a_mark_that_cannot_be_sent_back_is_not_kept(zoo: Zoo, tmp_path: Path, mark: str) -> None:
    zoo.handler = whole(BODY, f"ETag: {mark}")
    got = await zoo.fetcher.fetch(zoo.url, tmp_path / "feed")
    assert (got.changed, got.etag) == (True, "")


async def test_a_redirect_to_a_private_address(zoo: Zoo, tmp_path: Path) -> None:
    zoo.handler = says(answer("302 Found", f"Location: https://other.example:{zoo.port}/"))

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == PUBLIC else ["10.0.0.1"]

    assert await refused(replace(zoo.fetcher, resolve=resolve), zoo.url, tmp_path) == "not-public"


async def test_a_name_with_one_private_address_among_public_ones(zoo: Zoo, tmp_path: Path) -> None:
    zoo.addresses = ["127.0.0.1", "192.168.0.1"]
    assert await refused(zoo.fetcher, zoo.url, tmp_path) == "not-public"
    assert not zoo.asked


async def test_a_name_that_answers_differently_the_second_time_gains_nothing(zoo: Zoo, tmp_path: Path) -> None:
    """The connection goes to the address that was checked: nobody asks for the name again."""
    answers = [["127.0.0.1"], ["169.254.169.254"]]

    async def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0)

    await replace(zoo.fetcher, resolve=rebinding).fetch(zoo.url, tmp_path / "feed")
    assert answers == [["169.254.169.254"]]


async def test_a_name_that_answers_differently_for_its_redirect_gains_nothing(zoo: Zoo, tmp_path: Path) -> None:
    answers = [["127.0.0.1"], ["169.254.169.254"]]

    async def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0)

    zoo.handler = says(answer("302 Found", "Location: /elsewhere"))
    assert await refused(replace(zoo.fetcher, resolve=rebinding), zoo.url, tmp_path) == "not-public"


async def test_a_private_address_as_it_stands_is_refused(tmp_path: Path) -> None:
    """Without a test's network: what the program itself would do."""
    for host in ("127.0.0.1", "[::1]", "10.1.2.3", "169.254.169.254", "[::ffff:127.0.0.1]", "localhost"):
        assert await refused(Fetcher("test"), f"https://{host}:9/", tmp_path) == "not-public"


async def test_a_server_that_nobody_vouches_for_is_refused(zoo: Zoo, tmp_path: Path) -> None:
    assert await refused(replace(zoo.fetcher, trust=None), zoo.url, tmp_path) == "not-reached"


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "206 Partial Content", "204 No Content"])
async def test_any_other_answer_is_refused_by_its_number(zoo: Zoo, tmp_path: Path, status: str) -> None:
    zoo.handler = says(answer(status))
    assert await refused(zoo.fetcher, zoo.url, tmp_path) == f"status-{status[:3]}"


@pytest.mark.parametrize(
    "url", ["http://feed.example/", "https://", "ftp://feed.example/", "feed", "https://a:b@c.example/"]
)
async def test_only_https_is_asked(zoo: Zoo, tmp_path: Path, url: str) -> None:
    assert await refused(zoo.fetcher, url, tmp_path) == "not-https"
    assert not zoo.looked_up


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fec0::1", False),
        ("::127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False),
        ("64:ff9b:1::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
        ("3fff::1", False),
        ("192.0.0.8", False),
        ("feed.example", False),
    ],
)
def test_which_addresses_are_of_the_open_internet(address: str, *, public: bool) -> None:
    assert is_public(address) is public
