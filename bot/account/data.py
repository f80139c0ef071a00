"""Everything that is kept of a person, as three files: found by walking the schema, so that nothing is forgotten.

A column says by `info["export"]` under which name it goes out; None keeps it in, because it tells nothing about the
person (a row number) or is not theirs to carry away (a key).
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from io import StringIO
from typing import Any

from sqlalchemy import Table, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.chat import Button, Document, Message
from bot.feature import Reply, Turn
from bot.people import Person
from bot.store import Base
from bot.texts import Texts

ROWS_MOST = 5000
"""Of one table, the newest: years of notes, and files that stay small enough for a phone."""

SEALED = "sealed_"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a person: its name, its columns by name and export name, and the values row by row."""

    table: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[object, ...], ...]


async def pressed(turn: Turn) -> Reply:
    """`data` offers the files, `data:files` sends them."""
    if turn.words == ("files",):
        return Reply((*await files(turn), _screen(turn.t, "data-sent")))
    return Reply((_screen(turn.t, "data-offer"),))


async def files(turn: Turn) -> tuple[Message, ...]:
    """A page to read, a table, and everything for a machine."""
    parts = await collected(turn.session, turn.person)
    t = turn.t
    made = (
        ("data-page", Document("notes.html", page(parts, t, turn.now))),
        ("data-table", Document("notes.csv", table(parts))),
        ("data-json", Document("notes.json", as_json(parts))),
    )
    return tuple(Message(t(key), document=document, sensitive=True, neutral=True) for key, document in made)


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
        for number, row in enumerate(part.rows, 1):
            for (_, name), value in zip(part.columns, row, strict=True):
                write.writerow((part.table, number, name, _plain(value)))
    return out.getvalue()


def page(parts: list[Part], t: Texts, now: datetime) -> str:
    """A page that opens without a network, in the person's own language."""
    title = escape(t("data-page-title"))
    body = "\n".join(_section(part, t) for part in parts if part.rows)
    return (
        f'<!doctype html>\n<html lang="{escape(t.language)}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}"
        "table{border-collapse:collapse}th,td{text-align:left;padding:.2em .8em .2em 0;vertical-align:top}</style>\n"
        f"<h1>{title}</h1>\n<p>{escape(t('data-page-made', day=now.date().isoformat()))}</p>\n{body}\n</html>\n"
    )


def label(t: Texts, table: str, column: str, name: str) -> str:
    """What a column is called on the page."""
    key = f"data-{table}.{column.removeprefix(SEALED)}"
    return t(key) if key in t or key in Texts("en") else name


def _section(part: Part, t: Texts) -> str:
    key = f"data-{part.table}"
    heads = "".join(f"<th>{escape(label(t, part.table, column, name))}</th>" for column, name in part.columns)
    lines = "\n".join(
        "<tr>" + "".join(f"<td>{escape(_spoken(value, t))}</td>" for value in row) + "</tr>" for row in part.rows
    )
    heading = escape(t(key) if key in Texts("en") else part.table)
    return f"<h2>{heading}</h2>\n<table>\n<tr>{heads}</tr>\n{lines}\n</table>"


def _spoken(value: object, t: Texts) -> str:
    if value is None:
        return t("data-nothing")
    if isinstance(value, bool):
        return t("data-yes" if value else "data-no")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return str(_plain(value))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


def _models() -> Iterator[tuple[Any, Table]]:
    for mapper in Base.registry.mappers:
        found = inspect(mapper.class_).local_table
        if isinstance(found, Table) and _owner(found) is not None:
            yield mapper.class_, found


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
    order = [column.desc() for column in table.primary_key.columns]
    found = (await session.scalars(select(model).where(owner == person_id).order_by(*order).limit(ROWS_MOST))).all()
    # a sealed column reads as words through the descriptor of the same name
    names = [column.removeprefix(SEALED) for column, _ in columns]
    return tuple(tuple(getattr(row, name) for name in names) for row in reversed(found))


def _screen(t: Texts, key: str) -> Message:
    get = Button(t("data-get"), "data:files")
    help_now = Button(t("help-button"), "help")
    rows = ((get,), (help_now,)) if key == "data-offer" else ((Button(t("settings-privacy"), "privacy"), help_now),)
    return Message(t(key), rows)
