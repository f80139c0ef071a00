"""The schema's way forward: whole or not at all, with a copy first, and never for a newer database."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, text

from bot import schema
from bot.backup import KEYS_FILE, LOCK_FILE
from bot.engine import changer, sqlite_file, unavailable
from bot.schema import BrokenReference, NewerSchema, at_head, configuration, upgrade

REVISION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{revision}", {before!r}, None, None


def upgrade():
    {body}
"""


async def on(url: str, act: Callable[[Connection], object]) -> object:
    engine = changer(url)
    async with engine.begin() as connection:
        found = await connection.run_sync(act)
    await engine.dispose()
    return found


async def run(url: str, statement: str) -> object:
    def execute(connection: Connection) -> object:
        result = connection.execute(text(statement))
        return [tuple(row) for row in result] if result.returns_rows else None

    return await on(url, execute)


@pytest.fixture
def revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes revisions of a made-up schema, which takes the place of ours."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((schema.MIGRATIONS / "env.py").read_text())
    monkeypatch.setattr(schema, "MIGRATIONS", folder)

    def write(revision: str, *steps: str, before: str | None = None) -> None:
        content = REVISION.format(revision=revision, before=before, body="\n    ".join(steps))
        (folder / "versions" / f"{revision}.py").write_text(content)

    return write


PARENTS = "op.create_table('parents', sa.Column('id', sa.Integer, primary_key=True))"
CHILDREN = (
    "op.create_table('children', sa.Column('id', sa.Integer, primary_key=True),"
    " sa.Column('parent_id', sa.Integer, sa.ForeignKey('parents.id', ondelete='CASCADE')))"
)
REBUILD = (
    "with op.batch_alter_table('parents', recreate='always') as batch: batch.add_column(sa.Column('x', sa.Integer))"
)


async def test_models_and_revisions_agree(database_url: str) -> None:
    await on(database_url, lambda connection: command.check(configuration(connection)))


async def test_an_empty_database_comes_to_head_and_stays(empty_database_url: str, tmp_path: Path) -> None:
    assert not await at_head(empty_database_url)

    await upgrade(empty_database_url, tmp_path / "backups")
    assert await at_head(empty_database_url)
    await upgrade(empty_database_url, tmp_path / "backups")

    assert not (tmp_path / "backups").exists()


async def test_asking_makes_no_file(tmp_path: Path) -> None:
    assert not await at_head(f"sqlite:///{tmp_path / 'deep' / 'windbreak.sqlite3'}")

    assert not (tmp_path / "deep").exists()


async def test_folders_are_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'deeper' / 'windbreak.sqlite3'}"

    await upgrade(url, tmp_path / "backups")

    assert await at_head(url)


async def test_a_newer_database_is_left_alone(database_url: str, tmp_path: Path) -> None:
    await run(database_url, "UPDATE alembic_version SET version_num = 'from_the_future'")

    with pytest.raises(NewerSchema):
        await upgrade(database_url, tmp_path / "backups")
    with pytest.raises(NewerSchema):
        await at_head(database_url)

    assert await run(database_url, "SELECT version_num FROM alembic_version") == [("from_the_future",)]


async def test_two_programs_starting_together_upgrade_once(empty_database_url: str, tmp_path: Path) -> None:
    starts = [upgrade(empty_database_url, tmp_path / f"backups-{n}") for n in range(3)]

    told = await asyncio.gather(*starts, return_exceptions=True)

    assert await at_head(empty_database_url)
    # SQLite does not wait when a new file gets its write-ahead log: whoever comes second may have to try again
    assert all(outcome is None or ("sqlite" in empty_database_url and unavailable(outcome)) for outcome in told)


async def test_a_copy_is_made_before_anything_changes(tmp_path: Path, revisions: Callable[..., None]) -> None:
    url = f"sqlite:///{tmp_path / 'windbreak.sqlite3'}"
    revisions("one", PARENTS)
    await upgrade(url, tmp_path / "backups")
    await run(url, "INSERT INTO parents VALUES (7)")
    revisions("two", REBUILD, before="one")

    await upgrade(url, tmp_path / "backups")

    assert sorted(file.name for file in (tmp_path / "backups").iterdir()) == [
        LOCK_FILE,
        "before-two.sqlite3",
        KEYS_FILE,
    ]
    with closing(sqlite3.connect(tmp_path / "backups" / "before-two.sqlite3")) as copy:
        assert copy.execute("SELECT * FROM parents").fetchall() == [(7,)]
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("one",)]


async def test_a_revision_that_fails_changes_nothing(empty_database_url: str, revisions: Callable[..., None]) -> None:
    backups = schema.MIGRATIONS.parent / "backups"
    revisions("one", PARENTS)
    await upgrade(empty_database_url, backups)
    revisions("two", CHILDREN, before="one")
    revisions("three", "op.execute('INSERT INTO parents VALUES (7)')", "raise ZeroDivisionError", before="two")

    with pytest.raises(ZeroDivisionError):
        await upgrade(empty_database_url, backups)

    assert await run(empty_database_url, "SELECT version_num FROM alembic_version") == [("one",)]
    assert await run(empty_database_url, "SELECT * FROM parents") == []
    assert not await at_head(empty_database_url)


async def test_rebuilding_a_table_empties_none_that_points_at_it(
    empty_database_url: str, revisions: Callable[..., None]
) -> None:
    backups = schema.MIGRATIONS.parent / "backups"
    revisions("one", PARENTS, CHILDREN)
    await upgrade(empty_database_url, backups)
    await run(empty_database_url, "INSERT INTO parents VALUES (7)")
    await run(empty_database_url, "INSERT INTO children VALUES (1, 7)")
    revisions(
        "two", REBUILD.replace(", recreate='always'", "") if "postgres" in empty_database_url else REBUILD, before="one"
    )

    await upgrade(empty_database_url, backups)

    assert await run(empty_database_url, "SELECT * FROM children") == [(1, 7)]


async def test_a_row_left_pointing_at_nothing_stops_the_upgrade(tmp_path: Path, revisions: Callable[..., None]) -> None:
    url = f"sqlite:///{tmp_path / 'windbreak.sqlite3'}"
    revisions("one", PARENTS, CHILDREN, "op.execute('INSERT INTO children VALUES (1, 7)')")

    with pytest.raises(BrokenReference, match="children"):
        await upgrade(url, tmp_path / "backups")

    assert not await at_head(url)


async def test_each_revision_is_one_line_in_the_log(
    tmp_path: Path, revisions: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="bot")
    revisions("one", PARENTS)
    revisions("two", CHILDREN, before="one")

    await upgrade(f"sqlite:///{tmp_path / 'windbreak.sqlite3'}", tmp_path / "backups")

    ours = [record.getMessage() for record in caplog.records if record.name == "bot.schema"]
    assert ours == [
        "The schema was changed. action=schema_changed revision=one",
        "The schema was changed. action=schema_changed revision=two",
    ]


async def test_a_folder_with_a_percent_sign_is_a_folder(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / '100% ours' / 'windbreak.sqlite3'}"

    await upgrade(url, tmp_path / "backups")

    file = sqlite_file(url)
    assert file is not None
    assert file.exists()
