"""My data as a page to read: in the person's own language, by their own clock, and in words rather than codes."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape

from bot import clock, days
from bot.content import countries, health, strategies, symptoms, triggers
from bot.people import Person
from bot.texts import Texts

SEALED = "sealed_"
SKIPPED = "skipped"
OWN = "own"


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table of a person: its name, its columns by name and export name, and the values row by row.

    `first` is the number of the first row, where a table goes on from another file.
    """

    table: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[object, ...], ...]
    first: int = 1


SAID: Mapping[str, Callable[[str, Texts], str]] = {
    "people.language": lambda code, t: Texts(code)("language-name"),
    "people.zone": lambda name, t: days.city(name, t),
    "people.country": lambda code, t: countries.name(code, t.language),
    "people.goal": lambda code, t: t(f"welcome-goal.{code}"),
    "people.scale": lambda code, t: t(f"data-scale.{code}"),
    "substances.name": lambda code, t: t(f"checkin-which.{code}"),
    "consents.purpose": lambda code, t: t(f"data-purpose.{code}"),
    "consents.version": lambda code, t: code,
    "checkins.mood": lambda code, t: t(f"checkin-mood-said.{code}"),
    "checkins.pull": lambda code, t: code,
    "checkins.used": lambda code, t: t(f"checkin-used.{code}"),
    "checkins.planned": lambda code, t: t(f"checkin-planned.{code}"),
    "checkins.which": lambda code, t: t(f"checkin-which.{code}"),
    "checkins.halt": lambda code, t: t(f"checkin-halt.{code}"),
    "checkins.plan": lambda code, t: _plan(code, t),
    "plans.name": lambda code, t: _plan(code, t),
    "symptoms.felt": lambda code, t: _felt(code, t),
    "rhythms.weekdays": lambda code, t: ", ".join(days.weekday(int(number), t) for number in code),
    "slips.happened": lambda code, t: t(f"slip-when.{code}"),
    "slips.which": lambda code, t: t(f"checkin-which.{code}"),
    "slips.place": lambda code, t: t("data-slips.in_words" if code == OWN else f"slip-where.{code}"),
    "slips.trigger": lambda code, t: t("data-slips.in_words") if code == OWN else _trigger(code, t),
    "if_thens.trigger": lambda code, t: t(f"plan-cue.{code}"),
    "if_thens.act": lambda code, t: t(f"plan-act.{code}"),
    "keepsakes.kind": lambda code, t: t(f"data-kept.{code}"),
    "travels.zone": lambda name, t: days.city(name, t),
    "travels.country": lambda code, t: countries.name(code, t.language),
    "hard_moments.trigger": lambda code, t: _trigger(code, t),
    "hard_tries.strategy": lambda code, t: _strategy(code, t),
    "hard_standing.kind": lambda code, t: t(f"data-standing.{code}"),
    "hard_standing.name": lambda code, t: _standing(code, t),
    "meetings.zone": lambda name, t: days.city(name, t),
    "meetings.weekday": lambda number, t: days.weekday(int(number) + 1, t),
    "follows.leads": lambda leads, t: " · ".join(t(f"meeting-lead.m{lead}") for lead in leads.split()),
    "follows.skips": lambda dates, t: ", ".join(days.dated(date.fromisoformat(day), t) for day in json.loads(dates)),
    "visits.mood": lambda code, t: t(f"checkin-mood-said.{code}"),
    "alerts.state": lambda code, t: t(f"data-alert.{code}"),
    "alerts.ended": lambda code, t: t(f"data-alert.{code}"),
    "asks.answer": lambda code, t: t(f"alert-answer.{code}"),
    "grants.scope": lambda code, t: t(f"data-scope.{code}"),
    "grants.version": lambda code, t: code,
    "peer_limits.zone": lambda name, t: days.city(name, t),
    "peer_limits.night": lambda code, t: t(f"data-night.{code}"),
    "outbox.kind": lambda code, t: t(f"data-kind.{code.replace('-', '_')}"),
    "outbox.outcome": lambda code, t: t(f"data-outcome.{code}"),
}
"""How each code that is kept of a person is said. What is not here is a person's own word, a number or a time."""


