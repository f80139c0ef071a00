"""The days: ranges in words with their source, comfort, and the signs that need a doctor every time.

Asks nothing that is known. What can kill when stopped suddenly comes to its warning before anything else.
"""

from collections.abc import Sequence

from sqlalchemy import select

from bot import clock
from bot.chat import Button, Message, Rows
from bot.content import danger, helplines, substances
from bot.content.ids import FlagId
from bot.content.substances import Range
from bot.content.substances import Substance as Content
from bot.feature import LOST, Goto, Reply, Turn
from bot.people import Substance

SLOT = "withdrawal"
WEAKEST_FIRST = ("low", "medium", "high")


async def pressed(turn: Turn) -> Reply | Goto:
    """`withdrawal` opens what is theirs, `on` goes past the warning, `<screen>:<substance>` is one of its screens."""
    mine = await theirs(turn)
    match turn.words:
        case () | ("open",):  # a bare press opens anew, on our own screens it takes their place
            return Reply((_warning(turn, "withdrawal:on") if danger.SUDDEN & mine.keys() else _open(turn, mine),))
        case ("on",):
            return Reply((_open(turn, mine),))
        case ("which",):
            return Reply((_which(turn, mine),))
        case ("about", name) if name in danger.SUDDEN:
            return Reply((_warning(turn, f"withdrawal:day:{name}"),))
        case (what, name, *rest) if name in substances.IDS and what in SCREENS:
            return Reply((SCREENS[what](turn, mine, substances.get(name), rest),))
    return Goto(LOST)


async def theirs(turn: Turn) -> dict[str, str]:
    """What this person recovers from, in its order, each by what they call it."""
    rows = await turn.session.scalars(select(Substance).where(Substance.person_id == turn.person.id))
    found = {row.name: row.own for row in rows}
    return {name: _called(name, found[name], turn) for name in substances.IDS if name in found}


def signs_of(turn: Turn, flags: Sequence[FlagId]) -> Rows:
    """A button for each sign of danger, two a row."""
    buttons = [Button(turn.t(f"withdrawal-flag.{flag}"), f"flag:{flag}") for flag in flags]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def _called(name: str, own: str | None, turn: Turn) -> str:
    return own or substances.get(name).name(turn.t.language)


def _open(turn: Turn, mine: dict[str, str]) -> Message:
    """The day of the only one there is; else which one."""
    if len(mine) == 1:
        return _day(turn, mine, substances.get(*mine), ())
    return _which(turn, mine)


def _warning(turn: Turn, on: str) -> Message:
    t = turn.t
    rows = (
        (Button(t("danger-signs"), "flag:alcohol_benzo_withdrawal"), Button(t("danger-doctor"), on)),
        (Button(t("danger-well"), on), Button(t("help-button"), "help")),
    )
    return Message(_page(turn, "stopping"), rows, slot=SLOT, sensitive=True)


def _which(turn: Turn, mine: dict[str, str]) -> Message:
    t = turn.t
    offered = mine or {name: _called(name, None, turn) for name in substances.IDS}
    buttons = [Button(label, f"withdrawal:about:{name}") for name, label in offered.items()]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    return Message(t("withdrawal-which"), (*rows, (Button(t("help-button"), "help"),)), slot=SLOT, sensitive=True)


def _day(turn: Turn, mine: dict[str, str], what: Content, rest: Sequence[str]) -> Message:
    """Which day it is, and what is often there on it."""
    t, day = turn.t, _days_since(turn)
    called = mine.get(what.id) or what.name(t.language)
    if day is None:
        return _told(turn, mine, what, [t("withdrawal-no-day", what=called)], ())
    found = what.on(day)
    lines = [t("withdrawal-day", day=str(day + 1), what=called)]
    if not found:
        lines.append(t("withdrawal-past" if what.about.days else "withdrawal-unknown"))
    return _told(turn, mine, what, lines, found)


def _range(turn: Turn, mine: dict[str, str], what: Content, rest: Sequence[str]) -> Message:
    """What is often there in one of the ranges, whichever day it is today."""
    found = [one for one in what.about.days if [one.id] == [*rest]]
    return _told(turn, mine, what, [mine.get(what.id) or what.name(turn.t.language)], found)


