"""Members by the thousand, in the product's own tables with the product's own encryption."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from bot import people, schema
from bot.app import App
from bot.chat import Messenger
from bot.checkins.model import Checkin, Schedule
from bot.clock import Clock
from bot.encryption import Master, PersonKey
from bot.people import SERVICE, Address, Consent, Person
from bot.store import Base, Store
from tests.phone import Phones, Screen

CHATS = 100_000
"""Chat ids begin here: member 1 is reached at 100001."""

AT_ONCE = 1000


@dataclass(frozen=True)
class Town:
    """A database with members, and its key."""

    url: str
    folder: Path
    master: Master

    @asynccontextmanager
    async def served(self, messenger: Messenger, clock: Clock) -> AsyncIterator[App]:
        """The real app on it. Its loop does not run yet."""
        store = Store(self.url, self.master)
        app = App(store, messenger, clock)
        try:
            yield app
        finally:
            await app.rest()
            await store.close()

    def store(self) -> Store:
        """Another way in, to look at what was done."""
        return Store(self.url, self.master)


@asynccontextmanager
async def town(members: int, due: datetime, *, due_members: int | None = None) -> AsyncIterator[Town]:
    """So many members who are all asked at one time of the day: the first `due_members` now, the others tomorrow.

    Each has an open check-in of the day before, to answer.
    """
    with TemporaryDirectory(prefix="windbreak-bench-") as name:
        folder = Path(name)
        made = Town(f"sqlite:///{folder / 'bench.sqlite3'}", folder, Master.create(folder / "key"))
        await schema.upgrade(made.url, folder)
        store = made.store()
        for first in range(1, members + 1, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, members + 1))
            async with store.work() as session:
                keys = people.keys(session)
                rows: dict[type[Base], list[dict[str, Any]]] = {
                    model: [] for model in (Person, PersonKey, Address, Consent, Schedule, Checkin)
                }
                for number in numbers:
                    wrapped, address = keys.create(number), f"telegram:{CHATS + number}"
                    later = timedelta(days=0 if due_members is None or number <= due_members else 1)
                    rows[Person].append({"id": number, "created_at": due, "language": "en", "zone": "UTC"})
                    rows[PersonKey].append({"person_id": number, "wrapped": wrapped})
                    rows[Address].append(
                        {
                            "person_id": number,
                            "blind": keys.blind(address),
                            "sealed_address": keys.seal("addresses.address", number, address),
                        }
                    )
                    rows[Consent].append({"person_id": number, "purpose": SERVICE, "version": "1", "given_at": due})
                    rows[Schedule].append(
                        {
                            "person_id": number,
                            "at": due.time(),
                            "zone": "UTC",
                            "next_at": due + later,
                            "next_day": (due + later).date(),
                        }
                    )
                    rows[Checkin].append({"id": number, "person_id": number, "day": due.date() - timedelta(days=1)})
                for model, values in rows.items():
                    await session.execute(insert(model), values)
        await store.close()
        yield made


def phones(clock: Clock, members: int) -> Phones:
    """A messenger that takes everything at once, for so many members."""
    table = Phones()
    table.now = clock.now
    table.screens = {f"telegram:{CHATS + member}": Screen() for member in range(1, members + 1)}
    return table


def rung(table: Phones) -> int:
    """How many messages made a sound."""
    return sum(len(screen.rung) for screen in table.screens.values())


def this_minute() -> datetime:
    """Now, with whole minutes: a time of day that somebody may have chosen."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def typed(number: int, member: int, text: str) -> Mapping[str, Any]:
    """An update: a member wrote this."""
    who = {"id": CHATS + member, "is_bot": False, "first_name": "A", "language_code": "en"}
    chat = {"id": CHATS + member, "type": "private", "first_name": "A"}
    date = int(datetime.now(UTC).timestamp())
    message = {"message_id": number, "date": date, "chat": chat, "from": who, "text": text}
    return {"update_id": number, "message": message}


def pressed(number: int, member: int, data: str) -> Mapping[str, Any]:
    """An update: a member pressed a button that carries this."""
    message = typed(7, member, "How are you right now?")["message"]
    query = {"id": str(number), "from": message["from"], "message": message, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}
