"""What a person makes in a calm hour for a hard one: if-then plans, keepsakes, people to call, a safety plan."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, LargeBinary, String, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.encryption import encrypted
from bot.people import Person
from bot.store import Base, UtcDateTime
from bot.texts import Texts

ACTS: Final = (
    "walk",
    "call",
    "write",
    "leave",
    "wait",
    "eat",
    "breathe",
    "hands",
    "music",
    "refuse",
    "meeting",
    "reasons",
)
"""What to do, for those who want no words of their own; the words are in `plan-act`."""

COMPANY: Final = ("call", "write")
"""Acts for which the people of theirs are shown."""

STEPS: Final = ("signs", "alone", "places", "people", "lines", "safer")
"""The six steps of a safety plan, from what one notices to making it safer around oneself. (Their order follows the
safety planning intervention of Stanley and Brown, 2012; the words are ours.)"""

REASON, LETTER = "reason", "letter"
TO_MYSELF: Final = (LETTER, "voice", "photo")
"""The kinds of what somebody keeps for themselves. A `REASON` is a line; these are whole."""

AT_MOST = 10
"""Plans, reasons, and things for oneself: more would be a list, and a list is work."""
PEOPLE_AT_MOST = 5

WORDS_MOST = 100
REASON_MOST = 160
LETTER_MOST = 3000
STEP_MOST = 200
NAME_MOST = 40
NUMBER_MOST = 32
"""Letters, each as many as its screen shows."""

ASKED_AT_MOST = 3
"""How often somebody who has named nobody is asked again whom they could call."""

ASKED_AFTER = timedelta(days=14)
FRESH_AFTER = timedelta(days=21)


class IfThen(Base):
    """One cue and one act, each one of ours or in own words. Without an act it is half made."""

    __tablename__ = "if_thens"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a button that names a row must never come to mean another

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    trigger: Mapped[str | None] = mapped_column(String(32), info={"export": "if"})
    """One of the triggers; NULL for a cue in own words."""
    sealed_cue: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "if, in own words"})
    act: Mapped[str | None] = mapped_column(String(16), info={"export": "then"})
    """One of `ACTS`."""
    sealed_own: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "then, in own words"})
    right_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "last said to be right"})

    cue = encrypted("if_thens.cue")
    own = encrypted("if_thens.own")

    @property
    def whole(self) -> bool:
        """Whether it says what to do."""
        return bool(self.act or self.sealed_own)

    def cue_said(self, t: Texts) -> str:
        """`I feel stressed`, or their own words."""
        return self.cue or t(f"plan-cue.{self.trigger}")

    def said(self, t: Texts) -> str:
        """`If I feel stressed, I call Dee.`"""
        if not self.whole:
            return t("plan-half", cue=self.cue_said(t))
        return t("plan-said", cue=self.cue_said(t), act=self.own or t(f"plan-act.{self.act}"))


class Keepsake(Base):
    """Something kept for a hard moment: a reason, a letter, a voice note or a photo to oneself."""

    __tablename__ = "keepsakes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    kind: Mapped[str] = mapped_column(String(16), info={"export": "what"})
    """`REASON` or one of `TO_MYSELF`."""
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "words"})
    sealed_file: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "file"})
    """The platform's name of a voice note or a photo, which stays valid."""
    starred: Mapped[bool] = mapped_column(default=False, info={"export": "on my card"})
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "kept on"})

    words = encrypted("keepsakes.words")
    file = encrypted("keepsakes.file")


class Contact(Base):
    """Somebody whom a person can call: a name, and a number if they gave one. They are never written to."""

    __tablename__ = "contacts"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True, info={"export": None})
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "name"})
    sealed_number: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "number"})

    name = encrypted("contacts.name")
    number = encrypted("contacts.number")

    @property
    def said(self) -> str:
        """`Dee, 600 100 200`."""
        return ", ".join(part for part in (self.name, self.number) if part)


