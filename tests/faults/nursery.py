"""A process with everything imported, that forks bots to be killed: `python -m tests.faults.nursery`.

Reads a line of JSON for each bot and answers with the number of its process. Ends when nothing more can come.
"""

import asyncio
import json
import logging
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from bot import logs
from bot.app import FEATURES, ready
from bot.clock import MovableClock
from bot.encryption import Master
from bot.run import run
from bot.settings import Settings
from bot.telegram import redact
from tests.faults.probe import PROBE


def live(told: dict[str, str]) -> None:
    """A bot's whole life, from here to wherever it is killed."""
    with Path(told["log"]).open("a") as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
    settings = Settings(
        bot_api_url=told["api"],
        data_dir=Path(told["folder"]),
        database_url=told["database"],
    )
    master = Master.load(Path(told["key"]))
    logs.configure(logging.WARNING, redact.tokens)
    clock = MovableClock()
    clock.move(timedelta(seconds=float(told["ahead"])))
    # beside such a clock the probe among the features is the one thing in which it differs from the program
    asyncio.run(run(settings, told["token"], master, clock, features=(*FEATURES, PROBE)))


def main() -> None:
    """Fork a bot for each line."""
    ready()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever is killed leaves nothing behind to be asked about
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                live(json.loads(line))
            finally:
                os._exit(1)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
