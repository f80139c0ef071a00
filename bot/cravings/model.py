"""Hard moments, what was tried in each, and what a person has said once and for all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.cravings.learning import Outcome
from bot.people import Person
from bot.store import Base, UtcDateTime

TEN_MINUTES = timedelta(minutes=10)

RESUMED = timedelta(hours=1)
"""For so long after its last press a moment goes on. Later it is another one."""

STRONG = 7
"""A pull from here on is still strong."""

REMEMBERED = 300
"""So many tries, the latest: what helped years ago says little."""

HEALTH, REFUSED = "health", "refused"
"""What a `Standing` is about: a condition of the health list, or a strategy that is not for them."""

TOLD = "told"
"""The name of the row that says that the health list has been gone through."""


class Moment(Base):
    """One hard moment. At most one of a person's is open."""

    __tablename__ = "hard_moments"
    __table_args__ = (
        Index("ix_hard_moments_person_id_id", "person_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": "began"})
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, info={"export": None})
    """The last press in it."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "over"})
    trigger: Mapped[str | None] = mapped_column(String(24), info={"export": "what set it off"})

    def open(self, now: datetime) -> bool:
        """Whether a press now belongs to this moment."""
        return self.ended_at is None and now - self.last_at < RESUMED


class Try(Base):
    """One thing to do that was shown in a hard moment: passed over (never started), or tried for ten minutes."""

    __tablename__ = "hard_tries"
    __table_args__ = (
        Index("ix_hard_tries_person_id_id", "person_id", "id"),
        {"sqlite_autoincrement": True},  # a button that names a row must never come to mean another
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    moment_id: Mapped[int] = mapped_column(ForeignKey(Moment.id, ondelete="CASCADE"), index=True, info={"export": None})
    strategy: Mapped[str] = mapped_column(String(16), info={"export": "what was shown"})
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "ten minutes begun"})
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info={"export": "ended"})
    pull_before: Mapped[int | None] = mapped_column(info={"export": "pull before"})
    pull_after: Mapped[int | None] = mapped_column(info={"export": "pull after"})
    helped: Mapped[bool | None] = mapped_column(info={"export": "helped, as they said"})
    eased: Mapped[int | None] = mapped_column(info={"export": "eased by points"})
    """What the ranking learns from. NULL while unknown."""

    def running(self, now: datetime) -> bool:
        """Whether its ten minutes are under way."""
        return self.started_at is not None and self.ended_at is None and now < self.started_at + TEN_MINUTES


class Standing(Base):
    """What a person has said once and for all, and can take back: `health` of a condition, `refused` of a strategy."""

    __tablename__ = "hard_standing"
    __table_args__ = (UniqueConstraint("person_id", "kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, info={"export": None})
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), info={"export": None})
    kind: Mapped[str] = mapped_column(String(8), info={"export": "about"})
    name: Mapped[str] = mapped_column(String(32), info={"export": "what"})


@dataclass(frozen=True, slots=True)
class Look:
    """What the card may use of a person. `conditions` is None until they have gone through the health list."""

    conditions: frozenset[str] | None = None
    refused: frozenset[str] = frozenset()
    outcomes: tuple[Outcome, ...] = ()
    trigger: str = ""
    """What set off the open moment, if there is one and it is known."""
    shown: frozenset[str] = field(default_factory=frozenset)
    """What was passed over or tried in the open moment."""
    seed: str = ""
    """The same all through one moment, whether its row exists yet or not."""


async def look(session: AsyncSession, person: Person, now: datetime) -> Look:
    """What is known of a person, in two indexed reads."""
    standing = await standings(session, person)
    query = (
        select(Moment, Try.strategy, Try.eased)
        .outerjoin(Try, Try.moment_id == Moment.id)
        .where(Moment.person_id == person.id)
        .order_by(Moment.id.desc(), Try.id.desc())
        .limit(REMEMBERED)
    )
    rows = (await session.execute(query)).all()
    latest = rows[0][0] if rows else None
    here = latest if latest is not None and latest.open(now) else None
    before = next((moment.id for moment, _, _ in rows if moment is not here), 0)
    return Look(
        conditions=conditions(standing),
        refused=frozenset(name for kind, name in standing if kind == REFUSED),
        outcomes=tuple(
            Outcome(moment.trigger or "", strategy, eased) for moment, strategy, eased in rows if eased is not None
        ),
        trigger=(here.trigger if here else None) or "",
        shown=frozenset(strategy for moment, strategy, _ in rows if moment is here and strategy),
        seed=f"{person.id}/{before}",
    )


async def standings(session: AsyncSession, person: Person) -> set[tuple[str, str]]:
    """Everything that a person has said once and for all, as kind and name."""
    query = select(Standing.kind, Standing.name).where(Standing.person_id == person.id)
    return {(kind, name) for kind, name in await session.execute(query)}


def conditions(standing: set[tuple[str, str]]) -> frozenset[str] | None:
    """The conditions of health that a person has; None while they have not gone through the list."""
    names = {name for kind, name in standing if kind == HEALTH}
    return frozenset(names - {TOLD}) if TOLD in names else None


async def stand(session: AsyncSession, person: Person, kind: str, name: str) -> None:
    """Write down what a person says once and for all. Saying it again changes nothing."""
    if (kind, name) not in await standings(session, person):
        session.add(Standing(person_id=person.id, kind=kind, name=name))


async def take_back(session: AsyncSession, person: Person, kind: str, *names: str) -> None:
    """Undo some of what a person has said; without names all of that kind."""
    query = delete(Standing).where(Standing.person_id == person.id, Standing.kind == kind)
    await session.execute(query.where(Standing.name.in_(names)) if names else query)


async def going_on(session: AsyncSession, person: Person, now: datetime) -> Moment:
    """The open moment, begun if there is none. Its person is locked."""
    query = select(Moment).where(Moment.person_id == person.id).order_by(Moment.id.desc()).limit(1)
    found = (await session.scalars(query)).one_or_none()
    if found is None or not found.open(now):
        found = Moment(person_id=person.id, opened_at=now, last_at=now)
        session.add(found)
        await session.flush()
    found.last_at = now
    return found


async def tries(session: AsyncSession, moment: Moment) -> Sequence[Try]:
    """What was shown in a moment, first to last."""
    return (await session.scalars(select(Try).where(Try.moment_id == moment.id).order_by(Try.id))).all()


async def shown(session: AsyncSession, moment: Moment, strategy: str) -> None:
    """Write down that something was shown and passed over, unless it has been noted in this moment."""
    if all(one.strategy != strategy for one in await tries(session, moment)):
        session.add(Try(person_id=moment.person_id, moment_id=moment.id, strategy=strategy))


async def theirs(session: AsyncSession, person: Person, try_id: int | None) -> tuple[Try, Moment] | None:
    """The try that a button names and its moment, if they are this person's own."""
    query = (
        select(Try, Moment)
        .join(Moment, Moment.id == Try.moment_id)
        .where(Try.id == try_id, Try.person_id == person.id, Moment.person_id == person.id)
    )
    row = (await session.execute(query)).one_or_none()
    return (row[0], row[1]) if row else None
