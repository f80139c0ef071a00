"""The first screen and its doors. Behind each of them but one, nothing is kept."""

from dataclasses import replace

from bot import people
from bot.chat import Button, Message, Rows
from bot.content import helplines, reviews
from bot.content.helplines import Kind, Serves
from bot.feature import Reply, Turn
from bot.texts import Texts

SHOWN = 2
"""Lines on one screen: more is a list, and a list is work."""


def first_screen(turn: Turn) -> Message:
    """What this is, who runs it, what is kept and who could read it."""
    t = turn.t
    runs = t("welcome-runs", operator=turn.operator) if turn.operator else t("welcome-runs-nobody")
    reads = t("welcome-reads", operator=turn.operator) if turn.operator else t("welcome-reads-nobody")
    erase = t("welcome-erase", emergency=_emergency(turn))
    text = "\n".join((runs, t("welcome-does"), t("welcome-keeps"), reads, erase))
    rows = (
        (Button(t("welcome-agree"), "welcome:agree"),),
        (Button(t("welcome-help"), "hard"),),
        (Button(t("welcome-more"), "welcome:more"), *_languages(t)),
        (Button(t("welcome-minor"), "welcome:minor"), Button(t("welcome-other"), "welcome:family")),
        (Button(t("help-button"), "help"),),
    )
    return Message(text, rows, slot="welcome")


def speaks(turn: Turn, language: str) -> Turn:
    """The same turn in another language, which the person keeps; an unknown one changes nothing."""
    if language not in Texts.languages():
        return turn
    turn.person.language = language
    return replace(turn, t=Texts(language))


def read_more(turn: Turn) -> Message:
    """More about it, before anybody agrees."""
    t = turn.t
    rows = (
        (Button(t("welcome-agree"), "welcome:agree"),),
        (Button(t("welcome-help"), "hard"), Button(t("welcome-back"), "welcome:first")),
        (Button(t("help-button"), "help"),),
    )
    done, of = reviews.count()
    return Message(t("welcome-about", done=str(done), all=str(of)), rows, slot="welcome")


async def minor(turn: Turn) -> Reply:
    """Somebody under 18: people for them, and not a row of them is kept."""
    t = turn.t
    text = t("welcome-young", emergency=_emergency(turn), lines=_lines(turn, "youth", "youth"))
    rows = (
        (Button(t("welcome-country"), "help:list:0:welcome:minor"),),
        (Button(t("welcome-young.do"), "hard"), Button(t("help-button"), "help")),
    )
    await people.forget(turn.session, turn.person)
    return Reply((Message(text, rows, slot="welcome"),))


def family(turn: Turn) -> Message:
    """Somebody who is here for another person."""
    t = turn.t
    text = t("welcome-family", emergency=_emergency(turn), lines=_lines(turn, "family", "anyone"))
    rows: Rows = (
        (Button(t("welcome-country"), "help:list:0:welcome:family"),),
        (Button(t("welcome-back"), "welcome:first"), Button(t("help-button"), "help")),
    )
    return Message(text, rows, slot="welcome")


async def leave(turn: Turn) -> Reply:
    """Somebody who was helped and wants no account."""
    rows = ((Button(turn.t("help-button"), "help"),),)
    message = Message(turn.t("remember-left"), rows, slot="welcome")
    await people.forget(turn.session, turn.person)
    return Reply((message,))


def _languages(t: Texts) -> tuple[Button, ...]:
    """The others, each by the name that its own speakers know."""
    others = (language for language in Texts.languages() if language != t.language)
    return tuple(Button(Texts(language)("language-name"), f"welcome:in:{language}") for language in others)


def _emergency(turn: Turn) -> str:
    line = helplines.lines(turn.person.country).first("emergency")
    return line.dial if line else turn.t("help-emergency-anywhere")


def _lines(turn: Turn, kind: Kind, serves: Serves) -> str:
    """Who answers in this person's country; where that is unknown, or nobody does, where to look."""
    found = helplines.lines(turn.person.country).every(kind)
    said = [f"{line.name} {line.dial}" if line.name not in ("", line.dial) else line.dial for line in found]
    return ", ".join(said[:SHOWN]) or helplines.link(turn.person.country, serves)
