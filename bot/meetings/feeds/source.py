"""A feed on disk: what it is, and its rows one by one, so that a hundred thousand of them need the memory of one.

The file is hostile. Its size was limited when it was fetched; here nothing nests deeper than `DEPTH_MOST`, no more
than `ROWS_MOST` rows are read, and whatever else is wrong with it is one BadFeed with a reason.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from bot.meetings.feeds import bmlt, calendar, guide, sheet
from bot.meetings.feeds.events import Unreadable
from bot.meetings.listing import Remarked, Row

DEPTH_MOST = 8
ROWS_MOST = 200_000
ROW_BYTES_MOST = 1_000_000
"""Of one row, or a line of a table. What is looked at in a row is some ten thousand."""

_LOOKED_AT = 4096
_MEETINGS = {b"[": "", b"{": "meetings"}
"""Under which key the rows stand, by how the file begins."""

_BMLT = ("id_bigint", "weekday_tinyint")


class BadFeed(ValueError):
    """A file that cannot be read as a feed. Its words are a reason's slug: `not-a-feed`, `broken`, `too-deep`, …"""


@dataclass(frozen=True, slots=True)
class Source:
    """One file. `formats` is a second one, for a BMLT feed that comes without its table of formats."""

    path: Path
    program: str = ""
    formats: Path | None = None

    def rows(self) -> Iterator[Row]:
        """Every row, one by one. Raises BadFeed, before the first row or after any."""
        try:
            with self.path.open("rb") as file:
                begins = _begins(file)
                yield from islice(self._read(file, begins), ROWS_MOST)
        except (ijson.JSONError, UnicodeDecodeError, csv.Error, sheet.NotATable) as error:
            raise BadFeed("broken" if isinstance(error, ijson.JSONError) else "not-a-feed") from error

    def count(self) -> int:
        """The number of its last row, once it is known to its end.

        Raises BadFeed, for one without a single meeting too: servers answer errors with `[]`.
        """
        last, meetings = 0, False
        events = self._events()
        for row in self.rows():
            last, meetings = row.row, meetings or isinstance(row, Remarked)
            if meetings and events:
                return events
        if not meetings:
            raise BadFeed("empty")
        return last

    def _events(self) -> int:
        """Of a calendar how many it has: an end it has too, then, and to parse each of them would say no more."""
        with self.path.open("rb") as file:
            try:
                return calendar.count(file) if _is_calendar(_begins(file)) else 0
            except Unreadable as error:
                raise BadFeed(str(error)) from error

    def _read(self, file: BinaryIO, begins: bytes) -> Iterator[Row]:
        if begins[:1] in (b"[", b"{"):
            rows = _items(file, _MEETINGS[begins[:1]])
            if any(mark.encode() in begins for mark in _BMLT):
                return bmlt.read(rows, self.program, self._formats(file, begins))
            return guide.read(rows, self.program)
        if _is_calendar(begins):
            return self._calendar(file)
        if begins:
            return self._table(file, begins)
        raise BadFeed("empty")

    def _table(self, file: BinaryIO, begins: bytes) -> Iterator[Row]:
        text = TextIOWrapper(file, _encoding(begins), newline="")
        try:
            yield from sheet.read(_lines(text), self.program)
        finally:
            text.detach()  # the file is its opener's to close

    def _calendar(self, file: BinaryIO) -> Iterator[Row]:
        try:
            yield from calendar.read(file, self.program)
        except Unreadable as error:
            raise BadFeed(str(error)) from error
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
            raise BadFeed("broken") from error

    def _formats(self, file: BinaryIO, begins: bytes) -> bmlt.Formats:
        """The table of formats: of a second file, or of the same one, where it may stand behind the meetings."""
        if self.formats is not None:
            with self.formats.open("rb") as beside:
                return bmlt.formats(_items(beside, "" if _begins(beside)[:1] == b"[" else "formats"))
        if begins[:1] != b"{":
            return {}
        found = bmlt.formats(_items(file, "formats"))
        file.seek(0)
        return found


def _begins(file: BinaryIO) -> bytes:
    """The first bytes that say something. Leaves the file at its beginning."""
    found = file.read(_LOOKED_AT).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    return found


def _is_calendar(begins: bytes) -> bool:
    return begins[:15].upper() == b"BEGIN:VCALENDAR"


def _encoding(begins: bytes) -> str:
    try:
        begins[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


class _Metered:
    """A file that gives no more than so many bytes for one row."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        """As a file does. Raises BadFeed."""
        if self.since > ROW_BYTES_MOST:
            raise BadFeed("too-big")
        found = self._file.read(size)
        self.since += len(found)
        return found


def _lines(text: TextIOWrapper) -> Iterator[str]:
    """Its lines, none of them endless. Raises BadFeed."""
    while found := text.readline(ROW_BYTES_MOST):
        if len(found) == ROW_BYTES_MOST:
            raise BadFeed("too-big")
        yield found


def _items(file: BinaryIO, key: str = "") -> Iterator[object]:
    """What the outermost list holds, or the list that stands under this key of the outermost object.

    Raises ijson.JSONError, BadFeed for what nests too deep. The library's own paths cost the square of the depth: half
    a minute for a hundred thousand brackets.
    """
    builder: Any = None
    depth, begin, last = 0, 2 if key else 1, ""
    inside = False
    metered = _Metered(file)
    for event, value in ijson.basic_parse(metered, use_float=True):
        opens, closes = event.startswith("start"), event.startswith("end")
        if builder is None and inside and not closes and depth == begin:
            builder = ijson.ObjectBuilder()
        depth += opens - closes
        if depth > DEPTH_MOST:
            raise BadFeed("too-deep")
        if builder is not None:
            builder.event(event, value)
            if depth > begin or event == "map_key":
                continue
            yield builder.value
            builder = None
        elif event == "map_key" and depth == 1:
            last = value
        elif depth == begin:
            inside = event == "start_array" and last == key
        metered.since = 0
