"""The rows of the inbox, and where each of them stands."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.chat import ALBUM_LIMIT, Lane
from bot.store import Base, UtcDateTime


class State(StrEnum):
    """Where an update stands."""

    OPEN = "open"  # to be handled
    ANSWERED = "answered"  # handled, its reply still here
    HELD = "held"  # handled, its late reply waits to be opened
    DONE = "done"
    ASIDE = "aside"  # could not be read or handled


class Update(Base):
    """One update. The key is what makes it once; the content goes when the reply has left, the key stays 48 h."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot", "number"),
        Index("ix_inbox_state_next_at", "state", "next_at"),
        Index("ix_inbox_sender_state", "sender", "state"),
        {"sqlite_autoincrement": True},  # a button that names a row must never come to mean another
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    bot: Mapped[str] = mapped_column(String(64), info={"export": None})
    number: Mapped[int] = mapped_column(BigInteger, info={"export": None})
    sender: Mapped[bytes] = mapped_column(LargeBinary, info={"export": None})
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": None})
    state: Mapped[str] = mapped_column(String(16), info={"export": None})
    next_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": None})
    lane: Mapped[int] = mapped_column(default=Lane.REPLY, info={"export": None})
    tries: Mapped[int] = mapped_column(default=0, info={"export": None})
    careful: Mapped[bool] = mapped_column(default=False, info={"export": None})
    gone: Mapped[int] = mapped_column(default=0, info={"export": None})
    """How many messages of the reply have left."""
    crowded: Mapped[bool] = mapped_column(default=False, info={"export": None})
    """Whether this one is answered with "too many at once", for itself and for those after it."""
    kept: Mapped[bool] = mapped_column(default=False, info={"export": None})
    """Whether what arrived stays when the reply has left, for whoever mends the program."""
    offered: Mapped[bool] = mapped_column(default=False, info={"export": None})
    """Whether its answer asked somebody without an account if they want one."""
    album: Mapped[str | None] = mapped_column(String(ALBUM_LIMIT), info={"export": None})
    """What it came together with."""
    sealed_raw: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": None})
    sealed_reply: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": None})

    @property
    def key(self) -> str:
        """What its contents are sealed for."""
        return f"{self.bot}/{self.number}"
