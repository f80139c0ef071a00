"""Takes the pictures of the phones page for the README (`make screenshots`): a bot that has been used, nobody real."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.sandbox.browser import HAND, ROOT, Browser, Page, Person, browser, moves, program, visited

FOLDER = ROOT / "docs" / "screenshots"
DESK = {"width": 1280, "height": 800}
MOST = 300_000
"""Bytes of one picture."""


def main() -> None:
    """All of them. The faces on the buttons come from the system's fonts."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with browser() as chromium, TemporaryDirectory() as folder, program(Path(folder), "--demo") as address:
        page = visited(chromium, address, viewport=DESK)
        evening(page)
        kept(page, "laptop")
        page.close()
        at_night(chromium, address)
        in_the_hand(chromium, address)


def evening(page: Page) -> None:
    """Ana is asked how she is, Ben's phone lies there locked, Cai reads the first screen."""
    ana, ben, cai = (Person(page, name) for name in ("Ana", "Ben", "Cai"))
    ben.presses("Lock this phone")
    moves(page, "Next due")
    ana.sees("How are you right now?")
    ben.sees("Your evening note.")
    cai.presses("Start")
    cai.sees("I am a program")
    page.locator("h1").click()


def at_night(chromium: Browser, address: str) -> None:
    """A hard moment on Ana's phone, a phone without a network, and the numbers."""
    page = visited(chromium, address, color_scheme="dark", viewport=DESK)
    ana, ben, cai = (Person(page, name) for name in ("Ana", "Ben", "Cai"))
    ana.presses("🙂 All right", "2")
    ana.sees("Did you use")
    ana.presses("No")
    ana.sees("Noted:")
    moves(page, "+1 h")
    ana.presses("Hard moment")
    ana.sees("This is a hard moment")
    ben.chooses("Network and more", "Turn the network off")
    ben.presses("Hard moment")
    ben.sees("waits for the network")
    cai.presses("Help now")
    cai.sees("works in many countries")
    page.locator("h1").click()
    kept(page, "laptop-dark")
    page.close()


def in_the_hand(chromium: Browser, address: str) -> None:
    """One phone at a time."""
    page = visited(chromium, address, viewport=HAND, device_scale_factor=2)
    Person(page, "Ana").sees("This is a hard moment")
    kept(page, "phone")
    page.close()


def kept(page: Page, name: str) -> None:
    """Save what is to be seen. Raises ValueError if it grew too large for a README."""
    file = FOLDER / f"{name}.png"
    size = len(page.screenshot(path=file))
    if size > MOST:
        raise ValueError(f"{file.name} has {size} bytes")
    print(f"{file.relative_to(ROOT)}: {size // 1000} kB")  # noqa: T201  whoever asked for them wants to know


if __name__ == "__main__":
    main()
