"""The phones page in a real browser: what a person can see, reach and do there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.page import BLANKS
from bot.texts import Texts
from tests.sandbox.browser import HAND, Browser, Page, Person, browser, evening, moves, opened, program
from tests.sandbox.pictures import png

ICON = "Send something else"
BLANK = re.compile(r"\{\w+\}")


@pytest.fixture(autouse=True)
def no_task_left_behind() -> None:
    """Playwright keeps a loop of its own, in which the one of everybody else cannot run. No test here is async."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def address(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One bot for all: each test gets new phones."""
    with program(tmp_path_factory.mktemp("page")) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    page = opened(chromium, address)
    yield page
    page.close()


@pytest.fixture
def ana(page: Page) -> Person:
    return Person(page, "Ana")


@pytest.fixture
def ben(page: Page) -> Person:
    return Person(page, "Ben")


@pytest.fixture
def cai(page: Page) -> Person:
    return Person(page, "Cai")


def test_somebody_is_set_up_and_the_next_due_thing_is_their_check_in(page: Page, ana: Person) -> None:
    ana.is_set()
    panel = page.get_by_role("complementary")
    panel.get_by_role("row", name="planned").first.wait_for()
    assert ana.button("Hard moment").is_visible()
    assert ana.phone.get_by_role("button", name="Pinned").is_visible()
    evening(page, ana)
    ana.presses("🙂 All right", "2")
    ana.sees("Did you use")
    ana.presses("No")
    ana.sees("Noted: all right, pull 2, not used.")
    panel.get_by_role("row", name="Check-in check-in lane · sent").first.wait_for()
    assert "Ana" not in panel.inner_text()


def test_a_set_up_and_a_check_in_by_keyboard_alone(page: Page, ana: Person) -> None:
    keys = page.keyboard

    def focused() -> str:
        name = "one.getAttribute('aria-label') || one.textContent.trim()"
        return str(page.evaluate(f"() => {{ const one = document.activeElement; return {name}; }}"))

    def tab_to(label: str, key: str = "Tab") -> None:
        for _ in range(60):
            if focused() == label:
                return
            keys.press(key)
        pytest.fail(f"{key} never reaches {label!r}")

    def press(label: str, key: str = "Enter") -> None:
        tab_to(label, "Shift+Tab")
        keys.press(key)

    keys.press("Tab")
    assert focused() == "Go to Ana's phone"
    keys.press("Enter")
    assert focused() == "Start"
    keys.press("Enter")
    ana.sees("I am a program")
    tab_to("Message from Ana")
    press("I am 18 or over and agree", "Space")
    ana.sees("What are you recovering from?")
    press("Kratom leaf")
    ana.button("✓ Kratom leaf").wait_for()
    assert focused() == "✓ Kratom leaf", "the screen was drawn anew, and the finger is where it was"
    tab_to("Do the rest for me")
    keys.press("Enter")
    ana.sees("Which city")
    tab_to("Message from Ana")
    keys.type("Lisbon")
    keys.press("Enter")
    ana.sees("Right?")
    press("Yes")
    ana.sees("You are set")
    tab_to("Message from Ana")
    keys.press("Tab")
    keys.press("Tab")
    assert focused() == "Hard moment"
    tab_to("Message from Ana", "Shift+Tab")
    keys.type("/checkin")
    keys.press("Enter")
    ana.sees("How are you right now?")
    press("🙂 All right")
    ana.sees("How strong is the pull?")
    assert page.locator(":focus").evaluate("one => one.closest('.phone') !== null && one.tagName") == "BUTTON"
    keys.press("ArrowUp")
    assert page.locator(":focus").evaluate("one => one.tagName") == "ARTICLE", "from message to message by arrows"
    keys.press("Enter")
    page.get_by_role("dialog", name="This message").wait_for()
    keys.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert page.locator(":focus").evaluate("one => one.closest('article') !== null"), "back where it was"


def test_what_is_focused_can_be_seen(page: Page, ana: Person) -> None:
    for target in (page.get_by_role("button", name="+1 h"), ana.button("Start"), ana.phone.get_by_role("log")):
        target.focus()
        page.keyboard.press("Shift")  # the browser draws a ring only for whoever uses a keyboard
        assert target.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_a_link_to_the_bot_is_opened_on_another_phone(ana: Person, ben: Person) -> None:
    ana.presses("Start")
    ana.sees("I am a program")
    link = "https://t.me/windbreak_sandbox_bot?start=abc_123"
    ana.says(f"Would you be one of my people? {link}")
    ana.chooses(link, "Open on Ben's phone")
    ben.sees("/start abc_123")
    ben.sees("I am a program")


