"""The screens of the red flags: pure functions of the press, what is known of the person, and the words.

`flag:<id>` asks; `yes`, `unsure`, `no` behind it answer; `other` is about somebody else; `stay:<n>` is one step at a
time. Nothing here reads or waits: it works with the database gone, and for a stranger.
"""

from bot.chat import Button, Message, Rows
from bot.content import firstaid, helplines, redflags
from bot.content.firstaid import CardId
from bot.content.helplines import Country
from bot.content.redflags import RedFlag
from bot.people import Known
from bot.safety import numbers
from bot.texts import Texts

SLOT = "flag"


def show(press: str, known: Known | None, t: Texts) -> Message:
    """The screen for a press. An older or forged one comes to the question of its flag, else to the first there is."""
    _, flag_id, answer, step, *_ = f"{press}:::".split(":")
    country = helplines.lines(known.country if known else None)
    flag = redflags.get(flag_id) or next(iter(redflags.FLAGS.values()))
    if answer == "no":
        return _passed(flag, country, t)
    if flag.about.card:
        return _first_aid(flag, flag.about.card, country, t)
    match answer:
        case "yes" | "unsure":
            return _now(flag, country, t)
        case "other" if flag.lines("other", t.language):
            return _section(flag, "other", country, t)
        case "stay" if flag.lines("stay", t.language):
            return _step(flag, step, country, t)
    return _question(flag, country, t)


def _question(flag: RedFlag, country: Country, t: Texts) -> Message:
    """What was noticed, one question, and who answers: before anything is known."""
    asked = " ".join((*flag.lines("notice", t.language), *flag.lines("ask", t.language)))
    lines = [numbers.line(kind, country, t) for kind in flag.about.lines]
    shown = [line for line in lines if line] or [numbers.line("directory", country, t)]
    press = f"{SLOT}:{flag.id}"
    answers = [Button(t(f"flag-{answer}"), f"{press}:{answer}") for answer in ("yes", "unsure", "no")]
    if flag.lines("other", t.language):
        answers.append(Button(t("flag-other"), f"{press}:other"))
    rows = _by_two([*answers, _help(t)])
    return _message("\n".join((asked, *shown)), rows)


def _now(flag: RedFlag, country: Country, t: Texts) -> Message:
    stay = [Button(t("flag-stay"), f"{SLOT}:{flag.id}:stay:1")] if flag.lines("stay", t.language) else []
    return _section(flag, "now", country, t, *stay)


def _section(flag: RedFlag, section: str, country: Country, t: Texts, *more: Button) -> Message:
    text = "\n".join(numbers.filled(line, country, t) for line in flag.lines(section, t.language))
    buttons = [*_copies(flag, country, t), Button(t("flag-talk"), "talk"), *more, _help(t)]
    return _message(text, _by_two(buttons))


def _step(flag: RedFlag, step: str, country: Country, t: Texts) -> Message:
    """One small thing, and help beside each. After the last it can begin anew, for as long as it takes."""
    steps = flag.lines("stay", t.language)
    at = int(step) if step.isascii() and step.isdecimal() and 1 <= int(step[:3]) <= len(steps) else 1
    last = at == len(steps)
    forward = Button(t("flag-again" if last else "flag-next"), f"{SLOT}:{flag.id}:stay:{1 if last else at + 1}")
    buttons = [forward, *_copies(flag, country, t)[:1], Button(t("flag-talk"), "talk"), _help(t)]
    return _message(numbers.filled(steps[at - 1], country, t), _by_two(buttons))


def _passed(flag: RedFlag, country: Country, t: Texts) -> Message:
    lines = [numbers.filled(line, country, t) for line in flag.lines("no", t.language)]
    return _message("\n".join(lines) or t("flag-passed"), ((_help(t),),))


def _first_aid(flag: RedFlag, card: CardId, country: Country, t: Texts) -> Message:
    """What to do comes before any question."""
    text = firstaid.card(card).text(t.language, numbers.emergency(country, t))
    code = country.code
    buttons = [
        *_copies(flag, country, t)[:1],
        Button(t("help-took"), f"help:took:{code}"),
        Button(t("help-awake"), f"help:awake:{code}"),
        Button(t("flag-not-this"), f"{SLOT}:{flag.id}:no"),
        _help(t),
    ]
    return _message(text, _by_two(buttons))


def _copies(flag: RedFlag, country: Country, t: Texts) -> list[Button]:
    """The first number that the flag leads to, and the one for danger: the rest stands in the text."""
    kinds = ("emergency", *flag.about.lines) if flag.about.action == "emergency" else (*flag.about.lines, "emergency")
    found = [line for kind in kinds if (line := numbers.first(kind, country)) and line.kind != "directory"]
    dials = list(dict.fromkeys(line.dial for line in found))[:2]
    return [Button(t("help-copy", number=dial), copy=dial) for dial in dials]


def _help(t: Texts) -> Button:
    return Button(t("help-button"), "help")


def _message(text: str, rows: Rows) -> Message:
    return Message(text, rows, slot=SLOT, sensitive=True)


def _by_two(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
