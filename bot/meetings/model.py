"""Meetings, the feeds that list them, and who follows which."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, Date, Float, ForeignKey, Index, LargeBinary, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.encryption import encrypted
from bot.meetings.recurrence import Rule, following
from bot.people import Person
from bot.store import Base, UtcDateTime

STANDARD = "30"
"""Minutes before the start, if nothing else is chosen."""

SKIPS_KEPT = timedelta(days=31)


class Feed(Base):
    """A list of meetings that whoever runs this has named: a file or an https address."""

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    source: Mapped[str] = mapped_column(String(2000), unique=True, info={"export": None})
    program: Mapped[str] = mapped_column(String(16), default="", info={"export": None})
    zone: Mapped[str | None] = mapped_column(String(64), info={"export": None})
    etag: Mapped[str | None] = mapped_column(String(200), info={"export": None})
    modified: Mapped[str | None] = mapped_column(String(64), info={"export": None})
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    """When it was last read whole, or was found unchanged."""
    shrunk_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    """Since when it has listed so little that what it omits is only in doubt; NULL while it lists what it should."""
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})


class Meeting(Base):
    """A meeting: listed by a feed, in clear because it is public, or a person's own, whose words are sealed.

    The columns from `zone` to `exceptions` are its `Rule`; `next_start` and `next_day` follow from it, and are NULL
    where it cannot be reminded of or will not take place any more.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("feed_id", "key"),
        Index("ix_meetings_place", "latitude", "longitude"),
        Index("ix_meetings_program", "program", "next_start"),
        # tags beside it: whoever looks for a rare one reads the index and not every row
        Index("ix_meetings_next_start", "next_start", "tags"),
        {"sqlite_autoincrement": True},  # a button that names a row must never come to mean another
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    feed_id: Mapped[int | None] = mapped_column(ForeignKey(Feed.id, ondelete="CASCADE"), info={"export": None})
    key: Mapped[str | None] = mapped_column(String(255), info={"export": None})
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None}
    )
    """Whose own it is; NULL for a listed one."""
    name: Mapped[str | None] = mapped_column(String(255), info={"export": None})
    sealed_own_name: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "meeting"})
    sealed_own_where: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "where"})
    program: Mapped[str] = mapped_column(String(16), default="", info={"export": None})
    zone: Mapped[str | None] = mapped_column(String(64), info={"export": "time zone"})
    at: Mapped[time | None] = mapped_column(Time, info={"export": "time"})
    minutes: Mapped[int | None] = mapped_column(info={"export": "minutes"})
    weekday: Mapped[int | None] = mapped_column(info={"export": "weekday, Monday 0"})
    nth: Mapped[int | None] = mapped_column(info={"export": "which of the month"})
    interval: Mapped[int] = mapped_column(default=1, info={"export": "every so many"})
    anchor: Mapped[date | None] = mapped_column(Date, info={"export": "counted from"})
    first: Mapped[date | None] = mapped_column(Date, info={"export": "from"})
    until: Mapped[date | None] = mapped_column(Date, info={"export": "until"})
    exceptions: Mapped[dict[str, str | None]] = mapped_column(JSON, default=dict, info={"export": None})
    """By ISO date: null where it is not held, else the local time that it was moved to, or was added at."""
    venue: Mapped[str] = mapped_column(String(8), default="place", info={"export": None})
    building: Mapped[str] = mapped_column(String(255), default="", info={"export": None})
    address: Mapped[str] = mapped_column(String(500), default="", info={"export": None})
    city: Mapped[str] = mapped_column(String(100), default="", info={"export": None})
    region: Mapped[str] = mapped_column(String(100), default="", info={"export": None})
    country: Mapped[str | None] = mapped_column(String(2), info={"export": None})
    latitude: Mapped[float | None] = mapped_column(Float, info={"export": None})
    longitude: Mapped[float | None] = mapped_column(Float, info={"export": None})
    rough: Mapped[bool] = mapped_column(default=False, info={"export": None})
    link: Mapped[str] = mapped_column(String(2000), default="", info={"export": None})
    link_notes: Mapped[str] = mapped_column(Text, default="", info={"export": None})
    phone: Mapped[str] = mapped_column(String(255), default="", info={"export": None})
    notes: Mapped[str] = mapped_column(Text, default="", info={"export": None})
    page: Mapped[str] = mapped_column(String(2000), default="", info={"export": None})
    tags: Mapped[str] = mapped_column(String(255), default="", info={"export": None})
    """Between spaces, a space at both ends: ` open women lang-es `."""
    closed: Mapped[bool] = mapped_column(default=False, info={"export": None})
    digest: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": None})
    """Of everything that its feed said of it: equal while nothing has changed."""
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    """When its feed listed it last."""
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    """When its feed was first read without it."""
    next_start: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    next_day: Mapped[date | None] = mapped_column(Date, info={"export": None})
    tzdata: Mapped[str | None] = mapped_column(String(16), index=True, info={"export": None})
    """The edition of the zone data that `next_start` was worked out with."""

    own_name = encrypted("meetings.own_name")
    own_where = encrypted("meetings.own_where")

    @property
    def called(self) -> str:
        """Its name, listed or own."""
        return self.name or self.own_name or ""

    def rule(self) -> Rule | None:
        """Its rule; None if it cannot be reminded of."""
        if self.at is None or self.zone is None or (self.weekday is None and self.anchor is None):
            return None
        return Rule(
            self.zone,
            self.at,
            self.weekday,
            self.nth,
            self.interval,
            self.anchor,
            self.first,
            self.until,
            {date.fromisoformat(day): _moved(to) for day, to in self.exceptions.items()},
        )

    def plan(self, after: datetime, tzdata: str) -> None:
        """Work out when it next starts, strictly later than `after`."""
        rule = None if self.closed or self.gone_at else self.rule()
        found = following(rule, after) if rule else None
        self.next_start, self.next_day = (found.start, found.day) if found else (None, None)
        self.tzdata = tzdata


