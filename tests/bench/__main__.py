"""`make bench`: every contest for every seed, then the table and the picture in docs/. `--full`: at full size."""

import os
import sys
import time

from tests.bench import contest, quantities, report

BUDGET = 1200 if contest.FULL else 300
"""Seconds that the whole may take, on two quiet cores."""

BUSY = 0.7
"""How many programs may have been at work in the minute before, on average."""


def main() -> None:
    """Run it all. Ends with 1 if a contender fails a check of its own."""
    began = time.monotonic()
    busy = os.getloadavg()[0] > BUSY
    runs: quantities.Runs = {}
    for module, rounds in quantities.CONTESTS.items():
        runs[module] = {name: [] for together in rounds for name in together}
        for seed in quantities.SEEDS:
            for together in rounds:
                started = {name: contest.begin(module, name, seed) for name in together}
                for name, running in started.items():
                    figures = contest.end(running)
                    runs[module][name].append(figures)
                    _say(f"[{time.monotonic() - began:4.0f} s] {module} {name}, seed {seed}: {_told(figures)}")
    lines = quantities.lines(runs)
    docs = contest.ROOT / "docs"
    took = time.monotonic() - began
    page = report.table(lines, disturbed=busy or took > BUDGET)
    (docs / "benchmarks.md").write_text(page, encoding="utf-8")
    (docs / "benchmarks.svg").write_text(report.picture(lines), encoding="utf-8")
    _say(f"{took:.0f} s in all. docs/benchmarks.md and docs/benchmarks.svg are new.")
    if busy or took > BUDGET:
        _say("Something else runs on this machine. Such figures say little, and the page says so.")


def _told(figures: contest.Figures) -> str:
    return ", ".join(f"{name} {value:.4g}" for name, value in figures.items())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
