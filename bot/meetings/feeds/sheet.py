"""Tables with a header line, as organisers keep them: the columns of Meeting Guide by their English names.

Times are on a clock of twelve hours, days are English words, types are names and not codes. Each line becomes a row
of Meeting Guide and is read as one.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from bot.meetings.feeds import guide, types
from bot.meetings.feeds.fields import items
from bot.meetings.listing import Row

CELL_MOST = 20_000
_SAMPLE = 20

_NOT_A_LETTER = re.compile(r"[^a-z]+")
_SAME = {
    "id": "slug",
    "start_time": "time",
    "meeting": "name",
    "meeting_name": "name",
    "weekday": "day",
    "time_zone": "timezone",
    "online_url": "conference_url",
    "website": "url",
}


class NotATable(ValueError):
    """There is no header line with a name, a day and a time in it."""


def read(lines: Iterable[str], program: str = "") -> Iterator[Row]:
    """Every line of a table. Raises NotATable, and csv.Error for one that cannot be told apart into cells."""
    return guide.read(_rows(lines), program)


def _rows(lines: Iterable[str]) -> Iterator[dict[str, object]]:
    csv.field_size_limit(CELL_MOST)
    begin = list(islice(iterator := iter(lines), _SAMPLE))
    header = begin[0] if begin else ""
    table = csv.reader(chain(begin, iterator), delimiter=max(",;\t", key=header.count))
    names = [_column(cell) for cell in next(table, [])]
    if not {"name", "day", "time"} <= set(names):
        raise NotATable
    for cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        row: dict[str, object] = {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
        row.setdefault("slug", _slug(row))
        row["types"] = sorted(types.codes(items(row.get("types"))))
        yield row


def _column(written: str) -> str:
    """`Conference URL` is `conference_url`."""
    name = _NOT_A_LETTER.sub("_", written.strip().lstrip("\ufeff").lower()).strip("_")
    return _SAME.get(name, name)


def _slug(row: dict[str, object]) -> str:
    """A key for a line that has none: the same while its name, day, time and town are."""
    said = "-".join(str(row.get(field, "")) for field in ("name", "day", "time", "city"))
    return _NOT_A_LETTER.sub("-", said.lower()).strip("-")[:40] + f"-{sum(map(ord, said)) % 9973}" if said else ""
