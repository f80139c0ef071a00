"""Learn: ten plain answers, each with its sources, and where to find care."""

from bot.chat import Button, Message
from bot.content import answers, helplines
from bot.content.answers import Answer
from bot.feature import LOST, Feature, Goto, Reply, Turn

SLOT = "learn"


async def pressed(turn: Turn) -> Reply | Goto:
    """`learn` lists the questions, `learn:<id>` answers, `learn:<id>:more` goes on, `sources` and `care` as named."""
    match turn.words:
        case () | ("all",):  # a bare press opens anew, on our own screens the list takes their place
            return Reply((_questions(turn),))
        case ("care",):
            return Reply((_care(turn),))
        case (which, *rest) if answer := answers.get(which):
            return _answer(turn, answer, rest)
    return Goto(LOST)


def _answer(turn: Turn, answer: Answer, rest: list[str]) -> Reply | Goto:
    screens = answer.screens(turn.t.language)
    match rest:
        case []:
            return Reply((_screen(turn, answer, screens[0], more=len(screens) > 1),))
        case ["more"] if len(screens) > 1:
            return Reply((_screen(turn, answer, screens[1], more=False),))
        case ["sources"]:
            return Reply((_sources(turn, answer),))
    return Goto(LOST)


def _questions(turn: Turn) -> Message:
    t = turn.t
    rows = [(Button(one.question(t.language), f"learn:{one.id}"),) for one in answers.ANSWERS.values()]
    last = (Button(t("learn-care"), "learn:care"), Button(t("help-button"), "help"))
    return Message(t("learn"), (*rows, last), slot=SLOT)


def _screen(turn: Turn, answer: Answer, text: str, *, more: bool) -> Message:
    t = turn.t
    rows = (
        *(((Button(t("learn-more"), f"learn:{answer.id}:more"),),) if more else ()),
        (Button(t("learn-sources"), f"learn:{answer.id}:sources"), Button(t("learn-care"), "learn:care")),
        (Button(t("learn-all"), "learn:all"), Button(t("help-button"), "help")),
    )
    return Message(text, rows, slot=SLOT)


def _sources(turn: Turn, answer: Answer) -> Message:
    """What an answer rests on, and who has looked at it."""
    t, about = turn.t, answer.about
    reviewed = t("learn-reviewed", by=about.reviewed_by) if about.reviewed_by else t("learn-unreviewed")
    text = "\n".join((answer.question(t.language), t("learn-sources-are"), *about.sources, reviewed))
    rows = ((Button(t("welcome-back"), f"learn:{answer.id}"), Button(t("help-button"), "help")),)
    return Message(text, rows, slot=SLOT)


def _care(turn: Turn) -> Message:
    """Where treatment is found in this person's country: a finder and a line where they are known."""
    t = turn.t
    country = helplines.lines(turn.person.country)
    finder, line = country.directory("care"), country.first("drug")
    lines = [t("learn-care-is")]
    if finder:
        lines.append(t("learn-care-finder", name=finder.name, link=finder.dial))
    if line:
        lines.append(t("learn-care-line", number=" ".join(filter(None, (line.name, line.dial)))))
    if not finder and not line:
        lines.append(t("learn-care-anywhere", link=helplines.link(None, "care")))
    lines += [t("learn-care-doctor"), t("learn-care-unchecked") if _unchecked(finder, line) else ""]
    rows = (
        (Button(t("learn-all"), "learn:all"), Button(t("learn-care-another"), "help:list:0:learn:care")),
        (Button(t("help-button"), "help"),),
    )
    return Message("\n".join(filter(None, lines)), rows, slot=SLOT)


def _unchecked(*lines: helplines.Line | None) -> bool:
    return any(line is not None and line.verified_on is None for line in lines)


FEATURE = Feature(
    name="learn",
    presses={"learn": pressed},
    commands={"learn": "learn"},
    phrases={"learn-phrases": "learn"},
)