def test_a_locked_phone_shows_four_lines_and_one(page: Page, address: str, ana: Person) -> None:
    ana.is_set()
    ana.presses("Lock this phone")
    assert not ana.writes.is_visible(), "nothing of the chat can be reached"
    assert ana.sees("Nothing has arrived.").is_visible()
    number = page.request.post(f"{address}/cast").json()[0]["id"]
    page.request.post(f"{address}/people/{number}/say", data={"text": "/help"})
    words = ana.phone.get_by_role("log", name="Notifications").locator("p").first
    words.wait_for()
    high, line, whole = words.evaluate(
        "one => [one.clientHeight, parseFloat(getComputedStyle(one).lineHeight), one.scrollHeight]"
    )
    assert whole > high, "it has more words than a notification shows"
    assert round(high / line) == 4
    listed = ana.phone.locator(".listed p span").first
    assert listed.evaluate("one => one.clientHeight") < 2 * line
    assert "\n" not in listed.inner_text()
    ana.presses("Unlock")
    assert ana.writes.is_visible()


def test_what_arrives_by_itself_is_neutral_on_a_locked_phone(page: Page, ana: Person) -> None:
    ana.is_set()
    ana.presses("Lock this phone")
    evening(page, ana)
    assert ana.phone.locator(".notice p").all_inner_texts() == ["Your evening note.\nHow are you right now?"]
    assert ana.phone.locator(".unread").inner_text().startswith("1")


def test_a_phone_without_a_network_keeps_what_is_said(ana: Person) -> None:
    ana.is_set()
    ana.chooses("Network and more", "Turn the network off")
    ana.sees("No network")
    ana.presses("Hard moment")
    ana.sees("waits for the network")
    ana.chooses("Network and more", "Turn the network on")
    ana.sees("This is a hard moment")
    assert not ana.phone.get_by_text("waits for the network").is_visible()


def test_a_blocked_bot_can_be_let_in_again(ana: Person) -> None:
    ana.is_set()
    ana.chooses("Network and more", "Block the bot")
    ana.presses("Unblock")
    ana.says("menu")
    ana.sees("You are set")


def test_pictures_sounds_places_cards_and_reactions(ana: Person, tmp_path: Path) -> None:
    ana.is_set()
    with ana.page.expect_file_chooser() as chooser:
        ana.chooses(ICON, "Picture…")
    chooser.value.set_files({"name": "tree.png", "mimeType": "image/png", "buffer": png()})
    ana.phone.get_by_role("img", name="Picture").wait_for()
    ana.chooses(ICON, "Voice note: a short tone")
    sound = ana.phone.get_by_label("Voice note, 2 seconds")
    sound.wait_for()
    assert sound.evaluate(PLAYED) == pytest.approx(2, abs=0.1)
    ana.chooses(ICON, "Location…", "Lisbon")
    ana.sees("38.72, -9.14")
    ana.chooses(ICON, "Contact…", "Send")
    card = ana.sees("Dee")
    card.hover()
    ana.chooses("This message: react, copy, change", "React with 🙏")
    ana.sees("🙏")
    ana.says("Helo")
    own = ana.phone.locator("article.me", has_text="Helo")
    own.hover()
    own.get_by_role("button", name="This message").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Change the words").click()
    ana.writes.fill("Hello")
    ana.writes.press("Enter")
    ana.sees("edited")


def test_a_document_is_saved(ana: Person) -> None:
    ana.is_set()
    ana.says("/mydata")
    ana.presses("Send them to me")
    ana.waits()
    link = ana.phone.get_by_role("link", name="notes.json")
    with ana.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "notes.json"
    assert '"people"' in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_narrow_screen_shows_one_phone_at_a_time(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, viewport=HAND)
    ana, ben = Person(page, "Ana"), Person(page, "Ben")
    assert ana.phone.is_visible()
    assert not ben.phone.is_visible()
    page.get_by_role("navigation").get_by_role("button", name="Ben").click()
    ben.is_set()
    assert not ana.phone.is_visible()
    page.get_by_role("navigation").get_by_role("button", name="Ana").click()
    moves(page, "+1 day")
    page.get_by_role("navigation").get_by_role("button", name=re.compile("Ben, .+ new")).click()
    ben.sees("Your evening note.")
    page.get_by_role("button", name=re.compile("Promises")).click()
    page.get_by_role("complementary").wait_for()
    wide = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], "nothing reaches over the edge"
    edges = (
        page.get_by_role("group", name="Clock")
        .get_by_role("button")
        .evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    )
    assert max(edges) <= HAND["width"]
    page.close()


