"""Every word a person reads: asked for and there, the same in every language, short and kind.

What the screens make of them is walked in tests/walk/.
"""

import ast
import re
from collections.abc import Iterator
from statistics import mean

import pytest
from fluent.syntax import ast as fluent
from fluent.syntax import parse
from fluent.syntax.visitor import Visitor

from bot.app import FEATURES
from bot.checkins.questions import CHECKIN
from bot.content import firstaid, strategies
from bot.dialog import Choice
from bot.routes import Routes
from bot.texts import LOCALES, Texts

SOURCES = sorted((LOCALES.parent).rglob("*.py"))
PAGE = LOCALES.parent / "sandbox" / "page.html"
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


def of_the_page() -> set[str]:
    """What the sandbox's page names, in its holes and in its program, as regular expressions."""
    page = PAGE.read_text(encoding="utf-8")
    found = re.findall(r"(?<![\w-])(sandbox-[a-z-]+(?:\.[a-z_]+)?)(\.\$\{)?", page)
    return {re.escape(key) + (r"\.[a-z_]+" if filled else "") for key, filled in found}


def asked_for() -> set[str]:
    """What stands in a call of `t(…)` anywhere in the program, and on the page."""
    found = of_the_page()
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
    return of_the_page() | {
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


def variables(language: str) -> dict[str, set[str]]:
    """What each key is filled in with."""
    found: dict[str, set[str]] = {}
    for file in sorted((LOCALES / language).glob("*.ftl")):
        for entry in parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, fluent.Message):
                patterns = {entry.id.name: entry.value} | {
                    f"{entry.id.name}.{one.id.name}": one.value for one in entry.attributes
                }
                found |= {key: names(pattern) for key, pattern in patterns.items() if pattern}
    return found


class Variables(Visitor):
    """Every `{ $name }` in a piece of Fluent."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802  # the name is fluent's
        self.names.add(node.id.name)


def names(pattern: fluent.Pattern) -> set[str]:
    found = Variables()
    found.visit(pattern)
    return found.names


@pytest.mark.parametrize("language", [one for one in Texts.languages() if one != "en"])
def test_no_language_fills_in_anything_else(language: str) -> None:
    assert variables(language) == variables("en")


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
