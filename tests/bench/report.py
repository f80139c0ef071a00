"""The figures as a table and as a picture."""

import os
import platform
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from math import exp, log, log10

from tests.bench.quantities import SEEDS, Line

LEFT, WIDTH, ROW, TOP = 380, 900, 34, 64
DECADES = (-2, 4)
"""The picture goes from a hundredth to ten thousand times."""


def table(lines: Sequence[Line], *, disturbed: bool) -> str:
    """A page of Markdown. `disturbed`: something else ran on the machine."""
    rows = [
        "| what | ours | beside | theirs | theirs ÷ ours | goal | reached |",
        "|---|---|---|---|---|---|---|",
    ]
    for line in lines:
        one = line.quantity
        ratios = _span(line.ratios, _ratio) if line.ratios else ""
        cells = (one.what, _span(line.ours, one.show), one.beside, _span(line.theirs, one.show), ratios)
        rows.append(f"| {' | '.join(cells)} | {one.goal} | {line.verdict} |")
    made = f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, CPython {platform.python_version()}"
    return PAGE.format(
        made=made,
        sqlite=sqlite3.sqlite_version,
        seeds=", ".join(map(str, SEEDS)),
        table="\n".join(rows),
        disturbed=DISTURBED if disturbed else "",
    )


PAGE = """# Benchmarks

How Windbreak does beside the usual ways of writing such a bot. Made by `make bench`; whoever doubts a figure runs it.

![Theirs divided by ours, for each quantity](benchmarks.svg)

{disturbed}{table}

Each figure is the least and the most of three rounds (seeds {seeds}).
Made on {made}, SQLite {sqlite}. Compare the ratios: they come from the same run; another machine has other
milliseconds.

- Everybody runs in a process of their own, one after another, against a Bot API in yet another process on the same
  machine. It counts what arrives. A contender whose messages, rows or answers are not all there fails the run.
- The rivals are our own code, written as their documentation shows. *PTB* is python-telegram-bot. That `sniffio` is
  installed here is to its advantage: without it each request costs a third more.
- Ours is the product as shipped: inbox, encryption, stored reply, outbox, screen, on SQLite with `synchronous=FULL`.
  The rivals' turn writes one row in clear, so a turn of theirs that costs less does less.
- *A job a person* in one process loses jobs as soon as a wave keeps the loop busy for longer than the second of
  grace that APScheduler gives by default. More grace would lose none and be as late.
- Meetings are taken in, looked for and reminded of from a list of weekly ones. Ours are rows that survive a restart,
  their zone is looked for, and each reminder is promised and moved on. The rivals hold the rules in memory and only
  find what begins; dateutil's begin this week, the calendar's a year ago, as organisers' calendars do. With
  `make bench ARGS=--full` there are 100,000 of them, and as many followers.
- The people of the last lines are simulated: one thing takes four points of the pull away, all others 0.3 to 2, each
  time with a standard deviation of 1.5, and they do not always answer. That real people are so is not claimed.
- A goal that says **no** is not reached. It stays in the table until it is.
"""

DISTURBED = """**Something else ran on this machine: these figures say little. Run it again where it is quiet.**

"""


def picture(lines: Sequence[Line]) -> str:
    """Bars on a logarithmic scale: to the right of the line we are better, to the left worse."""
    drawn = [line for line in lines if line.ratios]
    height = TOP + ROW * len(drawn) + 30
    parts = [HEAD.format(width=WIDTH, height=height)]
    for decade in range(DECADES[0], DECADES[1] + 1):
        x = _x(10.0**decade)
        parts.append(f'<line class="{"one" if decade == 0 else "grid"}" x1="{x}" x2="{x}" y1="52" y2="{height - 26}"/>')
        parts.append(f'<text class="small" x="{x}" y="{height - 8}" text-anchor="middle">{_ratio(10.0**decade)}</text>')
    for number, line in enumerate(drawn):
        parts += _bar(line, TOP + ROW * number)
    return "\n".join([*parts, "</svg>", ""])


HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title">
<title id="title">Theirs divided by ours: to the right of one, Windbreak is better</title>
<style>
text {{ font: 13px system-ui, sans-serif; fill: #24303a }} .small {{ font-size: 11px; fill: #5b6b78 }}
.grid {{ stroke: #d5dde3 }} .one {{ stroke: #24303a }} .better {{ fill: #2f7d6b }} .worse {{ fill: #b5652b }}
.span {{ stroke: #24303a }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #dbe4ea }} .small {{ fill: #9fb0bc }} .grid {{ stroke: #37434d }} .one, .span {{ stroke: #dbe4ea }}
.better {{ fill: #58b39d }} .worse {{ fill: #e09a62 }}
}}
</style>
<text x="12" y="24" style="font-weight: 600">Theirs ÷ ours, on a logarithmic scale</text>
<text class="small" x="12" y="42">right of 1x we are better, left of it worse; the thin line spans all rounds</text>"""


def _bar(line: Line, y: int) -> list[str]:
    middle = exp(sum(map(log, line.ratios)) / len(line.ratios))
    start, stop = sorted((_x(1), _x(middle)))
    kind = "better" if middle >= 1 else "worse"
    low, high = _x(min(line.ratios)), _x(max(line.ratios))
    return [
        f'<text x="12" y="{y + 12}">{escape(line.quantity.what.partition(" (")[0])}</text>',
        f'<text class="small" x="12" y="{y + 26}">beside {escape(line.quantity.beside)}</text>',
        f'<rect class="{kind}" x="{start}" y="{y + 4}" width="{max(stop - start, 1):.1f}" height="16"/>',
        f'<line class="span" x1="{low}" x2="{high}" y1="{y + 12}" y2="{y + 12}"/>',
        f'<text class="small" x="{max(stop, high) + 6:.1f}" y="{y + 16}">{_ratio(middle)}</text>',
    ]


def _x(ratio: float) -> float:
    first, last = DECADES
    share = (min(max(log10(ratio), first), last) - first) / (last - first)
    return round(LEFT + share * (WIDTH - LEFT - 70), 1)


def _ratio(ratio: float) -> str:
    return f"{ratio:,.0f}x" if ratio >= 10 else f"{ratio:.2g}x"


def _span(values: Sequence[float], show: Callable[[float], str]) -> str:
    if not values:
        return ""
    low, high = show(min(values)), show(max(values))
    return low if low == high else f"{low} to {high}"
