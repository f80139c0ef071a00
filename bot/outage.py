"""Whether the database can be used, and since when it cannot. One log line at each change."""

import logging
from datetime import datetime, timedelta

from bot.store import Unavailable

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=10)
"""How long updates are left with the platform, to come again, before each is answered from memory."""

SAY_EVERY = timedelta(minutes=1)

LOOK_EVERY = timedelta(seconds=1)


class Outage:
    """Holds while nothing can be written."""

    def __init__(self) -> None:
        """All is well."""
        self._since: datetime | None = None
        self._said_at: datetime | None = None

    @property
    def failing(self) -> bool:
        """Whether the last use of the database failed."""
        return self._since is not None

    def degraded(self, now: datetime) -> bool:
        """Whether it has been so for too long to keep people waiting."""
        return self._since is not None and now - self._since >= PATIENCE

    def failed(self, error: Unavailable, now: datetime) -> None:
        """The database could not be used."""
        if self._since is None:
            self._since = now
            if self._said_at and now - self._said_at < SAY_EVERY:
                return  # one locked table comes and goes with each try; a line for each would fill a disk
            self._said_at = now
            log.error("The database cannot be used, help still answers: %s. action=database_lost", str(error))

    def worked(self, now: datetime) -> None:
        """The database could be used."""
        if self._since is not None:
            seconds = (now - self._since).total_seconds()
            said = self._said_at == self._since
            self._since = None
            if said:
                log.warning("The database can be used again. action=database_back seconds=%.0f", seconds)
