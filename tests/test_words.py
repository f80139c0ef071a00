"""Every word a person reads: asked for and there, short and kind, and on every screen a way to help."""

import ast
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from statistics import mean

import pytest

from bot.app import FEATURES
from bot.chat import Button, Message
from bot.checkins.questions import CHECKIN
from bot.content import firstaid, strategies
from bot.dialog import Choice
from bot.feature import Routes
from bot.texts import LOCALES, Texts, normalise
from tests.phone import A_MOMENT, Someone
from tests.scenes.members import become
from tests.world import World, is_set

SOURCES = sorted((LOCALES.parent).rglob("*.py"))
KEY = re.compile(r"[a-z]+(-[a-z]+)*(\.[a-z_]+)?")
LISTENED = "-phrases"
"""Messages that list what we listen for. Nobody reads them."""

LONGEST = 22
ON_AVERAGE = 15


def patterns(node: ast.expr) -> Iterator[str]:
    """What keys a piece of code may name, as regular expressions."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w]+" for part in node.values]
        # one that begins with a variable says nothing: those are the dialogs, whose words are listed below
        if isinstance(node.values[0], ast.Constant):
            yield "".join(parts)
    elif isinstance(node, ast.IfExp):
        yield from (*patterns(node.body), *patterns(node.orelse))


def asked_for() -> set[str]:
    """What stands in a call of `t(…)` anywhere in the program."""
    found: set[str] = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and node.args
                and getattr(node.func, "attr", getattr(node.func, "id", "")) == "t"
            ):
                found.update(patterns(node.args[0]))
    return found


def named() -> set[str]:
    """Every string of the program that could name a key, called for or handed on."""
    return {
        pattern
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr)
        for pattern in patterns(node)
    }


def of_dialogs() -> set[str]:
    """The words of every dialog: its questions and the labels of its answers."""
    keys = set()
    for step in CHECKIN.steps:
        keys.add(f"{CHECKIN.name}-{step.field}")
        if isinstance(step, Choice):
            keys.update(f"{CHECKIN.name}-{step.field}.{value}" for value in step.values)
    return keys


def of_features() -> set[str]:
    """The words that features declare."""
    keys = {key for one in FEATURES for key in (*one.buttons, *one.phrases)}
    return keys | {f"command-{name}" for one in FEATURES for name in one.listed}


def read() -> Iterator[tuple[str, str]]:
    """Everything that people read in English: from where, and the words, variables and all."""
    for file in sorted((LOCALES / "en").glob("*.ftl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            name, _, words = line.partition("=") if re.match(r"\s*\.?[\w-]+ *=", line) else ("", "", line)
            if (
                words.strip()
                and not name.strip().endswith(LISTENED)
                and not re.match(r"\s*(#|\*?\[|\}|\{ \$\w+ ->)", words)
            ):
                yield f"{file.name} {name.strip()}", re.sub(r"\{[^}]*\}", "so-and-so", words).strip()
    for strategy in strategies.STRATEGIES:
        yield f"strategy {strategy.id}", strategy.words("en").text()
    for card in firstaid.CARDS.values():
        yield f"first aid {card.id}", card.text("en", "112")


def sentences(words: str) -> list[list[str]]:
    parts = re.split(r"(?<=[.?!:])\s+|\n", words)
    return [found for part in parts if (found := re.findall(r"[^\W\d_][\w’'-]*", part))]


def test_every_word_that_is_asked_for_is_there() -> None:
    keys = Texts("en", strict=True).keys()
    missing = {pattern for pattern in asked_for() if not any(re.fullmatch(pattern, key) for key in keys)}
    assert not missing
    assert not (of_dialogs() | of_features()) - keys


def test_every_word_that_is_there_is_asked_for() -> None:
    wanted = named() | {re.escape(key) for key in of_dialogs() | of_features()}
    keys = set(filter(KEY.fullmatch, Texts("en", strict=True).keys()))
    specific = [pattern for pattern in wanted if re.match(r"[a-z]{3,}", pattern)]
    # as one pattern: each of its own, for each key, would be half a million
    used = re.compile("|".join(specific))
    assert not {key for key in keys if not used.fullmatch(key)}


@pytest.mark.parametrize("language", [one for one in Texts.languages() if one != "en"])
def test_no_language_lacks_a_word_or_has_one_too_many(language: str) -> None:
    assert Texts(language, strict=True).keys() == Texts("en", strict=True).keys()


def test_sentences_are_short() -> None:
    every = [(place, sentence) for place, words in read() for sentence in sentences(words)]
    assert len(every) > 100
    assert [(place, " ".join(sentence)) for place, sentence in every if len(sentence) > LONGEST] == []
    assert mean(len(sentence) for _, sentence in every) <= ON_AVERAGE


@pytest.mark.parametrize(
    "never",
    [
        r"!",
        r"\b(she|he|her|his|him|herself|himself)\b",
        r"\b(clean|dirty|failed you|failure|addict|abuse)\b",
        r"\banonymous|confidential|proven\b",
    ],
)
def test_some_words_are_never_said(never: str) -> None:
    assert [(place, words) for place, words in read() if re.search(never, words, re.IGNORECASE)] == []


def test_the_listed_commands_fit_into_the_menu() -> None:
    routes = Routes(FEATURES)
    listed = [name for one in FEATURES for name in one.listed]
    assert {"trigger", "helpnow", "checkin"} <= set(listed)
    assert len(listed) == len(set(listed)) <= 100
    for name in listed:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 1 <= len(Texts("en")(f"command-{name}")) <= 256
        assert name in routes.commands


def test_prose_stands_in_no_program() -> None:
    """A message or a button with a text of its own would be English for everybody."""
    for source in SOURCES:
        if source.parent.name in ("sandbox", "bot") and source.name in ("__main__.py", "doctor.py"):
            continue
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Message", "Button") and node.args:
                assert not isinstance(node.args[0], ast.Constant), f"{source.name}:{node.lineno}"


@pytest.fixture
async def world(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    world = World(sqlite_url, tmp_path, operator="Harbour House")
    yield world
    await world.close()


def labels(message: Message) -> list[str]:
    return [button.label for row in message.rows for button in row]


def kind(button: Button) -> str:
    """A press without its numbers and places: one of a kind is walked."""
    return re.sub(r":(\d+|[A-Z]{2})\b.*", "", button.press)


async def walk(world: World, person: Someone) -> list[Message]:
    """Every screen that can be reached by pressing whatever is there, one button of a kind on each."""
    seen: dict[tuple[str, ...], Message] = {}
    pressed: set[tuple[str, str]] = set()
    while True:
        for bubble in person.screen.bubbles:
            for message in (*bubble.earlier, bubble.message):
                seen.setdefault((re.sub(r"\d+", "0", message.text), *labels(message)), message)
        ahead = [
            (bubble, button)
            for bubble in reversed(person.screen.bubbles[-6:])
            for row in bubble.message.rows
            for button in row
            if button.press and (re.sub(r"\d+", "0", bubble.message.text), kind(button)) not in pressed
        ]
        if not ahead or len(pressed) > 150:
            return list(seen.values())
        bubble, button = ahead[0]
        pressed.add((re.sub(r"\d+", "0", bubble.message.text), kind(button)))
        await world.wait(A_MOMENT)
        await world.arrive(person.forged(button.press, bubble.id))


@pytest.mark.parametrize("language", Texts.languages())
async def test_every_screen_has_help_and_buttons_that_read_without_a_picture(
    language: str, world: World, ana: Someone, ben: Someone
) -> None:
    help_now = {Texts(one)("help-button") for one in Texts.languages()}  # the walk presses the other language too
    ben.language = language
    await ben.starts()
    screens = await walk(world, ben)
    await is_set(ana, name="Ana")
    await become(world, ana, language=language)
    await ana.says("nonsense")
    await ana.says("/checkin")
    await ana.says("/timezone")
    await ana.says("Portland")
    screens += await walk(world, ana)
    assert len(screens) > 20
    for message in screens:
        assert "!" not in message.text
        assert "{" not in message.text
        if message.pinned:  # the card, for when no button would be answered
            assert re.search(r"\d", message.text)
            assert not message.rows
            continue
        bare = [normalise(label) for label in labels(message)]
        assert all(bare), f"a button that is only a picture: {labels(message)}"
        assert len(bare) == len(set(bare)), f"two buttons that sound alike: {labels(message)}"
        assert all(len(label) <= 64 for label in labels(message))
        last = [button.label for button in message.rows[-1]] if message.rows else list(message.keyboard[-1])
        is_help = message.slot == "help"  # the screens of help itself
        assert is_help or help_now & set(last), f"no help in the last row of: {message.text}"
