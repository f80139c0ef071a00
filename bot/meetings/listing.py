"""A meeting as a feed lists it, once the feed's own ways are out of it. Every reader of feeds makes these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from bot.meetings.recurrence import Exceptions, NotARule, Rule

NAME_MOST = 255
WORDS_MOST = 1_000
LINK_MOST = 2_000


class Venue(StrEnum):
    """How one takes part."""

    PLACE = "place"
    ONLINE = "online"
    BOTH = "both"


class Tag(StrEnum):
    """What a meeting can be looked for by, whatever its fellowship calls it. Languages are `lang-es`, beside these."""

    OPEN = "open"
    CLOSED = "closed"
    NEWCOMERS = "newcomers"
    WOMEN = "women"
    MEN = "men"
    YOUNG = "young"
    LGBTQ = "lgbtq"
    SECULAR = "secular"
    WHEELCHAIR = "wheelchair"
    MEDITATION = "meditation"
    STEP = "step"
    SPEAKER = "speaker"
    DISCUSSION = "discussion"


@dataclass(frozen=True, slots=True)
class Timing:
    """When it takes place, as far as the feed says. Without a weekday or a date it is listed and cannot be reminded of.

    `weekday` counts from Monday = 0. `zone` is empty where neither the meeting nor its feed names one. `minutes` is
    None where the feed gives no end, or one that cannot be true.
    """

    weekday: int | None = None
    at: time | None = None
    minutes: int | None = None
    zone: str = ""
    nth: int | None = None
    interval: int = 1
    anchor: date | None = None
    first: date | None = None
    until: date | None = None
    exceptions: Exceptions = field(default_factory=dict)

    def rule(self, zone: str) -> Rule | None:
        """The rule in its own zone, or where it has none in this one. None if it cannot be reminded of."""
        if self.at is None or not (self.zone or zone):
            return None
        try:
            return Rule(
                self.zone or zone,
                self.at,
                self.weekday,
                self.nth,
                self.interval,
                self.anchor,
                self.first,
                self.until,
                self.exceptions,
            )
        except NotARule:
            return None


@dataclass(frozen=True, slots=True)
class Where:
    """Where one goes. Coordinates in degrees; `rough` where they are a town's and not a building's."""

    building: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    """As the feed spells it."""
    latitude: float | None = None
    longitude: float | None = None
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One meeting on one weekday. `key` is its name in its feed for ever; `program` is `NA`, `AA`, `SMART`, `RD`…

    Plain text throughout, HTML and control characters taken out, cut to what a screen can show. Contact and donation
    fields of a feed are nowhere here: they are private people's.
    """

    key: str
    name: str
    program: str
    timing: Timing
    venue: Venue = Venue.PLACE
    where: Where = Where()
    link: str = ""
    link_notes: str = ""
    phone: str = ""
    notes: str = ""
    page: str = ""
    tags: frozenset[str] = frozenset()
    closed: bool = False
    """Temporarily not held, and not moved online either."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no meeting: its number in the feed, from 1, what it calls itself as far as is known, and why.

    `reason` is a slug that the report counts and words: `no-name`, `not-published`, `not-a-row`…
    """

    row: int
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """A row that was kept, and what was found odd in it: `no-time`, `no-zone`, `long`, `retired-zone`, `duplicate`…"""

    row: int
    listing: Listing
    remarks: tuple[str, ...] = ()


Row = Remarked | Skipped

Fields = Mapping[str, object]
"""One row of a feed as it was decoded: hostile until proven otherwise."""
