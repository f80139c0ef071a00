"""The command line as people use it: a real process, what it prints, and how it ends."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.request import urlopen

import pytest

from bot.settings import TOKEN

ROOT = Path(__file__).parents[1]
PATIENCE = 60
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


class Program:
    """One run of `python -m bot`, in a folder of its own."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            env=clean | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        self.lines: list[str] = []
        self.errors: list[str] = []
        self._heard: Queue[str] = Queue()
        self._threads = [
            Thread(target=self._listen, args=(self.process.stdout, self.lines), daemon=True),
            Thread(target=self._listen, args=(self.process.stderr, self.errors), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def says(self, what: Callable[[str], object]) -> str:
        """Wait for a line, on either side, that fits."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._heard.get(timeout=max(until - time.monotonic(), 0.01))
            except Empty:
                pytest.fail(f"waited in vain; it said {self.lines} and {self.errors}")
            if what(line):
                return line

    def ends(self, signal_number: int | None = None) -> int:
        """Wait for its end, perhaps having asked for it. Returns its exit code."""
        if signal_number is not None:
            self.process.send_signal(signal_number)
        code = self.process.wait(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)
        return code

    def _listen(self, stream: Iterator[str], lines: list[str]) -> None:
        for line in stream:
            lines.append(line.rstrip("\n"))
            self._heard.put(lines[-1])


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Runs the program, and leaves none behind."""
    programs: list[Program] = []

    def start(*arguments: str, **settings: str) -> Program:
        programs.append(Program(tmp_path, *arguments, **settings))
        return programs[-1]

    yield start
    for program in programs:
        if program.process.poll() is None:
            program.process.kill()
        program.ends()
        assert program.process.stdout
        assert program.process.stderr
        program.process.stdout.close()
        program.process.stderr.close()


@pytest.mark.parametrize(
    ("name", "value", "command"),
    [
        ("BOT_TOKEN", "not-a-token", "run"),
        ("BOT_API_URL", "api.telegram.org/", "run"),
        ("DATABASE_URL", "mysql://somewhere/x", "migrate"),
        ("LOG_LEVEL", "LOUD", "doctor"),
    ],
)
def test_a_bad_setting_is_one_line_that_names_it(
    name: str, value: str, command: str, run: Callable[..., Program]
) -> None:
    program = run(command, **{name: value})
    assert program.ends() == 78
    assert program.lines == []
    assert len(program.errors) == 1
    assert program.errors[0].startswith(f"{name}: ")
    assert value not in program.errors[0]


def test_a_key_that_others_may_read_is_refused(run: Callable[..., Program], tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("windbreak-key:x")
    key.chmod(0o644)
    program = run("run", KEY_FILE=str(key), BOT_TOKEN="4242424242:AAmade-up-for-the-tests_0123456789xyz")
    assert program.ends() == 78
    assert len(program.errors) == 1
    assert "chmod 600" in program.errors[0]


@pytest.mark.parametrize("arguments", [(), ("dance",), ("run", "--port", "1"), ("sandbox", "--port", "many")])
def test_a_command_that_does_not_exist_is_refused(arguments: tuple[str, ...], run: Callable[..., Program]) -> None:
    program = run(*arguments)
    assert program.ends() == 2
    assert any("usage:" in line for line in program.errors)


def test_without_a_token_the_sandbox_runs_and_ends_in_good_order(run: Callable[..., Program], tmp_path: Path) -> None:
    program = run("run")
    address = program.says(ADDRESS.fullmatch)
    assert address in program.lines, "alone on a line"
    with urlopen(address, timeout=PATIENCE) as page:
        assert page.status == 200
        assert b"<html" in page.read().lower()
    assert program.ends(signal.SIGTERM) == 0
    assert not [line for line in program.errors if "Traceback" in line or "ERROR" in line]
    assert list(tmp_path.iterdir()) == [], "the sandbox leaves nothing behind"


def test_ctrl_c_ends_the_sandbox_too(run: Callable[..., Program]) -> None:
    program = run("sandbox")
    program.says(ADDRESS.fullmatch)
    assert program.ends(signal.SIGINT) in (0, 130)
    assert not [line for line in program.errors if "Traceback" in line]


def test_no_bot_prints_an_address_and_a_token_for_somebody_elses(run: Callable[..., Program]) -> None:
    program = run("sandbox", "--no-bot")
    token = program.says(TOKEN.fullmatch)
    address = next(line for line in program.lines if ADDRESS.fullmatch(line))
    assert program.lines.index(address) < program.lines.index(token)
    with urlopen(f"{address}/bot{token}/getMe", timeout=PATIENCE) as answer:
        assert b'"is_bot":true' in answer.read().replace(b" ", b"")
    assert program.ends(signal.SIGTERM) == 0


def test_a_taken_port_is_said_in_one_line(run: Callable[..., Program]) -> None:
    first = run("sandbox", "--no-bot")
    port = first.says(ADDRESS.fullmatch).rpartition(":")[2]
    second = run("sandbox", "--no-bot", "--port", port)
    assert second.ends() == 1
    assert second.lines == [f"Port {port} is taken. Choose another with --port, or leave it out."]


def test_a_port_that_cannot_be_is_said_in_one_line(run: Callable[..., Program]) -> None:
    program = run("sandbox", "--no-bot", "--port", "70000")
    assert program.ends() in (1, 2)
    assert not [line for line in program.errors if "Traceback" in line or "Stopped by an error" in line]


def test_with_a_token_the_real_bot_runs_on_its_own_files(run: Callable[..., Program], tmp_path: Path) -> None:
    api = run("sandbox", "--no-bot")
    token = api.says(TOKEN.fullmatch)
    address = next(line for line in api.lines if ADDRESS.fullmatch(line))
    bot = run("run", BOT_TOKEN=token, BOT_API_URL=address, OPERATOR_NAME="Harbour House", DATA_DIR="kept")
    bot.says(lambda line: "action=running" in line)
    assert bot.ends(signal.SIGTERM) == 0
    assert bot.lines == []
    assert any("action=stopped" in line for line in bot.errors)
    assert token.partition(":")[2] not in "\n".join(bot.errors)
    kept = tmp_path / "kept"
    assert (kept / "windbreak.key").stat().st_mode & 0o777 == 0o600
    assert (kept / "windbreak.sqlite3").exists()
    again = run("doctor", BOT_TOKEN=token, BOT_API_URL=address, OPERATOR_NAME="Harbour House", DATA_DIR="kept")
    assert again.ends() == 1, "a new bot may be invited into groups; the rest is in order"
    assert [line.split(":")[0] for line in again.lines if line.startswith("fix  ")] == ["fix  groups"]


def test_a_token_that_is_not_accepted_ends_the_run(run: Callable[..., Program]) -> None:
    api = run("sandbox", "--no-bot")
    address = api.says(ADDRESS.fullmatch)
    bot = run("run", BOT_TOKEN="4242424242:AAmade-up-for-the-tests_0123456789xyz", BOT_API_URL=address)
    assert bot.ends() == 78
    assert [line for line in bot.errors if "action=" not in line] == [
        "BOT_TOKEN: Telegram does not accept it; copy it again from @BotFather"
    ]


def test_migrate_makes_the_schema_and_may_be_repeated(run: Callable[..., Program], tmp_path: Path) -> None:
    for _ in range(2):
        program = run("migrate", DATA_DIR="kept")
        assert program.ends() == 0
        assert program.lines == ["The database has this program's schema."]
    with closing(sqlite3.connect(tmp_path / "kept" / "windbreak.sqlite3")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"people", "inbox", "outbox", "alembic_version"} <= tables


def test_the_doctor_says_what_to_fix_and_ends_with_1(run: Callable[..., Program]) -> None:
    program = run("doctor", DATA_DIR="kept")
    assert program.ends() == 1
    assert [line.split()[0] for line in program.lines] == [
        "fix",
        "ok",
        "ok",
        "look",
        "look",
        "fix",
        "ok",
        "fix",
        "look",
    ]
    assert [line.split()[1] for line in program.lines if line.startswith("fix")] == ["operator:", "token:", "schema:"]


def test_a_setting_in_the_file_beside_it_counts(run: Callable[..., Program], tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOKN=oops\n")
    program = run("doctor")
    assert program.ends() == 78
    assert "did you mean BOT_TOKEN" in program.errors[0]
