"""Whether what people do could reach us at all. A press that the platform cannot hand over is lost after 150 s."""

from datetime import datetime, timedelta

PRESS_LIVES = timedelta(seconds=150)
"""How long Telegram keeps a tapped button for us."""


class Earshot:
    """Remembers, for as long as the program runs, when the platform last could not be asked for too long."""

    def __init__(self) -> None:
        """Nothing was missed yet."""
        self._since: datetime | None = None
        self._missed_at: datetime | None = None

    def heard(self) -> None:
        """The platform has answered."""
        self._since = None

    def deaf(self, now: datetime) -> None:
        """It has not."""
        self._since = self._since or now
        if now - self._since > PRESS_LIVES:
            self._missed_at = now

    def missed(self, after: datetime) -> bool:
        """Whether something may have been lost after this moment."""
        return self._missed_at is not None and self._missed_at > after
