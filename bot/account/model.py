"""What stands around a person: that they are leaving, a code to move with, and codes to come in with."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.people import Person, keys
from bot.store import Base, UtcDateTime

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that are mistaken for each other when read aloud or copied by hand."""


class Leaving(Base):
    """Somebody wants everything erased then, and may change their mind until."""

    __tablename__ = "leaving"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    erase_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info={"export": "erase on"})


class MoveCode(Base):
    """Whoever types this code on another account takes the person over there. Known by its keyed hash only."""

    __tablename__ = "move_codes"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    blind: Mapped[bytes] = mapped_column(LargeBinary, unique=True, info={"export": None})
    until: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": None})


class Invitation(Base):
    """A code that lets somebody in where a code is needed. Known by its keyed hash only, and nobody's."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    blind: Mapped[bytes] = mapped_column(LargeBinary, unique=True, info={"export": None})
    uses: Mapped[int] = mapped_column(info={"export": None})
    """How many more it lets in."""
    until: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": None})


class Admission(Base):
    """Somebody came in with a code. Not with which."""

    __tablename__ = "admissions"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )


def new_code(length: int) -> str:
    """A code that nobody can guess: nearly five bits a letter. It holds a digit, so that it is no word."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(length))
        if not code.isalpha():
            return code


def looks_like_code(text: str, length: int) -> bool:
    """Whether somebody may have meant a code, well or badly copied, and not a word of their own."""
    return any(letter.isdigit() for letter in text) and abs(sum(map(str.isalnum, text)) - length) <= 2


def hashed(session: AsyncSession, purpose: str, code: str) -> bytes:
    """What a code is found by, however it was typed: case, spaces and dashes mean nothing."""
    letters = "".join(letter for letter in code.upper() if letter in LETTERS)
    # no address begins with these words, so that the index key serves both
    return keys(session).blind(f"code-{purpose}:{letters}")
