"""The screens of Help now: pure functions of the press, what is known of the person, and the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.chat import Button, Message, Rows
from bot.content import firstaid, helplines
from bot.content.firstaid import CardId
from bot.content.helplines import Country
from bot.helpnow.wording import Wording
from bot.people import Known
from bot.texts import Texts

PAGE = 8
"""Countries on one screen of the list."""

CARDS: dict[str, CardId] = {"unwakeable": "unwakeable", "took": "took_too_much", "awake": "awake_again"}


OPENED = ":open"
"""What the neutral line of a late answer adds to the press that it opens."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A press: `help`, `help:in:<country>`, `help:list:<page>`, or first aid: `help:unwakeable:<country>`.

    Each may end with the press that leads back to where it was opened from, and hands it on: `help:in:PT:slips:on`.
    `help:back:<press>` are the numbers in the middle of something else.
    """

    what: str = ""
    which: str = ""
    back: str = ""

    @classmethod
    def of(cls, press: str) -> "Asked":
        """Read a press. Whatever makes no sense asks for the numbers."""
        _, what, rest = f"{press.removesuffix(OPENED)}::".split(":", 2)
        which, _, back = ("", "", rest) if what == "back" else rest.partition(":")
        return cls(what, which, back.rstrip(":"))

    def to(self, what: str, which: str) -> str:
        """Another screen of Help now, with the same way back."""
        return ":".join(part for part in ("help", what, which, self.back) if part)

    def all(self) -> str:
        """The numbers, with the same way back."""
        return f"help:back:{self.back}" if self.back else "help:all"


def show(press: str, known: Known | None, t: Texts) -> Message:
    """The screen for a press, with the numbers of the country that it names, else of this person's."""
    asked = Asked.of(press)
    country = helplines.lines(asked.which)
    today = known.today if known else None
    asks = known.asks if known else ""
    if asked.what in CARDS:
        return _first_aid(asked, country, t)
    if asked.what == "list":
        return _countries(asked, t)
    if asked.what == "in" and country.first("emergency"):
        return numbers(country, today, t, asked, asks=asks)
    mine = helplines.lines(known.country if known else None)
    if mine.lines == helplines.world().lines:
        return _anywhere(asked, asks, t)
    return numbers(mine, today, t, asked, asks=asks)


def numbers(country: Country, today: date | None, t: Texts, asked: Asked = Asked(), asks: str = "") -> Message:
    """Every kind of line that a country has, and when each was checked; `today` is unknown to who is unknown to us.

    `asks` leads to people of theirs. Without a database nobody knows of any, and the button is not there.
    """
    emergency = country.first("emergency")
    crisis = next((line for kind in helplines.SOMEONE if (line := country.first(kind))), None)
    checked = [line for line in country.lines if line.verified_on]
    said = Wording(country, crisis, bool(checked), today, t)
    lines = [
        t("help-numbers-dated" if checked else "help-numbers", country=country.name(t.language)),
        t("help-danger", number=f"{_dial(country, t)}{said.dated(emergency)}"),
        " · ".join((said.crisis(), *said.kinds("text"))),
        " · ".join(said.kinds("poison", "drug")),
        " · ".join(said.kinds("violence", "youth")),
        " · ".join(said.kinds("family", "warm")),
        t("help-program"),
    ]
    copies = [Button(t("help-copy", number=line.dial), copy=line.dial) for line in (emergency, crisis) if line]
    buttons = [
        Button(t("help-unwakeable"), asked.to("unwakeable", country.code)),
        *copies,
        *_people(asks, t),
        _leading_on(asked, t),
        Button(t("help-another"), asked.to("list", "0")),
    ]
    return Message("\n".join(line for line in lines if line), _by_two(buttons), slot="help")


def _anywhere(asked: Asked, asks: str, t: Texts) -> Message:
    """Where the country is unknown, or nobody could be looked up."""
    first, world = helplines.countries(t.language)[: len(helplines.FIRST)], helplines.world()
    buttons = [*_to_choose(first, asked, t), Button(t("help-more"), asked.to("list", "0"))]
    buttons += [Button(t("help-unwakeable"), asked.to("unwakeable", world.code)), *_people(asks, t)]
    buttons.append(_leading_on(asked, t))
    link = next((line.dial for line in world.lines), "")
    text = "\n".join((t("help-anywhere"), t("help-find", link=link), t("help-program")))
    return Message(text, _by_two(buttons), slot="help")


def _people(asks: str, t: Texts) -> tuple[Button, ...]:
    return (Button(t("help-people"), asks),) if asks else ()


def _leading_on(asked: Asked, t: Texts) -> Button:
    """To where they came from; for those who came from nowhere, to the hard moment."""
    return Button(t("help-go-back"), asked.back) if asked.back else Button(t("help-craving"), "hard")


def _countries(asked: Asked, t: Texts) -> Message:
    every, page = helplines.countries(t.language), _page(asked.which)
    pages = -(-len(every) // PAGE)
    here = every[page % pages * PAGE :][:PAGE]
    buttons = [*_to_choose(here, asked, t), Button(t("help-more"), asked.to("list", str((page + 1) % pages)))]
    return Message(t("help-choose"), (*_by_two(buttons), *_last(asked, t)), slot="help")


def _first_aid(asked: Asked, country: Country, t: Texts) -> Message:
    card = CARDS[asked.what]
    text = firstaid.card(card).text(t.language, _dial(country, t))
    emergency = country.first("emergency")
    buttons = [Button(t("help-copy", number=emergency.dial), copy=emergency.dial)] if emergency else []
    others = [(what, key) for what, key in (("took", "help-took"), ("awake", "help-awake")) if CARDS[what] != card]
    buttons += [Button(t(key), asked.to(what, country.code)) for what, key in others]
    return Message(text, (*_by_two(buttons), *_last(asked, t)), slot="help")


def _dial(country: Country, t: Texts) -> str:
    emergency = country.first("emergency")
    return emergency.dial if emergency else t("help-emergency-anywhere")


def _to_choose(found: Iterable[Country], asked: Asked, t: Texts) -> list[Button]:
    return [Button(country.name(t.language), asked.to("in", country.code)) for country in found]


def _last(asked: Asked, t: Texts) -> Rows:
    """The way back for whoever came from somewhere, and the numbers again."""
    back = ((Button(t("help-go-back"), asked.back),),) if asked.back else ()
    return (*back, (Button(t("help-button"), asked.all()),))


def _page(which: str) -> int:
    return int(which) if which.isdecimal() and len(which) < 4 else 0


def _by_two(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