class SafetyPlan(Base):
    """Six steps in own words. NULL is not asked yet; empty is skipped."""

    __tablename__ = "safety_plans"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    sealed_signs: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "what I notice"})
    sealed_alone: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "what I can do myself"})
    sealed_places: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "where I can go"})
    sealed_people: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "whom I can ask"})
    sealed_lines: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "professionals"})
    sealed_safer: Mapped[bytes | None] = mapped_column(LargeBinary, info={"export": "making it safer"})

    signs = encrypted("safety_plans.signs")
    alone = encrypted("safety_plans.alone")
    places = encrypted("safety_plans.places")
    people = encrypted("safety_plans.people")
    lines = encrypted("safety_plans.lines")
    safer = encrypted("safety_plans.safer")

    def step(self, name: str) -> str | None:
        """What one of `STEPS` says."""
        found: str | None = getattr(self, name)
        return found

    def next_step(self) -> str | None:
        """The first step that was not asked yet."""
        return next((name for name in STEPS if self.step(name) is None), None)


class Upkeep(Base):
    """When to ask a person about their plan again. One row for whoever has looked at it."""

    __tablename__ = "upkeep"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, info={"export": None}
    )
    fresh_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    """When to ask about an if-then plan; NULL while there is none."""
    ask_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, info={"export": None})
    """When to ask again whom they can call; NULL for not any more."""
    asked: Mapped[int] = mapped_column(default=0, info={"export": None})
    nobody: Mapped[bool] = mapped_column(default=False, info={"export": "has nobody to call right now"})


async def ifthens(session: AsyncSession, person: Person) -> Sequence[IfThen]:
    """Their if-then plans, oldest first."""
    query = select(IfThen).where(IfThen.person_id == person.id).order_by(IfThen.id)
    return (await session.scalars(query)).all()


async def ifthen(session: AsyncSession, person: Person, ifthen_id: int | None) -> IfThen | None:
    """The plan that a button names, if it is this person's own."""
    query = select(IfThen).where(IfThen.id == ifthen_id, IfThen.person_id == person.id)
    return (await session.scalars(query)).one_or_none()


async def keepsakes(session: AsyncSession, person: Person, *kinds: str) -> Sequence[Keepsake]:
    """What they keep of these kinds (of all, if none is named): what is on the card first, then the newest."""
    query = select(Keepsake).where(Keepsake.person_id == person.id)
    if kinds:
        query = query.where(Keepsake.kind.in_(kinds))
    return (await session.scalars(query.order_by(Keepsake.starred.desc(), Keepsake.id.desc()))).all()


async def keepsake(session: AsyncSession, person: Person, keepsake_id: int | None) -> Keepsake | None:
    """The keepsake that a button names, if it is this person's own."""
    query = select(Keepsake).where(Keepsake.id == keepsake_id, Keepsake.person_id == person.id)
    return (await session.scalars(query)).one_or_none()


async def contacts(session: AsyncSession, person: Person) -> Sequence[Contact]:
    """Whom they can call, in the order in which they named them."""
    query = select(Contact).where(Contact.person_id == person.id).order_by(Contact.id)
    return (await session.scalars(query)).all()


async def contact(session: AsyncSession, person: Person, contact_id: int | None) -> Contact | None:
    """The one that a button names, if it is this person's own."""
    query = select(Contact).where(Contact.id == contact_id, Contact.person_id == person.id)
    return (await session.scalars(query)).one_or_none()


async def has_contact(session: AsyncSession, person: Person) -> bool:
    """Whether they have named anybody."""
    return bool(await session.scalar(select(func.count()).where(Contact.person_id == person.id)))


async def safety(session: AsyncSession, person: Person) -> SafetyPlan:
    """Their safety plan, begun if there is none."""
    found = await session.get(SafetyPlan, person.id)
    if found is None:
        found = SafetyPlan(person_id=person.id)
        session.add(found)
        await session.flush()
    return found


async def upkeep(session: AsyncSession, person: Person) -> Upkeep:
    """When to ask them again, begun if nothing is known yet."""
    found = await session.get(Upkeep, person.id)
    if found is None:
        found = Upkeep(person_id=person.id, asked=0, nobody=False)
        session.add(found)
        await session.flush()
    return found
