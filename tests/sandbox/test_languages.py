"""The words of the page: all of them in the files of words, in the language of whoever looks."""

import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import FEATURES
from bot.chat import Lane
from bot.outbox import Outcome
from bot.routes import Routes
from bot.sandbox import page
from bot.sandbox.promises import PLANNED
from bot.texts import LOCALES, Texts
from tests.sandbox.conftest import Bot, Finger
from tests.test_words import PAGE, of_the_page

NAMES = {"Windbreak", "W"}
"""What is no word: our name, and its first letter."""
NO_WORDS = {"Enter", "Escape", "WAVEfmt", "Dee", "Windbreak"}
"""What else the program says: keys as a browser calls them, the head of a sound, a made-up name, and ours."""


def attributes(key: str) -> set[str]:
    every = Texts("en").keys()
    return {one.partition(".")[2] for one in every if one.startswith(f"{key}.")}


def data(written: str) -> dict[str, Any]:
    """What the page's program is told."""
    found = re.search(r'<script type="application/json" id="told">(.*?)</script>', written, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


@pytest.mark.parametrize("language", Texts.languages())
def test_every_word_that_the_page_names_is_there(language: str) -> None:
    keys = Texts(language, strict=True).keys()
    named = of_the_page()
    assert len(named) > 80
    assert not {one for one in named if not any(re.fullmatch(one, key) for key in keys)}


def test_whatever_is_promised_has_a_name() -> None:
    planned = {one.name for one in FEATURES if one.due}
    kinds = {re.sub(r"\W", "_", one) for one in {*Routes(FEATURES).kinds, *planned}}
    assert attributes("sandbox-kind") == kinds
    assert attributes("sandbox-lane") == {one.name.lower() for one in Lane}
    assert attributes("sandbox-state") == {PLANNED, *map(str, Outcome)}


def test_no_word_stands_in_the_page_itself() -> None:
    markup, program = PAGE.read_text(encoding="utf-8").split('<script>\n"use strict";')
    markup = re.sub(r"<style>.*?</style>|\{\{ [a-z._-]+ \}\}", "", markup, flags=re.DOTALL)
    between = {one.strip() for one in re.findall(r">([^<]*)<", markup)} - {""}
    assert between == NAMES
    assert not [one for one in re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', markup) if one]
    program = re.sub(r"(^|\s)//.*", "", program, flags=re.MULTILINE)
    said = {first or second for first, second in re.findall(r'"([^"\n]*)"|`([^`]*)`', program)}
    assert {one.strip(": ") for one in said if re.match(r"[A-Z][a-z]|WAVE", one)} == NO_WORDS
    assert not re.findall(r'(?:say|append|Error|sheet|items|field)\((?:this, |\[*)?["`]\w+', program)
    assert not re.findall(r'(?:make|key)\([^()]*, "[^"]*", ["`]\s?[a-z]\w+', program)


@pytest.mark.parametrize("language", Texts.languages())
def test_the_page_is_written_whole(language: str) -> None:
    written = page.write(language)
    assert f'<html lang="{language}">' in written
    assert not page.HOLE.search(written)
    assert Texts(language)("sandbox-title") in unescape(written)
    told = data(written)
    assert told["language"] == language
    assert told["languages"] == {"en": "English", "es": "Español"}
    assert told["words"]["sandbox-phone"] == Texts(language)("sandbox-phone", name="{name}")


def test_words_are_never_taken_for_markup(tmp_path: Path) -> None:
    evil = "</script><img src=x onerror=\"alert('x')\">{{ told }}"
    shutil.copytree(LOCALES / "en", tmp_path / "en")
    file = tmp_path / "en" / "sandbox.ftl"
    words = file.read_text(encoding="utf-8").replace("Next due", evil.replace("{{", '{"{{"}').replace("}}", '{"}}"}'))
    file.write_text(words, encoding="utf-8")
    written = page.write("en", tmp_path)
    assert "<img" not in written
    assert data(written)["words"]["sandbox-clock.due"] == evil


@pytest.mark.parametrize(
    ("asked", "browser", "spoken"),
    [
        ("", "", "en"),
        ("", "es-MX,es;q=0.9,en;q=0.8", "es"),
        ("", "en-GB,es;q=0.9", "en"),
        ("", "de-DE, es;q=0.5", "es"),
        ("", "en;q=0.3, es;q=0.7", "es"),
        ("", "es;q=0, en", "en"),
        ("", "es;q=lots,de", "en"),
        ("es", "en", "es"),
        ("en", "es", "en"),
        ("xx", "es", "es"),
        ("<script>", "", "en"),
    ],
)
async def test_the_page_speaks_as_it_is_asked_to(
    http: httpx.AsyncClient, asked: str, browser: str, spoken: str
) -> None:
    answer = await http.get("/", params={"lang": asked} if asked else {}, headers={"accept-language": browser})
    assert f'<html lang="{spoken}">' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_phone_refuses_in_the_language_of_the_page(ana: Finger, http: httpx.AsyncClient) -> None:
    for language, words in (
        ("es", "En la pantalla no hay ningún botón «Yes»."),
        ("en", "No button 'Yes' is on the screen."),
    ):
        refused = await http.post(f"/people/{ana.id}/tap", json={"label": "Yes"}, headers={"accept-language": language})
        assert (refused.status_code, refused.json()) == (409, {"error": words})


async def test_the_apps_of_the_three_follow_the_page(http: httpx.AsyncClient, bot: Bot) -> None:
    async def speaks(finger: Finger) -> str:
        await finger.does("say", text="Hola")
        return str((await bot.hears(offset=-1))[0]["message"]["from"]["language_code"])

    ana, *_ = (await http.post("/cast", json={"language_code": "es-es"})).json()
    finger = Finger(ana["id"], http)
    await finger.does("start")
    assert await speaks(finger) == "es-es"
    await http.post("/cast")
    assert await speaks(finger) == "es-es", "whoever only asks who is there changes nothing"
    await finger.does("network", on=False)
    await finger.does("sticker")
    assert [one["text"] for one in (await finger.sees())["unsent"]] == ["Pegatina"]
    await finger.does("network", on=True)
    await http.post("/cast", json={"language_code": "en-gb"})
    assert await speaks(finger) == "en-gb"
