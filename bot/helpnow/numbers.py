"""The screens of Help now: pure functions of the press, what is known of the person, and the words."""

from collections.abc import Iterable
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


def show(press: str, known: Known | None, t: Texts) -> Message:
    """`help`, `help:in:<country>`, `help:list:<page>`, or a card of first aid: `help:unwakeable:<country>`.

    `help:back:<press>` are the numbers in the middle of something else, and the way back to it.
    """
    _, what, which, *_ = f"{press}::".split(":")
    country = helplines.lines(which if what != "list" else None)
    today = known.today if known else None
    if what in CARDS:
        return _first_aid(CARDS[what], country, t)
    if what == "list":
        return _countries(_page(which), t)
    if what == "in" and country.first("emergency"):
        return numbers(country, today, t, asks=known.asks if known else "")
    mine = helplines.lines(known.country if known else None)
    back = press.removeprefix("help:back:") if what == "back" else ""
    asks = known.asks if known else ""
    if mine.lines == helplines.world().lines:
        return _anywhere(t, back, asks)
    return numbers(mine, today, t, back, asks)


def numbers(country: Country, today: date | None, t: Texts, back: str = "", asks: str = "") -> Message:
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
        Button(t("help-unwakeable"), f"help:unwakeable:{country.code}"),
        *copies,
        *_people(asks, t),
        _leading_on(back, t),
        Button(t("help-another"), "help:list:0"),
    ]
    return Message("\n".join(line for line in lines if line), _by_two(buttons), slot="help")


def _anywhere(t: Texts, back: str, asks: str) -> Message:
    """Where the country is unknown, or nobody could be looked up."""
    first = helplines.countries(t.language)[: len(helplines.FIRST)]
    buttons = [*_to_choose(first, t), Button(t("help-more"), "help:list:0")]
    buttons += [Button(t("help-unwakeable"), "help:unwakeable"), *_people(asks, t), _leading_on(back, t)]
    link = next((line.dial for line in helplines.world().lines), "")
    text = "\n".join((t("help-anywhere"), t("help-find", link=link), t("help-program")))
    return Message(text, _by_two(buttons), slot="help")


def _people(asks: str, t: Texts) -> tuple[Button, ...]:
    return (Button(t("help-people"), asks),) if asks else ()


def _leading_on(back: str, t: Texts) -> Button:
    """To where they came from; for those who came from nowhere, to the hard moment."""
    return Button(t("help-go-back"), back) if back else Button(t("help-craving"), "hard")


def _countries(page: int, t: Texts) -> Message:
    every = helplines.countries(t.language)
    pages = -(-len(every) // PAGE)
    here = every[page % pages * PAGE :][:PAGE]
    buttons = [*_to_choose(here, t), Button(t("help-more"), f"help:list:{(page + 1) % pages}")]
    return Message(t("help-choose"), (*_by_two(buttons), _back(t)), slot="help")


def _first_aid(card: CardId, country: Country, t: Texts) -> Message:
    text = firstaid.card(card).text(t.language, _dial(country, t))
    emergency = country.first("emergency")
    buttons = [Button(t("help-copy", number=emergency.dial), copy=emergency.dial)] if emergency else []
    others = [(what, key) for what, key in (("took", "help-took"), ("awake", "help-awake")) if CARDS[what] != card]
    buttons += [Button(t(key), f"help:{what}:{country.code}") for what, key in others]
    return Message(text, (*_by_two(buttons), _back(t)), slot="help")


def _dial(country: Country, t: Texts) -> str:
    emergency = country.first("emergency")
    return emergency.dial if emergency else t("help-emergency-anywhere")


def _to_choose(found: Iterable[Country], t: Texts) -> list[Button]:
    return [Button(country.name(t.language), f"help:in:{country.code}") for country in found]


def _back(t: Texts) -> tuple[Button, ...]:
    return (Button(t("help-button"), "help:all"),)


def _page(which: str) -> int:
    return int(which) if which.isdecimal() and len(which) < 4 else 0


def _by_two(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