PLAYED = """one => new Promise(done => {
  one.onended = () => done(one.duration);
  one.volume = 0;
  one.playbackRate = 8;
  one.play();
})"""

CONTRAST = """() => {
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const one of document.querySelectorAll('body *')) {
    const own = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const seen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (!own || !seen || one.closest('.aloud, .lock, .skip')) continue;
    const a = light(parse(getComputedStyle(one).color)), b = light(ground(one));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) found.push(`${one.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return found;
}"""


WORDS = """() => {
  const NAMED = ['aria-label', 'title', 'placeholder', 'alt'];
  const OTHERS = 'script, time, .day, .date, .log article, tbody td:first-child';   // dates, and what the bot says
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let one = walk.nextNode(); one; one = walk.nextNode()) {
    if (one.nodeType !== 3) for (const name of NAMED) found.push(one.getAttribute(name) || '');
    else if (!one.parentElement.closest(OTHERS)) found.push(...one.data.split(' · '));
  }
  return [...new Set(found.map(one => one.trim()).filter(one => /\\p{L}/u.test(one)))];
}"""


def test_a_spanish_browser_finds_a_spanish_page_and_can_choose_english(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, locale="es-ES")
    says = Texts("es", strict=True)
    assert page.locator("html").get_attribute("lang") == "es"
    ana = page.get_by_role("region", name=says("sandbox-phone", name="Ana"))
    ana.get_by_role("button", name=says("sandbox-start")).click()
    ana.get_by_text("Soy un programa").wait_for()
    assert page.evaluate("() => dated(new Date('2026-03-02T12:00'))") == "lunes, 2 de marzo"
    assert page.evaluate("() => [size(1), size(12), size(12400), size(2.44e6)]") == [
        "1 byte",
        "12 bytes",
        "12 kB",
        "2,4 MB",
    ]
    keys = {key for key in says.keys() if key.startswith("sandbox-")}  # noqa: SIM118  # it is no mapping
    ours = [re.compile(".+".join(map(re.escape, BLANK.split(says(key, **BLANKS)))).strip()) for key in keys]
    for opener in ("sandbox-more", "sandbox-attach"):
        ana.get_by_role("button", name=says(opener)).click()
        unknown = {one for one in page.evaluate(WORDS) if not any(words.fullmatch(one) for words in ours)}
        assert unknown == {"Windbreak", "W", "Ana", "Ben", "Cai", "English"}
        page.keyboard.press("Escape")
    page.get_by_role("link", name="English").click()
    ben = Person(page, "Ben")
    ben.presses("Start")
    ben.sees("I am a program")
    assert page.locator("html").get_attribute("lang") == "en"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_can_be_read_by_day_and_by_night(chromium: Browser, address: str, scheme: str) -> None:
    page = opened(chromium, address, color_scheme=scheme)
    ana = Person(page, "Ana")
    ana.is_set()
    evening(page, ana)
    assert page.evaluate(CONTRAST) == [], "4.5 to 1 everywhere"
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert (max(int(one) for one in re.findall(r"\d+", ground)) < 60) is (scheme == "dark")
    page.close()


def test_whoever_listens_finds_everything_named(page: Page, ana: Person) -> None:
    ana.is_set()
    tree = page.locator("body").aria_snapshot()
    assert not re.findall(r"^\s*- (button|link|textbox|img|region|log|dialog)\s*:?$", tree, re.MULTILINE), (
        "all have names"
    )
    for part in (
        "- banner:",
        "- main:",
        'complementary "What the bot has promised"',
        'region "Ana\'s phone"',
        'log "Ana\'s chat with Windbreak"',
        'group "Buttons of this message"',
        'group "Buttons that stay"',
        'textbox "Message from Ana"',
        'button "Lock this phone"',
    ):
        assert part in tree, part
    names = ana.phone.get_by_role("group", name="Buttons that stay").get_by_role("button").all_inner_texts()
    assert len(set(names)) == len(names) == 3
    log = ana.phone.get_by_role("log")
    assert log.get_attribute("aria-live") == "polite"
    assert log.locator("article .aloud").first.inner_text().startswith("Ana:"), "who speaks is said, not only shown"
    assert page.locator("[tabindex]").evaluate_all("all => all.filter(one => one.tabIndex > 0).length") == 0


def test_nothing_moves_for_whoever_asked_for_rest(page: Page) -> None:
    moving = "() => document.getAnimations().length"
    assert page.evaluate(moving) == 0
    assert page.evaluate("() => getComputedStyle(document.querySelector('button')).transitionDuration") == "0s"
