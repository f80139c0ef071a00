"""Where the events of a calendar stand in its file, so that one after the other can be read and no more is held.

The library builds what it reads at fifteen times its size and more. Of each event it is given what we look at; what
organisers' programs add to that (who comes, alarms, attachments, a second description in HTML) is passed over unread.
"""

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

EVENTS_MOST = 200_000
LINES_MOST = 5_000_000
"""Twenty-five for each of them; seconds to go through."""

TOGETHER_MOST = 1_000
"""Events of one name: a meeting, and every date of it that was moved."""

RAW_MOST = 1_000_000
"""Bytes of one event as it stands there, of one line, and of everything that goes for all events."""

EVENT_MOST = 100_000
"""Bytes of what is read of one event: five hundred dates and a long description are a fifth of it."""

UID_MOST = 1_000

_READ = frozenset(
    b"BEGIN END UID SUMMARY DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID STATUS LOCATION URL CONFERENCE "
    b"GEO DESCRIPTION".split()
)


class Unreadable(ValueError):
    """A calendar, or one event of it. Its words are a reason's slug: `broken` or `too-big`."""


@dataclass(slots=True)
class Index:
    """What goes for all events, as calendars without any; and where each event stands, with its exceptions.

    Both of one name in the file: its place there and its length, one pair after the other, by a digest of the name.
    """

    head: bytearray = field(default_factory=bytearray)
    groups: "dict[bytes, array[int]]" = field(default_factory=dict)
    events: int = 0

    def goes_for_all(self, line: bytes) -> None:
        """Note a line. Raises Unreadable for more of them than we read."""
        self.head += line
        if len(self.head) > RAW_MOST:
            raise Unreadable("too-big")

    def adds(self, uid: bytes, start: int, end: int) -> None:
        """Note an event. Raises Unreadable for one more than we read."""
        self.events += 1
        if self.events > EVENTS_MOST:
            raise Unreadable("too-big")
        name = hashlib.blake2b(uid or b"%d" % start, digest_size=16).digest()
        self.groups.setdefault(name, array("q")).extend((start, end - start))


def index(file: BinaryIO) -> Index:
    """Go through a file once, as far as it takes to find its events. Raises Unreadable."""
    found = Index()
    event = zone = begun = at = 0
    uid = b""
    for depth, name, line in _lines(file):
        start, at = at, at + len(line)
        value = line.partition(b":")[2].strip()
        if event:
            if name == b"UID" and depth == event and len(uid) < UID_MOST:
                uid += line.strip() if _is_folded(line) else value
            elif name == b"END" and depth == event:
                found.adds(uid, begun, at)
                event = 0
        elif name == b"BEGIN" and value.upper() == b"VEVENT":
            event, begun, uid = depth, start, b""
        elif zone or name == b"X-WR-TIMEZONE" or value.upper() in (b"VCALENDAR", b"VTIMEZONE"):
            found.goes_for_all(line)
            zone = depth if value.upper() == b"VTIMEZONE" and name == b"BEGIN" and not zone else zone
            zone = 0 if name == b"END" and depth == zone else zone
    return found


def texts(file: BinaryIO, places: "array[int]") -> Iterator[str]:
    """What is read of each event at these places. Raises Unreadable."""
    if len(places) > 2 * TOGETHER_MOST:
        raise Unreadable("too-big")
    for start, length in zip(places[::2], places[1::2], strict=True):
        if length > RAW_MOST:
            raise Unreadable("too-big")
        file.seek(start)
        text = b"\n".join(_looked_at(file.read(length)))
        if len(text) > EVENT_MOST:
            raise Unreadable("too-big")
        yield text.decode("utf-8", "replace")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes, bytes]]:
    """Each line, of which property it is, and how deep it stands; BEGIN and END as deep as what is between them.

    Raises Unreadable where something does not end.
    """
    depth, name, whole = 0, b"", True
    for _ in range(LINES_MOST):
        line = file.readline(RAW_MOST)
        starts = whole and not _is_folded(line)
        name, whole = _name(line) if starts else name, line.endswith(b"\n")
        depth += starts and name == b"BEGIN"
        yield depth, name, line
        depth -= starts and name == b"END"
        if not line:
            break
    else:
        raise Unreadable("too-big")
    if depth:
        raise Unreadable("broken")


def _looked_at(raw: bytes) -> Iterator[bytes]:
    """Those lines of an event that say something to us, and none of what stands inside of it."""
    depth, name = 0, b""
    for line in raw.split(b"\n"):
        starts = not _is_folded(line)
        name = _name(line) if starts else name
        depth += starts and name == b"BEGIN"
        if depth == 1 and name in _READ:
            yield line
        depth -= starts and name == b"END"


def _is_folded(line: bytes) -> bool:
    """Whether it goes on with the property of the line before."""
    return line[:1] in (b" ", b"\t")


def _name(line: bytes) -> bytes:
    return line.partition(b":")[0].partition(b";")[0].strip().upper()
