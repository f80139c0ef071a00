"""What holds on every screen."""

import re
from collections.abc import Callable, Iterator

from bot.chat import Message
from bot.texts import Texts, normalise
from tests.walk.ear import everything
from tests.walk.neutral import told
from tests.walk.walker import Shown

LINES = 8
CRISIS_LINES = 7
CRISIS_BUTTONS = 6
WORDS = 22
LABEL = 64
"""Letters of a button in a row of its own; with another beside it half as many are read."""

CRISIS = ("help", "hard", "flag")
SENTENCE = re.compile(r"(?<=[.?!:])\s+|\n| · ")
WORD = re.compile(r"[^\W\d_][\w’'-]*")

NEVER = {
    "en": re.compile(
        r"!|\b(she|he|her|his|him|herself|himself|clean|dirty|fail(ed|ure)s?|addicts?|abuser?s?|anonymous|"
        r"confidential|proven|treats|cures?)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        # "sin él", "una de ellas": things have a gender too
        r"!|¡|(?<!\bsin )(?<!\bde )\b(ella|él)s?\b|\b(ellos|limpi[oa]s?|suci[oa]s?|fracas\w*|"
        r"fallaste|adict[oa]s?|anónim[oa]s?|"
        r"confidencial(es)?|demostrad[oa]s?|cura|listo para)\b",
        re.IGNORECASE,
    ),
}
FELLOWSHIP = re.compile(r"narcotics anonymous|narcóticos anónimos", re.IGNORECASE)
"""Its own name, which claims nothing of ours."""

OTHERS = {
    "es": re.compile(
        r"\b(the|and|you|your|with|what|this|help|now|when|which|from|not|call|for|are|have|everything|today|"
        r"tomorrow|yesterday|hard moment|check-?in|settings|skip|next|back|name)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"[¿¡]|\b(el|los(?! Angeles)|las|que|para|con|ahora|ayuda|hoy|mañana|ayer|momento difícil|ajustes|saltar|"
        r"volver|nombre)\b",
        re.IGNORECASE,
    ),
}
"""Words of the other language that nothing said in this one contains."""

KEYS = frozenset(filter(re.compile(".+-.+").fullmatch, Texts("en", strict=True).keys()))


NOT_DISCREET = "_not_discreetly"
"""How the walks of those end who have chosen that what arrives may say what it is about."""


def broken(shown: Shown) -> Iterator[str]:
    """Everything that is wrong with a screen."""
    for rule in RULES:
        yield from rule(shown)


def _short(shown: Shown) -> Iterator[str]:
    text = shown.message.text
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > (CRISIS_LINES if _crisis(shown.message) else LINES) and not LONGER & shown.keys:
        yield f"{len(lines)} lines"
    for sentence in SENTENCE.split(text):
        if len(WORD.findall(sentence)) > WORDS:
            yield f"a sentence of {len(WORD.findall(sentence))} words: {sentence}"


LONGER = {"about-guide"}
"""Screens of more than 8 lines, on purpose: /help is the list of all commands, a line each."""


def _buttons(shown: Shown) -> Iterator[str]:
    rows = shown.message.rows
    labels = [button.label for row in rows for button in row]
    bare = [normalise(label) for label in labels]
    if not all(bare):
        yield f"a button that is only a picture: {labels}"
    if len(bare) != len(set(bare)):
        yield f"two buttons that sound alike: {labels}"
    for row in rows:
        most = LABEL if len(row) == 1 else LABEL // len(row) + 8
        yield from (
            f"{len(button.label)} letters, {len(row)} a row: {button.label}"
            for button in row
            if len(button.label) > most
        )
    if _crisis(shown.message) and "help-choose" not in shown.keys and "help-anywhere" not in shown.keys:
        if len(labels) > CRISIS_BUTTONS:
            yield f"{len(labels)} buttons in a crisis"
        if any(len(row) > 2 for row in rows):
            yield "more than two a row in a crisis"


def _help(shown: Shown) -> Iterator[str]:
    message, t = shown.message, Texts(shown.language)
    if message.pinned or message.document or message.slot == "help" or "tidy-blank" in shown.keys:
        return
    last = [button.label for button in message.rows[-1]] if message.rows else [*message.keyboard[-1:][:1]]
    if message.keyboard:
        last = list(message.keyboard[-1])
    if t("help-button") not in last:
        yield f"no help in the last row: {last}"


def _said(shown: Shown) -> Iterator[str]:
    message = shown.message
    written = everything(message)
    if re.search(r"\{ ?\$|\{\w", message.text):
        yield "a variable that nobody filled in"
    for key in KEYS & set(re.findall(r"[a-z]+(?:-[a-z]+)+(?:\.\w+)?", message.text)):
        yield f"the name of a key: {key}"
    if message.document is None:
        yield from (f"never said: {found[0]}" for found in NEVER[shown.language].finditer(FELLOWSHIP.sub("", written)))
        yield from (f"another language: {found[0]}" for found in OTHERS[shown.language].finditer(_ours(written)))


def _ours(written: str) -> str:
    """Without commands and the names of others: people, places and groups keep theirs."""
    return re.sub(
        r"/[a-z]+\b|al-anon|nar-anon|smart( family)?|español|english|harbour house.*|https?://\S+", "", written
    )


def _neutral(shown: Shown) -> Iterator[str]:
    if shown.alone and not shown.trail[0].endswith(NOT_DISCREET):
        yield from (f"arrives by itself and tells: {word}" for word in told(shown.message, shown.language))
    elif shown.message.neutral:
        yield from (f"is called neutral and tells: {word}" for word in told(shown.message, shown.language))


def _crisis(message: Message) -> bool:
    return message.slot in CRISIS


RULES: tuple[Callable[[Shown], Iterator[str]], ...] = (_short, _buttons, _help, _said, _neutral)
