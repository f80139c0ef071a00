"""A sign of life in a file, for whatever watches the program from outside: `python -m bot.heartbeat`.

The loop leaves it when a round has ended; a program that hangs, or cannot begin, leaves none. Needs no network, no
database and nothing but the standard library: a watcher asks twice a minute, and the whole program takes a second to
import.
"""

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = "heartbeat"
"""Its name in DATA_DIR. Empty: its time of change is all it says."""

EVERY = timedelta(seconds=5)

DEAD = timedelta(seconds=90)
"""The loop rests for at most 20 s; a round that takes longer than this helps nobody."""


class Heartbeat:
    """What the loop calls when a round has ended."""

    def __init__(self, folder: Path) -> None:
        """Nothing is written yet."""
        self._file = folder / FILE
        self._at: datetime | None = None

    def beat(self, now: datetime) -> None:
        """Leave the sign, unless one was just left. A disk that refuses it is the watcher's to notice."""
        if self._at is not None and abs(now - self._at) < EVERY:
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch(mode=0o600)
            os.utime(self._file, (now.timestamp(), now.timestamp()))
            self._at = now


def trouble(folder: Path, now: datetime) -> str:
    """Why the program in this folder does not seem to live; empty if it does."""
    try:
        at = datetime.fromtimestamp((folder / FILE).stat().st_mtime, UTC)
    except OSError:
        return "no round of the loop has ended yet"
    # of a clock that was set back the last sign lies ahead, and says as little
    return f"the last round ended at {at:%Y-%m-%d %H:%M:%S} UTC" if abs(now - at) > DEAD else ""


def main() -> None:
    """End with 0 if the program whose DATA_DIR this is lives, with 1 and a line that says why if not."""
    why = trouble(Path(os.environ.get("DATA_DIR") or "data"), datetime.now(UTC))
    sys.stdout.write(f"{why or 'alive'}\n")
    sys.exit(bool(why))


if __name__ == "__main__":
    main()
