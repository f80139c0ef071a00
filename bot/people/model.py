"""A person, the addresses where they are reached, and what they agreed to."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.encryption import encrypted
from bot.store import Base, UtcDateTime

AWAITED = timedelta(minutes=30)
"""How long typed words count as the answer to the question shown last."""


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