def page(parts: Sequence[Part], person: Person, t: Texts, now: datetime) -> str:
    """One file that opens without a network."""
    title = escape(t("data-page-title"))
    zone = person.zone or "UTC"
    place = clock.zone(zone)
    made = days.dated(now.astimezone(place).date(), t)
    said = t("data-page-made", day=made, city=days.city(zone, t)) if person.zone else t("data-page-utc", day=made)
    body = "\n".join(_section(part, t, _Values(parts, t, zone)) for part in parts if part.rows)
    return (
        f'<!doctype html>\n<html lang="{escape(t.language)}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}"
        "table{border-collapse:collapse}th,td{text-align:left;padding:.2em .8em .2em 0;vertical-align:top}</style>\n"
        f"<h1>{title}</h1>\n<p>{escape(said)}</p>\n{body}\n</html>\n"
    )


class _Values:
    """Says one value after the other."""

    def __init__(self, parts: Sequence[Part], t: Texts, zone: str) -> None:
        self._t = t
        self._place = clock.zone(zone)
        self._own = {name: words for part in parts if part.table == "plans" for name, words, *_ in part.rows}

    def said(self, place: str, value: object) -> str:
        """The words for what stands in `table.column`."""
        t = self._t
        if value is None:
            return "–"
        if isinstance(value, bool):
            return t("data-yes" if value else "data-no")
        if isinstance(value, datetime):
            local = value.astimezone(self._place)
            return f"{days.dated(local.date(), t)}, {local:%-H:%M}"
        if isinstance(value, date):
            return days.dated(value, t)
        if isinstance(value, time):
            return f"{value:%-H:%M}"
        if place == "checkins.slot":
            return str(int(str(value)) + 1)
        return self._word(place, str(value))

    def _word(self, place: str, value: str) -> str:
        if place not in SAID:
            return value
        if value == SKIPPED:
            return self._t("data-skipped")
        return (
            str(self._own.get(value) or SAID[place](value, self._t)) if "plan" in place else SAID[place](value, self._t)
        )


def _section(part: Part, t: Texts, values: _Values) -> str:
    """A table, without the columns that say nothing in any row."""
    shown = [at for at in range(len(part.columns)) if any(row[at] is not None for row in part.rows)]
    names = [part.columns[at][0].removeprefix(SEALED) for at in shown]
    heads = "".join(f"<th>{escape(t(f'data-{part.table}.{name}'))}</th>" for name in names)
    lines = "\n".join(
        "<tr>"
        + "".join(
            f"<td>{escape(values.said(f'{part.table}.{name}', row[at]))}</td>"
            for at, name in zip(shown, names, strict=True)
        )
        + "</tr>"
        for row in part.rows
    )
    return f"<h2>{escape(t(f'data-{part.table}'))}</h2>\n<table>\n<tr>{heads}</tr>\n{lines}\n</table>"


def _felt(code: str, t: Texts) -> str:
    """`Trouble sleeping: a lot, Nausea: none`."""
    noted = symptoms.levels(code).items()
    labels = {one: symptoms.SYMPTOMS[one].label(t.language) for one, _ in noted}
    return ", ".join(t(f"withdrawal-level.l{level}", what=labels[one]) for one, level in noted)


def _plan(code: str, t: Texts) -> str:
    """One of ours; of a plan in own words the words stand beside it."""
    return t("checkin-plan.own") if code.startswith("own") else t(f"checkin-plan.{code}")


def _trigger(code: str, t: Texts) -> str:
    """One of ours, however old; of one that is gone its name."""
    found = triggers.get(code)
    return found.label(t.language) if found else code


def _strategy(code: str, t: Texts) -> str:
    found = strategies.get(code)
    return found.words(t.language).title if found else code


def _standing(code: str, t: Texts) -> str:
    """A condition of the health list, that it was gone through, or something to do that is left out."""
    condition = next((one for one in health.CONDITIONS if one == code), None)
    if condition:
        return health.label(condition, t.language)
    return t("data-standing.told") if code == "told" else _strategy(code, t)
