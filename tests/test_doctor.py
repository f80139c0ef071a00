"""The doctor says a line for everything it looks at, and what to do where something is wrong."""

import os
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import doctor
from bot.encryption import Master
from bot.engine import changer, sqlite_file
from bot.sandbox import Sandbox
from bot.settings import Settings


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    sandbox.world.joins_groups = False
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def settings(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Settings:
    """Everything in order."""
    Master.create(tmp_path / "windbreak.key")
    return Settings(
        bot_token=SecretStr(sandbox.token),
        bot_api_url=sandbox.address,
        data_dir=tmp_path,
        database_url=database_url,
        operator_name="Harbour House",
    )


async def examined(settings: Settings) -> tuple[int, list[str]]:
    lines: list[str] = []
    return await doctor.examine(settings, lines.append), lines


async def test_where_all_is_well_nothing_is_to_be_fixed(settings: Settings) -> None:
    code, lines = await examined(settings)
    assert code == 0
    looks = [line for line in lines if line.startswith("look ")]
    assert [line.split()[1] for line in looks] == ["numbers:", "reviews:", "backups:"]
    assert all(line.startswith("ok   ") for line in lines if line not in looks), lines
    assert [line.split()[1].rstrip(":") for line in lines] == [
        "operator",
        "time",
        "clock",
        "numbers",
        "reviews",
        "token",
        "groups",
        "key",
        "schema",
        "database",
        "backups",
    ]


async def test_numbers_that_nobody_has_checked_are_told_apart_from_what_is_in_order(settings: Settings) -> None:
    _, lines = await examined(settings)
    assert any(line.startswith("look numbers: ") and "were never checked" in line for line in lines)


async def test_the_key_of_a_database_that_is_in_use_must_be_there(settings: Settings) -> None:
    """A new one would be made without a word, and open nobody."""
    assert (await examined(settings))[0] == 0  # from now on the database has keys
    settings.key_file.unlink()
    assert "put it back" in (await wrong(settings))[0]
    assert not settings.key_file.exists()


async def test_the_key_is_missed_also_while_somebody_writes(settings: Settings) -> None:
    """A start that could not ask would make a new key."""
    file = sqlite_file(settings.database_url)
    if file is None:
        pytest.skip("on PostgreSQL a look waits for nobody who writes")
    await examined(settings)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await doctor.keyed(settings.database_url)


async def test_a_backup_that_grew_old_is_to_be_mended(settings: Settings, tmp_path: Path) -> None:
    if sqlite_file(settings.database_url) is None:
        assert any("pg_dump" in line for line in (await examined(settings))[1])
        return
    copy = tmp_path / "backups" / "2026-03-02.sqlite3"
    copy.parent.mkdir()
    copy.touch()
    assert "ok   backups" in (await examined(settings))[1]
    os.utime(copy, (0, 0))
    assert "days old" in (await wrong(settings))[0]


async def test_nothing_secret_is_said(settings: Settings) -> None:
    _, lines = await examined(settings)
    assert settings.bot_token
    told = "\n".join(lines)
    assert settings.bot_token.get_secret_value().partition(":")[2] not in told
    assert "@" not in told


async def wrong(settings: Settings, **changed: object) -> list[str]:
    """The lines that say what to fix with these settings changed."""
    code, lines = await examined(settings.model_copy(update=changed))
    found = [line for line in lines if line.startswith("fix  ")]
    assert code == 1
    assert len(found) == 1, lines
    return found


async def test_nobody_named_is_to_be_mended(settings: Settings) -> None:
    assert "OPERATOR_NAME" in (await wrong(settings, operator_name=""))[0]


async def test_a_missing_token_is_to_be_mended(settings: Settings) -> None:
    assert "BOT_TOKEN" in (await wrong(settings, bot_token=None))[0]


async def test_a_wrong_token_is_to_be_mended(settings: Settings) -> None:
    told = await wrong(settings, bot_token=SecretStr("4242424242:AAnot-the-one-that-was-given"))
    assert "does not accept" in told[0]


async def test_a_platform_out_of_reach_is_to_be_mended(settings: Settings) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        told = await wrong(settings, bot_api_url=f"http://127.0.0.1:{held.getsockname()[1]}")
    assert "cannot be reached" in told[0]


async def test_a_bot_that_groups_may_invite_is_to_be_mended(settings: Settings, sandbox: Sandbox) -> None:
    sandbox.world.joins_groups = True  # as every new bot is
    assert "/setjoingroups" in (await wrong(settings))[0]


async def test_a_key_that_others_may_read_is_to_be_mended(settings: Settings) -> None:
    settings.key_file.chmod(0o644)
    assert "chmod 600" in (await wrong(settings))[0]


async def test_a_key_that_is_none_is_to_be_mended(settings: Settings) -> None:
    settings.key_file.write_text("nothing of ours")
    assert "not a key file" in (await wrong(settings))[0]


async def test_the_key_of_another_database_is_to_be_mended(settings: Settings, tmp_path: Path) -> None:
    assert (await examined(settings))[0] == 0  # from now on the database has its key
    other = tmp_path / "other.key"
    Master.create(other)
    assert "does not open this database" in (await wrong(settings, key_file=other))[0]


async def test_no_key_yet_is_nothing_to_mend(settings: Settings) -> None:
    settings.key_file.unlink()
    code, lines = await examined(settings)
    assert (code, "ok   key: made at the first run" in lines) == (0, True)


async def test_an_empty_database_is_to_be_migrated(settings: Settings, tmp_path: Path) -> None:
    assert "windbreak migrate" in (await wrong(settings, database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}"))[0]
    assert not (tmp_path / "empty.sqlite3").exists(), "to ask makes no file"


async def test_a_newer_database_is_to_be_left_alone(settings: Settings) -> None:
    engine = changer(settings.database_url)
    async with engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await engine.dispose()
    assert "fix  schema" in (await wrong(settings))[0]


async def test_a_database_out_of_reach_is_to_be_mended(settings: Settings) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"postgresql://nobody@127.0.0.1:{held.getsockname()[1]}/none"
        assert "DATABASE_URL" in (await wrong(settings, database_url=url))[0]
