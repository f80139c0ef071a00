"""What should happen to a person, worked out a second time and in another way than the bot does it.

A life knows what its person did and what befell them. From that alone it says at which instants a check-in is due,
and why one may be missing. It asks nothing of the bot and nothing of its database.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
USEFUL = timedelta(hours=4)
"""For so long after its time a check-in still comes (once a day: the next is never near)."""

QUIET_AFTER = timedelta(hours=54)
"""Three silent days, less the 17 hours that lie between New York and Auckland: then we write less often."""

A_MOMENT = timedelta(minutes=2)
LENGTHS = {"day": DAY, "week": 7 * DAY}
QUARTER = timedelta(minutes=15)


@cache
def first_showing(day: date, at: time, place: ZoneInfo) -> datetime:
    """The first instant at which the clocks there show this or more, found by looking at them every quarter.

    Every zone changes on a quarter of an hour, and every hour of ours is one.
    """
    wanted = datetime.combine(day, at)
    moment = wanted.replace(tzinfo=place).astimezone(UTC) - 3 * timedelta(hours=1)
    while moment.astimezone(place).replace(tzinfo=None) < wanted:
        moment += QUARTER
    return moment


@dataclass
class Spans:
    """Stretches of time; the last may still go on."""

    found: list[tuple[datetime, datetime | None]] = field(default_factory=list)

    def begin(self, at: datetime) -> None:
        """It begins, if it has not."""
        if not self.open:
            self.found.append((at, None))

    def end(self, at: datetime) -> None:
        """It ends, if it goes on."""
        if self.open:
            self.found[-1] = (self.found[-1][0], at)

    @property
    def open(self) -> bool:
        """Whether the last goes on."""
        return bool(self.found) and self.found[-1][1] is None

    def touch(self, start: datetime, end: datetime) -> bool:
        """Whether any of them has a moment in common with this."""
        return any(begun <= end and (over is None or start <= over) for begun, over in self.found)

    def cover(self, start: datetime, end: datetime) -> bool:
        """Whether one of them holds all of this."""
        return any(begun <= start and (over is None or end <= over) for begun, over in self.found)


@dataclass
class Life:
    """One person from the moment they are a member."""

    address: str
    canary: str
    """A word of theirs alone, which nobody else may ever read."""
    hour: time
    since: datetime
    zones: list[tuple[datetime, str]]
    """From when on they are in which zone."""
    acts: list[datetime] = field(default_factory=list)
    heard: list[datetime] = field(default_factory=list)
    """When the bot can have noted a word: what was answered from memory, without a database, is none."""
    notes: list[str] = field(default_factory=list)
    """What they have told the probe, in order."""
    unsaved: set[str] = field(default_factory=set)
    """Of these, what we have said we could not keep."""
    paused: Spans = field(default_factory=Spans)
    until_a_word: bool = False
    blocked: Spans = field(default_factory=Spans)
    unknown: list[datetime] = field(default_factory=list)
    """When something on its way to them may have been lost."""
    snoozed: list[datetime] = field(default_factory=list)
    """For when they have asked to be asked once more."""
    over: datetime | None = None
    """When they had everything erased."""
    came: dict[date, datetime] = field(default_factory=dict)
    """By the local day that it asks about: when a check-in came."""
    unasked: list[datetime] = field(default_factory=list)

    def act(self, at: datetime, heard_at: datetime | None) -> None:
        """They do something, whatever it is: a word that is heard ends a pause that waits for one.

        `heard_at` is when the bot could hear it, which was awake then; None if it could not note it at all.
        """
        self.acts.append(at)
        if heard_at is None:
            return
        self.heard.append(heard_at)
        if self.until_a_word and heard_at > self.paused.found[-1][0]:
            self.paused.end(heard_at)
            self.until_a_word = False

    def moves(self, at: datetime, zone: str) -> None:
        """From now on somewhere else. What was to come later is forgotten."""
        self.zones = [(since, there) for since, there in self.zones if since < at]
        self.zones.append((at, zone))

    def returns(self, last: date, zone: str) -> None:
        """Home again when that day is over where they are."""
        away = ZoneInfo(self.zones[-1][1])
        # a check-in that is due at that very moment is the first at home
        self.zones.append((first_showing(last + DAY, time(), away) - timedelta.resolution, zone))

    def pauses(self, at: datetime, how: str) -> None:
        """For a `day`, a `week`, or until they `write`."""
        self.paused.begin(at)
        if how in LENGTHS:
            self.paused.end(at + LENGTHS[how])
        self.until_a_word = how == "write"

    def zone_at(self, moment: datetime) -> ZoneInfo:
        """Where they are."""
        return ZoneInfo(next((zone for since, zone in reversed(self.zones) if since <= moment), self.zones[0][1]))

    def day_at(self, moment: datetime) -> date:
        """What day it is for them."""
        return moment.astimezone(self.zone_at(moment)).date()

    def dues(self, start: datetime, end: datetime) -> Iterator[tuple[date, datetime]]:
        """Every local day and the instant at which its check-in is due, after `start` and up to `end`.

        A flight west brings a day a second time.
        """
        ends = [since for since, _ in self.zones[1:]] + [end]
        for (since, zone), until in zip(self.zones, ends, strict=True):
            first, last = max(since, start), min(until, end)
            day = first.date() - 2 * DAY
            while day <= last.date() + 2 * DAY:
                due = first_showing(day, self.hour, ZoneInfo(zone))
                if first < due <= last:
                    yield day, due
                day += DAY

    def due_for(self, came: datetime) -> tuple[date, datetime] | None:
        """Which check-in it is that came at this moment: the last that was due."""
        return max(self.dues(came - 3 * DAY, came), key=lambda one: one[1], default=None)

    def silent_since(self, moment: datetime) -> timedelta:
        """How long nothing was heard of them."""
        return moment - max((at for at in self.heard if at <= moment), default=self.since)

    def asked_for(self, came: datetime, *, late: bool) -> bool:
        """Whether what came at this moment is what they had put off to then, or `late` to before then."""
        found = [at for at in self.snoozed if at <= came and (late or came - at < A_MOMENT)]
        if found:
            self.snoozed.remove(found[-1])
        return bool(found)

    def why_not(self, day: date, due: datetime, away: Spans) -> str:
        """Why no check-in came for this day; empty if there is no reason. `away` is when the bot was not there."""
        end = due + USEFUL
        reasons = {
            "erased": self.over is not None and self.over <= end,
            "asleep": away.cover(due, end),
            "paused": self.paused.touch(due, due),
            "blocked": self.blocked.touch(due, due + A_MOMENT),
            "unknown": any(due <= at <= end for at in self.unknown),
            "quiet": self.silent_since(due) >= QUIET_AFTER,
        }
        return next((reason for reason, holds in reasons.items() if holds), "")
