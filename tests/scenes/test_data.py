"""My data: three files with everything, in the person's own language, and nothing of anybody else."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import String, select

from bot.account import data, page
from bot.app import FEATURES
from bot.content.triggers import TRIGGERS
from bot.inbox import Update
from bot.outbox import FROM_ANOTHER, Outcome
from bot.peers.alert import ANSWERS, MISTAKE, QUIETLY, WELL, State
from bot.peers.ledger import SCOPES
from bot.people import GOALS, PEER, SERVICE, SUBSTANCES
from bot.slips.model import HAPPENED, OWN, PLACES
from bot.store import Base
from bot.texts import Texts
from tests.phone import A_MOMENT, Someone
from tests.scenes.members import become
from tests.world import World, is_set

assert FEATURES, "every table is known once every feature is"

HOUR = timedelta(hours=1)
NAME = 'Ana <b>"&</b>; =1+1'


def files(ana: Someone) -> dict[str, str]:
    found = [bubble.message.document for bubble in ana.screen.bubbles]
    return {document.name: document.text for document in found if document}


async def asked(world: World, ana: Someone) -> dict[str, str]:
    await ana.says("/mydata")
    await ana.presses("Send them to me")
    await world.wait(A_MOMENT)
    return files(ana)


async def test_three_files_hold_everything(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ben, name="Ben")
    await is_set(ana, name=NAME)
    await ana.says("/checkin")
    await ana.presses("😕 Low")
    await ana.presses("5")
    await ana.presses("No")
    got = await asked(world, ana)
    assert set(got) == {"notes.html", "notes.csv", "notes.json"}
    whole = json.loads(got["notes.json"])
    assert whole["people"][0]["name"] == NAME
    assert whole["addresses"][0]["address"] == ana.address
    assert [(one["mood"], one["pull"], one["used"]) for one in whole["checkins"]] == [("low", "5", "no")]
    lines = list(csv.DictReader(StringIO(got["notes.csv"], newline="")))
    assert {"table": "people", "row": "1", "what": "name", "value": NAME} in lines
    assert "Ana &lt;b&gt;&quot;&amp;&lt;/b&gt;" in got["notes.html"]
    assert not [text for text in got.values() if "Ben" in text or ben.address in text]
    assert "src=" not in got["notes.html"], "the page opens without a network"
    assert "href=" not in got["notes.html"]


async def test_what_was_made_for_a_hard_moment_goes_out_in_words(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/plan")
    for label in ("If this, then that", "New plan", "A feeling", "I feel lonely", "Own words…"):
        await ana.presses(label)
    await ana.says("I call Dee")
    for label, add, words in (
        ("My reasons", "Add a reason", "My daughter"),
        ("Who I can call", "Add someone", "Dee 600 100 200"),
        ("Safety plan", "Fill in the next step", "I stop answering"),
        ("To myself", "Add something", ""),
    ):
        await ana.says("/plan")
        await ana.presses(label)
        await ana.presses(add)
        await (ana.says(words) if words else ana.sends("voice", "for the bad days"))
    got = await asked(world, ana)
    whole = json.loads(got["notes.json"])
    assert [(one["if"], one["then, in own words"]) for one in whole["if_thens"]] == [("loneliness", "I call Dee")]
    assert [(one["what"], one["words"]) for one in whole["keepsakes"]] == [
        ("reason", "My daughter"),
        ("voice", "for the bad days"),
    ]
    for words in ("I feel lonely", "I call Dee", "voice note (its sound", "600 100 200", "I stop answering"):
        assert words in got["notes.html"]
    assert {one["file"] for one in whole["keepsakes"]} == {None, *world.phones.files}


async def test_nothing_about_it_can_be_read_on_a_lock_screen(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asked(world, ana)
    sent = [bubble.message for bubble in ana.screen.bubbles if bubble.message.document]
    assert [message.neutral and message.sensitive for message in sent] == [True] * 3


async def test_the_page_speaks_the_language_of_the_person(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    await ana.says("/language")
    await ana.presses("Español")
    await ana.says("/mydata")
    await ana.presses("Envíamelos")
    page = files(ana)["notes.html"]
    assert '<html lang="es">' in page
    assert "<h1>Todo lo que se guarda</h1>" in page
    assert "<th>zona horaria</th>" in page


async def test_files_leave_no_copy_behind(world: World, ana: Someone) -> None:
    await is_set(ana)
    await asked(world, ana)
    async with world.store.look() as session:
        assert set(await session.scalars(select(Update.sealed_reply))) == {None}


@pytest.mark.parametrize("language", Texts.languages())
def test_every_column_that_goes_out_has_words(language: str) -> None:
    t = Texts(language, strict=True)
    for table in Base.metadata.tables.values():
        if "person_id" not in table.columns and table.name != "people":
            continue
        out = [column for column in table.columns if column.info["export"]]
        missing = [one.name for one in out if f"data-{table.name}.{one.name.removeprefix(page.SEALED)}" not in t]
        assert not missing, f"{language}: {table.name} has no words for {missing}"
        assert not out or f"data-{table.name}" in t


def test_no_export_is_left_undecided() -> None:
    for table in Base.metadata.tables.values():
        assert not [column.name for column in table.columns if "export" not in column.info], table.name


@pytest.mark.parametrize("language", Texts.languages())
async def test_the_page_has_words_and_no_codes(world: World, ana: Someone, language: str) -> None:
    await is_set(ana, name="Ana")
    await ana.says("/checkin")
    await ana.presses("😕 Low")
    await ana.presses("3")
    await ana.presses("Skip")
    await ana.presses("Tired")
    await ana.presses("Own words…")
    await ana.says("call my sister")
    await become(world, ana, language=language, goal="not_yet", substances=("kratom_leaf",))
    await world.wait(HOUR * 32)
    t = Texts(language, strict=True)
    await ana.says("/mydata")
    await ana.presses(t("data-get"))
    got = files(ana)["notes.html"]
    for word in (
        "so_so",
        "not_yet",
        "kratom_leaf",
        "skipped",
        "own1",
        "1234567",
        "Europe/",
        "checkin-",
        "2026-",
        "UTC",
    ):
        assert word not in got.replace(t("data-skipped"), ""), word
    words = [t("checkin-mood-said.low"), t("checkin-halt.tired"), t("welcome-goal.not_yet"), "call my sister", "Ana"]
    words += [t("data-outcome.sent"), t("data-kind.checkin"), t("checkin-which.kratom_leaf"), t("data-purpose.service")]
    words += ["Portugal", {"en": "3 March 2026, 19:00", "es": "3 de marzo de 2026, 19:00"}[language]]
    assert not [word for word in words if word not in got]


@pytest.mark.parametrize("language", Texts.languages())
def test_everything_kept_as_a_code_can_be_said(language: str) -> None:
    """A new column with a code must say how it reads, and every code of today has words."""
    t = Texts(language, strict=True)
    for table in Base.metadata.tables.values():
        if "person_id" in table.columns or table.name == "people":
            codes = [one for one in table.columns if isinstance(one.type, String) and one.info["export"]]
            assert not [one.name for one in codes if f"{table.name}.{one.name}" not in page.SAID], table.name
    for feature in FEATURES:
        said = [kind for kind in feature.kinds if not kind.startswith(FROM_ANOTHER)]
        assert all(page.SAID["outbox.kind"](kind, t) for kind in said)
    assert all(page.SAID["alerts.state"](state, t) for state in State)
    assert all(page.SAID["alerts.ended"](how, t) for how in (WELL, MISTAKE, QUIETLY))
    assert all(page.SAID["asks.answer"](answer, t) for answer in ANSWERS)
    assert all(page.SAID["grants.scope"](scope, t) for scope in SCOPES)
    assert all(page.SAID["consents.purpose"](purpose, t) for purpose in (SERVICE, PEER))
    assert all(page.SAID["outbox.outcome"](outcome, t) for outcome in Outcome)
    assert all(page.SAID["people.goal"](goal, t) for goal in GOALS)
    assert all(page.SAID["slips.happened"](code, t) for code in HAPPENED)
    assert all(page.SAID["slips.place"](code, t) for code in (*PLACES, OWN))
    assert all(page.SAID["slips.trigger"](code, t) != code for code in (*(one.id for one in TRIGGERS), OWN))
    assert all(page.SAID["substances.name"](name, t) for name in SUBSTANCES)


def test_years_of_notes_come_in_several_files_and_none_is_left_out() -> None:
    parts = [page.Part("people", (("name", "name"),), (("Ana",),)), page.Part("plans", (), ())]
    parts.append(page.Part("checkins", (("pull", "pull"),), tuple((str(number),) for number in range(25))))
    parts.append(page.Part("outbox", (("kind", "kind"),), (("card",),)))
    found = data.volumes(parts, 10)
    assert [sum(len(part.rows) for part in some) for some in found] == [10, 10, 7]
    rows = [row for some in found for part in some if part.table == "checkins" for row in part.rows]
    assert rows == list(parts[2].rows)
    lines = list(csv.DictReader(StringIO(data.table(found[1]), newline="")))
    assert lines[0] == {"table": "checkins", "row": "10", "what": "pull", "value": "9"}
    assert data.volumes([page.Part("people", (), ())]) == [[page.Part("people", (), ())]]
