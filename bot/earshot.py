"""Whether what people do could reach us at all. A press that the platform cannot hand over is lost after 150 s.

What is known of it stands in a small file too, beside the heartbeat: a restart in the middle of an outage, or one that
was an outage itself, would otherwise be forgotten with everything that somebody may have pressed in it.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

PRESS_LIVES = timedelta(seconds=150)
"""How long Telegram keeps a tapped button for us."""

FILE = "earshot"
"""Its name in DATA_DIR. Two lines: until when all could reach us, and when last something may not have."""

EVERY = timedelta(seconds=5)
"""How often it is left in the file that all can reach us."""


class Earshot:
    """Remembers when last the platform could not be asked for too long, or we could not be reached by it."""

    def __init__(self, folder: Path | None = None) -> None:
        """Nothing was missed yet. Without a folder nothing outlasts the program."""
        self._file = folder / FILE if folder else None
        self._heard_at: datetime | None = None
        self._since: datetime | None = None
        self._missed_at: datetime | None = None
        self._left_at: datetime | None = None

    def begin(self, now: datetime) -> None:
        """Go on from what an earlier life of the program has left. Of what is not known it counts as missed."""
        if self._file is None:
            return
        try:
            left, missed = self._file.read_text().split("\n")
            self._since = datetime.fromisoformat(left)
            self._missed_at = datetime.fromisoformat(missed) if missed else None
            known = abs(now - self._since) <= PRESS_LIVES  # of a clock that was set back the file says nothing
        except (OSError, ValueError, TypeError):
            known = False
        if not known:
            self.miss(now)

    def heard(self, now: datetime) -> None:
        """The platform has answered."""
        self._since, self._heard_at = None, now

    def deaf(self, now: datetime) -> None:
        """It has not. A question that failed may have gone nowhere from its beginning on."""
        self._since = self._since or self._heard_at or now
        if now - self._since > PRESS_LIVES:
            self.miss(now)

    def slept(self, until: datetime, now: datetime) -> None:
        """The loop wanted to be woken by then, and has been now: the machine may have stood still for longer."""
        if now - until > PRESS_LIVES:
            self.miss(now)

    def miss(self, now: datetime) -> None:
        """Something may have been lost up to now."""
        self._missed_at = now
        self._leave(self._since or now)

    def lasts(self, now: datetime) -> None:
        """Leave a sign that all can reach us, unless one was just left, or it cannot."""
        if self._since is None and (self._left_at is None or abs(now - self._left_at) >= EVERY):
            self._leave(now)

    def missed(self, after: datetime) -> bool:
        """Whether something may have been lost after this moment."""
        return self._missed_at is not None and self._missed_at > after

    def _leave(self, until: datetime) -> None:
        """Write it down. A disk that refuses makes the next start count everything as missed, which harms nobody."""
        if self._file is None:
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(f"{until.isoformat()}\n{self._missed_at.isoformat() if self._missed_at else ''}")
            self._left_at = until
