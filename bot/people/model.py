"""A person, the addresses where they are reached, and what they agreed to."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Date, ForeignKey, LargeBinary, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.content import substances
from bot.encryption import encrypted
from bot.store import Base, UtcDateTime

AWAITED = timedelta(minutes=30)
"""How long typed words count as the answer to the question shown last."""


GOALS = ("stopped", "cutting", "not_yet", "medicine")
"""Where somebody is: has stopped, is cutting down, has not stopped yet, is on medicine for it."""

SUBSTANCES = substances.IDS
"""What somebody may recover from; of `other` they have words of their own."""


class Person(Base):
    """Someone who talks to the bot. Before they agree: an address and a language, no more."""

    __tablename__ = "people"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a key is sealed for an id, which must never be another's

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "created"})
    language: Mapped[str] = mapped_column(String(16), info={"export": "language"})
    zone: Mapped[str | None] = mapped_column(String(64), info={"export": "time zone"})
    country: Mapped[str | None] = mapped_column(String(2), info={"export": "country"})
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "name"})
    awaiting: Mapped[str | None] = mapped_column(String(64), info={"export": None})
    awaiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    unreachable_since: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "unreachable since"})
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": "last heard"})
    goal: Mapped[str | None] = mapped_column(String(16), info={"export": "where they are with it"})
    """One of `GOALS`; NULL while unasked or not told."""
    since: Mapped[date | None] = mapped_column(Date, info={"export": "stopped since"})
    """The person's own date. We neither claim nor reset it."""
    discreet: Mapped[bool] = mapped_column(default=True, info={"export": "discreet"})
    reader: Mapped[bool] = mapped_column(default=False, info={"export": "for screen readers"})
    scale: Mapped[str] = mapped_column(String(8), default="numbers", info={"export": "words or numbers"})
    tidy_hours: Mapped[int | None] = mapped_column(info={"export": "tidy after hours"})
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": None})
    """Until when a hard moment has the floor, and nothing comes by itself."""
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "paused until writing, since"})
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "paused until"})
    quiet_from: Mapped[time] = mapped_column(Time, default=time(22), info={"export": "quiet from"})
    quiet_to: Mapped[time] = mapped_column(Time, default=time(8), info={"export": "quiet to"})
    """Local times between which nothing unasked arrives. The same twice: never quiet."""

    name = encrypted("people.name")

    def awaits(self, what: str | None, now: datetime) -> None:
        """Take the next words that this person types as the answer to `what` (`welcome:name`), or to nothing."""
        self.awaiting = what
        self.awaiting_since = now if what else None

    def awaited(self, now: datetime) -> str | None:
        """What typed words are the answer to at this moment."""
        if self.awaiting_since is None or now - self.awaiting_since > AWAITED:
            return None
        return self.awaiting

    def paused(self, now: datetime) -> bool:
        """Whether they want nothing to come by itself: for a time, or until they write."""
        if self.paused_until is not None and now < self.paused_until:
            return True
        return self.paused_at is not None and (self.heard_at is None or self.heard_at <= self.paused_at)


class Substance(Base):
    """Something a person is recovering from: one of `SUBSTANCES`, with their own words for `other`."""

    __tablename__ = "substances"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    name: Mapped[str] = mapped_column(String(32), info={"export": "substance"})
    sealed_own: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "own words"})

    own = encrypted("substances.own")


class Address(Base):
    """Where a person is reached on one platform. Found by a keyed hash, readable only with the person's key."""

    __tablename__ = "addresses"

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    blind: Mapped[bytes] = mapped_column(LargeBinary, unique=True, info={"export": None})
    sealed_address: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "address"})

    address = encrypted("addresses.address")


class Consent(Base):
    """What a person agreed to: one row for each purpose, with the version of the words that they read."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    purpose: Mapped[str] = mapped_column(String(32), info={"export": "agreed to"})
    version: Mapped[str] = mapped_column(String(16), info={"export": "version of the words"})
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "agreed on"})
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "withdrawn on"})
