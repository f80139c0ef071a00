"""The command line around accounts: codes for a closed group, the menu in each language, and what `doctor` looks at."""

import subprocess
import sys
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from pydantic import SecretStr

import bot
from bot import doctor
from bot.app import App
from bot.clock import RealClock
from bot.run import menus
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.texts import Texts
from tests.world import World


def windbreak(folder: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    """What a command ends with and says, in a process of its own: it has the log to itself."""
    environment = {"PATH": "", "PYTHONPATH": str(Path(bot.__file__).parents[1]), "DATA_DIR": "data", **settings}
    command = (sys.executable, "-m", "bot", *arguments)
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout


def test_an_invitation_is_printed_once_with_its_link(tmp_path: Path) -> None:
    code, said = windbreak(tmp_path, "invite", "--uses", "3", "--days", "2", ACCESS="code")
    assert code == 0
    [line] = said.splitlines()
    assert line.endswith(f"?start={line.split()[0]}")
    assert "lets in 3 within 2 days" in line
    files = [file for file in (tmp_path / "data").iterdir() if file.is_file()]
    assert files
    assert not [file for file in files if line.split()[0].encode() in file.read_bytes()]


def test_an_invitation_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    assert windbreak(tmp_path, "invite", "--uses", "0")[0] == 2


def test_a_key_is_changed(tmp_path: Path) -> None:
    assert windbreak(tmp_path, "rotate-key")[0] == 78, "there is no database yet"
    assert windbreak(tmp_path, "invite")[0] == 0
    before = (tmp_path / "data" / "windbreak.key").read_bytes()
    code, said = windbreak(tmp_path, "rotate-key")
    assert code == 0
    assert "under the new key" in said
    assert (tmp_path / "data" / "windbreak.key").read_bytes() != before
    assert windbreak(tmp_path, "invite")[0] == 0


def test_no_new_key_is_made_for_a_database_that_has_one(tmp_path: Path) -> None:
    assert windbreak(tmp_path, "invite")[0] == 0
    key = tmp_path / "data" / "windbreak.key"
    key.rename(tmp_path / "elsewhere")
    assert windbreak(tmp_path, "invite")[0] == 78
    assert windbreak(tmp_path, "run", BOT_TOKEN="1:a" + "b" * 34, OPERATOR_NAME="The group")[0] == 78
    assert not key.exists(), "it would hide that the right one is missing"
    (tmp_path / "elsewhere").rename(key)
    assert windbreak(tmp_path, "invite")[0] == 0


def test_a_copy_is_made_and_restored(tmp_path: Path) -> None:
    assert windbreak(tmp_path, "backup")[0] == 78, "there is no database yet"
    assert windbreak(tmp_path, "invite")[0] == 0
    code, said = windbreak(tmp_path, "backup")
    assert code == 0
    [copy] = (tmp_path / "data" / "backups").glob("20*.sqlite3")
    assert copy.name in said
    assert windbreak(tmp_path, "restore", str(copy))[0] == 78, "never over a database that stands there"
    for file in (tmp_path / "data").glob("windbreak.sqlite3*"):
        file.unlink()
    assert windbreak(tmp_path, "restore", ".")[0] == 78, "a folder is no copy"
    assert windbreak(tmp_path, "restore", str(copy))[0] == 0
    assert windbreak(tmp_path, "invite")[0] == 0, "the key opens what was restored"


def test_postgresql_is_left_to_its_own_tools(tmp_path: Path) -> None:
    assert windbreak(tmp_path, "backup", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none") == (78, "")


def test_what_is_made_is_closed_to_others(tmp_path: Path) -> None:
    assert windbreak(tmp_path, "invite")[0] == 0
    assert windbreak(tmp_path, "backup")[0] == 0
    made = list((tmp_path / "data").rglob("*"))
    assert made
    assert not [file for file in made if file.stat().st_mode & 0o077]


async def test_the_menu_is_worded_in_every_language(sqlite_url: str, tmp_path: Path) -> None:
    world = World(sqlite_url, tmp_path)
    app: App = world.app
    listed = menus(app)
    assert set(listed) == {"", *Texts.languages()}
    assert listed[""] == listed["en"]
    names = [name for name, _ in listed[""]]
    assert names[0] == "trigger"
    assert names[-3:] == ["settings", "hide", "help"]
    assert len(names) <= 12
    assert dict(listed["es"])["hide"] == "Limpiar este chat ahora"
    assert set(names) <= app.routes.commands.keys(), "nothing is listed that does nothing"
    await world.close()


async def test_the_doctor_looks_at_everything(tmp_path: Path) -> None:
    sandbox = Sandbox()
    await sandbox.start()
    said: list[str] = []
    try:
        settings = Settings(
            data_dir=tmp_path / "data",
            bot_token=SecretStr(sandbox.token),
            bot_api_url=sandbox.address,
            operator_name="The group",
        )
        assert await doctor.examine(settings, said.append) == 1
    finally:
        await sandbox.stop()
    assert "ok   operator" in said
    assert any(line.startswith("ok   clock") for line in said)
    assert "ok   token" in said
    assert any(line.startswith("fix  groups: send /setjoingroups to @BotFather") for line in said)
    assert any(line.startswith("look numbers: ") and "never checked" in line for line in said)
    assert any(line.startswith("ok   time zones: 20") for line in said)
    assert any(line.startswith("fix  schema: run `windbreak migrate`") for line in said)


def test_our_clock_is_held_against_the_platforms() -> None:
    server = HTTPServer(("127.0.0.1", 0), Telling)
    url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        now = RealClock().now()
        assert str(doctor.clock(url, lambda: now)) == "ok   clock"
        assert str(doctor.clock(url, lambda: now + timedelta(minutes=5))).startswith("fix  clock: it is")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert "not compared" in str(doctor.clock(url, lambda: now))


class Telling(BaseHTTPRequestHandler):
    """Tells the time, as every web server does."""

    def do_HEAD(self) -> None:
        self.send_response(302)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return
