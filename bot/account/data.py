"""Everything that is kept of a person, as three files: found by walking the schema, so that nothing is forgotten.

A column says by `info["export"]` under which name it goes out; None keeps it in, because it tells nothing about the
person (a row number) or is not theirs to carry away (a key). One that points to another row may say by
`info["called"]` which attribute of that row goes out in place of its number.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from io import StringIO
from typing import Any

from sqlalchemy import Column, Table, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.account.page import SEALED, Part, page
from bot.chat import Button, Document, Message
from bot.feature import Reply, Turn
from bot.outbox import FROM_ANOTHER, Notification
from bot.people import Person
from bot.store import Base
from bot.texts import Texts

ROWS_A_FILE = 5000
"""Years of notes, in files that stay small enough for a phone. What is more comes in more files."""


async def pressed(turn: Turn) -> Reply:
    """`data` offers the files, `data:files` sends them."""
    if turn.words == ("files",):
        return Reply((*await files(turn), _screen(turn.t, "data-sent")))
    return Reply((_screen(turn.t, "data-offer"),))


async def files(turn: Turn) -> tuple[Message, ...]:
    """A page to read, a table, and everything for a machine: once, or for somebody with years of notes more often."""
    parts = await collected(turn.session, turn.person)
    t = turn.t
    bundles = volumes(parts)
    messages = []
    for number, some in enumerate(bundles, 1):
        name = f"notes-{number}" if len(bundles) > 1 else "notes"
        made = (
            ("data-page", Document(f"{name}.html", page(some, turn.person, t, turn.now))),
            ("data-table", Document(f"{name}.csv", table(some))),
            ("data-json", Document(f"{name}.json", as_json(some))),
        )
        messages += [Message(t(key), document=document, sensitive=True, neutral=True) for key, document in made]
    return tuple(messages)


def volumes(parts: list[Part], most: int = ROWS_A_FILE) -> list[list[Part]]:
    """The same rows in their order, no more than so many together. At least one volume, be it empty."""
    found: list[list[Part]] = [[]]
    room = most
    for part in parts:
        at = 0
        while at < len(part.rows) or at == 0:
            if not room:
                found.append([])
                room = most
            some = part.rows[at : at + room]
            found[-1].append(replace(part, rows=some, first=at + 1))
            room -= len(some)
            at += max(len(some), 1)
    return found


async def collected(session: AsyncSession, person: Person) -> list[Part]:
    """Every table that knows this person, the person's own row first."""
    await session.flush()
    return [
        Part(table.name, columns, await _rows(session, model, table, columns, person.id))
        for model, table in sorted(_models(), key=lambda one: (one[1].name != Person.__tablename__, one[1].name))
        if (columns := _columns(table))
    ]


def as_json(parts: list[Part]) -> str:
    """Everything, for a machine."""
    whole = {
        part.table: [dict(zip([name for _, name in part.columns], map(_plain, row), strict=True)) for row in part.rows]
        for part in parts
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def table(parts: list[Part]) -> str:
    """One line a value, which any spreadsheet takes."""
    out = StringIO()
    write = csv.writer(out)
    write.writerow(("table", "row", "what", "value"))
    for part in parts:
        for number, row in enumerate(part.rows, part.first):
            for (_, name), value in zip(part.columns, row, strict=True):
                write.writerow((part.table, number, name, _plain(value)))
    return out.getvalue()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


def _mapped() -> Iterator[tuple[Any, Table]]:
    for mapper in Base.registry.mappers:
        found = inspect(mapper.class_).local_table
        if isinstance(found, Table):
            yield mapper.class_, found


def _models() -> Iterator[tuple[Any, Table]]:
    return ((model, table) for model, table in _mapped() if _owner(table) is not None)


def _owner(table: Table) -> str | None:
    """The column that says whose a row is."""
    if table.name == Person.__tablename__:
        return "id"
    return "person_id" if "person_id" in table.columns else None


def _columns(table: Table) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, column.info["export"]) for column in table.columns if column.info.get("export"))


async def _rows(
    session: AsyncSession, model: Any, table: Table, columns: tuple[tuple[str, str], ...], person_id: int
) -> tuple[tuple[object, ...], ...]:
    owner = getattr(model, _owner(table) or "id")
    order = list(table.primary_key.columns)
    query = select(model).where(owner == person_id).order_by(*order)
    if model is Notification:
        query = query.where(~Notification.kind.startswith(FROM_ANOTHER))
    found = (await session.scalars(query)).all()
    # a sealed column reads as words through the descriptor of the same name
    names = [column.removeprefix(SEALED) for column, _ in columns]
    called = [await _called(session, table.columns[column], found) for column, _ in columns]
    return tuple(
        tuple(by.get(value, value) for name, by in zip(names, called, strict=True) for value in [getattr(row, name)])
        for row in found
    )


async def _called(session: AsyncSession, column: Column[Any], rows: Sequence[Any]) -> dict[object, object]:
    """What the rows are called that this column of those points to, by their numbers; empty for any other column."""
    attribute = column.info.get("called")
    if attribute is None:
        return {}
    (key,) = column.foreign_keys
    model = next(one for one, table in _mapped() if table is key.column.table)
    numbers = {getattr(row, column.name) for row in rows}
    query = select(model).where(getattr(model, key.column.name).in_(numbers))
    return {getattr(one, key.column.name): getattr(one, attribute) for one in await session.scalars(query)}


def _screen(t: Texts, key: str) -> Message:
    get = Button(t("data-get"), "data:files")
    help_now = Button(t("help-button"), "help")
    rows = ((get,), (help_now,)) if key == "data-offer" else ((Button(t("settings-privacy"), "privacy"), help_now),)
    return Message(t(key), rows)
