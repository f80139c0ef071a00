"""`windbreak classify` as others run it to measure what is heard: a real process, a line in, a line out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import IO

import bot
from bot.classify import MOST_BYTES, MOST_CHARACTERS

NOTHING = {"trigger": None, "label": None}


def start(folder: Path) -> "subprocess.Popen[bytes]":
    """The command, in an empty folder, with nothing set: no token, no key, no database."""
    return subprocess.Popen(
        (sys.executable, "-m", "bot", "classify"),
        cwd=folder,
        env={"PATH": "", "PYTHONPATH": str(Path(bot.__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    return process.stdin, process.stdout, process.stderr


def said(text: str, lang: str = "en") -> bytes:
    return json.dumps({"text": text, "lang": lang}).encode() + b"\n"


def test_each_line_is_answered_as_it_comes(tmp_path: Path) -> None:
    with start(tmp_path) as process:
        asks, answers, complaints = pipes(process)
        for line, trigger in (
            (said("stressed at work"), "stress"),
            (said("me siento sola", "es"), "loneliness"),
            (said("estoy aburrida", "en"), "boredom"),
            (b'{"text": "payday"}\r\n', "payday"),
            (said("what time is it"), None),
        ):
            asks.write(line)
            asks.flush()
            assert json.loads(answers.readline())["trigger"] == trigger
        asks.close()
        assert process.wait() == 0
        assert complaints.read() == b""
    assert not list(tmp_path.iterdir()), "it leaves nothing behind"


def test_a_line_that_cannot_be_used_keeps_its_place(tmp_path: Path) -> None:
    lines = (
        said("bored"),
        b"nope\n",
        b"\n",
        b'["bored"]\n',
        b'{"words": "bored"}\n',
        b'{"text": 3}\n',
        b'{"text": "\xff"}\n',
        said("a" * (MOST_CHARACTERS + 1)),
        b'{"text": "' + b"a" * (3 * MOST_BYTES) + b'"}\n',
        b"[" * 60_000 + b"\n",
        b'{"text": "\\ud800 payday"}\n',
        said("lonely").removesuffix(b"\n"),
    )
    with start(tmp_path) as process:
        out, err = process.communicate(b"".join(lines))
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["trigger"] for answer in answers] == ["boredom", *[None] * 9, "payday", "loneliness"]
    assert answers[1:10] == [NOTHING] * 9
    complaints = err.decode().splitlines()
    assert [line.partition(":")[0] for line in complaints] == [f"line {number}" for number in range(2, 11)]
    assert "not JSON" in complaints[0]
    assert "nope" not in err.decode(), "what somebody wrote is not repeated"
    assert process.returncode == 1


def test_whoever_stops_reading_ends_it_quietly(tmp_path: Path) -> None:
    with start(tmp_path) as process:
        asks, answers, complaints = pipes(process)
        asks.write(said("bored"))
        asks.flush()
        assert answers.readline()
        answers.close()
        asks.write(said("bored") * 2)
        asks.flush()
        assert process.wait() == 0
        assert complaints.read() == b""