def _told(turn: Turn, mine: dict[str, str], what: Content, lines: list[str], ranges: Sequence[Range]) -> Message:
    t = turn.t
    if what.about.never_stop_suddenly:
        lines.append(what.stopping(t.language).splitlines()[0])
    lines += [t("withdrawal-range", when=_when(one, turn), common=what.common(one, t.language)) for one in ranges]
    if ranges:
        weakest = min(ranges, key=lambda one: WEAKEST_FIRST.index(one.confidence))
        basis, confidence = t(f"withdrawal-basis.{weakest.basis}"), t(f"withdrawal-confidence.{weakest.confidence}")
        lines.append(t("withdrawal-basis", basis=basis, confidence=confidence))
    lines += what.tolerance(t.language).splitlines()[:1]
    lines += [what.pregnancy(t.language), t("withdrawal-signs-line")]
    rows: list[tuple[Button, ...]] = [
        (
            Button(t("danger-today"), f"withdrawal:helps:{what.id}"),
            Button(t("danger-see-doctor"), f"withdrawal:signs:{what.id}"),
        ),
        (Button(t("withdrawal-log-button"), "withdrawal:log"), *_more(turn, what)),
    ]
    if len(mine) > 1:
        rows.append((Button(t("withdrawal-other-one"), "withdrawal:which"),))
    rows.append((Button(t("learn-button"), "learn"), Button(t("help-button"), "help")))
    return Message("\n".join(lines), tuple(rows), slot=SLOT, sensitive=True)


def _more(turn: Turn, what: Content) -> tuple[Button, ...]:
    if not what.about.days:
        return ()
    return (Button(turn.t("withdrawal-other-days"), f"withdrawal:ranges:{what.id}"),)


def _ranges(turn: Turn, mine: dict[str, str], what: Content, rest: Sequence[str]) -> Message:
    """All of the ranges, to be looked at one by one."""
    t = turn.t
    rows = [(Button(_when(one, turn), f"withdrawal:range:{what.id}:{one.id}"),) for one in what.about.days]
    last = (Button(t("withdrawal-sources"), f"withdrawal:sources:{what.id}"), Button(t("help-button"), "help"))
    return Message(t("withdrawal-ranges"), (*rows, (_back(turn, what),), last), slot=SLOT, sensitive=True)


def _helps(turn: Turn, mine: dict[str, str], what: Content, rest: Sequence[str]) -> Message:
    t = turn.t
    rows = (
        (Button(t("danger-see-doctor"), f"withdrawal:signs:{what.id}"), Button(t("withdrawal-hard"), "hard")),
        (_back(turn, what), Button(t("help-button"), "help")),
    )
    text = "\n".join((t("withdrawal-helps"), what.helps(t.language), t("withdrawal-signs-line")))
    return Message(text, rows, slot=SLOT, sensitive=True)


def _signs(turn: Turn, mine: dict[str, str], what: Content, rest: Sequence[str]) -> Message:
    rows = (*signs_of(turn, what.about.red_flags), (_back(turn, what), Button(turn.t("help-button"), "help")))
    return Message(_page(turn, "doctor"), rows, slot=SLOT, sensitive=True)


def _sources(turn: Turn, mine: dict[str, str], what: Content, rest: Sequence[str]) -> Message:
    """Where the ranges stand, and who has looked at them."""
    t = turn.t
    cited = dict.fromkeys(source for one in what.about.days for source in one.source.split("; ") if source)
    about = what.about
    reviewed = t("learn-reviewed", by=about.reviewed_by) if about.reviewed_by else t("learn-unreviewed")
    rows = ((_back(turn, what), Button(t("help-button"), "help")),)
    return Message("\n".join((t("withdrawal-sources-are"), *cited, reviewed)), rows, slot=SLOT, sensitive=True)


SCREENS = {
    "about": _day,
    "day": _day,
    "range": _range,
    "ranges": _ranges,
    "helps": _helps,
    "signs": _signs,
    "sources": _sources,
}


def _back(turn: Turn, what: Content) -> Button:
    return Button(turn.t("welcome-back"), f"withdrawal:day:{what.id}")


def _when(one: Range, turn: Turn) -> str:
    """`1 to 3 days after the last time`."""
    if one.last is None:
        return turn.t("withdrawal-when.later")
    return turn.t(f"withdrawal-when.{one.unit}", first=str(one.first), last=str(one.last))


def _page(turn: Turn, page: danger.PageId) -> str:
    line = helplines.lines(turn.person.country).first("emergency")
    emergency = line.dial if line else turn.t("help-emergency-anywhere")
    return danger.page(page).text(turn.t.language, emergency=emergency)


def _days_since(turn: Turn) -> int | None:
    """Whole days since the day on which they stopped, by their own calendar. None if they have not, or did not tell."""
    if turn.person.goal != "stopped" or turn.person.since is None:
        return None
    today = clock.day_of(turn.now, clock.zone(turn.person.zone or "UTC"))
    return max((today - turn.person.since).days, 0)
