"""Settings: what holds by itself, and how a wrong one is said."""

from pathlib import Path

import pytest

from bot.settings import BadSetting, Settings

TOKEN = "4242:made-up-for-a-test-and-nothing-else"


@pytest.fixture
def dotenv(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_nothing_needs_to_be_said(dotenv: Path) -> None:
    settings = Settings.load(dotenv)

    assert settings.bot_token is None
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/windbreak.sqlite3"
    assert settings.key_file == Path("data/windbreak.key")
    assert settings.log_level == "INFO"


def test_database_and_key_follow_the_data_folder(dotenv: Path) -> None:
    dotenv.write_text("DATA_DIR=/srv/windbreak\n")

    settings = Settings.load(dotenv)

    assert settings.database_url == "sqlite:////srv/windbreak/windbreak.sqlite3"
    assert settings.key_file == Path("/srv/windbreak/windbreak.key")


def test_the_environment_goes_before_the_file(dotenv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dotenv.write_text("OPERATOR_NAME=From the file\nLOG_LEVEL=warning\n")
    monkeypatch.setenv("OPERATOR_NAME", "From the environment")

    settings = Settings.load(dotenv)

    assert settings.operator_name == "From the environment"
    assert settings.log_level == "WARNING"


def test_the_example_lists_every_setting_and_changes_none(dotenv: Path) -> None:
    example = Path(__file__).parent.parent / ".env.example"
    names = {line.partition("=")[0] for line in example.read_text().splitlines() if line and not line.startswith("#")}

    assert names == {name.upper() for name in Settings.model_fields}
    assert Settings.load(example) == Settings.load(dotenv)


def test_a_home_folder_is_found(dotenv: Path) -> None:
    dotenv.write_text("DATA_DIR=~/windbreak\n")

    assert Settings.load(dotenv).data_dir == Path.home() / "windbreak"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("BOT_TOKEN=my-secret-cat", "BOT_TOKEN"),
        (f"BOT_TOKEN={TOKEN} secret", "BOT_TOKEN"),
        ("BOT_TOKEN=٤٢٤٢:secret-secret-secret-secret", "BOT_TOKEN"),
        ("BOT_API_URL=secret.example", "BOT_API_URL"),
        ("BOT_API_URL=https://secret.example/", "BOT_API_URL"),
        ("BOT_API_URL=https://ana:secret@bot.example", "BOT_API_URL"),
        ("BOT_API_URL=ftp://secret.example", "BOT_API_URL"),
        ("DATABASE_URL=mysql://ana:secret@db.example/windbreak", "DATABASE_URL"),
        ("DATABASE_URL=sqlite://", "DATABASE_URL"),
        ("DATABASE_URL=sqlite:///:memory:", "DATABASE_URL"),
        ("DATABASE_URL=secret", "DATABASE_URL"),
        ("DATABASE_URL=postgresql://ana:secret@db.example:port/windbreak", "DATABASE_URL"),
        ("LOG_LEVEL=secret", "LOG_LEVEL"),
        ("BOT_TOEKN=secret", "BOT_TOEKN"),
        ("OPERATOR_NAMES=secret", "OPERATOR_NAMES"),
        ("DATABSE_URL=secret", "DATABSE_URL"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line_without_its_value(dotenv: Path, line: str, name: str) -> None:
    dotenv.write_text(line + "\n")

    with pytest.raises(BadSetting) as told:
        Settings.load(dotenv)

    said = str(told.value)
    assert said.startswith(f"{name}: ")
    assert "\n" not in said
    assert "secret" not in said
    assert told.value.__cause__ is None


def test_what_other_programs_read_is_none_of_our_business(dotenv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dotenv.write_text("COMPOSE_PROJECT_NAME=windbreak\n")
    monkeypatch.setenv("BOT_TOEKN", "in the environment anything may stand")

    assert Settings.load(dotenv).bot_token is None


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_a_file_that_is_no_text_is_said_so(dotenv: Path, content: bytes | None) -> None:
    dotenv.write_bytes(content) if content else dotenv.mkdir()

    with pytest.raises(BadSetting, match=r"\.env: cannot be read"):
        Settings.load(dotenv)


def test_settings_never_show_a_secret(dotenv: Path) -> None:
    dotenv.write_text(f"BOT_TOKEN={TOKEN}\nDATABASE_URL=postgresql://windbreak:secret@db.example/windbreak\n")

    settings = Settings.load(dotenv)

    assert TOKEN not in repr(settings)
    assert "secret" not in repr(settings)
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN
