"""The page as somebody sees it: headless Chromium on a bot that runs in a process of its own.

Playwright's own browsers are not downloaded: it drives the one of the system, which CHROMIUM may name.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Locator, Page, sync_playwright  # noqa: E402  # only where it is there

__all__ = ["HAND", "ROOT", "Browser", "Page", "Person", "browser", "evening", "moves", "opened", "program", "visited"]

ROOT = Path(__file__).parents[2]
NAMES = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"
FOUND = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
PATIENCE = 30_000
"""Milliseconds until something that was to be seen counts as missing: a busy machine is slow, never wrong."""
LAPTOP = {"width": 1440, "height": 900}
HAND = {"width": 390, "height": 844}


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if FOUND is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as play:
        # a container's root may not open Chromium's own sandbox, and all that it is shown is ours
        running = play.chromium.launch(executable_path=FOUND, args=["--no-sandbox"])
        yield running
        running.close()


@contextmanager
def program(folder: Path, *arguments: str) -> Iterator[str]:
    """`windbreak run` without a token, until the block is left: where its page is."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    environment = kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = (sys.executable, "-m", "bot", "run", *arguments)
    with Popen(command, cwd=folder, env=environment, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, text=True) as running:
        try:
            assert running.stdout
            yield next(line.strip() for line in running.stdout if line.startswith("http"))
        finally:
            running.terminate()


def visited(browser: Browser, address: str, *, anew: bool = False, **how: Any) -> Page:
    """The page in a browser that stands in Lisbon, as the people do; `anew` with phones that nobody has used."""
    place = {"locale": "en-GB", "timezone_id": "Europe/Lisbon", "viewport": LAPTOP, "reduced_motion": "reduce"}
    page = browser.new_page(**place | how)
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: pytest.fail(f"the page broke: {error}"))
    cast = page.request.post(f"{address}/cast").json()
    for person in cast if anew else ():
        page.request.post(f"{address}/cast/{person['id']}/anew")
    page.goto(address)
    for person in cast:
        page.locator(".place", has_text=person["name"]).locator("article, .empty").first.wait_for(state="attached")
    return page


def opened(browser: Browser, address: str, **how: Any) -> Page:
    """The same with three phones that nobody has used."""
    return visited(browser, address, anew=True, **how)


class Person:
    """Somebody's phone on the page, and their finger."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.phone = page.get_by_role("region", name=f"{name}'s phone")

    @property
    def last(self) -> Locator:
        """The newest message."""
        return self.phone.get_by_role("article").last

    @property
    def writes(self) -> Locator:
        return self.phone.get_by_role("textbox")

    def button(self, label: str) -> Locator:
        """The newest that reads so."""
        return self.phone.get_by_role("button", name=label, exact=True).last

    def presses(self, *labels: str) -> None:
        for label in labels:
            self.button(label).click()

    def says(self, words: str) -> None:
        self.writes.fill(words)
        self.writes.press("Enter")

    def chooses(self, opener: str, *labels: str) -> None:
        """Open a sheet over the phone, and tap through it."""
        self.button(opener).click()
        for label in labels:
            self.page.get_by_role("dialog").get_by_role("button", name=label, exact=True).click()

    def sees(self, words: str) -> Locator:
        """Wait for these words."""
        found = self.phone.get_by_text(words).last
        found.wait_for()
        return found

    def waits(self) -> None:
        """Half a minute on the page's clock, and none of ours: one chat bears one message a second."""
        self.page.request.post(f"{self.page.url}clock", data={"advance": 30})

    def is_set(self) -> None:
        """The set-up, the quick way."""
        self.presses("Start", "I am 18 or over and agree", "Do the rest for me")
        self.sees("Which city")
        self.says("Lisbon")
        self.waits()
        self.sees("Right?")
        self.presses("Yes")
        self.waits()
        self.sees("You are set")


def moves(page: Page, label: str) -> None:
    """Move the clock, and wait until the bot has lived through it."""
    page.get_by_role("button", name=label, exact=True).click()
    page.locator(".clock[aria-busy=false]").wait_for()


def evening(page: Page, ana: Person) -> None:
    """On from due thing to due thing, those of earlier people too, until Ana's note is on her phone."""
    note = ana.phone.get_by_text("Your evening note.").last
    for _ in range(9):
        if note.is_visible():
            return
        moves(page, "Next due")
    pytest.fail("no evening ever comes")
