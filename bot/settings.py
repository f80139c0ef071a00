"""What the operator decides, from the environment and from `.env`, and one plain line for each way to get it wrong."""

import re
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.engine import parsed

EXIT_CODE = 78
"""What the program ends with when a setting is wrong (EX_CONFIG of sysexits.h)."""

TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}")
"""The bot's number, a colon, a secret. Telegram promises no lengths, so these are generous."""


class BadSetting(Exception):
    """A setting cannot be used. One line that names it and says what to do, never what a secret holds."""


class Settings(BaseSettings):
    """Every setting, with what holds when nothing is said. The environment goes before `.env`; empty is unset."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    bot_token: SecretStr | None = None
    bot_api_url: str = "https://api.telegram.org"
    data_dir: Path = Path("data")
    # not shown: the address of a PostgreSQL database holds a password
    database_url: str = Field(
        default_factory=lambda said: f"sqlite:///{said['data_dir'] / 'windbreak.sqlite3'}", repr=False
    )
    key_file: Path = Field(default_factory=lambda said: said["data_dir"] / "windbreak.key")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    operator_name: str = ""
    operator_contact: str = ""
    access: Literal["open", "code"] = "open"
    keep_inactive: Annotated[int, Field(ge=60, le=36500)] | None = None
    """Days after which somebody who never comes back is erased; None for never."""
    meeting_feeds: str = ""
    """Addresses of lists of meetings, with spaces between them."""

    @classmethod
    def load(cls, file: Path = Path(".env")) -> Self:
        """Read the environment, and the file if there is one. Raises BadSetting."""
        _refuse_misspelt(file)
        try:
            return cls(_env_file=file, _env_file_encoding="utf-8")
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            name, what = str(first["loc"][0]).upper(), first["msg"].removeprefix("Value error, ")
            # without the cause: that one remembers what was given
            raise BadSetting(f"{name}: {what}") from None

    @property
    def backups(self) -> Path:
        """The folder with copies, and with the list of erasures that they are held against."""
        return self.data_dir / "backups"

    @field_validator("bot_token")
    @classmethod
    def _shaped_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("this is not a bot token; copy the whole line that @BotFather gave you")
        return value

    @field_validator("bot_api_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]+)*", value) or value.endswith("/"):
            raise ValueError("give an address like https://api.telegram.org, without a slash at the end")
        return value

    @field_validator("database_url")
    @classmethod
    def _one_of_two_databases(cls, value: str) -> str:
        try:
            parsed(value)
        except ValueError:
            raise ValueError("give sqlite:///path/to/file or postgresql://user:password@host/database") from None
        return value

    @field_validator("data_dir", "key_file")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value


def _refuse_misspelt(file: Path) -> None:
    """A line that is nearly one of ours would otherwise be passed over in silence."""
    ours = [name.upper() for name in Settings.model_fields]
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
    except (OSError, UnicodeError):
        raise BadSetting(f"{file}: cannot be read; make it a text file that this program may open") from None
    for name in dotenv_values(stream=StringIO(text)):
        meant = get_close_matches(name.upper(), ours, n=1, cutoff=0.75)
        if meant and name.upper() not in ours:
            raise BadSetting(f"{name}: there is no such setting; did you mean {meant[0]}? (in {file})")
