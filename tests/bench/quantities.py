"""What is measured, beside whom, and what we aim at."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench import learning
from tests.bench.contest import Figures
from tests.bench.hard import ASKING, ROUND_TRIP, SECONDS, WAVE
from tests.bench.meetings import DUE as REMINDED
from tests.bench.meetings import MEETINGS
from tests.bench.restart import MEMBERS
from tests.bench.wave import DUE, STORED

Runs = dict[str, dict[str, list[Figures]]]
"""The figures of each module's contenders, one for each seed."""

SEEDS = (11, 12, 13)

CONTESTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "wave": (("ours",), ("jobs",), ("stored",)),
    "restart": (("ours",), ("jobs",), ("stored",)),
    # bytes alone are counted there
    "memory": (("ours", "jobs"),),
    "send": (("ours",), ("stock",), ("aiogram",)),
    "press": (("ours",), ("stock",)),
    # the last two are idle for nearly all of their time
    "hard": (("ours",), ("tasks", "bounded")),
    # processor time alone is counted there
    "meetings": (("ours", "rules", "calendar"),),
    # nothing is timed there
    "learning": (("ours", "evidence", "random"),),
}
"""Who of a module runs at the same time as whom."""

JOBS = "PTB JobQueue, a job a person"
STOCK = "stock PTB"


@dataclass(frozen=True)
class Quantity:
    """One line of the table. `rival` is empty where there is only a goal. Less is better, unless there is no rival."""

    what: str
    module: str
    figure: str
    show: Callable[[float], str]
    rival: str = ""
    beside: str = ""
    goal: str = ""
    reached: Callable[[float, float], bool] | None = None
    """Of our worst figure and the worst ratio (theirs ÷ ours)."""
    least: float = 0.0
    """Below this a figure says nothing: ratios are taken as if it were this."""


def _round_trips(seconds: float) -> str:
    return f"{seconds / ROUND_TRIP:.1f}x"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.{0 if seconds > 0.01 else 1}f} ms"


def _microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def _count(number: float) -> str:
    return f"{number:,.0f}"


def _bytes(number: float) -> str:
    return f"{max(number, 0):,.0f} B"


def _times(ratio: float) -> str:
    return f"{ratio:.2f}x"


def _seconds(number: float) -> str:
    return f"{number:.1f} s"


def _megabytes(number: float) -> str:
    return f"{number / 1e6:,.0f} MB"


def _share(part: float) -> str:
    return f"{part:.0%}"


HELP = f"help asked for in a wave, p99 ÷ round trip ({WAVE} due, {ASKING / SECONDS:.0f} ask a second)"
BLOCKED = f"longest that the loop was blocked, {DUE:,} due at once"
MISSED = (
    f"what helps a person most not offered first, last {learning.LAST} of {learning.MOMENTS} hard moments "
    f"({learning.PEOPLE} simulated people)"
)

IMPORT = f"taking in {MEETINGS:,} meetings, processor time"
PEAK = "the most memory meanwhile, the program included"
SEARCH = "a page of found meetings, the slowest of five kinds, processor time"
REMINDERS = f"promising the {REMINDED} reminders of one minute, among {MEETINGS:,} followers, processor time"
RULES = "dateutil, a rule a meeting, in memory"
CALENDAR = "icalendar and dateutil, a year old"

QUANTITIES = (
    Quantity(
        HELP,
        "hard",
        "p99",
        _round_trips,
        "tasks",
        "PTB, a job a person, AIORateLimiter",
        "at most 1.5x",
        lambda ours, ratio: ours <= 1.5 * ROUND_TRIP,
    ),
    Quantity(
        HELP,
        "hard",
        "p99",
        _round_trips,
        "bounded",
        "32 in flight, one FIFO limiter",
        "at most 1.5x",
        lambda ours, ratio: ours <= 1.5 * ROUND_TRIP,
    ),
    Quantity(
        "time of that wave ÷ (all messages / 30 a second)",
        "hard",
        "wave",
        _times,
        goal="at most 1.1x",
        reached=lambda ours, ratio: ours <= 1.1,
    ),
    Quantity(
        BLOCKED,
        "wave",
        "lag",
        _milliseconds,
        "jobs",
        JOBS,
        "at most 50 ms, and 100x less",
        lambda ours, ratio: ours <= 0.05 and ratio >= 100,
    ),
    Quantity(
        BLOCKED,
        "wave",
        "lag",
        _milliseconds,
        "stored",
        f"APScheduler, SQLAlchemyJobStore ({STORED:,} due)",
        "at most 50 ms",
        lambda ours, ratio: ours <= 0.05,
    ),
    Quantity(
        f"messages lost of {DUE:,} due at once",
        "wave",
        "lost",
        _count,
        "jobs",
        JOBS,
        "none",
        lambda ours, ratio: ours == 0,
        least=1,
    ),
    Quantity(
        f"messages lost of {DUE:,} due at once",
        "wave",
        "lost",
        _count,
        "stored",
        f"APScheduler, SQLAlchemyJobStore (of {STORED:,} due)",
        "none",
        lambda ours, ratio: ours == 0,
        least=1,
    ),
    Quantity(
        "promises written a second in that wave (Telegram lets out 30)",
        "wave",
        "a_second",
        _count,
        goal="at least 90",
        reached=lambda ours, ratio: ours >= 90,
    ),
    Quantity(
        f"start with {MEMBERS:,} people",
        "restart",
        "seconds",
        _milliseconds,
        "jobs",
        JOBS,
        "1,000x quicker at 100,000",
        lambda ours, ratio: ratio >= 1000 * MEMBERS / 100_000,
    ),
    Quantity(
        f"start with {MEMBERS:,} people",
        "restart",
        "seconds",
        _milliseconds,
        "stored",
        f"APScheduler, SQLAlchemyJobStore ({STORED:,} people)",
    ),
    Quantity(
        "memory a scheduled person",
        "memory",
        "bytes",
        _bytes,
        "jobs",
        JOBS,
        "below 100 B",
        lambda ours, ratio: ours < 100,
        least=1,
    ),
    Quantity(
        "processor time a sent message",
        "send",
        "cpu",
        _microseconds,
        "stock",
        f"{STOCK} Bot",
        "5x less",
        lambda ours, ratio: ratio >= 5,
    ),
    Quantity(
        "processor time a sent message",
        "send",
        "cpu",
        _microseconds,
        "aiogram",
        "aiogram Bot",
        "no more",
        lambda ours, ratio: ratio >= 1,
    ),
    Quantity(
        "processor time a turn (update in, answer out)",
        "press",
        "cpu",
        _microseconds,
        "stock",
        f"{STOCK} Application, one ORM session",
        "no more",
        lambda ours, ratio: ratio >= 1,
    ),
    Quantity(
        "a press: update in to answer taken, p50",
        "press",
        "p50",
        _milliseconds,
        "stock",
        f"{STOCK} Application, one ORM session",
    ),
    Quantity(
        IMPORT,
        "meetings",
        "import",
        _seconds,
        "calendar",
        CALENDAR,
        "60 s at 100,000",
        lambda ours, ratio: ours <= 60 * MEETINGS / 100_000,
    ),
    Quantity(IMPORT, "meetings", "import", _seconds, "rules", RULES),
    Quantity(
        PEAK, "meetings", "peak", _megabytes, "calendar", CALENDAR, "below 300 MB", lambda ours, ratio: ours < 3e8
    ),
    Quantity(PEAK, "meetings", "peak", _megabytes, "rules", RULES),
    Quantity(
        SEARCH,
        "meetings",
        "search",
        _milliseconds,
        "calendar",
        CALENDAR,
        "at most 20 ms",
        lambda ours, ratio: ours <= 0.02,
    ),
    Quantity(SEARCH, "meetings", "search", _milliseconds, "rules", RULES),
    Quantity(REMINDERS, "meetings", "due", _milliseconds, "calendar", CALENDAR),
    Quantity(REMINDERS, "meetings", "due", _milliseconds, "rules", RULES),
    Quantity(
        MISSED,
        "learning",
        "missed",
        _share,
        "evidence",
        "always the evidence order",
        "at most 30%",
        lambda ours, ratio: ours <= 0.3,
    ),
    Quantity(
        MISSED,
        "learning",
        "missed",
        _share,
        "random",
        "anything that is allowed, at random",
        "at most 30%",
        lambda ours, ratio: ours <= 0.3,
    ),
)


@dataclass(frozen=True)
class Line:
    """A quantity with its figures: ours and theirs for each seed, and the ratios."""

    quantity: Quantity
    ours: list[float]
    theirs: list[float]
    ratios: list[float]

    @property
    def verdict(self) -> str:
        """Whether the goal is reached in the worst of all rounds."""
        reached = self.quantity.reached
        if reached is None:
            return ""
        # a goal without a rival that is a floor has its worst figure below
        return "yes" if all(reached(ours, min(self.ratios, default=0)) for ours in self.ours) else "**no**"


def lines(runs: Runs) -> list[Line]:
    """Every quantity, measured."""
    found = []
    for quantity in QUANTITIES:
        contest = runs[quantity.module]
        ours = [one[quantity.figure] for one in contest["ours"]]
        theirs = [one[quantity.figure] for one in contest.get(quantity.rival, [])]
        pairs = zip(theirs, ours, strict=False)
        ratios = [max(their, quantity.least) / max(our, quantity.least) for their, our in pairs]
        found.append(Line(quantity, ours, theirs, ratios))
    return found