class ListedTag(Base):
    """A tag that some list has given a meeting. Whoever looks for one that none has is told so without a search."""

    __tablename__ = "listed_tags"

    tag: Mapped[str] = mapped_column(String(32), primary_key=True, info={"export": None})


class Follow(Base):
    """A person is reminded of a meeting. `next_at` is when the next reminder is due, NULL for none."""

    __tablename__ = "follows"
    __table_args__ = (
        UniqueConstraint("person_id", "meeting_id"),
        {"sqlite_autoincrement": True},  # as above
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), index=True, info={"export": "meeting", "called": "called"}
    )
    since: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "followed since"})
    leads: Mapped[str] = mapped_column(String(32), default=STANDARD, info={"export": "minutes before"})
    """How many minutes before the start, with spaces between."""
    skips: Mapped[str] = mapped_column(Text, default="[]", info={"export": "dates left out"})
    """A JSON list of ISO dates in the meeting's calendar."""
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "paused until"})
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})

    def skipped(self) -> frozenset[date]:
        """The dates on which this person does not go."""
        days: list[Any] = json.loads(self.skips)
        return frozenset(date.fromisoformat(day) for day in days)

    def skip(self, day: date, now: datetime, *, go: bool = False) -> None:
        """Leave a date out, or take it in again. Of those that are long over none is kept."""
        days = {one for one in self.skipped() if now.date() - one < SKIPS_KEPT} - {day}
        self.skips = json.dumps(sorted(f"{one}" for one in (days if go else days | {day})))

    @property
    def before(self) -> frozenset[int]:
        """How many minutes before the start they are reminded."""
        return frozenset(int(lead) for lead in self.leads.split())


class Visit(Base):
    """Somebody said that they go to one occurrence of a meeting. `ask_at` is when they are asked how it was."""

    __tablename__ = "visits"
    __table_args__ = (
        UniqueConstraint("person_id", "meeting_id", "day"),
        {"sqlite_autoincrement": True},  # as above
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey(Meeting.id, ondelete="SET NULL"), index=True, info={"export": "meeting", "called": "called"}
    )
    """NULL when it was deleted: that somebody went stays."""
    day: Mapped[date] = mapped_column(Date, info={"export": "date"})
    ask_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    went: Mapped[bool | None] = mapped_column(info={"export": "went"})
    mood: Mapped[str | None] = mapped_column(String(16), info={"export": "mood afterwards"})


class Change(Base):
    """What a listed meeting was before its feed changed it, for those who are to be told: old and new."""

    __tablename__ = "meeting_changes"
    __table_args__ = ({"sqlite_autoincrement": True},)  # as above

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), index=True, info={"export": None}
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info={"export": None})
    before: Mapped[dict[str, Any]] = mapped_column(JSON, info={"export": None})
    """The columns that are told, as JSON can hold them."""


def _moved(to: str | None) -> datetime | None:
    return datetime.fromisoformat(to) if to else None
